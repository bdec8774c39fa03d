//! What is looked for, typed as one goes, and what was found.

use super::target::Target;
use crate::{
    domain::search::Matches,
    tui::{form::text_field::Field, keys::action::Context},
};
use std::ops::Range;

/// What is looked for.
#[derive(Clone, Debug)]
pub(crate) struct Search {
    /// Among what.
    pub(crate) kind: SearchKind,
    /// What was typed.
    pub(crate) field: Field,
    /// The row with the cursor.
    pub(crate) at: usize,
    /// Rows that are scrolled away.
    pub(crate) top: usize,
    /// What was found.
    pub(crate) found: Found,
}

/// Among what one looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum SearchKind {
    /// The actions of a place; then steps and entries, to go to.
    Palette(Context),
    /// Steps and entries, to go to.
    Case,
    /// Entries, one of which is wrong.
    Wrong,
    /// Entries, one of which is to be looked at again.
    FollowUp,
}

/// What was found.
#[derive(Clone, Debug, Default)]
pub(crate) struct Found {
    /// Rows before the entries.
    pub(crate) hits: Vec<SearchHit>,
    /// Rows of the index, the newest first.
    pub(crate) entries: Vec<u32>,
    /// Words to mark, folded.
    pub(crate) words: Vec<String>,
    /// The same for all entries, to be narrowed by the next key.
    pub(crate) matches: Option<Matches>,
}

/// A row that is no entry.
#[derive(Clone, Debug)]
pub(crate) struct SearchHit {
    /// Its name, safe.
    pub(crate) name: String,
    /// Where that fits what was typed, bytes.
    pub(crate) places: Vec<Range<usize>>,
    /// What is said about it, safe.
    pub(crate) about: String,
    /// What stands at its right, safe.
    pub(crate) side: String,
    /// Why it cannot be chosen now.
    pub(crate) refused: Option<String>,
    /// What it stands for.
    pub(crate) target: Target,
}

impl Search {
    /// A search in which nothing is typed yet.
    pub(crate) fn new(kind: SearchKind, found: Found) -> Self {
        Self { kind, field: Field::line(""), at: 0, top: 0, found }
    }

    /// How many rows there are.
    pub(crate) fn len(&self) -> usize {
        self.found.hits.len() + self.found.entries.len()
    }

    /// Moves the cursor by so many rows.
    pub(crate) fn step(&mut self, by: isize) {
        self.at = self.at.saturating_add_signed(by).min(self.len().saturating_sub(1));
    }

    /// Shows what was found for what is typed now. The cursor goes to the first row.
    pub(crate) fn show(&mut self, found: Found) {
        self.at = 0;
        self.found = found;
    }

    /// Its heading.
    pub(crate) fn title(&self) -> &'static str {
        match self.kind {
            SearchKind::Palette(_) => "What do you want to do?",
            SearchKind::Case => "What are you looking for?",
            SearchKind::Wrong => "Which entry is wrong?",
            SearchKind::FollowUp => "Which entry is to be looked at again?",
        }
    }
}
