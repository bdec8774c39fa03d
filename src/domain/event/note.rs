//! Notes.

use super::{
    macros::payload,
    said::{About, DetailRow, Mark, Names, Said, Sign, Undo},
};
use crate::domain::person::Person;

payload! {
    "note" 1
    /// Something worth remembering.
    Note {
        /// The text.
        text: String,
    }
}

impl Said for Note {
    fn sign(&self) -> Sign {
        Sign::word("note", Mark::Note)
    }

    fn line(&self, _: &Person, _: &dyn Names) -> String {
        self.text.clone()
    }

    fn sentence(&self, _: &dyn Names) -> String {
        self.text.clone()
    }

    fn rows(&self, _: &dyn Names) -> Vec<DetailRow> {
        vec![("Note", self.text.clone())]
    }

    fn texts(&self) -> Vec<&str> {
        vec![&self.text]
    }

    fn observed(&self) -> Vec<&str> {
        vec![&self.text]
    }

    fn about(&self) -> About<'_> {
        About::NOTHING
    }

    fn undo(&self) -> Undo {
        Undo::Nothing
    }

    fn needs_open_case(&self) -> bool {
        false
    }

    fn written_by_itself(&self) -> bool {
        false
    }
}
