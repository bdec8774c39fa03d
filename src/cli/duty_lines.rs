//! The duties of a case: how their clocks stand, and what the grading suggests.

use super::times::format_local;
use crate::domain::{
    case::{Case, Clock, ClockState},
    playbook::When,
    step::attached_playbook::Plan,
    text::make_safe,
    time::Time,
    wording::duration::distance_span,
};
use serde::Serialize;

/// A duty of a case, and its clock where one was started.
#[derive(Debug, Serialize)]
pub(super) struct DutyRow {
    duty: String,
    title: String,
    pub(super) state: &'static str,
    aware: Option<Time>,
    deadline: Option<Time>,
    since: Option<Time>,
    /// The entry by which it stands so.
    entry: Option<String>,
    /// The reference or the reason.
    note: String,
    /// Whether the answers reach the duty's gate; `None` where it has none or they are not all given.
    pub(super) suggested: Option<bool>,
    gated: bool,
}

/// Every duty of the attached playbooks, and each clock that was started.
pub(super) fn duty_rows(case: &Case, now: Time) -> Vec<DutyRow> {
    let started = case.clocks.iter().map(|clock| (&clock.duty, Some(clock)));
    let fresh = case.duties().into_iter().filter(|duty| case.clock(&duty.id).is_none()).map(|duty| (duty, None));
    let told = |duty: &crate::domain::duty::Duty| case.told(&duty.id);
    let row = |(duty, clock): (&crate::domain::duty::Duty, Option<&Clock>)| DutyRow {
        duty: duty.id.clone(),
        title: duty.title.clone(),
        state: clock
            .map_or(if told(duty).is_some() { "told" } else { "not started" }, |clock| describe_clock(clock, now)),
        aware: clock.map(|clock| clock.aware),
        deadline: clock.and_then(|clock| clock.deadline),
        since: clock.map(|clock| clock.since).or_else(|| told(duty).map(|told| told.happened())),
        entry: clock
            .map(|clock| &clock.entry)
            .or_else(|| told(duty).map(|told| &told.entry))
            .map(|entry| case.cite(entry)),
        note: clock.map_or_else(
            || told(duty).map_or_else(String::new, |told| format!("told {}", told.what.to)),
            |clock| clock.note.clone(),
        ),
        suggested: suggested_by_grading(case, &duty.id),
        gated: !duty.gate.is_empty(),
    };
    started.chain(fresh).map(row).collect()
}

/// What the answers to the grading suggest, in the first plan that can tell.
fn suggested_by_grading(case: &Case, duty: &str) -> Option<bool> {
    let gates = |plan: &&Plan| plan.duties.iter().any(|d| d.id == duty && !d.gate.is_empty());
    case.plans.iter().filter(gates).find_map(|plan| plan.holds(&When::Gate(duty.to_owned())))
}

/// How a clock stands: met in time and met late are not the same.
fn describe_clock(clock: &Clock, now: Time) -> &'static str {
    match (clock.state, clock.deadline) {
        (ClockState::Running, Some(deadline)) if deadline < now => "passed",
        (ClockState::Running, _) => "running",
        (ClockState::Met, Some(deadline)) if deadline < clock.since => "met late",
        (ClockState::Met, _) => "met",
        (ClockState::Waived, _) => "waived",
    }
}

/// The rows for people, with what the grading suggests as guidance.
pub(super) fn duty_lines(rows: &[DutyRow], now: Time) -> Vec<String> {
    let mut lines = Vec::new();
    for row in rows {
        let how = match (row.state, row.deadline, row.since) {
            ("running" | "passed", Some(deadline), _) => describe_due(deadline, now),
            ("running", None, _) => "runs, without undue delay".into(),
            ("not started", ..) => "not started".into(),
            ("met late", Some(deadline), Some(since)) => {
                format!(
                    "MET LATE {}, {} after the deadline",
                    format_local(since),
                    distance_span(since.seconds_since(deadline))
                )
            }
            (state, _, Some(since)) => {
                let entry = row.entry.as_ref().map_or_else(String::new, |entry| format!(", {entry}"));
                format!("{state} {}{entry}", format_local(since))
            }
            (state, ..) => state.to_owned(),
        };
        let note = if row.note.is_empty() { String::new() } else { format!("  ({})", make_safe(&row.note)) };
        lines.push(format!("  {:<14} {}  {how}{note}", make_safe(&row.duty), make_safe(&row.title)));
        let guidance = match (row.gated, row.suggested) {
            (false, _) => continue,
            (true, None) => "the grading is not answered yet",
            (true, Some(true)) => "the grading suggests that this duty applies (guidance, not legal advice)",
            (true, Some(false)) => "the grading suggests that this duty does not apply (guidance, not legal advice)",
        };
        lines.push(format!("  {:<14} {guidance}", ""));
    }
    lines
}

/// `due 2026-11-22 03:45:00 +00:00, in 4 min` or `PASSED …, 12 min ago`.
pub(super) fn describe_due(at: Time, now: Time) -> String {
    let span = distance_span(at.seconds_since(now).abs());
    if at < now {
        format!("PASSED {}, {span} ago", format_local(at))
    } else {
        format!("due {}, in {span}", format_local(at))
    }
}
