//! The checks of what a responder does with a step.

use super::{
    asks::check_choices,
    known::Known,
    text_checks::{check_heading, check_prose, warn_hidden_characters},
};
use crate::{
    domain::{
        playbook::{AGREED, Choice, CommandLine, REFUSED, Step, StepKind},
        text::make_safe,
    },
    playbook::{
        did_you_mean::quote_word,
        finding::{Code, Sink},
    },
};

/// Minutes between two times of a recurring step: not so often that nothing else is done, and at least once a week.
const EVERY: std::ops::RangeInclusive<u32> = 5..=10_080;

/// Checks the kind of `step`, which stands at `path`.
pub(super) fn check_kind(path: &str, step: &Step, known: &Known<'_>, sink: &mut Sink<'_>) {
    let at = |field: &str| format!("{path}.kind.{field}");
    match &step.kind {
        StepKind::Task => {}
        StepKind::Collect => {
            if step.expects.is_empty() {
                sink.error(&format!("{path}.kind"), Code::NothingExpected, || {
                    let what = format!("{} collects evidence, but expects none", quote_word(&step.id));
                    (what, "add `expects: [\"…\"]` with what to bring".to_owned())
                });
            }
        }
        StepKind::Decision { question, options } => {
            check_prose(&at("question"), "the question", question, sink);
            check_choices(&at("options"), "a decision", "make the step a task", options, sink);
            warn_idle_options(&at("options"), step, options, known, sink);
        }
        StepKind::Command { lines } => check_command(&at("lines"), step, lines, sink),
        StepKind::Notify { duty, to, say } => {
            check_heading(&at("to"), "whom to tell", to, sink);
            warn_hidden_characters(&at("say"), say, sink);
            if let Some(duty) = duty {
                known.find_listed_duty(&at("duty"), duty, sink);
            }
        }
        StepKind::Approve { by, question } => {
            known.check_role(&at("by"), by, sink);
            check_prose(&at("question"), "the question", question, sink);
            // One outcome that something asks about is enough: the other then follows from it.
            let asked = |outcome| known.asked.contains(&(step.id.as_str(), outcome));
            if !asked(AGREED) && !asked(REFUSED) {
                sink.warn(&at("by"), Code::IdleApproval, || {
                    let id = quote_word(&step.id);
                    let what = format!("nothing hangs on whether {id} is agreed: no step asks for it");
                    let hint = format!("give the risky step `when: Chose(\"{}\", \"agreed\")`", id.trim_matches('`'));
                    (what, hint)
                });
            }
        }
        StepKind::Recur { every, until } => {
            if !EVERY.contains(every) {
                sink.error(&at("every"), Code::BadEvery, || {
                    let hint = format!("give whole minutes from {} to {} (a week)", EVERY.start(), EVERY.end());
                    (format!("a step cannot recur every {every} minutes"), hint)
                });
            }
            if let Some(until) = until {
                check_until(&at("until"), step, until, known, sink);
            }
        }
    }
}

/// Warns of options that change nothing.
fn warn_idle_options(path: &str, step: &Step, options: &[Choice], known: &Known<'_>, sink: &mut Sink<'_>) {
    for (index, option) in options.iter().enumerate() {
        if option.means.is_empty() && !known.asked.contains(&(step.id.as_str(), option.id.as_str())) {
            sink.warn(&format!("{path}[{index}].id"), Code::IdleOption, || {
                let what = format!("the option {} leads nowhere: no step asks for it", quote_word(&option.id));
                (what, "say under `means` what follows, or give a step `when: Chose(…)`".to_owned())
            });
        }
    }
}

/// Checks the command lines: one for each system, each with a program, all of it visible. They are shown, never run.
fn check_command(path: &str, step: &Step, lines: &[CommandLine], sink: &mut Sink<'_>) {
    if lines.is_empty() {
        sink.error(path, Code::EmptyCommand, || {
            let what = format!("{} runs a command, but has none", quote_word(&step.id));
            (what, "add one: (system: Windows, argv: [\"hostname\"])".to_owned())
        });
    }
    let mut systems = Vec::new();
    for (index, line) in lines.iter().enumerate() {
        let at = |field: &str| format!("{path}[{index}].{field}");
        if systems.contains(&line.system) {
            sink.error(&at("system"), Code::DuplicateSystem, || {
                let what = format!("there is a second command for {}", line.system.word());
                (what, "keep one for each system, or make it a step of its own".to_owned())
            });
        } else {
            systems.push(line.system); // at most four
        }
        match line.argv.as_slice() {
            [] => sink.error(&at("argv"), Code::EmptyCommand, || {
                (
                    "this command is empty".to_owned(),
                    "name the program, then its arguments: [\"ping\", \"10.0.0.1\"]".to_owned(),
                )
            }),
            [program, ..] if program.trim().is_empty() => sink.error(&at("argv[0]"), Code::EmptyCommand, || {
                (
                    "the program's name is empty".to_owned(),
                    "name the program first: [\"ping\", \"10.0.0.1\"]".to_owned(),
                )
            }),
            // A path may have blanks; a program name with blanks is nearly always a whole command line, which no system
            // would find.
            [whole] if whole.contains(' ') && !whole.contains(['/', '\\']) => {
                sink.warn(&at("argv[0]"), Code::WholeCommand, || {
                    let words: Vec<_> = whole
                        .split_whitespace()
                        .map(|word| format!("\"{}\"", quote_word(word).trim_matches('`')))
                        .collect();
                    let mut mended = words.iter().take(4).cloned().collect::<Vec<_>>().join(", ");
                    if words.len() > 4 {
                        mended.push_str(", …");
                    }
                    let what = "this is the name of one program, with blanks in it".to_owned();
                    (what, format!("write each argument by itself: [{mended}]"))
                });
            }
            _ => {}
        }
        let texts = line.argv.iter().enumerate().map(|(index, text)| (format!("argv[{index}]"), text));
        for (field, text) in texts.chain([("folder".to_owned(), &line.folder)]) {
            // A responder reads the command and then runs it by hand: an invisible character would make the two differ.
            if make_safe(text) != text.as_str() {
                sink.error(&at(&field), Code::BadText, || {
                    let what = "this part of the command has line ends or characters that cannot be seen".to_owned();
                    (what, "what is run must be what is read: take them out".to_owned())
                });
            }
        }
    }
}

/// Checks the step that ends a recurring one.
fn check_until(path: &str, step: &Step, until: &str, known: &Known<'_>, sink: &mut Sink<'_>) {
    let Some(last) = known.find_step(path, until, sink) else { return };
    if last.id == step.id {
        sink.error(path, Code::NeedsItself, || {
            let what = format!("{} cannot end itself", quote_word(until));
            (what, "name another step, or leave `until` out: it then goes on until the case is closed".to_owned())
        });
    } else if last.each.is_some() {
        sink.error(path, Code::OncePerItem, || {
            let what = format!(
                "{} is done once for each of several things, so it is not clear which one ends this",
                quote_word(until)
            );
            (what, "name a step that is done once".to_owned())
        });
    }
}
