//! An entry as the case keeps it: what happened, and what its record says around it.

use crate::domain::{
    id::{EntryId, Hash},
    person::Person,
    record::Record,
    time::Time,
};

/// An event of the case with what its record says around it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Noted<T> {
    /// Its record.
    pub entry: EntryId,
    /// That record's hash.
    pub hash: Hash,
    /// Who logged it.
    pub by: Person,
    /// When it was recorded (UTC).
    pub at: Time,
    /// When it happened, as a person claims (UTC).
    pub occurred: Option<Time>,
    /// What happened.
    pub what: T,
}

impl<T> Noted<T> {
    /// When it happened, as far as anyone has said otherwise than when it was recorded (UTC).
    pub fn happened(&self) -> Time {
        self.occurred.unwrap_or(self.at)
    }
}

pub(super) fn note_from_record<T: Clone>(record: &Record, what: &T) -> Noted<T> {
    Noted {
        entry: record.id.clone(),
        hash: record.hash,
        by: record.by.clone(),
        at: record.at,
        occurred: record.occurred,
        what: what.clone(),
    }
}
