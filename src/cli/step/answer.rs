//! `carecert answer`.

use crate::{
    cli::{
        context::{Context, read_text_or_stdin},
        failure::CommandResult,
    },
    domain::{
        case::Case,
        decide::{AnswerQuestion, Command},
        wording::did_you_mean::nearest_word,
    },
};
use clap::Args;

/// Answer a question of a playbook, before its step is done or anew.
#[derive(Debug, Args)]
pub(crate) struct AnswerCommand {
    #[arg(value_name = "CASE")]
    case: String,
    /// The question's id, or PLAYBOOK/QUESTION.
    #[arg(value_name = "QUESTION")]
    question: String,
    /// The answer, or - for standard input; a list has commas or lines.
    #[arg(value_name = "VALUE", allow_hyphen_values = true)]
    value: String,
    /// Why it is not what it was.
    #[arg(long, value_name = "TEXT", default_value = "", hide_default_value = true)]
    why: String,
}

impl AnswerCommand {
    pub(crate) fn run(self, context: &mut Context) -> CommandResult {
        let given = read_text_or_stdin(self.value)?;
        let session = context.open_case(&self.case)?;
        let near = suggest_question(session.case(), &self.question);
        let command = Command::Answer(AnswerQuestion { question: self.question, given, why: self.why });
        context.record(session, command.into()).map_err(|mut failure| {
            if let Some(near) = near {
                failure.problem.hint = Some(format!("did you mean {near}?"));
            }
            failure
        })
    }
}

/// The nearest question, where there is none of that id.
fn suggest_question(case: &Case, given: &str) -> Option<String> {
    let questions = case.plans.iter().flat_map(|plan| plan.playbook.questions());
    let known: Vec<String> = questions.map(|(_, question)| question.id.clone()).collect();
    let id = given.split_once('/').map_or(given, |(_, id)| id);
    if known.iter().any(|known| known == id) {
        return None;
    }
    nearest_word(id, &known).map(str::to_owned)
}
