//! What a form may look at when it is opened, and when it says what it comes to.

use crate::{
    domain::{
        case::Case,
        id::ConsoleId,
        person::Person,
        playbook::Playbook,
        search::{Index, recognised_indicators::Recognised},
        time::{Now, Time},
    },
    tui::keys::keymap::Keymap,
};

/// A playbook in the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlaybookRow {
    /// Its identifier.
    pub id: String,
    /// What it is for.
    pub title: String,
    /// When to use it.
    pub summary: String,
    /// How many steps it has.
    pub steps: usize,
    /// `built-in`, or its file.
    pub origin: String,
    /// Its exact text.
    pub source: String,
    /// The whole of it, to be held against a version in use.
    pub playbook: Playbook,
}

/// What a form may look at.
#[derive(Clone, Copy, Debug)]
pub(crate) struct FormContext<'a> {
    /// The time; `None` until it was told.
    pub(crate) now: Option<Now>,
    /// Who is logged in: in the case where one is open.
    pub(crate) responder: &'a Person,
    /// The playbooks that can be used.
    pub(crate) playbooks: &'a [PlaybookRow],
    /// Which key does what, for texts that name one.
    pub(crate) keymap: &'a Keymap,
    /// The open case.
    pub(crate) open: Option<CaseContext<'a>>,
    /// The key press that opened the form (UTC), where it is open already.
    pub(crate) begun: Option<Time>,
}

/// What a form may look at of the open case.
#[derive(Clone, Copy, Debug)]
pub(crate) struct CaseContext<'a> {
    /// The case.
    pub(crate) case: &'a Case,
    /// The index of all its entries.
    pub(crate) index: &'a Index,
    /// The log that this installation writes.
    pub(crate) console: &'a ConsoleId,
    /// Indicators that were recognised in entries and are not taken in.
    pub(crate) recognised: &'a [Recognised],
}

impl<'a> FormContext<'a> {
    /// The open case.
    pub(crate) fn case(&self) -> Option<&'a Case> {
        self.open.map(|open| open.case)
    }
}
