//! Handovers.

use super::{
    macros::payload,
    said::{About, DetailRow, Mark, Names, Said, Sign, Undo, person_texts},
};
use crate::domain::person::Person;

payload! {
    "handover.made" 1
    /// The case is handed over. Who hands over is the record's `by`.
    HandoverMade {
        /// Who takes over.
        to: Person,
        /// What was read out.
        text: String,
        /// The seal of the case as it stood before this entry.
        seal: String,
    }
}

impl Said for HandoverMade {
    fn sign(&self) -> Sign {
        Sign::word("handover", Mark::Case)
    }

    fn line(&self, _: &Person, _: &dyn Names) -> String {
        format!("to {}, seal {}", self.to.label(), self.seal)
    }

    fn sentence(&self, _: &dyn Names) -> String {
        format!("to {} at seal {}: {}", self.to.label(), self.seal, self.text)
    }

    fn rows(&self, _: &dyn Names) -> Vec<DetailRow> {
        vec![
            ("To", self.to.label()),
            ("For", self.to.organisation.clone()),
            ("Seal", self.seal.clone()),
            ("Text", self.text.clone()),
        ]
    }

    fn texts(&self) -> Vec<&str> {
        person_texts(&self.to).into_iter().chain([self.seal.as_str(), &self.text]).collect()
    }

    fn observed(&self) -> Vec<&str> {
        Vec::new()
    }

    fn about(&self) -> About<'_> {
        About::NOTHING
    }

    fn undo(&self) -> Undo {
        Undo::Nothing
    }

    fn needs_open_case(&self) -> bool {
        true
    }

    fn written_by_itself(&self) -> bool {
        false
    }
}
