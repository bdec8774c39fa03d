//! What a command comes to in this case: events, or a refusal that says what would work. One file for each family, with
//! what may be asked for and its deciding beside it.

mod answer;
mod approval;
mod asset;
mod case;
mod checks;
pub mod command;
mod correction;
mod decision;
mod duty;
mod evidence;
mod export;
mod follow_up;
mod handover;
mod impact;
mod indicator;
mod integrity;
mod note;
mod notification;
mod person;
mod playbook;
mod step;
#[cfg(test)]
pub(crate) mod subject_tests;
mod undo;

use crate::domain::{
    case::{Case, refusal::Refusal},
    event::Event,
    time::Time,
};
use checks::{not_before, past};
use command::Command;

/// What may be asked of a case. Every command's own deciding stands beside what it asks for.
trait Ask {
    /// Whether it carries the incident on, which a closed case does not.
    const NEEDS_OPEN_CASE: bool;
    /// Whether it says that a responder did something in this case, which was not before the case.
    const STATES_AN_ACT: bool;

    /// What it comes to at `now`. An empty list means that what is asked for is so already.
    fn decide(&self, case: &Case, now: Time) -> Result<Vec<Event>, Refusal>;
}

impl<T: Ask> Ask for Box<T> {
    const NEEDS_OPEN_CASE: bool = T::NEEDS_OPEN_CASE;
    const STATES_AN_ACT: bool = T::STATES_AN_ACT;

    fn decide(&self, case: &Case, now: Time) -> Result<Vec<Event>, Refusal> {
        (**self).decide(case, now)
    }
}

/// Decides what `command` comes to at `now`, for something that happened at `occurred` (UTC), where that was
/// not now. An empty list means that what is asked for is so already.
pub fn decide(case: &Case, command: &Command, occurred: Option<Time>, now: Time) -> Result<Vec<Event>, Refusal> {
    if matches!(command, Command::Open(_)) && case.opened.is_some() {
        return Err(Refusal::AlreadyOpened);
    }
    if let Some(at) = occurred {
        past("the time it happened", at, now)?;
        if command.states_an_act() {
            not_before(case, "the time it happened", at)?;
        }
    }
    if case.closed && command.needs_open_case() {
        return Err(Refusal::Closed);
    }
    command.decide(case, now)
}
