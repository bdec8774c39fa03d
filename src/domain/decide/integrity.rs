//! What the program records of its own record and clock.

use super::{Ask, checks::check_name};
use crate::domain::{
    case::{Case, refusal::Refusal},
    event::{ClockChecked, ClockJumped, DamageSeen, EntriesMissing, Event},
    time::Time,
};

/// This machine's clock was compared with another.
impl Ask for ClockChecked {
    const NEEDS_OPEN_CASE: bool = false;
    const STATES_AN_ACT: bool = false;

    fn decide(&self, _: &Case, _: Time) -> Result<Vec<Event>, Refusal> {
        check_name("the reference", &self.reference)?;
        Ok(vec![self.clone().into()])
    }
}

/// This machine's clock jumped.
impl Ask for ClockJumped {
    const NEEDS_OPEN_CASE: bool = false;
    const STATES_AN_ACT: bool = false;

    fn decide(&self, _: &Case, _: Time) -> Result<Vec<Event>, Refusal> {
        Ok(vec![self.clone().into()])
    }
}

/// Entries are no longer in the case file.
impl Ask for EntriesMissing {
    const NEEDS_OPEN_CASE: bool = false;
    const STATES_AN_ACT: bool = false;

    fn decide(&self, _: &Case, _: Time) -> Result<Vec<Event>, Refusal> {
        Ok(vec![self.clone().into()])
    }
}

/// Something else changed what is kept.
impl Ask for DamageSeen {
    const NEEDS_OPEN_CASE: bool = false;
    const STATES_AN_ACT: bool = false;

    fn decide(&self, _: &Case, _: Time) -> Result<Vec<Event>, Refusal> {
        Ok(vec![self.clone().into()])
    }
}
