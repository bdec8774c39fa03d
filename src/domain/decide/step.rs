//! What may be asked about steps of a playbook, and about commands that were run for one.

use super::{
    Ask,
    answer::decide_answer,
    checks::{
        check_again, check_length, check_needs, check_paragraph, find_step, not_of_kind, refuse_as_already,
        require_reason,
    },
};
use crate::domain::{
    case::{
        Case,
        refusal::Refusal,
        steps::{StepStatus, StepView},
    },
    event::{self, Event},
    playbook::{Question, StepKind, StepRef, System},
    step::attached_playbook::StepState,
    time::Time,
};

/// Act on a step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ActOnStep {
    /// The step.
    pub step: StepRef,
    /// What is done with it.
    pub act: StepAct,
}

impl Ask for ActOnStep {
    const NEEDS_OPEN_CASE: bool = true;
    const STATES_AN_ACT: bool = true;

    fn decide(&self, case: &Case, _: Time) -> Result<Vec<Event>, Refusal> {
        let point = find_step(case, &self.step)?;
        let state = match (&point.progress, &point.status) {
            (Some(progress), _) => progress.state,
            // A step that is done for several things, as a whole: it has no progress of its own.
            (None, StepStatus::Done) => StepState::Done,
            (None, StepStatus::Skipped) => StepState::Skipped,
            (None, _) => StepState::Open,
        };
        let taken_up =
            |name: &String| point.plan.progress.get(name).is_some_and(|progress| progress.state != StepState::Open);
        let partly = point.plan.meant(&self.step, |_| true).iter().any(taken_up);
        let already = |state| refuse_as_already(&point, state);
        let ends = point.status == StepStatus::Repeats && self.act.leaves_undone();
        let settled = match state {
            StepState::Done => Some("done"),
            StepState::Skipped => Some("skipped"),
            StepState::Open | StepState::Started | StepState::Blocked => None,
        };
        if let (Some(state), false, false) = (settled, ends, self.act.is_for_settled()) {
            return Err(already(state));
        }
        let step = self.step.clone();
        Ok(vec![match &self.act {
            StepAct::Done { note, why, answers } => return decide_done(&point, step, note, why, answers),
            StepAct::Start { .. } if state == StepState::Started => return Err(already("started")),
            StepAct::Start { note, why } => return decide_start(step, note, why, settled.is_some()),
            StepAct::Skip { why } => event::StepSkipped { step, why: require_reason("skipping a step", why)? }.into(),
            StepAct::Block { why } => event::StepBlocked { step, why: require_reason("blocking a step", why)? }.into(),
            StepAct::Reopen { .. } if !state.can_be_reopened() && !partly => {
                return Err(Refusal::NotSettled { step: point.title() });
            }
            StepAct::Reopen { why } => {
                event::StepReopened { step, why: require_reason("reopening a step", why)? }.into()
            }
        }])
    }
}

/// What is done with a step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StepAct {
    /// Work on it begins.
    Start {
        /// Anything to add.
        note: String,
        /// Why it begins again, where it is settled.
        why: String,
    },
    /// It is done.
    Done {
        /// Anything to add.
        note: String,
        /// Why it is done before what it needs, without an answer or again, where it is.
        why: String,
        /// Answers to its questions, as given: question, answer. An empty answer counts as none.
        answers: Vec<(String, String)>,
    },
    /// It is left out.
    Skip {
        /// The reason.
        why: String,
    },
    /// It cannot go on.
    Block {
        /// What it waits for.
        why: String,
    },
    /// It is open again.
    Reopen {
        /// The reason.
        why: String,
    },
}

impl StepAct {
    /// Whether the step is not done any more by it: of one that recurs this is the end.
    fn leaves_undone(&self) -> bool {
        match self {
            Self::Skip { .. } | Self::Block { .. } => true,
            Self::Start { .. } | Self::Done { .. } | Self::Reopen { .. } => false,
        }
    }

    /// Whether a step that is done or left out takes it: it is done again, opened again, or begun again with a reason.
    fn is_for_settled(&self) -> bool {
        match self {
            Self::Done { .. } | Self::Reopen { .. } => true,
            Self::Start { why, .. } => !why.trim().is_empty(),
            Self::Skip { .. } | Self::Block { .. } => false,
        }
    }
}

/// Work on a step begins; on a settled one, which is opened again for it, only with a reason.
fn decide_start(step: StepRef, note: &str, why: &str, settled: bool) -> Result<Vec<Event>, Refusal> {
    check_length("the note", note)?;
    let started = |note: String| event::StepStarted { step: step.clone(), note }.into();
    if settled {
        let why = require_reason("starting a settled step", why)?;
        return Ok(vec![event::StepReopened { step: step.clone(), why }.into(), started(note.to_owned())]);
    }
    // A reason that nobody asked for is not lost.
    let words: Vec<&str> = [note, why].into_iter().filter(|text| !text.trim().is_empty()).collect();
    let note = words.join("\n");
    check_length("the note", &note)?;
    Ok(vec![started(note)])
}

fn decide_done(
    point: &StepView<'_>,
    step: StepRef,
    note: &str,
    why: &str,
    answers: &[(String, String)],
) -> Result<Vec<Event>, Refusal> {
    let by_kind = |by: &'static str, hint: &str| {
        Err(Refusal::ByKind { step: step.step.clone(), kind: point.step.kind.word(), by, hint: hint.to_owned() })
    };
    match &point.step.kind {
        StepKind::Decision { options, .. } => {
            let known = options.iter().map(|option| option.id.clone()).collect();
            return Err(Refusal::Choose { step: step.step, known });
        }
        StepKind::Approve { .. } => {
            let hint = "say who agreed or refused, in which role, and by what means";
            return by_kind("naming who agreed or refused", hint);
        }
        StepKind::Command { .. } => {
            let hint = "say on which system it was run, whether it succeeded, and what came of it";
            return by_kind("saying how the command went", hint);
        }
        StepKind::Task | StepKind::Collect | StepKind::Notify { .. } | StepKind::Recur { .. } => {}
    }
    check_length("the note", note)?;
    let unmet = check_needs(point, why)?;
    check_again(point, why)?;
    let mut events = Vec::new();
    for (id, given) in answers.iter().filter(|(_, given)| !given.trim().is_empty()) {
        let Some(question) = point.step.asks.iter().find(|question| question.id == *id) else {
            let known = point.step.asks.iter().map(|question| question.id.clone()).collect();
            return Err(Refusal::UnknownQuestion { given: id.clone(), known });
        };
        events.extend(decide_answer(point.plan, point.step, question, given, why)?);
    }
    check_answered(point, &events, why)?;
    events.push(event::StepDone { step, note: note.to_owned(), why: why.to_owned(), unmet }.into());
    Ok(events)
}

/// Refuses a step that is done without an answer that it asks for, unless a reason is given.
fn check_answered(point: &StepView<'_>, given: &[Event], why: &str) -> Result<(), Refusal> {
    let answers = |question: &Question| {
        point.plan.answers.contains_key(&question.id)
            || given.iter().any(|event| matches!(event, Event::AnswerGiven(given) if given.question == question.id))
    };
    let open: Vec<&Question> =
        point.step.asks.iter().filter(|question| !question.optional && !answers(question)).collect();
    if open.is_empty() || !why.trim().is_empty() {
        return Ok(());
    }
    Err(Refusal::Unanswered {
        step: point.title(),
        asks: open.iter().map(|question| point.fill(&question.ask)).collect(),
        questions: open.iter().map(|question| question.id.clone()).collect(),
    })
}

/// Record how a command went that was run by hand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReportCommand {
    /// The step that gives it.
    pub step: StepRef,
    /// The sort of system that it was run on.
    pub system: System,
    /// Whether it did what it should.
    pub succeeded: bool,
    /// What came of it.
    pub outcome: String,
    /// Why it was done before what it needs, or again, where it was.
    pub why: String,
}

impl Ask for ReportCommand {
    const NEEDS_OPEN_CASE: bool = true;
    const STATES_AN_ACT: bool = true;

    fn decide(&self, case: &Case, _: Time) -> Result<Vec<Event>, Refusal> {
        let point = find_step(case, &self.step)?;
        let StepKind::Command { lines } = &point.step.kind else {
            return Err(not_of_kind(&point, "command"));
        };
        let Some(line) = lines.iter().find(|line| line.system == self.system) else {
            let known = lines.iter().map(|line| line.system.word()).collect();
            return Err(Refusal::NoCommand { step: point.name().step, system: self.system.word(), known });
        };
        check_paragraph("what came of it", &self.outcome)?;
        let unmet = check_needs(&point, &self.why)?;
        check_again(&point, &self.why)?;
        Ok(vec![
            event::CommandReported {
                step: self.step.clone(),
                system: self.system,
                argv: line.argv.iter().map(|word| point.fill(word)).collect(),
                succeeded: self.succeeded,
                outcome: self.outcome.clone(),
                why: self.why.clone(),
                unmet,
            }
            .into(),
        ])
    }
}
