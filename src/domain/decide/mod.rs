//! What a command comes to in this case: events, or a refusal that says what would work.

pub mod command;
mod step;
#[cfg(test)]
pub(crate) mod subject_tests;
mod subjects;
mod undo;

use crate::domain::{
    case::{
        Case, Clock, ClockState,
        refusal::Refusal,
        steps::{Standing, Standpoint},
    },
    event::{self, Event, correction::UNDONE},
    id::{EntryId, Hash},
    marking::Tlp,
    person::Person,
    playbook::{Kind, StepRef, difference::difference},
    text::{self, BadText},
    time::Time,
};
use command::{Attach, Command, Item};

/// How far ahead of this machine's clock a stated time may be, seconds: the time that it takes to type it.
const AHEAD: i64 = 60;
/// How far back a stated time may be, minutes: ten years.
const LONG_AGO: i64 = 10 * 366 * DAY;
/// Minutes.
const DAY: i64 = 24 * 60;

/// Decides what `command` comes to at `now`, for something that happened at `occurred` (UTC), where that was
/// not now. An empty list means that what is asked for is so already.
pub fn decide(case: &Case, command: &Command, occurred: Option<Time>, now: Time) -> Result<Vec<Event>, Refusal> {
    if matches!(command, Command::Open { .. }) && case.opened.is_some() {
        return Err(Refusal::AlreadyOpened);
    }
    if let Some(at) = occurred {
        past("the time it happened", at, now)?;
        if acts(command) {
            not_before(case, "the time it happened", at)?;
        }
    }
    if case.closed && changes(command) {
        return Err(Refusal::Closed);
    }
    one(case, command, now)
}

/// Whether the command says that a responder did something in this case.
fn acts(command: &Command) -> bool {
    matches!(
        command,
        Command::Step { .. }
            | Command::Answer { .. }
            | Command::Approve { .. }
            | Command::Report { .. }
            | Command::Decide { .. }
            | Command::Notify { .. }
            | Command::MeetClock { .. }
            | Command::Countersign { .. }
            | Command::HandOver { .. }
            | Command::Close { .. }
            | Command::Reopen { .. }
    )
}

/// Whether the command carries the incident on, which a closed case does not.
fn changes(command: &Command) -> bool {
    matches!(
        command,
        Command::Step { .. }
            | Command::Answer { .. }
            | Command::Approve { .. }
            | Command::Report { .. }
            | Command::Decide { .. }
            | Command::Attach(_)
            | Command::SetSeverity { .. }
            | Command::StartClock { .. }
            | Command::NoteAsset(_)
            | Command::StateImpact { .. }
            | Command::HandOver { .. }
            | Command::Close { .. }
    )
}

fn one(case: &Case, command: &Command, now: Time) -> Result<Vec<Event>, Refusal> {
    Ok(match command {
        Command::Open { title, severity, tlp, exercise } => {
            name("the title", title)?;
            let (title, severity, tlp) = (title.clone(), *severity, *tlp);
            vec![event::CaseOpened { title, severity, tlp, exercise: *exercise }.into()]
        }
        Command::Amend { title, summary, tlp } => amend(case, title.as_ref(), summary.as_ref(), *tlp)?,
        Command::SetSeverity { to, .. } if *to == case.severity => {
            return Err(Refusal::Same { what: "the severity" });
        }
        Command::SetSeverity { to, why } => {
            let why = reason("a change of severity", why)?;
            vec![event::SeverityChanged { from: case.severity, to: *to, why }.into()]
        }
        Command::Close { why } => vec![event::CaseClosed { why: reason("closing the case", why)? }.into()],
        Command::Reopen { .. } if !case.closed => return Err(Refusal::NotClosed),
        Command::Reopen { why } => vec![event::CaseReopened { why: reason("reopening the case", why)? }.into()],
        Command::Join { responder } => join(case, responder)?,
        Command::Attach(attach) => vec![attach_playbook(case, attach)?],
        Command::Step { step, act } => step::act(case, step, act)?,
        Command::Answer { question, given, why } => vec![step::answer(case, question, given, why)?],
        Command::Approve { .. } => vec![step::approval(case, command)?],
        Command::Report { .. } => vec![step::report(case, command)?],
        Command::Decide { step, question, choice, rationale, decided_by } => {
            vec![step::decision(case, step.as_ref(), question, choice, rationale, decided_by)?]
        }
        Command::Note { text } => {
            long("the note", text)?;
            vec![event::Note { text: text.clone() }.into()]
        }
        Command::AddEvidence { item, step } => vec![evidence(case, item, step.as_ref())?],
        Command::Notify { .. } => notification(case, command)?,
        Command::StartClock { duty, aware, basis } => vec![start_clock(case, duty, *aware, basis, now)?],
        Command::MeetClock { duty, reference, note, text } => {
            running(case, duty)?;
            length("the reference", reference)?;
            length("the note", note)?;
            length("the text", text)?;
            let (duty, reference, note, text) = (duty.clone(), reference.clone(), note.clone(), text.clone());
            vec![event::ClockMet { duty, reference, note, text }.into()]
        }
        Command::WaiveClock { duty, why } => {
            running(case, duty)?;
            vec![event::ClockWaived { duty: duty.clone(), why: reason("waiving a duty", why)? }.into()]
        }
        Command::CheckClock(checked) => {
            name("the reference", &checked.reference)?;
            vec![checked.clone().into()]
        }
        Command::ClockJump(jumped) => vec![jumped.clone().into()],
        Command::Correct { entry, hash, text, why } => {
            if case.head(&entry.console).seq < entry.seq || entry.seq == 0 {
                return Err(Refusal::UnknownEntry { given: case.cite(entry) });
            }
            // These words are those of an undoing: whoever means them undoes.
            if text.trim() == UNDONE {
                return undo::undo(case, entry, *hash, why);
            }
            case.correctable(entry)?;
            long("the correction", text)?;
            let (entry, text, why) = (entry.clone(), text.clone(), reason("a correction", why)?);
            vec![event::RecordCorrected { entry, hash: *hash, text, why }.into()]
        }
        Command::Undo { entry, hash, why } => undo::undo(case, entry, *hash, why)?,
        Command::FollowUp { .. }
        | Command::NoteAsset(_)
        | Command::NoteIndicator(_)
        | Command::NoteIndicators(_)
        | Command::NoteContact(_)
        | Command::StateImpact { .. }
        | Command::Countersign { .. }
        | Command::HandOver { .. } => subjects::decide(case, command)?,
        Command::Exported(made) => vec![made.clone().into()],
        Command::Missing(missing) => vec![missing.clone().into()],
        Command::SeeDamage(seen) => vec![seen.clone().into()],
    })
}

fn amend(
    case: &Case,
    title: Option<&String>,
    summary: Option<&String>,
    tlp: Option<Tlp>,
) -> Result<Vec<Event>, Refusal> {
    let title = title.filter(|title| **title != case.title);
    let summary = summary.filter(|summary| **summary != case.summary);
    let tlp = tlp.filter(|tlp| *tlp != case.tlp);
    if let Some(title) = title {
        name("the title", title)?;
    }
    if let Some(summary) = summary {
        length("the summary", summary)?;
    }
    if title.is_none() && summary.is_none() && tlp.is_none() {
        return Err(Refusal::Same { what: "all of that" });
    }
    Ok(vec![event::CaseAmended { title: title.cloned(), summary: summary.cloned(), tlp }.into()])
}

fn join(case: &Case, responder: &Person) -> Result<Vec<Event>, Refusal> {
    if case.people.contains(responder) {
        return Ok(Vec::new());
    }
    person(responder)?;
    Ok(vec![event::ResponderJoined { responder: responder.clone() }.into()])
}

fn attach_playbook(case: &Case, attach: &Attach) -> Result<Event, Refusal> {
    let Attach { source, origin, playbook, duties, why } = attach.clone();
    let sha256 = Hash::of(source.as_bytes());
    let Some(plan) = case.plan(&playbook.id) else {
        return Ok(event::PlaybookAttached { source, sha256, origin, playbook, duties }.into());
    };
    if plan.source == source && plan.duties == duties {
        return Err(Refusal::Attached { id: playbook.id });
    }
    length("the reason", &why)?;
    let (from, mut changes) = (plan.playbook.version.clone(), difference(&plan.playbook, &playbook));
    changes.extend(
        duties
            .iter()
            .filter(|duty| !plan.duties.contains(duty))
            .map(|duty| format!("duty {}: as it stands now", duty.id)),
    );
    Ok(event::PlaybookUpdated { source, sha256, origin, playbook, duties, from, changes, why }.into())
}

fn evidence(case: &Case, item: &Item, step: Option<&StepRef>) -> Result<Event, Refusal> {
    long("the name of the evidence", &item.name)?;
    length("what it shows", &item.about)?;
    length("the source", &item.source)?;
    if let Some(step) = step {
        standpoint(case, step)?;
    }
    let Item { name, sha256, size, copied, origin, source, about, modified } = item.clone();
    Ok(event::EvidenceAdded { name, sha256, size, copied, origin, source, about, modified, step: step.cloned() }.into())
}

fn notification(case: &Case, command: &Command) -> Result<Vec<Event>, Refusal> {
    let Command::Notify { step, duty, to, means, reference, text, why } = command else { return Ok(Vec::new()) };
    name("whom you told", to)?;
    length("the means", means)?;
    length("the reference", reference)?;
    length("the text", text)?;
    let mut duty = duty.clone();
    let mut unmet = Vec::new();
    if let Some(step) = step {
        let point = standpoint(case, step)?;
        unmet = early(&point, why)?;
        step::again(&point, why)?;
        if let (None, Kind::Notify { duty: own, .. }) = (&duty, &point.step.kind) {
            duty.clone_from(own);
        }
    } else if case.closed && duty.is_none() {
        return Err(Refusal::Closed);
    }
    if let Some(duty) = &duty {
        known_duty(case, duty)?;
    }
    let runs = duty.as_ref().is_some_and(|duty| running(case, duty).is_ok());
    let met = duty.clone().filter(|_| runs).map(|duty| {
        let (reference, note) = (reference.clone(), format!("told {to}"));
        event::ClockMet { duty, reference, note, text: String::new() }.into()
    });
    let made = event::NotificationMade {
        step: step.clone(),
        duty,
        to: to.clone(),
        means: means.clone(),
        reference: reference.clone(),
        text: text.clone(),
        unmet,
    };
    Ok(std::iter::once(made.into()).chain(met).collect())
}

fn start_clock(case: &Case, duty: &str, aware: Time, basis: &str, now: Time) -> Result<Event, Refusal> {
    let known = known_duty(case, duty)?;
    startable(case, duty, aware, basis)?;
    past("the moment of awareness", aware, now)?;
    length("what it rests on", basis)?;
    let (deadline, basis) = (known.deadline(aware), basis.to_owned());
    Ok(event::ClockStarted { duty: known.clone(), aware, deadline, basis }.into())
}

/// A clock that ran is not started anew without a word: only to run on, or for something that came to light later.
fn startable(case: &Case, duty: &str, aware: Time, basis: &str) -> Result<(), Refusal> {
    let refused = |state, entry, hint| {
        let entry = format!(" ({})", case.cite(entry));
        Err(Refusal::Clock { duty: duty.to_owned(), state, entry, hint })
    };
    let hint = "start it with the same awareness to let it run on, or say what a later awareness rests on";
    let said = !basis.trim().is_empty();
    match case.clock(duty) {
        Some(clock) if clock.state == ClockState::Running => {
            refused("is running already", &clock.entry, "look at the clocks to see how it stands")
        }
        Some(clock) if aware == clock.aware || (aware > clock.aware && said) => Ok(()),
        Some(clock) if clock.state == ClockState::Met => refused("is met already", &clock.entry, hint),
        Some(clock) => refused("is waived already", &clock.entry, hint),
        None => match case.told(duty).filter(|_| !said) {
            Some(told) => refused(
                "was told already",
                &told.entry,
                "say what the awareness rests on, to start its clock all the same",
            ),
            None => Ok(()),
        },
    }
}

fn known_duty<'a>(case: &'a Case, duty: &str) -> Result<&'a super::duty::Duty, Refusal> {
    case.duty(duty).ok_or_else(|| Refusal::UnknownDuty {
        given: duty.to_owned(),
        known: case.duties().into_iter().map(|duty| duty.id.clone()).collect(),
    })
}

fn running<'a>(case: &'a Case, duty: &str) -> Result<&'a Clock, Refusal> {
    known_duty(case, duty)?;
    let hint = "look at the clocks to see how it stands";
    let refused = |state, entry: Option<&EntryId>| {
        let entry = entry.map_or_else(String::new, |entry| format!(" ({})", case.cite(entry)));
        Refusal::Clock { duty: duty.to_owned(), state, entry, hint }
    };
    match case.clock(duty) {
        None => match case.told(duty) {
            Some(told) => Err(refused("was told already", Some(&told.entry))),
            None => Err(refused("was not started", None)),
        },
        Some(Clock { state: ClockState::Met, entry, .. }) => Err(refused("is met already", Some(entry))),
        Some(Clock { state: ClockState::Waived, entry, .. }) => Err(refused("is waived already", Some(entry))),
        Some(clock) => Ok(clock),
    }
}

pub(super) fn standpoint<'a>(case: &'a Case, step: &StepRef) -> Result<Standpoint<'a>, Refusal> {
    case.standpoint(step).ok_or_else(|| Refusal::UnknownStep {
        given: step.to_string(),
        known: case.steps().map(|point| point.step.id.clone()).collect(),
    })
}

/// What the step needs and is open, where a reason says why it is done all the same.
pub(super) fn early(point: &Standpoint<'_>, why: &str) -> Result<Vec<String>, Refusal> {
    let unmet = point.unmet();
    length("the reason", why)?;
    if !unmet.is_empty() && why.trim().is_empty() {
        return Err(Refusal::Early { step: point.title(), unmet: point.needs() });
    }
    if point.standing == Standing::Closed && why.trim().is_empty() {
        return Err(Refusal::Why { what: format!("{:?}, which an earlier choice closed,", point.title()) });
    }
    Ok(unmet)
}

fn past(what: &'static str, at: Time, now: Time) -> Result<(), Refusal> {
    if at.seconds_since(now) > AHEAD {
        return Err(Refusal::Future { what, at, now });
    }
    if at < now.plus_minutes(-LONG_AGO) {
        return Err(Refusal::LongAgo { what, at });
    }
    Ok(())
}

/// Acts may have come before the case was opened: since the moment that it states, or within a day otherwise.
fn not_before(case: &Case, what: &'static str, at: Time) -> Result<(), Refusal> {
    let stated = case.occurred.or_else(|| case.opened.map(|opened| opened.plus_minutes(-DAY)));
    match case.aware().into_iter().chain(stated).chain(case.opened).min() {
        Some(began) if at < began => Err(Refusal::BeforeCase { what, at, began }),
        _ => Ok(()),
    }
}

pub(super) fn person(person: &Person) -> Result<(), Refusal> {
    name("a person's name", &person.name)?;
    for (what, text) in [("a role", &person.role), ("an organisation", &person.organisation)] {
        if !text.is_empty() {
            name(what, text)?;
        }
    }
    Ok(())
}

pub(super) fn name(what: &'static str, given: &str) -> Result<(), Refusal> {
    text::check_name(given).map_err(|why| Refusal::Text { what, why })
}

pub(super) fn long(what: &'static str, given: &str) -> Result<(), Refusal> {
    text::check_long(given).map_err(|why| Refusal::Text { what, why })
}

pub(super) fn length(what: &'static str, given: &str) -> Result<(), Refusal> {
    text::check_length(given).map_err(|why| Refusal::Text { what, why })
}

pub(super) fn reason(what: &str, given: &str) -> Result<String, Refusal> {
    match text::check_long(given) {
        Ok(()) => Ok(given.to_owned()),
        Err(BadText::Empty) => Err(Refusal::Why { what: what.to_owned() }),
        Err(why) => Err(Refusal::Text { what: "the reason", why }),
    }
}
