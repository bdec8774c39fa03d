//! To note indicators.

use super::{
    Ask,
    checks::{check_length, check_paragraph},
};
use crate::domain::{
    case::{Case, refusal::Refusal},
    event::{Event, IndicatorNoted},
    time::Time,
};

/// Note an indicator. Nothing is recorded where it is noted so already.
impl Ask for IndicatorNoted {
    const NEEDS_OPEN_CASE: bool = false;
    const STATES_AN_ACT: bool = false;

    fn decide(&self, case: &Case, _: Time) -> Result<Vec<Event>, Refusal> {
        check_paragraph("the indicator", &self.value)?;
        check_length("what it is about", &self.about)?;
        check_length("where it was found", &self.source)?;
        let same = |known: &Self| known.is_same_trace(self) && known.about == self.about && known.source == self.source;
        let so = case.indicators.iter().any(|known| same(&known.what));
        Ok(if so { Vec::new() } else { vec![self.clone().into()] })
    }
}

/// Note several indicators at once. Those that are noted so already are passed over.
impl Ask for Vec<IndicatorNoted> {
    const NEEDS_OPEN_CASE: bool = false;
    const STATES_AN_ACT: bool = false;

    fn decide(&self, case: &Case, now: Time) -> Result<Vec<Event>, Refusal> {
        let mut events = Vec::new();
        for (at, found) in self.iter().enumerate() {
            // The same trace twice in one command is one entry.
            if !self.iter().take(at).any(|before| before.is_same_trace(found)) {
                events.extend(found.decide(case, now)?);
            }
        }
        Ok(events)
    }
}
