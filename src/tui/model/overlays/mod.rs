//! What lies over the screen while it is open.

pub(crate) mod evidence_preview;
pub(crate) mod open_form;
pub(crate) mod page;
pub(crate) mod picker;
pub(crate) mod search;
pub(crate) mod target;

use open_form::Sheet;
use page::Page;
use picker::List;
use search::Search;

/// What lies over the screen.
#[derive(Clone, Debug)]
pub(crate) enum Overlay {
    /// Something is written down.
    Sheet(Box<Sheet>),
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
    /// The box that it is, if it is one.
    pub(crate) fn sheet(&self) -> Option<&Sheet> {
        match self {
            Self::Sheet(sheet) => Some(sheet),
            _ => None,
        }
    }

    /// The same, to be changed.
    pub(crate) fn sheet_mut(&mut self) -> Option<&mut Sheet> {
        match self {
            Self::Sheet(sheet) => Some(sheet),
            _ => None,
        }
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
