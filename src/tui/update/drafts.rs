//! Drafts that were left before are drafts again: the form of each is built anew, with all that was typed in it.

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
            overlays::{Overlay, open_form::Sheet},
        },
        screens::find::picker,
    },
};

/// Drafts that were left before: they are drafts again, and are offered.
pub(super) fn take_found(model: &mut Model, whose: Option<CaseId>, drafts: Vec<Draft>) -> Vec<Effect> {
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
        model.over.push(Overlay::List(Box::new(picker::List::new(picker::Of::Drafts))));
    }
    Vec::new()
}

fn append(sheet: &mut Sheet, text: &str) {
    if let Some(field) = sheet.form.views_mut().into_iter().next()
        && let Typed::Text(before) = field.typed()
    {
        field.retype(&Typed::Text(format!("{before}\n\n{text}")));
    }
}

/// Puts what was kept back into the field of that name. Says whether it fits.
fn retype(sheet: &mut Sheet, id: &str, typed: &Typed) -> bool {
    let field = sheet.form.views_mut().into_iter().find(|field| field.head().id == id);
    // A field that is not there any more loses nothing where nothing was typed in it.
    let empty = matches!(typed, Typed::Text(text) if text.is_empty());
    field.map_or(empty, |field| field.retype(typed))
}

/// The form of a draft, with all that was typed; a note with its text where the form cannot be built again.
fn again(model: &Model, draft: &Draft) -> Sheet {
    let Some(blank) = forms::open(&draft.kind, &model.form_context()) else { return as_note(model, draft) };
    let mut sheet = Sheet::new(blank);
    for (id, typed) in &draft.typed {
        if retype(&mut sheet, id, typed) {
            continue;
        }
        // A reason that was asked for afterwards has a field of its own.
        if id == Reason::ID {
            sheet.form.want_reason();
        }
        if id != Reason::ID || !retype(&mut sheet, id, typed) {
            return as_note(model, draft);
        }
    }
    sheet.form.touched = true;
    (sheet.begun, sheet.by) = (draft.begun, draft.by.clone());
    sheet
}

fn as_note(model: &Model, draft: &Draft) -> Sheet {
    let context = model.form_context();
    let mut sheet = match NoteForm::open(&context) {
        Some(note) => Sheet::new(note),
        None => Sheet::new(NewCaseForm::blank(&context)),
    };
    if let Some(field) = sheet.form.views_mut().into_iter().next() {
        field.retype(&Typed::Text(draft.text.clone()));
    }
    sheet.form.touched = true;
    (sheet.begun, sheet.by) = (draft.begun, draft.by.clone());
    sheet
}
