//! To hand the case over.

use super::{
    Ask,
    checks::{check_paragraph, check_person},
};
use crate::domain::{
    case::{Case, refusal::Refusal},
    event::{self, Event},
    person::Person,
    time::Time,
};

/// Hand the case over. The seal is that of the case as it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HandOver {
    /// Who takes over; they take part from then on.
    pub to: Person,
    /// What was read out.
    pub text: String,
}

impl Ask for HandOver {
    const NEEDS_OPEN_CASE: bool = true;
    const STATES_AN_ACT: bool = true;

    fn decide(&self, case: &Case, _: Time) -> Result<Vec<Event>, Refusal> {
        check_person(&self.to)?;
        check_paragraph("what was read out", &self.text)?;
        let seal = case.seal().to_string();
        Ok(vec![event::HandoverMade { to: self.to.clone(), text: self.text.clone(), seal }.into()])
    }
}
