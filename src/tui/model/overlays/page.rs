//! A page to read: what it shows, and how far it is scrolled.

use super::evidence_preview::ItemPreview;
use crate::{
    domain::id::EntryId,
    tui::{keys::action::Context, model::tickets::Ticket, widgets::reading},
};

/// A page.
#[derive(Clone, Debug)]
pub(crate) struct Page {
    /// What it shows.
    pub(crate) kind: PageKind,
    /// Lines that are scrolled away.
    pub(crate) top: usize,
}

/// What a page shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum PageKind {
    /// The keys of a place.
    Help(Context),
    /// An entry.
    Entry(EntryId),
    /// An item of evidence: its entry, the ticket of the reading, and how far that has come.
    Item(EntryId, Ticket, ItemPreview),
    /// A decision, or the answer of someone who was asked to agree: its entry.
    Made(EntryId),
    /// A duty and its clock.
    Duty(String),
    /// A heading, and texts with their names.
    Rows(String, Vec<(&'static str, String)>),
    /// A heading, whether it is bad news, and texts.
    Texts(String, bool, Vec<String>),
}

/// The heading of what must be read before anything else.
const FIRST: &str = "READ THIS FIRST";

impl Page {
    /// What it says, where it is what must be read first.
    pub(crate) fn unread(&self) -> Option<&[String]> {
        let PageKind::Texts(title, _, texts) = &self.kind else { return None };
        (title == FIRST).then_some(texts)
    }

    /// The entry that it shows whole, where it shows one.
    pub(crate) fn entry(&self) -> Option<&EntryId> {
        if let PageKind::Entry(entry) = &self.kind { Some(entry) } else { None }
    }

    /// The page from its top.
    pub(crate) fn new(kind: PageKind) -> Self {
        Self { kind, top: 0 }
    }

    /// What must be read before anything else.
    pub(crate) fn read_first(texts: Vec<String>) -> Self {
        Self::new(PageKind::Texts(FIRST.into(), true, texts))
    }

    /// Scrolls by so many lines, its `len` lines in so many rows.
    pub(crate) fn scroll(&mut self, by: isize, len: usize, height: u16) {
        self.top = self.top.saturating_add_signed(by).min(reading::furthest(len, height));
    }
}
