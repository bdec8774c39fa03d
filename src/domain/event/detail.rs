//! What an entry says, in full.

use super::{
    Event,
    entry_line::{duty, step_title, summary},
};
use crate::domain::{
    case::Case,
    indicator::defang,
    person::Person,
    playbook::StepRef,
    time::Time,
    wording::{duration::clock_difference, number::size},
};

/// `event` in full: names and texts, raw.
pub(crate) fn detail(event: &Event, case: &Case) -> Vec<(&'static str, String)> {
    let title = |step: &StepRef| format!("{} ({step})", step_title(case, step));
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
        Event::PlaybookUpdated(e) => vec![
            ("Playbook", format!("{} ({}), version {}", e.playbook.title, e.playbook.id, e.playbook.version)),
            ("Was", e.from.clone()),
            ("Changes", e.changes.join("\n")),
            ("Reason", e.why.clone()),
            ("Origin", e.origin.clone()),
            ("SHA-256", e.sha256.to_string()),
        ],
        Event::AnswerGiven(e) => vec![
            ("Question", e.ask.clone()),
            ("Answer", e.words.clone()),
            ("Step", title(&e.step)),
            ("Reason", e.why.clone()),
        ],
        Event::ApprovalGiven(e) => vec![
            ("Step", title(&e.step)),
            ("Asked", e.question.clone()),
            ("Answer", if e.agreed { "agreed" } else { "did not agree" }.into()),
            ("Who", e.person.label()),
            ("For", e.person.organisation.clone()),
            ("By", e.means.clone()),
            ("Said", e.words.clone()),
            ("Early", e.why.clone()),
            ("Unmet", e.unmet.join(", ")),
        ],
        Event::CommandReported(e) => vec![
            ("Step", title(&e.step)),
            ("Command", e.argv.join(" ")),
            ("System", e.system.word().into()),
            ("Result", if e.succeeded { "did what it should" } else { "failed" }.into()),
            ("Outcome", e.outcome.clone()),
            ("Early", e.why.clone()),
            ("Unmet", e.unmet.join(", ")),
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
        event => more(event, case),
    };
    rows.into_iter().filter(|(_, text)| !text.is_empty()).collect()
}

/// The same for evidence, those who were told, clocks, corrections and exports.
fn more(event: &Event, case: &Case) -> Vec<(&'static str, String)> {
    let title = |step: &StepRef| format!("{} ({step})", step_title(case, step));
    let maybe = |time: Option<Time>| time.map(|time| time.to_string()).unwrap_or_default();
    match event {
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
            vec![
                ("Duty", duty(case, &e.duty)),
                ("Reference", e.reference.clone()),
                ("How", e.note.clone()),
                ("Text", e.text.clone()),
            ]
        }
        Event::ClockWaived(e) => vec![("Duty", duty(case, &e.duty)), ("Reason", e.why.clone())],
        Event::ClockChecked(e) => vec![
            ("Reference", format!("{} said {}", e.reference, e.read)),
            ("Machine", format!("said {}, which is {}", e.machine, clock_difference(e.ahead_ms))),
        ],
        Event::ClockJumped(e) => vec![("Jump", format!("{} ms", e.by_ms))],
        Event::RecordCorrected(e) => {
            vec![("Entry", case.cite(&e.entry)), ("Right is", e.text.clone()), ("Reason", e.why.clone())]
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
        Event::DamageSeen(e) => {
            let mended = if e.mended { "yes" } else { "no: no check calls the case intact again" };
            vec![("Seen", e.what.clone()), ("Put right", mended.into())]
        }
        event => picture(event, case),
    }
}

/// The same for what paints the picture.
fn picture(event: &Event, case: &Case) -> Vec<(&'static str, String)> {
    match event {
        Event::FollowUpSet(e) => vec![
            ("Entry", case.cite(&e.entry)),
            ("Mark", if e.on { "to be looked at again" } else { "looked at again" }.into()),
            ("Reason", e.why.clone()),
        ],
        Event::AssetNoted(e) => vec![
            ("Name", e.name.clone()),
            ("Kind", e.kind.to_string()),
            ("Importance", e.importance.to_string()),
            ("State", e.state.to_string()),
            ("About", e.about.clone()),
        ],
        Event::IndicatorNoted(e) => vec![
            ("Kind", e.kind.to_string()),
            ("Indicator", defang(e.kind, &e.value)),
            ("About", e.about.clone()),
            ("Source", e.source.clone()),
        ],
        Event::ContactNoted(e) => vec![
            ("Name", e.name.clone()),
            ("Role", e.role.clone()),
            ("For", e.organisation.clone()),
            ("Reach", e.reach.clone()),
            ("About", e.about.clone()),
        ],
        Event::ImpactStated(e) => vec![("Patients", e.text.clone())],
        Event::DecisionCountersigned(e) => vec![
            ("Decision", case.cite(&e.entry)),
            ("Who", e.person.label()),
            ("For", e.person.organisation.clone()),
            ("By", e.means.clone()),
            ("Said", e.words.clone()),
        ],
        Event::HandoverMade(e) => vec![
            ("To", e.to.label()),
            ("For", e.to.organisation.clone()),
            ("Seal", e.seal.clone()),
            ("Text", e.text.clone()),
        ],
        event => vec![("Type", summary(event, &Person::default(), case).text)],
    }
}

/// What the entry said, as one text: what a correction is read against.
pub(crate) fn said(event: &Event, case: &Case) -> String {
    detail(event, case).into_iter().map(|(name, text)| format!("{name}: {text}")).collect::<Vec<_>>().join("\n")
}
