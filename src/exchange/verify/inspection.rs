//! What a check of a case or a bundle saw and found.

use crate::domain::{
    case::Case,
    finding::{Finding, Verdict},
};

/// What no check of a case or a bundle alone can see. It is printed at the end of every check.
pub const UNSEEN: [&str; 2] = [
    "Not visible in the files alone: latest entries removed with everything that names them, or a whole log written again.",
    "The seal shows both: compare it with one that was noted on paper, sent or read out earlier.",
];

/// What a check saw and found.
#[derive(Debug, Default)]
pub struct Inspection {
    /// Everything that was found, loudest first.
    pub findings: Vec<Finding>,
    /// The fold of what could be read.
    pub case: Option<Case>,
    /// How many records were read.
    pub records: u64,
    /// How many items of evidence were hashed.
    pub evidence: u64,
    /// The seal of what was read.
    pub seal: Option<String>,
}

impl Inspection {
    /// What the findings say together: intact, damaged, or not wholly checked.
    pub fn verdict(&self) -> Verdict {
        Verdict::of(&self.findings)
    }
}
