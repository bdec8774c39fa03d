//! A decision: what was chosen, why, and by whom.

use crate::{
    domain::{
        case::steps::Standpoint,
        decide::command::{Command, MakeDecision},
        person::Person,
        playbook::{Kind as StepKind, StepRef},
    },
    tui::{
        form::{
            Fault, Form,
            field::{Item, Pick},
        },
        model::overlays::open_form::{Kind, Send, Sheet, World},
    },
};

fn reasons(responder: &Person) -> Vec<Item> {
    vec![
        Item::long("rationale", "Why", "The reasons as they stand now: what is known, what is not").required(),
        Item::line("who", "Decided by", "Who decided; you are recorded as the one who logged it", &responder.name)
            .required()
            .proposed(),
        Item::line("role", "Their role", "Such as gold commander, SIRO, site manager", &responder.role).proposed(),
        Item::when(),
    ]
}

/// The box for a step that asks; `None` where the step is no decision.
pub(crate) fn step(point: &Standpoint<'_>, responder: &Person) -> Option<Sheet> {
    let StepKind::Decision { question, options } = &point.step.kind else { return None };
    let options = options.iter().map(|o| (o.id.clone(), point.fill(&o.label), point.fill(&o.means))).collect();
    let pick = Pick { options, at: None, tall: true };
    let mut items = vec![Item::pick("choice", "Choice", "↑ ↓ choose, Enter goes on", pick).required()];
    items.extend(reasons(responder));
    let sheet = Sheet::new(Kind::Decide(Some(point.name())), point.fill(question), Form::of(items));
    Some(sheet.tell("Early", point.needs().join(", ")))
}

/// The box for a decision that no playbook foresaw.
pub(crate) fn free(responder: &Person) -> Sheet {
    let mut items = vec![
        Item::line("question", "Question", "What was to be decided", "").required(),
        Item::line("choice", "Decision", "What was decided, in words", "").required(),
    ];
    items.extend(reasons(responder));
    Sheet::new(Kind::Decide(None), "A decision that no step asks for", Form::of(items))
}

/// What these boxes send.
pub(crate) fn send(step: Option<&StepRef>, form: &Form, world: World<'_>) -> Result<Send, Fault> {
    let (name, role) = (form.text("who"), form.text("role"));
    let known = world.case.into_iter().flat_map(|case| &case.people).chain([world.responder]);
    let organisation = known.filter(|person| person.name == name).map(|person| person.organisation.clone()).next();
    let command = Command::Decide(MakeDecision {
        step: step.cloned(),
        question: form.text("question"),
        choice: form.text("choice"),
        rationale: form.text("rationale"),
        decided_by: Person { name, role, organisation: organisation.unwrap_or_default() },
    });
    Ok(Send::command(command, form.time("occurred", world.now)?))
}
