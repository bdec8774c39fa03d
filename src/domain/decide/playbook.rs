//! To use a playbook.

use super::{Ask, checks::check_length};
use crate::domain::{
    case::{Case, refusal::Refusal},
    duty::Duty,
    event::{self, Event},
    id::Hash,
    playbook::{Playbook, difference::list_differences},
    time::Time,
};

/// A playbook to attach, with the exact text that it was read from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attach {
    /// The exact RON text.
    pub source: String,
    /// `built-in`, or the file that it was read from.
    pub origin: String,
    /// What was read.
    pub playbook: Playbook,
    /// The duties that it may start.
    pub duties: Vec<Duty>,
    /// Why another version takes the place of one in use; may be empty.
    pub why: String,
}

/// Use a playbook, or go on with another version of one that is in use.
impl Ask for Attach {
    const NEEDS_OPEN_CASE: bool = true;
    const STATES_AN_ACT: bool = false;

    fn decide(&self, case: &Case, _: Time) -> Result<Vec<Event>, Refusal> {
        let Self { source, origin, playbook, duties, why } = self.clone();
        let sha256 = Hash::of(source.as_bytes());
        let Some(plan) = case.plan(&playbook.id) else {
            return Ok(vec![event::PlaybookAttached { source, sha256, origin, playbook, duties }.into()]);
        };
        if plan.source == source && plan.duties == duties {
            return Err(Refusal::Attached { id: playbook.id });
        }
        check_length("the reason", &why)?;
        let (from, mut changes) = (plan.playbook.version.clone(), list_differences(&plan.playbook, &playbook));
        let renewed = duties.iter().filter(|duty| !plan.duties.contains(duty));
        changes.extend(renewed.map(|duty| format!("duty {}: as it stands now", duty.id)));
        Ok(vec![event::PlaybookUpdated { source, sha256, origin, playbook, duties, from, changes, why }.into()])
    }
}
