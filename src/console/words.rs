//! What an entry says, in a line and in full.

use super::when::size;
use crate::domain::{case::Case, event::Event, id::EntryId, person::Person, playbook::StepRef, time::Time};

/// An entry in a line: a word or sign for its type, what it says, and the step's state sign.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Summary {
    /// A word or sign of at most nine cells.
    pub(crate) tag: &'static str,
    /// What happened.
    pub(crate) text: String,
}

/// A step's title, or its name where no playbook of the case has it.
pub(crate) fn step_title(case: &Case, step: &StepRef) -> String {
    case.standpoint(step).map_or_else(|| step.to_string(), |point| point.step.title.clone())
}

fn with(head: &str, tail: &str) -> String {
    if tail.trim().is_empty() { head.to_owned() } else { format!("{head}: {tail}") }
}

fn quoted(head: &str, tail: &str) -> String {
    if tail.trim().is_empty() { head.to_owned() } else { format!("{head}. “{tail}”") }
}

/// `event`, logged by `by`, in a line. The text is raw: it is made safe where it is drawn.
pub(crate) fn summary(event: &Event, by: &Person, case: &Case) -> Summary {
    let title = |step: &StepRef| step_title(case, step);
    let (tag, text) = match event {
        Event::CaseOpened(e) => ("opened", format!("{}, {}, {}", e.title, e.severity, e.tlp)),
        Event::CaseAmended(e) => {
            let parts = [&e.title, &e.summary].into_iter().flatten().cloned();
            ("amended", parts.chain(e.tlp.map(|tlp| tlp.to_string())).collect::<Vec<_>>().join(", "))
        }
        Event::SeverityChanged(e) => ("severity", quoted(&format!("{} to {}", e.from, e.to), &e.why)),
        Event::CaseClosed(e) => ("closed", e.why.clone()),
        Event::CaseReopened(e) => ("reopened", e.why.clone()),
        Event::ResponderJoined(e) => ("joined", e.responder.label()),
        Event::PlaybookAttached(e) => ("playbook", format!("{} {}", e.playbook.title, e.playbook.version)),
        Event::StepStarted(e) => ("▶", with(&title(&e.step), &e.note)),
        Event::StepDone(e) => ("✓", with(&title(&e.step), if e.note.is_empty() { &e.why } else { &e.note })),
        Event::StepSkipped(e) => ("– skipped", with(&title(&e.step), &e.why)),
        Event::StepBlocked(e) => ("✗ blocked", with(&title(&e.step), &e.why)),
        Event::StepReopened(e) => ("○ open", with(&title(&e.step), &e.why)),
        Event::DecisionMade(e) => {
            let said = quoted(&e.label, &e.rationale);
            ("decision", if e.decided_by.name == by.name { said } else { format!("{said} {}", e.decided_by.label()) })
        }
        Event::Note(e) => ("note", e.text.clone()),
        Event::EvidenceAdded(e) => ("evidence", with(&format!("{}, {}", e.name, size(e.size)), &e.about)),
        Event::NotificationMade(e) => {
            let means = if e.means.is_empty() { String::new() } else { format!(" by {}", e.means) };
            ("told", with(&format!("{}{means}", e.to), &e.reference))
        }
        Event::ClockStarted(e) => ("clock", format!("{} runs: aware {}", e.duty.title, e.aware.utc().format("%H:%MZ"))),
        Event::ClockMet(e) => ("clock met", with(&duty(case, &e.duty), &e.reference)),
        Event::ClockWaived(e) => ("waived", with(&duty(case, &e.duty), &e.why)),
        Event::ClockChecked(e) => ("time", format!("this machine is {} against {}", ahead(e.ahead_ms), e.reference)),
        Event::ClockJumped(e) => ("time", format!("this machine's clock jumped by {} s", e.by_ms / 1000)),
        Event::RecordCorrected(e) => ("corrects", format!("{}: {}", case.cite(&e.entry), e.text)),
        Event::ExportMade(e) => ("export", format!("{} as {}, {}", e.format, e.name, size(e.size))),
        Event::EntriesMissing(e) => ("MISSING", format!("entries {} to {} are lost", e.after + 1, e.last)),
        Event::Unknown { kind, version, .. } => ("unknown", format!("type {kind} version {version}")),
    };
    Summary { tag, text }
}

fn duty(case: &Case, id: &str) -> String {
    case.duty(id).map_or_else(|| id.to_owned(), |duty| duty.title.clone())
}

fn ahead(ms: i64) -> String {
    format!("{:.1} s {}", ms.unsigned_abs() as f64 / 1000.0, if ms < 0 { "behind" } else { "ahead" })
}

/// `event` in full: names and texts, raw.
pub(crate) fn detail(event: &Event, case: &Case) -> Vec<(&'static str, String)> {
    let title = |step: &StepRef| format!("{} ({step})", step_title(case, step));
    let entry = |entry: &EntryId| case.cite(entry);
    let maybe = |time: Option<Time>| time.map(|time| time.to_string()).unwrap_or_default();
    let rows = match event {
        Event::CaseOpened(e) => vec![
            ("Title", e.title.clone()),
            ("Severity", e.severity.to_string()),
            ("Mark", e.tlp.to_string()),
            ("Exercise", if e.exercise { "yes".into() } else { String::new() }),
        ],
        Event::CaseAmended(e) => vec![
            ("Title", e.title.clone().unwrap_or_default()),
            ("Summary", e.summary.clone().unwrap_or_default()),
            ("Mark", e.tlp.map(|tlp| tlp.to_string()).unwrap_or_default()),
        ],
        Event::SeverityChanged(e) => {
            vec![("Severity", format!("{} to {}", e.from, e.to)), ("Reason", e.why.clone())]
        }
        Event::CaseClosed(e) => vec![("Outcome", e.why.clone())],
        Event::CaseReopened(e) => vec![("Reason", e.why.clone())],
        Event::ResponderJoined(e) => vec![
            ("Name", e.responder.name.clone()),
            ("Role", e.responder.role.clone()),
            ("For", e.responder.organisation.clone()),
        ],
        Event::PlaybookAttached(e) => vec![
            ("Playbook", format!("{} ({}), version {}", e.playbook.title, e.playbook.id, e.playbook.version)),
            ("Origin", e.origin.clone()),
            ("SHA-256", e.sha256.to_string()),
        ],
        Event::StepStarted(e) => vec![("Step", title(&e.step)), ("Note", e.note.clone())],
        Event::StepDone(e) => vec![
            ("Step", title(&e.step)),
            ("Note", e.note.clone()),
            ("Early", e.why.clone()),
            ("Unmet", e.unmet.join(", ")),
        ],
        Event::StepSkipped(e) => vec![("Step", title(&e.step)), ("Reason", e.why.clone())],
        Event::StepBlocked(e) => vec![("Step", title(&e.step)), ("Waits for", e.why.clone())],
        Event::StepReopened(e) => vec![("Step", title(&e.step)), ("Reason", e.why.clone())],
        Event::DecisionMade(e) => vec![
            ("Step", e.step.as_ref().map(title).unwrap_or_default()),
            ("Question", e.question.clone()),
            ("Choice", e.label.clone()),
            ("Rationale", e.rationale.clone()),
            ("Decided by", e.decided_by.label()),
            ("For", e.decided_by.organisation.clone()),
            ("Unmet", e.unmet.join(", ")),
        ],
        Event::Note(e) => vec![("Note", e.text.clone())],
        Event::EvidenceAdded(e) => vec![
            ("Name", e.name.clone()),
            ("About", e.about.clone()),
            ("Source", e.source.clone()),
            ("Path", e.origin.clone()),
            ("Size", format!("{} ({} bytes)", size(e.size), e.size)),
            ("SHA-256", e.sha256.to_string()),
            ("Copy", if e.copied { "in the case" } else { "by reference only" }.into()),
            ("Modified", maybe(e.modified)),
            ("Step", e.step.as_ref().map(title).unwrap_or_default()),
        ],
        Event::NotificationMade(e) => vec![
            ("Told", e.to.clone()),
            ("By", e.means.clone()),
            ("Reference", e.reference.clone()),
            ("Duty", e.duty.as_deref().map(|id| duty(case, id)).unwrap_or_default()),
            ("Step", e.step.as_ref().map(title).unwrap_or_default()),
            ("Text", e.text.clone()),
            ("Unmet", e.unmet.join(", ")),
        ],
        Event::ClockStarted(e) => vec![
            ("Duty", e.duty.title.clone()),
            ("Aware", e.aware.to_string()),
            ("Deadline", e.deadline.map_or_else(|| "without undue delay".into(), |at| at.to_string())),
            ("Basis", e.basis.clone()),
        ],
        Event::ClockMet(e) => {
            vec![("Duty", duty(case, &e.duty)), ("Reference", e.reference.clone()), ("How", e.note.clone())]
        }
        Event::ClockWaived(e) => vec![("Duty", duty(case, &e.duty)), ("Reason", e.why.clone())],
        Event::ClockChecked(e) => vec![
            ("Reference", format!("{} said {}", e.reference, e.read)),
            ("Machine", format!("said {}, which is {}", e.machine, ahead(e.ahead_ms))),
        ],
        Event::ClockJumped(e) => vec![("Jump", format!("{} ms", e.by_ms))],
        Event::RecordCorrected(e) => {
            vec![("Entry", entry(&e.entry)), ("Right is", e.text.clone()), ("Reason", e.why.clone())]
        }
        Event::ExportMade(e) => vec![
            ("File", e.name.clone()),
            ("Format", e.format.clone()),
            ("Size", format!("{} ({} bytes)", size(e.size), e.size)),
            ("SHA-256", e.sha256.to_string()),
            ("Seal", e.seal.clone()),
            ("Entries", e.records.to_string()),
        ],
        Event::EntriesMissing(e) => vec![
            ("Lost", format!("entries {} to {}", e.after + 1, e.last)),
            ("Last hash", e.hash.to_string()),
            ("Kept", e.kept.clone()),
        ],
        Event::Unknown { .. } => vec![("Type", summary(event, &Person::default(), case).text)],
    };
    rows.into_iter().filter(|(_, text)| !text.is_empty()).collect()
}

/// What the entry said, as one text: what a correction is read against.
pub(crate) fn said(event: &Event, case: &Case) -> String {
    detail(event, case).into_iter().map(|(name, text)| format!("{name}: {text}")).collect::<Vec<_>>().join("\n")
}
