//! Draws a list that narrows as one types: its heading, what was typed, and the rows.

use super::picker_rows::{self, Row};
use crate::tui::{
    model::{
        Model,
        overlays::picker::{List, ListKind},
    },
    text::width::{cut, ends, width},
    widgets::scroll::Shape,
};
use ratatui::{
    Frame,
    layout::{Position, Rect},
    text::{Line, Span, Text},
};

/// Its `len` rows in so many, under the heading, what was typed and a free row, and over the count.
pub(crate) fn shape(list: &List, len: usize, height: usize) -> Shape {
    Shape { at: list.at.min(len.saturating_sub(1)), len, room: height.saturating_sub(4) }
}

/// Draws it: the heading, what was typed, and the rows.
pub(crate) fn draw(list: &List, model: &Model, area: Rect, frame: &mut Frame) {
    let theme = model.env.theme;
    let cells = usize::from(area.width);
    let height = usize::from(area.height);
    let rows = picker_rows::rows(list, model);
    let shown = list.field.shown(cells.saturating_sub(4), 1);
    let typed = shown.rows.first().cloned().unwrap_or_default();
    let hint = if list.field.is_empty() { "type to narrow" } else { "" };
    let mut lines = vec![
        Line::styled(cut(&format!(" {}", list.title(&model.env.keymap)), cells), theme.strong()),
        Line::from(vec![Span::styled(" › ", theme.accent()), Span::raw(typed), Span::styled(hint, theme.quiet())]),
        Line::default(),
    ];
    let shape = shape(list, rows.len(), height);
    let (at, room, top) = (shape.at, shape.room, shape.top(list.top));
    for (place, row) in rows.iter().enumerate().skip(top).take(room) {
        lines.push(theme.row(line(row, cells), place, place == at));
    }
    if rows.is_empty() {
        let none = match list.kind {
            ListKind::Playbooks if list.field.is_empty() => " Every playbook is in use, in the version at hand.",
            ListKind::Drafts | ListKind::Filters | ListKind::Questions | ListKind::Playbooks => {
                " Nothing fits; Backspace takes a letter away."
            }
        };
        lines.push(Line::styled(none, theme.quiet()));
    }
    if rows.len() > room {
        lines.push(Line::styled(cut(&format!(" {} of {}", at + 1, rows.len()), cells), theme.quiet()));
    }
    frame.render_widget(Text::from(lines), area);
    if area.width > 4 && area.height > 1 {
        frame.set_cursor_position(Position::new(area.x + 3 + shown.cursor.0, area.y + 1));
    }
}

fn line(row: &Row, cells: usize) -> Line<'static> {
    let text = ends(&format!(" {}", row.text), &format!("{} ", row.side), cells);
    debug_assert!(width(&text) <= cells.max(1), "a row is as wide as its place");
    Line::raw(text)
}
