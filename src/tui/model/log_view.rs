//! What of the log is in view: its filter, its order and its cursor, over the rows of the index.

use crate::{
    domain::{
        id::EntryId,
        search::{Filter, Index, Matches},
    },
    tui::form::text_field::Field,
};

/// The state of the log.
#[derive(Clone, Debug, Default)]
pub(crate) struct LogView {
    /// What it is filtered by.
    pub(crate) field: Field,
    /// Keys go into the filter.
    pub(crate) typing: bool,
    /// In the order in which things happened, not of recording.
    pub(crate) by_happened: bool,
    /// The row of the index with the cursor; `None` follows the end.
    at: Option<u32>,
    /// What the filter lets through; `None` without a filter.
    matches: Option<Matches>,
    /// All rows as they happened; kept only while that order is shown.
    happened: Vec<u32>,
    /// The rows in view, in their order; `None` is every row in the order of recording.
    shown: Option<Vec<u32>>,
}

impl LogView {
    /// How many rows are in view.
    pub(crate) fn len(&self, index: &Index) -> usize {
        self.shown.as_ref().map_or(index.len(), Vec::len)
    }

    /// The row of the index at a place in view.
    pub(crate) fn row(&self, place: usize, index: &Index) -> Option<u32> {
        match &self.shown {
            Some(shown) => shown.get(place).copied(),
            None => u32::try_from(place).ok().filter(|_| place < index.len()),
        }
    }

    /// The place of the cursor among the rows in view.
    pub(crate) fn place(&self, index: &Index) -> usize {
        let last = self.len(index).saturating_sub(1);
        let Some(at) = self.at else { return last };
        match &self.shown {
            None => (at as usize).min(last),
            // A row that is not in view gives the cursor to the one before it.
            Some(shown) if !self.by_happened => shown.partition_point(|row| *row <= at).saturating_sub(1),
            Some(shown) => shown.iter().position(|row| *row == at).unwrap_or(last),
        }
    }

    /// The row of the index with the cursor.
    pub(crate) fn at(&self, index: &Index) -> Option<u32> {
        self.row(self.place(index), index)
    }

    /// Moves the cursor by so many rows; from the end on it follows new entries.
    pub(crate) fn step(&mut self, by: isize, index: &Index) {
        let place = self.place(index).saturating_add_signed(by);
        self.at = if place + 1 < self.len(index) { self.row(place, index) } else { None };
    }

    /// Puts the cursor on an entry, without the filter where that does not let it through.
    pub(crate) fn go_to(&mut self, entry: &EntryId, index: &Index) {
        let Some(row) = index.find(entry) else { return };
        if self.shown.as_ref().is_some_and(|shown| !shown.contains(&row)) {
            self.clear(index);
        }
        self.typing = false;
        self.at = Some(row);
    }

    /// What it is filtered by.
    pub(crate) fn filter(&self) -> Option<&Filter> {
        self.matches.as_ref().map(Matches::filter)
    }

    /// The words that are marked.
    pub(crate) fn words(&self) -> &[String] {
        self.filter().map_or(&[], |filter| &filter.words)
    }

    /// Takes the filter away. The cursor stays on its entry.
    pub(crate) fn clear(&mut self, index: &Index) {
        self.pin(index);
        self.field.set("");
        self.typing = false;
        self.refresh(index);
    }

    /// Keeps the filter and goes on with what it lets through.
    pub(crate) fn keep(&mut self, index: &Index) {
        self.pin(index);
        self.typing = false;
    }

    /// The cursor stays on the entry that it is on, whatever is in view next; at the end of the log it follows.
    fn pin(&mut self, index: &Index) {
        if let Some(row) = self.at(index) {
            self.at = Some(row).filter(|row| *row as usize + 1 < index.len());
        }
    }

    /// Turns from one order to the other.
    pub(crate) fn turn(&mut self, index: &Index) {
        self.by_happened = !self.by_happened;
        self.refresh(index);
    }

    /// Puts a word into the filter, or takes it out where it is in it.
    pub(crate) fn toggle(&mut self, word: &str, index: &Index) {
        let typed = self.field.text();
        let others: Vec<&str> = typed.split_whitespace().filter(|known| *known != word).collect();
        let there = others.len() < typed.split_whitespace().count();
        let mut words = others;
        words.extend((!there).then_some(word));
        self.field.set(&words.join(" "));
        self.refresh(index);
    }

    /// Finds out anew what is in view: after a key in the filter, and when the log has grown.
    pub(crate) fn refresh(&mut self, index: &Index) {
        let filter = Filter::parse(&self.field.text());
        self.matches = (!filter.is_empty()).then(|| index.matching(&filter, self.matches.as_ref()));
        self.happened =
            if self.by_happened { index.by_happened(std::mem::take(&mut self.happened)) } else { Vec::new() };
        self.shown = match (&self.matches, self.by_happened) {
            (None, false) => None,
            (None, true) => Some(self.happened.clone()),
            (Some(matches), false) => Some(matches.rows().to_vec()),
            (Some(matches), true) => {
                let mut through = vec![false; index.len()];
                for row in matches.rows() {
                    if let Some(through) = through.get_mut(*row as usize) {
                        *through = true;
                    }
                }
                let passes = |row: &&u32| through.get(**row as usize).copied().unwrap_or_default();
                Some(self.happened.iter().filter(passes).copied().collect())
            }
        };
    }
}
