//! What a check of a case or a bundle found, each with its place. A check goes on after a finding.

use serde::Serialize;

/// How much a finding matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// Worth knowing; nothing recorded is changed or lost.
    Notice,
    /// Something could not be checked here and now: nothing is known of it.
    Unchecked,
    /// Something recorded is changed or lost.
    Damage,
}

/// What kind of thing was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// Entries that were recorded are not in the case file.
    EntriesMissing,
    /// A log skips a number.
    Gap,
    /// An entry does not follow the one before it.
    BrokenLink,
    /// An entry's text is not as it was recorded.
    ChangedRecord,
    /// An entry cannot be read.
    UnreadableRecord,
    /// Entries stand in the wrong order.
    WrongOrder,
    /// An item of evidence is not there.
    MissingEvidence,
    /// An item of evidence has other bytes.
    ChangedEvidence,
    /// A file in the evidence folder that no entry speaks of.
    UnclaimedEvidence,
    /// A line of a manifest is wrong.
    BadManifest,
    /// A file of the bundle is missing.
    MissingFile,
    /// A file of the bundle has other bytes.
    ChangedFile,
    /// A file of the bundle that no manifest names.
    UnexpectedFile,
    /// The container or database around the contents is not as this program writes it.
    ChangedContainer,
    /// The head file is missing or damaged, so entries cut from the end would not be noticed.
    DamagedHeads,
    /// The database cannot be read, wholly or in part.
    UnreadableDatabase,
    /// An entry that this program is too old to understand.
    UnknownEntry,
    /// Something that could not be checked here.
    NotChecked,
}

/// One thing found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// How much it matters.
    pub level: Level,
    /// What kind of thing.
    pub kind: Kind,
    /// Where: an entry's citation, a file, a line.
    pub place: String,
    /// What is wrong, in a sentence.
    pub what: String,
}

impl Finding {
    /// Something is changed, lost or unreadable.
    pub fn damage(kind: Kind, place: impl Into<String>, what: impl Into<String>) -> Self {
        Self { level: Level::Damage, kind, place: place.into(), what: what.into() }
    }

    /// Something that could not be checked here and now.
    pub fn unchecked(kind: Kind, place: impl Into<String>, what: impl Into<String>) -> Self {
        Self { level: Level::Unchecked, kind, place: place.into(), what: what.into() }
    }

    /// Something worth knowing.
    pub fn notice(kind: Kind, place: impl Into<String>, what: impl Into<String>) -> Self {
        Self { level: Level::Notice, kind, place: place.into(), what: what.into() }
    }
}

/// Whether everything was checked and nothing recorded is changed or lost.
pub fn intact(findings: &[Finding]) -> bool {
    findings.iter().all(|finding| finding.level == Level::Notice)
}

/// Whether something recorded is changed or lost.
pub fn damaged(findings: &[Finding]) -> bool {
    findings.iter().any(|finding| finding.level == Level::Damage)
}
