//! A name with a text beside it, the text's further lines under its first.

use super::{
    theme::Theme,
    width::{width_of, wrap_text},
};
use ratatui::{
    style::Style,
    text::{Line, Span},
};

/// Room for a name before a text, cells.
const NAME: usize = 8;

/// A name and a text, with the text's further lines under its first.
pub(crate) fn hang_text(name: &str, text: &str, theme: Theme, style: Style, cells: usize) -> Vec<Line<'static>> {
    let lead = NAME.max(width_of(name) + 1);
    wrap_text(text, cells.saturating_sub(lead))
        .into_iter()
        .enumerate()
        .map(|(at, line)| {
            let name = if at == 0 { name } else { "" };
            Line::from(vec![Span::styled(format!("{name:<lead$}"), theme.strong()), Span::styled(line, style)])
        })
        .collect()
}
