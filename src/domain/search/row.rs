//! What a row of the index says.

use super::{Index, Slim, Sort};
use crate::domain::{
    event::said::Mark,
    id::{ConsoleId, EntryId, letters_of_console},
    person::Person,
    time::Time,
};

/// A row of the index.
#[derive(Clone, Copy)]
pub struct Row<'a> {
    pub(super) index: &'a Index,
    pub(super) slim: &'a Slim,
    /// Its number.
    pub number: u32,
}

impl<'a> Row<'a> {
    /// The entry.
    pub fn id(&self) -> EntryId {
        // Every row's console is known: it was noted with the row.
        let console = self.index.consoles.get(self.slim.console as usize).map(|(console, _)| console.clone());
        EntryId { console: console.unwrap_or_else(|| ConsoleId::from_random([0; 10])), seq: self.slim.seq }
    }

    /// How it is cited: `A17`.
    pub fn cite(&self) -> String {
        format!("{}{}", letters_of_console(self.slim.console as usize), self.slim.seq)
    }

    /// When it was recorded (UTC).
    pub fn at(&self) -> Time {
        time_from_micros(self.slim.at)
    }

    /// When it happened (UTC), as far as anyone said; when it was recorded otherwise.
    pub fn happened(&self) -> Time {
        time_from_micros(self.slim.happened)
    }

    /// Its type as it stands in the record; `None` where this program does not know it.
    pub fn kind(&self) -> Option<&'static str> {
        self.sort().and_then(|sort| sort.kind)
    }

    /// A word or sign of at most nine cells for its type.
    pub fn tag(&self) -> &'static str {
        self.sort().map_or("", |sort| sort.sign.tag)
    }

    /// Its type in a word or two.
    pub fn label(&self) -> &'static str {
        self.sort().map_or("", |sort| sort.sign.label)
    }

    /// Whether it tells of a record or a clock that suffered: an alarm wherever it is shown.
    pub fn is_alarm(&self) -> bool {
        self.sort().is_some_and(|sort| sort.sign.mark == Mark::Lost)
    }

    /// Whether the program may have written it without being asked.
    pub fn written_by_itself(&self) -> bool {
        self.sort().is_some_and(|sort| sort.by_itself)
    }

    fn sort(&self) -> Option<&'a Sort> {
        self.index.sorts.get(usize::from(self.slim.sort))
    }

    /// Who logged it.
    pub fn person(&self) -> &'a Person {
        static NOBODY: Person = Person { name: String::new(), role: String::new(), organisation: String::new() };
        self.index.people.get(self.slim.person as usize).unwrap_or(&NOBODY)
    }

    /// What it says, raw, at most so many bytes of it.
    pub fn line(&self, limit: usize) -> String {
        let start = self.slim.start as usize;
        let range = start..start + usize::from(self.slim.line);
        let end = self.index.texts.at_most(&range, limit);
        self.index.texts.original(start..end)
    }

    /// Its other texts, raw, each on a line of its own, after what is left of a line that is too long to be one.
    pub fn more(&self) -> String {
        let range = self.index.range(self.number as usize);
        let text = self.index.texts.original(range.start + usize::from(self.slim.line)..range.end);
        text.strip_prefix('\n').unwrap_or(&text).trim_end_matches('\n').to_owned()
    }

    /// The text around the first place of a folded `word`: at most so many bytes before it, from the beginning of a word
    /// where there is one, and so many after its beginning; all on the line that it stands on, raw.
    pub fn excerpt(&self, word: &str, before: usize, after: usize) -> Option<String> {
        let (range, folded) = (self.index.range(self.number as usize), self.index.folded(self.number as usize));
        let at = folded.find(word)?;
        let line = folded.get(..at)?.rfind('\n').map_or(0, |end| end + 1);
        let end = folded.get(at..)?.find('\n').map_or(folded.len(), |end| at + end);
        let mut start = line.max(at.saturating_sub(before));
        while !folded.is_char_boundary(start) {
            start += 1;
        }
        if start > line {
            start += folded.get(start..at)?.find(' ').map_or(0, |space| space + 1);
        }
        let cut = self.index.texts.at_most(&(range.start + at..range.start + end), after);
        Some(self.index.texts.original(range.start + start..cut))
    }

    /// The latest row that corrects it.
    pub fn corrected_by(&self) -> Option<u32> {
        self.index.corrected_by(self.number).last().copied()
    }

    /// The row that it corrects.
    pub fn corrects(&self) -> Option<u32> {
        self.index.corrects(self.number)
    }

    /// Whether it is marked for follow-up.
    pub fn follow_up(&self) -> bool {
        self.index.follow_up.contains(&self.number)
    }
}

fn time_from_micros(micros: i64) -> Time {
    Time::from_micros(micros).unwrap_or_else(|| Time::new(chrono::DateTime::UNIX_EPOCH))
}
