//! What an entry says, in a line.

use super::when::size;
use crate::domain::{case::Case, event::Event, indicator::defang, past::UNDONE, person::Person, playbook::StepRef};

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
    case.step_title(step)
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
        Event::PlaybookUpdated(e) => (
            "playbook",
            format!("{} {}, was {}: {} changes", e.playbook.title, e.playbook.version, e.from, e.changes.len()),
        ),
        Event::AnswerGiven(e) => ("answer", format!("{} {}", e.ask, e.words)),
        Event::ApprovalGiven(e) => {
            let tag = if e.agreed { "✓ agreed" } else { "✗ refused" };
            (tag, with(&format!("{}, {}", title(&e.step), e.person.label()), &e.words))
        }
        Event::CommandReported(e) => {
            let tag = if e.succeeded { "✓ ran" } else { "✗ failed" };
            (tag, with(&title(&e.step), &e.outcome))
        }
        Event::StepStarted(e) => ("▶", with(&title(&e.step), &e.note)),
        Event::StepDone(e) => ("✓", with(&title(&e.step), if e.note.is_empty() { &e.why } else { &e.note })),
        Event::StepSkipped(e) => ("– skipped", with(&title(&e.step), &e.why)),
        Event::StepBlocked(e) => ("✗ blocked", with(&title(&e.step), &e.why)),
        Event::StepReopened(e) => ("○ open", with(&title(&e.step), &e.why)),
        Event::DecisionMade(e) => {
            // One of several of its kind is told by the thing that it is about.
            let item = e.step.as_ref().and_then(StepRef::item).map_or_else(String::new, |item| format!("{item}: "));
            let said = format!("{item}{}", quoted(&e.label, &e.rationale));
            ("decision", if e.decided_by.name == by.name { said } else { format!("{said} {}", e.decided_by.label()) })
        }
        Event::Note(e) => ("note", e.text.clone()),
        Event::EvidenceAdded(e) => ("evidence", with(&format!("{}, {}", e.name, size(e.size)), &e.about)),
        Event::NotificationMade(e) => {
            let means = if e.means.is_empty() { String::new() } else { format!(" by {}", e.means) };
            ("told", with(&format!("{}{means}", e.to), &e.reference))
        }
        Event::ClockStarted(e) => {
            ("clock", format!("{} runs: aware {}", e.duty.title, e.aware.utc().format("%-d %b %H:%MZ")))
        }
        Event::ClockMet(e) => ("clock met", with(&duty(case, &e.duty), &e.reference)),
        Event::ClockWaived(e) => ("waived", with(&duty(case, &e.duty), &e.why)),
        Event::ClockChecked(e) => ("time", format!("this machine is {} against {}", ahead(e.ahead_ms), e.reference)),
        Event::ClockJumped(e) => ("time", format!("this machine's clock jumped by {} s", e.by_ms / 1000)),
        Event::RecordCorrected(e) if e.text == UNDONE => ("undone", with(&case.cite(&e.entry), &e.why)),
        Event::RecordCorrected(e) => ("corrects", format!("{}: {}", case.cite(&e.entry), e.text)),
        Event::ExportMade(e) => ("export", format!("{} as {}, {}", e.format, e.name, size(e.size))),
        Event::EntriesMissing(e) => ("MISSING", format!("entries {} to {} are lost", e.after + 1, e.last)),
        Event::FollowUpSet(_)
        | Event::AssetNoted(_)
        | Event::IndicatorNoted(_)
        | Event::ContactNoted(_)
        | Event::ImpactStated(_)
        | Event::DecisionCountersigned(_)
        | Event::HandoverMade(_) => picture(event, case),
        Event::Unknown { kind, version, .. } => ("unknown", format!("type {kind} version {version}")),
    };
    Summary { tag, text }
}

/// The same for what paints the picture.
fn picture(event: &Event, case: &Case) -> (&'static str, String) {
    match event {
        Event::FollowUpSet(e) => (if e.on { "follow up" } else { "looked at" }, with(&case.cite(&e.entry), &e.why)),
        Event::AssetNoted(e) => ("asset", with(&format!("{} is {}", e.name, e.state), &e.about)),
        Event::IndicatorNoted(e) => ("indicator", with(&defang(e.kind, &e.value), &e.about)),
        Event::ContactNoted(e) => ("contact", with(&e.name, &e.reach)),
        Event::ImpactStated(e) => ("patients", e.text.clone()),
        Event::DecisionCountersigned(e) => {
            ("confirmed", with(&format!("{} by {}", case.cite(&e.entry), e.person.label()), &e.words))
        }
        Event::HandoverMade(e) => ("handover", format!("to {}, seal {}", e.to.label(), e.seal)),
        _ => ("", String::new()),
    }
}

/// A duty's title, or its name where no playbook of the case has it.
pub(crate) fn duty(case: &Case, id: &str) -> String {
    case.duty(id).map_or_else(|| id.to_owned(), |duty| duty.title.clone())
}

/// How far a clock is ahead.
pub(crate) fn ahead(ms: i64) -> String {
    format!("{:.1} s {}", ms.unsigned_abs() as f64 / 1000.0, if ms < 0 { "behind" } else { "ahead" })
}
