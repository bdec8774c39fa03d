//! What each entry did, as far as undoing or citing it needs to know.

use super::{Case, Noted, refusal::Refusal, undo_log::UndoLog};
use crate::domain::{
    event::{
        Event, RecordCorrected,
        said::{Slot, Undo},
    },
    id::{EntryId, Hash},
    record::Record,
};
use std::collections::BTreeMap;

/// What the entries of a case did.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Past {
    entries: UndoLog,
    /// The entry that counts in each place where only the latest does, and that entry where it may have to be put back.
    latest: BTreeMap<Slot, (EntryId, Option<Event>)>,
}

/// What an entry did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct EntryEffect {
    /// What undoing it does.
    pub(crate) undo: Undo,
    /// What stood in its place before, where undoing puts that back.
    pub(crate) former: Option<Box<(EntryId, Event)>>,
}

impl Past {
    pub(crate) fn get(&self, entry: &EntryId) -> Option<(Hash, &EntryEffect)> {
        self.entries.get(entry)
    }

    /// Whether the entry still counts in its place.
    pub(crate) fn counts(&self, entry: &EntryId, effect: &EntryEffect) -> bool {
        let slot = effect.undo.slot();
        slot.and_then(|slot| self.latest.get(&slot)).is_some_and(|(latest, _)| latest == entry)
    }

    /// Keeps what a record does, before it is done.
    fn keep(&mut self, record: &Record) {
        let undo = record.event.undo();
        let mut former = None;
        if let Some(slot) = undo.slot() {
            let put_back = matches!(undo, Undo::PutsBack(_)).then(|| record.event.clone());
            let before = self.latest.insert(slot, (record.id.clone(), put_back));
            former = before.and_then(|(entry, event)| Some(Box::new((entry, event?))));
        }
        self.entries.push(&record.id, record.hash, EntryEffect { undo, former });
    }

    /// Takes an entry that was undone out of its place.
    pub(super) fn strike(&mut self, entry: &EntryId) {
        self.latest.retain(|_, (latest, _)| latest != entry);
    }
}

impl Case {
    /// Keeps what a record does, before it is done.
    pub(super) fn remember(&mut self, record: &Record) {
        self.past.keep(record);
    }

    /// The hash of an entry; `None` where there is none.
    pub fn hash_of(&self, entry: &EntryId) -> Option<Hash> {
        self.past.get(entry).map(|(hash, _)| hash)
    }

    /// Whether an entry was undone.
    pub fn undone(&self, entry: &EntryId) -> bool {
        self.corrections.get(entry).is_some_and(|fixes| fixes.iter().any(|fix| fix.what.undoes()))
    }

    /// Whether an entry can be corrected: what undoes another stays as it is, for that other stays undone.
    pub fn correctable(&self, entry: &EntryId) -> Result<(), Refusal> {
        let undoes = |fix: &&Noted<RecordCorrected>| fix.entry == *entry && fix.what.undoes();
        match self.corrections.values().flatten().find(undoes) {
            Some(fix) => Err(Refusal::Undoes { entry: self.cite(entry), undone: self.cite(&fix.what.entry) }),
            None => Ok(()),
        }
    }

    /// Whether an entry can be undone; a refusal that says what to do instead otherwise.
    pub fn undoable(&self, entry: &EntryId) -> Result<(), Refusal> {
        let cite = self.cite(entry);
        let Some((_, effect)) = self.past.get(entry) else { return Err(Refusal::UnknownEntry { given: cite }) };
        if let Undo::Stays { why, instead } = effect.undo {
            return Err(Refusal::Lasting { entry: cite, why, instead });
        }
        if self.undone(entry) { Err(Refusal::Undone { entry: cite }) } else { Ok(()) }
    }
}
