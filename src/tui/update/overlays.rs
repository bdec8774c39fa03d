//! What is laid over the screen, and what is put away: forms, lists, searches and pages.

use crate::tui::{
    forms::{AnyForm, blank_form::BlankForm},
    model::{
        Model,
        overlays::{
            Overlay,
            open_form::{FormKind, OpenForm, Status},
            page::{Page, PageKind},
            picker::{List, ListKind},
            search::{Search, SearchKind},
        },
    },
    screens::find::search_rows,
};

/// Opens a list on top.
pub(crate) fn open_list(model: &mut Model, kind: ListKind) {
    model.overlays.stack.push(Overlay::List(Box::new(List::new(kind))));
}

/// Opens a search on top.
pub(crate) fn open_search(model: &mut Model, kind: SearchKind) {
    let found = search_rows::look_up(kind, "", None, model);
    model.overlays.stack.push(Overlay::Search(Box::new(Search::new(kind, found))));
}

/// Opens a page on top.
pub(crate) fn open_page(model: &mut Model, kind: PageKind) {
    model.overlays.stack.push(Overlay::Page(Page::new(kind)));
}

impl Model {
    /// Opens a form, or its draft where one was left.
    pub(crate) fn open(&mut self, blank: impl Into<BlankForm<AnyForm>>) {
        let mut sheet = OpenForm::new(blank);
        if let Some(at) = self.drafts.shelf.iter().position(|draft| draft.kind == sheet.kind) {
            let mut draft = self.drafts.shelf.remove(at);
            draft.status = Status::Editing;
            draft.intro = sheet.intro;
            draft.form.propose_times(self.env.now);
            self.overlays.stack.push(Overlay::Form(Box::new(draft)));
            self.say("your draft is as you left it");
            return;
        }
        sheet.begin(self.env.now, &self.who().name);
        self.overlays.stack.push(Overlay::Form(Box::new(sheet)));
    }

    /// Puts the form on top away, and keeps it as a draft where anything was typed.
    pub(crate) fn put_away(&mut self) {
        // It is left unanswered: the account's name stands in.
        if self.form_on_top().is_some_and(|sheet| sheet.kind == FormKind::Who) {
            self.overlays.stack.retain(|over| !over.form_on_top().is_some_and(|sheet| sheet.kind == FormKind::Who));
            let name = self.env.responder.name.clone();
            self.say(format!("you go on as {name}, the account's name; “take part as” changes that in a case"));
            return;
        }
        if let Some(Overlay::Form(sheet)) = self.overlays.stack.pop()
            && sheet.precious()
        {
            self.drafts.shelf.retain(|draft| draft.kind != sheet.kind);
            self.drafts.shelf.push(*sheet);
            self.say("draft kept: open the box again to go on with it");
        }
    }
}
