//! The flow of a playbook: what each step waits for, and what each option opens and closes, read from its conditions.
//!
//! No case is looked at: this is the playbook on paper. A rehearsal is what happens when it is followed.

mod layout;
pub(crate) mod outcomes;
pub(crate) mod svg;
pub(crate) mod text;

use crate::domain::{
    duty::Duty,
    playbook::{Kind, Phase, Playbook, Step, When},
    step::attached_playbook::{Piece, split_placeholders},
    wording::duration::short_span,
};
use std::collections::{HashMap, HashSet};

/// Arrows of one playbook at most: a drawing with more shows nothing.
const EDGES: usize = 3000;

/// An arrow from one step to another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edge {
    /// The step that comes before.
    pub from: String,
    /// The step that waits for it.
    pub to: String,
    /// What must come out of it, such as `england`; empty where it need only be settled.
    pub label: String,
}

/// What follows from an option, an outcome or an answer by itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Effects {
    /// Steps that then apply; `phase X` is a whole phase.
    pub opens: Vec<String>,
    /// Steps that then may apply, if something else holds too, and would not otherwise.
    pub may_open: Vec<String>,
    /// Steps that then do not apply.
    pub closes: Vec<String>,
}

impl Effects {
    /// Whether nothing follows.
    pub fn is_empty(&self) -> bool {
        self.opens.is_empty() && self.may_open.is_empty() && self.closes.is_empty()
    }
}

/// Something that comes out one way of several.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cause<'a> {
    /// How a step comes out.
    Step(&'a str),
    /// How a question is answered: an option, `yes` or `no`.
    Question(&'a str),
}

/// What each of `ways` of one cause opens and closes.
pub fn effects(playbook: &Playbook, cause: Cause<'_>, ways: &[&str]) -> Vec<Effects> {
    let mut effects = vec![Effects::default(); ways.len()];
    let phases = playbook.phases.iter().map(|phase| (format!("phase {}", phase.id), &phase.when));
    let steps = playbook.steps().map(|(_, step)| (step.id.clone(), &step.when));
    for (name, when) in phases.chain(steps).filter(|(_, when)| !when.is_always()) {
        let held: Vec<Option<bool>> = ways.iter().map(|way| evaluate_condition(when, cause, way)).collect();
        for (way, effect) in effects.iter_mut().enumerate() {
            match held.get(way).copied().flatten() {
                Some(true) => effect.opens.push(name.clone()),
                Some(false) => effect.closes.push(name.clone()),
                // What is open under every option is not an effect of this one.
                None if held.contains(&Some(false)) => effect.may_open.push(name.clone()),
                None => {}
            }
        }
    }
    effects
}

/// Whether `when` holds if only that is known; `None` if it depends on something else too.
fn evaluate_condition(when: &When, cause: Cause<'_>, way: &str) -> Option<bool> {
    let all = |parts: &[When], wanted: bool| {
        let mut known = Some(wanted);
        for part in parts {
            match evaluate_condition(part, cause, way) {
                Some(held) if held != wanted => return Some(held),
                Some(_) => {}
                None => known = None,
            }
        }
        known
    };
    match (when, cause) {
        (When::Always, _) => Some(true),
        (When::Chose(step, option), Cause::Step(known)) if step == known => Some(option == way),
        (When::Done(step), Cause::Step(known)) if step == known => Some(true),
        (When::Yes(question), Cause::Question(known)) if question == known => Some(way == "yes"),
        (When::Answered(question, option), Cause::Question(known)) if question == known => Some(option == way),
        (When::All(parts), _) => all(parts, true),
        (When::Any(parts), _) => all(parts, false),
        (When::Not(part), _) => evaluate_condition(part, cause, way).map(|held| !held),
        (
            When::Chose(..) | When::Done(_) | When::Yes(_) | When::Answered(..) | When::AtLeast(..) | When::Gate(_),
            Cause::Step(_) | Cause::Question(_),
        ) => None,
    }
}

/// Every arrow, each pair of steps once, in the order of the steps that wait; at most 3000.
pub fn edges(playbook: &Playbook, duties: &[Duty]) -> Vec<Edge> {
    let known: HashSet<&str> = playbook.steps().map(|(_, step)| step.id.as_str()).collect();
    let asks: HashMap<&str, &str> =
        playbook.questions().map(|(step, question)| (question.id.as_str(), step.id.as_str())).collect();
    let mut edges: Vec<Edge> = Vec::new();
    for (_, step) in playbook.steps() {
        let mut own: Vec<(String, Vec<String>)> = Vec::new();
        let mut add = |from: &str, label: Option<String>| {
            if !known.contains(from) || from == step.id {
                return;
            }
            let at = own.iter().position(|(other, _)| other == from).unwrap_or(own.len());
            if at == own.len() {
                own.push((from.to_owned(), Vec::new()));
            }
            if let (Some((_, labels)), Some(label)) = (own.get_mut(at), label)
                && !labels.contains(&label)
            {
                labels.push(label);
            }
        };
        step.needs.iter().for_each(|id| add(id, None));
        if let Some((list, from)) = step.each.as_ref().and_then(|list| Some((list, asks.get(list.as_str())?))) {
            add(from, Some(format!("each of {list}")));
        }
        for (from, label) in list_leaves(&step.when, true, &asks, duties) {
            add(&from, Some(label));
        }
        let joined =
            |(from, labels): (String, Vec<String>)| Edge { from, to: step.id.clone(), label: labels.join(" / ") };
        edges.extend(own.into_iter().map(joined));
        if edges.len() >= EDGES {
            edges.truncate(EDGES);
            break;
        }
    }
    edges
}

/// The steps that a condition looks at, with what it wants of each.
fn list_leaves(when: &When, so: bool, asks: &HashMap<&str, &str>, duties: &[Duty]) -> Vec<(String, String)> {
    let not = if so { "" } else { "unless " };
    let asked = |question: &str, label: String| {
        asks.get(question).map(|step| ((*step).to_owned(), label)).into_iter().collect::<Vec<_>>()
    };
    match when {
        When::Always => Vec::new(),
        When::Chose(step, option) => vec![(step.clone(), format!("{not}{option}"))],
        When::Done(step) => vec![(step.clone(), format!("{not}done"))],
        When::Yes(question) => asked(question, format!("{question}: {}", if so { "yes" } else { "no" })),
        When::Answered(question, option) => asked(question, format!("{not}{question}: {option}")),
        When::AtLeast(question, least) => asked(question, format!("{question} {} {least}", if so { "≥" } else { "<" })),
        When::Gate(duty) => {
            let gate = duties.iter().filter(|known| known.id == *duty).flat_map(|duty| &duty.gate);
            gate.flat_map(|threshold| asked(&threshold.question, format!("{not}graded for {duty}"))).collect()
        }
        When::All(parts) | When::Any(parts) => {
            parts.iter().flat_map(|part| list_leaves(part, so, asks, duties)).collect()
        }
        When::Not(part) => list_leaves(part, !so, asks, duties),
    }
}

/// What stands at a phase's head: `after Contain; if …`. Empty for most.
pub(super) fn phase_head(playbook: &Playbook, phase: &Phase) -> String {
    let title = |id: &String| {
        playbook.phases.iter().find(|other| other.id == *id).map_or(id.clone(), |other| other.title.clone())
    };
    let needs: Vec<String> = phase.needs.iter().map(title).collect();
    let after = (!needs.is_empty()).then(|| format!("after {}", needs.join(", ")));
    let when = (!phase.when.is_always())
        .then(|| format!("if {}", crate::domain::playbook::condition_text::word_condition(playbook, &phase.when)));
    after.into_iter().chain(when).collect::<Vec<_>>().join("; ")
}

/// The title, with the names of answers where a case has the answers: `Bring back each of services`.
pub(super) fn step_title(step: &Step) -> String {
    let each = step.each.as_ref().map_or_else(|| "each".to_owned(), |list| format!("each of {list}"));
    let said = split_placeholders(&step.title).into_iter().map(|piece| match piece {
        Piece::Text(text) => text.to_owned(),
        Piece::Name("item") => each.clone(),
        Piece::Name(name) => format!("({name})"),
    });
    said.collect()
}

/// Who does it and by when, in a few words: `Incident lead · within 15 min`.
pub(super) fn step_notes(playbook: &Playbook, step: &Step) -> Vec<String> {
    let owner = Some(playbook.role_title(&step.owner).to_owned()).filter(|owner| !owner.is_empty());
    let due = step.due.map(|due| format!("within {}", short_span(due)));
    // The title says then for what the step is done.
    let named = step.title.contains("{item}");
    let each = step.each.as_ref().filter(|_| !named).map(|list| format!("for each of {list}"));
    let kind = match &step.kind {
        Kind::Recur { every, until } => {
            let until = until.as_ref().map_or_else(String::new, |until| format!(" until {until}"));
            Some(format!("every {}{until}", short_span(*every)))
        }
        Kind::Approve { by, .. } => Some(format!("agreed by {}", playbook.role_title(by))),
        Kind::Notify { duty, .. } => duty.as_ref().map(|duty| format!("duty {duty}")),
        Kind::Task | Kind::Decision { .. } | Kind::Command { .. } | Kind::Collect => None,
    };
    owner.into_iter().chain(due).chain(each).chain(kind).collect()
}
