//! What undoing an entry comes to: entries that put back what it changed, and one that says that it does not count.

use super::checks::{check_length, known_entry};
use crate::domain::{
    case::{Case, refusal::Refusal, undo::EntryEffect},
    event::{self, Event, correction::UNDONE, said::Undo},
    id::{EntryId, Hash},
    playbook::StepRef,
};

/// Undoes an entry. What later entries changed since stays as they say.
pub(super) fn decide_undo(case: &Case, entry: &EntryId, hash: Hash, why: &str) -> Result<Vec<Event>, Refusal> {
    known_entry(case, entry, hash)?;
    case.undoable(entry)?;
    check_length("the reason", why)?;
    let cite = case.cite(entry);
    let (reason, why) = match why.trim() {
        "" => (format!("undone {cite}"), "no reason was given".to_owned()),
        why => (format!("undone {cite}: {why}"), why.to_owned()),
    };
    let mut events = reverse_entry(case, entry, reason);
    if case.closed && events.iter().any(Event::needs_open_case) {
        return Err(Refusal::Closed);
    }
    events.push(event::RecordCorrected { entry: entry.clone(), hash, text: UNDONE.to_owned(), why }.into());
    Ok(events)
}

/// The entries that put back what `entry` changed, where it is still so.
fn reverse_entry(case: &Case, entry: &EntryId, why: String) -> Vec<Event> {
    let Some((_, effect)) = case.past.get(entry) else { return Vec::new() };
    let counts = case.past.counts(entry, effect);
    let event: Option<Event> = match &effect.undo {
        Undo::Nothing | Undo::Stays { .. } => None,
        Undo::ReopensSteps => return reopen_steps(case, entry, &why),
        Undo::PutsBackSeverity(from) => (counts && *from != case.severity)
            .then(|| event::SeverityChanged { from: case.severity, to: *from, why }.into()),
        Undo::Reopens => (counts && case.closed).then(|| event::CaseReopened { why }.into()),
        Undo::Closes => (counts && !case.closed).then(|| event::CaseClosed { why }.into()),
        Undo::Marks { entry, hash, on } => {
            counts.then(|| event::FollowUpSet { entry: entry.clone(), hash: *hash, on: !on, why }.into())
        }
        Undo::PutsBack(_) => find_former(case, effect).filter(|_| counts).cloned(),
    };
    event.into_iter().collect()
}

/// Opens again what the entry settled, in the playbook where it was done: those that share the step follow.
fn reopen_steps(case: &Case, entry: &EntryId, why: &str) -> Vec<Event> {
    let mut events = Vec::new();
    for plan in &case.plans {
        for (name, progress) in &plan.progress {
            if progress.entry == *entry && progress.through.is_none() {
                let step = StepRef { playbook: plan.playbook.id.clone(), step: name.clone() };
                events.push(event::StepReopened { step, why: why.to_owned() }.into());
            }
        }
    }
    events
}

/// What stood in the place of an entry before it, past entries that were undone themselves.
fn find_former<'a>(case: &'a Case, effect: &'a EntryEffect) -> Option<&'a Event> {
    let mut found = effect.former.as_deref()?;
    while case.undone(&found.0) {
        found = case.past.get(&found.0)?.1.former.as_deref()?;
    }
    Some(&found.1)
}
