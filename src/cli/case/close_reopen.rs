//! `carecert close` and `carecert reopen`.

use crate::{
    cli::{context::Context, failure::CommandResult},
    domain::decide::{CloseCase, Command, ReopenCase},
};
use clap::Args;

/// Close a case.
#[derive(Debug, Args)]
pub(crate) struct CloseCommand {
    #[arg(value_name = "CASE")]
    case: String,
    #[arg(long, value_name = "TEXT")]
    why: String,
}

impl CloseCommand {
    pub(crate) fn run(self, context: &mut Context) -> CommandResult {
        let session = context.open_case(&self.case)?;
        context.record(session, Command::Close(CloseCase { why: self.why }).into())
    }
}

/// Reopen a case.
#[derive(Debug, Args)]
pub(crate) struct ReopenCommand {
    #[arg(value_name = "CASE")]
    case: String,
    #[arg(long, value_name = "TEXT")]
    why: String,
}

impl ReopenCommand {
    pub(crate) fn run(self, context: &mut Context) -> CommandResult {
        let session = context.open_case(&self.case)?;
        context.record(session, Command::Reopen(ReopenCase { why: self.why }).into())
    }
}
