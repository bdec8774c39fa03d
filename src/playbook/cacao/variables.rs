//! What CACAO keeps in variables: how steps came out, and the answers to questions.

use crate::domain::duty::Duty;
use crate::domain::playbook::{Form, Kind, Playbook, Step, When};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// Whether the incident is still open, for loops that nothing else ends.
pub(super) const OPEN: &str = "__incident_open__";
/// The thing that a step is done for, where it is done for each of several.
pub(super) const ITEM: &str = "__item__";

/// What a variable holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Sort {
    /// How a step came out.
    Outcome,
    /// Whether a step was done.
    Done,
    /// The answer to a question.
    Answer,
    /// How many things the answer has.
    Count,
    /// Whether the gate of a duty is reached.
    Gate,
}

impl Sort {
    /// Whether it can be compared with a number.
    pub(super) fn is_size(self) -> bool {
        match self {
            Self::Answer | Self::Count => true,
            Self::Outcome | Self::Done | Self::Gate => false,
        }
    }
}

/// The variables of one playbook. The names depend on the ids of its steps and questions alone.
pub(super) struct Variables<'a> {
    names: BTreeMap<Sort, HashMap<&'a str, String>>,
    meanings: BTreeMap<String, (Sort, &'a str)>,
    questions: HashMap<&'a str, &'a Form>,
}

impl<'a> Variables<'a> {
    /// Those that `playbook` may need; `duties` are those whose gates it may name. Only ids are looked at.
    pub(super) fn of(playbook: &'a Playbook, duties: &'a [Duty]) -> Self {
        let mut made = Variables { names: BTreeMap::new(), meanings: BTreeMap::new(), questions: HashMap::new() };
        let mut candidates: BTreeSet<(Sort, &'a str)> = BTreeSet::new();
        for (_, step) in playbook.steps() {
            candidates.insert((Sort::Outcome, &step.id));
            candidates.insert((Sort::Done, &step.id));
        }
        for (_, question) in playbook.questions() {
            made.questions.insert(&question.id, &question.form);
            candidates.insert((Sort::Answer, &question.id));
            candidates.insert((Sort::Count, &question.id));
        }
        let gates = duties.iter().map(|duty| &duty.id).chain(&playbook.duties);
        candidates.extend(gates.map(|duty| (Sort::Gate, duty.as_str())));
        for (sort, id) in candidates {
            made.add(sort, id);
        }
        made
    }

    /// Gives a variable a name of its own. Two ids that differ only in their signs would have the same name, so the
    /// second one gets a number.
    fn add(&mut self, sort: Sort, id: &'a str) {
        let plain: String = id.chars().take(150).map(|c| if c.is_ascii_alphanumeric() { c } else { '_' }).collect();
        let word = match sort {
            Sort::Outcome => "outcome_",
            Sort::Done => "done_",
            Sort::Answer if plain.starts_with(|c: char| c.is_ascii_lowercase()) => "",
            Sort::Answer => "answer_",
            Sort::Count => "count_",
            Sort::Gate => "gate_",
        };
        let base = format!("{word}{plain}");
        let mut name = format!("__{base}__");
        let mut number = 1_u64;
        while self.meanings.contains_key(&name) || name == OPEN || name == ITEM {
            number += 1;
            name = format!("__{base}_{number}__");
        }
        self.meanings.insert(name.clone(), (sort, id));
        self.names.entry(sort).or_default().insert(id, name);
    }

    /// The variable's name; empty where there is none, which is so only for what the playbook does not hold.
    pub(super) fn name(&self, sort: Sort, id: &str) -> &str {
        self.names.get(&sort).and_then(|names| names.get(id)).map_or("", String::as_str)
    }

    /// What the variable of that name holds, and of what.
    pub(super) fn meaning(&self, name: &str) -> Option<(Sort, &'a str)> {
        self.meanings.get(name).copied()
    }

    /// What an answer to that question looks like.
    pub(super) fn form(&self, question: &str) -> Option<&'a Form> {
        self.questions.get(question).copied()
    }

    /// The variable that `{name}` in a text stands for.
    pub(super) fn placeholder(&self, name: &str) -> Option<&str> {
        if name == "item" {
            return Some(ITEM);
        }
        self.questions.contains_key(name).then(|| self.name(Sort::Answer, name))
    }
}

/// The variable that says how `step` came out, where conditions may ask for that.
pub(super) fn outcome_variable(step: &Step) -> Option<(Sort, &str)> {
    match step.kind {
        Kind::Decision { .. } | Kind::Command { .. } | Kind::Approve { .. } => Some((Sort::Outcome, &step.id)),
        Kind::Task | Kind::Collect | Kind::Notify { .. } | Kind::Recur { .. } => None,
    }
}

/// What `when` looks at; a gate that stands for its thresholds is given as these by the caller.
pub(super) fn collect_mentions<'a>(when: &'a When, into: &mut BTreeSet<(Sort, &'a str)>) {
    for leaf in when.leaves() {
        match leaf {
            When::Chose(step, _) => into.insert((Sort::Outcome, step)),
            When::Done(step) => into.insert((Sort::Done, step)),
            When::Yes(question) | When::Answered(question, _) => into.insert((Sort::Answer, question)),
            When::AtLeast(question, _) => into.insert((Sort::Count, question)),
            When::Gate(duty) => into.insert((Sort::Gate, duty)),
            When::Always | When::All(_) | When::Any(_) | When::Not(_) => false,
        };
    }
}
