//! How the steps of a playbook in use stand: pure functions of what was recorded.
//!
//! A condition on a step that is itself closed, or was left out, is false: that step will not be answered. So nothing
//! waits for ever, and a case is never stuck.

use super::{
    attached_playbook::{AttachedPlaybook, Progress, StepState},
    status::StepStatus,
};
use crate::domain::playbook::{self, Phase, Step, StepKind, When, answer};
use std::{cell::Cell, collections::HashSet, rc::Rc};

/// Steps looked at for one condition; a playbook from elsewhere may go round in circles.
const LOOKS: u32 = 500;

/// How a step came out, as far as anything was recorded.
enum Outcome<'a> {
    /// Nothing was done with it, or it was reopened.
    Not,
    /// It is under way; with those outcomes among its things so far.
    Partly(Vec<&'a str>),
    /// It was done, with those outcomes.
    Done(Vec<&'a str>),
    /// It was left out or is closed: nobody will do it.
    Never,
}

/// One look at a plan, from a step that may be one of several of its kind.
struct StepEvaluator<'a> {
    plan: &'a AttachedPlaybook,
    /// The list and the thing that the step is done for.
    here: Option<(&'a str, &'a str)>,
    left: Rc<Cell<u32>>,
}

impl<'a> StepEvaluator<'a> {
    fn new(plan: &'a AttachedPlaybook, step: &'a Step, item: Option<&'a str>) -> Self {
        Self { plan, here: step.each.as_deref().zip(item), left: Rc::new(Cell::new(LOOKS)) }
    }

    /// The things that `step` is looked at for: the one here where both go by the same list.
    fn items(&self, step: &Step) -> Vec<Option<&'a str>> {
        match (&step.each, self.here) {
            (None, _) => vec![None],
            (Some(list), Some((here, item))) if list == here => vec![Some(item)],
            (Some(list), _) => self.plan.things(list).unwrap_or_default().iter().map(|thing| Some(&**thing)).collect(),
        }
    }

    /// How a step came out, in all its things or in the one here. A thing for which it is closed does not count.
    fn outcome_of(&self, phase: &Phase, step: &Step) -> Outcome<'a> {
        let items = self.items(step);
        let items = if items.is_empty() { vec![None] } else { items };
        let (mut choices, mut open, mut working, mut done) = (Vec::new(), false, false, false);
        for item in items {
            match self.plan.progress_of(&step.id, item) {
                Some(Progress { state: StepState::Done, choice, .. }) => {
                    done = true;
                    choices.extend(choice.as_deref());
                }
                Some(Progress { state: StepState::Skipped, .. }) => {}
                Some(Progress { state: StepState::Started | StepState::Blocked, .. }) => working = true,
                Some(Progress { state: StepState::Open, .. }) | None => {
                    open |= !self.at(step, item).closed(phase, step)
                }
            }
        }
        match (open, working, done) {
            (true, false, false) => Outcome::Not,
            (true, ..) | (_, true, _) => Outcome::Partly(choices),
            (false, false, true) => Outcome::Done(choices),
            (false, false, false) => Outcome::Never,
        }
    }

    /// The same look, from one of the things of `step`.
    fn at(&self, step: &Step, item: Option<&'a str>) -> StepEvaluator<'a> {
        let list = step.each.as_ref().and_then(|list| self.plan.list(list));
        StepEvaluator { plan: self.plan, here: list.zip(item), left: Rc::clone(&self.left) }
    }

    fn holds(&self, when: &When) -> Option<bool> {
        match when {
            When::Always => Some(true),
            When::Chose(id, option) => {
                let (phase, step) = self.plan.step(id)?;
                match self.outcome_of(phase, step) {
                    Outcome::Done(choices) => Some(choices.contains(&option.as_str())),
                    Outcome::Partly(choices) if choices.contains(&option.as_str()) => Some(true),
                    Outcome::Partly(_) | Outcome::Not => None,
                    Outcome::Never => Some(false),
                }
            }
            When::Done(id) => {
                let (phase, step) = self.plan.step(id)?;
                match self.outcome_of(phase, step) {
                    Outcome::Done(_) => Some(true),
                    Outcome::Partly(_) | Outcome::Not => None,
                    Outcome::Never => Some(false),
                }
            }
            When::Yes(id) => self.answer(id, |value, _| *value == answer::Value::YesNo(true)),
            When::Answered(id, option) => {
                self.answer(id, |value, _| matches!(value, answer::Value::OneOf(chosen) if chosen == option))
            }
            When::AtLeast(id, least) => self.at_least(id, *least),
            When::Gate(duty) => {
                let duty = self.plan.duties.iter().find(|known| known.id == *duty)?;
                all_known(duty.gate.iter().map(|threshold| self.at_least(&threshold.question, threshold.at_least)))
            }
            When::All(parts) => all_known(parts.iter().map(|part| self.holds(part))),
            When::Any(parts) => {
                all_known(parts.iter().map(|part| self.holds(part).map(|held| !held))).map(|none| !none)
            }
            When::Not(part) => self.holds(part).map(|held| !held),
        }
    }

    fn at_least(&self, question: &str, least: i64) -> Option<bool> {
        self.answer(question, |value, form| value.size(form).is_some_and(|size| size >= least))
    }

    /// Whether the answer to a question is so. A question that nobody will answer any more is not.
    fn answer(&self, id: &str, fits: impl Fn(&answer::Value, &playbook::Form) -> bool) -> Option<bool> {
        let (step, question) = self.plan.question(id)?;
        if let Some(answered) = self.plan.answers.get(id) {
            return Some(fits(&answered.value, &question.form));
        }
        let (phase, step) = self.plan.step(&step.id)?;
        match self.outcome_of(phase, step) {
            Outcome::Done(_) | Outcome::Never => Some(false),
            Outcome::Partly(_) | Outcome::Not => None,
        }
    }

    /// Whether the step does not apply: by its own or its phase's condition, because there is nothing to do it for, or
    /// because it recurs until what is settled.
    fn closed(&self, phase: &Phase, step: &Step) -> bool {
        let Some(left) = self.left.get().checked_sub(1) else { return false };
        self.left.set(left);
        if self.ended(step) {
            return true;
        }
        if self.holds(&phase.when) == Some(false) || self.holds(&step.when) == Some(false) {
            return true;
        }
        let Some(list) = &step.each else { return false };
        match self.plan.things(list) {
            Some(things) => things.is_empty(),
            None => self.answer(list, |_, _| true) == Some(false),
        }
    }

    /// Whether it recurs until a step that is settled.
    fn ended(&self, step: &Step) -> bool {
        let StepKind::Recur { until: Some(until), .. } = &step.kind else { return false };
        self.plan.step(until).is_some() && self.settled_id(until)
    }

    /// Whether the step is settled, in all its things or in the one here. One that recurs is once it was done.
    fn settled(&self, phase: &Phase, step: &Step) -> bool {
        match self.outcome_of(phase, step) {
            Outcome::Done(_) | Outcome::Never => true,
            Outcome::Not | Outcome::Partly(_) => false,
        }
    }

    fn settled_id(&self, id: &str) -> bool {
        self.plan.step(id).is_none_or(|(phase, step)| self.settled(phase, step))
    }
}

/// Whether all hold: `None` while that is not yet known.
fn all_known(parts: impl Iterator<Item = Option<bool>>) -> Option<bool> {
    let mut known = Some(true);
    for part in parts {
        match part {
            Some(false) => return Some(false),
            Some(true) => {}
            None => known = None,
        }
    }
    known
}

impl AttachedPlaybook {
    /// Whether `when` holds: `None` while that is not yet known.
    pub fn holds(&self, when: &When) -> Option<bool> {
        StepEvaluator { plan: self, here: None, left: Rc::new(Cell::new(LOOKS)) }.holds(when)
    }

    /// As [`holds`](Self::holds), seen from one of the things that a step is done for.
    pub fn holds_for(&self, when: &When, step: &Step, item: Option<&str>) -> Option<bool> {
        StepEvaluator::new(self, step, item).holds(when)
    }

    /// The things that a step is done for: one empty place where it is done once, or while its things are not known.
    pub fn items<'a>(&'a self, step: &Step) -> Vec<Option<&'a str>> {
        let things = step.each.as_ref().and_then(|list| self.things(list));
        match things.unwrap_or_default() {
            [] => vec![None],
            things => things.iter().map(|thing| Some(thing.as_str())).collect(),
        }
    }

    /// The steps that must be settled before `step` is ready: what it needs, what its phase needs (as `phase X`), and
    /// what decides whether it applies.
    pub fn unmet(&self, step: &Step, item: Option<&str>) -> Vec<String> {
        let Some((phase, _)) = self.step(&step.id) else { return Vec::new() };
        self.unmet_within(phase, step, item, &|id| self.phase_settled(id))
    }

    fn unmet_within(
        &self,
        phase: &Phase,
        step: &Step,
        item: Option<&str>,
        phase_settled: &dyn Fn(&str) -> bool,
    ) -> Vec<String> {
        let look = StepEvaluator::new(self, step, item);
        let mut unmet: Vec<String> = step.needs.iter().filter(|id| !look.settled_id(id)).cloned().collect();
        let waits = |id: &str, unmet: &Vec<String>| !look.settled_id(id) && !unmet.iter().any(|known| known == id);
        unmet.extend(phase.needs.iter().filter(|id| !phase_settled(id)).map(|id| format!("phase {id}")));
        for when in [&phase.when, &step.when] {
            if look.holds(when).is_none() {
                for id in self.hangs_on(when) {
                    if waits(id, &unmet) {
                        unmet.push(id.to_owned());
                    }
                }
            }
        }
        if let Some(list) = step.each.as_ref().filter(|list| self.things(list).is_none())
            && let Some((asks, _)) = self.question(list)
            && waits(&asks.id, &unmet)
        {
            unmet.push(asks.id.clone());
        }
        unmet
    }

    /// The steps whose outcome or answers `when` asks for.
    pub fn hangs_on<'a>(&'a self, when: &'a When) -> Vec<&'a str> {
        let asks = |question: &str| self.question(question).map(|(step, _)| step.id.as_str());
        let mut steps = Vec::new();
        for leaf in when.leaves() {
            match leaf {
                When::Chose(step, _) | When::Done(step) => steps.push(step.as_str()),
                When::Yes(id) | When::Answered(id, _) | When::AtLeast(id, _) => steps.extend(asks(id)),
                When::Gate(duty) => {
                    let gate = self.duties.iter().filter(|known| known.id == *duty).flat_map(|duty| &duty.gate);
                    steps.extend(gate.filter_map(|threshold| asks(&threshold.question)));
                }
                When::Always | When::All(_) | When::Any(_) | When::Not(_) => {}
            }
        }
        steps
    }

    fn phase_settled(&self, id: &str) -> bool {
        let settled = |phase: &Phase, step: &Step| StepEvaluator::new(self, step, None).settled(phase, step);
        self.phase(id).is_none_or(|phase| phase.steps.iter().all(|step| settled(phase, step)))
    }

    /// How `step` stands, for one of its things where it has some.
    pub fn status_of(&self, step: &Step, item: Option<&str>) -> StepStatus {
        let Some((phase, _)) = self.step(&step.id) else { return StepStatus::Closed };
        self.status_within(phase, step, item, &|id| self.phase_settled(id))
    }

    fn status_within(
        &self,
        phase: &Phase,
        step: &Step,
        item: Option<&str>,
        phase_settled: &dyn Fn(&str) -> bool,
    ) -> StepStatus {
        let look = StepEvaluator::new(self, step, item);
        if item.is_none() && self.items(step).first().is_some_and(Option::is_some) {
            return self.whole(phase, step, &look, phase_settled);
        }
        match self.progress_of(&step.id, item) {
            Some(Progress { state: StepState::Done, .. }) => {
                let again = matches!(step.kind, StepKind::Recur { .. }) && !look.ended(step);
                return if again { StepStatus::Repeats } else { StepStatus::Done };
            }
            Some(Progress { state: StepState::Skipped, .. }) => return StepStatus::Skipped,
            Some(Progress { state: StepState::Blocked, note, .. }) => return StepStatus::Blocked(note.clone()),
            Some(Progress { state: StepState::Started, .. }) => return StepStatus::Started,
            Some(Progress { state: StepState::Open, .. }) | None => {}
        }
        if look.closed(phase, step) {
            return StepStatus::Closed;
        }
        let unmet = self.unmet_within(phase, step, item, phase_settled);
        if unmet.is_empty() { StepStatus::Ready } else { StepStatus::Waiting(unmet) }
    }

    /// How a step stands that is done for several things, as a whole.
    fn whole(
        &self,
        phase: &Phase,
        step: &Step,
        look: &StepEvaluator<'_>,
        phase_settled: &dyn Fn(&str) -> bool,
    ) -> StepStatus {
        match look.outcome_of(phase, step) {
            Outcome::Done(_) => return StepStatus::Done,
            Outcome::Never if look.closed(phase, step) => return StepStatus::Closed,
            Outcome::Never => return StepStatus::Skipped,
            Outcome::Not | Outcome::Partly(_) => {}
        }
        let unmet = self.unmet_within(phase, step, None, phase_settled);
        if unmet.is_empty() { StepStatus::Ready } else { StepStatus::Waiting(unmet) }
    }

    /// Every step, for each of its things, with how it stands.
    pub fn step_statuses(&self) -> impl Iterator<Item = (&Phase, &Step, Option<&str>, StepStatus)> {
        let needed: HashSet<&str> =
            self.playbook.phases.iter().flat_map(|phase| &phase.needs).map(|id| &**id).collect();
        let settled: HashSet<&str> = needed.into_iter().filter(|id| self.phase_settled(id)).collect();
        self.playbook.steps().flat_map(move |(phase, step)| {
            let stands = |item| self.status_within(phase, step, item, &|id| settled.contains(id));
            let all: Vec<_> = self.items(step).into_iter().map(|item| (phase, step, item, stands(item))).collect();
            all
        })
    }
}
