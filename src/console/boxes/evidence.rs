//! A file is taken in as evidence, copied and hashed, or by reference.

use crate::{
    console::{
        effect::TakeEvidence,
        form::{Form, Item},
        sheet::{Kind, Send, Sheet},
    },
    domain::{playbook::StepRef, progress::Standpoint},
};

/// The box, for a step that expects evidence or for none.
pub(crate) fn open(point: Option<&Standpoint<'_>>) -> Sheet {
    let form = Form::of(vec![
        Item::path("path", "File", "Tab completes the path").required(),
        Item::line("name", "Name", "What to call it; empty for the file's name", ""),
        Item::line("about", "Shows", "What it shows, and how it was got", ""),
        Item::line("source", "From", "The system that it comes from, such as ward7-pc3", ""),
        Item::toggle("reference", "By reference", "Space: hash, size and place only, no copy; for very large items"),
    ]);
    let step = point.map(Standpoint::name);
    let sheet = Sheet::new(Kind::Evidence(step), "Evidence", form);
    match point {
        Some(point) => sheet.tell("Step", &point.step.title).tell("Expects", point.step.expects.join(", ")),
        None => sheet,
    }
}

/// What it sends.
pub(crate) fn send(step: Option<&StepRef>, form: &Form) -> Send {
    Send::Evidence(TakeEvidence {
        path: form.text("path"),
        name: form.text("name"),
        about: form.text("about"),
        source: form.text("source"),
        step: step.cloned(),
        by_reference: form.yes("reference"),
        begun: None,
    })
}
