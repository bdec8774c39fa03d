//! To note something.

use super::{Ask, checks::check_paragraph};
use crate::domain::{
    case::{Case, refusal::Refusal},
    event::{self, Event},
    time::Time,
};

/// Note something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AddNote {
    /// The text.
    pub text: String,
}

impl Ask for AddNote {
    const NEEDS_OPEN_CASE: bool = false;
    const STATES_AN_ACT: bool = false;

    fn decide(&self, _: &Case, _: Time) -> Result<Vec<Event>, Refusal> {
        check_paragraph("the note", &self.text)?;
        Ok(vec![event::Note { text: self.text.clone() }.into()])
    }
}
