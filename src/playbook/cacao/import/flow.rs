//! The workflow of a file: its steps, where each leads, and an order to take them in.

use crate::playbook::{
    cacao::{
        account::Fate,
        ids::is_identifier,
        json::{
            source::{Source, shorten_safely},
            tree::{At, Json, ROOT},
        },
    },
    finding::{Code, Level},
};
use std::collections::{HashMap, HashSet};

/// Steps that a workflow may have. Real ones have dozens; each edge costs a look at its target.
const STEPS_LIMIT: usize = 5_000;

/// What sort of step it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Sort {
    Start,
    End,
    Action,
    Playbook,
    Parallel,
    If,
    While,
    Switch,
    /// A sort that CACAO does not know.
    Other(String),
}

impl Sort {
    /// Whether it only marks where the flow begins or ends.
    fn is_mark(&self) -> bool {
        match self {
            Self::Start | Self::End => true,
            Self::Action | Self::Playbook | Self::Parallel | Self::If | Self::While | Self::Switch | Self::Other(_) => {
                false
            }
        }
    }

    /// Whether something is done in it that can give a variable its value; the others only lead on.
    pub(super) fn does_work(&self) -> bool {
        match self {
            Self::Action | Self::Playbook => true,
            Self::Start | Self::End | Self::Parallel | Self::If | Self::While | Self::Switch | Self::Other(_) => false,
        }
    }
}

/// Why a step leads to another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Label {
    /// It is next.
    Next,
    /// This one succeeded.
    Success,
    /// This one failed.
    Failure,
    /// The condition holds.
    True,
    /// It does not hold.
    False,
    /// The variable has that value.
    Case(String),
    /// It is one of several to be done at once.
    Branch,
}

/// One way from a step to another.
#[derive(Clone, Debug)]
pub(super) struct Edge {
    pub(super) to: usize,
    pub(super) label: Label,
    /// Whether it leads back to a step that comes before.
    pub(super) back: bool,
}

/// A step of a workflow.
#[derive(Clone, Debug)]
pub(super) struct FlowStep {
    pub(super) at: At,
    pub(super) sort: Sort,
    pub(super) edges: Vec<Edge>,
}

/// A whole workflow.
#[derive(Default)]
pub(super) struct Flow {
    pub(super) steps: Vec<FlowStep>,
    /// Every step, each after those that lead to it, but for ways back.
    pub(super) order: Vec<usize>,
    /// The numbers of steps by their identifier.
    pub(super) numbers: HashMap<String, usize>,
    /// Where to go on when a step fails.
    pub(super) exception: Option<usize>,
}

impl Flow {
    /// The workflow of the playbook.
    pub(super) fn read(source: &Source<'_>) -> Self {
        let mut flow = Flow::default();
        let members = source.members(ROOT, "workflow");
        if members.len() > STEPS_LIMIT {
            let at = source.tree.get(ROOT, "workflow").unwrap_or(ROOT);
            let what = || format!("the workflow has {} steps; one may have {STEPS_LIMIT}", members.len());
            source.find(at, Level::Error, Code::TooLarge, what, "divide it into several playbooks");
            return flow;
        }
        for at in members {
            let id = source.tree.key(at).to_owned();
            if !is_identifier(&id) {
                let what = || format!("{} is no identifier", shorten_safely(&id));
                source.find(at, Level::Warning, Code::BadId, what, "CACAO writes action--UUID, of version 4");
            }
            flow.numbers.insert(id, flow.steps.len());
            flow.steps.push(FlowStep { at, sort: read_step_sort(source, at), edges: Vec::new() });
        }
        for number in 0..flow.steps.len() {
            let edges = flow.read_edges(source, number);
            if let Some(step) = flow.steps.get_mut(number) {
                step.edges = edges;
            }
        }
        flow.find_order(source);
        flow
    }

    /// Every way out of a step, in the order in which they are taken.
    fn read_edges(&self, source: &Source<'_>, number: usize) -> Vec<Edge> {
        let Some(step) = self.steps.get(number) else { return Vec::new() };
        let mut edges = Vec::new();
        let mut add = |at: At, label: Label| {
            let known = source.tree.text(at).and_then(|id| self.numbers.get(id));
            match known {
                Some(to) => {
                    source.tree.mark(at, Fate::Kept, "the order of the steps, and when they apply");
                    edges.push(Edge { to: *to, label, back: false });
                }
                None => {
                    let what = || match source.tree.text(at) {
                        Some(id) => format!("there is no step {}", shorten_safely(id)),
                        None => "the identifier of a step belongs here".to_owned(),
                    };
                    source.find(at, Level::Warning, Code::UnknownStep, what, "it is left out: this way ends here");
                    source.tree.mark(at, Fate::Dropped, "it leads to no step");
                }
            }
        };
        let labels = [("on_true", Label::True), ("on_false", Label::False)];
        for (key, label) in labels {
            source.several(step.at, key).into_iter().for_each(|at| add(at, label.clone()));
        }
        for at in source.members(step.at, "cases") {
            let case = source.tree.key(at).to_owned();
            let listed = matches!(source.tree.json(at), Json::List(_));
            let ways = if listed { source.tree.children(at).to_vec() } else { vec![at] };
            ways.into_iter().for_each(|way| add(way, Label::Case(case.clone())));
        }
        source.several(step.at, "next_steps").into_iter().for_each(|at| add(at, Label::Branch));
        for (key, label) in
            [("on_success", Label::Success), ("on_failure", Label::Failure), ("on_completion", Label::Next)]
        {
            source.several(step.at, key).into_iter().for_each(|at| add(at, label.clone()));
        }
        edges
    }

    /// Finds the order, with stacks of our own: a workflow may be longer than the machine's.
    fn find_order(&mut self, source: &Source<'_>) {
        let start = self.find_start(source);
        let mut state = vec![State::New; self.steps.len()];
        let mut roots: Vec<usize> = start.into_iter().collect();
        if let Some((at, id)) = source.text(ROOT, "workflow_exception") {
            self.exception = self.numbers.get(id).copied();
            roots.extend(self.exception);
            match self.exception {
                Some(_) => source.tree.mark(at, Fate::Changed, "the steps for failures stand last, with a note"),
                None => {
                    let what = || format!("there is no step {}", shorten_safely(id));
                    source.find(at, Level::Warning, Code::UnknownStep, what, "nothing is said here of failures");
                }
            }
        }
        // Steps that nothing leads to are taken in as well, at the end: nothing of a file is lost silently.
        roots.extend(0..self.steps.len());
        for (turn, root) in roots.into_iter().enumerate() {
            if state.get(root) != Some(&State::New) {
                continue;
            }
            let step = self.steps.get(root);
            if turn > 0 && self.exception != Some(root) && step.is_some_and(|step| !step.sort.is_mark()) {
                let at = step.map_or(ROOT, |step| step.at);
                let what = || "no way from the start leads to this step".to_owned();
                let hint = "it stands at the end; point a step before it here, or take it out";
                source.find(at, Level::Warning, Code::NeverApplies, what, hint);
            }
            let mut order = self.walk_from(root, &mut state, source);
            order.reverse();
            self.order.extend(order);
        }
    }

    /// Everything that is reached from `root` for the first time, each after all that it leads to.
    fn walk_from(&mut self, root: usize, state: &mut [State], source: &Source<'_>) -> Vec<usize> {
        let mut done = Vec::new();
        let mut stack: Vec<(usize, usize)> = vec![(root, 0)];
        set_state(state, root, State::Open);
        while let Some((step, taken)) = stack.last_mut() {
            let (step, at) = (*step, *taken);
            *taken += 1;
            let Some(found) = self.steps.get_mut(step) else { break };
            // The last way first, because the whole order is turned round at the end.
            let way = found.edges.len().checked_sub(at + 1).and_then(|way| found.edges.get_mut(way));
            let Some(edge) = way else {
                set_state(state, step, State::Closed);
                done.push(step);
                stack.pop();
                continue;
            };
            match state.get(edge.to) {
                Some(State::New) => {
                    set_state(state, edge.to, State::Open);
                    stack.push((edge.to, 0));
                }
                Some(State::Open) => {
                    edge.back = true;
                    let what = || "this step leads back to one before it".to_owned();
                    let hint = "CACAO repeats with while-condition; here a note says to go back";
                    source.find(found.at, Level::Warning, Code::Cycle, what, hint);
                }
                Some(State::Closed) | None => {}
            }
        }
        done
    }

    /// Where the workflow says that it starts, else its first start step.
    fn find_start(&self, source: &Source<'_>) -> Option<usize> {
        let said = source.text(ROOT, "workflow_start");
        let known = said.and_then(|(_, id)| self.numbers.get(id).copied());
        if let (Some((at, _)), Some(_)) = (said, known) {
            source.tree.mark(at, Fate::Kept, "where it starts");
            return known;
        }
        let at = said.map_or(ROOT, |(at, _)| at);
        let what = || match said {
            Some((_, id)) => format!("there is no step {} to start with", shorten_safely(id)),
            None => "`workflow_start` is missing".to_owned(),
        };
        let (code, hint) = (Code::UnknownStep, "the start step, or else the first one, is taken instead");
        source.find(at, Level::Warning, code, what, hint);
        self.steps.iter().position(|step| step.sort == Sort::Start)
    }

    /// The last steps that `emits` within the branches of `step`: what must be settled before what comes after it.
    /// `budget` is how many steps and ways may still be looked at.
    pub(super) fn find_tails(&self, step: usize, budget: &mut usize, emits: impl Fn(usize) -> bool) -> Vec<usize> {
        let Some(from) = self.steps.get(step) else { return Vec::new() };
        let mut open: Vec<(usize, Option<usize>)> =
            from.edges.iter().filter(|edge| edge.label != Label::Next && !edge.back).map(|e| (e.to, None)).collect();
        let mut seen: HashSet<(usize, Option<usize>)> = HashSet::new();
        let mut tails = Vec::new();
        while let Some((at, last)) = open.pop() {
            // The same step with the same last one before it has the same tails.
            if !seen.insert((at, last)) {
                continue;
            }
            let Some(found) = self.steps.get(at) else { continue };
            match budget.checked_sub(1 + found.edges.len()) {
                Some(left) => *budget = left,
                None => return Vec::new(),
            }
            let last = if emits(at) { Some(at) } else { last };
            if found.edges.iter().all(|edge| edge.back) {
                tails.extend(last.filter(|last| !tails.contains(last)));
            }
            open.extend(found.edges.iter().filter(|edge| !edge.back).map(|edge| (edge.to, last)));
        }
        tails.sort_unstable();
        tails
    }
}

/// What sort of step it is, in the words of CACAO 2.0 and 1.x. An unknown sort is warned of, and taken in as a task.
fn read_step_sort(source: &Source<'_>, at: At) -> Sort {
    let Some((child, word)) = source.text(at, "type") else {
        let what = || "this step has no `type`".to_owned();
        source.find(at, Level::Warning, Code::MissingField, what, "it is taken as an action");
        return Sort::Action;
    };
    source.tree.mark(child, Fate::Kept, "what sort of step it is");
    match word {
        "start" => Sort::Start,
        "end" => Sort::End,
        "action" | "single-action" | "single" => Sort::Action,
        "playbook-action" | "playbook" => Sort::Playbook,
        "parallel" => Sort::Parallel,
        "if-condition" => Sort::If,
        "while-condition" => Sort::While,
        "switch-condition" => Sort::Switch,
        other => {
            let what = || format!("CACAO knows no step of the type {}", shorten_safely(other));
            source.find(child, Level::Warning, Code::UnknownVariant, what, "it is taken in as a task");
            Sort::Other(other.to_owned())
        }
    }
}

/// How far the walk through the graph has come with a step.
#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    New,
    Open,
    Closed,
}

/// Sets the state of a step, if there is such a step.
fn set_state(state: &mut [State], at: usize, to: State) {
    if let Some(place) = state.get_mut(at) {
        *place = to;
    }
}
