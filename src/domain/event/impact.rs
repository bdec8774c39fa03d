//! What the incident means for patients.

use super::{
    macros::payload,
    said::{About, DetailRow, Mark, Names, Said, Sign, Slot, Undo},
};
use crate::domain::person::Person;

payload! {
    "impact.stated" 1
    /// What the incident means for patients from now on.
    ImpactStated {
        /// In words.
        text: String,
    }
}

impl Said for ImpactStated {
    fn sign(&self) -> Sign {
        Sign::word("patients", Mark::Note)
    }

    fn line(&self, _: &Person, _: &dyn Names) -> String {
        self.text.clone()
    }

    fn sentence(&self, _: &dyn Names) -> String {
        self.text.clone()
    }

    fn rows(&self, _: &dyn Names) -> Vec<DetailRow> {
        vec![("Patients", self.text.clone())]
    }

    fn texts(&self) -> Vec<&str> {
        vec![&self.text]
    }

    fn observed(&self) -> Vec<&str> {
        Vec::new()
    }

    fn about(&self) -> About<'_> {
        About::NOTHING
    }

    fn undo(&self) -> Undo {
        Undo::PutsBack(Slot::of("impact", ""))
    }

    fn needs_open_case(&self) -> bool {
        true
    }

    fn written_by_itself(&self) -> bool {
        false
    }
}
