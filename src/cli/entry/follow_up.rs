//! `carecert follow-up`.

use crate::{
    cli::{context::Context, failure::CommandResult, references::find_entry},
    domain::decide::{Command, MarkEntry},
};
use clap::Args;

/// Mark an entry as one to be looked at again, or take the mark off.
#[derive(Debug, Args)]
pub(crate) struct FollowUpCommand {
    #[arg(value_name = "CASE")]
    case: String,
    /// The entry, such as A17.
    #[arg(value_name = "ENTRY")]
    entry: String,
    /// What is to be looked at, or what came of it.
    #[arg(long, value_name = "TEXT", default_value = "", hide_default_value = true)]
    why: String,
    /// It was looked at: take the mark off.
    #[arg(long)]
    done: bool,
}

impl FollowUpCommand {
    pub(crate) fn run(self, context: &mut Context) -> CommandResult {
        let session = context.open_case(&self.case)?;
        let (entry, hash) = find_entry(session.case(), &self.entry)?;
        let mark = MarkEntry { entry, hash, on: !self.done, why: self.why };
        context.record(session, Command::FollowUp(mark).into())
    }
}
