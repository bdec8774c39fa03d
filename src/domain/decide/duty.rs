//! What may be asked about the clocks of duties.

use super::{
    Ask,
    checks::{check_length, check_past, require_reason},
};
use crate::domain::{
    case::{Case, Clock, ClockState, refusal::Refusal},
    duty::Duty,
    event::{self, Event},
    id::EntryId,
    time::Time,
};

/// State the moment of awareness, so that a duty's clock runs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StartClock {
    /// The duty: its identifier among those of the attached playbooks.
    pub duty: String,
    /// When the organisation became aware (UTC).
    pub aware: Time,
    /// What that rests on.
    pub basis: String,
}

impl Ask for StartClock {
    const NEEDS_OPEN_CASE: bool = true;
    const STATES_AN_ACT: bool = false;

    fn decide(&self, case: &Case, now: Time) -> Result<Vec<Event>, Refusal> {
        let known = known_duty(case, &self.duty)?;
        check_startable(case, &self.duty, self.aware, &self.basis)?;
        check_past("the moment of awareness", self.aware, now)?;
        check_length("what it rests on", &self.basis)?;
        let (duty, aware, deadline) = (known.clone(), self.aware, known.deadline(self.aware));
        Ok(vec![event::ClockStarted { duty, aware, deadline, basis: self.basis.clone() }.into()])
    }
}

/// The duty is met.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MeetDuty {
    /// The duty.
    pub duty: String,
    /// The receiver's reference.
    pub reference: String,
    /// How.
    pub note: String,
    /// The text as sent, to be kept.
    pub text: String,
}

impl Ask for MeetDuty {
    const NEEDS_OPEN_CASE: bool = false;
    const STATES_AN_ACT: bool = true;

    fn decide(&self, case: &Case, _: Time) -> Result<Vec<Event>, Refusal> {
        find_running_clock(case, &self.duty)?;
        check_length("the reference", &self.reference)?;
        check_length("the note", &self.note)?;
        check_length("the text", &self.text)?;
        let Self { duty, reference, note, text } = self.clone();
        Ok(vec![event::ClockMet { duty, reference, note, text }.into()])
    }
}

/// The duty does not apply.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WaiveDuty {
    /// The duty.
    pub duty: String,
    /// The reason.
    pub why: String,
}

impl Ask for WaiveDuty {
    const NEEDS_OPEN_CASE: bool = false;
    const STATES_AN_ACT: bool = false;

    fn decide(&self, case: &Case, _: Time) -> Result<Vec<Event>, Refusal> {
        find_running_clock(case, &self.duty)?;
        Ok(vec![
            event::ClockWaived { duty: self.duty.clone(), why: require_reason("waiving a duty", &self.why)? }.into(),
        ])
    }
}

/// A clock that ran is not started anew without a word: only to run on, or for something that came to light later.
fn check_startable(case: &Case, duty: &str, aware: Time, basis: &str) -> Result<(), Refusal> {
    let refused = |state, entry, hint| {
        let entry = format!(" ({})", case.cite(entry));
        Err(Refusal::Clock { duty: duty.to_owned(), state, entry, hint })
    };
    let hint = "start it with the same awareness to let it run on, or say what a later awareness rests on";
    let said = !basis.trim().is_empty();
    match case.clock(duty) {
        Some(clock) if clock.state == ClockState::Running => {
            refused("is running already", &clock.entry, "look at the clocks to see how it stands")
        }
        Some(clock) if aware == clock.aware || (aware > clock.aware && said) => Ok(()),
        Some(clock) if clock.state == ClockState::Met => refused("is met already", &clock.entry, hint),
        Some(clock) => refused("is waived already", &clock.entry, hint),
        None => match case.told(duty).filter(|_| !said) {
            Some(told) => refused(
                "was told already",
                &told.entry,
                "say what the awareness rests on, to start its clock all the same",
            ),
            None => Ok(()),
        },
    }
}

/// A duty of one of the playbooks in use; refused where none has it.
pub(super) fn known_duty<'a>(case: &'a Case, duty: &str) -> Result<&'a Duty, Refusal> {
    case.duty(duty).ok_or_else(|| Refusal::UnknownDuty {
        given: duty.to_owned(),
        known: case.duties().into_iter().map(|duty| duty.id.clone()).collect(),
    })
}

/// The clock of a duty that runs; a refusal that says how it stands otherwise.
pub(super) fn find_running_clock<'a>(case: &'a Case, duty: &str) -> Result<&'a Clock, Refusal> {
    known_duty(case, duty)?;
    let hint = "look at the clocks to see how it stands";
    let refused = |state, entry: Option<&EntryId>| {
        let entry = entry.map_or_else(String::new, |entry| format!(" ({})", case.cite(entry)));
        Refusal::Clock { duty: duty.to_owned(), state, entry, hint }
    };
    match case.clock(duty) {
        None => match case.told(duty) {
            Some(told) => Err(refused("was told already", Some(&told.entry))),
            None => Err(refused("was not started", None)),
        },
        Some(Clock { state: ClockState::Met, entry, .. }) => Err(refused("is met already", Some(entry))),
        Some(Clock { state: ClockState::Waived, entry, .. }) => Err(refused("is waived already", Some(entry))),
        Some(clock) => Ok(clock),
    }
}
