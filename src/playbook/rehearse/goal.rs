//! What a walk must choose to reach a step: the ways in which its conditions, and those of the steps that they name, can
//! hold.

use crate::{
    domain::{
        duty::Duty,
        playbook::{Playbook, Start, When},
    },
    playbook::flow::outcomes::{Asked, Way},
};

/// Ways of fulfilling one condition that are tried.
const SETS: usize = 64;
/// Goals of one way at most.
const GOALS: usize = 100;
/// How far goals about steps are followed to the steps that those depend on.
const DEPTH: usize = 12;

/// Something that a walk must bring about to reach a step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Goal {
    /// That step, or that question, is to come out so, or not so.
    Way(String, String, bool),
    /// That question is to be answered with at least so much, or with less.
    Size(String, i64, bool),
    /// That question is to be answered.
    Answer(String),
    /// That step is to be done.
    Do(String),
    /// That step is to be left out.
    Skip(String),
}

impl Goal {
    /// Whether this goal leaves out the step that is asked about.
    pub(super) fn skips(&self, asked: &Asked<'_>) -> bool {
        matches!(self, Self::Skip(step) if step == asked.step)
    }

    /// Whether `way` keeps to this goal; a goal about something else allows anything.
    pub(super) fn allows(&self, asked: &Asked<'_>, way: &Way) -> bool {
        let question = |id: &str| asked.question.filter(|question| question.id == id);
        match self {
            Self::Way(key, id, so) => *key != asked.key() || (way.id == *id) == *so,
            Self::Size(id, least, so) => question(id).is_none_or(|question| {
                let size = question.form.read(&way.id).ok().and_then(|value| value.size(&question.form));
                size.is_some_and(|size| size >= *least) == *so
            }),
            Self::Answer(id) => question(id).is_none() || !way.id.is_empty(),
            Self::Do(_) | Self::Skip(_) => true,
        }
    }

    /// The step that must be reached for this.
    fn step<'a>(&'a self, playbook: &'a Playbook) -> Option<&'a str> {
        let asks = |id: &str| playbook.question(id).map(|(step, _)| step.id.as_str());
        match self {
            Self::Way(key, _, true) => match key.strip_prefix('?') {
                Some(question) => asks(question),
                None => Some(key),
            },
            Self::Size(question, _, true) | Self::Answer(question) => asks(question),
            Self::Do(step) => Some(step),
            Self::Way(_, _, false) | Self::Size(_, _, false) | Self::Skip(_) => None,
        }
    }
}

/// Sets of goals, each of which may bring a walk to the step.
pub(super) fn list_goal_sets(playbook: &Playbook, duties: &[Duty], step: &str) -> Vec<Vec<Goal>> {
    // A condition may name a step whose condition names the first: each is followed once.
    let mut seen = vec![step.to_owned()];
    let mut sets = own_goal_sets(playbook, duties, step);
    for _ in 0..DEPTH {
        let mentioned = sets.iter().flatten().filter_map(|wish| wish.step(playbook)).map(str::to_owned);
        let fresh: Vec<String> = mentioned.filter(|id| !seen.contains(id)).collect();
        let Some(next) = fresh.into_iter().next() else { break };
        let more = own_goal_sets(playbook, duties, &next);
        sets = sets
            .into_iter()
            .flat_map(|set| match set.iter().any(|wish| wish.step(playbook) == Some(&*next)) {
                true => combine_goal_sets(&[set], &more),
                false => vec![set],
            })
            .take(SETS)
            .collect();
        seen.push(next);
    }
    sets
}

/// The goals that the step's own conditions set.
fn own_goal_sets(playbook: &Playbook, duties: &[Duty], id: &str) -> Vec<Vec<Goal>> {
    let Some((phase, step)) = playbook.steps().find(|(_, step)| step.id == id) else { return Vec::new() };
    let mut sets = combine_goal_sets(&goal_sets_of(duties, &phase.when, true), &goal_sets_of(duties, &step.when, true));
    let mut also: Vec<Goal> = step.each.iter().map(|list| Goal::Answer(list.clone())).collect();
    if let Start::Step(after) = &step.due_after {
        also.push(Goal::Do(after.clone()));
    }
    sets.iter_mut().for_each(|set| set.extend(also.iter().cloned()));
    sets
}

/// The sets of goals of which each makes `when` hold, or not hold where `so` is false.
fn goal_sets_of(duties: &[Duty], when: &When, so: bool) -> Vec<Vec<Goal>> {
    let one = |wish: Goal| vec![vec![wish]];
    match when {
        When::Always if so => vec![Vec::new()],
        When::Always => Vec::new(),
        When::Chose(step, option) => one(Goal::Way(step.clone(), option.clone(), so)),
        When::Done(step) if so => one(Goal::Do(step.clone())),
        When::Done(step) => one(Goal::Skip(step.clone())),
        When::Yes(question) => one(Goal::Way(format!("?{question}"), "yes".into(), so)),
        When::Answered(question, option) => one(Goal::Way(format!("?{question}"), option.clone(), so)),
        When::AtLeast(question, least) => one(Goal::Size(question.clone(), *least, so)),
        When::Gate(duty) => {
            let gate = duties.iter().filter(|known| known.id == *duty).flat_map(|duty| &duty.gate);
            let wishes = gate.map(|threshold| Goal::Size(threshold.question.clone(), threshold.at_least, so));
            // All thresholds must be reached for a gate to be, and one that is missed is enough for it not to be.
            if so { vec![wishes.collect()] } else { wishes.map(|wish| vec![wish]).collect() }
        }
        When::All(parts) | When::Any(parts) if matches!(when, When::All(_)) == so => parts
            .iter()
            .fold(vec![Vec::new()], |known, part| combine_goal_sets(&known, &goal_sets_of(duties, part, so))),
        When::All(parts) | When::Any(parts) => {
            parts.iter().flat_map(|part| goal_sets_of(duties, part, so)).take(SETS).collect()
        }
        When::Not(part) => goal_sets_of(duties, part, !so),
    }
}

/// Each set of the one joined with each of the other, within the limits.
fn combine_goal_sets(these: &[Vec<Goal>], those: &[Vec<Goal>]) -> Vec<Vec<Goal>> {
    let join = |one: &[Goal], other: &[Goal]| one.iter().chain(other).take(GOALS).cloned().collect();
    these.iter().flat_map(|one| those.iter().map(move |other| join(one, other))).take(SETS).collect()
}
