//! The clocks of duties in a case. None starts by itself: a person states since when the organisation is aware.

use super::{Case, Noted};
use crate::domain::{
    duty::Duty,
    event::{ClockStarted, NotificationMade},
    id::EntryId,
    playbook::When,
    record::Record,
    step::attached_playbook::AttachedPlaybook,
    time::Time,
};

/// A duty's clock.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Clock {
    /// The duty, as it stood when the clock started.
    pub duty: Duty,
    /// When the organisation became aware (UTC).
    pub aware: Time,
    /// The deadline (UTC); `None` is without undue delay.
    pub deadline: Option<Time>,
    /// How it stands.
    pub state: ClockState,
    /// When it came to that state (UTC).
    pub since: Time,
    /// The entry that brought it there.
    pub entry: EntryId,
    /// The reference or the reason.
    pub note: String,
    /// The text as sent, where it was given with the clock and not with a notification of its own.
    pub text: String,
}

/// How a clock stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ClockState {
    /// It runs.
    Running,
    /// The duty is met.
    Met,
    /// The duty does not apply.
    Waived,
}

impl Clock {
    /// A clock that runs since a record says so.
    pub(super) fn started(record: &Record, started: &ClockStarted) -> Self {
        Self {
            duty: started.duty.clone(),
            aware: started.aware,
            deadline: started.deadline,
            state: ClockState::Running,
            since: record.at,
            entry: record.id.clone(),
            note: started.basis.clone(),
            text: String::new(),
        }
    }
}

impl Case {
    pub(super) fn stop_clock(&mut self, record: &Record, duty: &str, state: ClockState, (note, text): (&str, &str)) {
        let running = |clock: &&mut Clock| clock.duty.id == duty && clock.state == ClockState::Running;
        if let Some(clock) = self.clocks.iter_mut().find(running) {
            clock.state = state;
            clock.since = if state == ClockState::Met { record.happened() } else { record.at };
            clock.entry.clone_from(&record.id);
            clock.note = note.to_owned();
            clock.text = text.to_owned();
        }
    }

    /// A duty of the attached playbooks.
    pub fn duty(&self, id: &str) -> Option<&Duty> {
        self.plans.iter().flat_map(|plan| &plan.duties).find(|duty| duty.id == id)
    }

    /// Whether the answers reach every threshold of a duty's gate: `None` while they are not all known, or where the duty
    /// has no gate. Guidance for the person who decides, not legal advice.
    pub fn graded(&self, duty: &str) -> Option<bool> {
        let gated =
            |plan: &&AttachedPlaybook| plan.duties.iter().any(|known| known.id == duty && !known.gate.is_empty());
        self.plans.iter().filter(gated).find_map(|plan| plan.holds(&When::Gate(duty.to_owned())))
    }

    /// Every duty of the attached playbooks, each once.
    pub fn duties(&self) -> Vec<&Duty> {
        let mut duties: Vec<&Duty> = Vec::new();
        for duty in self.plans.iter().flat_map(|plan| &plan.duties) {
            if !duties.iter().any(|known| known.id == duty.id) {
                duties.push(duty);
            }
        }
        duties
    }

    /// The earliest moment (UTC) since when the organisation is aware, as its clocks say; `None` before one is started.
    pub fn aware(&self) -> Option<Time> {
        self.clocks.iter().map(|clock| clock.aware).min()
    }

    /// The first notification by which a duty was told, whatever its clock says; none that was undone.
    pub fn told(&self, duty: &str) -> Option<&Noted<NotificationMade>> {
        self.notifications.iter().find(|told| told.what.duty.as_deref() == Some(duty) && !self.undone(&told.entry))
    }

    /// The duties that were told and whose clock nobody started, with that notification.
    pub fn told_without_clock(&self) -> impl Iterator<Item = (&Duty, &Noted<NotificationMade>)> {
        let fresh = self.duties().into_iter().filter(|duty| self.clock(&duty.id).is_none());
        fresh.filter_map(|duty| self.told(&duty.id).map(|told| (duty, told)))
    }

    /// The latest clock of a duty.
    pub fn clock(&self, duty: &str) -> Option<&Clock> {
        self.clocks.iter().rev().find(|clock| clock.duty.id == duty)
    }
}
