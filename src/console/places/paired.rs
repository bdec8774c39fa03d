//! A list with a cursor, and under it the row with the cursor in full. The list keeps its height while the cursor
//! moves, so nothing on the screen jumps.

use super::{listing::Listing, step::hanging};
use crate::{
    console::{
        theme::Theme,
        when::clock,
        width::{cut, pad, wrap},
    },
    domain::{
        person::Person,
        time::{Now, Time},
    },
};
use ratatui::{
    Frame,
    layout::Rect,
    style::Style,
    text::{Line, Text},
};

/// The widest that text is set, cells.
const TEXT: usize = 75;
/// The least rows of a list that has more than it shows.
const ROWS: usize = 6;
/// Room for a time of today, and for one of another day.
const TIMES: (usize, usize) = (5, 12);

/// A row of a text: its name, what it says, how it is set.
pub(super) type Row = (&'static str, String, Style);

/// A heading and what stands under it.
pub(super) struct Whole {
    /// What it is.
    pub(super) heading: String,
    /// What is said of it; a row without a text is left out.
    pub(super) rows: Vec<Row>,
}

impl Whole {
    /// Its lines in so many cells.
    pub(super) fn lines(self, theme: Theme, cells: usize) -> Vec<Line<'static>> {
        let cells = cells.saturating_sub(1).min(TEXT);
        let heading = wrap(&self.heading, cells.saturating_sub(1)).into_iter();
        let mut lines: Vec<Line<'static>> =
            heading.map(|line| Line::styled(format!(" {line}"), theme.strong())).collect();
        let rows = self.rows.into_iter().filter(|(_, text, _)| !text.trim().is_empty());
        lines.extend(rows.flat_map(|(name, text, style)| hanging(&format!(" {name:<8}"), &text, theme, style, cells)));
        lines
    }
}

/// Draws the list, and of the row with the cursor as much as there is room for.
pub(super) fn draw(
    listing: &Listing<'_>,
    theme: Theme,
    area: Rect,
    frame: &mut Frame<'_>,
    row: impl Fn(usize, usize) -> Line<'static>,
    whole: Option<Whole>,
) {
    let height = usize::from(area.height);
    let most = (height * 2 / 5).max(ROWS);
    // A heading and a free row; where all rows fit, a free row stands under them, otherwise the count.
    let upper = match listing.len {
        0 => height,
        len if len <= most => len + 3,
        _ => most + 2,
    };
    let upper = upper.min(height);
    listing.draw(theme, Rect { height: upper as u16, ..area }, frame, row);
    let Some(whole) = whole else { return };
    let lower = Rect { y: area.y + upper as u16, height: area.height - upper as u16, ..area };
    let cells = usize::from(area.width);
    let mut lines = whole.lines(theme, cells);
    let (len, room) = (lines.len(), usize::from(lower.height));
    if len > room {
        lines.truncate(room.saturating_sub(1));
        let text = format!(" … {} more lines: ⏎ opens it", len - lines.len());
        lines.push(Line::styled(cut(&text, cells), theme.quiet()));
    }
    frame.render_widget(Text::from(lines), lower);
}

/// The cells that times take in a list: more where one of them is on another day than today, and never cut.
pub(super) fn wide(times: impl IntoIterator<Item = Time>, now: Option<Now>) -> usize {
    let Some(now) = now else { return TIMES.0 };
    let day = |at: Time| (at.micros() + i64::from(now.offset) * 60_000_000).div_euclid(86_400_000_000);
    let today = day(now.at);
    if times.into_iter().all(|at| day(at) == today) { TIMES.0 } else { TIMES.1 }
}

/// A time in so many cells.
pub(super) fn time(at: Time, now: Option<Now>, cells: usize) -> String {
    pad(&now.map(|now| clock(at, now)).unwrap_or_default(), cells)
}

/// A time as a text says it: `03:41`, or with its day; nothing before the clock is known.
pub(super) fn at(time: Time, now: Option<Now>) -> String {
    now.map(|now| clock(time, now)).unwrap_or_default()
}

/// `J. Patel, lead, Northfield NHS Trust`.
pub(super) fn named(person: &Person) -> String {
    if person.organisation.is_empty() { person.label() } else { format!("{}, {}", person.label(), person.organisation) }
}
