//! Where every step of a case stands, and what to do next: pure functions of the case and the time.

use super::{Case, ClockState, refusal::Refusal};
use crate::domain::{
    playbook::{Phase, Start, Step, StepKind, StepRef},
    step::attached_playbook::{AttachedPlaybook, Progress, StepState, name_for_item},
    time::Time,
};

pub use crate::domain::step::status::StepStatus;

/// How long before it is due again a recurring step is next, minutes: long enough to finish a sentence.
pub const AHEAD: i64 = 5;

/// A step of a plan, with where it stands.
#[derive(Clone, Debug)]
pub struct StepView<'a> {
    /// The plan.
    pub plan: &'a AttachedPlaybook,
    /// Its phase.
    pub phase: &'a Phase,
    /// The step, as the playbook says it; [`StepView::fill`] puts answers into its texts.
    pub step: &'a Step,
    /// The thing that it is done for, where it is one of several.
    pub item: Option<&'a str>,
    /// How it stands.
    pub status: StepStatus,
    /// When it is due (UTC).
    pub due: Option<Time>,
    /// What was last done with it.
    pub progress: Option<&'a Progress>,
}

impl StepView<'_> {
    /// Its name in the case.
    pub fn name(&self) -> StepRef {
        StepRef { playbook: self.plan.playbook.id.clone(), step: name_for_item(&self.step.id, self.item) }
    }

    /// A text of the step with the answers in their places.
    pub fn fill(&self, text: &str) -> String {
        self.plan.fill(text, self.item)
    }

    /// The title with the answers in their places, and the thing that it is done for where the title does not name it.
    pub fn title(&self) -> String {
        self.plan.title(self.step, self.item)
    }

    /// What must be settled before it is ready.
    pub fn unmet(&self) -> Vec<String> {
        self.plan.unmet(self.step, self.item)
    }

    /// The same in words: titles of steps, and `all of` a phase.
    pub fn unmet_titles(&self) -> Vec<String> {
        let title = |id: String| match id.strip_prefix("phase ").and_then(|id| self.plan.phase(id)) {
            Some(phase) => format!("all of {}", phase.title),
            None => match self.plan.step(&id) {
                Some((_, step)) => self.plan.title(step, None),
                None => id,
            },
        };
        self.unmet().into_iter().map(title).collect()
    }
}

impl Case {
    /// Every step of every plan, in order, each of its things by itself, with where it stands.
    pub fn steps(&self) -> impl Iterator<Item = StepView<'_>> {
        self.plans.iter().flat_map(move |plan| {
            plan.step_statuses().map(move |(phase, step, item, standing)| StepView {
                plan,
                phase,
                step,
                item,
                status: standing,
                due: self.due(plan, step, item),
                progress: plan.progress_of(&step.id, item),
            })
        })
    }

    /// When a step is due (UTC), or due again where it recurs.
    pub fn due(&self, plan: &AttachedPlaybook, step: &Step, item: Option<&str>) -> Option<Time> {
        if self.closed {
            return None;
        }
        let done = |id: &str| {
            plan.progress_of(id, item).filter(|progress| progress.state == StepState::Done).map(|p| p.happened)
        };
        let mut minutes = step.due;
        if let StepKind::Recur { every, .. } = &step.kind {
            if let Some(last) = done(&step.id) {
                return Some(last.plus_minutes(i64::from(*every)));
            }
            minutes = minutes.or(Some(*every));
        }
        let start = match &step.due_after {
            Start::Playbook => Some(plan.attached),
            Start::Case => self.opened,
            Start::Step(id) => done(id),
            Start::Aware(duty) => self.clock(duty).map(|clock| clock.aware),
        };
        Some(start?.plus_minutes(i64::from(minutes?)))
    }

    /// Where one step stands. The plain name of a step that is done for several things means all of them.
    pub fn step_view(&self, name: &StepRef) -> Option<StepView<'_>> {
        let plan = self.plan(&name.playbook)?;
        let (phase, step) = plan.step(name.id())?;
        let item = match name.item() {
            None => None,
            Some(given) => Some(plan.items(step).into_iter().flatten().find(|item| *item == given)?),
        };
        let standing = plan.status_of(step, item);
        let (due, progress) = (self.due(plan, step, item), plan.progress_of(&step.id, item));
        Some(StepView { plan, phase, step, item, status: standing, due, progress })
    }

    /// The title of a step, with answers and its thing in their places; its name where no plan has it (any more).
    pub fn step_title(&self, name: &StepRef) -> String {
        let found = self.plan(&name.playbook).and_then(|plan| Some((plan, plan.step(name.id())?.1)));
        let Some((plan, step)) = found else { return name.to_string() };
        plan.title(step, name.item())
    }

    /// What to do next at `now` (UTC): a step that someone is at work on; else one that recurs and is due within
    /// [`AHEAD`] minutes; else, of each plan's first ready step, the one that is due first, or the earlier plan's. A
    /// closed, waiting, blocked or settled step is never next.
    pub fn next(&self, now: Time) -> Option<StepView<'_>> {
        if self.closed {
            return None;
        }
        let steps: Vec<StepView<'_>> = self.steps().collect();
        let started = steps.iter().find(|point| point.status == StepStatus::Started);
        started.or_else(|| self.first_to_begin(&steps, now)).cloned()
    }

    /// The same, but for what someone is at work on: what another could take up beside it.
    pub fn next_to_begin(&self, now: Time) -> Option<StepView<'_>> {
        if self.closed {
            return None;
        }
        let steps: Vec<StepView<'_>> = self.steps().collect();
        self.first_to_begin(&steps, now).cloned()
    }

    fn first_to_begin<'s, 'c>(&'c self, steps: &'s [StepView<'c>], now: Time) -> Option<&'s StepView<'c>> {
        let recurs = |point: &&StepView<'_>| matches!(point.step.kind, StepKind::Recur { .. });
        let ready = |point: &&StepView<'_>| point.status == StepStatus::Ready;
        let again = |point: &&StepView<'_>| point.status.can_begin();
        let soon = now.plus_minutes(AHEAD);
        let of_plan = |plan: &AttachedPlaybook| {
            let id = &plan.playbook.id;
            steps.iter().filter(move |point| point.plan.playbook.id == *id).find(|point| ready(point) && !recurs(point))
        };
        let recurring = || {
            let due =
                steps.iter().filter(recurs).filter(again).filter(|point| point.due.is_some_and(|due| due <= soon));
            due.min_by_key(|point| point.due)
        };
        let first = || self.plans.iter().filter_map(of_plan).min_by_key(|point| (point.due.is_none(), point.due));
        let later = || steps.iter().filter(recurs).find(ready);
        recurring().or_else(first).or_else(later)
    }

    /// The step that `given` names: its identifier, `PLAYBOOK/STEP`, or the beginning of either that no other
    /// step shares; for one of several things `STEP@THING`.
    pub fn find_step(&self, given: &str) -> Result<StepRef, Refusal> {
        let mut all: Vec<StepRef> = Vec::new();
        for point in self.steps() {
            let name = point.name();
            let whole = StepRef { step: point.step.id.clone(), ..name.clone() };
            if name.item().is_some() && all.last().is_none_or(|last| last.id() != whole.step) {
                all.push(whole);
            }
            all.push(name);
        }
        let lower = given.to_lowercase();
        let answers = |exact: bool| -> Vec<&StepRef> {
            let fits = |text: &str| {
                let text = text.to_lowercase();
                if exact { text == lower } else { !lower.is_empty() && text.starts_with(&lower) }
            };
            all.iter().filter(|name| fits(&name.step) || fits(&name.to_string())).collect()
        };
        let exact = answers(true);
        let mut found = if exact.is_empty() { answers(false) } else { exact };
        // The beginning of a step that is done for several things means all of them, as its whole name does.
        if let Some(whole) = found.first().filter(|name| name.item().is_none()).copied() {
            found.retain(|name| *name == whole || name.playbook != whole.playbook || name.id() != whole.step);
        }
        match found.as_slice() {
            [one] => Ok((*one).clone()),
            [] => Err(Refusal::UnknownStep {
                given: given.to_owned(),
                known: all.iter().map(|name| name.step.clone()).collect(),
            }),
            many => Err(Refusal::AmbiguousStep {
                given: given.to_owned(),
                known: many.iter().map(|name| name.to_string()).collect(),
            }),
        }
    }

    /// Open steps that are not waiting or blocked and have a time by which they are due (UTC), in the order of their
    /// playbooks.
    pub fn due_steps(&self) -> impl Iterator<Item = (Time, StepView<'_>)> {
        let open = |point: &StepView<'_>| point.status.can_be_done();
        self.steps().filter(open).filter_map(|point| point.due.map(|due| (due, point)))
    }

    /// The nearest deadline (UTC) among running clocks and open steps that are not waiting or blocked, with
    /// what it is for.
    pub fn next_deadline(&self) -> Option<(Time, String)> {
        let clocks = self
            .clocks
            .iter()
            .filter(|clock| clock.state == ClockState::Running)
            .filter_map(|clock| clock.deadline.map(|deadline| (deadline, clock.duty.title.clone())));
        let steps = self.due_steps().map(|(due, point)| (due, point.title()));
        if self.closed { clocks.min_by_key(|(at, _)| *at) } else { clocks.chain(steps).min_by_key(|(at, _)| *at) }
    }
}
