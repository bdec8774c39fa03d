//! What is said of an entry afterwards: that it is to be looked at again, or that it does not count.

use crate::{
    domain::{
        decide::command::{Command, MarkEntry, UndoEntry},
        id::{EntryId, Hash},
    },
    tui::{
        form::{Form, field::Item},
        model::{
            open_case::CaseScreen,
            overlays::open_form::{Kind, Send, Sheet},
        },
    },
};

/// The most of an entry's text that a box shows, bytes.
const SAYS: usize = 600;

/// The box that marks an entry to be looked at again, or takes the mark off.
pub(crate) fn follow_up(screen: &CaseScreen, entry: &EntryId) -> Option<Sheet> {
    let hash = screen.case.hash_of(entry)?;
    let marked = screen.case.follow_ups.get(entry);
    let (title, label, hint) = match marked {
        None => ("Follow up", "What for", "What is to be looked at again; may be empty"),
        Some(_) => ("Nothing more to follow up in", "Came of it", "What was found; may be empty"),
    };
    let form = Form::of(vec![Item::line("why", label, hint, "")]);
    let kind = Kind::FollowUp(entry.clone(), hash, marked.is_none());
    let sheet =
        Sheet::new(kind, format!("{title} {}", screen.case.cite(entry)), form).tell("It says", says(screen, entry));
    Some(sheet.tell("Marked for", marked.map(|marked| marked.what.why.clone()).unwrap_or_default()))
}

/// The box that undoes an entry.
pub(crate) fn undo(screen: &CaseScreen, entry: &EntryId) -> Option<Sheet> {
    let hash = screen.case.hash_of(entry)?;
    let form = Form::of(vec![Item::line(
        "why",
        "Reason",
        "Why it does not count: a wrong key, the wrong step; may be empty",
        "",
    )]);
    let sheet = Sheet::new(Kind::Undo(entry.clone(), hash), format!("Undo {}", screen.case.cite(entry)), form);
    let back = screen.case.given_back(&screen.console, entry, &screen.responder);
    Some(
        sheet
            .tell("It says", says(screen, entry))
            .tell("Undoing", "is an entry of its own: the old one stays in the log, and both are shown")
            .tell("Then", back.map_or_else(String::new, |giver| format!("{} acts here again", giver.label()))),
    )
}

pub(crate) fn says(screen: &CaseScreen, entry: &EntryId) -> String {
    let row = screen.index.find(entry).and_then(|row| screen.index.row(row));
    row.map(|row| format!("{}: {}", row.tag(), row.line(SAYS))).unwrap_or_default()
}

/// What marking sends.
pub(crate) fn send_follow_up(entry: &EntryId, hash: Hash, on: bool, form: &Form) -> Send {
    Send::command(Command::FollowUp(MarkEntry { entry: entry.clone(), hash, on, why: form.text("why") }), None)
}

/// What undoing sends.
pub(crate) fn send_undo(entry: &EntryId, hash: Hash, form: &Form) -> Send {
    Send::command(Command::Undo(UndoEntry { entry: entry.clone(), hash, why: form.text("why") }), None)
}
