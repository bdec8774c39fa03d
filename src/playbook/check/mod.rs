//! What a playbook must hold beyond its shape: names, texts, roles and duties. Nothing here parses: see
//! [`read`](super::read).

mod asks;
mod conditions;
mod cycles;
pub(super) mod duties;
mod kinds;
mod known;
mod order;
mod placeholders;
mod reach;
mod steps;
mod text_checks;

use crate::{
    domain::{duty::Duty, playbook::Playbook},
    playbook::{
        did_you_mean::{quote_word, suggest_word},
        finding::{Code, Finding, Sink},
        source_map::SourceMap,
    },
};
use known::{Known, number_steps};
use text_checks::{SeenNames, check_heading, check_id, warn_hidden_characters};

/// Finds everything that is wrong with a parsed playbook, whose `text` and `places` give each finding its place.
pub(super) fn check_playbook(playbook: &Playbook, text: &str, places: &SourceMap<'_>, duties: &[Duty]) -> Vec<Finding> {
    let mut sink = Sink::new(text, places);
    let known = Known::of(playbook, duties);
    check_head(playbook, &known, &mut sink);
    check_phases(playbook, &known, &mut sink);
    let mut names = steps::UniqueNames::default();
    for (phase, step_at, step) in number_steps(playbook) {
        steps::check_step(&format!("phases[{phase}].steps[{step_at}]"), step, &known, &mut names, &mut sink);
    }
    // Whether a step can apply is worked out along what steps wait for: with a cycle that would not end.
    let sound = order::check_order(playbook, &known, &mut sink);
    if sound {
        reach::check_reach(playbook, &known, &mut sink);
    }
    sink.finish()
}

/// Checks what is said of the playbook as a whole.
fn check_head(playbook: &Playbook, known: &Known<'_>, sink: &mut Sink<'_>) {
    check_id("id", &playbook.id, sink);
    check_heading("version", "the version", &playbook.version, sink);
    check_heading("title", "the title", &playbook.title, sink);
    warn_hidden_characters("summary", &playbook.summary, sink);
    for (at, source) in playbook.sources.iter().enumerate() {
        warn_hidden_characters(&format!("sources[{at}]"), source, sink);
    }
    let mut roles = SeenNames::default();
    for (at, role) in playbook.roles.iter().enumerate() {
        let path = format!("roles[{at}]");
        check_id(&format!("{path}.id"), &role.id, sink);
        roles.see("role", &role.id, &format!("{path}.id"), sink);
        check_heading(&format!("{path}.title"), "the role's title", &role.title, sink);
        warn_hidden_characters(&format!("{path}.does"), &role.does, sink);
    }
    let mut listed = SeenNames::default();
    for (at, duty) in playbook.duties.iter().enumerate() {
        let path = format!("duties[{at}]");
        listed.see("duty", duty, &path, sink);
        known.find_duty(&path, duty, sink);
    }
}

/// Checks the phases, and that no two steps share an id.
fn check_phases(playbook: &Playbook, known: &Known<'_>, sink: &mut Sink<'_>) {
    if playbook.phases.is_empty() {
        sink.error("phases", Code::NoPhases, || {
            let hint = "add at least one: (id: \"…\", title: \"…\", steps: […])".to_owned();
            ("the playbook has no phases".to_owned(), hint)
        });
    }
    let mut phases = SeenNames::default();
    let mut steps = SeenNames::default();
    for (at, phase) in playbook.phases.iter().enumerate() {
        let path = format!("phases[{at}]");
        check_id(&format!("{path}.id"), &phase.id, sink);
        phases.see("phase", &phase.id, &format!("{path}.id"), sink);
        check_heading(&format!("{path}.title"), "the phase's title", &phase.title, sink);
        for (index, need) in phase.needs.iter().enumerate() {
            if !known.phases.contains(need.as_str()) {
                sink.error(&format!("{path}.needs[{index}]"), Code::UnknownPhase, || {
                    let hint =
                        suggest_word(need, known.phases.iter().copied(), "name the id of a phase in this playbook");
                    (format!("there is no phase {}", quote_word(need)), hint)
                });
            }
        }
        conditions::check_condition(&format!("{path}.when"), &phase.when, None, known, sink);
        if phase.steps.is_empty() {
            sink.error(&format!("{path}.steps"), Code::EmptyPhase, || {
                (
                    format!("the phase {} has no steps", quote_word(&phase.id)),
                    "add a step or take the phase out".to_owned(),
                )
            });
        }
        for (step_at, step) in phase.steps.iter().enumerate() {
            steps.see("step", &step.id, &format!("{path}.steps[{step_at}].id"), sink);
        }
    }
}
