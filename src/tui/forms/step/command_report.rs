//! How a command went that was run by hand. Nothing is run here.

use super::done::again;
use crate::{
    domain::{
        case::steps::Standpoint,
        decide::command::{Command, ReportCommand},
        playbook::{CommandLine, FAILED, Kind as StepKind, SUCCEEDED, StepRef, System},
    },
    tui::{
        form::{
            Fault, Form,
            field::{Item, Pick},
        },
        model::overlays::open_form::{Kind, Send, Sheet, World},
    },
};

/// A word of a command as it is typed there: an answer that stands in it is one word, and no command of its own.
fn quoted(word: &str, system: System) -> String {
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
pub(crate) fn line(point: &Standpoint<'_>, line: &CommandLine) -> String {
    let words: Vec<String> = line.argv.iter().map(|word| quoted(&point.fill(word), line.system)).collect();
    let folder = if line.folder.is_empty() { String::new() } else { format!("   (in {})", line.folder) };
    format!("{}{folder}", words.join(" "))
}

/// The box for a step that gives a command; `None` where the step does not.
pub(crate) fn step(point: &Standpoint<'_>) -> Option<Sheet> {
    let StepKind::Command { lines } = &point.step.kind else { return None };
    let systems = lines.iter().map(|line| {
        let word = line.system.word();
        (word.to_owned(), word.to_owned(), String::new())
    });
    let system = Pick { options: systems.collect(), at: (lines.len() == 1).then_some(0), tall: false };
    let result = [(SUCCEEDED, "it did what it should"), (FAILED, "it did not")];
    let options = result.map(|(id, label)| (id.to_owned(), label.to_owned(), String::new())).to_vec();
    let mut items = again(point);
    items.extend([
        Item::pick("system", "Run on", "← → choose", system).required(),
        Item::pick("result", "Result", "← → choose", Pick { options, at: None, tall: false }).required(),
        Item::long("outcome", "Outcome", "What it showed or did; save its output as evidence with e").required(),
        Item::when(),
    ]);
    let title = format!("Run by hand: {}", point.title());
    let mut sheet =
        Sheet::new(Kind::Report(point.name()), title, Form::of(items)).tell("Early", point.needs().join(", "));
    for each in lines {
        sheet = sheet.tell(each.system.word(), line(point, each));
    }
    Some(sheet.tell("Care", point.fill(&point.step.care)))
}

/// What it sends.
pub(crate) fn send(step: &StepRef, form: &Form, world: World<'_>) -> Result<Send, Fault> {
    let all = [System::Any, System::Windows, System::Linux, System::MacOs];
    let chosen = form.text("system");
    let command = Command::Report(ReportCommand {
        step: step.clone(),
        system: all.into_iter().find(|system| system.word() == chosen).unwrap_or_default(),
        succeeded: form.text("result") == SUCCEEDED,
        outcome: form.text("outcome"),
        why: form.text("why"),
    });
    Ok(Send::command(command, form.time("occurred", world.now)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_in_a_command_is_one_word() {
        assert_eq!(quoted("netstat", System::Windows), "netstat");
        assert_eq!(quoted("C:\\Windows\\x.exe", System::Windows), "C:\\Windows\\x.exe");
        assert_eq!(quoted("Ward 7", System::Windows), "\"Ward 7\"");
        assert_eq!(quoted("7; rm -rf ~", System::Linux), "'7; rm -rf ~'");
        assert_eq!(quoted("it's $HOME", System::MacOs), "'it'\\''s $HOME'");
        assert_eq!(quoted("", System::Any), "''");
    }
}
