//! A note: anything worth remembering.

use crate::{
    domain::decide::{AddNote, Command},
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

/// A note.
#[derive(Clone, Debug)]
pub(crate) struct NoteForm {
    text: LongText,
    occurred: TimeField,
}

fields!(NoteForm; text, occurred);

impl NoteForm {
    /// The form.
    pub(crate) fn open(context: &FormContext<'_>) -> Option<BlankForm<Self>> {
        context.case()?;
        let hint = "What was seen, said or done; Enter begins a new line";
        let form = Self { text: LongText::new("text", "Note", hint).required(), occurred: TimeField::when() };
        Some(BlankForm::new("Note", form))
    }
}

impl TypedForm for NoteForm {
    fn submit(&self, context: &FormContext<'_>) -> Result<Submission, Fault> {
        // Empty lines around it are a slip of the hand.
        let text = self.text.text().trim().to_owned();
        Ok(Submission::command(Command::Note(AddNote { text }), self.occurred.time(context.now)?))
    }
}
