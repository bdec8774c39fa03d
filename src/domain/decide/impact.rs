//! To say what the incident means for patients.

use super::{Ask, checks::check_paragraph};
use crate::domain::{
    case::{Case, refusal::Refusal},
    event::{self, Event},
    time::Time,
};

/// Say what the incident means for patients from now on. Nothing is recorded where that was said last.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StateImpact {
    /// In words.
    pub text: String,
}

impl Ask for StateImpact {
    const NEEDS_OPEN_CASE: bool = true;
    const STATES_AN_ACT: bool = false;

    fn decide(&self, case: &Case, _: Time) -> Result<Vec<Event>, Refusal> {
        check_paragraph("what it means for patients", &self.text)?;
        let same = case.impact.as_ref().is_some_and(|impact| impact.what.text == self.text);
        Ok(if same { Vec::new() } else { vec![event::ImpactStated { text: self.text.clone() }.into()] })
    }
}
