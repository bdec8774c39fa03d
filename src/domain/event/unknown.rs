//! Entries that this program does not know, because a newer one wrote them.

use super::said::{About, DetailRow, Mark, Names, Said, Sign, Undo};
use crate::domain::person::Person;

/// An entry of a type or version that this program does not know. It is kept and shown, and changes nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownEntry {
    /// Its type.
    pub kind: String,
    /// Its payload's version.
    pub version: u32,
    /// Its payload.
    pub data: serde_json::Value,
}

impl Said for UnknownEntry {
    fn sign(&self) -> Sign {
        Sign::word("unknown", Mark::Case)
    }

    fn line(&self, _: &Person, _: &dyn Names) -> String {
        format!("type {} version {}", self.kind, self.version)
    }

    fn sentence(&self, _: &dyn Names) -> String {
        format!("an entry of type {} version {}, from a newer carecert", self.kind, self.version)
    }

    fn rows(&self, names: &dyn Names) -> Vec<DetailRow> {
        vec![("Type", self.line(&Person::default(), names))]
    }

    fn texts(&self) -> Vec<&str> {
        vec![&self.kind]
    }

    fn observed(&self) -> Vec<&str> {
        Vec::new()
    }

    fn about(&self) -> About<'_> {
        About::NOTHING
    }

    fn undo(&self) -> Undo {
        Undo::Stays { why: "it is from a newer carecert", instead: "undo it with that version" }
    }

    fn needs_open_case(&self) -> bool {
        false
    }

    fn written_by_itself(&self) -> bool {
        false
    }
}
