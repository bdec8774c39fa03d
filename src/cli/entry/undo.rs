//! `carecert undo`.

use crate::{
    cli::{context::Context, failure::CommandResult, references::find_entry},
    domain::decide::{Command, UndoEntry},
};
use clap::Args;

/// Undo an entry: it stays, is said not to count, and what it changed is put back where that can be.
#[derive(Debug, Args)]
pub(crate) struct UndoCommand {
    #[arg(value_name = "CASE")]
    case: String,
    /// The entry, such as A17.
    #[arg(value_name = "ENTRY")]
    entry: String,
    /// The reason.
    #[arg(long, value_name = "TEXT", default_value = "", hide_default_value = true)]
    why: String,
}

impl UndoCommand {
    pub(crate) fn run(self, context: &mut Context) -> CommandResult {
        let session = context.open_case(&self.case)?;
        let (entry, hash) = find_entry(session.case(), &self.entry)?;
        context.record(session, Command::Undo(UndoEntry { entry, hash, why: self.why }).into())
    }
}
