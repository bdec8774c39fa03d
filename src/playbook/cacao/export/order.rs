//! An order of steps that keeps to what they wait for, and to the order of the file otherwise.

use crate::domain::playbook::{Phase, Playbook, Step, When};
use std::cmp::Reverse;
use std::collections::{BinaryHeap, HashMap};

/// Every step with its phase, each after all that it waits for; the id of a step that waits for itself otherwise.
pub(super) fn order_steps(playbook: &Playbook) -> Result<Vec<(&Phase, &Step)>, String> {
    let steps: Vec<(&Phase, &Step)> = playbook.steps().collect();
    let numbers: HashMap<&str, usize> =
        steps.iter().enumerate().map(|(number, (_, step))| (step.id.as_str(), number)).collect();
    let asked: HashMap<&str, usize> = playbook
        .questions()
        .filter_map(|(step, question)| Some((question.id.as_str(), *numbers.get(step.id.as_str())?)))
        .collect();
    let mut waiting = vec![0_usize; steps.len()];
    let mut behind: Vec<Vec<usize>> = vec![Vec::new(); steps.len()];
    let mut starts: HashMap<&str, Vec<usize>> = HashMap::new();
    for (number, (phase, _)) in steps.iter().enumerate() {
        starts.entry(phase.id.as_str()).or_default().push(number);
    }
    for (number, (phase, step)) in steps.iter().enumerate() {
        let needs = step.needs.iter().filter_map(|need| numbers.get(need.as_str()).copied());
        let questions = step.each.iter().filter_map(|each| asked.get(each.as_str()).copied());
        let phases = phase.needs.iter().filter_map(|need| starts.get(need.as_str())).flatten().copied();
        let mut before: Vec<usize> = needs.chain(questions).chain(phases).collect();
        for when in [&phase.when, &step.when] {
            before.extend(
                list_mentions(when)
                    .into_iter()
                    .filter_map(|(id, step)| if step { numbers.get(id).copied() } else { asked.get(id).copied() }),
            );
        }
        before.sort_unstable();
        before.dedup();
        for first in before {
            if let (Some(behind), Some(waiting)) = (behind.get_mut(first), waiting.get_mut(number)) {
                behind.push(number);
                *waiting += 1;
            }
        }
    }
    let free = waiting.iter().enumerate().filter(|(_, waiting)| **waiting == 0).map(|(number, _)| Reverse(number));
    // Kahn's algorithm; the heap gives the step that comes first in the file, so that the order changes as little as it
    // may.
    let mut free: BinaryHeap<Reverse<usize>> = free.collect();
    let mut order = Vec::new();
    while let Some(Reverse(number)) = free.pop() {
        order.extend(steps.get(number).copied());
        for next in behind.get(number).into_iter().flatten() {
            if let Some(waiting) = waiting.get_mut(*next) {
                *waiting -= 1;
                if *waiting == 0 {
                    free.push(Reverse(*next));
                }
            }
        }
    }
    match waiting.iter().position(|waiting| *waiting > 0) {
        Some(number) => Err(steps.get(number).map_or(String::new(), |(_, step)| step.id.clone())),
        None => Ok(order),
    }
}

/// The steps (`true`) and questions that a condition looks at.
fn list_mentions(when: &When) -> Vec<(&str, bool)> {
    when.leaves()
        .into_iter()
        .filter_map(|leaf| match leaf {
            When::Chose(step, _) | When::Done(step) => Some((step.as_str(), true)),
            When::Yes(question) | When::Answered(question, _) | When::AtLeast(question, _) => Some((question, false)),
            When::Always | When::Gate(_) | When::All(_) | When::Any(_) | When::Not(_) => None,
        })
        .collect()
}
