//! `carecert impact`.

use super::{
    Done,
    context::{Context, text_or_stdin},
};
use crate::domain::command::Command;

/// Says what the incident means for patients from now on.
pub(super) fn run(context: &mut Context, case: &str, text: String) -> Done {
    let text = text_or_stdin(text)?;
    let session = context.open(case)?;
    context.record(session, Command::StateImpact { text }.into())
}
