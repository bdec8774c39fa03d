//! How each step stands, and what to do next: pure functions of the case.

use super::{
    case::{Case, ClockState, Plan, Progress, StepState},
    playbook::{Phase, Step, StepRef, When},
    refusal::Refusal,
    time::Time,
};
use std::cell::Cell;

/// Steps looked at for one condition; a playbook from elsewhere may go round in circles.
const LOOKS: u32 = 500;

/// How a step stands, from what was recorded and from what it needs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Standing {
    /// It can be done now.
    Ready,
    /// Someone is at work on it.
    Started,
    /// It waits for these steps to be settled.
    Waiting(Vec<String>),
    /// Done, decided or told.
    Done,
    /// Left out.
    Skipped,
    /// Cannot go on; the text says why.
    Blocked(String),
    /// An earlier choice closed it.
    Closed,
}

impl Standing {
    /// Whether nothing more is to be done with it.
    pub fn settled(&self) -> bool {
        matches!(self, Self::Done | Self::Skipped | Self::Closed)
    }

    /// The word for it.
    pub fn word(&self) -> &'static str {
        match self {
            Self::Ready => "open",
            Self::Started => "started",
            Self::Waiting(_) => "waiting",
            Self::Done => "done",
            Self::Skipped => "skipped",
            Self::Blocked(_) => "blocked",
            Self::Closed => "closed",
        }
    }
}

/// A step of a plan, with where it stands.
#[derive(Clone, Debug)]
pub struct Standpoint<'a> {
    /// The plan.
    pub plan: &'a Plan,
    /// Its phase.
    pub phase: &'a Phase,
    /// The step.
    pub step: &'a Step,
    /// How it stands.
    pub standing: Standing,
    /// When it is due (UTC).
    pub due: Option<Time>,
    /// What was last done with it.
    pub progress: Option<&'a Progress>,
}

impl Standpoint<'_> {
    /// Its name in the case.
    pub fn name(&self) -> StepRef {
        StepRef { playbook: self.plan.playbook.id.clone(), step: self.step.id.clone() }
    }
}

impl Plan {
    fn state(&self, step: &str) -> Option<StepState> {
        self.progress.get(step).map(|progress| progress.state)
    }

    /// Whether `when` holds: `None` while that is not yet known. What hangs on a step that is itself closed does
    /// not hold: that step will not be answered.
    pub fn holds(&self, when: &When) -> Option<bool> {
        self.holds_within(when, &Cell::new(LOOKS))
    }

    fn holds_within(&self, when: &When, looks: &Cell<u32>) -> Option<bool> {
        match when {
            When::Always => Some(true),
            When::Chose(step, option) => match self.progress.get(step) {
                Some(Progress { state: StepState::Done, choice: Some(choice), .. }) => Some(choice == option),
                Some(Progress { state: StepState::Done | StepState::Skipped, .. }) => Some(false),
                Some(Progress { state: StepState::Started | StepState::Blocked, .. }) => None,
                Some(Progress { state: StepState::Open, .. }) | None => self.never(step, looks),
            },
            When::Done(step) => match self.state(step) {
                Some(StepState::Done) => Some(true),
                Some(StepState::Skipped) => Some(false),
                Some(StepState::Started | StepState::Blocked) => None,
                Some(StepState::Open) | None => self.never(step, looks),
            },
            When::All(parts) => {
                let parts: Vec<_> = parts.iter().map(|part| self.holds_within(part, looks)).collect();
                if parts.contains(&Some(false)) {
                    Some(false)
                } else if parts.contains(&None) {
                    None
                } else {
                    Some(true)
                }
            }
            When::Any(parts) => {
                let parts: Vec<_> = parts.iter().map(|part| self.holds_within(part, looks)).collect();
                if parts.contains(&Some(true)) {
                    Some(true)
                } else if parts.contains(&None) {
                    None
                } else {
                    Some(false)
                }
            }
            When::Not(part) => self.holds_within(part, looks).map(|held| !held),
            When::Yes(_) | When::Answered(..) | When::AtLeast(..) | When::Gate(_) => None,
        }
    }

    /// `Some(false)` where an earlier choice closed that step, so that nobody will answer it.
    fn never(&self, step: &str, looks: &Cell<u32>) -> Option<bool> {
        looks.set(looks.get().checked_sub(1)?);
        let step = self.playbook.step(step)?;
        (self.holds_within(&step.when, looks) == Some(false)).then_some(false)
    }

    /// The steps that must be settled before `step` is ready: what it needs, and what decides whether it
    /// applies.
    pub fn unmet(&self, step: &Step) -> Vec<String> {
        let open = |id: &str| !self.settled(id);
        let mut unmet: Vec<String> = step.needs.iter().filter(|id| open(id)).cloned().collect();
        if self.holds(&step.when).is_none() {
            for (id, _) in step.when.mentions() {
                if open(id) && !unmet.iter().any(|known| known == id) {
                    unmet.push(id.to_owned());
                }
            }
        }
        unmet
    }

    fn settled(&self, id: &str) -> bool {
        match self.state(id) {
            Some(StepState::Done | StepState::Skipped) => true,
            Some(StepState::Open | StepState::Started | StepState::Blocked) => false,
            None => self.playbook.step(id).is_none_or(|step| self.closed(step)),
        }
    }

    fn closed(&self, step: &Step) -> bool {
        self.holds(&step.when) == Some(false)
    }

    /// How `step` stands.
    pub fn standing(&self, step: &Step) -> Standing {
        match self.progress.get(&step.id) {
            Some(Progress { state: StepState::Done, .. }) => return Standing::Done,
            Some(Progress { state: StepState::Skipped, .. }) => return Standing::Skipped,
            Some(Progress { state: StepState::Blocked, note, .. }) => return Standing::Blocked(note.clone()),
            Some(Progress { state: StepState::Started, .. }) => return Standing::Started,
            Some(Progress { state: StepState::Open, .. }) | None => {}
        }
        if self.closed(step) {
            return Standing::Closed;
        }
        let unmet = self.unmet(step);
        if unmet.is_empty() { Standing::Ready } else { Standing::Waiting(unmet) }
    }
}

impl Case {
    /// Every step of every plan, in order, with where it stands.
    pub fn steps(&self) -> impl Iterator<Item = Standpoint<'_>> {
        let closed = self.closed;
        self.plans.iter().flat_map(move |plan| {
            plan.playbook.steps().map(move |(phase, step)| Standpoint {
                plan,
                phase,
                step,
                standing: plan.standing(step),
                due: step.due.filter(move |_| !closed).map(|minutes| plan.attached.plus_minutes(i64::from(minutes))),
                progress: plan.progress.get(&step.id),
            })
        })
    }

    /// Where one step stands.
    pub fn standpoint(&self, step: &StepRef) -> Option<Standpoint<'_>> {
        self.steps().find(|point| point.plan.playbook.id == step.playbook && point.step.id == step.step)
    }

    /// What to do next: a step that someone is at work on, else the ready one in the earliest phase of the
    /// earliest plan. A closed, waiting, blocked or settled step is never next.
    pub fn next(&self) -> Option<Standpoint<'_>> {
        if self.closed {
            return None;
        }
        let started = self.steps().find(|point| point.standing == Standing::Started);
        started.or_else(|| self.steps().find(|point| point.standing == Standing::Ready))
    }

    /// The step that `given` names: its identifier, `PLAYBOOK/STEP`, or the beginning of either that no other
    /// step shares.
    pub fn find_step(&self, given: &str) -> Result<StepRef, Refusal> {
        let all: Vec<StepRef> = self.steps().map(|point| point.name()).collect();
        let answers = |exact: bool| -> Vec<&StepRef> {
            let fits = |text: &str| if exact { text == given } else { !given.is_empty() && text.starts_with(given) };
            all.iter().filter(|name| fits(&name.step) || fits(&name.to_string())).collect()
        };
        let exact = answers(true);
        let found = if exact.is_empty() { answers(false) } else { exact };
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

    /// The nearest deadline (UTC) among running clocks and open steps that are not waiting or blocked, with
    /// what it is for.
    pub fn next_deadline(&self) -> Option<(Time, String)> {
        let clocks = self
            .clocks
            .iter()
            .filter(|clock| clock.state == ClockState::Running)
            .filter_map(|clock| clock.deadline.map(|deadline| (deadline, clock.duty.title.clone())));
        let steps = self
            .steps()
            .filter(|point| matches!(point.standing, Standing::Ready | Standing::Started))
            .filter_map(|point| point.due.map(|due| (due, point.step.title.clone())));
        if self.closed { clocks.min_by_key(|(at, _)| *at) } else { clocks.chain(steps).min_by_key(|(at, _)| *at) }
    }
}
