//! The workflow of an export: one line of actions, each within its condition, and loops at the end.

use super::is_completion_watched;
use crate::{
    domain::playbook::{Playbook, Step},
    playbook::cacao::{
        extension::PartExt,
        ids::{self, Ids},
        model::{CacaoStep, Context, Target},
        variables::{Sort, outcome_variable},
    },
};
use serde::Serialize;
use serde_json::{Map, Value, json};

/// The steps of a workflow and where it starts.
pub(super) struct Workflow {
    pub(super) start: String,
    pub(super) steps: Map<String, Value>,
}

/// `value` under our extension.
pub(super) fn wrap_extension<T: Serialize>(value: &T) -> Value {
    json!({ ids::extension_id(): value })
}

/// An action and the steps around it: its own, what comes first, and the identifiers that they have.
struct Link<'a> {
    step: &'a Step,
    plain: &'a CacaoStep,
    loops: bool,
}

impl Link<'_> {
    /// The name from which its identifiers are made.
    fn part_name(&self, part: &str) -> String {
        if self.loops { format!("{}/again/{part}", self.step.id) } else { format!("{}/{part}", self.step.id) }
    }

    /// The action's identifier.
    fn action_id(&self, ids: &Ids) -> String {
        if self.loops { ids.part_id("action", &self.part_name("action")) } else { ids.part_id("action", &self.step.id) }
    }

    /// Where the one before it points.
    fn first_id(&self, ids: &Ids) -> String {
        match (self.plain.condition.is_empty(), self.loops) {
            (false, _) => ids.part_id("if-condition", &self.part_name("if")),
            (true, true) => ids.part_id("while-condition", &self.part_name("while")),
            (true, false) => self.action_id(ids),
        }
    }
}

impl Workflow {
    /// The workflow of `steps`, which are in an order that keeps to what they wait for.
    pub(super) fn of(playbook: &Playbook, steps: &[(&Step, CacaoStep)], ids: &Ids, context: &Context<'_>) -> Self {
        let once = steps.iter().map(|(step, plain)| Link { step, plain, loops: false });
        let again = steps.iter().filter(|(_, plain)| !plain.repeat.is_empty());
        let line: Vec<Link<'_>> = once.chain(again.map(|(step, plain)| Link { step, plain, loops: true })).collect();
        let start = ids.part_id("start", "");
        let end = ids.part_id("end", "");
        let mut made = Workflow { start: start.clone(), steps: Map::new() };
        let firsts: Vec<String> = line.iter().map(|link| link.first_id(ids)).chain([end.clone()]).collect();
        made.insert_step(&start, json!({ "type": "start", "on_completion": firsts.first() }));
        made.insert_step(&end, json!({ "type": "end" }));
        for (link, next) in line.iter().zip(firsts.iter().skip(1)) {
            made.insert_link(link, next, playbook, ids, context);
        }
        made
    }

    /// Adds a step under its identifier.
    fn insert_step(&mut self, id: &str, step: Value) {
        self.steps.insert(id.to_owned(), step);
    }

    /// Adds an action with the condition and the loop around it, which leads on to `next`.
    fn insert_link(&mut self, link: &Link<'_>, next: &str, playbook: &Playbook, ids: &Ids, context: &Context<'_>) {
        let mut next = next.to_owned();
        let part = wrap_extension(&PartExt { part_of: ids.part_id("action", &link.step.id) });
        if !link.plain.condition.is_empty() {
            let inner =
                if link.loops { ids.part_id("while-condition", &link.part_name("while")) } else { link.action_id(ids) };
            let end = ids.part_id("end", &link.part_name("if"));
            self.insert_step(
                &link.first_id(ids),
                json!({
                    "type": "if-condition",
                    "name": format!("Does this apply: {}", link.plain.name),
                    "condition": link.plain.condition,
                    "on_true": inner,
                    "on_completion": next,
                    "step_extensions": part,
                }),
            );
            self.insert_step(&end, json!({ "type": "end" }));
            next = end;
        }
        if link.loops {
            let end = ids.part_id("end", &link.part_name("while"));
            self.insert_step(
                &ids.part_id("while-condition", &link.part_name("while")),
                json!({
                    "type": "while-condition",
                    "name": format!("Still to be done again: {}", link.plain.name),
                    "condition": link.plain.repeat,
                    "on_true": link.action_id(ids),
                    "on_completion": next,
                    "step_extensions": part,
                }),
            );
            self.insert_step(&end, json!({ "type": "end" }));
            next = end;
        }
        let action = build_action(link, &next, playbook, ids, context);
        self.insert_step(&link.action_id(ids), action);
    }
}

/// An action of the workflow. Where it stands in a loop it says less: it has been said by the one in the line.
fn build_action(link: &Link<'_>, next: &str, playbook: &Playbook, ids: &Ids, context: &Context<'_>) -> Value {
    let plain = link.plain;
    let mut commands = vec![json!({ "type": "manual", "command": plain.command })];
    for line in &plain.lines {
        commands.push(json!({ "type": line.sort, "description": line.note, "command": line.command }));
    }
    let agent = if plain.agent.is_empty() { ids.part_id("group", "") } else { ids.part_id("individual", &plain.agent) };
    let mut made = Map::from_iter([
        ("type".to_owned(), json!("action")),
        ("name".to_owned(), json!(plain.name)),
        ("commands".to_owned(), json!(commands)),
        ("agent".to_owned(), json!(agent)),
    ]);
    let mut put = |key: &str, value: Value| made.insert(key.to_owned(), value);
    if !plain.description.is_empty() {
        put("description", json!(plain.description));
    }
    if let Some(target) = &plain.target {
        put("targets", json!([identify_target(target, ids)]));
    }
    if link.loops {
        let part = PartExt { part_of: ids.part_id("action", &link.step.id) };
        put("step_extensions", wrap_extension(&part));
        // A loop without a pause would keep an engine busy for ever.
        put("delay", json!(plain.delay.unwrap_or(0).max(1)));
        put("on_completion", json!(next));
        return Value::Object(made);
    }
    put("step_extensions", wrap_extension(&plain.ext));
    let sets = list_set_variables(link.step, playbook, context);
    if !sets.is_empty() {
        put("out_args", json!(sets));
    }
    match plain.timeout {
        // A step that is late does not stop the response: what comes next comes next.
        Some(timeout) => {
            put("timeout", json!(timeout));
            put("on_success", json!(next));
            put("on_failure", json!(next));
        }
        None => {
            put("on_completion", json!(next));
        }
    }
    Value::Object(made)
}

/// The identifier of a target.
fn identify_target(target: &Target, ids: &Ids) -> String {
    match target {
        Target::Role(id) => ids.part_id("individual", id),
        Target::Name(name) => ids.part_id("organization", name),
    }
}

/// The variables that a step sets.
fn list_set_variables(step: &Step, playbook: &Playbook, context: &Context<'_>) -> Vec<String> {
    let names = &context.variables;
    let mut sets: Vec<String> = Vec::new();
    sets.extend(outcome_variable(step).map(|(sort, id)| names.name(sort, id).to_owned()));
    sets.extend(step.asks.iter().map(|question| names.name(Sort::Answer, &question.id).to_owned()));
    if is_completion_watched(playbook, &step.id) {
        sets.push(names.name(Sort::Done, &step.id).to_owned());
    }
    sets
}
