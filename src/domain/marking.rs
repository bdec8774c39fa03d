//! Severity of an incident, and the Traffic Light Protocol's marks.

use serde::{Deserialize, Serialize};
use std::fmt;

macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $variant:ident = $word:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub enum $name { $($(#[$vdoc])* #[serde(rename = $word)] $variant),+ }

        impl $name {
            /// Every value, in order.
            pub const ALL: &[Self] = &[$(Self::$variant),+];

            /// The word as it is written in records and on the command line.
            pub fn word(self) -> &'static str {
                match self { $(Self::$variant => $word),+ }
            }

            /// Reads the word, in any case.
            pub fn parse(text: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|value| value.word().eq_ignore_ascii_case(text))
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(self.word())
            }
        }
    };
}

pub(super) use words;

words!(
    /// How bad the incident is for the organisation, as its own responders judge it.
    Severity {
        /// One person or device; care goes on as usual.
        Low = "low",
        /// A team or a service; care goes on by workaround.
        Moderate = "moderate",
        /// Several services; care is delayed.
        High = "high",
        /// The organisation; patients may be harmed.
        Critical = "critical",
    }
);

words!(
    /// Traffic Light Protocol 2.0 (FIRST, 2022). The labels are never translated.
    Tlp {
        /// Named recipients only.
        Red = "TLP:RED",
        /// The recipient's organisation only.
        AmberStrict = "TLP:AMBER+STRICT",
        /// The organisation and its clients, on a need-to-know basis.
        Amber = "TLP:AMBER",
        /// The community.
        Green = "TLP:GREEN",
        /// Everyone.
        Clear = "TLP:CLEAR",
    }
);

impl Tlp {
    /// Reads a mark with or without `TLP:`, in any case.
    pub fn parse_lenient(text: &str) -> Option<Self> {
        Self::parse(text).or_else(|| Self::parse(&format!("TLP:{text}")))
    }
}
