//! What the incident means for patients, as of now.

use crate::{
    domain::decide::{Command, StateImpact},
    tui::{
        form::{
            Fault,
            field::{FormField, fields},
            texts::{LongText, TimeField},
        },
        forms::{
            blank_form::{BlankForm, TypedForm},
            context::FormContext,
            submission::Submission,
        },
    },
};

/// What it means for patients.
#[derive(Clone, Debug)]
pub(crate) struct ImpactForm {
    text: LongText,
    occurred: TimeField,
}

fields!(ImpactForm; text, occurred);

impl ImpactForm {
    /// The form, with what was stated last above it.
    pub(crate) fn open(context: &FormContext<'_>) -> Option<BlankForm<Self>> {
        let case = context.case()?;
        let hint = "Who is affected, what they do without, what was done for them; \"none known\" is an answer too";
        let form = Self { text: LongText::new("text", "For patients", hint).required(), occurred: TimeField::when() };
        let blank = BlankForm::new("What it means for patients now", form);
        Some(match &case.impact {
            Some(stated) => blank.tell("Stated", format!("{} ({})", stated.what.text, case.cite(&stated.entry))),
            None => blank,
        })
    }
}

impl TypedForm for ImpactForm {
    fn submit(&self, context: &FormContext<'_>) -> Result<Submission, Fault> {
        let command = Command::StateImpact(StateImpact { text: self.text.text() });
        Ok(Submission::command(command, self.occurred.time(context.now)?))
    }
}
