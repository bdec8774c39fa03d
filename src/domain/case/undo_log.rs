//! The hash of every entry and what each did, in little room: two copies of a case share all but the latest.

use super::undo::EntryEffect;
use crate::domain::event::said::Undo;
use crate::domain::id::{ConsoleId, EntryId, Hash};
use std::{collections::BTreeMap, sync::Arc};

/// Entries that are kept together.
const CHUNK: usize = 1024;
/// Stands for a effect that is kept by itself.
const OWN: u8 = u8::MAX;

/// All entries by console and number.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct UndoLog {
    logs: BTreeMap<ConsoleId, Vec<Arc<Chunk>>>,
    /// The effects that many entries share; most only said something.
    common: Vec<EntryEffect>,
    own: BTreeMap<EntryId, EntryEffect>,
    /// Entries of a damaged log that come after a later one.
    strays: BTreeMap<EntryId, (Hash, EntryEffect)>,
}

/// Entries that follow each other without a gap.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Chunk {
    first: u64,
    entries: Vec<(Hash, u8)>,
}

impl UndoLog {
    /// Keeps an entry. Numbers rise within a console, as the chain does.
    pub(super) fn push(&mut self, id: &EntryId, hash: Hash, effect: EntryEffect) {
        let last = self.logs.get(&id.console).and_then(|chunks| chunks.last());
        let next = last.map_or(0, |chunk| chunk.first + chunk.entries.len() as u64);
        if id.seq < next {
            self.strays.insert(id.clone(), (hash, effect));
            return;
        }
        let code = self.code(id, effect);
        let chunks = self.logs.entry(id.console.clone()).or_default();
        match chunks.last_mut() {
            Some(chunk) if id.seq == next && chunk.entries.len() < CHUNK => {
                Arc::make_mut(chunk).entries.push((hash, code));
            }
            _ => chunks.push(Arc::new(Chunk { first: id.seq, entries: vec![(hash, code)] })),
        }
    }

    fn code(&mut self, id: &EntryId, effect: EntryEffect) -> u8 {
        let known = self.common.iter().position(|known| *known == effect).unwrap_or(self.common.len());
        let shared = match effect.undo {
            Undo::Nothing | Undo::ReopensSteps | Undo::Reopens | Undo::Closes | Undo::Stays { .. } => true,
            Undo::PutsBackSeverity(_) | Undo::Marks { .. } | Undo::PutsBack(_) => false,
        };
        if !shared || known >= usize::from(OWN) {
            self.own.insert(id.clone(), effect);
            return OWN;
        }
        if known == self.common.len() {
            self.common.push(effect);
        }
        known as u8
    }

    /// An entry's hash, and what it did.
    pub(super) fn get(&self, entry: &EntryId) -> Option<(Hash, &EntryEffect)> {
        let stray = || self.strays.get(entry).map(|(hash, effect)| (*hash, effect));
        self.in_order(entry).or_else(stray)
    }

    fn in_order(&self, entry: &EntryId) -> Option<(Hash, &EntryEffect)> {
        let chunks = self.logs.get(&entry.console)?;
        let chunk = chunks.get(chunks.partition_point(|chunk| chunk.first <= entry.seq).checked_sub(1)?)?;
        let (hash, code) = chunk.entries.get(usize::try_from(entry.seq - chunk.first).ok()?)?;
        let effect = if *code == OWN { self.own.get(entry) } else { self.common.get(usize::from(*code)) };
        Some((*hash, effect?))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::marking::Severity;

    #[test]
    fn every_entry_is_found_and_a_copy_shares_what_is_old() {
        let console = ConsoleId::from_random([1; 10]);
        let id = |seq| EntryId { console: console.clone(), seq };
        let mut log = UndoLog::default();
        let effect = |undo| EntryEffect { undo, former: None };
        let own = Undo::PutsBackSeverity(Severity::Low);
        // Numbers that were lost are not used again.
        let seqs = || (1..=2500).chain(3000..3010);
        for seq in seqs() {
            let undo = if seq % 3 == 0 { Undo::Stays { why: "a", instead: "b" } } else { Undo::Nothing };
            log.push(&id(seq), Hash::of(&[seq as u8]), effect(undo));
        }
        log.push(&id(3010), Hash::ZERO, effect(own.clone()));
        log.push(&id(2900), Hash::ZERO, effect(Undo::Reopens));
        for seq in seqs() {
            let (hash, effect) = log.get(&id(seq)).unwrap();
            assert_eq!(hash, Hash::of(&[seq as u8]), "{seq}");
            assert_eq!(effect.undo == Undo::Nothing, seq % 3 != 0);
        }
        assert_eq!(log.get(&id(3010)), Some((Hash::ZERO, &effect(own.clone()))));
        assert_eq!(log.get(&id(2900)), Some((Hash::ZERO, &effect(Undo::Reopens))), "also where the log is damaged");
        assert!([0, 2501, 2999, 3011].iter().all(|seq| log.get(&id(*seq)).is_none()));
        let mut copy = log.clone();
        copy.push(&id(3011), Hash::ZERO, effect(Undo::Nothing));
        let shared = log.logs[&console].iter().zip(&copy.logs[&console]).filter(|(old, new)| Arc::ptr_eq(old, new));
        assert_eq!(shared.count(), 3, "all but the last");
        assert!(copy != log && log.get(&id(3011)).is_none());
    }
}
