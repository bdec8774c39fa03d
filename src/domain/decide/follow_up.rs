//! To mark an entry as one to be looked at again.

use super::{
    Ask,
    checks::{check_length, known_entry},
};
use crate::domain::{
    case::{Case, refusal::Refusal},
    event::{self, Event},
    id::{EntryId, Hash},
    time::Time,
};

/// Mark an entry as one to be looked at again, or take the mark off. Nothing is recorded where that is so already.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MarkEntry {
    /// Where it stands.
    pub entry: EntryId,
    /// Its hash.
    pub hash: Hash,
    /// Whether it is to be looked at again.
    pub on: bool,
    /// What is to be looked at, or what came of it; may be empty.
    pub why: String,
}

impl Ask for MarkEntry {
    const NEEDS_OPEN_CASE: bool = false;
    const STATES_AN_ACT: bool = false;

    fn decide(&self, case: &Case, _: Time) -> Result<Vec<Event>, Refusal> {
        known_entry(case, &self.entry, self.hash)?;
        check_length("the reason", &self.why)?;
        let so = match case.follow_ups.get(&self.entry) {
            Some(mark) => self.on && mark.what.why == self.why,
            None => !self.on,
        };
        let Self { entry, hash, on, why } = self.clone();
        Ok(if so { Vec::new() } else { vec![event::FollowUpSet { entry, hash, on, why }.into()] })
    }
}
