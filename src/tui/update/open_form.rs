//! Opens the form that a key, a draft or a list names. Which one a key opens is decided in the forms themselves, from what
//! is selected.

use crate::tui::{
    forms::{self, FormKind},
    keys::table::{ActionId, FormName},
    model::{Model, effect::Effect},
    screens::selected::find_selected,
};

/// Opens the form of that name, where what it is about is there.
pub(crate) fn open_form(model: &mut Model, name: FormName) -> Vec<Effect> {
    if name == FormName::NewCase {
        open_kind(model, &FormKind::Incident);
        // The list may have changed since; it is read again while the form is open.
        return vec![Effect::ListPlaybooks];
    }
    let Some(screen) = model.case.as_deref() else { return Vec::new() };
    let Some(blank) = forms::open_named(name, &model.form_context(), &find_selected(screen)) else { return Vec::new() };
    if screen.case.closed && matches!(blank.form.fields.kind(), FormKind::ClockStart(_)) {
        let key = model.key_names(screen.place).key(ActionId::ReopenCase);
        model.say(format!("the case is closed: reopen it first, by {key}"));
    } else {
        model.open(blank);
    }
    Vec::new()
}

/// Opens the form of that kind, where what it is about is there.
pub(crate) fn open_kind(model: &mut Model, kind: &FormKind) -> Vec<Effect> {
    let blank = forms::open(kind, &model.form_context());
    blank.into_iter().for_each(|blank| model.open(blank));
    Vec::new()
}
