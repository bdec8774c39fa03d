//! Who acts, in what role, for whom.

use serde::{Deserialize, Serialize};

/// A person as named in the record. Role and organisation may be empty, a name may not.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Person {
    /// The name that colleagues use.
    pub name: String,
    /// The role in this incident, such as `incident lead`.
    #[serde(default)]
    pub role: String,
    /// The organisation, such as a trust's name or ODS code.
    #[serde(default)]
    pub organisation: String,
}

impl Person {
    /// A person of whom only the name is known.
    pub fn named(name: impl Into<String>) -> Self {
        Self { name: name.into(), ..Self::default() }
    }

    /// `J. Patel, lead`, or the name alone.
    pub fn label(&self) -> String {
        if self.role.is_empty() { self.name.clone() } else { format!("{}, {}", self.name, self.role) }
    }
}
