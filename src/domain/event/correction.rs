//! Corrections of earlier entries; an undoing is one.

use super::{
    macros::payload,
    said::{About, DetailRow, Mark, Names, Said, Sign, Undo, join_with_colon},
};
use crate::domain::{
    id::{EntryId, Hash},
    person::Person,
};

/// The text of a correction that says that an entry was undone.
pub const UNDONE: &str = "Undone: it does not count.";

payload! {
    "record.corrected" 1
    /// An earlier entry was wrong. The entry stays, and both are shown.
    RecordCorrected {
        /// The entry that was wrong.
        entry: EntryId,
        /// Its hash.
        hash: Hash,
        /// What is right.
        text: String,
        /// Why it was wrong.
        why: String,
    }
}

impl RecordCorrected {
    /// Whether it says that the entry was undone.
    pub fn undoes(&self) -> bool {
        self.text == UNDONE
    }
}

impl Said for RecordCorrected {
    fn sign(&self) -> Sign {
        let tag = if self.undoes() { "undone" } else { "corrects" };
        Sign { label: "correction", tag, mark: Mark::Correction }
    }

    fn line(&self, _: &Person, names: &dyn Names) -> String {
        let cite = names.cite(&self.entry);
        if self.undoes() { join_with_colon(&cite, &self.why) } else { format!("{cite}: {}", self.text) }
    }

    fn sentence(&self, names: &dyn Names) -> String {
        let cite = names.cite(&self.entry);
        if self.undoes() {
            format!("{cite} is undone and does not count: {}", self.why)
        } else {
            format!("{cite} is wrong ({}). Right: {}", self.why, self.text)
        }
    }

    fn rows(&self, names: &dyn Names) -> Vec<DetailRow> {
        vec![("Entry", names.cite(&self.entry)), ("Right is", self.text.clone()), ("Reason", self.why.clone())]
    }

    fn texts(&self) -> Vec<&str> {
        vec![&self.text, &self.why]
    }

    fn observed(&self) -> Vec<&str> {
        vec![&self.text]
    }

    fn about(&self) -> About<'_> {
        About::entry(&self.entry, self.hash)
    }

    fn undo(&self) -> Undo {
        Undo::Stays { why: "a correction stays beside what it corrects", instead: "correct the same entry again" }
    }

    fn needs_open_case(&self) -> bool {
        false
    }

    fn written_by_itself(&self) -> bool {
        false
    }
}
