//! An entry in a line, from the index: time, citation, type, what it says, what corrects it, and who.

use crate::{
    domain::{
        search::{Index, Row, fold_text},
        time::{Now, Time},
        wording::moment::{clock_time, tight_clock},
    },
    tui::text::{
        highlight,
        theme::Theme,
        width::{cut, pad, width},
    },
};
use ratatui::{
    style::{Modifier, Style},
    text::{Line, Span},
};

/// Cells from which who logged it stands at the right.
const WHO: usize = 70;
/// Least cells for the text that a correction replaces.
const WAS: usize = 14;
/// Time apart from which both times are worth saying, microseconds.
const APART: i64 = 60_000_000;

/// How rows are drawn.
pub(crate) struct Rows<'a> {
    /// Where they are from.
    pub(crate) index: &'a Index,
    /// How they are set.
    pub(crate) theme: Theme,
    /// The time, for the days of times.
    pub(crate) now: Option<Now>,
    /// Words to mark, folded.
    pub(crate) words: &'a [String],
    /// The time that stands first is when it happened, not when it was recorded.
    pub(crate) by_happened: bool,
}

impl Rows<'_> {
    fn clock(&self, at: Time, narrow: bool) -> String {
        let written = if narrow { tight_clock } else { clock_time };
        self.now.map(|now| written(at, now)).unwrap_or_default()
    }

    /// The lines of these rows, in so many cells. They hold their columns.
    pub(crate) fn lines(&self, rows: &[u32], cells: usize) -> Vec<Line<'static>> {
        let rows: Vec<Row<'_>> = rows.iter().filter_map(|row| self.index.row(*row)).collect();
        let first = |row: &Row<'_>| if self.by_happened { row.happened() } else { row.at() };
        let times: Vec<String> = rows.iter().map(|row| self.clock(first(row), cells < WHO)).collect();
        let cites: Vec<String> = rows.iter().map(Row::cite).collect();
        let most = |texts: &[String], least: usize| texts.iter().map(|text| width(text)).fold(least, usize::max);
        let (time_cells, cite_cells) = (most(&times, 5), most(&cites, 4));
        let lead = |at: usize| {
            let of = |texts: &[String], cells| pad(texts.get(at).map_or("", String::as_str), cells);
            format!(" {} {}", of(&times, time_cells), of(&cites, cite_cells))
        };
        rows.iter().enumerate().map(|(at, row)| Line::from(self.spans(*row, lead(at), cells))).collect()
    }

    fn spans(&self, row: Row<'_>, lead: String, cells: usize) -> Vec<Span<'static>> {
        let theme = self.theme;
        let who = if cells >= WHO { format!(" {} ", cut(&row.person().name, 16)) } else { String::new() };
        let corrected = row.corrected_by().and_then(|by| self.index.row(by)).map(|by| {
            let word = if by.tag() == "undone" { "undone" } else { "corrected" };
            format!(" {word} by {}", by.cite())
        });
        let corrected = corrected.unwrap_or_default();
        let tag = pad(row.tag(), 10);
        let room = cells.saturating_sub(width(&lead) + 1 + width(&tag) + width(&who) + width(&corrected));
        let (tag_style, text_style) = match (row.is_alarm(), corrected.is_empty()) {
            (true, _) => (theme.alarm(), theme.alarm()),
            (false, false) => (theme.quiet(), theme.quiet()),
            (false, true) => (Style::new(), Style::new()),
        };
        let flag = if row.follow_up() { "⚑" } else { " " };
        let mut spans = vec![Span::styled(lead, theme.quiet()), Span::styled(flag, theme.near())];
        spans.extend(highlight::words(&tag, self.words, tag_style));
        spans.extend(self.text(row, text_style, room, cells < WHO));
        spans.push(Span::styled(cut(&corrected, cells), theme.near()));
        spans.extend(highlight::words(&who, self.words, theme.quiet()));
        spans
    }

    /// What it says in exactly so many cells, with the other time and what it replaces.
    fn text(&self, row: Row<'_>, style: Style, cells: usize, narrow: bool) -> Vec<Span<'static>> {
        let mut spans = Vec::new();
        let mut room = cells;
        let mut take = |all: &mut Vec<Span<'static>>, more: Vec<Span<'static>>| {
            room = room.saturating_sub(more.iter().map(|span| width(&span.content)).sum());
            all.extend(more);
            room
        };
        let other = self.other_time(row, narrow);
        let mut left = take(&mut spans, vec![Span::styled(cut(&other, cells), self.theme.quiet())]);
        let line = cut(&row.line(bytes(left)), left);
        let said = match self.hidden(row, &line) {
            // What was found stands where the line has no room for it, or in another text of the entry.
            Some(excerpt) => {
                let line = cut(&line, left * 2 / 7);
                let line = line.trim_end_matches(['…', ' ', ',']);
                let rest = left.saturating_sub(width(line) + 3);
                cut(&format!("{line} … {}", cut(&excerpt, rest)), left)
            }
            None => line,
        };
        left = take(&mut spans, highlight::words(&said, self.words, style));
        let was = row.corrects().and_then(|old| self.index.row(old)).filter(|_| left >= WAS && row.tag() != "undone");
        if let Some(old) = was {
            left = take(&mut spans, vec![Span::styled("  was: ", self.theme.quiet())]);
            let struck = self.theme.quiet().add_modifier(Modifier::CROSSED_OUT);
            left = take(&mut spans, vec![Span::styled(cut(&old.line(bytes(left)), left), struck)]);
        }
        spans.push(Span::styled(" ".repeat(left), style));
        spans
    }

    /// The time that does not stand first, where the two are apart.
    fn other_time(&self, row: Row<'_>, narrow: bool) -> String {
        let (at, happened) = (row.at(), row.happened());
        if (at.micros() - happened.micros()).abs() < APART || self.now.is_none() {
            return String::new();
        }
        match self.by_happened {
            true => format!("(logged {}) ", self.clock(at, narrow)),
            false => format!("({}) ", self.clock(happened, narrow)),
        }
    }

    /// The words around what was looked for and is not in view.
    fn hidden(&self, row: Row<'_>, line: &str) -> Option<String> {
        if self.words.is_empty() {
            return None;
        }
        let seen = fold_text(&format!("{line} {} {} {}", row.tag(), row.label(), row.person().label()));
        let missing = self.words.iter().find(|word| !seen.contains(word.as_str()))?;
        row.excerpt(missing, 10, 160)
    }
}

/// Bytes of a text that are enough for so many cells.
fn bytes(cells: usize) -> usize {
    cells.saturating_mul(8) + 64
}
