//! What became of everything in a file that was imported. Nothing of it may be lost without a word.

use serde::Serialize;

/// What became of one value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Fate {
    /// It says the same here.
    Kept,
    /// It is here, but says it in another way.
    Changed,
    /// It is not here.
    Dropped,
}

/// One value of the file and what became of it. A dropped value stands for all below it too.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Item {
    /// What became of it.
    pub fate: Fate,
    /// Where it stands in the file: a JSON pointer. It is as the file has it: make it safe before showing it.
    pub path: String,
    /// Where it is now, or why it is not here.
    pub what: String,
}
