//! The clocks of duties in a case. None starts by itself: a person states since when the organisation is aware.

use super::{case::Case, duty::Duty, plan::Plan, playbook::When, time::Time};

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

impl Case {
    /// A duty of the attached playbooks.
    pub fn duty(&self, id: &str) -> Option<&Duty> {
        self.plans.iter().flat_map(|plan| &plan.duties).find(|duty| duty.id == id)
    }

    /// Whether the answers reach every threshold of a duty's gate: `None` while they are not all known, or where the duty
    /// has no gate. Guidance for the person who decides, not legal advice.
    pub fn graded(&self, duty: &str) -> Option<bool> {
        let gated = |plan: &&Plan| plan.duties.iter().any(|known| known.id == duty && !known.gate.is_empty());
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

    /// The latest clock of a duty.
    pub fn clock(&self, duty: &str) -> Option<&Clock> {
        self.clocks.iter().rev().find(|clock| clock.duty.id == duty)
    }
}
