//! This machine's clock is compared with another that a person reads.

use crate::{
    domain::{
        decide::Command, event::ClockChecked, time_input::parse_clock_reading, wording::duration::clock_difference,
    },
    tui::{
        form::{
            Fault,
            field::{FormField, fields},
            texts::LineText,
        },
        forms::{
            blank_form::{BlankForm, TypedForm},
            context::FormContext,
            submission::Submission,
        },
        keys::{action::Context, table::ActionId},
    },
};

/// What another clock reads.
#[derive(Clone, Debug)]
pub(crate) struct CompareForm {
    reference: LineText,
    reads: LineText,
}

fields!(CompareForm; reference, reads);

impl CompareForm {
    /// The form, with the comparison before.
    pub(crate) fn open(context: &FormContext<'_>) -> Option<BlankForm<Self>> {
        let case = context.case()?;
        let which = "Which clock it is: speaking clock 123, a radio clock, a phone";
        let key = context.keymap.key_text(Context::Form, ActionId::Record);
        let soon = format!("A time soon to come, with seconds: 03:41:07. {key} when it comes");
        let form = Self {
            reference: LineText::new("reference", "With", which, "").required(),
            reads: LineText::new("reads", "It reads", soon, "").required(),
        };
        let blank = BlankForm::new("Compare this machine's clock", form).tell(
            "How",
            format!("Write a time that is about to come, and press {key} at the moment when the other clock shows it."),
        );
        Some(match &case.clock_check {
            Some(check) => {
                let (ahead, cite) = (clock_difference(check.what.ahead_ms), case.cite(&check.entry));
                blank.tell("Before", format!("{ahead} against {} ({cite})", check.what.reference))
            }
            None => blank,
        })
    }
}

impl TypedForm for CompareForm {
    /// The moment of the key is that of the reading.
    fn submit(&self, context: &FormContext<'_>) -> Result<Submission, Fault> {
        let Some(now) = context.now else { return Err(self.reads.fault("the time is not known yet")) };
        let read = parse_clock_reading(&self.reads.text(), now);
        let read = read.map_err(|why| self.reads.fault(format!("{why}: {}", why.hint(now))))?;
        let checked = ClockChecked::of(self.reference.text(), read, now.at);
        Ok(Submission::command(Command::CheckClock(checked), None))
    }
}
