//! A playbook of ours as CACAO 2.0.
//!
//! The workflow is one line from start to end, in an order that keeps to what steps wait for, with an if-condition
//! around a step that does not always apply: every engine can follow that, while some pass over `parallel` and
//! `switch-condition` without a word. Steps that come again are done once in the line and then in loops at its end, so
//! that an engine which does one thing at a time is not held up by them.

mod order;
mod workflow;

use crate::{
    domain::{
        duty::Duty,
        playbook::{Form, Playbook, Step, StepKind, When},
        time::Time,
    },
    playbook::cacao::{
        extension::{self, NAME, NOBODY, PhaseExt, PlaybookExt, RoleExt, SCHEMA, VERSION},
        ids::{self, Ids},
        model::{CacaoStep, Context, Target, write_step},
        variables::{ITEM, OPEN, Sort, collect_mentions, outcome_variable},
    },
};
use chrono::SecondsFormat;
use serde_json::{Map, Value, json};
use std::collections::{BTreeMap, BTreeSet, HashSet};
use workflow::{Workflow, wrap_extension};

/// Why a playbook cannot be exported.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ExportError {
    /// Two parts have the same id, so that what refers to it is not clear.
    #[error("two {sort}s are called {id:?}; check the playbook first")]
    Twice {
        /// `step`, `phase`, `role` or `question`.
        sort: &'static str,
        /// The id.
        id: String,
    },
    /// Steps wait for each other in a cycle, so that they have no order.
    #[error("the step {step:?} waits for itself in a circle; check the playbook first")]
    Circle {
        /// One of them.
        step: String,
    },
    /// There is no step.
    #[error("the playbook has no steps; CACAO wants at least one")]
    NoSteps,
    /// It could not be written as JSON.
    #[error("the playbook could not be written as JSON: {0}")]
    Json(String),
}

/// `playbook` as the text of a CACAO 2.0 playbook: JSON with line ends, the same for the same playbook, `duties` and
/// `at`. `duties` are those that it may name, for the thresholds of their gates; `at` is when it is said to be made.
///
/// # Errors
///
/// Ids are not unique, there is no step, or steps wait for each other in a cycle: `playbook check` finds these too.
pub fn export_playbook(playbook: &Playbook, duties: &[Duty], at: Time) -> Result<String, ExportError> {
    let value = export_value(playbook, duties, at)?;
    let text = serde_json::to_string_pretty(&value).map_err(|error| ExportError::Json(error.to_string()))?;
    Ok(text + "\n")
}

/// As [`export`], as a value.
pub(super) fn export_value(playbook: &Playbook, duties: &[Duty], at: Time) -> Result<Value, ExportError> {
    check_unique_ids(playbook)?;
    // A workflow is followed one step after another: what waits must come later in it.
    let order = order::order_steps(playbook).map_err(|step| ExportError::Circle { step })?;
    let context = Context::of(playbook, duties);
    let ids = Ids::of(&playbook.id);
    let steps: Vec<(&Step, CacaoStep)> =
        order.iter().map(|(phase, step)| (*step, write_step(step, &phase.when, &context))).collect();
    let workflow = Workflow::of(playbook, &steps, &ids, &context);
    let stamp = at.utc().to_rfc3339_opts(SecondsFormat::Millis, true);
    let ours = ids::extension_id();
    let mut object = json!({
        "type": "playbook",
        // The properties of a playbook: CACAO 2.0 §3.1.
        "spec_version": "cacao-2.0",
        "id": ids.playbook_id(),
        "name": playbook.title,
        "created_by": ids::program_identity(),
        "created": stamp,
        "modified": stamp,
        "playbook_processing_summary": summarise_processing(&steps),
        "workflow_start": workflow.start,
        "workflow": workflow.steps,
        "playbook_extensions": wrap_extension(&extend_playbook(playbook, &ids)),
        "agent_definitions": define_agents(playbook, &steps, &ids),
        "extension_definitions": { ours: {
            "type": "extension-definition",
            "name": NAME,
            "description": SCHEMA,
            "created_by": ids::program_identity(),
            "schema": SCHEMA,
            "version": VERSION,
        }},
    });
    if let Some(object) = object.as_object_mut() {
        let mut put = |key: &str, value: Value, there: bool| {
            if there {
                object.insert(key.to_owned(), value);
            }
        };
        put("description", json!(playbook.summary), !playbook.summary.is_empty());
        put("external_references", list_sources(&playbook.sources), !playbook.sources.is_empty());
        let variables = define_variables(playbook, &context);
        put("playbook_variables", json!(variables), !variables.is_empty());
        let targets = define_targets(playbook, &steps, &ids);
        put("target_definitions", json!(targets), !targets.is_empty());
    }
    Ok(object)
}

/// Refuses a playbook without steps, or in which an id stands for two things: identifiers are made of them.
fn check_unique_ids(playbook: &Playbook) -> Result<(), ExportError> {
    let lists: [(&'static str, Vec<&String>); 4] = [
        ("role", playbook.roles.iter().map(|role| &role.id).collect()),
        ("phase", playbook.phases.iter().map(|phase| &phase.id).collect()),
        ("step", playbook.steps().map(|(_, step)| &step.id).collect()),
        ("question", playbook.questions().map(|(_, question)| &question.id).collect()),
    ];
    for (sort, ids) in lists {
        let mut seen = HashSet::new();
        if let Some(id) = ids.into_iter().find(|id| !seen.insert(*id)) {
            return Err(ExportError::Twice { sort, id: id.clone() });
        }
    }
    if playbook.steps().next().is_none() { Err(ExportError::NoSteps) } else { Ok(()) }
}

/// What an engine must be able to do.
fn summarise_processing(steps: &[(&Step, CacaoStep)]) -> Value {
    let any = |wanted: fn(&CacaoStep) -> bool| steps.iter().any(|(_, plain)| wanted(plain));
    json!({
        "manual_playbook": !any(|plain| plain.lines.iter().any(|line| line.sort != "manual")),
        "if_logic": any(|plain| !plain.condition.is_empty()),
        "while_logic": any(|plain| !plain.repeat.is_empty()),
        "temporal_logic": any(|plain| plain.timeout.is_some() || plain.delay.is_some()),
        "extensions": true,
    })
}

/// What our extension says of the playbook as a whole.
fn extend_playbook(playbook: &Playbook, ids: &Ids) -> PlaybookExt {
    let phase = |phase: &crate::domain::playbook::Phase| PhaseExt {
        phase_id: phase.id.clone(),
        title: phase.title.clone(),
        needs: phase.needs.clone(),
        when: if phase.when.is_always() { String::new() } else { extension::write_notation(&phase.when) },
        steps: phase.steps.iter().map(|step| ids.part_id("action", &step.id)).collect(),
    };
    PlaybookExt {
        playbook_id: playbook.id.clone(),
        playbook_version: playbook.version.clone(),
        duties: playbook.duties.clone(),
        roles: playbook.roles.iter().map(|role| ids.part_id("individual", &role.id)).collect(),
        phases: playbook.phases.iter().map(phase).collect(),
    }
}

/// What it was written from. CACAO wants more than a name, so the name is said again as the source.
fn list_sources(sources: &[String]) -> Value {
    sources.iter().map(|source| json!({ "name": source, "source": source })).collect()
}

/// An agent for each role, and one for whatever has no owner.
fn define_agents(playbook: &Playbook, steps: &[(&Step, CacaoStep)], ids: &Ids) -> Value {
    let mut agents = Map::new();
    for role in &playbook.roles {
        agents.insert(ids.part_id("individual", &role.id), define_agent(role));
    }
    // CACAO wants an agent for every action, and at least one definition.
    if agents.is_empty() || steps.iter().any(|(_, plain)| plain.agent.is_empty()) {
        agents.insert(ids.part_id("group", ""), json!({ "type": "group", "name": NOBODY }));
    }
    Value::Object(agents)
}

/// A role as an agent: an individual, as CACAO has no roles.
fn define_agent(role: &crate::domain::playbook::Role) -> Value {
    let mut agent = Map::from_iter([
        ("type".to_owned(), json!("individual")),
        ("name".to_owned(), json!(role.title)),
        ("agent_target_extensions".to_owned(), wrap_extension(&RoleExt { role_id: role.id.clone() })),
    ]);
    if !role.does.is_empty() {
        agent.insert("description".to_owned(), json!(role.does));
    }
    Value::Object(agent)
}

/// Whom steps are aimed at: those who are told and those who must agree.
fn define_targets(playbook: &Playbook, steps: &[(&Step, CacaoStep)], ids: &Ids) -> BTreeMap<String, Value> {
    let mut targets = BTreeMap::new();
    for target in steps.iter().filter_map(|(_, plain)| plain.target.as_ref()) {
        match target {
            Target::Role(id) => {
                let role = playbook.roles.iter().find(|role| role.id == *id).map(define_agent);
                targets.extend(role.map(|role| (ids.part_id("individual", id), role)));
            }
            Target::Name(name) => {
                targets.insert(ids.part_id("organization", name), json!({ "type": "organization", "name": name }));
            }
        }
    }
    targets
}

/// The variables that steps set or conditions look at.
fn define_variables(playbook: &Playbook, context: &Context<'_>) -> BTreeMap<String, Value> {
    let names = &context.variables;
    let mut used: BTreeSet<(Sort, &str)> = BTreeSet::new();
    let mut made = BTreeMap::new();
    let mut counted = BTreeSet::new();
    for phase in &playbook.phases {
        collect_mentions(&phase.when, &mut counted);
        for step in &phase.steps {
            collect_mentions(&step.when, &mut counted);
            used.extend(outcome_variable(step));
            used.extend(step.asks.iter().map(|question| (Sort::Answer, question.id.as_str())));
            match &step.kind {
                StepKind::Recur { until: Some(until), .. } => {
                    used.insert((Sort::Done, until));
                }
                StepKind::Recur { until: None, .. } => {
                    let says = "Whether the incident is still open; set it to false when it is closed.";
                    let open = json!({ "type": "bool", "description": says, "value": "true", "external": true });
                    made.insert(OPEN.to_owned(), open);
                }
                StepKind::Task
                | StepKind::Decision { .. }
                | StepKind::Command { .. }
                | StepKind::Collect
                | StepKind::Notify { .. }
                | StepKind::Approve { .. } => {}
            }
            if step.each.is_some() {
                let says = "The thing that a step is done for, where it is done for each of several.";
                made.insert(ITEM.to_owned(), json!({ "type": "string", "description": says }));
            }
        }
    }
    let own_name = |question: &&str| context.variables.form(question).is_some_and(Form::is_own_size);
    used.extend(counted.into_iter().filter(|(sort, id)| *sort != Sort::Count || !own_name(id)));
    for (sort, id) in used {
        let name = names.name(sort, id);
        if !name.is_empty() {
            made.insert(name.to_owned(), define_variable(sort, id, playbook, context));
        }
    }
    made
}

/// The definition of one variable, with what it is for in words.
fn define_variable(sort: Sort, id: &str, playbook: &Playbook, context: &Context<'_>) -> Value {
    match sort {
        Sort::Outcome => {
            let outcomes = playbook.step(id).map(|step| step.kind.outcomes().join(", ")).unwrap_or_default();
            json!({ "type": "string", "description": format!("How the step {id} came out: one of {outcomes}") })
        }
        Sort::Done => {
            json!({ "type": "bool", "description": format!("Whether the step {id} is done"), "value": "false" })
        }
        Sort::Gate => {
            let title = context.duties.iter().find(|duty| duty.id == id).map_or(id, |duty| &duty.title);
            let says = format!("Whether this duty probably applies: {title}");
            json!({ "type": "bool", "description": says, "value": "false", "external": true })
        }
        Sort::Count => json!({ "type": "integer", "description": format!("How many things the answer to {id} has") }),
        Sort::Answer => {
            let ask = playbook.question(id).map_or("", |(_, question)| &question.ask);
            let ask = super::text::to_cacao(ask, &context.variables);
            json!({ "type": variable_type(context.variables.form(id)), "description": ask })
        }
    }
}

/// CACAO's word for what an answer looks like.
pub(super) fn variable_type(form: Option<&Form>) -> &'static str {
    match form {
        Some(Form::Number) => "integer",
        Some(Form::YesNo) => "bool",
        Some(Form::Text | Form::OneOf(_) | Form::List) | None => "string",
    }
}

/// Whether anything depends on that step being done.
pub(super) fn is_completion_watched(playbook: &Playbook, step: &str) -> bool {
    let done = |when: &When| when.leaves().into_iter().any(|leaf| matches!(leaf, When::Done(id) if id == step));
    playbook.phases.iter().any(|phase| {
        done(&phase.when)
            || phase.steps.iter().any(|other| {
                done(&other.when) || matches!(&other.kind, StepKind::Recur { until: Some(until), .. } if until == step)
            })
    })
}
