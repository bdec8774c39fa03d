//! The checks of one step: its texts, owner, due time, kind and the names that it refers to.

use super::check::{Unique, hidden, id, known_duty, long, name};
use super::finding::{Code, Sink};
use super::near::{mean, quoted};
use crate::domain::duty::Duty;
use crate::domain::playbook::{Kind, Playbook, Step, When};
use std::collections::{HashMap, HashSet};

/// Minutes in sixty days; a step due later than that is a slip of the keys.
const DUE_LIMIT: u32 = 60 * 24 * 60;

/// What steps may refer to.
pub(super) struct Known<'a> {
    steps: HashMap<&'a str, &'a Step>,
    roles: HashSet<&'a str>,
    listed: HashSet<&'a str>,
    duties: &'a [Duty],
    /// Options that some step's `when` asks about.
    asked: HashSet<(&'a str, &'a str)>,
}

impl<'a> Known<'a> {
    /// What `playbook` and `duties` describe.
    pub(super) fn of(playbook: &'a Playbook, duties: &'a [Duty]) -> Self {
        let mentions = playbook.steps().flat_map(|(_, step)| step.when.mentions());
        Known {
            steps: playbook.steps().map(|(_, step)| (step.id.as_str(), step)).collect(),
            roles: playbook.roles.iter().map(|role| role.id.as_str()).collect(),
            listed: playbook.duties.iter().map(String::as_str).collect(),
            duties,
            asked: mentions.filter_map(|(step, option)| option.map(|option| (step, option))).collect(),
        }
    }

    fn unknown_step(&self, path: &str, step: &str, sink: &mut Sink<'_>) {
        sink.error(path, Code::UnknownStep, || {
            let hint = mean(step, self.steps.keys().copied(), "name the id of a step in this playbook");
            (format!("there is no step {}", quoted(step)), hint)
        });
    }
}

/// Checks `step`, which stands at `path`.
pub(super) fn check(path: &str, step: &Step, known: &Known<'_>, sink: &mut Sink<'_>) {
    let at = |field: &str| format!("{path}.{field}");
    id(&at("id"), &step.id, sink);
    name(&at("title"), "the step's title", &step.title, sink);
    long(&at("what"), "what to do", &step.what, sink);
    hidden(&at("why"), &step.why, sink);
    hidden(&at("care"), &step.care, sink);
    for (index, expected) in step.expects.iter().enumerate() {
        name(&at(&format!("expects[{index}]")), "the expected evidence", expected, sink);
    }
    owner(&at("owner"), step, known, sink);
    if let Some(due) = step.due.filter(|due| *due == 0 || *due > DUE_LIMIT) {
        sink.error(&at("due"), Code::BadDue, || {
            let hint = "give whole minutes from the start of the playbook, from 1 to 86400 (sixty days)".to_owned();
            (format!("a step cannot be due after {due} minutes"), hint)
        });
    }
    for (index, need) in step.needs.iter().enumerate() {
        if !known.steps.contains_key(need.as_str()) {
            known.unknown_step(&at(&format!("needs[{index}]")), need, sink);
        }
    }
    when(&at("when"), &step.when, known, sink);
    kind(path, step, known, sink);
}

fn owner(path: &str, step: &Step, known: &Known<'_>, sink: &mut Sink<'_>) {
    if step.owner.trim().is_empty() {
        sink.error(path, Code::NoOwner, || {
            (
                format!("the step {} has no owner", quoted(&step.id)),
                "add `owner: \"…\"` with one of the roles".to_owned(),
            )
        });
    } else if !known.roles.contains(step.owner.as_str()) {
        sink.error(path, Code::UnknownOwner, || {
            let hint = mean(&step.owner, known.roles.iter().copied(), "describe it under `roles`");
            (format!("there is no role {}", quoted(&step.owner)), hint)
        });
    }
}

fn when(path: &str, when: &When, known: &Known<'_>, sink: &mut Sink<'_>) {
    match when {
        When::Always => {}
        When::Done(step) => {
            if !known.steps.contains_key(step.as_str()) {
                known.unknown_step(&format!("{path}[0]"), step, sink);
            }
        }
        When::Chose(step, option) => chose(path, step, option, known, sink),
        When::All(parts) | When::Any(parts) => {
            for (index, part) in parts.iter().enumerate() {
                self::when(&format!("{path}[0][{index}]"), part, known, sink);
            }
        }
        When::Not(part) => self::when(&format!("{path}[0]"), part, known, sink),
        When::Yes(_) | When::Answered(..) | When::AtLeast(..) | When::Gate(_) => {}
    }
}

fn chose(path: &str, step: &str, option: &str, known: &Known<'_>, sink: &mut Sink<'_>) {
    match known.steps.get(step).map(|step| &step.kind) {
        None => known.unknown_step(&format!("{path}[0]"), step, sink),
        Some(Kind::Decision { options, .. }) => {
            if !options.iter().any(|known| known.id == option) {
                sink.error(&format!("{path}[1]"), Code::UnknownOption, || {
                    let hint = mean(option, options.iter().map(|option| option.id.as_str()), "name one of its options");
                    (format!("the decision {} has no option {}", quoted(step), quoted(option)), hint)
                });
            }
        }
        Some(other) => {
            let word = other.word();
            sink.error(&format!("{path}[0]"), Code::NotADecision, || {
                let hint = format!("ask Done(\"{}\"), or make it a decision", quoted(step).trim_matches('`'));
                (format!("{} is no decision but a {word}: it has no options", quoted(step)), hint)
            });
        }
    }
}

fn kind(path: &str, step: &Step, known: &Known<'_>, sink: &mut Sink<'_>) {
    let at = |field: &str| format!("{path}.kind.{field}");
    match &step.kind {
        Kind::Task | Kind::Command { .. } | Kind::Approve { .. } | Kind::Recur { .. } => {}
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
            if options.len() < 2 {
                sink.error(&at("options"), Code::FewOptions, || {
                    let what = format!("a decision needs at least two options; this one has {}", options.len());
                    (what, "add an option, or make the step a task".to_owned())
                });
            }
            let mut seen = Unique::default();
            for (index, option) in options.iter().enumerate() {
                let at = |field: &str| at(&format!("options[{index}].{field}"));
                id(&at("id"), &option.id, sink);
                seen.see("option", &option.id, &at("id"), sink);
                name(&at("label"), "the option's label", &option.label, sink);
                hidden(&at("means"), &option.means, sink);
                if option.means.is_empty() && !known.asked.contains(&(step.id.as_str(), option.id.as_str())) {
                    sink.warn(&at("id"), Code::IdleOption, || {
                        let what = format!("the option {} leads nowhere: no step asks for it", quoted(&option.id));
                        (what, "say under `means` what follows, or give a step `when: Chose(…)`".to_owned())
                    });
                }
            }
        }
        Kind::Notify { duty, to, say } => {
            name(&at("to"), "whom to tell", to, sink);
            hidden(&at("say"), say, sink);
            if let Some(duty) = duty {
                notify_duty(&at("duty"), duty, known, sink);
            }
        }
    }
}

fn notify_duty(path: &str, duty: &str, known: &Known<'_>, sink: &mut Sink<'_>) {
    if !known.duties.iter().any(|known| known.id == duty) {
        known_duty(path, duty, known.duties, sink);
    } else if !known.listed.contains(duty) {
        sink.error(path, Code::UnlistedDuty, || {
            let what = format!("the duty {} is not among this playbook's duties", quoted(duty));
            (what, "add it to `duties` at the top, so that its clock is offered".to_owned())
        });
    }
}
