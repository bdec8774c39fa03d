//! A file is taken in as evidence, copied and hashed, or by reference.

use crate::{
    console::{
        effect::TakeEvidence,
        form::Form,
        item::{Item, Pick},
        sheet::{Kind, Send, Sheet},
        width::cut,
    },
    domain::{playbook::StepRef, progress::Standpoint},
};

/// The box, for a step that expects evidence or for none.
pub(crate) fn open(point: Option<&Standpoint<'_>>) -> Sheet {
    let mut items = vec![
        Item::path("path", "File", "Tab completes the path").required(),
        Item::line("name", "Name", "What to call it; empty for the file's name", ""),
        Item::line("about", "Shows", "What it shows, and how it was got", ""),
        Item::line("source", "From", "The system that it comes from, such as ward7-pc3", ""),
        Item::toggle("reference", "By reference", "Space: hash, size and place only, no copy; for very large items"),
    ];
    if let Some(point) = point {
        let options = vec![
            (point.name().step, cut(&point.title(), 44), String::new()),
            (String::new(), "no step".to_owned(), String::new()),
        ];
        // Only a step that asks for evidence is filled in: whatever else is current has nothing to do with it.
        let asks = !point.step.expects.is_empty();
        let pick = Pick { options, at: Some(usize::from(!asks)), tall: false };
        items.insert(4, Item::pick("for", "For", "← → whether it belongs to this step", pick));
    }
    let form = Form::of(items);
    let step = point.map(Standpoint::name);
    let sheet = Sheet::new(Kind::Evidence(step), "Evidence", form);
    match point {
        Some(point) if !point.step.expects.is_empty() => sheet.tell("Expects", point.step.expects.join(", ")),
        _ => sheet,
    }
}

/// What it sends.
pub(crate) fn send(step: Option<&StepRef>, form: &Form) -> Send {
    Send::Evidence(TakeEvidence {
        path: form.text("path"),
        name: form.text("name"),
        about: form.text("about"),
        source: form.text("source"),
        step: step.filter(|step| form.text("for") == step.step).cloned(),
        by_reference: form.yes("reference"),
        begun: None,
    })
}
