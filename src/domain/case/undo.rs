//! What each entry did, as far as undoing or citing it needs to know.

use super::{Case, Noted, refusal::Refusal, undo_log::PastLog};
use crate::domain::{
    event::{self, AssetNoted, ContactNoted, Event},
    id::{EntryId, Hash},
    marking::Severity,
    record::Record,
};
use std::collections::BTreeMap;

/// The text of a correction that says that an entry was undone.
pub const UNDONE: &str = "Undone: it does not count.";

/// What the entries of a case did.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Past {
    entries: PastLog,
    /// The entry that set the severity.
    pub(crate) severity: Option<EntryId>,
    /// The entry that closed or reopened the case.
    pub(crate) ended: Option<EntryId>,
    /// The latest mark of each entry.
    pub(crate) marks: BTreeMap<EntryId, EntryId>,
}

/// What an entry did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Deed {
    /// It says something, and changes nothing that would have to be put back.
    Said,
    /// It took steps somewhere; the plans know which.
    Step,
    /// The severity before.
    Severity(Severity),
    /// It closed the case.
    Closed,
    /// It reopened the case.
    Reopened,
    /// It marked this entry, or took the mark off.
    Marked(EntryId, Hash, bool),
    /// The asset as it stood before.
    Asset(Option<Box<Noted<AssetNoted>>>),
    /// The contact as it stood before.
    Contact(Option<Box<Noted<ContactNoted>>>),
    /// What it meant for patients before.
    Impact(Option<Box<(EntryId, String)>>),
    /// It cannot be undone: why, and what to do instead.
    Lasting(&'static str, &'static str),
}

impl Past {
    pub(crate) fn get(&self, entry: &EntryId) -> Option<(Hash, &Deed)> {
        self.entries.get(entry)
    }
}

impl Case {
    /// Keeps what a record does, before it is done.
    pub(super) fn remember(&mut self, record: &Record) {
        let deed = self.deed(&record.event);
        let id = &record.id;
        match &record.event {
            Event::SeverityChanged(_) => self.past.severity = Some(id.clone()),
            Event::CaseClosed(_) | Event::CaseReopened(_) => self.past.ended = Some(id.clone()),
            Event::FollowUpSet(set) => {
                self.past.marks.insert(set.entry.clone(), id.clone());
            }
            _ => {}
        }
        self.past.entries.push(id, record.hash, deed);
    }

    fn deed(&self, event: &Event) -> Deed {
        match event {
            Event::StepStarted(_) | Event::StepDone(_) | Event::StepSkipped(_) | Event::StepBlocked(_) => Deed::Step,
            Event::ApprovalGiven(_) | Event::CommandReported(_) => Deed::Step,
            Event::DecisionMade(_) | Event::NotificationMade(_) if event.step().is_some() => Deed::Step,
            Event::SeverityChanged(changed) => Deed::Severity(changed.from),
            Event::CaseClosed(_) => Deed::Closed,
            Event::CaseReopened(_) => Deed::Reopened,
            Event::FollowUpSet(set) => Deed::Marked(set.entry.clone(), set.hash, set.on),
            Event::AssetNoted(asset) => Deed::Asset(self.asset(asset.kind, &asset.name).cloned().map(Box::new)),
            Event::ContactNoted(contact) => Deed::Contact(self.contact(&contact.name).cloned().map(Box::new)),
            Event::ImpactStated(_) => Deed::Impact(
                self.impact.as_ref().map(|impact| Box::new((impact.entry.clone(), impact.what.text.clone()))),
            ),
            event => lasting(event),
        }
    }

    /// The hash of an entry; `None` where there is none.
    pub fn hash_of(&self, entry: &EntryId) -> Option<Hash> {
        self.past.get(entry).map(|(hash, _)| hash)
    }

    /// Whether an entry was undone.
    pub fn undone(&self, entry: &EntryId) -> bool {
        self.corrections.get(entry).is_some_and(|fixes| fixes.iter().any(|fix| fix.what.text == UNDONE))
    }

    /// Whether an entry can be corrected: what undoes another stays as it is, for that other stays undone.
    pub fn correctable(&self, entry: &EntryId) -> Result<(), Refusal> {
        let undoes = |fix: &&super::Noted<event::RecordCorrected>| fix.entry == *entry && fix.what.text == UNDONE;
        match self.corrections.values().flatten().find(undoes) {
            Some(fix) => Err(Refusal::Undoes { entry: self.cite(entry), undone: self.cite(&fix.what.entry) }),
            None => Ok(()),
        }
    }

    /// Whether an entry can be undone; a refusal that says what to do instead otherwise.
    pub fn undoable(&self, entry: &EntryId) -> Result<(), Refusal> {
        let cite = self.cite(entry);
        match self.past.get(entry) {
            None => Err(Refusal::UnknownEntry { given: cite }),
            Some((_, Deed::Lasting(why, instead))) => Err(Refusal::Lasting { entry: cite, why, instead }),
            Some(_) if self.undone(entry) => Err(Refusal::Undone { entry: cite }),
            Some(_) => Ok(()),
        }
    }
}

fn lasting(event: &Event) -> Deed {
    let (why, instead) = match event {
        Event::CaseOpened(_) => ("everything else rests on it", "close the case, saying why it should not have been"),
        Event::CaseAmended(_) => ("what stood there before is not put back by itself", "amend the case again"),
        Event::ResponderJoined(_) => ("who took part took part", "take another role, or correct the entry"),
        Event::PlaybookAttached(_) | Event::PlaybookUpdated(_) => {
            ("steps, answers and clocks may rest on it", "skip its steps, saying why, or attach another playbook")
        }
        Event::StepReopened(_) => ("how the step stood before is not put back by itself", "mark the step as it stands"),
        Event::AnswerGiven(_) => ("steps may rest on the answer", "answer the question anew, saying why"),
        Event::EvidenceAdded(_) => ("what was taken in stays", "correct the entry, saying what is wrong with it"),
        Event::ClockStarted(_) => ("a clock that ran is not forgotten", "waive the duty, saying why it does not apply"),
        Event::ClockMet(_) | Event::ClockWaived(_) => {
            ("a clock that ended does not run on by itself", "start the duty's clock again, with the same awareness")
        }
        Event::ClockChecked(_) => ("the clocks stood so at that moment", "compare the clock again"),
        Event::ClockJumped(_) | Event::EntriesMissing(_) | Event::DamageSeen(_) => {
            ("the program saw it", "add a note that says what you know")
        }
        Event::RecordCorrected(_) => ("a correction stays beside what it corrects", "correct the same entry again"),
        Event::ExportMade(_) => ("the file has left the case", "add a note that says who has it, and export again"),
        Event::Unknown { .. } => ("it is from a newer carecert", "undo it with that version"),
        _ => return Deed::Said,
    };
    Deed::Lasting(why, instead)
}
