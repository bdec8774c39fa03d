//! What undoing an entry comes to: entries that put back what it changed, and one that says that it does not count.

use super::{length, subjects::known};
use crate::domain::{
    case::{
        Case, Noted,
        refusal::Refusal,
        undo::{Deed, UNDONE},
    },
    event::{self, Event},
    id::{EntryId, Hash},
    playbook::StepRef,
};

/// Undoes an entry. What later entries changed since stays as they say.
pub(super) fn undo(case: &Case, entry: &EntryId, hash: Hash, why: &str) -> Result<Vec<Event>, Refusal> {
    known(case, entry, hash)?;
    case.undoable(entry)?;
    length("the reason", why)?;
    let cite = case.cite(entry);
    let (reason, why) = match why.trim() {
        "" => (format!("undone {cite}"), "no reason was given".to_owned()),
        why => (format!("undone {cite}: {why}"), why.to_owned()),
    };
    let mut events = reversal(case, entry, reason);
    let carries_on = |event: &Event| {
        matches!(
            event,
            Event::StepReopened(_) | Event::SeverityChanged(_) | Event::AssetNoted(_) | Event::ImpactStated(_)
        )
    };
    if case.closed && events.iter().any(carries_on) {
        return Err(Refusal::Closed);
    }
    events.push(event::RecordCorrected { entry: entry.clone(), hash, text: UNDONE.to_owned(), why }.into());
    Ok(events)
}

/// The entries that put back what `entry` changed, where it is still so.
fn reversal(case: &Case, entry: &EntryId, why: String) -> Vec<Event> {
    let Some((_, deed)) = case.past.get(entry) else { return Vec::new() };
    let event: Option<Event> = match deed {
        Deed::Said | Deed::Lasting(..) => None,
        Deed::Step => return steps(case, entry, &why),
        Deed::Severity(from) => (case.past.severity.as_ref() == Some(entry) && *from != case.severity)
            .then(|| event::SeverityChanged { from: case.severity, to: *from, why }.into()),
        Deed::Closed => (ended_by(case, entry) && case.closed).then(|| event::CaseReopened { why }.into()),
        Deed::Reopened => (ended_by(case, entry) && !case.closed).then(|| event::CaseClosed { why }.into()),
        Deed::Marked(marked, hash, on) => (case.past.marks.get(marked) == Some(entry))
            .then(|| event::FollowUpSet { entry: marked.clone(), hash: *hash, on: !on, why }.into()),
        Deed::Asset(_) => case
            .assets
            .iter()
            .any(|asset| asset.entry == *entry)
            .then(|| before(case, entry, |deed| if let Deed::Asset(former) = deed { former.as_deref() } else { None }))
            .flatten()
            .map(|former| former.what.clone().into()),
        Deed::Contact(_) => case
            .contacts
            .iter()
            .any(|contact| contact.entry == *entry)
            .then(|| {
                before(case, entry, |deed| if let Deed::Contact(former) = deed { former.as_deref() } else { None })
            })
            .flatten()
            .map(|former| former.what.clone().into()),
        Deed::Impact(_) => former_impact(case, entry).map(|text| event::ImpactStated { text }.into()),
    };
    event.into_iter().collect()
}

fn ended_by(case: &Case, entry: &EntryId) -> bool {
    case.past.ended.as_ref() == Some(entry)
}

/// Opens again what the entry settled, in the playbook where it was done: those that share the step follow.
fn steps(case: &Case, entry: &EntryId, why: &str) -> Vec<Event> {
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

/// What stood before `entry`, past entries that were undone themselves.
fn before<'a, T>(
    case: &'a Case,
    entry: &EntryId,
    former: impl Fn(&'a Deed) -> Option<&'a Noted<T>>,
) -> Option<&'a Noted<T>> {
    let mut found = former(case.past.get(entry)?.1)?;
    while case.undone(&found.entry) {
        found = former(case.past.get(&found.entry)?.1)?;
    }
    Some(found)
}

fn former_impact(case: &Case, entry: &EntryId) -> Option<String> {
    case.impact.as_ref().filter(|impact| impact.entry == *entry)?;
    let former = |entry: &EntryId| match case.past.get(entry)?.1 {
        Deed::Impact(former) => former.as_deref(),
        _ => None,
    };
    let mut found = former(entry)?;
    while case.undone(&found.0) {
        found = former(&found.0)?;
    }
    Some(found.1.clone())
}
