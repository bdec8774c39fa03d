//! What goes on while one works on: forms whose file is read or written, and the check of the case.

use super::overlays::open_form::OpenForm;
use crate::tui::model::tickets::{Progress, Ticket};

/// What goes on in the background.
#[derive(Clone, Debug, Default)]
pub(crate) struct Jobs {
    /// The forms that wait for their work to end.
    pub(crate) background: Vec<OpenForm>,
    /// The check that runs, and how far it is.
    pub(crate) check: Option<(Ticket, Option<Progress>)>,
}

impl Jobs {
    /// The latest that can be stopped: a form's work, else the check.
    pub(crate) fn latest(&self) -> Option<Ticket> {
        let job = self.background.iter().rev().find_map(OpenForm::job);
        job.or(self.check.as_ref().map(|(check, _)| *check))
    }

    /// Whether the check that runs has this ticket.
    pub(crate) fn is_check(&self, ticket: Ticket) -> bool {
        self.check.as_ref().is_some_and(|(check, _)| *check == ticket)
    }
}
