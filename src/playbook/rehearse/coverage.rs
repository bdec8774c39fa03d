//! Which steps and options of a playbook no walk reaches. Not every way through it is walked: their number doubles with
//! each choice. One walk for each way that no other walk has taken is enough, and that is at most one for each option.

use super::{
    Limits, Stage, Walk, WalkRow,
    budget::{WORK, estimate_cost},
    goal::{Goal, list_goal_sets},
    walk_on, walk_playbook,
};
use crate::{
    domain::{duty::Duty, playbook::Playbook},
    playbook::flow::outcomes::{Asked, Chosen, Way, list_answers, list_outcomes},
};
use std::collections::{BTreeSet, VecDeque};

/// Walks at most.
const WALKS: usize = 2000;

/// What the walks through a playbook show.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Coverage {
    /// Every walk.
    pub walks: Vec<Walk>,
    /// Steps that no walk reached, in the playbook's order.
    pub unreached: Vec<String>,
    /// What no walk chose: a step, or `?` and a question, and the way.
    pub untaken: Vec<(String, Way)>,
    /// Whether the walks ended before every way was tried, since there are too many.
    pub cut: bool,
}

/// What a walk has to do.
enum Task {
    /// To choose these ways one after another, and then the first.
    Path(Vec<String>),
    /// To reach a step.
    Goal(Vec<Goal>),
}

/// Walks every option of every decision, both outcomes of approvals and commands, and every answer that something
/// depends on: each walk that comes to a choice leaves one walk for each way that no walk has taken. What is not reached
/// so is then looked for by what its conditions ask.
pub fn find_coverage(playbook: &Playbook, duties: &[Duty], limits: Limits) -> Coverage {
    let mut tour =
        Tour { taken: BTreeSet::new(), left: BTreeSet::new(), queue: VecDeque::from([Task::Path(Vec::new())]) };
    let mut coverage = Coverage::default();
    let stage = match Stage::new(playbook, duties) {
        Ok(stage) => stage,
        // One walk says why.
        Err(_) => {
            let walk = walk_playbook(playbook, duties, &mut |_| Chosen::First, limits);
            return Coverage { walks: vec![walk], cut: true, ..coverage };
        }
    };
    let (mut reached, mut sought) = (BTreeSet::new(), BTreeSet::new());
    let cost = estimate_cost(playbook, duties);
    let mut work = 0_usize;
    loop {
        while let Some(task) = tour.queue.pop_front() {
            if coverage.walks.len() >= WALKS || work >= WORK {
                coverage.cut = true;
                break;
            }
            // A walk may take no more than what is left of the work.
            let acts = limits.acts.min(1 + (WORK - work) / cost);
            let walk = tour.walk(&stage, &task, Limits { acts, ..limits });
            work = work.saturating_add(cost * (1 + walk.rows.len()));
            reached.extend(walk.rows.iter().filter(|row| row.skipped.is_none()).map(step_of_row));
            coverage.walks.push(walk);
        }
        let missing = playbook.steps().map(|(_, step)| &step.id).filter(|id| !reached.contains(*id));
        let wanted: Vec<String> = missing.filter(|id| !sought.contains(*id)).cloned().collect();
        if coverage.cut || wanted.is_empty() {
            break;
        }
        // Each step is sought once. If its conditions cannot be brought about by one set of goals, more walks would not
        // help.
        for id in wanted {
            tour.queue.extend(list_goal_sets(playbook, duties, &id).into_iter().map(Task::Goal));
            sought.insert(id);
        }
    }
    coverage.unreached = playbook.steps().map(|(_, step)| step.id.clone()).filter(|id| !reached.contains(id)).collect();
    coverage.untaken =
        list_every_way(playbook, duties).into_iter().filter(|(key, way)| !tour.has(key, &way.id)).collect();
    coverage
}

/// The step of an act, without the thing that it was done for.
fn step_of_row(row: &WalkRow) -> String {
    row.step.split_once('@').map_or(&*row.step, |(id, _)| id).to_owned()
}

/// A way of a step or question, by their names.
type Named = (String, String);

/// All walks together: which ways they took, and which tasks are left.
struct Tour {
    /// Ways that a walk has taken.
    taken: BTreeSet<Named>,
    /// Ways that a walk was left for.
    left: BTreeSet<Named>,
    queue: VecDeque<Task>,
}

impl Tour {
    /// Whether some walk has taken that way.
    fn has(&self, key: &str, way: &str) -> bool {
        self.taken.contains(&(key.to_owned(), way.to_owned()))
    }

    /// Walks once for `task`, and leaves a task for each way that was open on the road and that no walk has taken.
    fn walk(&mut self, stage: &Stage, task: &Task, limits: Limits) -> Walk {
        let mut path: Vec<String> = Vec::new();
        let mut open: Vec<(usize, Named)> = Vec::new();
        let mut taken: Vec<Named> = Vec::new();
        let known = |named: &Named| self.taken.contains(named) || self.left.contains(named);
        let mut choose = |asked: &Asked<'_>| {
            if let Task::Goal(wishes) = task
                && wishes.iter().any(|wish| wish.skips(asked))
            {
                return Chosen::Skip;
            }
            let [first, ..] = asked.ways else { return Chosen::First };
            // Nothing to choose: the way is taken, and leaves no other open.
            if asked.ways.len() == 1 {
                taken.push((asked.key(), first.id.clone()));
                return Chosen::First;
            }
            let forced = match task {
                Task::Path(forced) => forced.get(path.len()).cloned(),
                Task::Goal(wishes) => {
                    let fits = |way: &&Way| wishes.iter().all(|wish| wish.allows(asked, way));
                    asked.ways.iter().find(fits).map(|way| way.id.clone())
                }
            };
            let way = forced.unwrap_or_else(|| first.id.clone());
            let key = asked.key();
            for other in asked.ways.iter().filter(|other| other.id != way) {
                let named = (key.clone(), other.id.clone());
                if !known(&named) {
                    open.push((path.len(), named));
                }
            }
            taken.push((key, way.clone()));
            path.push(way.clone());
            Chosen::Way(way)
        };
        let walk = walk_on(stage.clone(), &mut choose, limits);
        self.taken.extend(taken);
        // A path through wishes that left steps out cannot be walked again by its choices alone.
        let skips = matches!(task, Task::Goal(wishes) if wishes.iter().any(|wish| matches!(wish, Goal::Skip(_))));
        for (at, named) in open {
            let fresh = !skips && !self.taken.contains(&named) && self.queue.len() < WALKS;
            if fresh && self.left.insert(named.clone()) {
                let before = path.iter().take(at).cloned();
                self.queue.push_back(Task::Path(before.chain([named.1]).collect()));
            }
        }
        walk
    }
}

/// Every way of every step and question, under the name by which it is counted.
fn list_every_way(playbook: &Playbook, duties: &[Duty]) -> Vec<(String, Way)> {
    let mut all = Vec::new();
    for (_, step) in playbook.steps() {
        for question in &step.asks {
            let ways = list_answers(playbook, duties, question);
            all.extend(ways.into_iter().map(|way| (format!("?{}", question.id), way)));
        }
        all.extend(list_outcomes(step).into_iter().map(|way| (step.id.clone(), way)));
    }
    all
}
