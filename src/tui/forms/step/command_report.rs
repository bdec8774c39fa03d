//! How a command went that was run by hand. Nothing is run here.

use super::done::reason_beforehand;
use crate::{
    domain::{
        case::steps::StepView,
        decide::{Command, ReportCommand},
        playbook::{CommandLine, FAILED, SUCCEEDED, StepKind, StepRef, System},
    },
    tui::{
        form::{
            Fault,
            field::{FormField, fields},
            pick::{Choice, Pick},
            texts::{LongText, Reason, TimeField},
        },
        forms::{
            blank_form::{BlankForm, TypedForm},
            context::FormContext,
            submission::Submission,
        },
    },
};

/// A word of a command as it is typed there: an answer that stands in it is one word, and no command of its own.
fn quote_word(word: &str, system: System) -> String {
    let plain = |c: char| c.is_alphanumeric() || "-_./:=@%+,\\".contains(c);
    match system {
        _ if !word.is_empty() && word.chars().all(plain) && (system == System::Windows || !word.contains('\\')) => {
            word.to_owned()
        }
        System::Windows => format!("\"{}\"", word.replace('"', "\\\"")),
        System::Any | System::Linux | System::MacOs => format!("'{}'", word.replace('\'', "'\\''")),
    }
}

/// A command as it is typed, with the answers in their places.
pub(crate) fn fill_command_line(point: &StepView<'_>, line: &CommandLine) -> String {
    let words: Vec<String> = line.argv.iter().map(|word| quote_word(&point.fill(word), line.system)).collect();
    let folder = if line.folder.is_empty() { String::new() } else { format!("   (in {})", line.folder) };
    format!("{}{folder}", words.join(" "))
}

/// How it went.
#[derive(Clone, Debug)]
pub(crate) struct CommandReportForm {
    pub(in crate::tui::forms) step: StepRef,
    why: Reason,
    system: Pick<System>,
    /// Whether it did what it should.
    result: Pick<bool>,
    outcome: LongText,
    occurred: TimeField,
}

fields!(CommandReportForm; why.front, system, result, outcome, why.among, occurred);

impl CommandReportForm {
    /// The form for a step that gives a command; `None` where the step does not.
    pub(crate) fn open(context: &FormContext<'_>, step: &StepRef) -> Option<BlankForm<Self>> {
        let point = context.case()?.step_view(step)?;
        let StepKind::Command { lines } = &point.step.kind else { return None };
        let systems = lines.iter().map(|line| Choice::new(line.system, line.system.word(), line.system.word()));
        let results = [Choice::new(true, SUCCEEDED, "it did what it should"), Choice::new(false, FAILED, "it did not")];
        let showed = "What it showed or did; save its output as evidence with e";
        let form = Self {
            step: point.name(),
            why: reason_beforehand(&point),
            system: Pick::new("system", "Run on", "← → choose", systems).at((lines.len() == 1).then_some(0)).required(),
            result: Pick::new("result", "Result", "← → choose", results).required(),
            outcome: LongText::new("outcome", "Outcome", showed).required(),
            occurred: TimeField::when(),
        };
        let blank = BlankForm::new(format!("Run by hand: {}", point.title()), form)
            .tell("Early", point.unmet_titles().join(", "));
        let blank =
            lines.iter().fold(blank, |blank, each| blank.tell(each.system.word(), fill_command_line(&point, each)));
        Some(blank.tell("Care", point.fill(&point.step.care)))
    }
}

impl TypedForm for CommandReportForm {
    fn submit(&self, context: &FormContext<'_>) -> Result<Submission, Fault> {
        let command = Command::Report(ReportCommand {
            step: self.step.clone(),
            system: self.system.chosen().copied().unwrap_or_default(),
            succeeded: self.result.chosen().copied().unwrap_or_default(),
            outcome: self.outcome.text(),
            why: self.why.text(),
        });
        Ok(Submission::command(command, self.occurred.time(context.now)?))
    }

    fn reason(&mut self) -> Option<&mut Reason> {
        Some(&mut self.why)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_in_a_command_is_one_word() {
        assert_eq!(quote_word("netstat", System::Windows), "netstat");
        assert_eq!(quote_word("C:\\Windows\\x.exe", System::Windows), "C:\\Windows\\x.exe");
        assert_eq!(quote_word("Ward 7", System::Windows), "\"Ward 7\"");
        assert_eq!(quote_word("7; rm -rf ~", System::Linux), "'7; rm -rf ~'");
        assert_eq!(quote_word("it's $HOME", System::MacOs), "'it'\\''s $HOME'");
        assert_eq!(quote_word("", System::Any), "''");
    }
}
