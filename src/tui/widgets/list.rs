//! A list with a cursor: rows that hold their place, a count where not all are in view, and what to do where none is.

use crate::tui::{
    text::{theme::Theme, width::cut_to},
    widgets::scroll::Shape,
};
use ratatui::{
    Frame,
    layout::Rect,
    text::{Line, Span, Text},
};

/// A list to draw.
pub(crate) struct Listing<'a> {
    /// What it lists; its first line.
    pub(crate) title: &'a str,
    /// How many rows it has.
    pub(crate) len: usize,
    /// The row with the cursor.
    pub(crate) at: usize,
    /// Rows that are scrolled away.
    pub(crate) top: usize,
    /// What to say where it has none: each a line.
    pub(crate) none: &'a [String],
}

/// The first line of a list: what it lists, and how many there are.
pub(super) fn lay_heading(title: &str, len: usize, theme: Theme, cells: usize) -> Line<'static> {
    let count = if len == 0 { String::new() } else { format!("  {len}") };
    Line::from(vec![
        Span::styled(cut_to(&format!(" {title}"), cells), theme.strong()),
        Span::styled(count, theme.quiet()),
    ])
}

/// A list of `len` rows in `height` of them, under a heading and a free row; its count needs one where not all fit.
pub(super) fn shape_of_list(at: usize, len: usize, height: usize) -> Shape {
    let whole = height.saturating_sub(2);
    Shape { at, len, room: if len > whole { whole.saturating_sub(1) } else { whole } }
}

impl Listing<'_> {
    /// Draws it; `row` makes a line of the row of that number, in so many cells.
    pub(crate) fn draw(
        &self,
        theme: Theme,
        area: Rect,
        frame: &mut Frame<'_>,
        row: impl Fn(usize, usize) -> Line<'static>,
    ) {
        let (cells, height) = (usize::from(area.width), usize::from(area.height));
        let mut lines = vec![lay_heading(self.title, self.len, theme, cells), Line::default()];
        if self.len == 0 {
            lines.extend(self.none.iter().map(|text| Line::styled(cut_to(&format!(" {text}"), cells), theme.quiet())));
        }
        let shape = shape_of_list(self.at, self.len, height);
        let (room, top) = (shape.room, shape.top(self.top));
        for at in top..self.len.min(top + room) {
            lines.push(theme.row(row(at, cells), at, at == self.at));
        }
        if self.len > room {
            lines.push(Line::styled(cut_to(&format!(" {} of {}", self.at + 1, self.len), cells), theme.quiet()));
        }
        frame.render_widget(Text::from(lines), area);
    }
}
