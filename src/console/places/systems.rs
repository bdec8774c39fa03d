//! Systems and indicators.

use super::listing::Listing;
use crate::{
    console::{case::CaseScreen, model::Model},
    domain::id::EntryId,
};
use ratatui::{Frame, layout::Rect, text::Line};

/// How many rows there are.
pub(super) fn len(_: &CaseScreen) -> usize {
    0
}

/// The entry with the cursor.
pub(super) fn entry(_: &CaseScreen) -> Option<EntryId> {
    None
}

/// Draws it.
pub(super) fn draw(model: &Model, screen: &CaseScreen, area: Rect, frame: &mut Frame<'_>) {
    let none = ["No system is noted yet."];
    let listing = Listing { title: "Systems and indicators", len: 0, at: screen.row_here(), none: &none };
    listing.draw(model.theme, area, frame, |_, _| Line::default());
}
