//! What is read from its top, a place or a page: lines, how far they are scrolled, and what is out of view.

use crate::tui::text::{theme::Theme, width::cut_to};
use ratatui::{
    Frame,
    layout::Rect,
    text::{Line, Text},
};

/// The widest that text is set, cells.
pub(crate) const TEXT: usize = 75;

/// How many of `len` lines have room in so many rows; the last row says what is out of view where not all have.
fn rows_for(len: usize, height: u16) -> usize {
    let height = usize::from(height);
    if len > height { height.saturating_sub(1) } else { height }
}

/// How many lines can be scrolled away at most.
pub(crate) fn furthest_top(len: usize, height: u16) -> usize {
    len.saturating_sub(rows_for(len, height))
}

/// The names of the keys that scroll.
pub(crate) struct Keys {
    /// A line up.
    pub(crate) up: String,
    /// A line down.
    pub(crate) down: String,
    /// A page up.
    pub(crate) page_up: String,
    /// A page down.
    pub(crate) page_down: String,
}

/// Draws the lines from `top` on; where not all have room, the last row names the keys that scroll.
pub(crate) fn draw_reading(
    lines: Vec<Line<'static>>,
    top: usize,
    keys: &Keys,
    theme: Theme,
    area: Rect,
    frame: &mut Frame<'_>,
) {
    let Keys { up, down, page_up, page_down } = keys;
    let (len, room) = (lines.len(), rows_for(lines.len(), area.height));
    let top = top.min(furthest_top(len, area.height));
    let mut shown: Vec<Line<'static>> = lines.into_iter().skip(top).take(room).collect();
    if len > room {
        let below = len - top - room;
        let text = match (top, below) {
            (0, below) => format!(" … {below} more lines: {down} {page_down}"),
            (top, 0) => format!(" … {top} lines above: {up} {page_up}"),
            (top, below) => format!(" … {top} lines above, {below} more below: {up} {down} {page_up} {page_down}"),
        };
        shown.push(Line::styled(cut_to(&text, usize::from(area.width)), theme.quiet()));
    }
    frame.render_widget(Text::from(shown), area);
}
