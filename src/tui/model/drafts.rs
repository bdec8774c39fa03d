//! What is typed and not recorded: kept outside the case while it is typed, and offered again after a crash, a signal or
//! a leaving.

use super::{
    Model,
    effect::Effect,
    overlays::{
        Overlay,
        open_form::{Kind, Sheet, Status},
    },
};
use crate::{
    domain::{id::CaseId, time::Time},
    tui::{
        form::field::Typed,
        forms::{
            self,
            case::{new_case, note},
            people::first_start,
        },
        model::overlays::picker::{List, ListKind},
    },
};
use serde::{Deserialize, Serialize};

/// How long what is typed may stand on screen alone, microseconds.
const EVERY: i64 = 500_000;

/// A box that was being written, as it is kept outside.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Draft {
    /// What the box is for.
    pub(crate) kind: Kind,
    /// Its heading.
    pub(crate) title: String,
    /// Its fields by their names in the code.
    pub(crate) typed: Vec<(String, Typed)>,
    /// All of it as plain text: what remains where the box cannot be built again.
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
            typed: sheet.form.items.iter().map(|item| (item.id.to_string(), item.typed())).collect(),
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
    /// How many boxes and pages, drafts and jobs there were.
    shape: (usize, usize, usize),
    /// When that was looked at, microseconds.
    at: i64,
}

/// Everything that is typed and not recorded, in the order in which it was left.
pub fn all(model: &Model) -> Vec<Draft> {
    // What is on its way to the disk may still fail.
    let typed = |sheet: &&Sheet| sheet.form.changed() && !first_start::is(sheet);
    model.drafts.iter().chain(&model.jobs).chain(model.sheets()).filter(typed).map(Draft::of).collect()
}

/// Has what is typed kept outside: at once where a box was opened, left or recorded, else every half second.
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

/// Drafts that were left before: they are drafts again, and are offered.
pub(crate) fn found(model: &mut Model, whose: Option<CaseId>, drafts: Vec<Draft>) -> Vec<Effect> {
    // What another case has left is not for this one: it stays where it is.
    if whose.as_ref() != model.case().map(|case| &case.id) {
        return Vec::new();
    }
    for draft in drafts {
        let mut sheet = again(model, &draft);
        if !sheet.form.changed() {
            continue;
        }
        // One of a kind is kept; a second one becomes a note, so that no text is lost.
        if model.drafts.iter().any(|known| known.kind == sheet.kind) {
            sheet = as_note(model, &draft);
        }
        match model.drafts.iter_mut().find(|known| known.kind == sheet.kind) {
            Some(known) if known.to_text() != sheet.to_text() => append(known, &draft.text),
            Some(_) => {}
            None => model.drafts.push(sheet),
        }
    }
    // What was typed last is most likely what was torn off.
    model.drafts.sort_by_key(|sheet| std::cmp::Reverse(sheet.begun));
    if !model.drafts.is_empty() && model.over.is_empty() {
        model.over.push(Overlay::List(Box::new(List::new(ListKind::Drafts))));
    }
    Vec::new()
}

fn append(sheet: &mut Sheet, text: &str) {
    if let Some(item) = sheet.form.items.first_mut()
        && let Typed::Text(before) = item.typed()
    {
        item.retype(&Typed::Text(format!("{before}\n\n{text}")));
    }
}

/// The box of a draft, with all that was typed; a note with its text where the box cannot be built again.
fn again(model: &Model, draft: &Draft) -> Sheet {
    let Some(mut sheet) = forms::open(&draft.kind, model) else { return as_note(model, draft) };
    for (id, typed) in &draft.typed {
        let item = sheet.form.items.iter_mut().find(|item| item.id == *id);
        let empty = matches!(typed, Typed::Text(text) if text.is_empty());
        let fits = item.map_or(empty, |item| item.retype(typed));
        // A reason that was asked for afterwards has a field of its own.
        if !fits && id == "why" {
            sheet.form.want_reason();
            sheet.form.items.iter_mut().filter(|item| item.id == "why").for_each(|item| {
                item.retype(typed);
            });
        } else if !fits {
            return as_note(model, draft);
        }
    }
    sheet.form.touched = true;
    (sheet.begun, sheet.by) = (draft.begun, draft.by.clone());
    sheet
}

fn as_note(model: &Model, draft: &Draft) -> Sheet {
    let mut sheet =
        if model.case.is_some() { note::open() } else { new_case::open(&model.playbooks, &model.responder) };
    if let Some(item) = sheet.form.items.first_mut() {
        item.retype(&Typed::Text(draft.text.clone()));
    }
    sheet.form.touched = true;
    (sheet.begun, sheet.by) = (draft.begun, draft.by.clone());
    sheet.status = Status::Editing;
    sheet
}
