//! What a row of a list or a search stands for.

use crate::{
    domain::{id::EntryId, playbook::StepRef},
    tui::keys::table::ActionId,
};

/// What a row stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Target {
    /// An action.
    Action(ActionId),
    /// A step.
    Step(StepRef),
    /// An entry to go to.
    GoTo(EntryId),
    /// An entry to correct.
    Entry(EntryId),
    /// An entry to mark, or to take the mark off.
    Mark(EntryId),
    /// A question: `PLAYBOOK/QUESTION`.
    Question(String),
    /// A draft, by its place.
    Draft(usize),
    /// A playbook.
    Playbook(String),
    /// A word of the log's filter, to be put in or taken out.
    Word(String),
}
