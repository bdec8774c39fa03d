//! What an entry says: in a line, as the log shows it, and in every text of it that a search looks through.

use super::Event;
use crate::domain::{
    case::{Case, undo::UNDONE},
    id::Hash,
    indicator::defang,
    person::Person,
    playbook::StepRef,
    wording::{duration::clock_difference, number::size},
};

/// An entry in a line: a word or sign for its type, and what it says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Summary {
    /// A word or sign of at most nine cells.
    pub tag: &'static str,
    /// What happened, raw: whoever shows it makes it safe.
    pub text: String,
}

fn with(head: &str, tail: &str) -> String {
    if tail.trim().is_empty() { head.to_owned() } else { format!("{head}: {tail}") }
}

fn quoted(head: &str, tail: &str) -> String {
    if tail.trim().is_empty() { head.to_owned() } else { format!("{head}. “{tail}”") }
}

/// `event`, logged by `by`, in a line. The text is raw: it is made safe where it is drawn.
pub fn summary(event: &Event, by: &Person, case: &Case) -> Summary {
    let title = |step: &StepRef| case.step_title(step);
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
        Event::ClockChecked(e) => {
            ("time", format!("this machine is {} against {}", clock_difference(e.ahead_ms), e.reference))
        }
        Event::ClockJumped(e) => ("time", format!("this machine's clock jumped by {} s", e.by_ms / 1000)),
        Event::RecordCorrected(e) if e.text == UNDONE => ("undone", with(&case.cite(&e.entry), &e.why)),
        Event::RecordCorrected(e) => ("corrects", format!("{}: {}", case.cite(&e.entry), e.text)),
        Event::ExportMade(e) => ("export", format!("{} as {}, {}", e.format, e.name, size(e.size))),
        Event::EntriesMissing(e) => ("MISSING", format!("entries {} to {} are lost", e.after + 1, e.last)),
        Event::DamageSeen(e) => (if e.mended { "mended" } else { "DAMAGE" }, e.what.clone()),
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
pub fn duty(case: &Case, id: &str) -> String {
    case.duty(id).map_or_else(|| id.to_owned(), |duty| duty.title.clone())
}

/// Every text that people put into `event`, raw; some of it stands in its [`summary`] as well. A playbook's own text is
/// left out: it is no part of what happened.
pub fn texts(event: &Event) -> Vec<&str> {
    let mut all: Vec<&str> = Vec::new();
    fn person<'a>(all: &mut Vec<&'a str>, who: &'a Person) {
        all.extend([who.name.as_str(), &who.role, &who.organisation]);
    }
    match event {
        Event::CaseOpened(e) => all.push(&e.title),
        Event::CaseAmended(e) => all.extend([&e.title, &e.summary].into_iter().flatten().map(String::as_str)),
        Event::SeverityChanged(e) => all.push(&e.why),
        Event::CaseClosed(e) => all.push(&e.why),
        Event::CaseReopened(e) => all.push(&e.why),
        Event::ResponderJoined(e) => person(&mut all, &e.responder),
        Event::PlaybookAttached(e) => all.extend([e.playbook.title.as_str(), &e.playbook.id, &e.origin]),
        Event::PlaybookUpdated(e) => {
            all.extend([e.playbook.title.as_str(), &e.playbook.id, &e.origin, &e.why]);
            all.extend(e.changes.iter().map(String::as_str));
        }
        Event::AnswerGiven(e) => all.extend([e.ask.as_str(), &e.words, &e.why]),
        Event::ApprovalGiven(e) => {
            all.extend([e.question.as_str(), &e.means, &e.words, &e.why]);
            person(&mut all, &e.person);
        }
        Event::CommandReported(e) => {
            all.extend(e.argv.iter().map(String::as_str));
            all.extend([e.outcome.as_str(), &e.why]);
        }
        Event::StepStarted(e) => all.push(&e.note),
        Event::StepDone(e) => all.extend([e.note.as_str(), &e.why]),
        Event::StepSkipped(e) => all.push(&e.why),
        Event::StepBlocked(e) => all.push(&e.why),
        Event::StepReopened(e) => all.push(&e.why),
        Event::DecisionMade(e) => {
            all.extend([e.question.as_str(), &e.label, &e.rationale]);
            person(&mut all, &e.decided_by);
        }
        Event::Note(e) => all.push(&e.text),
        Event::EvidenceAdded(e) => all.extend([e.name.as_str(), &e.about, &e.source, &e.origin]),
        Event::NotificationMade(e) => all.extend([e.to.as_str(), &e.means, &e.reference, &e.text]),
        Event::ClockStarted(e) => all.extend([e.duty.title.as_str(), &e.basis]),
        Event::ClockMet(e) => all.extend([e.reference.as_str(), &e.note, &e.text]),
        Event::ClockWaived(e) => all.push(&e.why),
        Event::ClockChecked(e) => all.push(&e.reference),
        Event::ClockJumped(_) => {}
        Event::RecordCorrected(e) => all.extend([e.text.as_str(), &e.why]),
        Event::ExportMade(e) => all.extend([e.name.as_str(), &e.format, &e.seal]),
        Event::EntriesMissing(e) => all.push(&e.kept),
        Event::DamageSeen(e) => all.push(&e.what),
        Event::FollowUpSet(e) => all.push(&e.why),
        Event::AssetNoted(e) => all.extend([e.name.as_str(), &e.about]),
        // As found: its line has it defanged, and people search for either.
        Event::IndicatorNoted(e) => all.extend([e.value.as_str(), &e.about, &e.source]),
        Event::ContactNoted(e) => all.extend([e.name.as_str(), &e.role, &e.organisation, &e.reach, &e.about]),
        Event::ImpactStated(e) => all.push(&e.text),
        Event::DecisionCountersigned(e) => {
            person(&mut all, &e.person);
            all.extend([e.means.as_str(), &e.words]);
        }
        Event::HandoverMade(e) => {
            person(&mut all, &e.to);
            all.extend([e.seal.as_str(), &e.text]);
        }
        Event::Unknown { kind, .. } => all.push(kind),
    }
    all.retain(|text| !text.is_empty());
    all
}

/// The hash that an entry names as that of a file: of evidence, or of an export.
pub fn sha256(event: &Event) -> Option<Hash> {
    match event {
        Event::EvidenceAdded(e) => Some(e.sha256),
        Event::ExportMade(e) => Some(e.sha256),
        _ => None,
    }
}
