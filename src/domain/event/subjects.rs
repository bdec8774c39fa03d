//! Payloads of what makes up the picture of an incident: what is to be looked at again, how assets stand, traces of the
//! attack, who can be reached, what it means for patients, and who confirmed or took over what.

use crate::domain::{
    asset::{AssetKind, AssetState, Importance},
    id::{EntryId, Hash},
    indicator::IndicatorKind,
    person::Person,
};
use serde::{Deserialize, Serialize};

/// An entry is to be looked at again, or was.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FollowUpSet {
    /// The entry.
    pub entry: EntryId,
    /// Its hash.
    pub hash: Hash,
    /// Whether it is to be looked at again; the mark is taken off otherwise.
    pub on: bool,
    /// What is to be looked at, or what came of it; may be empty.
    pub why: String,
}

/// How an asset stands from now on. The same kind and name, in whatever case, is the same asset.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AssetNoted {
    /// What it is called, such as `PACS` or `svc-backup`.
    pub name: String,
    /// What sort of thing it is.
    pub kind: AssetKind,
    /// What hangs on it.
    pub importance: Importance,
    /// How it stands.
    pub state: AssetState,
    /// Anything to add; may be empty.
    pub about: String,
}

/// A trace by which the attack can be known elsewhere.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct IndicatorNoted {
    /// What sort of trace it is.
    pub kind: IndicatorKind,
    /// The trace itself, as found.
    pub value: String,
    /// What it is about; may be empty.
    pub about: String,
    /// Where it was found, or who gave it; may be empty.
    pub source: String,
}

/// Someone who can be reached. The same name, in whatever case, is the same contact.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ContactNoted {
    /// Who.
    pub name: String,
    /// In which role; may be empty.
    pub role: String,
    /// Of which organisation; may be empty.
    pub organisation: String,
    /// How they are reached: telephone, mail, room; may be empty.
    pub reach: String,
    /// Anything to add; may be empty.
    pub about: String,
}

/// What the incident means for patients from now on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ImpactStated {
    /// In words.
    pub text: String,
}

/// Another person confirms what is logged of a decision. Who logged the confirmation is the record's `by`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DecisionCountersigned {
    /// The entry of the decision.
    pub entry: EntryId,
    /// Its hash.
    pub hash: Hash,
    /// Who confirms; never who logged the decision.
    pub person: Person,
    /// By what means they were asked; may be empty.
    pub means: String,
    /// What they said; may be empty.
    pub words: String,
}

/// The case is handed over. Who hands over is the record's `by`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HandoverMade {
    /// Who takes over.
    pub to: Person,
    /// What was read out.
    pub text: String,
    /// The seal of the case as it stood before this entry.
    pub seal: String,
}
