//! To record that the case left this machine.

use super::Ask;
use crate::domain::{
    case::{Case, refusal::Refusal},
    event::{Event, ExportMade},
    time::Time,
};

/// The case left this machine.
impl Ask for ExportMade {
    const NEEDS_OPEN_CASE: bool = false;
    const STATES_AN_ACT: bool = false;

    fn decide(&self, _: &Case, _: Time) -> Result<Vec<Event>, Refusal> {
        Ok(vec![self.clone().into()])
    }
}
