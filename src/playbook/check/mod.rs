//! What a playbook must hold beyond its shape: names, texts, roles and duties.

mod asks;
mod conditions;
mod cycles;
mod kinds;
mod known;
mod order;
mod placeholders;
mod reach;
mod steps;

use crate::{
    domain::{
        duty::Duty,
        playbook::Playbook,
        text::{BadText, check_long, check_name, safe_lines},
    },
    playbook::{
        did_you_mean::{mean, quoted},
        finding::{Code, Finding, Sink},
        source_map::Places,
    },
};
use known::Known;
use std::collections::HashMap;

/// Characters that an identifier may have: it is typed in commands.
const ID_LIMIT: usize = 40;

/// Thresholds that a gate may have: each condition that asks for it brings them all.
const GATE_LIMIT: usize = 12;

/// Everything that is wrong with a parsed playbook.
pub(super) fn check(playbook: &Playbook, text: &str, places: &Places<'_>, duties: &[Duty]) -> Vec<Finding> {
    let mut sink = Sink::new(text, places);
    let known = Known::of(playbook, duties);
    head(playbook, &known, &mut sink);
    phases(playbook, &known, &mut sink);
    let mut names = steps::Names::default();
    for (phase, step_at, step) in indexed(playbook) {
        steps::check(&format!("phases[{phase}].steps[{step_at}]"), step, &known, &mut names, &mut sink);
    }
    let sound = order::check(playbook, &known, &mut sink);
    if sound {
        reach::check(playbook, &known, &mut sink);
    }
    sink.finish()
}

/// Every step with the numbers of its phase and of itself.
pub(super) fn indexed(playbook: &Playbook) -> impl Iterator<Item = (usize, usize, &crate::domain::playbook::Step)> {
    let phases = playbook.phases.iter().enumerate();
    phases.flat_map(|(at, phase)| phase.steps.iter().enumerate().map(move |(step_at, step)| (at, step_at, step)))
}

fn head(playbook: &Playbook, known: &Known<'_>, sink: &mut Sink<'_>) {
    id("id", &playbook.id, sink);
    name("version", "the version", &playbook.version, sink);
    name("title", "the title", &playbook.title, sink);
    hidden("summary", &playbook.summary, sink);
    for (at, source) in playbook.sources.iter().enumerate() {
        hidden(&format!("sources[{at}]"), source, sink);
    }
    let mut roles = Unique::default();
    for (at, role) in playbook.roles.iter().enumerate() {
        let path = format!("roles[{at}]");
        id(&format!("{path}.id"), &role.id, sink);
        roles.see("role", &role.id, &format!("{path}.id"), sink);
        name(&format!("{path}.title"), "the role's title", &role.title, sink);
        hidden(&format!("{path}.does"), &role.does, sink);
    }
    let mut listed = Unique::default();
    for (at, duty) in playbook.duties.iter().enumerate() {
        let path = format!("duties[{at}]");
        listed.see("duty", duty, &path, sink);
        known.duty(&path, duty, sink);
    }
}

fn phases(playbook: &Playbook, known: &Known<'_>, sink: &mut Sink<'_>) {
    if playbook.phases.is_empty() {
        sink.error("phases", Code::NoPhases, || {
            let hint = "add at least one: (id: \"…\", title: \"…\", steps: […])".to_owned();
            ("the playbook has no phases".to_owned(), hint)
        });
    }
    let mut phases = Unique::default();
    let mut steps = Unique::default();
    for (at, phase) in playbook.phases.iter().enumerate() {
        let path = format!("phases[{at}]");
        id(&format!("{path}.id"), &phase.id, sink);
        phases.see("phase", &phase.id, &format!("{path}.id"), sink);
        name(&format!("{path}.title"), "the phase's title", &phase.title, sink);
        for (index, need) in phase.needs.iter().enumerate() {
            if !known.phases.contains(need.as_str()) {
                sink.error(&format!("{path}.needs[{index}]"), Code::UnknownPhase, || {
                    let hint = mean(need, known.phases.iter().copied(), "name the id of a phase in this playbook");
                    (format!("there is no phase {}", quoted(need)), hint)
                });
            }
        }
        conditions::check(&format!("{path}.when"), &phase.when, None, known, sink);
        if phase.steps.is_empty() {
            sink.error(&format!("{path}.steps"), Code::EmptyPhase, || {
                (format!("the phase {} has no steps", quoted(&phase.id)), "add a step or take the phase out".to_owned())
            });
        }
        for (step_at, step) in phase.steps.iter().enumerate() {
            steps.see("step", &step.id, &format!("{path}.steps[{step_at}].id"), sink);
        }
    }
}

/// Names seen so far.
#[derive(Default)]
pub(super) struct Unique<'a>(HashMap<&'a str, ()>);

impl<'a> Unique<'a> {
    /// Finds fault with a name that was seen before.
    pub(super) fn see(&mut self, sort: &str, name: &'a str, path: &str, sink: &mut Sink<'_>) {
        if self.0.insert(name, ()).is_some() {
            sink.error(path, Code::DuplicateId, || {
                (format!("a second {sort} is called {}", quoted(name)), "give one of the two another name".to_owned())
            });
        }
    }
}

/// Checks an identifier: lower-case letters, digits and hyphens, at most 40.
pub(super) fn id(path: &str, id: &str, sink: &mut Sink<'_>) {
    let fits = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    let good = !id.is_empty() && id.len() <= ID_LIMIT && id.chars().all(fits) && !id.starts_with('-');
    if !good {
        sink.error(path, Code::BadId, || {
            let hint =
                format!("use lower-case letters, digits and hyphens, at most {ID_LIMIT}: it is typed in commands");
            let mended: String = id.trim().to_lowercase().chars().map(|c| if fits(c) { c } else { '-' }).collect();
            let mended = mended.trim_matches('-');
            match id {
                "" => ("this id is empty".to_owned(), hint),
                _ if id.len() <= ID_LIMIT && !mended.is_empty() => {
                    (format!("{} is no id", quoted(id)), format!("{hint}; for example `{mended}`"))
                }
                _ => (format!("{} is no id", quoted(id)), hint),
            }
        });
    }
}

/// Checks a one-line text that is shown as a heading.
pub(super) fn name(path: &str, what: &str, text: &str, sink: &mut Sink<'_>) {
    if let Err(bad) = check_name(text) {
        bad_text(path, what, &bad, sink);
    }
}

/// Checks a text that must say something.
pub(super) fn long(path: &str, what: &str, text: &str, sink: &mut Sink<'_>) {
    match check_long(text) {
        Err(bad) => bad_text(path, what, &bad, sink),
        Ok(()) => hidden(path, text, sink),
    }
}

fn bad_text(path: &str, what: &str, bad: &BadText, sink: &mut Sink<'_>) {
    let (code, said, hint) = match bad {
        BadText::Empty => (Code::EmptyText, format!("{what} is empty"), "say it in a few plain words"),
        _ => (Code::BadText, format!("{what}: {bad}"), "keep it to one short line of visible characters"),
    };
    sink.error(path, code, || (said, hint.to_owned()));
}

/// Warns of characters that a reader cannot see.
pub(super) fn hidden(path: &str, text: &str, sink: &mut Sink<'_>) {
    if safe_lines(text) != text {
        sink.warn(path, Code::BadText, || {
            let hint = "the screen will show a mark in their place; take them out".to_owned();
            ("this text has control characters or characters that cannot be seen".to_owned(), hint)
        });
    }
}

/// Checks a list of duties.
pub(super) fn duties(duties: &[Duty], sink: &mut Sink<'_>) {
    let mut seen = Unique::default();
    for (at, duty) in duties.iter().enumerate() {
        let path = |field: &str| format!("[{at}].{field}");
        id(&path("id"), &duty.id, sink);
        seen.see("duty", &duty.id, &path("id"), sink);
        name(&path("title"), "the duty's title", &duty.title, sink);
        name(&path("to"), "whom to tell", &duty.to, sink);
        long(&path("starts"), "what starts the clock", &duty.starts, sink);
        long(&path("source"), "the source", &duty.source, sink);
        hidden(&path("reach"), &duty.reach, sink);
        if duty.limit == Some(0) {
            let said = (
                "a limit of 0 minutes has passed before it starts".to_owned(),
                "leave the limit out for \"without undue delay\"".to_owned(),
            );
            sink.error(&path("limit"), Code::BadDue, || said);
        }
        if duty.gate.len() > GATE_LIMIT {
            sink.error(&path("gate"), Code::BadThreshold, || {
                let what = format!("a gate has at most {GATE_LIMIT} thresholds; this one has {}", duty.gate.len());
                (what, "take some out".to_owned())
            });
        }
        let mut weighed = Unique::default();
        for (index, threshold) in duty.gate.iter().enumerate() {
            let path = path(&format!("gate[{index}].question"));
            id(&path, &threshold.question, sink);
            weighed.see("threshold", &threshold.question, &path, sink);
        }
        if chrono::NaiveDate::parse_from_str(&duty.checked_on, "%Y-%m-%d").is_err() {
            sink.error(&path("checked_on"), Code::BadText, || {
                (format!("{} is no day", quoted(&duty.checked_on)), "write it as 2026-11-22".to_owned())
            });
        }
    }
}
