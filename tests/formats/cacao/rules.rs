//! What the published schemas let pass: required and unknown keys by type, and references that lead nowhere.

use serde_json::{Map, Value};
use std::collections::BTreeSet;

const STEP: &[&str] = &[
    "type",
    "name",
    "description",
    "external_references",
    "delay",
    "timeout",
    "step_variables",
    "owner",
    "on_completion",
    "on_success",
    "on_failure",
    "step_extensions",
];
const PLAYBOOK: &[&str] = &[
    "type",
    "spec_version",
    "id",
    "name",
    "description",
    "playbook_types",
    "playbook_activities",
    "playbook_processing_summary",
    "created_by",
    "created",
    "modified",
    "revoked",
    "valid_from",
    "valid_until",
    "derived_from",
    "related_to",
    "priority",
    "severity",
    "impact",
    "industry_sectors",
    "labels",
    "external_references",
    "markings",
    "playbook_variables",
    "workflow_start",
    "workflow_exception",
    "workflow",
    "playbook_extensions",
    "authentication_info_definitions",
    "agent_definitions",
    "target_definitions",
    "extension_definitions",
    "data_marking_definitions",
    "signatures",
];
/// The type of a step, the keys that it must have beyond `type`, and those that it may have beyond those of all steps.
const STEPS: &[(&str, &[&str], &[&str])] = &[
    ("start", &["on_completion"], &[]),
    ("end", &[], &[]),
    ("action", &["commands", "agent"], &["commands", "agent", "targets", "in_args", "out_args"]),
    ("playbook-action", &["playbook_id"], &["playbook_id", "playbook_version", "in_args", "out_args"]),
    ("parallel", &["next_steps"], &["next_steps"]),
    ("if-condition", &["condition", "on_true"], &["condition", "on_true", "on_false"]),
    ("while-condition", &["condition", "on_true"], &["condition", "on_true"]),
    ("switch-condition", &["switch", "cases"], &["switch", "cases"]),
];

struct Faults(Vec<String>);

impl Faults {
    fn keys(&mut self, what: &str, object: &Map<String, Value>, required: &[&str], known: &[&str]) {
        let missing = required.iter().filter(|key| !object.contains_key(**key));
        self.0.extend(missing.map(|key| format!("{what} lacks {key}")));
        let strange = object.keys().filter(|key| !known.contains(&key.as_str()));
        self.0.extend(strange.map(|key| format!("{what} has {key}")));
    }

    fn check(&mut self, good: bool, what: impl FnOnce() -> String) {
        if !good {
            self.0.push(what());
        }
    }
}

/// Everything that is wrong with a CACAO 2.0 playbook by these rules.
pub(crate) fn faults(text: &str) -> Vec<String> {
    let mut faults = Faults(Vec::new());
    let value: Value = serde_json::from_str(text).unwrap();
    let playbook = value.as_object().unwrap();
    let required =
        ["type", "spec_version", "id", "name", "created_by", "created", "modified", "workflow_start", "workflow"];
    faults.keys("the playbook", playbook, &required, PLAYBOOK);
    let none = Map::new();
    let group = |key: &str| playbook.get(key).and_then(Value::as_object).unwrap_or(&none);
    let (workflow, extensions) = (group("workflow"), group("extension_definitions"));
    let variables = group("playbook_variables");
    let mut uuids = BTreeSet::new();
    let mut reached = BTreeSet::from([value["workflow_start"].as_str().unwrap_or("")]);
    let mut ended = Vec::new();
    faults.check(workflow.contains_key(value["workflow_start"].as_str().unwrap()), || "it starts nowhere".to_owned());
    for (id, step) in workflow {
        let sort = step["type"].as_str().unwrap_or("");
        let (named, uuid) = id.split_once("--").unwrap_or((id, ""));
        faults.check(named == sort && uuid.as_bytes().get(14) == Some(&b'4'), || format!("{id} is a {sort}"));
        faults.check(uuids.insert(uuid), || format!("{uuid} stands twice"));
        let step = step.as_object().unwrap();
        let Some((_, required, own)) = STEPS.iter().find(|(known, _, _)| *known == sort) else {
            faults.0.push(format!("{id}: there are no steps of the type {sort}"));
            continue;
        };
        faults.keys(id, step, required, &[STEP, own].concat());
        let has = |key: &str| step.contains_key(key);
        let leads = has("on_completion") || has("on_success");
        faults.check(leads != (sort == "end"), || format!("{id} leads nowhere, or is an end that leads on"));
        faults.check(!(has("on_completion") && has("on_success")), || format!("{id} leads on in two ways"));
        for key in ["on_completion", "on_success", "on_failure", "on_true", "on_false"] {
            if let Some(to) = step.get(key) {
                let to = to.as_str().unwrap_or("");
                faults.check(workflow.contains_key(to), || format!("{id}: {key} leads to no step: {to}"));
                reached.insert(to);
                if to.starts_with("end--") && key != "on_failure" {
                    ended.push(to);
                }
            }
        }
        if sort == "action" {
            action(&mut faults, id, step, &value, variables);
        }
        for name in condition_names(step) {
            faults.check(variables.contains_key(&name), || format!("{id} asks for {name}, which is no variable"));
        }
        for key in step.get("step_extensions").and_then(Value::as_object).into_iter().flat_map(Map::keys) {
            faults.check(extensions.contains_key(key), || format!("{id} uses an extension that is not defined"));
        }
    }
    for id in workflow.keys() {
        faults.check(reached.contains(id.as_str()), || format!("nothing leads to {id}"));
    }
    let unique: BTreeSet<_> = ended.iter().collect();
    faults.check(unique.len() == ended.len(), || "two branches share an end".to_owned());
    faults.0
}

fn action(faults: &mut Faults, id: &str, step: &Map<String, Value>, playbook: &Value, variables: &Map<String, Value>) {
    let agent = step.get("agent").and_then(Value::as_str).unwrap_or("");
    faults.check(playbook["agent_definitions"].get(agent).is_some(), || format!("{id}: there is no agent {agent}"));
    for target in step.get("targets").and_then(Value::as_array).into_iter().flatten() {
        let target = target.as_str().unwrap_or("");
        let known = playbook["target_definitions"].get(target).is_some();
        faults.check(known, || format!("{id}: there is no target {target}"));
    }
    for name in step.get("out_args").and_then(Value::as_array).into_iter().flatten() {
        let name = name.as_str().unwrap_or("");
        faults.check(variables.contains_key(name), || format!("{id} sets {name}, which is no variable"));
    }
    let commands = step.get("commands").and_then(Value::as_array);
    faults.check(commands.is_some_and(|commands| !commands.is_empty()), || format!("{id} has no command"));
    for command in commands.into_iter().flatten() {
        let sort = command["type"].as_str().unwrap_or("");
        faults.check(["manual", "bash", "powershell"].contains(&sort), || format!("{id}: a command of type {sort}"));
        faults.keys(id, command.as_object().unwrap(), &["type", "command"], &["type", "command", "description"]);
    }
}

/// The variables that a condition names.
fn condition_names(step: &Map<String, Value>) -> Vec<String> {
    let condition = step.get("condition").and_then(Value::as_str).unwrap_or("");
    let outside: String = condition.split('\'').step_by(2).collect::<Vec<_>>().join(" ");
    let names = outside.split(|c: char| !c.is_alphanumeric() && c != '_' && c != ':' && c != '-');
    names.filter_map(|name| name.strip_suffix(":value")).map(str::to_owned).collect()
}
