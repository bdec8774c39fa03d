//! How much work a rehearsal is, so that none goes on for ever whatever the playbook says.

use crate::{
    domain::{
        duty::Duty,
        playbook::{Playbook, Question},
    },
    playbook::flow::outcomes::{list_answers, list_outcomes},
};
use std::collections::HashMap;

/// How much a rehearsal works at most, in looks at a condition; a real playbook takes a part of it.
pub(super) const WORK: usize = 60_000_000;

/// About how many looks one act takes: every step is looked at four times, for each of its things, and each condition
/// leads to those of the steps that it asks for.
pub(super) fn estimate_cost(playbook: &Playbook, duties: &[Duty]) -> usize {
    let depths = condition_depths(playbook);
    let mut cost = 1_usize;
    for (phase, step) in playbook.steps() {
        let leaves = phase.when.leaves().len() + step.when.leaves().len();
        let depth = depths.get(&*step.id).copied().unwrap_or(0);
        let list = step.each.as_ref().and_then(|list| playbook.question(list));
        let things = list.map(|(_, question)| largest_list(playbook, duties, question)).unwrap_or(1);
        cost += things * (20 + 4 * leaves * (1 + depth)) + 5 * list_outcomes(step).len();
    }
    // For one act: to move the clock, to find what is next, to decide, and to compare what the act opened.
    4 * cost
}

/// How many conditions each step's condition leads to, one after another; a cycle counts as 500.
fn condition_depths(playbook: &Playbook) -> HashMap<&str, usize> {
    let mut depths: HashMap<&str, usize> = HashMap::new();
    // Each round carries the depth one step further; a chain longer than this counts as a cycle, which only makes the
    // walks shorter.
    for _ in 0..64 {
        let mut changed = false;
        for (phase, step) in playbook.steps() {
            let mentions = phase.when.mentions().into_iter().chain(step.when.mentions());
            let depth = mentions.map(|(id, _)| 1 + depths.get(id).copied().unwrap_or(0)).max().unwrap_or(0).min(500);
            changed |= depths.insert(&step.id, depth).unwrap_or(0) != depth;
        }
        if !changed {
            return depths;
        }
    }
    depths.values_mut().for_each(|depth| *depth = 500);
    depths
}

/// The most things with which a rehearsal answers a list.
fn largest_list(playbook: &Playbook, duties: &[Duty], question: &Question) -> usize {
    list_answers(playbook, duties, question).iter().map(|way| way.id.split(',').count()).max().unwrap_or(1)
}
