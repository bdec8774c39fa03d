//! What can be clicked, and the colours by which a drawing on a canvas of its own tells what lies under a cell.

use ratatui::{
    style::{Color, Style},
    text::Line,
};

/// What can be under the mouse.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Hit {
    /// A key of the line of keys, or a place of the line of places: the row of the table of actions.
    Act(usize),
    /// A row of the list that is shown.
    Row(usize),
}

impl Hit {
    /// Its colours on the canvas.
    pub(crate) fn paint(self) -> Style {
        let (kind, number) = match self {
            Self::Act(row) => (1, row),
            Self::Row(row) => (2, row),
        };
        let [_, red, green, blue] = u32::try_from(number).unwrap_or(u32::MAX).to_be_bytes();
        Style::new().fg(Color::Rgb(red, green, blue)).bg(Color::Rgb(kind, 0, 0))
    }

    /// What a cell of those colours is.
    pub(crate) fn read(fg: Color, bg: Color) -> Option<Self> {
        let (Color::Rgb(red, green, blue), Color::Rgb(kind, 0, 0)) = (fg, bg) else { return None };
        let number = u32::from_be_bytes([0, red, green, blue]) as usize;
        match kind {
            1 => Some(Self::Act(number)),
            2 => Some(Self::Row(number)),
            _ => None,
        }
    }

    /// A line all of which is this.
    pub(crate) fn line(self, mut line: Line<'static>) -> Line<'static> {
        line.style = self.paint();
        line.spans.iter_mut().for_each(|span| span.style = self.paint());
        line
    }
}
