//! A list with a cursor, and under it the row with the cursor in full. The list keeps its height while the cursor
//! moves, so nothing on the screen jumps.

use super::{
    list::{self, Listing},
    reading::TEXT,
};
use crate::{
    domain::{
        case::Case,
        id::EntryId,
        person::Person,
        time::{Now, Time},
        wording::moment::clock_time,
    },
    tui::{
        text::{
            hanging::hanging,
            theme::Theme,
            width::{cut, pad, width, wrap},
        },
        widgets::scroll::Shape,
    },
};
use ratatui::{
    Frame,
    layout::Rect,
    style::Style,
    text::{Line, Text},
};

/// The least rows of a list that has more than it shows.
const ROWS: usize = 6;
/// The lines of one text where not all have room: as many as do.
const MOST: [usize; 4] = [8, 4, 3, 2];
/// Room for a time of today, and for one of another day.
const TIMES: (usize, usize) = (5, 12);
/// More room for the zone of a time, where that is not the one of now.
const ZONE: usize = 7;

/// A row of a text: its name, what it says, how it is set.
pub(crate) type Row = (&'static str, String, Style);

/// A heading and what stands under it.
pub(crate) struct Whole {
    /// What it is.
    pub(crate) heading: String,
    /// What is said of it; a row without a text is left out.
    pub(crate) rows: Vec<Row>,
}

impl Whole {
    /// Its lines in so many cells.
    pub(crate) fn lines(&self, theme: Theme, cells: usize) -> Vec<Line<'static>> {
        self.at_most(usize::MAX, theme, cells)
    }

    /// As much of it as so many lines hold. A long text does not push the rest out of sight: everything is seen begun
    /// before anything is read whole.
    fn in_room(&self, key: &str, room: usize, theme: Theme, cells: usize) -> Vec<Line<'static>> {
        let mut lines = self.at_most(room + 1, theme, cells);
        if lines.len() <= room {
            return lines;
        }
        for most in MOST {
            lines = self.at_most(most, theme, cells);
            if lines.len() < room {
                break;
            }
        }
        lines.truncate(room.saturating_sub(1));
        lines.push(Line::styled(cut(&format!(" … {key} opens it whole"), cells), theme.quiet()));
        lines
    }

    /// Its lines, no text over more than so many: the last of a longer one ends in `…`.
    fn at_most(&self, most: usize, theme: Theme, cells: usize) -> Vec<Line<'static>> {
        let cells = cells.saturating_sub(1).min(TEXT);
        let heading = first(&self.heading, most, cells.saturating_sub(1)).into_iter();
        let mut lines: Vec<Line<'static>> =
            heading.map(|line| Line::styled(format!(" {line}"), theme.strong())).collect();
        for (name, text, style) in self.rows.iter().filter(|(_, text, _)| !text.trim().is_empty()) {
            let lead = format!(" {name:<8}");
            let text = first(text, most, cells.saturating_sub(width(&lead) + 1)).join("\n");
            lines.extend(hanging(&lead, &text, theme, *style, cells));
        }
        lines
    }
}

/// The first lines of a text, at most so many; where there are more, the last ends in `…`.
fn first(text: &str, most: usize, cells: usize) -> Vec<String> {
    // What cannot come into view is not even broken into lines: a text may have 64 KiB, and this is done at each key.
    let bound = most.saturating_add(2).saturating_mul(cells.max(1));
    let end = text.char_indices().nth(bound).map_or(text.len(), |(at, _)| at);
    let (begun, rest) = text.split_at(end);
    let mut lines = wrap(begun, cells);
    if lines.len() > most || !rest.is_empty() {
        lines.truncate(most.max(1));
        if let Some(last) = lines.last_mut() {
            *last = if width(last) < cells { format!("{last}…") } else { cut(&format!("{last} "), cells) };
        }
    }
    lines
}

/// The rows of the list with its heading.
fn upper(len: usize, height: usize) -> usize {
    let most = (height * 2 / 5).max(ROWS);
    // A heading and a free row; where all rows fit, a free row stands under them, otherwise the count.
    let upper = match len {
        0 => height,
        len if len <= most => len + 3,
        _ => most + 2,
    };
    upper.min(height)
}

/// The list in a place so many rows high.
pub(crate) fn shape(at: usize, len: usize, height: usize) -> Shape {
    list::shape(at, len, upper(len, height))
}

/// Draws the list, and of the row with the cursor as much as there is room for; the key opens the whole of it.
pub(crate) fn draw(
    listing: &Listing<'_>,
    theme: Theme,
    area: Rect,
    frame: &mut Frame<'_>,
    row: impl Fn(usize, usize) -> Line<'static>,
    (whole, key): (Option<Whole>, &str),
) {
    let upper = upper(listing.len, usize::from(area.height));
    listing.draw(theme, Rect { height: upper as u16, ..area }, frame, row);
    let Some(whole) = whole else { return };
    let lower = Rect { y: area.y + upper as u16, height: area.height - upper as u16, ..area };
    under(&whole, key, theme, lower, frame);
}

/// Draws of a row as much as there is room for; `key` opens the whole of it.
pub(super) fn under(whole: &Whole, key: &str, theme: Theme, area: Rect, frame: &mut Frame<'_>) {
    let (cells, room) = (usize::from(area.width), usize::from(area.height));
    frame.render_widget(Text::from(whole.in_room(key, room, theme, cells)), area);
}

/// The cells that times take in a list: more where one of them is on another day than today, or has another zone than
/// now, and never cut.
pub(crate) fn wide(times: impl IntoIterator<Item = Time>, now: Option<Now>) -> usize {
    let Some(now) = now else { return TIMES.0 };
    let day = |at: Time| now.zone.local(at).date_naive();
    let today = day(now.at);
    let cells = |at: Time| {
        let zone = if now.zone.offset_at(at) == now.offset() { 0 } else { ZONE };
        zone + if day(at) == today { TIMES.0 } else { TIMES.1 }
    };
    times.into_iter().map(cells).fold(TIMES.0, usize::max)
}

/// The cells that the citations of these entries take in a list: at least four, and never cut.
pub(crate) fn cited<'a>(case: &Case, entries: impl IntoIterator<Item = &'a EntryId>) -> usize {
    let seq = entries.into_iter().map(|entry| entry.seq).max().unwrap_or(0);
    let letters = case.heads().keys().map(|console| case.letter(console).len()).max().unwrap_or(1);
    (letters + seq.to_string().len()).max(4)
}

/// A time in so many cells.
pub(crate) fn time(at: Time, now: Option<Now>, cells: usize) -> String {
    pad(&now.map(|now| clock_time(at, now)).unwrap_or_default(), cells)
}

/// A time as a text says it: `03:41`, or with its day; nothing before the clock is known.
pub(crate) fn at(time: Time, now: Option<Now>) -> String {
    now.map(|now| clock_time(time, now)).unwrap_or_default()
}

/// `J. Patel, lead, Northfield NHS Trust`.
pub(crate) fn named(person: &Person) -> String {
    if person.organisation.is_empty() { person.label() } else { format!("{}, {}", person.label(), person.organisation) }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PLAIN: Theme = Theme { look: crate::tui::Look::Monochrome, ascii: false, probe: false };

    fn texts(lines: &[Line<'_>]) -> Vec<String> {
        lines.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn a_long_text_leaves_room_for_what_stands_after_it() {
        let row = |name, text: &str| (name, text.to_owned(), Style::new());
        let whole =
            Whole { heading: "k".into(), rows: vec![row("About", &"word ".repeat(9000)), row("Path", "/media/usb")] };
        let lines = texts(&whole.in_room("⏎", 8, PLAIN, 40));
        assert_eq!(lines.len(), 7, "{lines:?}");
        assert_eq!(lines[4], "          word word word word word wor…");
        assert_eq!(lines[5], " Path     /media/usb");
        assert_eq!(lines[6], " … ⏎ opens it whole");
        let lines = texts(&whole.in_room("⏎", 4, PLAIN, 40));
        assert_eq!(lines[2], "          word word word word word wor…", "{lines:?}");
        assert_eq!(lines.len(), 4);
        assert_eq!(texts(&whole.lines(PLAIN, 40)).len(), 1502, "all of it is there to be opened");
    }

    #[test]
    fn the_first_lines_of_a_text_are_marked_where_there_are_more() {
        assert_eq!(first("one two", 2, 4), ["one", "two"]);
        assert_eq!(first("one two three", 2, 4), ["one", "two…"]);
        assert_eq!(first("abcdefghi", 2, 3), ["abc", "de…"]);
        assert_eq!(first("病院病院", 1, 4), ["病…"]);
        assert_eq!(first("", 2, 4), [""]);
    }
}
