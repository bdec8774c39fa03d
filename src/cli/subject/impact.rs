//! `carecert impact`.

use crate::{
    cli::{
        context::{Context, read_text_or_stdin},
        failure::CommandResult,
    },
    domain::decide::{Command, StateImpact},
};
use clap::Args;

/// Say what the incident means for patients from now on.
#[derive(Debug, Args)]
pub(crate) struct ImpactCommand {
    #[arg(value_name = "CASE")]
    case: String,
    /// In words, or - for standard input.
    #[arg(value_name = "TEXT", allow_hyphen_values = true)]
    text: String,
}

impl ImpactCommand {
    pub(crate) fn run(self, context: &mut Context) -> CommandResult {
        let text = read_text_or_stdin(self.text)?;
        let session = context.open_case(&self.case)?;
        context.record(session, Command::StateImpact(StateImpact { text }).into())
    }
}
