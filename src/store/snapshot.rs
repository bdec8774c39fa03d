//! A case at one moment: its fold, its records and its vault, read in one transaction.

use super::vault::Vault;
use crate::domain::{case::Case, record::Record};

/// A case as it stood when it was read. Nothing that is recorded later changes it.
#[derive(Clone, Debug)]
pub struct Snapshot {
    /// The case that the records give.
    pub case: Case,
    /// Every record, in the order of the case.
    pub records: Vec<Record>,
    /// Where its evidence is.
    pub vault: Vault,
}
