//! `carecert impact`.

use crate::{
    cli::{
        Done,
        context::{Context, text_or_stdin},
    },
    domain::decide::command::{Command, StateImpact},
};

/// Says what the incident means for patients from now on.
pub(crate) fn run(context: &mut Context, case: &str, text: String) -> Done {
    let text = text_or_stdin(text)?;
    let session = context.open(case)?;
    context.record(session, Command::StateImpact(StateImpact { text }).into())
}
