//! A step is done, left out, blocked, begun or opened again.

use super::questions::{self, AnswerField};
use crate::{
    domain::{
        case::steps::{StepStatus, StepView},
        decide::{ActOnStep, Command, StepAct},
        playbook::{StepKind, StepRef},
        wording::duration::short_span,
    },
    tui::{
        form::{
            Fault,
            field::{FormField, fields},
            texts::{LongText, Reason, TimeField},
        },
        forms::{
            blank_form::{BlankForm, TypedForm},
            context::FormContext,
            submission::Submission,
        },
        keys::{action::Context, place::Place, table::ActionId},
    },
};

/// The reason, where the step is done before what it needs, or again.
pub(super) fn reason_beforehand(point: &StepView<'_>) -> Reason {
    Reason::in_front(match point.status {
        StepStatus::Done | StepStatus::Skipped => "Why it is done again; it is recorded so",
        StepStatus::Closed => "Why it is done although an earlier choice closed it",
        _ if !point.unmet().is_empty() => "Why it is done before what it needs; it is recorded so",
        StepStatus::Ready
        | StepStatus::Started
        | StepStatus::Waiting(_)
        | StepStatus::Repeats
        | StepStatus::Blocked(_) => {
            return Reason::default();
        }
    })
}

/// What a step comes to that is no more than an act with its moment.
fn submit_act(
    step: &StepRef,
    act: StepAct,
    occurred: &TimeField,
    context: &FormContext<'_>,
) -> Result<Submission, Fault> {
    let occurred = occurred.time(context.now)?;
    Ok(Submission::command(Command::Step(ActOnStep { step: step.clone(), act }), occurred))
}

/// A step is done.
#[derive(Clone, Debug)]
pub(crate) struct DoneForm {
    pub(in crate::tui::forms) step: StepRef,
    why: Reason,
    answers: Vec<AnswerField>,
    note: LongText,
    occurred: TimeField,
}

fields!(DoneForm; why.front, answers, note, why.among, occurred);

impl DoneForm {
    /// The form, with the questions that the step asks.
    pub(crate) fn open(context: &FormContext<'_>, step: &StepRef) -> Option<BlankForm<Self>> {
        let point = context.case()?.step_view(step)?;
        let form = Self {
            step: point.name(),
            why: reason_beforehand(&point),
            answers: questions::fields_of_step(&point),
            note: LongText::new("note", "Note", "Anything to add: what was found, who helped"),
            occurred: TimeField::when(),
        };
        let verb = if point.status == StepStatus::Done { "Again" } else { "Done" };
        let then = match &point.step.kind {
            StepKind::Recur { every, .. } => {
                let key = context.keymap.key_text(Context::At(Place::Now), ActionId::Skip);
                format!("it is due again after {}; {key} ends it", short_span(*every))
            }
            StepKind::Task
            | StepKind::Collect
            | StepKind::Decision { .. }
            | StepKind::Notify { .. }
            | StepKind::Approve { .. }
            | StepKind::Command { .. } => String::new(),
        };
        let expects: Vec<String> = point.step.expects.iter().map(|text| point.fill(text)).collect();
        let blank = BlankForm::new(format!("{verb}: {}", point.title()), form)
            .tell("Early", point.unmet_titles().join(", "))
            .tell("Then", then)
            .tell("Expects", expects.join(", "));
        Some(blank)
    }
}

impl TypedForm for DoneForm {
    fn submit(&self, context: &FormContext<'_>) -> Result<Submission, Fault> {
        let answers = self.answers.iter().map(|answer| (answer.question().to_owned(), answer.given())).collect();
        let act = StepAct::Done { note: self.note.text(), why: self.why.text(), answers };
        submit_act(&self.step, act, &self.occurred, context)
    }

    fn reason(&mut self) -> Option<&mut Reason> {
        Some(&mut self.why)
    }
}

/// A step is left out.
#[derive(Clone, Debug)]
pub(crate) struct SkipForm {
    pub(in crate::tui::forms) step: StepRef,
    why: LongText,
    occurred: TimeField,
}

fields!(SkipForm; why, occurred);

impl SkipForm {
    /// The form; what recurs is ended by it.
    pub(crate) fn open(context: &FormContext<'_>, step: &StepRef) -> Option<BlankForm<Self>> {
        let point = context.case()?.step_view(step)?;
        let (verb, hint) = if point.status == StepStatus::Repeats {
            ("End", "Why it is not done any more")
        } else {
            ("Skip", "Why it is left out")
        };
        let why = LongText::new("why", "Reason", hint).required();
        let form = Self { step: point.name(), why, occurred: TimeField::when() };
        Some(BlankForm::new(format!("{verb}: {}", point.title()), form))
    }
}

impl TypedForm for SkipForm {
    fn submit(&self, context: &FormContext<'_>) -> Result<Submission, Fault> {
        submit_act(&self.step, StepAct::Skip { why: self.why.text() }, &self.occurred, context)
    }
}

/// A step cannot go on.
#[derive(Clone, Debug)]
pub(crate) struct BlockForm {
    pub(in crate::tui::forms) step: StepRef,
    why: LongText,
    occurred: TimeField,
}

fields!(BlockForm; why, occurred);

impl BlockForm {
    /// The form.
    pub(crate) fn open(context: &FormContext<'_>, step: &StepRef) -> Option<BlankForm<Self>> {
        let point = context.case()?.step_view(step)?;
        let why = LongText::new("why", "Waits for", "What it waits for, and who has it in hand").required();
        let form = Self { step: point.name(), why, occurred: TimeField::when() };
        Some(BlankForm::new(format!("Blocked: {}", point.title()), form))
    }
}

impl TypedForm for BlockForm {
    fn submit(&self, context: &FormContext<'_>) -> Result<Submission, Fault> {
        submit_act(&self.step, StepAct::Block { why: self.why.text() }, &self.occurred, context)
    }
}

/// A step is open again.
#[derive(Clone, Debug)]
pub(crate) struct ReopenForm {
    pub(in crate::tui::forms) step: StepRef,
    why: LongText,
    occurred: TimeField,
}

fields!(ReopenForm; why, occurred);

impl ReopenForm {
    /// The form.
    pub(crate) fn open(context: &FormContext<'_>, step: &StepRef) -> Option<BlankForm<Self>> {
        let point = context.case()?.step_view(step)?;
        let why = LongText::new("why", "Reason", "Why it is open again").required();
        let form = Self { step: point.name(), why, occurred: TimeField::when() };
        Some(BlankForm::new(format!("Reopen: {}", point.title()), form))
    }
}

impl TypedForm for ReopenForm {
    fn submit(&self, context: &FormContext<'_>) -> Result<Submission, Fault> {
        submit_act(&self.step, StepAct::Reopen { why: self.why.text() }, &self.occurred, context)
    }
}

/// Work on a step begins.
#[derive(Clone, Debug)]
pub(crate) struct StartForm {
    pub(in crate::tui::forms) step: StepRef,
    /// Asked for where the step is settled: it is opened again for it.
    why: Reason,
    note: LongText,
    occurred: TimeField,
}

fields!(StartForm; why.front, note, why.among, occurred);

impl StartForm {
    /// The form.
    pub(crate) fn open(context: &FormContext<'_>, step: &StepRef) -> Option<BlankForm<Self>> {
        let point = context.case()?.step_view(step)?;
        let note = LongText::new("note", "Note", "Who is at work on it, and from where");
        let form = Self { step: point.name(), why: Reason::default(), note, occurred: TimeField::when() };
        Some(BlankForm::new(format!("Start: {}", point.title()), form))
    }
}

impl TypedForm for StartForm {
    fn submit(&self, context: &FormContext<'_>) -> Result<Submission, Fault> {
        submit_act(&self.step, StepAct::Start { note: self.note.text(), why: self.why.text() }, &self.occurred, context)
    }

    fn reason(&mut self) -> Option<&mut Reason> {
        Some(&mut self.why)
    }
}
