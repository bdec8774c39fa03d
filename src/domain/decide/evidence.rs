//! To take in evidence.

use super::{
    Ask,
    checks::{check_length, check_paragraph, find_step},
};
use crate::domain::{
    case::{Case, refusal::Refusal},
    event::{self, Event},
    id::Hash,
    playbook::StepRef,
    time::Time,
};

/// Claim an item that is in the vault, or that stays where it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AddEvidence {
    /// The item.
    pub item: Item,
    /// The step that it was collected for.
    pub step: Option<StepRef>,
}

/// An item of evidence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// What it is called.
    pub name: String,
    /// SHA-256 of its bytes.
    pub sha256: Hash,
    /// Its size, bytes.
    pub size: u64,
    /// Whether the case holds a copy.
    pub copied: bool,
    /// The path or place that it was read from.
    pub origin: String,
    /// The system that it comes from.
    pub source: String,
    /// What it shows.
    pub about: String,
    /// The file's own modification time (UTC).
    pub modified: Option<Time>,
}

impl Ask for AddEvidence {
    const NEEDS_OPEN_CASE: bool = false;
    const STATES_AN_ACT: bool = false;

    fn decide(&self, case: &Case, _: Time) -> Result<Vec<Event>, Refusal> {
        let item = &self.item;
        check_paragraph("the name of the evidence", &item.name)?;
        check_length("what it shows", &item.about)?;
        check_length("the source", &item.source)?;
        if let Some(step) = &self.step {
            find_step(case, step)?;
        }
        let Item { name, sha256, size, copied, origin, source, about, modified } = item.clone();
        let step = self.step.clone();
        Ok(vec![event::EvidenceAdded { name, sha256, size, copied, origin, source, about, modified, step }.into()])
    }
}
