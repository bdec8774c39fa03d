//! The hash of every entry and what each did, in little room: two copies of a case share all but the latest.

use super::undo::Deed;
use crate::domain::id::{ConsoleId, EntryId, Hash};
use std::{collections::BTreeMap, sync::Arc};

/// Entries that are kept together.
const CHUNK: usize = 1024;
/// Stands for a deed that is kept by itself.
const OWN: u8 = u8::MAX;

/// All entries by console and number.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct PastLog {
    logs: BTreeMap<ConsoleId, Vec<Arc<Chunk>>>,
    /// The deeds that many entries share; most only said something.
    common: Vec<Deed>,
    own: BTreeMap<EntryId, Deed>,
    /// Entries of a damaged log that come after a later one.
    strays: BTreeMap<EntryId, (Hash, Deed)>,
}

/// Entries that follow each other without a gap.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Chunk {
    first: u64,
    entries: Vec<(Hash, u8)>,
}

impl PastLog {
    /// Keeps an entry. Numbers rise within a console, as the chain does.
    pub(super) fn push(&mut self, id: &EntryId, hash: Hash, deed: Deed) {
        let last = self.logs.get(&id.console).and_then(|chunks| chunks.last());
        let next = last.map_or(0, |chunk| chunk.first + chunk.entries.len() as u64);
        if id.seq < next {
            self.strays.insert(id.clone(), (hash, deed));
            return;
        }
        let code = self.code(id, deed);
        let chunks = self.logs.entry(id.console.clone()).or_default();
        match chunks.last_mut() {
            Some(chunk) if id.seq == next && chunk.entries.len() < CHUNK => {
                Arc::make_mut(chunk).entries.push((hash, code));
            }
            _ => chunks.push(Arc::new(Chunk { first: id.seq, entries: vec![(hash, code)] })),
        }
    }

    fn code(&mut self, id: &EntryId, deed: Deed) -> u8 {
        let known = self.common.iter().position(|known| *known == deed).unwrap_or(self.common.len());
        let shared = matches!(deed, Deed::Said | Deed::Step | Deed::Closed | Deed::Reopened | Deed::Lasting(..));
        if !shared || known >= usize::from(OWN) {
            self.own.insert(id.clone(), deed);
            return OWN;
        }
        if known == self.common.len() {
            self.common.push(deed);
        }
        known as u8
    }

    /// An entry's hash, and what it did.
    pub(super) fn get(&self, entry: &EntryId) -> Option<(Hash, &Deed)> {
        let stray = || self.strays.get(entry).map(|(hash, deed)| (*hash, deed));
        self.in_order(entry).or_else(stray)
    }

    fn in_order(&self, entry: &EntryId) -> Option<(Hash, &Deed)> {
        let chunks = self.logs.get(&entry.console)?;
        let chunk = chunks.get(chunks.partition_point(|chunk| chunk.first <= entry.seq).checked_sub(1)?)?;
        let (hash, code) = chunk.entries.get(usize::try_from(entry.seq - chunk.first).ok()?)?;
        let deed = if *code == OWN { self.own.get(entry) } else { self.common.get(usize::from(*code)) };
        Some((*hash, deed?))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_entry_is_found_and_a_copy_shares_what_is_old() {
        let console = ConsoleId::from_random([1; 10]);
        let id = |seq| EntryId { console: console.clone(), seq };
        let mut log = PastLog::default();
        // Numbers that were lost are not used again.
        let seqs = || (1..=2500).chain(3000..3010);
        for seq in seqs() {
            let deed = if seq % 3 == 0 { Deed::Lasting("a", "b") } else { Deed::Said };
            log.push(&id(seq), Hash::of(&[seq as u8]), deed);
        }
        log.push(&id(3010), Hash::ZERO, Deed::Impact(None));
        log.push(&id(2900), Hash::ZERO, Deed::Closed);
        for seq in seqs() {
            let (hash, deed) = log.get(&id(seq)).unwrap();
            assert_eq!(hash, Hash::of(&[seq as u8]), "{seq}");
            assert_eq!(*deed == Deed::Said, seq % 3 != 0);
        }
        assert_eq!(log.get(&id(3010)), Some((Hash::ZERO, &Deed::Impact(None))));
        assert_eq!(log.get(&id(2900)), Some((Hash::ZERO, &Deed::Closed)), "also where the log is damaged");
        assert!([0, 2501, 2999, 3011].iter().all(|seq| log.get(&id(*seq)).is_none()));
        let mut copy = log.clone();
        copy.push(&id(3011), Hash::ZERO, Deed::Said);
        let shared = log.logs[&console].iter().zip(&copy.logs[&console]).filter(|(old, new)| Arc::ptr_eq(old, new));
        assert_eq!(shared.count(), 3, "all but the last");
        assert!(copy != log && log.get(&id(3011)).is_none());
    }
}
