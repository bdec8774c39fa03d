//! The case is closed, or goes on.

use crate::{
    domain::{
        case::ClockState,
        decide::{CloseCase, Command, ReopenCase},
    },
    tui::{
        form::{
            Fault,
            field::{FormField, fields},
            texts::LongText,
        },
        forms::{
            blank_form::{BlankForm, TypedForm},
            context::FormContext,
            submission::Submission,
        },
    },
};

/// The case is over.
#[derive(Clone, Debug)]
pub(crate) struct CloseForm {
    why: LongText,
}

fields!(CloseForm; why);

impl CloseForm {
    /// The form; it says what is still open.
    pub(crate) fn open(context: &FormContext<'_>) -> Option<BlankForm<Self>> {
        let case = context.case()?;
        let form =
            Self { why: LongText::new("why", "Outcome", "How it ended, and what remains to be watched").required() };
        let steps = case.steps().filter(|point| !point.status.settled()).count();
        let clocks: Vec<&str> =
            case.clocks.iter().filter(|c| c.state == ClockState::Running).map(|c| c.duty.title.as_str()).collect();
        let open = if steps > 0 { format!("{steps} steps are not settled") } else { String::new() };
        Some(BlankForm::new("Close the case", form).tell("Open", open).tell("Clocks run", clocks.join(", ")))
    }
}

impl TypedForm for CloseForm {
    fn submit(&self, _: &FormContext<'_>) -> Result<Submission, Fault> {
        Ok(Submission::command(Command::Close(CloseCase { why: self.why.text() }), None))
    }
}

/// The case goes on.
#[derive(Clone, Debug)]
pub(crate) struct ReopenCaseForm {
    why: LongText,
}

fields!(ReopenCaseForm; why);

impl ReopenCaseForm {
    /// The form.
    pub(crate) fn open(context: &FormContext<'_>) -> Option<BlankForm<Self>> {
        context.case()?;
        let form = Self { why: LongText::new("why", "Reason", "Why it was not over").required() };
        Some(BlankForm::new("Reopen the case", form))
    }
}

impl TypedForm for ReopenCaseForm {
    fn submit(&self, _: &FormContext<'_>) -> Result<Submission, Fault> {
        Ok(Submission::command(Command::Reopen(ReopenCase { why: self.why.text() }), None))
    }
}
