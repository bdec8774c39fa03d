//! The list of cases: what is in it, where its cursor is, and which case is being opened.

use super::msg::CaseRow;
use crate::{
    domain::{id::CaseId, leftover::Leftover},
    tui::model::tickets::Ticket,
};

/// The list of cases.
#[derive(Clone, Debug, Default)]
pub(crate) struct Home {
    /// The cases, newest first; `None` while they are read.
    pub(crate) cases: Option<Vec<CaseRow>>,
    /// The folders that could not be read, each with the reason.
    pub(crate) unreadable: Vec<(String, String)>,
    /// The selected row.
    pub(crate) cursor: usize,
    /// Rows that are scrolled away.
    pub(crate) top: usize,
    /// What interrupted work left.
    pub(crate) leftovers: Vec<Leftover>,
    /// The case that is being opened.
    pub(crate) opening: Option<Ticket>,
    /// What is done first.
    pub(crate) start: Start,
}

/// What is done first, once.
#[derive(Clone, Debug, Default)]
pub(crate) struct Start {
    /// The case to begin in.
    pub(crate) case: Option<CaseId>,
    /// What is wrong in the settings' file, a text each.
    pub(crate) faults: Vec<String>,
    /// Nobody has said yet who works here.
    pub(crate) asks_name: bool,
}

impl Home {
    /// Moves the cursor by so many of its rows.
    pub(crate) fn step(&mut self, by: isize) {
        let len = self.cases.as_ref().map_or(0, Vec::len);
        self.cursor = self.cursor.saturating_add_signed(by).min(len.saturating_sub(1));
    }
}
