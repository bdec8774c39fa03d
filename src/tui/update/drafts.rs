//! What is typed and not recorded is kept outside the case while it is typed, and offered again after a crash, a signal
//! or a leaving: the form of each draft is built again, with all that was typed in it.

use crate::{
    domain::id::CaseId,
    tui::{
        form::{field::Typed, texts::Reason},
        forms::{
            self,
            case::{new_case::NewCaseForm, note::NoteForm},
        },
        model::{
            Model,
            drafts::Draft,
            effect::Effect,
            overlays::{
                open_form::{FormKind, OpenForm},
                picker::ListKind,
            },
        },
        update::overlays::open_list,
    },
};

/// How long what is typed may stand on screen alone, microseconds.
const EVERY: i64 = 500_000;

/// Everything that is typed and not recorded, in the order in which it was left.
pub fn list_drafts(model: &Model) -> Vec<Draft> {
    // What is on its way to the disk may still fail.
    let typed = |sheet: &&OpenForm| sheet.form.changed() && sheet.kind != FormKind::Who;
    model
        .drafts
        .shelf
        .iter()
        .chain(&model.jobs.background)
        .chain(model.open_forms())
        .filter(typed)
        .map(Draft::of)
        .collect()
}

/// Has what is typed kept outside: at once where a form was opened, left or recorded, else every half second.
pub(crate) fn keep_drafts(model: &mut Model) -> Vec<Effect> {
    let shape = (model.overlays.stack.len(), model.drafts.shelf.len(), model.jobs.background.len());
    let now = model.env.now.map_or(0, |now| now.at.micros());
    if shape == model.drafts.kept.shape && (now - model.drafts.kept.at).abs() < EVERY {
        return Vec::new();
    }
    model.drafts.kept.shape = shape;
    model.drafts.kept.at = now;
    let drafts = list_drafts(model);
    // What could not be kept is tried again for as long as it is there.
    if drafts == model.drafts.kept.drafts && (model.drafts.unkept.is_none() || drafts.is_empty()) {
        return Vec::new();
    }
    model.drafts.kept.drafts.clone_from(&drafts);
    vec![Effect::KeepDrafts(model.case().map(|case| case.id.clone()), drafts)]
}

/// Has all of it kept before a case or the program is left.
pub(crate) fn keep_last_drafts(model: &Model) -> Option<Effect> {
    let drafts = list_drafts(model);
    let any = !drafts.is_empty() || !model.drafts.kept.drafts.is_empty();
    any.then(|| Effect::KeepDrafts(model.case().map(|case| case.id.clone()), drafts))
}

/// Drafts that were left before: they are drafts again, and are offered.
pub(super) fn take_found(model: &mut Model, whose: Option<CaseId>, drafts: Vec<Draft>) -> Vec<Effect> {
    // What another case has left is not for this one: it stays where it is.
    if whose.as_ref() != model.case().map(|case| &case.id) {
        return Vec::new();
    }
    for draft in drafts {
        let mut sheet = reopen_draft(model, &draft);
        if !sheet.form.changed() {
            continue;
        }
        // One of a kind is kept; a second one becomes a note, so that no text is lost.
        if model.drafts.shelf.iter().any(|known| known.kind == sheet.kind) {
            sheet = as_note(model, &draft);
        }
        match model.drafts.shelf.iter_mut().find(|known| known.kind == sheet.kind) {
            Some(known) if known.to_text() != sheet.to_text() => append_text(known, &draft.text),
            Some(_) => {}
            None => model.drafts.shelf.push(sheet),
        }
    }
    // What was typed last is most likely what was torn off.
    model.drafts.shelf.sort_by_key(|sheet| std::cmp::Reverse(sheet.begun));
    if !model.drafts.shelf.is_empty() && model.overlays.stack.is_empty() {
        open_list(model, ListKind::Drafts);
    }
    Vec::new()
}

fn append_text(sheet: &mut OpenForm, text: &str) {
    if let Some(field) = sheet.form.views_mut().into_iter().next()
        && let Typed::Text(before) = field.typed()
    {
        field.retype(&Typed::Text(format!("{before}\n\n{text}")));
    }
}

/// Puts what was kept back into the field of that name. Says whether it fits.
fn retype_field(sheet: &mut OpenForm, id: &str, typed: &Typed) -> bool {
    let field = sheet.form.views_mut().into_iter().find(|field| field.head().id == id);
    // A field that is not there any more loses nothing where nothing was typed in it.
    let empty = matches!(typed, Typed::Text(text) if text.is_empty());
    field.map_or(empty, |field| field.retype(typed))
}

/// The form of a draft, with all that was typed; a note with its text where the form cannot be built again.
fn reopen_draft(model: &Model, draft: &Draft) -> OpenForm {
    let Some(blank) = forms::open(&draft.kind, &model.form_context()) else { return as_note(model, draft) };
    let mut sheet = OpenForm::new(blank);
    for (id, typed) in &draft.typed {
        if retype_field(&mut sheet, id, typed) {
            continue;
        }
        // A reason that was asked for afterwards has a field of its own.
        if id == Reason::ID {
            sheet.form.want_reason();
        }
        if id != Reason::ID || !retype_field(&mut sheet, id, typed) {
            return as_note(model, draft);
        }
    }
    for field in sheet.form.views_mut() {
        if draft.proposed.iter().any(|id| *id == field.head().id) {
            field.propose();
        }
    }
    sheet.form.touched = true;
    (sheet.begun, sheet.by) = (draft.begun, draft.by.clone());
    sheet
}

fn as_note(model: &Model, draft: &Draft) -> OpenForm {
    let context = model.form_context();
    let mut sheet = match NoteForm::open(&context) {
        Some(note) => OpenForm::new(note),
        None => OpenForm::new(NewCaseForm::blank(&context)),
    };
    if let Some(field) = sheet.form.views_mut().into_iter().next() {
        field.retype(&Typed::Text(draft.text.clone()));
    }
    sheet.form.touched = true;
    (sheet.begun, sheet.by) = (draft.begun, draft.by.clone());
    sheet
}
