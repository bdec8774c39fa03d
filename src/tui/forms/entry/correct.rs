//! An earlier entry was wrong: what is right, and why. The old one stays, and both are shown.

use crate::{
    domain::{
        case::Case,
        decide::command::{Command, CorrectEntry},
        id::{EntryId, Hash},
        record::Record,
    },
    tui::{
        form::{Form, field::Item},
        model::overlays::open_form::{Kind, Send, Sheet},
    },
};

/// The box for `record`.
pub(crate) fn open(case: &Case, record: &Record) -> Sheet {
    of(case, &record.id, record.hash, record.event.full_text(case))
}

/// The box for an entry that says this.
pub(crate) fn of(case: &Case, entry: &EntryId, hash: Hash, says: String) -> Sheet {
    let form = Form::of(vec![
        Item::long("text", "Right is", "What is right, in full").required(),
        Item::line("why", "Reason", "Why it was wrong: a slip, better knowledge", "").required(),
    ]);
    let title = format!("Correct {}", case.cite(entry));
    let sheet = Sheet::new(Kind::Correct(entry.clone(), hash), title, form);
    let sheet = sheet.tell("It says", says);
    case.corrections.get(entry).into_iter().flatten().fold(sheet, |sheet, correction| {
        sheet.tell("Corrected", format!("{}: {}", case.cite(&correction.entry), correction.what.text))
    })
}

/// What it sends.
pub(crate) fn send(entry: &EntryId, hash: Hash, form: &Form) -> Send {
    let (text, why) = (form.text("text"), form.text("why"));
    Send::command(Command::Correct(CorrectEntry { entry: entry.clone(), hash, text, why }), None)
}
