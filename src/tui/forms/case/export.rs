//! The case leaves this machine.

use crate::tui::{
    form::{
        Fault,
        field::{FormField, fields},
        path_field::PathField,
        pick::{Choice, Pick},
    },
    forms::{
        blank_form::{BlankForm, TypedForm},
        context::FormContext,
        submission::{Export, Submission},
    },
};

/// Format, and its name with what it is for: in a line each, so that the field for the file is in view.
const FORMATS: [(&str, &str); 6] = [
    ("bundle", "Bundle: everything, in one zip that others can verify"),
    ("html", "Report, HTML: one page for executives and for print"),
    ("md", "Report, Markdown: the same as plain text, for a ticket"),
    ("handover", "Handover: what the next responder needs, to read aloud"),
    ("jsonl", "Records, JSON lines: for a check without this program"),
    ("csv", "Timeline, CSV: for a spreadsheet"),
];

/// An export.
#[derive(Clone, Debug)]
pub(crate) struct ExportForm {
    format: Pick<&'static str>,
    path: PathField,
}

fields!(ExportForm; format, path);

impl ExportForm {
    /// The form, with the bundle chosen.
    pub(crate) fn open(context: &FormContext<'_>) -> Option<BlankForm<Self>> {
        context.case()?;
        let choices = FORMATS.map(|(id, label)| Choice::new(id, id, label));
        let form = Self {
            format: Pick::new("format", "Format", "↑ ↓ choose, Enter goes on", choices).tall().at(Some(0)).required(),
            path: PathField::new("path", "File", "A file or a folder, such as a stick; empty: as said below"),
        };
        Some(BlankForm::new("Export", form))
    }
}

impl TypedForm for ExportForm {
    fn submit(&self, _: &FormContext<'_>) -> Result<Submission, Fault> {
        let format = self.format.chosen().copied().unwrap_or_default().to_owned();
        Ok(Submission::Export(Export { format, path: self.path.text() }))
    }
}
