//! What lies over the screen while it is open.

pub(crate) mod evidence_preview;
pub(crate) mod open_form;
pub(crate) mod page;
pub(crate) mod picker;
pub(crate) mod search;
pub(crate) mod target;

use open_form::OpenForm;
use page::Page;
use picker::List;
use search::Search;

/// What lies over the screen.
#[derive(Clone, Debug)]
pub(crate) enum Overlay {
    /// Something is written down.
    Form(Box<OpenForm>),
    /// Something is picked from a list that narrows as one types.
    List(Box<List>),
    /// Something is looked for.
    Search(Box<Search>),
    /// Something is read.
    Page(Page),
    /// Drafts or jobs would be lost by this effect.
    Ask(Leave),
}

impl Overlay {
    /// The form that it is, if it is one.
    pub(crate) fn form_on_top(&self) -> Option<&OpenForm> {
        if let Self::Form(sheet) = self { Some(sheet) } else { None }
    }

    /// The same, to be changed.
    pub(crate) fn form_on_top_mut(&mut self) -> Option<&mut OpenForm> {
        if let Self::Form(sheet) = self { Some(sheet) } else { None }
    }

    /// The page that it is, if it is one.
    pub(crate) fn page(&self) -> Option<&Page> {
        if let Self::Page(page) = self { Some(page) } else { None }
    }

    /// The list that it is, if it is one.
    pub(crate) fn list(&self) -> Option<&List> {
        if let Self::List(list) = self { Some(list) } else { None }
    }
}

/// Everything that lies over the screen.
#[derive(Clone, Debug, Default)]
pub(crate) struct Overlays {
    /// The one on top last.
    pub(crate) stack: Vec<Overlay>,
}

impl Overlays {
    /// The forms on the screen, the one on top last.
    pub(crate) fn open_forms(&self) -> impl Iterator<Item = &OpenForm> {
        self.stack.iter().filter_map(Overlay::form_on_top)
    }

    /// The same, to be changed.
    pub(crate) fn open_forms_mut(&mut self) -> impl Iterator<Item = &mut OpenForm> {
        self.stack.iter_mut().filter_map(Overlay::form_on_top_mut)
    }

    /// The form on top, if a form is on top.
    pub(crate) fn form_on_top(&self) -> Option<&OpenForm> {
        self.stack.last().and_then(Overlay::form_on_top)
    }

    /// The same, to be changed.
    pub(crate) fn form_on_top_mut(&mut self) -> Option<&mut OpenForm> {
        self.stack.last_mut().and_then(Overlay::form_on_top_mut)
    }
}

/// What one is about to leave.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Leave {
    /// The case.
    Case,
    /// The program.
    Program,
}
