//! The checks of what a responder does with a step.

use super::{asks::choices, hidden, known::Known, long, name};
use crate::{
    domain::{
        playbook::{AGREED, Choice, CommandLine, Kind, REFUSED, Step},
        text::safe,
    },
    playbook::{
        did_you_mean::quoted,
        finding::{Code, Sink},
    },
};

/// Minutes between two times of a recurring step: not so often that nothing else is done, and at least once a week.
const EVERY: std::ops::RangeInclusive<u32> = 5..=10_080;

/// Checks the kind of `step`, which stands at `path`.
pub(super) fn check(path: &str, step: &Step, known: &Known<'_>, sink: &mut Sink<'_>) {
    let at = |field: &str| format!("{path}.kind.{field}");
    match &step.kind {
        Kind::Task => {}
        Kind::Collect => {
            if step.expects.is_empty() {
                sink.error(&format!("{path}.kind"), Code::NothingExpected, || {
                    let what = format!("{} collects evidence, but expects none", quoted(&step.id));
                    (what, "add `expects: [\"…\"]` with what to bring".to_owned())
                });
            }
        }
        Kind::Decision { question, options } => {
            long(&at("question"), "the question", question, sink);
            choices(&at("options"), "a decision", "make the step a task", options, sink);
            idle(&at("options"), step, options, known, sink);
        }
        Kind::Command { lines } => command(&at("lines"), step, lines, sink),
        Kind::Notify { duty, to, say } => {
            name(&at("to"), "whom to tell", to, sink);
            hidden(&at("say"), say, sink);
            if let Some(duty) = duty {
                known.listed_duty(&at("duty"), duty, sink);
            }
        }
        Kind::Approve { by, question } => {
            known.role(&at("by"), by, sink);
            long(&at("question"), "the question", question, sink);
            let asked = |outcome| known.asked.contains(&(step.id.as_str(), outcome));
            if !asked(AGREED) && !asked(REFUSED) {
                sink.warn(&at("by"), Code::IdleApproval, || {
                    let id = quoted(&step.id);
                    let what = format!("nothing hangs on whether {id} is agreed: no step asks for it");
                    let hint = format!("give the risky step `when: Chose(\"{}\", \"agreed\")`", id.trim_matches('`'));
                    (what, hint)
                });
            }
        }
        Kind::Recur { every, until } => {
            if !EVERY.contains(every) {
                sink.error(&at("every"), Code::BadEvery, || {
                    let hint = format!("give whole minutes from {} to {} (a week)", EVERY.start(), EVERY.end());
                    (format!("a step cannot recur every {every} minutes"), hint)
                });
            }
            if let Some(until) = until {
                ends(&at("until"), step, until, known, sink);
            }
        }
    }
}

/// Warns of options that change nothing.
fn idle(path: &str, step: &Step, options: &[Choice], known: &Known<'_>, sink: &mut Sink<'_>) {
    for (index, option) in options.iter().enumerate() {
        if option.means.is_empty() && !known.asked.contains(&(step.id.as_str(), option.id.as_str())) {
            sink.warn(&format!("{path}[{index}].id"), Code::IdleOption, || {
                let what = format!("the option {} leads nowhere: no step asks for it", quoted(&option.id));
                (what, "say under `means` what follows, or give a step `when: Chose(…)`".to_owned())
            });
        }
    }
}

fn command(path: &str, step: &Step, lines: &[CommandLine], sink: &mut Sink<'_>) {
    if lines.is_empty() {
        sink.error(path, Code::EmptyCommand, || {
            let what = format!("{} runs a command, but has none", quoted(&step.id));
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
            [whole] if whole.contains(' ') && !whole.contains(['/', '\\']) => {
                sink.warn(&at("argv[0]"), Code::WholeCommand, || {
                    let words: Vec<_> = whole
                        .split_whitespace()
                        .map(|word| format!("\"{}\"", quoted(word).trim_matches('`')))
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
            if safe(text) != text.as_str() {
                sink.error(&at(&field), Code::BadText, || {
                    let what = "this part of the command has line ends or characters that cannot be seen".to_owned();
                    (what, "what is run must be what is read: take them out".to_owned())
                });
            }
        }
    }
}

fn ends(path: &str, step: &Step, until: &str, known: &Known<'_>, sink: &mut Sink<'_>) {
    let Some(last) = known.step(path, until, sink) else { return };
    if last.id == step.id {
        sink.error(path, Code::NeedsItself, || {
            let what = format!("{} cannot end itself", quoted(until));
            (what, "name another step, or leave `until` out: it then goes on until the case is closed".to_owned())
        });
    } else if last.each.is_some() {
        sink.error(path, Code::OncePerItem, || {
            let what = format!(
                "{} is done once for each of several things, so it is not clear which one ends this",
                quoted(until)
            );
            (what, "name a step that is done once".to_owned())
        });
    }
}
