//! What is said of an entry afterwards: that it is to be looked at again, or that it does not count.

use crate::{
    domain::{
        decide::{Command, MarkEntry, UndoEntry},
        id::{EntryId, Hash},
    },
    tui::{
        form::{Fault, field::fields, texts::LineText},
        forms::{
            blank_form::{BlankForm, OnceRecorded, TypedForm},
            context::{CaseContext, FormContext, Selected},
            submission::Submission,
        },
    },
};

/// The most of an entry's text that a form shows, bytes.
const SAYS: usize = 600;

/// What an entry says, in a line; empty where the index does not have it.
pub(super) fn says(open: &CaseContext<'_>, entry: &EntryId) -> String {
    let row = open.index.find(entry).and_then(|row| open.index.row(row));
    row.map(|row| format!("{}: {}", row.tag(), row.line(SAYS))).unwrap_or_default()
}

/// An entry is to be looked at again, or no more.
#[derive(Clone, Debug)]
pub(crate) struct FollowUpForm {
    pub(in crate::tui::forms) entry: EntryId,
    pub(in crate::tui::forms) hash: Hash,
    pub(in crate::tui::forms) on: bool,
    why: LineText,
}

fields!(FollowUpForm; why);

impl FollowUpForm {
    /// The form that marks an entry, or takes the mark off: whichever it is not now.
    pub(crate) fn open(context: &FormContext<'_>, entry: &EntryId, _: &Hash, _: &bool) -> Option<BlankForm<Self>> {
        Self::open_for(context, entry)
    }

    /// The same, for an entry that is only named.
    pub(crate) fn open_for(context: &FormContext<'_>, entry: &EntryId) -> Option<BlankForm<Self>> {
        let open = context.open?;
        let hash = open.case.hash_of(entry)?;
        let marked = open.case.follow_ups.get(entry);
        let (title, label, hint) = match marked {
            None => ("Follow up", "What for", "What is to be looked at again; may be empty"),
            Some(_) => ("Nothing more to follow up in", "Came of it", "What was found; may be empty"),
        };
        let on = marked.is_none();
        let form = Self { entry: entry.clone(), hash, on, why: LineText::new("why", label, hint, "") };
        let blank = BlankForm::new(format!("{title} {}", open.case.cite(entry)), form)
            .tell("It says", says(&open, entry))
            .tell("Marked for", marked.map(|marked| marked.what.why.clone()).unwrap_or_default());
        Some(blank)
    }
}

impl TypedForm for FollowUpForm {
    fn submit(&self, _: &FormContext<'_>) -> Result<Submission, Fault> {
        let (entry, hash, on) = (self.entry.clone(), self.hash, self.on);
        Ok(Submission::command(Command::FollowUp(MarkEntry { entry, hash, on, why: self.why.text() }), None))
    }
}

/// An entry does not count.
#[derive(Clone, Debug)]
pub(crate) struct UndoForm {
    pub(in crate::tui::forms) entry: EntryId,
    pub(in crate::tui::forms) hash: Hash,
    why: LineText,
}

fields!(UndoForm; why);

impl UndoForm {
    /// The form.
    pub(crate) fn open(context: &FormContext<'_>, entry: &EntryId, _: &Hash) -> Option<BlankForm<Self>> {
        Self::open_for(context, entry)
    }

    /// The same, for an entry that is only named.
    pub(crate) fn open_for(context: &FormContext<'_>, entry: &EntryId) -> Option<BlankForm<Self>> {
        let open = context.open?;
        let hash = open.case.hash_of(entry)?;
        let hint = "Why it does not count: a wrong key, the wrong step; may be empty";
        let form = Self { entry: entry.clone(), hash, why: LineText::new("why", "Reason", hint, "") };
        let back = open.case.given_back(open.console, entry, context.responder);
        let blank = BlankForm::new(format!("Undo {}", open.case.cite(entry)), form)
            .tell("It says", says(&open, entry))
            .tell("Undoing", "is an entry of its own: the old one stays in the log, and both are shown")
            .tell("Then", back.map_or_else(String::new, |giver| format!("{} acts here again", giver.label())));
        Some(blank)
    }
}

impl TypedForm for UndoForm {
    fn submit(&self, _: &FormContext<'_>) -> Result<Submission, Fault> {
        let (entry, hash) = (self.entry.clone(), self.hash);
        Ok(Submission::command(Command::Undo(UndoEntry { entry, hash, why: self.why.text() }), None))
    }

    fn once_recorded(&self) -> OnceRecorded {
        OnceRecorded::GivesBack(self.entry.clone())
    }
}

/// The form that undoes the selected entry, else the latest of one's own.
pub(in crate::tui::forms) fn open_selected_undo(
    context: &FormContext<'_>,
    selected: &Selected<'_>,
) -> Option<BlankForm<UndoForm>> {
    let entry = selected.entry.as_ref().or(selected.latest_own.as_ref())?;
    UndoForm::open_for(context, entry)
}
