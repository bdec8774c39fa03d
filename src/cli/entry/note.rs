//! `carecert note`.

use crate::{
    cli::{
        context::{Context, read_text_or_stdin},
        failure::CommandResult,
        times::parse_optional_time,
    },
    domain::decide::{AddNote, Command},
    runtime::session::TimedCommand,
};
use clap::Args;

/// Record a note.
#[derive(Debug, Args)]
pub(crate) struct NoteCommand {
    #[arg(value_name = "CASE")]
    case: String,
    /// The text, or - for standard input.
    #[arg(value_name = "TEXT", allow_hyphen_values = true)]
    text: String,
    /// When it happened.
    #[arg(long, value_name = "TIME", allow_hyphen_values = true)]
    occurred: Option<String>,
}

impl NoteCommand {
    pub(crate) fn run(self, context: &mut Context) -> CommandResult {
        let occurred = parse_optional_time(self.occurred.as_deref())?;
        let text = read_text_or_stdin(self.text)?;
        let session = context.open_case(&self.case)?;
        context.record(session, TimedCommand { command: Command::Note(AddNote { text }), occurred, begun: None })
    }
}
