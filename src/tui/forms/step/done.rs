//! A step is done, left out, blocked, begun or opened again.

use super::questions;
use crate::{
    domain::{
        case::steps::{Standing, Standpoint},
        decide::command::{ActOnStep, Command, StepAct},
        playbook::{Kind as StepKind, StepRef, condition_text},
    },
    tui::{
        form::{Fault, Form, field::Item},
        model::overlays::open_form::{Kind, Send, Sheet, World},
    },
};

/// The field for a reason, where the step is done before what it needs, or again.
pub(crate) fn again(point: &Standpoint<'_>) -> Vec<Item> {
    let why = match point.standing {
        Standing::Done | Standing::Skipped => "Why it is done again; it is recorded so",
        Standing::Closed => "Why it is done although an earlier choice closed it",
        _ if !point.unmet().is_empty() => "Why it is done before what it needs; it is recorded so",
        _ => return Vec::new(),
    };
    vec![Item::long("why", "Reason", why).required()]
}

/// The box for a step that is done.
pub(crate) fn done(point: &Standpoint<'_>) -> Sheet {
    let mut items = again(point);
    items.extend(questions::fields(point));
    items.push(Item::long("note", "Note", "Anything to add: what was found, who helped"));
    items.push(Item::when());
    let verb = if point.standing == Standing::Done { "Again" } else { "Done" };
    let mut sheet = Sheet::new(Kind::Done(point.name()), format!("{verb}: {}", point.title()), Form::of(items))
        .tell("Early", point.needs().join(", "));
    if let StepKind::Recur { every, .. } = &point.step.kind {
        sheet = sheet.tell("Then", format!("it is due again after {}; s ends it", condition_text::span(*every)));
    }
    sheet.tell("Expects", point.step.expects.iter().map(|text| point.fill(text)).collect::<Vec<_>>().join(", "))
}

/// The box for one of the acts that need a reason.
pub(crate) fn because(kind: Kind, point: &Standpoint<'_>) -> Sheet {
    let (verb, label, hint) = match kind {
        Kind::Skip(_) if point.standing == Standing::Repeats => ("End", "Reason", "Why it is not done any more"),
        Kind::Skip(_) => ("Skip", "Reason", "Why it is left out"),
        Kind::Block(_) => ("Blocked", "Waits for", "What it waits for, and who has it in hand"),
        _ => ("Reopen", "Reason", "Why it is open again"),
    };
    let form = Form::of(vec![Item::long("why", label, hint).required(), Item::when()]);
    Sheet::new(kind, format!("{verb}: {}", point.title()), form)
}

/// The box for work that begins.
pub(crate) fn start(point: &Standpoint<'_>) -> Sheet {
    let form = Form::of(vec![Item::long("note", "Note", "Who is at work on it, and from where"), Item::when()]);
    Sheet::new(Kind::Start(point.name()), format!("Start: {}", point.title()), form)
}

/// What these boxes send.
pub(crate) fn send(kind: &Kind, step: &StepRef, form: &Form, world: World<'_>) -> Result<Send, Fault> {
    let occurred = form.time("occurred", world.now)?;
    let (note, why) = (form.text("note"), form.text("why"));
    let act = match kind {
        Kind::Skip(_) => StepAct::Skip { why },
        Kind::Block(_) => StepAct::Block { why },
        Kind::Reopen(_) => StepAct::Reopen { why },
        Kind::Start(_) => StepAct::Start { note },
        _ => StepAct::Done { note, why, answers: questions::answers(form) },
    };
    Ok(Send::command(Command::Step(ActOnStep { step: step.clone(), act }), occurred))
}
