//! The bell: once when a deadline comes near, once when it passes.

use super::open_case::OpenCase;
use crate::domain::{
    id::CaseId,
    time::{Now, Time},
    wording::deadline::CLOSE,
};

/// How far a deadline had come when it was last seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Come {
    Far,
    Near,
    Passed,
}

/// What was seen of the deadlines of the open case.
#[derive(Clone, Debug, Default)]
pub(crate) struct Bell {
    case: Option<CaseId>,
    seen: Vec<((Time, String), Come)>,
}

impl Bell {
    /// Takes the time in, and says whether to ring: a deadline has come near, or passed, since it was last looked at.
    /// One that is seen for the first time does not ring for what it is already.
    pub(crate) fn rings(&mut self, screen: Option<&OpenCase>, now: Now) -> bool {
        let Some(screen) = screen else {
            *self = Self::default();
            return false;
        };
        if self.case.as_ref() != Some(&screen.case.id) {
            *self = Self { case: Some(screen.case.id.clone()), seen: Vec::new() };
        }
        let mut rings = false;
        let seen = screen.deadlines.iter().cloned().map(|deadline| {
            let come = match deadline.0.seconds_since(now.at) {
                left if left <= 0 => Come::Passed,
                left if left <= CLOSE => Come::Near,
                _ => Come::Far,
            };
            let before = self.seen.iter().find(|(known, _)| *known == deadline).map(|(_, come)| *come);
            rings |= before.is_some_and(|before| come > before);
            (deadline, before.map_or(come, |before| come.max(before)))
        });
        let seen = seen.collect();
        self.seen = seen;
        rings
    }
}
