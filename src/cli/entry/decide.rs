//! `carecert decide`.

use crate::{
    cli::{context::Context, failure::CommandResult, references::decider_or_actor, times::parse_optional_time},
    domain::decide::{Command, MakeDecision},
    runtime::session::TimedCommand,
};
use clap::Args;

/// Record a decision that no step asks for.
#[derive(Debug, Args)]
pub(crate) struct DecideCommand {
    #[arg(value_name = "CASE")]
    case: String,
    /// What had to be decided.
    #[arg(long, value_name = "TEXT")]
    question: String,
    /// What was decided.
    #[arg(long, value_name = "TEXT")]
    choice: String,
    /// The reasons.
    #[arg(long, value_name = "TEXT")]
    why: String,
    /// Who decided, where that was not you.
    #[arg(long, value_name = "NAME")]
    decided_by: Option<String>,
    /// When it happened.
    #[arg(long, value_name = "TIME", allow_hyphen_values = true)]
    occurred: Option<String>,
}

impl DecideCommand {
    pub(crate) fn run(self, context: &mut Context) -> CommandResult {
        let occurred = parse_optional_time(self.occurred.as_deref())?;
        let session = context.open_case(&self.case)?;
        let command = Command::Decide(MakeDecision {
            step: None,
            question: self.question,
            choice: self.choice,
            rationale: self.why,
            // Only now: opening the case may tell who acts.
            decided_by: decider_or_actor(context, self.decided_by),
        });
        context.record(session, TimedCommand { command, occurred, begun: None })
    }
}
