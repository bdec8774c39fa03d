//! The shapes that a report is laid out from. Every string in them is safe text; none is escaped for a markup.

use super::{drawing::Drawing, subjects::Picture};
use serde::Serialize;

/// A moment in UTC, and on the local clock with its offset: whole for a sentence, in parts for a narrow column.
#[derive(Clone, Debug, Serialize)]
pub(super) struct When {
    pub(super) utc: String,
    pub(super) local: String,
    pub(super) day: String,
    pub(super) time: String,
    pub(super) local_day: String,
    pub(super) local_time: String,
}

#[derive(Debug, Serialize)]
pub(super) struct View {
    pub(super) id: String,
    pub(super) title: String,
    pub(super) summary: String,
    pub(super) severity: &'static str,
    pub(super) tlp: &'static str,
    pub(super) tlp_class: String,
    pub(super) exercise: bool,
    pub(super) closed: bool,
    pub(super) opened: Option<When>,
    pub(super) occurred: Option<When>,
    pub(super) ended: Option<When>,
    pub(super) outcome: String,
    pub(super) as_of: Option<When>,
    pub(super) duration: String,
    /// The offsets of all entries, in words.
    pub(super) offsets: String,
    /// Every entry was recorded by a clock that showed UTC: local times would say the same again.
    pub(super) utc: bool,
    pub(super) seal: String,
    pub(super) seal_hash: String,
    pub(super) entries: u64,
    pub(super) logs: Vec<Log>,
    pub(super) losses: Vec<Row>,
    /// Damage that the program saw.
    pub(super) damage: Vec<Row>,
    pub(super) next: Option<Named>,
    pub(super) next_deadline: Option<Named>,
    pub(super) open: Vec<StepRow>,
    pub(super) ready: usize,
    pub(super) waiting: usize,
    pub(super) running: Vec<ClockRow>,
    pub(super) decisions: Vec<DecisionRow>,
    pub(super) timeline: Vec<Row>,
    pub(super) plans: Vec<PlanView>,
    pub(super) evidence: Vec<EvidenceRow>,
    pub(super) notifications: Vec<ToldRow>,
    pub(super) clocks: Vec<ClockRow>,
    pub(super) people: Vec<PersonRow>,
    pub(super) checked: Option<Row>,
    pub(super) picture: Picture,
    pub(super) drawing: Drawing,
}

#[derive(Debug, Serialize)]
pub(super) struct Log {
    pub(super) letter: String,
    pub(super) console: String,
    pub(super) entries: u64,
    pub(super) hash: String,
}

#[derive(Debug, Serialize)]
pub(super) struct Named {
    pub(super) what: String,
    pub(super) by: Option<When>,
    /// Whether that had passed at the last entry.
    pub(super) passed: bool,
}

/// An entry of the log.
#[derive(Debug, Serialize)]
pub(super) struct Row {
    pub(super) cite: String,
    pub(super) happened: When,
    pub(super) recorded: When,
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
    pub(super) at: When,
    pub(super) text: String,
    pub(super) why: String,
}

#[derive(Debug, Serialize)]
pub(super) struct PersonRow {
    pub(super) name: String,
    pub(super) role: String,
    pub(super) organisation: String,
}

#[derive(Debug, Serialize)]
pub(super) struct DecisionRow {
    pub(super) row: Row,
    pub(super) question: String,
    pub(super) choice: String,
    pub(super) rationale: String,
    pub(super) decided_by: String,
    pub(super) before: String,
    pub(super) confirmed: Vec<String>,
}

#[derive(Debug, Serialize)]
pub(super) struct EvidenceRow {
    pub(super) row: Row,
    pub(super) name: String,
    pub(super) size: String,
    pub(super) bytes: u64,
    pub(super) sha256: String,
    pub(super) copied: bool,
    pub(super) origin: String,
    pub(super) source: String,
    pub(super) about: String,
    pub(super) modified: Option<When>,
}

#[derive(Debug, Serialize)]
pub(super) struct ToldRow {
    pub(super) row: Row,
    pub(super) to: String,
    pub(super) means: String,
    pub(super) reference: String,
    pub(super) text: String,
    pub(super) duty: String,
}

#[derive(Clone, Debug, Serialize)]
pub(super) struct ClockRow {
    pub(super) cite: String,
    pub(super) title: String,
    pub(super) to: String,
    pub(super) aware: When,
    pub(super) deadline: Option<When>,
    pub(super) state: &'static str,
    pub(super) since: Option<When>,
    pub(super) note: String,
    pub(super) source: String,
    pub(super) checked_on: String,
    pub(super) confirmed: bool,
    pub(super) corrections: Vec<Correction>,
}

#[derive(Debug, Serialize)]
pub(super) struct PlanView {
    pub(super) id: String,
    pub(super) version: String,
    pub(super) title: String,
    pub(super) origin: String,
    pub(super) sha256: String,
    pub(super) attached: When,
    pub(super) settled: usize,
    pub(super) steps: usize,
    pub(super) phases: Vec<PhaseView>,
}

#[derive(Debug, Serialize)]
pub(super) struct PhaseView {
    pub(super) title: String,
    pub(super) steps: Vec<StepRow>,
}

#[derive(Debug, Serialize)]
pub(super) struct StepRow {
    pub(super) title: String,
    pub(super) shape: &'static str,
    pub(super) state: &'static str,
    pub(super) owner: String,
    pub(super) due: Option<When>,
    pub(super) late: bool,
    pub(super) entry: String,
    pub(super) by: String,
    pub(super) at: Option<When>,
    pub(super) note: String,
}
