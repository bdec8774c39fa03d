//! Who acts on a case from this machine: as named for this call, or as the case's own log says.

use crate::domain::{case::Case, id::ConsoleId, person::Person};

/// Who is to act, as far as the call and the settings say.
#[derive(Clone, Debug)]
pub struct Actor {
    /// As named or remembered.
    pub person: Person,
    /// Named for this call: nobody else acts.
    pub named: bool,
    /// Someone has said who works here; otherwise the name is that of an account.
    pub known: bool,
    /// The role that was given for this call.
    pub role: Option<String>,
    /// The organisation that was given for this call.
    pub organisation: Option<String>,
}

impl From<&Person> for Actor {
    /// A person who is named.
    fn from(person: &Person) -> Self {
        Self { named: true, ..Self::remembered(person, true) }
    }
}

impl Actor {
    /// Whoever is remembered on this machine, unless the case's log knows better.
    pub fn remembered(person: &Person, known: bool) -> Self {
        Self { person: person.clone(), named: false, known, role: None, organisation: None }
    }

    /// Who acts on `case` at `console`: who took over there, else who is remembered, in the latest role.
    pub fn on(&self, case: &Case, console: &ConsoleId) -> Person {
        if self.named {
            return self.person.clone();
        }
        let wrote = case.wrote_last(console).filter(|by| !self.known || by.name == self.person.name);
        let turn = case.turn(console).map(|turn| turn.person());
        let mut person = turn.or(wrote).unwrap_or(&self.person).clone();
        if let Some(role) = &self.role {
            person.role.clone_from(role);
        }
        if let Some(organisation) = &self.organisation {
            person.organisation.clone_from(organisation);
        }
        person
    }

    /// Why it cannot be known who acts; nothing where it can.
    pub fn unclear(&self, case: &Case, console: &ConsoleId) -> Option<String> {
        if self.named {
            return None;
        }
        let turn = case.turn(console)?;
        let (entry, by) = turn.unclear()?;
        let (to, taken) = (&turn.handover.what.to.name, case.cite(&turn.handover.entry));
        Some(format!("{to} took over here ({taken}), but {} is by {}", case.cite(entry), by.name))
    }
}
