//! What a check of a case or a bundle found, each with its place. A check goes on after a finding.

use serde::Serialize;
use std::collections::BTreeMap;

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
    /// An entry's line can be read, but is not spelled as this program spells it.
    ForeignLine,
    /// An entry names another entry, or a seal of the case, that is not there.
    FalseReference,
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
    /// A file that no entry and no manifest accounts for.
    UnexpectedFile,
    /// The container or database around the contents is not as this program writes it.
    ChangedContainer,
    /// The head file is missing or damaged, so entries cut from the end would not be noticed.
    DamagedHeads,
    /// The database cannot be read, wholly or in part.
    UnreadableDatabase,
    /// An entry records that damage was seen when it was written.
    RecordedDamage,
    /// An entry that this program is too old to understand.
    UnknownEntry,
    /// Times that contradict each other, or that no clock of these years shows.
    OddTime,
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

/// What all findings of a check come to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Verdict {
    /// Everything was checked, and nothing recorded is changed or lost.
    Intact,
    /// Nothing was seen to be changed or lost, but not everything could be checked.
    Unchecked,
    /// Something recorded is changed or lost.
    Damaged,
}

impl Verdict {
    /// The verdict on these findings.
    pub fn of(findings: &[Finding]) -> Self {
        match findings.iter().map(|finding| finding.level).max() {
            None | Some(Level::Notice) => Self::Intact,
            Some(Level::Unchecked) => Self::Unchecked,
            Some(Level::Damage) => Self::Damaged,
        }
    }
}

/// Whether everything was checked and nothing recorded is changed or lost.
pub fn is_intact(findings: &[Finding]) -> bool {
    Verdict::of(findings) == Verdict::Intact
}

/// Whether something recorded is changed or lost.
pub fn is_damaged(findings: &[Finding]) -> bool {
    Verdict::of(findings) == Verdict::Damaged
}

/// Findings as they come, in bounded memory: of each kind only the first are kept, and the rest are counted.
#[derive(Clone, Debug, Default)]
pub struct Findings {
    kept: Vec<Finding>,
    counts: BTreeMap<(Level, Kind), u64>,
}

impl Findings {
    /// How many of one kind are kept.
    fn most(level: Level) -> u64 {
        match level {
            Level::Notice => 10,
            Level::Unchecked => 100,
            Level::Damage => 1000,
        }
    }

    /// Takes one more.
    pub fn push(&mut self, finding: Finding) {
        let count = self.counts.entry((finding.level, finding.kind)).or_default();
        *count += 1;
        if *count <= Self::most(finding.level) {
            self.kept.push(finding);
        }
    }

    /// Whether something recorded is changed or lost.
    pub fn damaged(&self) -> bool {
        is_damaged(&self.kept)
    }

    /// Those that were kept, in the order in which they came, and for each kind how many more there were.
    pub fn finish(mut self) -> Vec<Finding> {
        for ((level, kind), count) in self.counts {
            let more = count.saturating_sub(Self::most(level));
            if more > 0 {
                let what = format!("{more} more findings of this kind are not listed");
                self.kept.push(Finding { level, kind, place: "and more".into(), what });
            }
        }
        self.kept
    }
}

impl Extend<Finding> for Findings {
    fn extend<T: IntoIterator<Item = Finding>>(&mut self, findings: T) {
        findings.into_iter().for_each(|finding| self.push(finding));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_million_findings_take_little_memory_and_are_counted() {
        let mut findings = Findings::default();
        for number in 0..1_000_000 {
            findings.push(Finding::damage(Kind::Gap, format!("A{number}"), "a gap"));
        }
        findings.push(Finding::notice(Kind::OddTime, "A1", "odd"));
        let found = findings.finish();
        assert_eq!(found.len(), 1002);
        assert_eq!(found[1001].what, "999000 more findings of this kind are not listed");
        assert_eq!(Verdict::of(&found), Verdict::Damaged);
    }

    #[test]
    fn what_could_not_be_checked_is_neither_intact_nor_damaged() {
        let unchecked = Finding::unchecked(Kind::NotChecked, "evidence", "permission denied");
        let notice = Finding::notice(Kind::OddTime, "A1", "odd");
        assert_eq!(Verdict::of(std::slice::from_ref(&notice)), Verdict::Intact);
        assert_eq!(Verdict::of(&[notice.clone(), unchecked.clone()]), Verdict::Unchecked);
        assert_eq!(Verdict::of(&[Finding::damage(Kind::Gap, "A1", "x"), unchecked, notice]), Verdict::Damaged);
    }
}
