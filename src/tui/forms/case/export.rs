//! The case leaves this machine.

use crate::{
    domain::export_name::file_name,
    tui::{
        form::{
            Form,
            field::{Item, Pick},
        },
        model::{
            Model, effect,
            overlays::open_form::{Kind, Send, Sheet},
        },
        text::fit::path,
    },
};
use std::path::Path;

/// Format, and its name with what it is for: in a line each, so that the field for the file is in view.
const FORMATS: [(&str, &str); 6] = [
    ("bundle", "Bundle: everything, in one zip that others can verify"),
    ("html", "Report, HTML: one page for executives and for print"),
    ("md", "Report, Markdown: the same as plain text, for a ticket"),
    ("handover", "Handover: what the next responder needs, to read aloud"),
    ("jsonl", "Records, JSON lines: for a check without this program"),
    ("csv", "Timeline, CSV: for a spreadsheet"),
];
/// The widest that a folder is said, cells.
const FOLDER: usize = 60;

/// The box.
pub(crate) fn open() -> Sheet {
    let options = FORMATS.iter().map(|(id, label)| (id.to_string(), label.to_string(), String::new()));
    let pick = Pick { options: options.collect(), at: Some(0), tall: true };
    let form = Form::of(vec![
        Item::pick("format", "Format", "↑ ↓ choose, Enter goes on", pick).required(),
        Item::path("path", "File", "A file or a folder, such as a stick; empty: as said below"),
    ]);
    Sheet::new(Kind::Export, "Export", form)
}

/// What it sends.
pub(crate) fn send(form: &Form) -> Send {
    Send::Export(effect::Export { format: form.text("format"), path: form.text("path") })
}

/// What will be written, and where: the file first, since a folder can be long.
pub(crate) fn preview(export: &effect::Export, form: &Form, model: &Model) -> String {
    let typed = export.path.trim();
    let own = || {
        let screen = model.case.as_ref()?;
        let folder = Path::new(&screen.folder).file_name().map(|name| name.to_string_lossy().into_owned());
        let folder = folder.unwrap_or_else(|| format!("case-{}", screen.case.id.short()));
        Some(file_name(&folder, &screen.case.seal().to_string(), &export.format))
    };
    let here = Path::new(&model.here);
    // What begins with ~ lies below one's own folder: where that is, only the machine knows.
    let whole = match typed {
        "" => here.to_owned(),
        typed if typed.starts_with('~') => Path::new(typed).to_owned(),
        typed => here.join(typed),
    };
    let (name, folder) = if typed.is_empty() || form.folder("path") {
        (own().unwrap_or_default(), Some(whole.as_path()))
    } else {
        let name = whole.file_name().map(|name| name.to_string_lossy().into_owned());
        (name.unwrap_or_default(), whole.parent())
    };
    let folder = folder.map(|folder| folder.display().to_string()).filter(|folder| !folder.is_empty());
    let folder = folder.map_or_else(|| "the current folder".to_owned(), |folder| path(&folder, FOLDER));
    format!("export  {}: {name}, in {folder}", export.format)
}
