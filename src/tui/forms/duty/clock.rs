//! A duty's clock is started, met or waived.

use crate::{
    domain::{
        decide::{Command, MeetDuty, StartClock, WaiveDuty},
        wording::duration::allowed_span,
    },
    tui::{
        form::{
            Fault,
            field::{FormField, fields},
            texts::{LineText, LongText, TimeField},
        },
        forms::{
            blank_form::{BlankForm, TypedForm},
            context::FormContext,
            submission::Submission,
        },
    },
};

/// A clock starts.
#[derive(Clone, Debug)]
pub(crate) struct StartClockForm {
    pub(in crate::tui::forms) duty: String,
    aware: TimeField,
    basis: LineText,
}

fields!(StartClockForm; aware, basis);

impl StartClockForm {
    /// The form. The moment when the case was opened is filled in.
    pub(crate) fn open(context: &FormContext<'_>, duty: &str) -> Option<BlankForm<Self>> {
        let case = context.case()?;
        let duty = case.duty(duty)?;
        let began = case.began().zip(context.now);
        let opened = began.map(|(at, now)| now.zone.local(at).format("%Y-%m-%dT%H:%M%:z").to_string());
        let hint = "When the organisation became aware: 03:14, yesterday 23:10, -20m";
        let form = Self {
            duty: duty.id.clone(),
            aware: TimeField::new("aware", "Aware since", hint, &opened.unwrap_or_default()).required(),
            basis: LineText::new("basis", "Rests on", "What that rests on: a call, an alert, an entry", ""),
        };
        let source = duty.source.trim_end_matches('.');
        let blank = BlankForm::new(format!("Start the clock: {}", duty.title), form)
            .tell("Starts", &duty.starts)
            .tell("Allows", allowed_span(duty.limit))
            .tell("Source", format!("{source}; read {}; guidance, not legal advice", duty.checked_on));
        Some(blank)
    }
}

impl TypedForm for StartClockForm {
    fn submit(&self, context: &FormContext<'_>) -> Result<Submission, Fault> {
        let aware = self.aware.time(context.now)?;
        let aware = aware.ok_or_else(|| self.aware.fault("“Aware since” is empty: write a time"))?;
        let command = Command::StartClock(StartClock { duty: self.duty.clone(), aware, basis: self.basis.text() });
        Ok(Submission::command(command, None))
    }
}

/// A duty is met.
#[derive(Clone, Debug)]
pub(crate) struct MeetClockForm {
    pub(in crate::tui::forms) duty: String,
    reference: LineText,
    note: LineText,
    text: LongText,
    occurred: TimeField,
}

fields!(MeetClockForm; reference, note, text, occurred);

impl MeetClockForm {
    /// The form.
    pub(crate) fn open(context: &FormContext<'_>, duty: &str) -> Option<BlankForm<Self>> {
        let duty = context.case()?.duty(duty)?;
        let reference = "The receiver's reference number, if they gave one";
        let form = Self {
            duty: duty.id.clone(),
            reference: LineText::new("reference", "Reference", reference, ""),
            note: LineText::new("note", "How", "Who told them, and how", ""),
            text: LongText::new("text", "As sent", "The text as it was sent; it is kept as it stands here"),
            occurred: TimeField::when(),
        };
        Some(BlankForm::new(format!("Met: {}", duty.title), form).tell("Told", &duty.to))
    }
}

impl TypedForm for MeetClockForm {
    fn submit(&self, context: &FormContext<'_>) -> Result<Submission, Fault> {
        let command = Command::MeetClock(MeetDuty {
            duty: self.duty.clone(),
            reference: self.reference.text(),
            note: self.note.text(),
            text: self.text.text(),
        });
        Ok(Submission::command(command, self.occurred.time(context.now)?))
    }
}

/// A duty does not apply.
#[derive(Clone, Debug)]
pub(crate) struct WaiveClockForm {
    pub(in crate::tui::forms) duty: String,
    why: LongText,
}

fields!(WaiveClockForm; why);

impl WaiveClockForm {
    /// The form.
    pub(crate) fn open(context: &FormContext<'_>, duty: &str) -> Option<BlankForm<Self>> {
        let duty = context.case()?.duty(duty)?;
        let why = LongText::new("why", "Reason", "Why it does not apply, and who decided that").required();
        let form = Self { duty: duty.id.clone(), why };
        Some(BlankForm::new(format!("Does not apply: {}", duty.title), form).tell("Starts", &duty.starts))
    }
}

impl TypedForm for WaiveClockForm {
    fn submit(&self, _: &FormContext<'_>) -> Result<Submission, Fault> {
        let command = Command::WaiveClock(WaiveDuty { duty: self.duty.clone(), why: self.why.text() });
        Ok(Submission::command(command, None))
    }
}
