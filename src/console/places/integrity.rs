//! Integrity.

use super::listing::Listing;
use crate::console::{case::CaseScreen, model::Model};
use ratatui::{Frame, layout::Rect, text::Line};

/// How many rows there are.
pub(super) fn len(_: &CaseScreen) -> usize {
    0
}

/// Draws it.
pub(super) fn draw(model: &Model, screen: &CaseScreen, area: Rect, frame: &mut Frame<'_>) {
    let none = ["v checks every entry and every item of evidence."];
    let listing = Listing { title: "Integrity", len: 0, at: screen.row_here(), none: &none };
    listing.draw(model.theme, area, frame, |_, _| Line::default());
}
