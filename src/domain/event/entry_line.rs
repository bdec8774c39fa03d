//! What an entry says, in a line: the words of [`super::summary`], which the index keeps too.

pub(crate) use super::summary::{duty, summary};
use crate::domain::{case::Case, playbook::StepRef};

/// A step's title, or its name where no playbook of the case has it.
pub(crate) fn step_title(case: &Case, step: &StepRef) -> String {
    case.step_title(step)
}
