//! `carecert correct`.

use crate::{
    cli::{context::Context, failure::CommandResult, references::find_entry},
    domain::decide::{Command, CorrectEntry},
};
use clap::Args;

/// Correct an entry: it stays, and both are shown.
#[derive(Debug, Args)]
pub(crate) struct CorrectCommand {
    #[arg(value_name = "CASE")]
    case: String,
    /// The entry, such as A17.
    #[arg(value_name = "ENTRY")]
    entry: String,
    /// What is right.
    #[arg(value_name = "TEXT")]
    text: String,
    /// Why it was wrong.
    #[arg(long, value_name = "TEXT")]
    why: String,
}

impl CorrectCommand {
    pub(crate) fn run(self, context: &mut Context) -> CommandResult {
        let session = context.open_case(&self.case)?;
        let (entry, hash) = find_entry(session.case(), &self.entry)?;
        context.record(session, Command::Correct(CorrectEntry { entry, hash, text: self.text, why: self.why }).into())
    }
}
