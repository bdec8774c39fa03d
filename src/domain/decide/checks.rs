//! What every command's deciding asks for: texts, people, times, entries and steps that are as they should be.

use crate::domain::{
    case::{
        Case,
        refusal::Refusal,
        steps::{StepStatus, StepView},
    },
    id::{EntryId, Hash},
    person::Person,
    playbook::StepRef,
    text::{self, BadText},
    time::Time,
};

/// How far ahead of this machine's clock a stated time may be, seconds: the time that it takes to type it.
const AHEAD: i64 = 60;
/// How far back a stated time may be, minutes: ten years.
const LONG_AGO: i64 = 10 * 366 * DAY;
/// Minutes.
const DAY: i64 = 24 * 60;

/// A person's name, role and organisation, each a line; the name is not empty.
pub(super) fn check_person(person: &Person) -> Result<(), Refusal> {
    check_name("a person's name", &person.name)?;
    for (what, text) in [("a role", &person.role), ("an organisation", &person.organisation)] {
        if !text.is_empty() {
            check_name(what, text)?;
        }
    }
    Ok(())
}

/// A line that is not empty.
pub(super) fn check_name(what: &'static str, given: &str) -> Result<(), Refusal> {
    text::check_name(given).map_err(|why| Refusal::Text { what, why })
}

/// A text of any number of lines that is not empty.
pub(super) fn check_paragraph(what: &'static str, given: &str) -> Result<(), Refusal> {
    text::check_long(given).map_err(|why| Refusal::Text { what, why })
}

/// A text that may be empty.
pub(super) fn check_length(what: &'static str, given: &str) -> Result<(), Refusal> {
    text::check_length(given).map_err(|why| Refusal::Text { what, why })
}

/// The reason for `what`.
pub(super) fn require_reason(what: &str, given: &str) -> Result<String, Refusal> {
    match text::check_long(given) {
        Ok(()) => Ok(given.to_owned()),
        Err(BadText::Empty) => Err(Refusal::Why { what: what.to_owned() }),
        Err(why) => Err(Refusal::Text { what: "the reason", why }),
    }
}

/// A moment that is past, and not longer ago than anyone means.
pub(super) fn check_past(what: &'static str, at: Time, now: Time) -> Result<(), Refusal> {
    if at.seconds_since(now) > AHEAD {
        return Err(Refusal::Future { what, at, now });
    }
    if at < now.plus_minutes(-LONG_AGO) {
        return Err(Refusal::LongAgo { what, at });
    }
    Ok(())
}

/// Acts may have come before the case was opened: since the moment that it states, or within a day otherwise.
pub(super) fn check_not_before_case(case: &Case, what: &'static str, at: Time) -> Result<(), Refusal> {
    let stated = case.occurred.or_else(|| case.opened.map(|opened| opened.plus_minutes(-DAY)));
    match case.aware().into_iter().chain(stated).chain(case.opened).min() {
        Some(began) if at < began => Err(Refusal::BeforeCase { what, at, began }),
        _ => Ok(()),
    }
}

/// Refuses an entry that is not there, or is not the one that was meant.
pub(super) fn known_entry(case: &Case, entry: &EntryId, hash: Hash) -> Result<(), Refusal> {
    match case.hash_of(entry) {
        Some(known) if known == hash => Ok(()),
        _ => Err(Refusal::UnknownEntry { given: case.cite(entry) }),
    }
}

/// How a step stands; refused where no playbook in use has it.
pub(super) fn find_step<'a>(case: &'a Case, step: &StepRef) -> Result<StepView<'a>, Refusal> {
    case.step_view(step).ok_or_else(|| Refusal::UnknownStep {
        given: step.to_string(),
        known: case.steps().map(|point| point.step.id.clone()).collect(),
    })
}

/// What the step needs and is open, where a reason says why it is done all the same.
pub(super) fn check_needs(point: &StepView<'_>, why: &str) -> Result<Vec<String>, Refusal> {
    let unmet = point.unmet();
    check_length("the reason", why)?;
    if !unmet.is_empty() && why.trim().is_empty() {
        return Err(Refusal::Early { step: point.title(), unmet: point.unmet_titles() });
    }
    if point.status == StepStatus::Closed && why.trim().is_empty() {
        return Err(Refusal::Why { what: format!("{:?}, which an earlier choice closed,", point.title()) });
    }
    Ok(unmet)
}

/// A settled step is done again only with a reason; one that recurs is done again as a matter of course.
pub(super) fn check_again(point: &StepView<'_>, why: &str) -> Result<(), Refusal> {
    let state = match point.status {
        StepStatus::Done => "done",
        StepStatus::Skipped => "skipped",
        StepStatus::Ready
        | StepStatus::Started
        | StepStatus::Waiting(_)
        | StepStatus::Repeats
        | StepStatus::Blocked(_)
        | StepStatus::Closed => return Ok(()),
    };
    match why.trim() {
        "" => Err(refuse_as_already(point, state)),
        _ => Ok(()),
    }
}

/// The refusal of what was done already, saying by whom.
pub(super) fn refuse_as_already(point: &StepView<'_>, state: &'static str) -> Refusal {
    let by = point.progress.map_or_else(String::new, |progress| format!(", by {}", progress.by.name));
    Refusal::Already { step: point.title(), state, by }
}

/// The refusal of an act that is for steps of another kind.
pub(super) fn not_of_kind(point: &StepView<'_>, wanted: &'static str) -> Refusal {
    Refusal::NotOfKind { step: point.name().step, kind: point.step.kind.word(), wanted }
}
