//! An open case on screen: what is open, where the cursors are, and how records change it.

use super::{effect::Effect, log_view::LogView, msg::Opened};
use crate::{
    domain::{
        case::{Case, steps::StepView},
        event::ContactNoted,
        finding::Finding,
        id::{ConsoleId, EntryId},
        person::Person,
        playbook::StepRef,
        record::Record,
        search::{
            Index,
            recognised_indicators::{Recognised, recognise_in, take_recognised},
        },
        time::{Now, Time},
    },
    tui::keys::place::Place,
};
use std::collections::VecDeque;

/// How far back undoing looks for an entry, entries.
const UNDO: u64 = 50;
/// The most entries that are at hand.
const AT_HAND: usize = 256;

/// What a check of the case found.
#[derive(Clone, Debug)]
pub(crate) struct Checked {
    /// When it ended (UTC).
    pub(crate) at: Option<Time>,
    /// How many entries the case had then.
    pub(crate) records: u64,
    /// What it found, the loudest first.
    pub(crate) findings: Vec<Finding>,
}

/// An open case on screen.
#[derive(Clone, Debug)]
pub(crate) struct OpenCase {
    /// The case: changed by [`Case::apply`] and by nothing else.
    pub(crate) case: Case,
    /// The index of all its entries: what lists are drawn from.
    pub(crate) index: Index,
    /// What of its log is in view.
    pub(crate) log: LogView,
    /// Entries at hand, whole: the latest, and those that were read one by one.
    pub(crate) at_hand: VecDeque<Record>,
    /// The entry that was asked for.
    pub(crate) asked: Option<EntryId>,
    /// The entry whose correction begins once it is read.
    pub(crate) correcting: Option<EntryId>,
    /// What has a deadline (UTC), the nearest first: it is looked at every second.
    pub(crate) deadlines: Vec<(Time, String)>,
    /// The nearest deadline of the case (UTC) and what it is for: it is shown in every frame.
    pub(crate) next_deadline: Option<(Time, String)>,
    /// The log that this installation writes.
    pub(crate) console: ConsoleId,
    /// Who is logged in; without a name where the case is only watched.
    pub(crate) responder: Person,
    /// The folder of the case.
    pub(crate) folder: String,
    /// What the last check found.
    pub(crate) checked: Option<Checked>,
    /// What must be said first.
    pub(crate) warnings: Vec<String>,
    /// Why nothing can be recorded.
    pub(crate) read_only: Option<String>,
    /// The step with the cursor.
    pub(crate) selected: Option<StepRef>,
    /// Indicators that were recognised in entries and are not taken in.
    pub(crate) found: Vec<Recognised>,
    /// Contacts of the organisation, from outside the case.
    pub(crate) contacts: Vec<ContactNoted>,
    /// What is shown of it.
    pub(crate) place: Place,
    /// The row with the cursor in each place that is a list.
    pub(crate) rows: [usize; Place::ALL.len()],
    /// Rows that are scrolled away in each of them.
    pub(crate) tops: [usize; Place::ALL.len()],
    /// Lines of the step's text that are scrolled away.
    pub(crate) read: usize,
}

impl OpenCase {
    /// The screen of a case that was just opened, with the cursor on what is next.
    pub(crate) fn new(opened: Opened) -> Self {
        let Opened { case, index, tail, console, responder, folder, warnings, read_only, .. } = opened;
        let mut screen = Self {
            deadlines: case.deadlines(),
            next_deadline: case.next_deadline(),
            case,
            index,
            log: LogView::default(),
            at_hand: tail.into(),
            asked: None,
            correcting: None,
            console,
            responder,
            folder,
            checked: None,
            warnings,
            read_only,
            selected: None,
            found: Vec::new(),
            contacts: Vec::new(),
            place: Place::Now,
            rows: [0; Place::ALL.len()],
            tops: [0; Place::ALL.len()],
            read: 0,
        };
        screen.go_next(None);
        screen.found = recognise_in(&screen.case, screen.at_hand.iter());
        screen
    }

    /// What to do next; before the clock is known, as of the latest entry.
    pub(crate) fn next(&self, now: Option<Now>) -> Option<StepView<'_>> {
        self.case.next(now.map(|now| now.at).or(self.case.updated)?)
    }

    /// The step with the cursor.
    pub(crate) fn point(&self) -> Option<StepView<'_>> {
        let selected = self.selected.as_ref().and_then(|step| self.case.step_view(step));
        selected.or_else(|| self.case.steps().next())
    }

    /// The row with the cursor in this place.
    pub(crate) fn row_here(&self) -> usize {
        self.rows.get(self.place as usize).copied().unwrap_or(0)
    }

    /// The rows that are scrolled away in this place.
    pub(crate) fn top_here(&self) -> usize {
        self.tops.get(self.place as usize).copied().unwrap_or(0)
    }

    /// Puts the cursor of this place on a row.
    pub(crate) fn set_row(&mut self, row: usize) {
        if let Some(at) = self.rows.get_mut(self.place as usize) {
            *at = row;
        }
    }

    /// That entry, if it is among those that are at hand.
    pub(crate) fn find(&self, entry: &EntryId) -> Option<&Record> {
        self.at_hand.iter().rev().find(|record| record.id == *entry)
    }

    /// The latest entry of this responder, whether it can be undone or not, among the last few of this log: what the
    /// program noted by itself is passed over.
    pub(crate) fn latest_own(&self) -> Option<EntryId> {
        let last = self.case.head(&self.console).seq;
        let entries =
            (last.saturating_sub(UNDO).max(1)..=last).rev().map(|seq| EntryId { console: self.console.clone(), seq });
        // What another has written is undone only where the cursor stands on it.
        let own = |entry: &EntryId| {
            let row = self.index.find(entry).and_then(|row| self.index.row(row));
            row.is_none_or(|row| row.person().name == self.responder.name && !row.written_by_itself())
        };
        entries.into_iter().find(own)
    }

    /// Keeps an entry at hand. Only so many are.
    pub(crate) fn keep(&mut self, record: Record) {
        if record.case != self.case.id || self.find(&record.id).is_some() {
            return;
        }
        if self.at_hand.len() >= AT_HAND {
            self.at_hand.pop_front();
        }
        self.at_hand.push_back(record);
    }

    /// Asks for an entry, unless it is asked for already.
    pub(crate) fn ask_for(&mut self, entry: &EntryId) -> Vec<Effect> {
        if self.asked.as_ref() == Some(entry) {
            return Vec::new();
        }
        self.asked = Some(entry.clone());
        vec![Effect::ReadEntry(entry.clone())]
    }

    /// Puts the cursor of the log on an entry, and goes there.
    pub(crate) fn go_to(&mut self, entry: &EntryId) {
        self.place = Place::Log;
        self.log.go_to(entry, &self.index);
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
            take_recognised(&self.case, &mut self.found, &record);
            self.keep(record);
        }
        self.deadlines = self.case.deadlines();
        self.next_deadline = self.case.next_deadline();
        self.log.refresh(&self.index);
        if self.selected.is_none() {
            self.go_next(None);
        }
        fresh
    }

    /// Puts the cursor on the step to be done next, or leaves it where nothing is.
    pub(crate) fn go_next(&mut self, now: Option<Now>) {
        let next = self.next(now).or_else(|| self.case.steps().next().filter(|_| self.selected.is_none()));
        if let Some(next) = next.map(|point| point.name()) {
            self.select(next);
        }
    }

    /// The open step that is due after `after`, or the one that is due first.
    pub(crate) fn due(&self, after: Option<&StepRef>) -> Option<StepRef> {
        let mut all: Vec<(Time, StepRef)> = self.case.due_steps().map(|(at, point)| (at, point.name())).collect();
        all.sort_by_key(|(at, _)| *at);
        let at = after.and_then(|step| all.iter().position(|(_, name)| name == step));
        at.and_then(|at| all.get(at + 1)).or(all.first()).map(|(_, name)| name.clone())
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
}
