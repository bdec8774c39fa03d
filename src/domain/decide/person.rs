//! What may be asked about people: to take part, and whom one can reach.

use super::{
    Ask,
    checks::{check_length, check_person},
};
use crate::domain::{
    case::{Case, refusal::Refusal},
    event::{self, ContactNoted, Event},
    person::Person,
    time::Time,
};

/// Take part, or take another role. Nothing is recorded where that is so already.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JoinCase {
    /// Who.
    pub responder: Person,
}

impl Ask for JoinCase {
    const NEEDS_OPEN_CASE: bool = false;
    const STATES_AN_ACT: bool = false;

    fn decide(&self, case: &Case, _: Time) -> Result<Vec<Event>, Refusal> {
        if case.people.contains(&self.responder) {
            return Ok(Vec::new());
        }
        check_person(&self.responder)?;
        Ok(vec![event::ResponderJoined { responder: self.responder.clone() }.into()])
    }
}

/// Note who can be reached. Nothing is recorded where that is so already.
impl Ask for ContactNoted {
    const NEEDS_OPEN_CASE: bool = false;
    const STATES_AN_ACT: bool = false;

    fn decide(&self, case: &Case, _: Time) -> Result<Vec<Event>, Refusal> {
        let (role, organisation) = (self.role.clone(), self.organisation.clone());
        check_person(&Person { name: self.name.clone(), role, organisation })?;
        check_length("how they are reached", &self.reach)?;
        check_length("what is added", &self.about)?;
        let so = case.contact(&self.name).is_some_and(|known| known.what == *self);
        Ok(if so { Vec::new() } else { vec![self.clone().into()] })
    }
}
