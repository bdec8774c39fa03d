//! A step is done, left out, blocked, begun or opened again.

use crate::{
    console::{
        form::{Fault, Form},
        item::Item,
        sheet::{Kind, Send, Sheet, World},
    },
    domain::{
        command::{Command, StepAct},
        playbook::StepRef,
        progress::Standpoint,
    },
};

/// The titles of the steps that `point` needs and that are not settled.
pub(crate) fn unmet(point: &Standpoint<'_>) -> String {
    let title = |id: &String| point.plan.playbook.step(id).map_or_else(|| id.clone(), |step| step.title.clone());
    point.unmet().iter().map(title).collect::<Vec<_>>().join(", ")
}

/// The box for a step that is done.
pub(crate) fn done(point: &Standpoint<'_>) -> Sheet {
    let early = unmet(point);
    let note = Item::long("note", "Note", "Anything to add: what was found, who helped");
    let mut items = vec![note, Item::when()];
    if !early.is_empty() {
        let why = Item::long("why", "Reason", "Why it is done before what it needs; it is recorded so");
        items.insert(0, why.required());
    }
    let sheet = Sheet::new(Kind::Done(point.name()), format!("Done: {}", point.step.title), Form::of(items));
    sheet.tell("Early", early).tell("Expects", point.step.expects.join(", "))
}

/// The box for one of the acts that need a reason.
pub(crate) fn because(kind: Kind, point: &Standpoint<'_>) -> Sheet {
    let (verb, label, hint) = match kind {
        Kind::Skip(_) => ("Skip", "Reason", "Why it is left out"),
        Kind::Block(_) => ("Blocked", "Waits for", "What it waits for, and who has it in hand"),
        _ => ("Reopen", "Reason", "Why it is open again"),
    };
    let form = Form::of(vec![Item::long("why", label, hint).required(), Item::when()]);
    Sheet::new(kind, format!("{verb}: {}", point.step.title), form)
}

/// The box for work that begins.
pub(crate) fn start(point: &Standpoint<'_>) -> Sheet {
    let form = Form::of(vec![Item::long("note", "Note", "Who is at work on it, and from where"), Item::when()]);
    Sheet::new(Kind::Start(point.name()), format!("Start: {}", point.step.title), form)
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
        _ => StepAct::Done { note, why, answers: Vec::new() },
    };
    Ok(Send::command(Command::Step { step: step.clone(), act }, occurred))
}
