//! The ways in which a step can come out or a question be answered, as a rehearsal tries them and a drawing shows them.

use crate::domain::{
    duty::Duty,
    playbook::{Form, Kind, Playbook, Question, Step, When, answer::THINGS_MAX},
    step::attached_playbook::Plan,
};

/// Thresholds of one question that are tried.
const THRESHOLDS: usize = 20;

/// Something that a rehearsal asks for.
#[derive(Clone, Copy, Debug)]
pub struct Asked<'a> {
    /// The step, without the thing that it is done for.
    pub step: &'a str,
    /// The thing that it is done for, where it is one of several.
    pub item: Option<&'a str>,
    /// The question; `None` where it is how the step comes out.
    pub question: Option<&'a Question>,
    /// The ways; none where the step is only done.
    pub ways: &'a [Way],
}

impl Asked<'_> {
    /// Under which name its ways are counted: `?` and the question, or the step.
    pub fn key(&self) -> String {
        self.question.map_or_else(|| self.step.to_owned(), |question| format!("?{}", question.id))
    }
}

/// One way in which a step comes out or a question is answered.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Way {
    /// An option's identifier, an outcome, or the answer as given; empty is no answer.
    pub id: String,
    /// What it says.
    pub label: String,
    /// Whether it is made up, since any answer would do.
    pub sample: bool,
}

impl Way {
    /// A way that is not made up.
    fn new(id: &str, label: &str) -> Self {
        Self { id: id.to_owned(), label: label.to_owned(), sample: false }
    }
}

/// What is done where a rehearsal asks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Chosen {
    /// The first way.
    First,
    /// The way of that identifier, or an answer as given.
    Way(String),
    /// The step is left out.
    Skip,
}

/// The ways in which `question` can be answered, or `step` come out where there is no question.
pub(crate) fn list_ways(plan: &Plan, step: &Step, question: Option<&Question>) -> Vec<Way> {
    match question {
        Some(question) => list_answers(&plan.playbook, &plan.duties, question),
        None => list_outcomes(step),
    }
}

/// How a step can come out; none where it is only done.
pub(crate) fn list_outcomes(step: &Step) -> Vec<Way> {
    match &step.kind {
        Kind::Decision { options, .. } => options.iter().map(|option| Way::new(&option.id, &option.label)).collect(),
        kind @ (Kind::Task
        | Kind::Command { .. }
        | Kind::Collect
        | Kind::Notify { .. }
        | Kind::Approve { .. }
        | Kind::Recur { .. }) => kind.outcomes().into_iter().map(|outcome| Way::new(outcome, outcome)).collect(),
    }
}

/// The answers that a rehearsal tries: each option, yes and no, both sides of each threshold, and no answer where none
/// is needed.
pub(crate) fn list_answers(playbook: &Playbook, duties: &[Duty], question: &Question) -> Vec<Way> {
    let mut ways = match &question.form {
        Form::YesNo => vec![Way::new("yes", "yes"), Way::new("no", "no")],
        Form::OneOf(options) => options.iter().map(|option| Way::new(&option.id, &option.label)).collect(),
        Form::Text => vec![sample_way(format!("some {}", question.id))],
        Form::Number => {
            let mut sizes = list_sizes(playbook, duties, &question.id);
            if sizes.is_empty() {
                sizes.push(10);
            }
            sizes.into_iter().map(|size| sample_way(size.to_string())).collect()
        }
        Form::List => {
            let most = i64::try_from(THINGS_MAX).unwrap_or(i64::MAX);
            let mut sizes = list_sizes(playbook, duties, &question.id);
            sizes.retain(|size| (1..=most).contains(size));
            if sizes.is_empty() {
                sizes.push(2);
            }
            sizes.into_iter().map(|size| sample_way(name_things(&question.id, size))).collect()
        }
    };
    if question.optional {
        ways.push(Way { id: String::new(), label: "no answer".into(), sample: false });
    }
    ways
}

/// An answer that stands for any other, such as `some wards`.
fn sample_way(answer: String) -> Way {
    Way { id: answer.clone(), label: answer, sample: true }
}

/// `wards A, wards B`.
fn name_things(question: &str, size: i64) -> String {
    let name = |at| crate::domain::id::letters_of_console(usize::try_from(at).unwrap_or(0));
    (0..size).map(|at| format!("{question} {}", name(at))).collect::<Vec<_>>().join(", ")
}

/// Both sides of each threshold that anything holds the question against, the reached side first.
fn list_sizes(playbook: &Playbook, duties: &[Duty], question: &str) -> Vec<i64> {
    let mut thresholds: Vec<i64> = Vec::new();
    for (phase, step) in playbook.steps() {
        for leaf in phase.when.leaves().into_iter().chain(step.when.leaves()) {
            match leaf {
                When::AtLeast(id, least) => thresholds.extend((id == question).then_some(*least)),
                When::Gate(duty) => {
                    let gates = duties.iter().filter(|known| known.id == *duty).flat_map(|duty| &duty.gate);
                    let own = gates.filter(|threshold| threshold.question == question);
                    thresholds.extend(own.map(|threshold| threshold.at_least));
                }
                When::Always
                | When::Chose(..)
                | When::Done(_)
                | When::Yes(_)
                | When::Answered(..)
                | When::All(_)
                | When::Any(_)
                | When::Not(_) => {}
            }
        }
    }
    thresholds.sort_unstable_by(|a, b| b.cmp(a));
    thresholds.dedup();
    thresholds.truncate(THRESHOLDS);
    // One answer that reaches the threshold and the nearest that does not: no other tells more.
    let mut sizes: Vec<i64> = thresholds.iter().flat_map(|least| [*least, least.saturating_sub(1)]).collect();
    sizes.dedup();
    sizes
}
