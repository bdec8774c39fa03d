//! What is typed and not recorded, as it is kept outside the case.

use super::overlays::open_form::{FormKind, OpenForm};
use crate::{
    domain::time::Time,
    tui::form::field::{FieldView, FormField, Typed},
};
use serde::{Deserialize, Serialize};

/// A form that was being written, as it is kept outside.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Draft {
    /// What the form is for.
    pub(crate) kind: FormKind,
    /// Its heading.
    pub(crate) title: String,
    /// Its fields by their names in the code.
    pub(crate) typed: Vec<(String, Typed)>,
    /// All of it as plain text: what remains where the form cannot be built again.
    pub(crate) text: String,
    /// The key press that opened it (UTC).
    pub(crate) begun: Option<Time>,
    /// Who typed it, by name; one kept before that was noted has none.
    #[serde(default)]
    pub(crate) by: Option<String>,
    /// The names of the fields in which nothing was typed and what stands is only proposed, but for times, which always
    /// are when a draft is taken up again; one kept before that was noted has none.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) proposed: Vec<String>,
}

impl Draft {
    /// All of it as plain text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// A form as it would be kept.
    pub(crate) fn of(sheet: &OpenForm) -> Self {
        let views = sheet.form.views();
        let is_proposed = |field: &&&dyn FormField| field.is_fresh() && !matches!(field.view(), FieldView::Time(..));
        let name = |field: &&dyn FormField| field.head().id.to_string();
        Self {
            kind: sheet.kind.clone(),
            title: sheet.title.clone(),
            typed: views.iter().map(|field| (name(field), field.typed())).collect(),
            text: sheet.to_text(),
            begun: sheet.begun,
            by: sheet.by.clone(),
            proposed: views.iter().filter(is_proposed).map(name).collect(),
        }
    }
}

/// What was last kept outside.
#[derive(Clone, Debug, Default)]
pub(crate) struct Kept {
    /// The drafts.
    pub(crate) drafts: Vec<Draft>,
    /// How many forms and pages, drafts and jobs there were.
    pub(crate) shape: (usize, usize, usize),
    /// When that was looked at, microseconds.
    pub(crate) at: i64,
}

/// What is typed and not recorded.
#[derive(Clone, Debug, Default)]
pub(crate) struct Drafts {
    /// The forms that were put away, in the order in which they were.
    pub(crate) shelf: Vec<OpenForm>,
    /// What was last kept outside.
    pub(crate) kept: Kept,
    /// Why what is typed cannot be kept outside now: it stands on this screen alone.
    pub(crate) unkept: Option<String>,
}
