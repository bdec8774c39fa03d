//! People: who takes part, and who can be reached.

use super::{
    macros::payload,
    said::{About, DetailRow, Mark, Names, Said, Sign, Slot, Undo, join_with_colon, person_texts},
};
use crate::domain::person::Person;

payload! {
    "responder.joined" 1
    /// A responder takes part from now on, or in a new role.
    ResponderJoined {
        /// Who.
        responder: Person,
    }
}

impl Said for ResponderJoined {
    fn sign(&self) -> Sign {
        Sign::word("joined", Mark::Case)
    }

    fn line(&self, _: &Person, _: &dyn Names) -> String {
        self.responder.label()
    }

    fn sentence(&self, _: &dyn Names) -> String {
        self.responder.label()
    }

    fn rows(&self, _: &dyn Names) -> Vec<DetailRow> {
        vec![
            ("Name", self.responder.name.clone()),
            ("Role", self.responder.role.clone()),
            ("For", self.responder.organisation.clone()),
        ]
    }

    fn texts(&self) -> Vec<&str> {
        person_texts(&self.responder).into()
    }

    fn observed(&self) -> Vec<&str> {
        Vec::new()
    }

    fn about(&self) -> About<'_> {
        About::NOTHING
    }

    fn undo(&self) -> Undo {
        Undo::Stays { why: "who took part took part", instead: "take another role, or correct the entry" }
    }

    fn needs_open_case(&self) -> bool {
        false
    }

    fn written_by_itself(&self) -> bool {
        true
    }
}

payload! {
    "contact.noted" 1
    /// Someone who can be reached. The same name, in whatever case, is the same contact.
    ContactNoted {
        /// Who.
        name: String,
        /// In which role; may be empty.
        role: String,
        /// Of which organisation; may be empty.
        organisation: String,
        /// How they are reached: telephone, mail, room; may be empty.
        reach: String,
        /// Anything to add; may be empty.
        about: String,
    }
}

impl Said for ContactNoted {
    fn sign(&self) -> Sign {
        Sign::word("contact", Mark::Case)
    }

    fn line(&self, _: &Person, _: &dyn Names) -> String {
        join_with_colon(&self.name, &self.reach)
    }

    fn sentence(&self, _: &dyn Names) -> String {
        let parts = [&self.name, &self.role, &self.organisation].map(String::as_str);
        let who = parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ");
        let about = if self.about.is_empty() { String::new() } else { format!(" ({})", self.about) };
        format!("{}{about}", join_with_colon(&who, &self.reach))
    }

    fn rows(&self, _: &dyn Names) -> Vec<DetailRow> {
        vec![
            ("Name", self.name.clone()),
            ("Role", self.role.clone()),
            ("For", self.organisation.clone()),
            ("Reach", self.reach.clone()),
            ("About", self.about.clone()),
        ]
    }

    fn texts(&self) -> Vec<&str> {
        vec![&self.name, &self.role, &self.organisation, &self.reach, &self.about]
    }

    fn observed(&self) -> Vec<&str> {
        Vec::new()
    }

    fn about(&self) -> About<'_> {
        About::NOTHING
    }

    fn undo(&self) -> Undo {
        Undo::PutsBack(Slot::of("contact", &self.name))
    }

    fn needs_open_case(&self) -> bool {
        false
    }

    fn written_by_itself(&self) -> bool {
        false
    }
}
