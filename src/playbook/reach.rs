//! Whether a step can ever apply: some choice of options must make its `when` true.

use super::check::indexed;
use super::finding::{Code, Sink};
use super::near::quoted;
use crate::domain::playbook::{Kind, Playbook, Step, When};
use std::collections::HashMap;

/// Answers that one condition may depend on; with more than this it is not tried out.
const FACTS: usize = 12;
/// Combinations tried for one condition.
const TRIES: usize = 4096;
/// Combinations tried for one playbook.
const BUDGET: usize = 400_000;

/// An answer that a condition looks at: how a decision went, or whether a step was done.
type Fact<'a> = (&'a str, Sort);

#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum Sort {
    Choice,
    Done,
}

/// Finds the steps that no choice of options opens. The playbook must have no circles.
pub(super) fn check(playbook: &Playbook, sink: &mut Sink<'_>) {
    let steps: HashMap<&str, &Step> = playbook.steps().map(|(_, step)| (step.id.as_str(), step)).collect();
    let mut budget = BUDGET;
    for (phase, at, step) in indexed(playbook) {
        if step.when == When::Always {
            continue;
        }
        if possible(step, &steps, &mut budget) == Some(false) {
            sink.error(&format!("phases[{phase}].steps[{at}].when"), Code::NeverApplies, || {
                let hint = "did you mean Any([…]), for one of several answers?".to_owned();
                (format!("{} can never apply: {}", quoted(&step.id), because(&step.when)), hint)
            });
        }
    }
}

fn because(when: &When) -> String {
    let mut chosen: HashMap<&str, &str> = HashMap::new();
    if let When::All(parts) = when {
        for part in parts {
            if let When::Chose(step, option) = part
                && let Some(other) = chosen.insert(step, option)
                && other != option
            {
                return format!("{} cannot be both {} and {}", quoted(step), quoted(other), quoted(option));
            }
        }
    }
    "no choice of options makes its `when` true".to_owned()
}

/// Whether some combination of answers opens `step`; `None` where there are too many to try.
fn possible(step: &Step, steps: &HashMap<&str, &Step>, budget: &mut usize) -> Option<bool> {
    let facts = facts(step, steps)?;
    let sizes: Vec<usize> = facts.iter().map(|fact| answers(*fact, steps)).collect();
    let tries = sizes.iter().try_fold(1_usize, |product, size| product.checked_mul(*size).filter(|p| *p <= TRIES))?;
    *budget = budget.checked_sub(tries)?;
    let mut given: HashMap<Fact<'_>, usize> = HashMap::new();
    for number in 0..tries {
        let mut left = number;
        for (fact, size) in facts.iter().zip(&sizes) {
            given.insert(*fact, left % size);
            left /= size;
        }
        if holds(&step.when, &given, steps) {
            return Some(true);
        }
    }
    Some(false)
}

/// The answers that `step` depends on, with those that these depend on; `None` where there are too many, or where
/// one is about a step or option that does not exist, which is a fault of its own.
fn facts<'a>(step: &'a Step, steps: &HashMap<&str, &'a Step>) -> Option<Vec<Fact<'a>>> {
    let mut facts: Vec<Fact<'a>> = Vec::new();
    let mut open = vec![step];
    while let Some(step) = open.pop() {
        for (name, option) in step.when.mentions() {
            let asked = steps.get(name)?;
            if let (Some(option), Kind::Decision { options, .. }) = (option, &asked.kind)
                && !options.iter().any(|known| known.id == option)
            {
                return None;
            }
            let fact = (name, if option.is_some() { Sort::Choice } else { Sort::Done });
            if !facts.contains(&fact) {
                facts.push(fact);
                open.push(asked);
            }
            if facts.len() > FACTS {
                return None;
            }
        }
    }
    Some(facts)
}

fn answers((name, sort): Fact<'_>, steps: &HashMap<&str, &Step>) -> usize {
    match (sort, steps.get(name).map(|step| &step.kind)) {
        (Sort::Choice, Some(Kind::Decision { options, .. })) => options.len().max(1),
        (Sort::Choice, _) => 1,
        (Sort::Done, _) => 2,
    }
}

/// Whether `when` is true under the answers given. A decision that does not apply was never made.
fn holds(when: &When, given: &HashMap<Fact<'_>, usize>, steps: &HashMap<&str, &Step>) -> bool {
    let applies = |name: &str| steps.get(name).is_some_and(|step| holds(&step.when, given, steps));
    match when {
        When::Always => true,
        When::Done(step) => given.get(&(step.as_str(), Sort::Done)) == Some(&1) && applies(step),
        When::Chose(step, option) => {
            let chosen = given.get(&(step.as_str(), Sort::Choice)).copied().unwrap_or(0);
            let right = match steps.get(step.as_str()).map(|step| &step.kind) {
                Some(Kind::Decision { options, .. }) => options.get(chosen).is_some_and(|found| found.id == *option),
                _ => false,
            };
            right && applies(step)
        }
        When::All(parts) => parts.iter().all(|part| holds(part, given, steps)),
        When::Any(parts) => parts.iter().any(|part| holds(part, given, steps)),
        When::Not(part) => !holds(part, given, steps),
        When::Yes(_) | When::Answered(..) | When::AtLeast(..) | When::Gate(_) => true,
    }
}
