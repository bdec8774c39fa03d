//! An earlier entry was wrong: what is right, and why. The old one stays, and both are shown.

use super::mark::says;
use crate::{
    domain::{
        case::Case,
        decide::{Command, CorrectEntry},
        id::{EntryId, Hash},
        record::Record,
    },
    tui::{
        form::{
            Fault,
            field::{FormField, fields},
            texts::{LineText, LongText},
        },
        forms::{
            blank_form::{BlankForm, TypedForm},
            context::FormContext,
            submission::Submission,
        },
    },
};

/// What is right instead of an entry.
#[derive(Clone, Debug)]
pub(crate) struct CorrectForm {
    pub(in crate::tui::forms) entry: EntryId,
    pub(in crate::tui::forms) hash: Hash,
    text: LongText,
    why: LineText,
}

fields!(CorrectForm; text, why);

impl CorrectForm {
    /// The form for an entry of which only the index is at hand.
    pub(crate) fn open(context: &FormContext<'_>, entry: &EntryId, hash: &Hash) -> Option<BlankForm<Self>> {
        let open = context.open?;
        Some(Self::blank(open.case, entry, *hash, says(&open, entry)))
    }

    /// The form for an entry that is at hand whole.
    pub(crate) fn open_for(case: &Case, record: &Record) -> BlankForm<Self> {
        Self::blank(case, &record.id, record.hash, record.event.full_text(case))
    }

    fn blank(case: &Case, entry: &EntryId, hash: Hash, says: String) -> BlankForm<Self> {
        let form = Self {
            entry: entry.clone(),
            hash,
            text: LongText::new("text", "Right is", "What is right, in full").required(),
            why: LineText::new("why", "Reason", "Why it was wrong: a slip, better knowledge", "").required(),
        };
        let blank = BlankForm::new(format!("Correct {}", case.cite(entry)), form).tell("It says", says);
        case.corrections.get(entry).into_iter().flatten().fold(blank, |blank, correction| {
            blank.tell("Corrected", format!("{}: {}", case.cite(&correction.entry), correction.what.text))
        })
    }
}

impl TypedForm for CorrectForm {
    fn submit(&self, _: &FormContext<'_>) -> Result<Submission, Fault> {
        let (entry, hash) = (self.entry.clone(), self.hash);
        let command = Command::Correct(CorrectEntry { entry, hash, text: self.text.text(), why: self.why.text() });
        Ok(Submission::command(command, None))
    }
}
