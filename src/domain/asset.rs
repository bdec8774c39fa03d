//! Assets: what an incident may touch, what hangs on each, and how it stands.

use super::marking::words;
use serde::{Deserialize, Serialize};
use std::fmt;

words!(
    /// What sort of thing an asset is.
    AssetKind {
        /// An application, a server or a database.
        System = "system",
        /// A computer, a medical device or another machine.
        Device = "device",
        /// A user, service or administrator account.
        Account = "account",
        /// What the organisation does with them, such as pathology results.
        Service = "service",
        /// A building or a ward.
        Site = "site",
        /// A network, a segment or a link.
        Network = "network",
    }
);

words!(
    /// What hangs on an asset, the gravest first.
    Importance {
        /// A patient's life may hang on it.
        LifeCritical = "life-critical",
        /// Care is delayed or less safe without it.
        Clinical = "clinical",
        /// The organisation needs it; care goes on without.
        Important = "important",
        /// It can wait.
        Ordinary = "ordinary",
        /// Nobody has said yet.
        Unknown = "unknown",
    }
);

words!(
    /// How an asset stands.
    AssetState {
        /// Nobody has looked yet.
        Unknown = "unknown",
        /// It may be affected.
        Suspected = "suspected",
        /// It is affected.
        Affected = "affected",
        /// It is cut off.
        Isolated = "isolated",
        /// What was found on it is removed.
        Cleaned = "cleaned",
        /// It is in use again.
        Restored = "restored",
        /// It was looked at, and is not affected.
        Unaffected = "unaffected",
    }
);

impl AssetState {
    /// All of them, the worst first. What is suspected comes before what is isolated: it is still on the network.
    pub const WORST_FIRST: [Self; 7] = [
        Self::Affected,
        Self::Suspected,
        Self::Isolated,
        Self::Unknown,
        Self::Cleaned,
        Self::Restored,
        Self::Unaffected,
    ];

    /// Whether it cannot be used as before, or may turn out so.
    pub fn keeps_from_use(self) -> bool {
        match self {
            Self::Unknown | Self::Suspected | Self::Affected | Self::Isolated | Self::Cleaned => true,
            Self::Restored | Self::Unaffected => false,
        }
    }

    /// The shape of it, beside its word.
    pub fn sign(self) -> &'static str {
        match self {
            Self::Affected => "✗",
            Self::Suspected => "!",
            Self::Isolated => "⏸",
            Self::Unknown => "?",
            Self::Cleaned => "○",
            Self::Restored => "✓",
            Self::Unaffected => "–",
        }
    }

    /// What it means, in a sentence.
    pub fn meaning(self) -> &'static str {
        match self {
            Self::Affected => "it is affected",
            Self::Suspected => "it may be affected",
            Self::Isolated => "it is cut off",
            Self::Unknown => "nobody has looked yet",
            Self::Cleaned => "what was found on it is removed; not in use yet",
            Self::Restored => "it is in use again",
            Self::Unaffected => "it was looked at, and is not affected",
        }
    }
}

impl Importance {
    /// Whether care depends on it.
    pub fn is_grave(self) -> bool {
        match self {
            Self::LifeCritical | Self::Clinical => true,
            Self::Important | Self::Ordinary | Self::Unknown => false,
        }
    }

    /// The shape of it, beside its word: the more, the graver.
    pub fn sign(self) -> &'static str {
        match self {
            Self::LifeCritical => "●●●",
            Self::Clinical => "●●○",
            Self::Important => "●○○",
            Self::Ordinary => "○○○",
            Self::Unknown => " ? ",
        }
    }

    /// What it means, in a sentence.
    pub fn meaning(self) -> &'static str {
        match self {
            Self::LifeCritical => "a patient's life may hang on it",
            Self::Clinical => "care is delayed or less safe without it",
            Self::Important => "the organisation needs it; care goes on without",
            Self::Ordinary => "it can wait",
            Self::Unknown => "nobody has said yet",
        }
    }
}

impl AssetKind {
    /// What is of that kind.
    pub fn meaning(self) -> &'static str {
        match self {
            Self::System => "an application, a server or a database",
            Self::Device => "a computer, a medical device or another machine",
            Self::Account => "a user, service or administrator account",
            Self::Service => "what is done with them, such as pathology results",
            Self::Site => "a building or a ward",
            Self::Network => "a network, a segment or a link",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_state_has_its_place_among_the_worst() {
        let mut placed = AssetState::WORST_FIRST.map(|state| state.to_string());
        let mut all: Vec<String> = AssetState::ALL.iter().map(ToString::to_string).collect();
        placed.sort_unstable();
        all.sort_unstable();
        assert_eq!(placed.as_slice(), all);
        let place = |of| AssetState::WORST_FIRST.iter().position(|state| *state == of);
        assert!(
            place(AssetState::Suspected) < place(AssetState::Isolated),
            "what is suspected is still on the network"
        );
    }
}
