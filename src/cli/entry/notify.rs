//! `carecert notify`.

use crate::{
    cli::{
        context::{Context, read_text_or_stdin},
        failure::CommandResult,
        times::parse_optional_time,
    },
    domain::decide::{Command, RecordNotification},
    runtime::session::TimedCommand,
};
use clap::Args;

/// Record that someone was told, by a step of a playbook or on your own account.
#[derive(Debug, Args)]
pub(crate) struct NotifyCommand {
    #[arg(value_name = "CASE")]
    case: String,
    /// Whom you told.
    #[arg(long, value_name = "WHOM")]
    to: String,
    /// By what means.
    #[arg(long, value_name = "HOW", default_value = "", hide_default_value = true)]
    means: String,
    /// Their reference number.
    #[arg(long, value_name = "REF", default_value = "", hide_default_value = true)]
    reference: String,
    /// The text as sent or said, or - for standard input.
    #[arg(long, value_name = "TEXT", default_value = "", hide_default_value = true, allow_hyphen_values = true)]
    text: String,
    /// The duty that this meets.
    #[arg(long, value_name = "ID")]
    duty: Option<String>,
    /// When it happened.
    #[arg(long, value_name = "TIME", allow_hyphen_values = true)]
    occurred: Option<String>,
}

impl NotifyCommand {
    pub(crate) fn run(self, context: &mut Context) -> CommandResult {
        let occurred = parse_optional_time(self.occurred.as_deref())?;
        let text = read_text_or_stdin(self.text)?;
        let session = context.open_case(&self.case)?;
        let command = Command::Notify(RecordNotification {
            step: None,
            duty: self.duty,
            to: self.to,
            means: self.means,
            reference: self.reference,
            text,
            why: String::new(),
        });
        context.record(session, TimedCommand { command, occurred, begun: None })
    }
}
