//! An index of a case's log, in memory: one small row for each entry, in the order of committing, and all texts in
//! one piece. Lists are drawn from it, and searches look through it between two keys; the entries themselves stay in
//! the case file.
//!
//! A line says what was true when the entry came: a step has the title that it had then.

mod bits;
mod filter;
mod folded_text;
mod matching;
pub mod recognised_indicators;
mod row;

#[cfg(test)]
mod tests;

use crate::domain::{
    case::Case,
    event::{ClockJumped, Event, said::Sign},
    id::{ConsoleId, EntryId},
    person::Person,
    record::Record,
};
use folded_text::Texts;
use std::{
    collections::{BTreeMap, BTreeSet},
    fmt,
    ops::Range,
};

pub use filter::{Filter, Offers, word_of};
pub use folded_text::fold_text;
pub use matching::Matches;
pub use row::Row;

/// Bytes of text up to which every text of an entry is kept whole; what comes after has only the beginning of its line.
const WHOLE: usize = 256 << 20;
/// Bytes that are left of a line from there on.
const BEGINNING: usize = 240;

/// The types of entries that are told one by one, as they stand in the record; `None` for those that this program does
/// not know.
const RARE: [Option<&str>; 2] = [None, Some(ClockJumped::KIND)];

/// The index of a log. Rows are numbered from 0 in the order of committing.
#[derive(Clone)]
pub struct Index {
    rows: Vec<Slim>,
    texts: Texts,
    /// Each console with its rows, rising, in the order in which the consoles first wrote.
    consoles: Vec<(ConsoleId, Vec<u32>)>,
    people: Vec<Person>,
    known: BTreeMap<Person, u32>,
    sorts: Vec<Sort>,
    /// Corrected rows with those that correct them, oldest first.
    corrected: BTreeMap<u32, Vec<u32>>,
    /// Correcting rows with the one that each corrects.
    corrects: BTreeMap<u32, u32>,
    follow_up: BTreeSet<u32>,
    /// The rows of each kind that is told one by one, rising: a page that lists them walks over no others.
    rare: BTreeMap<Option<&'static str>, Vec<u32>>,
    whole: usize,
    cut: usize,
}

impl Default for Index {
    fn default() -> Self {
        Self::up_to(WHOLE)
    }
}

/// What is kept of an entry beside its texts: 40 bytes.
#[derive(Clone, Copy, Debug)]
struct Slim {
    /// Microseconds since 1970.
    at: i64,
    happened: i64,
    seq: u64,
    console: u32,
    person: u32,
    /// Where its texts begin; they end where the next row's begin.
    start: u32,
    /// Bytes of its line.
    line: u16,
    sort: u8,
}

/// A type of entry as people tell them apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Sort {
    kind: Option<&'static str>,
    sign: Sign,
    by_itself: bool,
}

impl Index {
    /// An empty index that keeps texts whole up to so many bytes of text in all.
    pub fn up_to(whole: usize) -> Self {
        Self {
            rows: Vec::new(),
            texts: Texts::default(),
            consoles: Vec::new(),
            people: Vec::new(),
            known: BTreeMap::new(),
            sorts: Vec::new(),
            corrected: BTreeMap::new(),
            corrects: BTreeMap::new(),
            follow_up: BTreeSet::new(),
            rare: BTreeMap::new(),
            whole,
            cut: 0,
        }
    }

    /// Takes in the next record of the log. `case` has applied it already.
    pub fn take(&mut self, record: &Record, case: &Case) {
        let event = &record.event;
        let line = event.line(&record.by, case);
        let hash = event.sha256().map(|hash| hash.to_string());
        let mut more = event.texts();
        more.retain(|text| !line.contains(text));
        more.extend(hash.as_deref());
        let kind = event.known_kind();
        let sort = Sort { kind, sign: event.sign(), by_itself: event.written_by_itself() };
        self.push(record, sort, &line, &more);
        if let Some(about) = event.entry() {
            self.mark_follow_up(about, case.follow_ups.contains_key(about));
        }
    }

    fn push(&mut self, record: &Record, sort: Sort, line: &str, more: &[&str]) {
        let (Ok(number), Ok(start)) = (u32::try_from(self.rows.len()), u32::try_from(self.texts.len())) else { return };
        let whole = self.texts.len() + line.len() + more.iter().map(|text| text.len() + 1).sum::<usize>() <= self.whole;
        let limit = if whole { usize::from(u16::MAX) } else { BEGINNING };
        self.cut += usize::from(!whole);
        let shown = beginning(line, limit);
        // A text that is too long for a line is all there for the search.
        self.texts.push(if whole { line } else { shown });
        for text in more.iter().filter(|_| whole) {
            self.texts.push("\n");
            self.texts.push(text);
        }
        self.texts.push("\n");
        let (console, person, sort) =
            (self.console(&record.id.console, number), self.person(&record.by), self.sort(sort));
        self.rows.push(Slim {
            at: record.at.micros(),
            happened: record.happened().micros(),
            seq: record.id.seq,
            console,
            person,
            start,
            line: u16::try_from(shown.len()).unwrap_or(u16::MAX),
            sort,
        });
        // What has no place among the sorts, since there are too many, is not known either.
        let kind = self.sorts.get(usize::from(sort)).and_then(|sort| sort.kind);
        if RARE.contains(&kind) {
            self.rare.entry(kind).or_default().push(number);
        }
        if let Event::RecordCorrected(corrected) = &record.event
            && let Some(wrong) = self.find(&corrected.entry)
        {
            self.corrected.entry(wrong).or_default().push(number);
            self.corrects.insert(number, wrong);
        }
    }

    /// The place of a console among those that wrote, with this row noted as its own.
    fn console(&mut self, console: &ConsoleId, number: u32) -> u32 {
        let last = self.rows.last().map(|row| row.console as usize);
        let same = last.filter(|at| self.consoles.get(*at).is_some_and(|(known, _)| known == console));
        let known = same.or_else(|| self.consoles.iter().position(|(known, _)| known == console));
        let at = known.unwrap_or(self.consoles.len());
        match self.consoles.get_mut(at) {
            Some((_, rows)) => rows.push(number),
            None => self.consoles.push((console.clone(), vec![number])),
        }
        at as u32
    }

    fn person(&mut self, person: &Person) -> u32 {
        let last = self.rows.last().map(|row| row.person);
        if let Some(last) = last.filter(|last| self.people.get(*last as usize) == Some(person)) {
            return last;
        }
        if let Some(known) = self.known.get(person) {
            return *known;
        }
        let number = self.people.len() as u32;
        self.people.push(person.clone());
        self.known.insert(person.clone(), number);
        number
    }

    fn sort(&mut self, sort: Sort) -> u8 {
        let known = self.sorts.iter().position(|known| *known == sort).unwrap_or(self.sorts.len());
        if known == self.sorts.len() && known < usize::from(u8::MAX) {
            self.sorts.push(sort);
        }
        u8::try_from(known).unwrap_or(u8::MAX)
    }

    /// How many rows there are.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether there is no row.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// A row by its number.
    pub fn row(&self, number: u32) -> Option<Row<'_>> {
        self.rows.get(number as usize).map(|slim| Row { index: self, slim, number })
    }

    /// The rows of a type that is told one by one, as it stands in the record (`clock.jumped`, or `None` for those that
    /// this program does not know), oldest first.
    pub fn rare(&self, kind: Option<&str>) -> &[u32] {
        self.rare.iter().find(|(known, _)| **known == kind).map_or(&[], |(_, rows)| rows)
    }

    /// The row of an entry.
    pub fn find(&self, entry: &EntryId) -> Option<u32> {
        let (_, rows) = self.consoles.iter().find(|(console, _)| *console == entry.console)?;
        let seq = |row: &u32| self.rows.get(*row as usize).map_or(0, |slim| slim.seq);
        match rows.binary_search_by_key(&entry.seq, seq) {
            Ok(at) => rows.get(at).copied(),
            // The rows of a damaged log may be out of their order.
            Err(_) => rows.iter().find(|row| seq(row) == entry.seq).copied(),
        }
    }

    /// The rows that correct a row, oldest first.
    fn corrected_by(&self, row: u32) -> &[u32] {
        self.corrected.get(&row).map_or(&[], Vec::as_slice)
    }

    /// The row that a correction corrects.
    fn corrects(&self, row: u32) -> Option<u32> {
        self.corrects.get(&row).copied()
    }

    /// Marks an entry for follow-up, or takes the mark away.
    fn mark_follow_up(&mut self, entry: &EntryId, marked: bool) {
        if let Some(row) = self.find(entry) {
            if marked {
                self.follow_up.insert(row);
            } else {
                self.follow_up.remove(&row);
            }
        }
    }

    /// The rows that are marked for follow-up, oldest first.
    pub fn follow_ups(&self) -> impl DoubleEndedIterator<Item = u32> + '_ {
        self.follow_up.iter().copied()
    }

    /// How many entries are not kept with every text, because the log has more text than fits: a search does not see
    /// all of those.
    pub fn cut(&self) -> usize {
        self.cut
    }

    /// The rows in the order in which things happened, the earlier entry first where that is the same moment. `earlier`
    /// is what this gave before the log grew; the rows since are put in their places.
    pub fn by_happened(&self, mut earlier: Vec<u32>) -> Vec<u32> {
        let known = earlier.len();
        earlier.extend((known..self.rows.len()).map(|row| row as u32));
        let when = |row: &u32| (self.rows.get(*row as usize).map_or(0, |slim| slim.happened), *row);
        // What is in order already costs one comparison a row.
        earlier.sort_by_key(when);
        earlier
    }

    /// Gives back what was reserved and is not used: for the end of a long reading.
    pub fn shrink(&mut self) {
        self.rows.shrink_to_fit();
        self.texts.shrink();
        self.consoles.iter_mut().for_each(|(_, rows)| rows.shrink_to_fit());
    }

    /// Bytes that it takes up, nearly.
    pub fn bytes(&self) -> usize {
        let rows = self.rows.capacity() * size_of::<Slim>();
        let consoles: usize = self.consoles.iter().map(|(_, rows)| rows.capacity() * 4).sum();
        rows + consoles + self.texts.bytes() + self.people.len() * 200 + self.corrected.len() * 100
    }

    /// The bytes of a row's texts: its line first, each with a line end.
    fn range(&self, row: usize) -> Range<usize> {
        let start = |row: usize| self.rows.get(row).map_or(self.texts.len(), |slim| slim.start as usize);
        start(row)..start(row + 1)
    }

    fn folded(&self, row: usize) -> &str {
        self.texts.folded().get(self.range(row)).unwrap_or_default()
    }
}

/// At most `limit` bytes of a text, cut between characters.
fn beginning(text: &str, limit: usize) -> &str {
    let mut end = text.len().min(limit);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    text.get(..end).unwrap_or(text)
}

impl fmt::Debug for Index {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Index").field("rows", &self.rows.len()).field("bytes", &self.bytes()).finish()
    }
}
