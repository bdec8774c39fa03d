//! The steps of a file in phases: ours in theirs, those of others beside the step before them.

use super::flow::Flow;
use crate::{
    domain::playbook::{Phase, Playbook, Step, StepKind},
    playbook::{
        cacao::{
            extension::{self, PlaybookExt},
            json::{
                source::{Source, shorten_safely},
                tree::ROOT,
            },
        },
        finding::{Code, Level},
    },
};
use std::collections::{HashMap, HashSet};

/// Puts the steps into phases; `first` comes before all.
pub(super) fn arrange_phases(
    source: &Source<'_>,
    flow: &Flow,
    ext: Option<&PlaybookExt>,
    made: Vec<(usize, Step)>,
    first: Option<Step>,
    playbook: &mut Playbook,
) {
    let known = ext.map(|ext| ext.phases.as_slice()).unwrap_or_default();
    let mut phases: Vec<Phase> = known
        .iter()
        .map(|phase| {
            let (id, title, needs) = (phase.phase_id.clone(), phase.title.clone(), phase.needs.clone());
            Phase { id, title, needs, when: extension::read_when(&phase.when), steps: Vec::new() }
        })
        .collect();
    if phases.is_empty() {
        let phase = Phase { id: "workflow".to_owned(), title: "Workflow".to_owned(), ..Phase::default() };
        phases.push(phase);
    }
    let places: HashMap<&str, (usize, usize)> = known
        .iter()
        .enumerate()
        .flat_map(|(phase, known)| known.steps.iter().enumerate().map(move |(place, id)| (id.as_str(), (phase, place))))
        .collect();
    let mut steps: Vec<((usize, usize, usize), Step)> = Vec::new();
    let (mut last, mut turn) = ((0, 0), 0);
    for (number, step) in made {
        let id = flow.steps.get(number).map_or("", |step| source.tree.key(step.at));
        turn += 1;
        match places.get(id) {
            Some(&(phase, place)) => {
                last = (phase, place);
                steps.push(((phase, place, 0), step));
            }
            // A step of somebody else goes right behind the one of ours that comes before it in the workflow.
            None => steps.push(((last.0, last.1, turn), step)),
        }
    }
    steps.sort_by_key(|(place, _)| *place);
    for ((phase, _, _), step) in steps {
        if let Some(phase) = phases.get_mut(phase) {
            phase.steps.push(step);
        }
    }
    if let (Some(step), Some(phase)) = (first, phases.first_mut()) {
        phase.steps.insert(0, step);
    }
    playbook.phases = phases;
    drop_missing_needs(source, playbook);
}

/// Takes out what waits for steps that are not in the file any more.
fn drop_missing_needs(source: &Source<'_>, playbook: &mut Playbook) {
    let ids: HashSet<String> = playbook.steps().map(|(_, step)| step.id.clone()).collect();
    for step in playbook.phases.iter_mut().flat_map(|phase| &mut phase.steps) {
        let missing: Vec<String> = step.needs.iter().filter(|need| !ids.contains(*need)).cloned().collect();
        for need in missing {
            let what = || {
                format!(
                    "{} waits for {}, which is not in the workflow",
                    shorten_safely(&step.id),
                    shorten_safely(&need)
                )
            };
            source.find(ROOT, Level::Warning, Code::UnknownStep, what, "it waits for it no longer");
            step.needs.retain(|known| *known != need);
        }
        if let StepKind::Recur { until: Some(until), .. } = &step.kind
            && !ids.contains(until)
        {
            // A step that would recur until a step that is gone would recur for ever.
            step.kind = StepKind::Task;
        }
    }
}
