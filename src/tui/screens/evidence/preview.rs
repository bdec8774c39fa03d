//! Draws the first bytes of an item: what they are, whether they are those that were taken in, and their rows.

use crate::tui::{
    model::overlays::evidence_preview::ItemPreview,
    text::{
        theme::Theme,
        width::{cut_to, wrap_text},
    },
};
use ratatui::text::Line;

/// It as lines in so many cells.
pub(super) fn lay_preview(preview: &ItemPreview, origin: &str, theme: Theme, cells: usize) -> Vec<Line<'static>> {
    let cells = cells.saturating_sub(2).min(74);
    let said =
        |text: &str, style| wrap_text(text, cells).into_iter().map(move |row| Line::styled(format!(" {row}"), style));
    let heading = |what: &str| Line::styled(cut_to(&format!(" Preview: {what}"), cells), theme.strong());
    let mut lines = vec![Line::default()];
    match preview {
        ItemPreview::Elsewhere => {
            lines.push(heading("none"));
            let text = format!("Only its hash and its place are kept. The item itself is at {origin}.");
            lines.extend(said(&text, theme.quiet()));
        }
        ItemPreview::Reading => lines.push(heading("being read…")),
        ItemPreview::Failed(report) => {
            lines.push(heading("it cannot be read"));
            lines.extend(report.parts().flat_map(|text| said(text, theme.alarm())));
        }
        ItemPreview::Read(shown) => {
            lines.push(heading(&shown.what));
            let (text, bad) = &shown.holds;
            lines.extend(said(text, if *bad { theme.alarm() } else { theme.quiet() }));
            lines.push(Line::default());
            lines.extend(shown.rows.iter().map(|row| Line::raw(row.clone())));
            if !shown.rest.is_empty() {
                lines.extend(said(&shown.rest, theme.quiet()));
            }
        }
    }
    lines
}
