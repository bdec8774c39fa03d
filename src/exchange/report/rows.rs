//! The shapes that a report is laid out from. Every string in them is safe text; none is escaped for a markup.
//!
//! `assets/report.html` reads these fields by name: who renames one here renames it there.

use super::{drawing::Drawing, subjects::Subjects, text::Moment};
use serde::Serialize;

/// All that a report says.
#[derive(Debug, Serialize)]
pub(super) struct ReportView {
    pub(super) id: String,
    pub(super) title: String,
    pub(super) summary: String,
    pub(super) severity: &'static str,
    pub(super) tlp: &'static str,
    pub(super) tlp_class: String,
    pub(super) exercise: bool,
    pub(super) closed: bool,
    pub(super) opened: Option<Moment>,
    pub(super) occurred: Option<Moment>,
    pub(super) ended: Option<Moment>,
    pub(super) outcome: String,
    pub(super) as_of: Option<Moment>,
    pub(super) duration: String,
    /// The offsets of all entries, in words.
    pub(super) offsets: String,
    /// Every entry was recorded by a clock that showed UTC: local times would say the same again.
    pub(super) utc: bool,
    pub(super) seal: String,
    pub(super) seal_hash: String,
    pub(super) entries: u64,
    pub(super) logs: Vec<LogEnd>,
    pub(super) losses: Vec<LogRow>,
    /// Damage that the program saw.
    pub(super) damage: Vec<LogRow>,
    pub(super) next: Option<NamedItem>,
    pub(super) next_deadline: Option<NamedItem>,
    pub(super) open: Vec<StepRow>,
    pub(super) ready: usize,
    pub(super) waiting: usize,
    pub(super) running: Vec<ClockRow>,
    pub(super) decisions: Vec<DecisionRow>,
    pub(super) timeline: Vec<LogRow>,
    pub(super) plans: Vec<PlanView>,
    pub(super) evidence: Vec<EvidenceRow>,
    pub(super) notifications: Vec<ToldRow>,
    pub(super) clocks: Vec<ClockRow>,
    pub(super) people: Vec<PersonRow>,
    pub(super) checked: Option<LogRow>,
    pub(super) picture: Subjects,
    pub(super) drawing: Drawing,
}

/// Where the log of one console ends.
#[derive(Debug, Serialize)]
pub(super) struct LogEnd {
    pub(super) letter: String,
    pub(super) console: String,
    pub(super) entries: u64,
    pub(super) hash: String,
}

/// A step or deadline in a few words.
#[derive(Debug, Serialize)]
pub(super) struct NamedItem {
    pub(super) what: String,
    pub(super) by: Option<Moment>,
    /// Whether that had passed at the last entry.
    pub(super) passed: bool,
}

/// An entry of the log.
#[derive(Debug, Serialize)]
pub(super) struct LogRow {
    pub(super) cite: String,
    pub(super) happened: Moment,
    pub(super) recorded: Moment,
    pub(super) stated: bool,
    pub(super) kind: &'static str,
    pub(super) who: PersonRow,
    pub(super) what: String,
    pub(super) corrections: Vec<Correction>,
}

/// What stands beside an entry that was wrong.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Correction {
    pub(super) cite: String,
    pub(super) who: String,
    pub(super) at: Moment,
    pub(super) text: String,
    pub(super) why: String,
}

/// Someone in the case.
#[derive(Debug, Serialize)]
pub(super) struct PersonRow {
    pub(super) name: String,
    pub(super) role: String,
    pub(super) organisation: String,
}

/// A decision, or what someone who was asked to approve has said.
#[derive(Debug, Serialize)]
pub(super) struct DecisionRow {
    pub(super) row: LogRow,
    pub(super) question: String,
    pub(super) choice: String,
    pub(super) rationale: String,
    pub(super) decided_by: String,
    pub(super) before: String,
    pub(super) confirmed: Vec<String>,
}

/// An item of evidence.
#[derive(Debug, Serialize)]
pub(super) struct EvidenceRow {
    pub(super) row: LogRow,
    pub(super) name: String,
    pub(super) size: String,
    pub(super) bytes: u64,
    pub(super) sha256: String,
    pub(super) copied: bool,
    pub(super) origin: String,
    pub(super) source: String,
    pub(super) about: String,
    pub(super) modified: Option<Moment>,
}

/// A notification.
#[derive(Debug, Serialize)]
pub(super) struct ToldRow {
    pub(super) row: LogRow,
    pub(super) to: String,
    pub(super) means: String,
    pub(super) reference: String,
    pub(super) text: String,
    pub(super) duty: String,
}

/// The clock of a duty.
#[derive(Clone, Debug, Serialize)]
pub(super) struct ClockRow {
    pub(super) cite: String,
    pub(super) title: String,
    pub(super) to: String,
    pub(super) aware: Moment,
    pub(super) deadline: Option<Moment>,
    pub(super) state: &'static str,
    pub(super) since: Option<Moment>,
    pub(super) note: String,
    pub(super) source: String,
    pub(super) checked_on: String,
    pub(super) confirmed: bool,
    pub(super) corrections: Vec<Correction>,
}

/// A playbook in use.
#[derive(Debug, Serialize)]
pub(super) struct PlanView {
    pub(super) id: String,
    pub(super) version: String,
    pub(super) title: String,
    pub(super) origin: String,
    pub(super) sha256: String,
    pub(super) attached: Moment,
    pub(super) settled: usize,
    pub(super) steps: usize,
    pub(super) phases: Vec<PhaseView>,
}

/// A phase with its steps.
#[derive(Debug, Serialize)]
pub(super) struct PhaseView {
    pub(super) title: String,
    pub(super) steps: Vec<StepRow>,
}

/// A step as it stands at the last entry.
#[derive(Debug, Serialize)]
pub(super) struct StepRow {
    pub(super) title: String,
    pub(super) shape: &'static str,
    pub(super) state: &'static str,
    pub(super) owner: String,
    pub(super) due: Option<Moment>,
    pub(super) late: bool,
    pub(super) entry: String,
    pub(super) by: String,
    pub(super) at: Option<Moment>,
    pub(super) note: String,
}
