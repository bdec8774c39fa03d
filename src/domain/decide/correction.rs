//! To correct an entry, or undo it.

use super::{
    Ask,
    checks::{check_paragraph, require_reason},
    undo::decide_undo,
};
use crate::domain::{
    case::{Case, refusal::Refusal},
    event::{self, Event, correction::UNDONE},
    id::{EntryId, Hash},
    time::Time,
};

/// Correct an entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CorrectEntry {
    /// Where it stands.
    pub entry: EntryId,
    /// Its hash.
    pub hash: Hash,
    /// What is right.
    pub text: String,
    /// Why it was wrong.
    pub why: String,
}

impl Ask for CorrectEntry {
    const NEEDS_OPEN_CASE: bool = false;
    const STATES_AN_ACT: bool = false;

    fn decide(&self, case: &Case, _: Time) -> Result<Vec<Event>, Refusal> {
        let entry = &self.entry;
        if case.head(&entry.console).seq < entry.seq || entry.seq == 0 {
            return Err(Refusal::UnknownEntry { given: case.cite(entry) });
        }
        // These words are those of an undoing: whoever means them undoes.
        if self.text.trim() == UNDONE {
            return decide_undo(case, entry, self.hash, &self.why);
        }
        case.correctable(entry)?;
        check_paragraph("the correction", &self.text)?;
        let (entry, text, why) = (entry.clone(), self.text.clone(), require_reason("a correction", &self.why)?);
        Ok(vec![event::RecordCorrected { entry, hash: self.hash, text, why }.into()])
    }
}

/// Undo an entry: put back what it changed, where that can be, and say that it does not count.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UndoEntry {
    /// Where it stands.
    pub entry: EntryId,
    /// Its hash.
    pub hash: Hash,
    /// The reason; may be empty.
    pub why: String,
}

impl Ask for UndoEntry {
    const NEEDS_OPEN_CASE: bool = false;
    const STATES_AN_ACT: bool = false;

    fn decide(&self, case: &Case, _: Time) -> Result<Vec<Event>, Refusal> {
        decide_undo(case, &self.entry, self.hash, &self.why)
    }
}
