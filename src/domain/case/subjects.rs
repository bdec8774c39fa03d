//! The subjects of an incident as the records give them: what is to be looked at again, assets, indicators, contacts, the
//! impact on patients, who confirmed decisions, and who took over.

use super::{Case, Noted, noted::note_from_record};
use crate::domain::{asset::AssetKind, event, id::EntryId, person::Person, record::Record, text::fold_name};

/// Notes that the fold keeps.
const NOTES: usize = 12;

/// Puts `new` in the place of the one that it is about, or at the end.
fn put_in_place<T>(all: &mut Vec<Noted<T>>, new: Noted<T>, same: impl Fn(&T) -> bool) {
    match all.iter_mut().find(|known| same(&known.what)) {
        Some(known) => *known = new,
        None => all.push(new),
    }
}

/// Whether two names mean the same: spaces around them and their case do not count.
fn names_match(one: &str, other: &str) -> bool {
    fold_name(one) == fold_name(other)
}

impl Case {
    /// Someone takes part from now on, or in a new role.
    pub(super) fn take_part(&mut self, record: &Record, responder: &Person) {
        if !self.people.contains(responder) || !self.joined.contains_key(&responder.name) {
            self.joined.insert(responder.name.clone(), (record.id.clone(), record.at));
        }
        self.join(responder);
    }

    pub(super) fn mark(&mut self, record: &Record, set: &event::FollowUpSet) {
        if set.on {
            self.follow_ups.insert(set.entry.clone(), note_from_record(record, set));
        } else {
            self.follow_ups.remove(&set.entry);
        }
    }

    pub(super) fn note_asset(&mut self, record: &Record, asset: &event::AssetNoted) {
        let same = |known: &event::AssetNoted| known.kind == asset.kind && names_match(&known.name, &asset.name);
        put_in_place(&mut self.assets, note_from_record(record, asset), same);
    }

    pub(super) fn note_indicator(&mut self, record: &Record, found: &event::IndicatorNoted) {
        put_in_place(&mut self.indicators, note_from_record(record, found), |known| known.is_same_trace(found));
    }

    pub(super) fn note_contact(&mut self, record: &Record, contact: &event::ContactNoted) {
        put_in_place(&mut self.contacts, note_from_record(record, contact), |known| {
            names_match(&known.name, &contact.name)
        });
    }

    pub(super) fn keep_note(&mut self, record: &Record, note: &event::Note) {
        if self.notes.len() == NOTES {
            self.notes.remove(0);
        }
        self.notes.push(note_from_record(record, note));
    }

    pub(super) fn correct(&mut self, record: &Record, fix: &event::RecordCorrected) {
        if fix.undoes() {
            self.strike(record, &fix.entry);
        }
        self.corrections.entry(fix.entry.clone()).or_default().push(note_from_record(record, fix));
    }

    /// Takes what an undone entry said out of the picture.
    fn strike(&mut self, record: &Record, entry: &EntryId) {
        self.past.strike(entry);
        self.assets.retain(|asset| asset.entry != *entry);
        self.indicators.retain(|found| found.entry != *entry);
        self.contacts.retain(|contact| contact.entry != *entry);
        self.take_back(record, entry);
        self.impact.take_if(|impact| impact.entry == *entry);
        for signed in self.countersigns.values_mut() {
            signed.retain(|signed| signed.entry != *entry);
        }
        self.countersigns.retain(|_, signed| !signed.is_empty());
    }

    /// How the asset of that kind and name stands; the case of the name does not count.
    pub fn asset(&self, kind: AssetKind, name: &str) -> Option<&Noted<event::AssetNoted>> {
        self.assets.iter().find(|asset| asset.what.kind == kind && names_match(&asset.what.name, name))
    }

    /// The indicator of the same trace, however it is written.
    pub fn indicator(&self, found: &event::IndicatorNoted) -> Option<&Noted<event::IndicatorNoted>> {
        self.indicators.iter().find(|known| known.what.is_same_trace(found))
    }

    /// The contact of that name; its case does not count.
    pub fn contact(&self, name: &str) -> Option<&Noted<event::ContactNoted>> {
        self.contacts.iter().find(|contact| names_match(&contact.what.name, name))
    }

    /// The decision that an entry logs.
    pub fn decision(&self, entry: &EntryId) -> Option<&Noted<event::DecisionMade>> {
        self.decisions.iter().find(|made| made.entry == *entry)
    }

    /// Whether a decision waits for a second name: one person decided it, another logged it, and nobody confirmed that
    /// yet. Capital letters of a name make no other of it, and what was undone waits for nobody.
    pub fn unsigned(&self, made: &Noted<event::DecisionMade>) -> bool {
        let (decided, logged) = (made.what.decided_by.name.trim(), made.by.name.trim());
        !decided.eq_ignore_ascii_case(logged) && self.countersigned(&made.entry).is_empty() && !self.undone(&made.entry)
    }

    /// Who confirmed what an entry logs of a decision, oldest first.
    pub fn countersigned(&self, entry: &EntryId) -> &[Noted<event::DecisionCountersigned>] {
        self.countersigns.get(entry).map_or(&[], Vec::as_slice)
    }
}
