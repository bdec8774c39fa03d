//! What is typed and not recorded: kept outside the case while it is typed, and offered again after a crash, a signal or
//! a leaving.

use super::{
    Model,
    effect::Effect,
    overlays::open_form::{Kind, Sheet},
};
use crate::{domain::time::Time, tui::form::field::Typed};
use serde::{Deserialize, Serialize};

/// How long what is typed may stand on screen alone, microseconds.
const EVERY: i64 = 500_000;

/// A form that was being written, as it is kept outside.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Draft {
    /// What the form is for.
    pub(crate) kind: Kind,
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
}

impl Draft {
    /// All of it as plain text.
    pub fn text(&self) -> &str {
        &self.text
    }

    fn of(sheet: &Sheet) -> Self {
        Self {
            kind: sheet.kind.clone(),
            title: sheet.title.clone(),
            typed: sheet.form.views().iter().map(|field| (field.head().id.to_string(), field.typed())).collect(),
            text: sheet.to_text(),
            begun: sheet.begun,
            by: sheet.by.clone(),
        }
    }
}

/// What was last kept outside.
#[derive(Clone, Debug, Default)]
pub(crate) struct Kept {
    drafts: Vec<Draft>,
    /// How many forms and pages, drafts and jobs there were.
    shape: (usize, usize, usize),
    /// When that was looked at, microseconds.
    at: i64,
}

/// Everything that is typed and not recorded, in the order in which it was left.
pub fn all(model: &Model) -> Vec<Draft> {
    // What is on its way to the disk may still fail.
    let typed = |sheet: &&Sheet| sheet.form.changed() && sheet.kind != Kind::Who;
    model.drafts.iter().chain(&model.jobs).chain(model.sheets()).filter(typed).map(Draft::of).collect()
}

/// Has what is typed kept outside: at once where a form was opened, left or recorded, else every half second.
pub(crate) fn keep(model: &mut Model) -> Vec<Effect> {
    let shape = (model.over.len(), model.drafts.len(), model.jobs.len());
    let now = model.now.map_or(0, |now| now.at.micros());
    if shape == model.kept.shape && (now - model.kept.at).abs() < EVERY {
        return Vec::new();
    }
    model.kept.shape = shape;
    model.kept.at = now;
    let drafts = all(model);
    // What could not be kept is tried again for as long as it is there.
    if drafts == model.kept.drafts && (model.unkept.is_none() || drafts.is_empty()) {
        return Vec::new();
    }
    model.kept.drafts.clone_from(&drafts);
    vec![Effect::KeepDrafts(model.case().map(|case| case.id.clone()), drafts)]
}

/// Has all of it kept before a case or the program is left.
pub(crate) fn last(model: &Model) -> Option<Effect> {
    let drafts = all(model);
    let any = !drafts.is_empty() || !model.kept.drafts.is_empty();
    any.then(|| Effect::KeepDrafts(model.case().map(|case| case.id.clone()), drafts))
}
