//! An open case on screen: what is open, where the cursors are, and how records change it.

use super::{
    msg::Opened,
    places::{self, Place},
};
use crate::domain::{
    case::Case,
    id::{ConsoleId, EntryId},
    index::Index,
    person::Person,
    playbook::StepRef,
    progress::Standpoint,
    record::Record,
    time::Now,
};
use std::collections::VecDeque;

/// How far back undoing looks for an entry, entries.
const UNDO: u64 = 50;
/// Entries from further back that are kept once they were read.
const FETCHED: usize = 64;

/// An open case on screen.
#[derive(Clone, Debug)]
pub(crate) struct CaseScreen {
    /// The case: changed by [`Case::apply`] and by nothing else.
    pub(crate) case: Case,
    /// The index of all its entries: what lists are drawn from.
    pub(crate) index: Index,
    /// Its latest entries, oldest first.
    pub(crate) log: Vec<Record>,
    /// Entries from further back that were read one by one, the latest last.
    pub(crate) fetched: VecDeque<Record>,
    /// There are entries before these.
    pub(crate) more: bool,
    /// The entry before which a page was asked for.
    pub(crate) asked: Option<EntryId>,
    /// The log that this installation writes.
    pub(crate) console: ConsoleId,
    /// Who is logged in.
    pub(crate) responder: Person,
    /// What must be said first.
    pub(crate) warnings: Vec<String>,
    /// Why nothing can be recorded.
    pub(crate) read_only: Option<String>,
    /// The step with the cursor.
    pub(crate) selected: Option<StepRef>,
    /// What is shown of it.
    pub(crate) place: Place,
    /// The row with the cursor in each place that is a list.
    pub(crate) rows: [usize; Place::ALL.len()],
    /// The row of the log with the cursor; `None` follows the end.
    pub(crate) row: Option<usize>,
    /// Lines of the step's text that are scrolled away.
    pub(crate) read: usize,
}

impl CaseScreen {
    /// The screen of a case that was just opened, with the cursor on what is next.
    pub(crate) fn new(opened: Opened) -> Self {
        let Opened { case, index, tail, more, console, responder, warnings, read_only } = opened;
        let mut screen = Self {
            case,
            index,
            log: tail,
            fetched: VecDeque::new(),
            more,
            asked: None,
            console,
            responder,
            warnings,
            read_only,
            selected: None,
            place: Place::Now,
            rows: [0; Place::ALL.len()],
            row: None,
            read: 0,
        };
        screen.go_next(None);
        screen
    }

    /// What to do next; before the clock is known, as of the latest entry.
    pub(crate) fn next(&self, now: Option<Now>) -> Option<Standpoint<'_>> {
        self.case.next(now.map(|now| now.at).or(self.case.updated)?)
    }

    /// The step with the cursor.
    pub(crate) fn point(&self) -> Option<Standpoint<'_>> {
        let selected = self.selected.as_ref().and_then(|step| self.case.standpoint(step));
        selected.or_else(|| self.case.steps().next())
    }

    /// The row with the cursor in this place.
    pub(crate) fn row_here(&self) -> usize {
        self.rows.get(self.place as usize).copied().unwrap_or(0)
    }

    /// Puts the cursor of this place on a row.
    pub(crate) fn set_row(&mut self, row: usize) {
        if let Some(at) = self.rows.get_mut(self.place as usize) {
            *at = row;
        }
    }

    /// The entry with the cursor, where this place has entries.
    pub(crate) fn entry(&self) -> Option<EntryId> {
        places::entry(self)
    }

    /// The row of the log with the cursor.
    pub(crate) fn at(&self) -> usize {
        self.row.unwrap_or(usize::MAX).min(self.log.len().saturating_sub(1))
    }

    /// That entry, if it is among those that are at hand.
    pub(crate) fn find(&self, entry: &EntryId) -> Option<&Record> {
        self.fetched.iter().chain(&self.log).rev().find(|record| record.id == *entry)
    }

    /// The latest entry of this console that can be undone, among its last few.
    pub(crate) fn latest_undoable(&self) -> Option<EntryId> {
        let last = self.case.head(&self.console).seq;
        let entries =
            (last.saturating_sub(UNDO)..=last).rev().map(|seq| EntryId { console: self.console.clone(), seq });
        entries.into_iter().find(|entry| self.case.undoable(entry).is_ok())
    }

    /// Takes in an entry that was read by itself. Only the latest few are kept.
    pub(crate) fn fetch(&mut self, record: Record) {
        if record.case != self.case.id || self.find(&record.id).is_some() {
            return;
        }
        if self.fetched.len() == FETCHED {
            self.fetched.pop_front();
        }
        self.fetched.push_back(record);
    }

    /// Takes in records that are on disk. Those that were taken in before are passed over.
    pub(crate) fn take(&mut self, records: Vec<Record>) -> Vec<EntryId> {
        let mut fresh = Vec::new();
        for record in records {
            if record.case != self.case.id || record.id.seq <= self.case.head(&record.id.console).seq {
                continue;
            }
            self.case.apply(&record);
            self.index.take(&record, &self.case);
            fresh.push(record.id.clone());
            self.log.push(record);
        }
        if self.selected.is_none() {
            self.go_next(None);
        }
        fresh
    }

    /// Takes in an earlier page of the log; the cursor stays on its entry.
    pub(crate) fn earlier(&mut self, page: Vec<Record>) {
        self.asked = None;
        let first = self.log.first().map(|record| record.id.clone());
        let page: Vec<Record> =
            page.into_iter().filter(|record| self.log.iter().all(|known| known.id != record.id)).collect();
        self.more = !page.is_empty() && first.is_some();
        let at = self.at() + page.len();
        if self.row.is_some() {
            self.row = Some(at);
        }
        self.log.splice(0..0, page);
    }

    /// Puts the cursor on the step to be done next, or leaves it where nothing is.
    pub(crate) fn go_next(&mut self, now: Option<Now>) {
        let next = self.next(now).or_else(|| self.case.steps().next().filter(|_| self.selected.is_none()));
        if let Some(next) = next.map(|point| point.name()) {
            self.select(next);
        }
    }

    /// Puts the cursor on a step.
    pub(crate) fn select(&mut self, step: StepRef) {
        if self.selected.as_ref() != Some(&step) {
            self.selected = Some(step);
            self.read = 0;
        }
    }

    /// Moves the cursor by so many steps.
    pub(crate) fn move_step(&mut self, by: isize) {
        let names: Vec<StepRef> = self.case.steps().map(|point| point.name()).collect();
        let at = self.selected.as_ref().and_then(|step| names.iter().position(|name| name == step)).unwrap_or(0);
        if let Some(name) = names.get(at.saturating_add_signed(by).min(names.len().saturating_sub(1))) {
            self.select(name.clone());
        }
    }

    /// Moves the cursor by so many rows of the log; from its end on, it follows new entries. Says whether the
    /// page before is to be asked for.
    pub(crate) fn move_log(&mut self, by: isize) -> Option<EntryId> {
        let at = self.at().saturating_add_signed(by);
        self.row = (at + 1 < self.log.len()).then_some(at);
        let first = self.log.first().map(|record| record.id.clone());
        if self.at() == 0 && by < 0 && self.more && self.asked.is_none() {
            self.asked.clone_from(&first);
            return first;
        }
        None
    }
}
