//! How a text of several lines stands in rows of a given width. Drawing it and moving the cursor in it both ask here,
//! so that they cannot disagree.

use crate::tui::text::width::{make_line_safe, width_of};
use std::ops::Range;
use unicode_segmentation::UnicodeSegmentation as _;

/// A grapheme as drawn.
pub(super) struct Unit {
    /// Its first character's place in the line.
    pub(super) start: usize,
    pub(super) text: String,
    pub(super) cells: usize,
}

/// A row as drawn: a line, or a part of one.
pub(super) struct Row {
    /// The line, from 0.
    pub(super) line: usize,
    /// The place in the line of its first character, and of the one behind its last.
    pub(super) range: Range<usize>,
    pub(super) units: Vec<Unit>,
    /// Whether the line goes on in the next row.
    pub(super) goes_on: bool,
}

impl Row {
    /// Cells before that place in the line.
    pub(super) fn cells_before(&self, place: usize) -> usize {
        self.units.iter().take_while(|unit| unit.start < place).map(|unit| unit.cells).sum()
    }

    /// The last place in the row where the cursor can stand. Where the line goes on behind a space, it is before that
    /// space: what is typed there belongs to the word that is seen before it.
    pub(super) fn last_place(&self) -> usize {
        match self.units.last() {
            Some(unit) if self.goes_on && unit.text == " " => unit.start,
            Some(_) | None => self.range.end,
        }
    }

    /// The place in the row that lies so many cells from its beginning, or its last one.
    pub(super) fn place_at(&self, cells: usize) -> usize {
        let mut used = 0;
        let beyond = self.units.iter().find(|unit| {
            used += unit.cells;
            used > cells
        });
        beyond.map_or(self.range.end, |unit| unit.start).min(self.last_place())
    }

    /// The text of the row, safe to draw.
    pub(super) fn text(&self) -> String {
        self.units.iter().map(|unit| unit.text.as_str()).collect()
    }
}

/// The rows of these lines, each at most so many cells wide.
pub(super) fn lay_rows(lines: &[String], cells: usize) -> Vec<Row> {
    let mut rows = Vec::new();
    for (line, text) in lines.iter().enumerate() {
        let (mut units, length) = (split_units(text), text.chars().count());
        let ranges = break_line(&units, cells.max(2));
        let last = ranges.len().saturating_sub(1);
        for (at, range) in ranges.into_iter().enumerate() {
            let rest = units.split_off(range.len().min(units.len()));
            let row = std::mem::replace(&mut units, rest);
            let start = row.first().map_or(0, |unit| unit.start);
            let end = units.first().map_or(length, |unit| unit.start);
            rows.push(Row { line, range: start..end, units: row, goes_on: at < last });
        }
    }
    rows
}

/// The rows of a line, each a range of its units: broken behind spaces where there are any, one cell kept for the
/// cursor. A line without anything is one row.
fn break_line(units: &[Unit], cells: usize) -> Vec<Range<usize>> {
    let (mut rows, mut from, mut used, mut space) = (Vec::new(), 0, 0, None);
    for (at, unit) in units.iter().enumerate() {
        let blank = unit.text == " ";
        // The space that a row ends with may take the cell of the cursor.
        let most = if blank { cells } else { cells - 1 };
        while used + unit.cells > most && at > from {
            let to = space.take().filter(|space| *space > from).unwrap_or(at);
            rows.push(from..to);
            from = to;
            used = units.get(from..at).unwrap_or_default().iter().map(|unit| unit.cells).sum();
        }
        used += unit.cells;
        if blank {
            space = Some(at + 1);
        }
    }
    rows.push(from..units.len());
    rows
}

/// The graphemes of a line.
pub(super) fn split_units(line: &str) -> Vec<Unit> {
    let mut start = 0;
    line.graphemes(true)
        .map(|grapheme| {
            let text = make_line_safe(grapheme).into_owned();
            let unit = Unit { start, cells: width_of(&text), text };
            start += grapheme.chars().count();
            unit
        })
        .collect()
}
