//! Indicators of compromise.

use super::{
    macros::payload,
    said::{About, DetailRow, Mark, Names, Said, Sign, Undo, join_with_colon},
};
use crate::domain::{
    indicator::{IndicatorKind, defang_indicator, refang_indicator},
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

impl IndicatorNoted {
    /// Whether both are of the same trace, however it is written.
    pub fn is_same_trace(&self, other: &Self) -> bool {
        self.kind == other.kind && self.plain_value() == other.plain_value()
    }

    fn plain_value(&self) -> String {
        let value = refang_indicator(self.value.trim());
        match self.kind {
            // A path and a file's name may differ by case.
            IndicatorKind::Url | IndicatorKind::Filename | IndicatorKind::Other => value,
            IndicatorKind::Ipv4
            | IndicatorKind::Ipv6
            | IndicatorKind::Domain
            | IndicatorKind::Email
            | IndicatorKind::Sha256
            | IndicatorKind::Sha1
            | IndicatorKind::Md5 => value.to_lowercase(),
        }
    }
}

impl Said for IndicatorNoted {
    fn sign(&self) -> Sign {
        Sign::word("indicator", Mark::Note)
    }

    fn line(&self, _: &Person, _: &dyn Names) -> String {
        join_with_colon(&defang_indicator(self.kind, &self.value), &self.about)
    }

    fn sentence(&self, _: &dyn Names) -> String {
        let source = if self.source.is_empty() { String::new() } else { format!(" (from {})", self.source) };
        join_with_colon(&format!("{} {}{source}", self.kind, defang_indicator(self.kind, &self.value)), &self.about)
    }

    fn rows(&self, _: &dyn Names) -> Vec<DetailRow> {
        vec![
            ("Kind", self.kind.to_string()),
            ("Indicator", defang_indicator(self.kind, &self.value)),
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

    fn needs_open_case(&self) -> bool {
        false
    }

    fn written_by_itself(&self) -> bool {
        false
    }
}
