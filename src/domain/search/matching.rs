//! The search: every word must occur, upper and lower case alike, in a text, the type or the name of who logged it.

use super::{
    Index,
    bits::Bits,
    filter::{Filter, Gate},
    folded_text::fold_text,
};
use memchr::memmem::Finder;
use std::ops::Range;

/// Rows that a search from the newest looks through at once.
const BLOCK: usize = 2048;
/// Below this share of the rows a longer word is looked for in each row that had the shorter one.
const FEW: usize = 16;

/// The rows that a filter lets through, with what was found for each word, so that the next key costs little.
#[derive(Clone, Debug, Default)]
pub struct Matches {
    filter: Filter,
    words: Vec<(String, Bits)>,
    rows: Vec<u32>,
    upto: usize,
}

impl Matches {
    /// The rows, in the order of committing.
    pub fn rows(&self) -> &[u32] {
        &self.rows
    }

    /// What was asked.
    pub fn filter(&self) -> &Filter {
        &self.filter
    }

    /// How many rows the log had.
    pub fn upto(&self) -> usize {
        self.upto
    }
}

/// A word that is looked for.
struct Sought<'a> {
    finder: Finder<'a>,
    gate: Gate,
}

impl<'a> Sought<'a> {
    fn new(index: &Index, word: &'a str) -> Self {
        Self { finder: Finder::new(word), gate: Gate::of_word(index, word) }
    }

    fn in_row(&self, index: &Index, row: usize) -> bool {
        let Some(slim) = index.rows.get(row) else { return false };
        self.gate.sort(slim.sort)
            || self.gate.person(slim.person)
            || self.finder.find(index.folded(row).as_bytes()).is_some()
    }

    /// Says every row of a range that has it, perhaps twice.
    fn in_rows(&self, index: &Index, rows: Range<usize>, mut found: impl FnMut(usize)) {
        let hay = index.texts.folded().as_bytes();
        let end = index.range(rows.end.saturating_sub(1)).end;
        let mut row = rows.start;
        let mut from = index.range(row).start;
        while row < rows.end
            && let Some(hit) = hay.get(from..end).and_then(|rest| self.finder.find(rest))
        {
            // No word has a line end in it: what is found lies in one row.
            while index.rows.get(row + 1).is_some_and(|next| next.start as usize <= from + hit) {
                row += 1;
            }
            found(row);
            row += 1;
            from = index.range(row).start;
        }
        if !self.gate.shut() {
            for (row, slim) in index.rows.iter().enumerate().take(rows.end).skip(rows.start) {
                if self.gate.sort(slim.sort) || self.gate.person(slim.person) {
                    found(row);
                }
            }
        }
    }
}

impl Index {
    /// The rows that `filter` lets through. `earlier` is what this gave for a like filter, such as the one before the
    /// latest key: words that it had, or that have grown from it, are not looked for everywhere again.
    pub fn matching(&self, filter: &Filter, earlier: Option<&Matches>) -> Matches {
        let len = self.len();
        let words: Vec<(String, Bits)> =
            filter.words.iter().map(|word| (word.clone(), self.rows_with(word, earlier))).collect();
        let rows = if words.is_empty() && !filter.narrows() {
            (0..len as u32).collect()
        } else {
            let mut sets = words.iter().map(|(_, rows)| rows);
            let mut all =
                if filter.narrows() { self.let_through(filter) } else { sets.next().cloned().unwrap_or_default() };
            sets.for_each(|rows| all.keep(rows));
            let mut rows = Vec::with_capacity(all.count());
            rows.extend(all.iter().map(|row| row as u32));
            rows
        };
        Matches { filter: filter.clone(), words, rows, upto: len }
    }

    /// What there is beside the words.
    fn let_through(&self, filter: &Filter) -> Bits {
        let gate = Gate::new(self, filter);
        let mut all = Bits::with_room(self.len());
        for (row, slim) in self.rows.iter().enumerate() {
            if gate.sort(slim.sort) && gate.person(slim.person) {
                all.set(row);
            }
        }
        let mut only = |rows: &mut dyn Iterator<Item = u32>| {
            let mut marked = Bits::with_room(self.len());
            rows.for_each(|row| marked.set(row as usize));
            all.keep(&marked);
        };
        if filter.follow_up {
            only(&mut self.follow_ups());
        }
        if filter.corrected {
            only(&mut self.corrected.keys().chain(self.corrects.keys()).copied());
        }
        all
    }

    fn rows_with(&self, word: &str, earlier: Option<&Matches>) -> Bits {
        let len = self.len();
        let sought = Sought::new(self, word);
        let known = earlier
            .into_iter()
            .flat_map(|earlier| earlier.words.iter().map(move |(had, in_)| (earlier.upto, had, in_)));
        // The same word, or the longest that this one has grown from.
        let best = known.filter(|(_, had, _)| word.contains(had.as_str())).max_by_key(|(_, had, _)| had.len());
        let mut rows = Bits::with_room(len);
        let fresh = match best {
            Some((upto, had, in_)) if had == word => {
                rows.clone_from(in_);
                rows.grow(len);
                upto
            }
            Some((upto, _, in_)) if in_.count() < len / FEW => {
                in_.iter().filter(|row| sought.in_row(self, *row)).for_each(|row| rows.set(row));
                upto
            }
            _ => 0,
        };
        if fresh < len {
            sought.in_rows(self, fresh..len, |row| rows.set(row));
        }
        rows
    }

    /// The latest rows before row `from` in which every word of `query` occurs, newest first, at most `limit`. Looks no
    /// further back than it must.
    pub fn search(&self, query: &str, from: usize, limit: usize) -> Vec<u32> {
        let folded = fold_text(query);
        let mut words: Vec<&str> = folded.split_whitespace().collect();
        // The longest is likely the rarest.
        words.sort_by_key(|word| std::cmp::Reverse(word.len()));
        let sought: Vec<Sought<'_>> = words.iter().map(|word| Sought::new(self, word)).collect();
        let mut found = Vec::new();
        let mut end = from.min(self.len());
        while end > 0 && found.len() < limit {
            let start = end.saturating_sub(BLOCK);
            let mut block = Bits::with_room(BLOCK);
            match sought.split_first() {
                None => (start..end).for_each(|row| block.set(row - start)),
                Some((first, rest)) => first.in_rows(self, start..end, |row| {
                    if !block.has(row - start) && rest.iter().all(|word| word.in_row(self, row)) {
                        block.set(row - start);
                    }
                }),
            }
            let rows: Vec<usize> = block.iter().collect();
            found.extend(rows.into_iter().rev().take(limit - found.len()).map(|row| (start + row) as u32));
            end = start;
        }
        found
    }
}
