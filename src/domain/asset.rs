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
