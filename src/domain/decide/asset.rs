//! To say how an asset stands.

use super::{
    Ask,
    checks::{check_length, check_name},
};
use crate::domain::{
    case::{Case, refusal::Refusal},
    event::{AssetNoted, Event},
    time::Time,
};

/// Say how an asset stands from now on. Nothing is recorded where that is so already.
impl Ask for AssetNoted {
    const NEEDS_OPEN_CASE: bool = true;
    const STATES_AN_ACT: bool = false;

    fn decide(&self, case: &Case, _: Time) -> Result<Vec<Event>, Refusal> {
        check_name("the name of the asset", &self.name)?;
        check_length("what is added", &self.about)?;
        let so = case.asset(self.kind, &self.name).is_some_and(|known| known.what == *self);
        Ok(if so { Vec::new() } else { vec![self.clone().into()] })
    }
}
