//! Marks on entries that are to be looked at again.

use super::{
    macros::payload,
    said::{About, DetailRow, Mark, Names, Said, Sign, Undo, join_with_colon},
};
use crate::domain::{
    id::{EntryId, Hash},
    person::Person,
};

payload! {
    "follow_up.set" 1
    /// An entry is to be looked at again, or was.
    FollowUpSet {
        /// The entry.
        entry: EntryId,
        /// Its hash.
        hash: Hash,
        /// Whether it is to be looked at again; the mark is taken off otherwise.
        on: bool,
        /// What is to be looked at, or what came of it; may be empty.
        why: String,
    }
}

impl Said for FollowUpSet {
    fn sign(&self) -> Sign {
        let (label, tag) = if self.on { ("follow up", "follow up") } else { ("followed up", "looked at") };
        Sign { label, tag, mark: Mark::Note }
    }

    fn line(&self, _: &Person, names: &dyn Names) -> String {
        join_with_colon(&names.cite(&self.entry), &self.why)
    }

    fn sentence(&self, names: &dyn Names) -> String {
        let again = if self.on { "is to be looked at again" } else { "was looked at again" };
        join_with_colon(&format!("{} {again}", names.cite(&self.entry)), &self.why)
    }

    fn rows(&self, names: &dyn Names) -> Vec<DetailRow> {
        vec![
            ("Entry", names.cite(&self.entry)),
            ("Mark", if self.on { "to be looked at again" } else { "looked at again" }.into()),
            ("Reason", self.why.clone()),
        ]
    }

    fn texts(&self) -> Vec<&str> {
        vec![&self.why]
    }

    fn observed(&self) -> Vec<&str> {
        Vec::new()
    }

    fn about(&self) -> About<'_> {
        About::entry(&self.entry, self.hash)
    }

    fn undo(&self) -> Undo {
        Undo::Marks { entry: self.entry.clone(), hash: self.hash, on: self.on }
    }

    fn needs_open_case(&self) -> bool {
        false
    }

    fn written_by_itself(&self) -> bool {
        false
    }
}
