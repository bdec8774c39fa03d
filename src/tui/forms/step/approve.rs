//! Another person agrees to a risky step, or does not.

use super::done::again;
use crate::{
    domain::{
        case::steps::Standpoint,
        decide::command::{Command, RecordApproval},
        person::Person,
        playbook::{AGREED, Kind as StepKind, REFUSED, StepRef},
    },
    tui::{
        form::{
            Fault, Form,
            field::{Item, Pick},
        },
        model::overlays::open_form::{Kind, Send, Sheet, World},
    },
};

/// The box for a step that asks another to agree; `None` where the step does not.
pub(crate) fn step(point: &Standpoint<'_>) -> Option<Sheet> {
    let StepKind::Approve { by, question } = &point.step.kind else { return None };
    let role = point.plan.playbook.role_title(by);
    let option = |id: &str, label: &str| (id.to_owned(), label.to_owned(), String::new());
    let options = vec![option(AGREED, "agrees"), option(REFUSED, "does not agree")];
    let pick = Pick { options, at: None, tall: false };
    let mut items = again(point);
    items.extend([
        Item::line("who", "Who", "Who was asked, by name; another person than you", "").required(),
        Item::line("role", "Their role", "In which role they answer", role).proposed(),
        Item::pick("agreed", "Answer", "← → choose", pick).required(),
        Item::line("means", "By", "Telephone, in person, on the call", ""),
        Item::long("words", "Said", "Their words, and any condition that they made"),
        Item::when(),
    ]);
    let sheet = Sheet::new(Kind::Approve(point.name()), point.fill(question), Form::of(items));
    Some(sheet.tell("Ask", role).tell("Early", point.needs().join(", ")).tell("Care", point.fill(&point.step.care)))
}

/// What it sends.
pub(crate) fn send(step: &StepRef, form: &Form, world: World<'_>) -> Result<Send, Fault> {
    let person = Person { name: form.text("who"), role: form.text("role"), organisation: String::new() };
    let known = world.case.into_iter().flat_map(|case| &case.people).find(|known| known.name == person.name);
    let organisation = known.map(|known| known.organisation.clone()).unwrap_or_default();
    let command = Command::Approve(RecordApproval {
        step: step.clone(),
        agreed: form.text("agreed") == AGREED,
        person: Person { organisation, ..person },
        means: form.text("means"),
        words: form.text("words"),
        why: form.text("why"),
        asker: world.responder.clone(),
    });
    Ok(Send::command(command, form.time("occurred", world.now)?))
}
