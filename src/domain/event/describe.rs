//! Entries in a sentence, as the log, the reports and the timelines say them. The text is as recorded: whoever
//! shows it makes it safe.

use super::Event;
use crate::domain::{
    case::{Case, undo::UNDONE},
    indicator,
    record::Record,
    time::Time,
    wording::{duration::clock_difference, number::size},
};

/// What kind of entry this is, in a word or two for people.
pub fn label(event: &Event) -> &'static str {
    match event {
        Event::CaseOpened(_) => "opened",
        Event::CaseAmended(_) => "amended",
        Event::SeverityChanged(_) => "severity",
        Event::CaseClosed(_) => "closed",
        Event::CaseReopened(_) => "reopened",
        Event::ResponderJoined(_) => "joined",
        Event::PlaybookAttached(_) => "playbook",
        Event::PlaybookUpdated(_) => "playbook",
        Event::AnswerGiven(_) => "answer",
        Event::ApprovalGiven(given) if given.agreed => "agreed",
        Event::ApprovalGiven(_) => "refused",
        Event::CommandReported(run) if run.succeeded => "ran",
        Event::CommandReported(_) => "failed",
        Event::StepStarted(_) => "started",
        Event::StepDone(_) => "done",
        Event::StepSkipped(_) => "skipped",
        Event::StepBlocked(_) => "blocked",
        Event::StepReopened(_) => "step reopened",
        Event::DecisionMade(_) => "decision",
        Event::Note(_) => "note",
        Event::EvidenceAdded(_) => "evidence",
        Event::NotificationMade(_) => "told",
        Event::ClockStarted(_) => "clock started",
        Event::ClockMet(_) => "duty met",
        Event::ClockWaived(_) => "duty waived",
        Event::ClockChecked(_) => "clock checked",
        Event::ClockJumped(_) => "clock jumped",
        Event::RecordCorrected(_) => "correction",
        Event::ExportMade(_) => "export",
        Event::EntriesMissing(_) => "ENTRIES LOST",
        Event::DamageSeen(seen) if seen.mended => "damage mended",
        Event::DamageSeen(_) => "DAMAGE",
        Event::FollowUpSet(set) if set.on => "follow up",
        Event::FollowUpSet(_) => "followed up",
        Event::AssetNoted(_) => "asset",
        Event::IndicatorNoted(_) => "indicator",
        Event::ContactNoted(_) => "contact",
        Event::ImpactStated(_) => "patients",
        Event::DecisionCountersigned(_) => "confirmed",
        Event::HandoverMade(_) => "handover",
        Event::Unknown { .. } => "unknown",
    }
}

/// The entry in a sentence, without its kind.
pub fn headline(case: &Case, record: &Record) -> String {
    match &record.event {
        Event::CaseOpened(opened) => {
            let exercise = if opened.exercise { "EXERCISE: " } else { "" };
            format!("{exercise}{} ({}, {})", opened.title, opened.severity, opened.tlp)
        }
        Event::CaseAmended(amended) => {
            let title = amended.title.as_ref().map(|title| format!("title: {title}"));
            let summary = amended.summary.as_ref().map(|summary| format!("summary: {summary}"));
            let tlp = amended.tlp.map(|tlp| tlp.to_string());
            title.into_iter().chain(summary).chain(tlp).collect::<Vec<_>>().join("; ")
        }
        Event::SeverityChanged(changed) => format!("{} to {}: {}", changed.from, changed.to, changed.why),
        Event::CaseClosed(closed) => closed.why.clone(),
        Event::CaseReopened(reopened) => reopened.why.clone(),
        Event::ResponderJoined(joined) => joined.responder.label(),
        Event::PlaybookAttached(attached) => {
            let playbook = &attached.playbook;
            format!("{} (version {}, {})", playbook.title, playbook.version, attached.origin)
        }
        Event::PlaybookUpdated(updated) => {
            let (playbook, from) = (&updated.playbook, &updated.from);
            let changes =
                if updated.changes.is_empty() { String::new() } else { format!(": {}", updated.changes.join("; ")) };
            let why = if updated.why.is_empty() { String::new() } else { format!(". \"{}\"", updated.why) };
            format!("{} goes on with version {} in place of {from}{changes}{why}", playbook.title, playbook.version)
        }
        Event::AnswerGiven(given) => {
            let why = if given.why.is_empty() { String::new() } else { format!(" ({})", given.why) };
            format!("{} {}{why}", given.ask, given.words)
        }
        Event::ApprovalGiven(given) => {
            let how = if given.agreed { "agrees" } else { "does not agree" };
            let means = if given.means.is_empty() { String::new() } else { format!(", by {}", given.means) };
            let asked = format!("{} {} {how}{means}", given.question, given.person.label());
            format!("{}{}", with(&asked, &given.words), before(&given.unmet))
        }
        Event::CommandReported(run) => {
            let how = if run.succeeded { "did what it should" } else { "failed" };
            let ran = format!("{} on {}: `{}` {how}", step_title(case, record), run.system.word(), run.argv.join(" "));
            format!("{}{}", with(&ran, &run.outcome), before(&run.unmet))
        }
        Event::StepStarted(started) => with(&step_title(case, record), &started.note),
        Event::StepDone(done) => {
            let early = before(&done.unmet);
            let why = if done.why.is_empty() { String::new() } else { format!("; {}", done.why) };
            format!("{}{early}{why}", with(&step_title(case, record), &done.note))
        }
        Event::StepSkipped(skipped) => with(&step_title(case, record), &skipped.why),
        Event::StepBlocked(blocked) => with(&step_title(case, record), &blocked.why),
        Event::StepReopened(reopened) => with(&step_title(case, record), &reopened.why),
        Event::DecisionMade(made) => {
            let (label, why, by) = (&made.label, &made.rationale, made.decided_by.label());
            format!("{} {label}. \"{why}\" (decided by {by}){}", made.question, before(&made.unmet))
        }
        Event::Note(note) => note.text.clone(),
        Event::EvidenceAdded(added) => {
            let kept = if added.copied { "" } else { ", by reference" };
            with(&format!("{} ({}{kept})", added.name, size(added.size)), &added.about)
        }
        Event::NotificationMade(made) => {
            let means = if made.means.is_empty() { String::new() } else { format!(" by {}", made.means) };
            let reference =
                if made.reference.is_empty() { String::new() } else { format!(", reference {}", made.reference) };
            with(&format!("{}{means}{reference}", made.to), &made.text)
        }
        Event::ClockStarted(started) => {
            let by = started.deadline.map_or_else(|| "without undue delay".into(), |at| format!("by {}", utc(at)));
            with(&format!("{}: aware {}, {by}", started.duty.title, utc(started.aware)), &started.basis)
        }
        Event::ClockMet(met) => {
            let reference = if met.reference.is_empty() { &met.note } else { &met.reference };
            with(&duty_title(case, &met.duty), reference)
        }
        Event::ClockWaived(waived) => with(&duty_title(case, &waived.duty), &waived.why),
        Event::ClockChecked(checked) => {
            format!("this machine is {} against {}", clock_difference(checked.ahead_ms), checked.reference)
        }
        Event::ClockJumped(jumped) => format!("this machine's clock jumped: now {}", clock_difference(jumped.by_ms)),
        Event::RecordCorrected(undone) if undone.text == UNDONE => {
            format!("{} is undone and does not count: {}", case.cite(&undone.entry), undone.why)
        }
        Event::RecordCorrected(corrected) => {
            format!("{} is wrong ({}). Right: {}", case.cite(&corrected.entry), corrected.why, corrected.text)
        }
        Event::ExportMade(made) => {
            format!("{} {} ({}, {} entries, seal {})", made.format, made.name, size(made.size), made.records, made.seal)
        }
        Event::DamageSeen(seen) => seen.what.clone(),
        Event::EntriesMissing(missing) => format!(
            "entries {} to {} of this log were recorded and are no longer in the case file; damaged files are in {}",
            missing.after + 1,
            missing.last,
            missing.kept
        ),
        Event::FollowUpSet(_)
        | Event::AssetNoted(_)
        | Event::IndicatorNoted(_)
        | Event::ContactNoted(_)
        | Event::ImpactStated(_)
        | Event::DecisionCountersigned(_)
        | Event::HandoverMade(_) => picture(case, &record.event),
        Event::Unknown { kind, version, .. } => {
            format!("an entry of type {kind} version {version}, from a newer carecert")
        }
    }
}

/// The same for what paints the picture.
fn picture(case: &Case, event: &Event) -> String {
    match event {
        Event::FollowUpSet(set) => {
            let again = if set.on { "is to be looked at again" } else { "was looked at again" };
            with(&format!("{} {again}", case.cite(&set.entry)), &set.why)
        }
        Event::AssetNoted(asset) => {
            let (name, kind, importance, state) = (&asset.name, asset.kind, asset.importance, asset.state);
            with(&format!("{name} ({kind}, importance {importance}) is {state}"), &asset.about)
        }
        Event::IndicatorNoted(found) => {
            let source = if found.source.is_empty() { String::new() } else { format!(" (from {})", found.source) };
            with(&format!("{} {}{source}", found.kind, indicator::defang(found.kind, &found.value)), &found.about)
        }
        Event::ContactNoted(contact) => {
            let parts = [&contact.name, &contact.role, &contact.organisation].map(String::as_str);
            let who = parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ");
            let about = if contact.about.is_empty() { String::new() } else { format!(" ({})", contact.about) };
            format!("{}{about}", with(&who, &contact.reach))
        }
        Event::ImpactStated(stated) => stated.text.clone(),
        Event::DecisionCountersigned(signed) => {
            let means = if signed.means.is_empty() { String::new() } else { format!(", by {}", signed.means) };
            let (cite, who) = (case.cite(&signed.entry), signed.person.label());
            with(&format!("{who} confirms what {cite} says{means}"), &signed.words)
        }
        Event::HandoverMade(made) => {
            format!("to {} at seal {}: {}", made.to.label(), made.seal, made.text)
        }
        _ => String::new(),
    }
}

/// A title, and what was said about it.
fn with(title: &str, said: &str) -> String {
    if said.trim().is_empty() { title.to_owned() } else { format!("{title}: {said}") }
}

fn before(unmet: &[String]) -> String {
    if unmet.is_empty() { String::new() } else { format!(" [before: {}]", unmet.join(", ")) }
}

fn step_title(case: &Case, record: &Record) -> String {
    let Some(step) = record.event.step() else { return String::new() };
    case.step_title(step)
}

fn duty_title(case: &Case, duty: &str) -> String {
    case.duty(duty).map_or_else(|| duty.to_owned(), |duty| duty.title.clone())
}

fn utc(at: Time) -> String {
    at.utc().format("%Y-%m-%d %H:%M UTC").to_string()
}
