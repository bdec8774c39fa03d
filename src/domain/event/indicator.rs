//! Indicators of compromise.

use super::{
    macros::payload,
    said::{About, DetailRow, Mark, Names, Said, Sign, Undo, with},
};
use crate::domain::{
    indicator::{IndicatorKind, defang},
    person::Person,
};

payload! {
    "indicator.noted" 1
    /// A trace by which the attack can be known elsewhere.
    IndicatorNoted {
        /// What sort of trace it is.
        kind: IndicatorKind,
        /// The trace itself, as found.
        value: String,
        /// What it is about; may be empty.
        about: String,
        /// Where it was found, or who gave it; may be empty.
        source: String,
    }
}

impl Said for IndicatorNoted {
    fn sign(&self) -> Sign {
        Sign::word("indicator", Mark::Note)
    }

    fn line(&self, _: &Person, _: &dyn Names) -> String {
        with(&defang(self.kind, &self.value), &self.about)
    }

    fn sentence(&self, _: &dyn Names) -> String {
        let source = if self.source.is_empty() { String::new() } else { format!(" (from {})", self.source) };
        with(&format!("{} {}{source}", self.kind, defang(self.kind, &self.value)), &self.about)
    }

    fn rows(&self, _: &dyn Names) -> Vec<DetailRow> {
        vec![
            ("Kind", self.kind.to_string()),
            ("Indicator", defang(self.kind, &self.value)),
            ("About", self.about.clone()),
            ("Source", self.source.clone()),
        ]
    }

    fn texts(&self) -> Vec<&str> {
        // As found: its line has it defanged, and people search for either.
        vec![&self.value, &self.about, &self.source]
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

    fn carries_on(&self) -> bool {
        false
    }

    fn written_by_itself(&self) -> bool {
        false
    }
}
