//! Everything that is said of the entries of a log, for a case on disk and for a bundle alike.

use super::{lines::MOST_LINE, playbook::check_playbook, seal_history::SealHistory};
use crate::domain::{
    case::Case,
    event::{DamageSeen, Event},
    finding::{Finding, FindingKind, Findings},
    id::{ConsoleId, EntryId},
    record::{Record, chain::Chain, odd_times::OddTimes, seal::Seal},
    time::Time,
};

/// Bytes of entries that are kept to render from them what a bundle holds for reading.
const MOST_KEPT: usize = 512 << 20;
/// How many seals back a handover may state: it is decided on the case as it stood before its own commit.
const HANDED_OVER: usize = 16;

/// A log that is checked line by line as it is read.
#[derive(Debug)]
pub(super) struct LogCheck {
    chain: Chain,
    case: Option<Case>,
    times: OddTimes,
    seals: SealHistory,
    commit: Option<Commit>,
    kept: Option<Vec<Record>>,
    bytes: usize,
    findings: Findings,
}

/// The entries at the end of the log that one write may have brought: of one console, at one moment.
#[derive(Clone, Debug)]
pub(super) struct Commit {
    pub(super) console: ConsoleId,
    /// The first number.
    pub(super) first: u64,
    at: Time,
    offset: i32,
}

/// A log that was read to its end.
#[derive(Debug)]
pub(crate) struct CheckedLog {
    /// The case that the entries give; `None` if there is none that can be read.
    pub(super) case: Option<Case>,
    /// How many lines there were.
    pub(super) lines: u64,
    /// The end of the log, as far as one write may have brought it.
    pub(super) commit: Option<Commit>,
    /// Every entry, if they were to be kept and are not too many.
    pub(super) records: Option<Vec<Record>>,
    /// What was found.
    pub(super) findings: Findings,
}

impl LogCheck {
    /// A check that has seen nothing. The entries are kept if `keep` says so.
    pub(super) fn new(keep: bool) -> Self {
        Self {
            chain: Chain::of_spelling_too(),
            case: None,
            times: OddTimes::default(),
            seals: SealHistory::new(),
            commit: None,
            kept: keep.then(Vec::new),
            bytes: 0,
            findings: Findings::default(),
        }
    }

    /// Notes a line that is not text, and why.
    pub(super) fn skip(&mut self, why: impl Into<String>) {
        self.chain.skip(why);
    }

    /// Checks the next line, which is without its end.
    pub(super) fn line(&mut self, text: &str) {
        if text.len() > MOST_LINE {
            return self.skip(line_too_long());
        }
        let Some(record) = self.chain.line(text) else { return };
        let case = self.case.get_or_insert_with(|| Case::new(record.case.clone()));
        let cite = case.cite(&record.id);
        check_references(case, &record, &cite, &mut self.findings);
        check_seals(&mut self.seals, &record, &cite, &mut self.findings);
        case.apply(&record);
        // An entry that states a seal was decided before it: its own hash is not yet in that.
        self.seals.push(&record);
        self.times.look(&record, &|entry| case.cite(entry));
        if let Event::PlaybookAttached(held) = &record.event {
            self.findings.extend(check_playbook(&held.source, held.sha256, &held.origin, &held.playbook, &cite));
        } else if let Event::PlaybookUpdated(held) = &record.event {
            self.findings.extend(check_playbook(&held.source, held.sha256, &held.origin, &held.playbook, &cite));
        }
        if let Event::DamageSeen(seen) = &record.event {
            self.findings.push(recorded_damage(seen, &cite));
        }
        self.commit = Some(match self.commit.take().filter(|commit| commit.goes_on_with(&record)) {
            Some(commit) => commit,
            None => Commit::begun_with(&record),
        });
        self.bytes = self.bytes.saturating_add(text.len());
        self.kept = self.kept.take().filter(|_| self.bytes <= MOST_KEPT);
        if let Some(kept) = &mut self.kept {
            kept.push(record);
        }
    }

    /// What was found, on a machine whose clock says `now`.
    pub(super) fn finish(mut self, now: Time) -> CheckedLog {
        let lines = self.chain.lines();
        let mut findings = Findings::default();
        findings.extend(self.chain.finish());
        findings.extend(self.findings.finish());
        let cite = |entry: &EntryId| self.case.as_ref().map_or_else(String::new, |case| case.cite(entry));
        findings.extend(self.times.finish(now, &cite));
        CheckedLog { case: self.case.take(), lines, commit: self.commit.take(), records: self.kept.take(), findings }
    }
}

/// What is said of a line that is longer than a line may be.
pub(super) fn line_too_long() -> String {
    format!("it is longer than {MOST_LINE} bytes and was not read")
}

impl Commit {
    /// A write of which this is the first entry.
    fn begun_with(record: &Record) -> Self {
        let EntryId { console, seq } = record.id.clone();
        Self { console, first: seq, at: record.at, offset: record.offset }
    }

    /// The entries of one write are stamped with one look at the clock.
    fn goes_on_with(&self, record: &Record) -> bool {
        (self.at, self.offset) == (record.at, record.offset) && self.console == record.id.console
    }
}

/// Holds what an entry says of an entry before it against what that is. Whoever writes a part of the log again and
/// forgets these is found.
fn check_references(case: &Case, record: &Record, cite: &str, findings: &mut Findings) {
    let Some((entry, hash)) = record.event.about().entry else { return };
    let other = case.cite(entry);
    let what = match case.hash_of(entry) {
        Some(known) if known == hash => return,
        Some(_) => format!("{cite} was written about another {other} than the one that is there"),
        None => format!("{cite} was written about {other}, which is not there before it"),
    };
    findings.push(Finding::damage(FindingKind::FalseReference, cite, what));
}

/// What an entry says of damage that was seen when it was written: the files of today cannot show it any more.
fn recorded_damage(seen: &DamageSeen, cite: &str) -> Finding {
    if seen.mended {
        Finding::notice(
            FindingKind::RecordedDamage,
            cite,
            format!("{cite} records damage that was put right: {}", seen.what),
        )
    } else {
        Finding::damage(FindingKind::RecordedDamage, cite, format!("{cite} records damage: {}", seen.what))
    }
}

/// Holds the seal that an entry says the case had against the one that it had.
fn check_seals(seals: &mut SealHistory, record: &Record, cite: &str, findings: &mut Findings) {
    let (stated, had) = if let Event::ExportMade(made) = &record.event {
        (&made.seal, seals.seal_after(made.records).map(Vec::from_iter))
    } else if let Event::HandoverMade(made) = &record.event {
        (&made.seal, seals.latest(HANDED_OVER))
    } else {
        return;
    };
    findings.push(match had {
        Some(had) if had.iter().any(|seal: &Seal| seal.to_string() == *stated) => return,
        Some(_) => {
            let what = format!("{cite} says that the case had the seal {stated}, which it did not have then");
            Finding::damage(FindingKind::FalseReference, cite, what)
        }
        None => {
            let what = format!("{cite} states one of too many seals, and it was not computed again");
            Finding::unchecked(FindingKind::NotChecked, cite, what)
        }
    });
}
