//! The seals that a case had, one after each entry, so that what an entry says of an earlier seal can be checked.

use crate::domain::{
    id::{ConsoleId, Hash},
    record::{Head, Record, seal::Seal},
};
use std::collections::BTreeMap;

/// Steps that may be spent on seals; each is the look at one entry. A hostile log could ask for any number.
const BUDGET: u64 = 1_000_000_000;
/// What one log's line in a seal costs, in the same steps.
const LOG_COST: u64 = 50;

/// The heads as they grew, in little room.
#[derive(Debug)]
pub(super) struct SealHistory {
    /// For each entry its log, by its place below, its number and its hash.
    entries: Vec<(u32, u64, Hash)>,
    consoles: Vec<ConsoleId>,
    places: BTreeMap<ConsoleId, u32>,
    left: u64,
}

impl SealHistory {
    /// A case without entries.
    pub(super) fn new() -> Self {
        Self { entries: Vec::new(), consoles: Vec::new(), places: BTreeMap::new(), left: BUDGET }
    }

    /// Takes in the next entry.
    pub(super) fn push(&mut self, record: &Record) {
        let console = &record.id.console;
        let place = *self.places.entry(console.clone()).or_insert_with(|| {
            self.consoles.push(console.clone());
            u32::try_from(self.consoles.len() - 1).unwrap_or(u32::MAX)
        });
        self.entries.push((place, record.id.seq, record.hash));
    }

    /// The seal after the first `count` entries; `None` within `Some` if there are not so many. `None` if no more steps
    /// may be spent.
    pub(super) fn seal_after(&mut self, count: u64) -> Option<Option<Seal>> {
        match usize::try_from(count) {
            Ok(count) if (1..=self.entries.len()).contains(&count) => {
                self.seals(count, count).map(|seals| seals.into_iter().next_back())
            }
            _ => Some(None),
        }
    }

    /// The latest `most` seals, oldest first. `None` if no more steps may be spent.
    pub(super) fn latest(&mut self, most: usize) -> Option<Vec<Seal>> {
        let count = self.entries.len();
        self.seals(count.saturating_sub(most - 1).max(1), count)
    }

    /// The seals after `from` entries, and after each one more up to `to`.
    fn seals(&mut self, from: usize, to: usize) -> Option<Vec<Seal>> {
        let seals = to.saturating_sub(from) as u64 + 1;
        let cost = to as u64 + seals.saturating_mul(LOG_COST).saturating_mul(self.consoles.len() as u64);
        // Counted before anything is done, so that no request can overdraw.
        self.left = self.left.checked_sub(cost)?;
        let mut heads: BTreeMap<ConsoleId, Head> = BTreeMap::new();
        let mut latest = vec![None; self.consoles.len()];
        let mut found = Vec::new();
        for (number, (place, seq, hash)) in self.entries.iter().take(to).enumerate() {
            if let Some(head) = latest.get_mut(*place as usize) {
                *head = Some(Head { seq: *seq, hash: *hash });
            }
            if number + 1 >= from {
                let known = self.consoles.iter().zip(&latest);
                heads.extend(known.filter_map(|(console, head)| Some((console.clone(), (*head)?))));
                found.push(Seal::of(&heads));
            }
        }
        Some(found)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{domain::case::Case, exchange::bundle};

    #[test]
    fn seals_are_those_that_the_case_had() {
        let folder = tempfile::tempdir().unwrap();
        let snapshot = bundle::sample(folder.path());
        let (mut history, mut case) = (SealHistory::new(), Case::new(snapshot.case.id.clone()));
        let mut seals = Vec::new();
        for record in &snapshot.records {
            history.push(record);
            case.apply(record);
            seals.push(case.seal());
        }
        for (number, seal) in (1..).zip(&seals) {
            assert_eq!(history.seal_after(number), Some(Some(*seal)), "after {number}");
        }
        assert_eq!((history.seal_after(0), history.seal_after(8)), (Some(None), Some(None)));
        assert_eq!(history.latest(3).as_deref(), Some(&seals[4..]));
        assert_eq!(history.latest(99).as_deref(), Some(&seals[..]));
        history.left = 100;
        assert_eq!(history.seal_after(7), None, "no more may be spent");
    }
}
