//! The case leaves this machine.

use crate::console::{
    effect,
    form::Form,
    item::{Item, Pick},
    sheet::{Kind, Send, Sheet},
};

/// Format, name, and what it is for.
const FORMATS: [(&str, &str, &str); 6] = [
    ("bundle", "Bundle", "everything, for the central team: one zip that they can verify"),
    ("html", "Report, HTML", "one page for executives and for print"),
    ("md", "Report, Markdown", "the same as plain text, for a ticket"),
    ("handover", "Handover", "what the next responder needs, to read aloud"),
    ("jsonl", "Records, JSON lines", "the hashed lines themselves, for a check without us"),
    ("csv", "Timeline, CSV", "for a spreadsheet"),
];

/// The box.
pub(crate) fn open() -> Sheet {
    let options = FORMATS.iter().map(|(id, label, means)| (id.to_string(), label.to_string(), means.to_string()));
    let pick = Pick { options: options.collect(), at: Some(0), tall: true };
    let form = Form::of(vec![
        Item::pick("format", "Format", "↑ ↓ choose, Enter goes on", pick).required(),
        Item::path("path", "File", "Where to; empty for a name made from the case, in the current folder"),
    ]);
    Sheet::new(Kind::Export, "Export", form)
}

/// What it sends.
pub(crate) fn send(form: &Form) -> Send {
    Send::Export(effect::Export { format: form.text("format"), path: form.text("path") })
}
