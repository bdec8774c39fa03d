//! Evidence: every item, with its size, where it comes from and who took it in.

use super::listing::Listing;
use crate::{
    console::{
        case::CaseScreen,
        model::Model,
        when::{clock, size},
        width::{ends, pad},
    },
    domain::id::EntryId,
};
use ratatui::{Frame, layout::Rect, text::Line};

/// How many items there are.
pub(super) fn len(screen: &CaseScreen) -> usize {
    screen.case.evidence.len()
}

/// The entry of the item with the cursor.
pub(super) fn entry(screen: &CaseScreen) -> Option<EntryId> {
    screen.case.evidence.get(screen.row_here()).map(|item| item.entry.clone())
}

/// Draws it.
pub(super) fn draw(model: &Model, screen: &CaseScreen, area: Rect, frame: &mut Frame<'_>) {
    let case = &screen.case;
    let none = ["Nothing is taken in yet. e takes a file in: it is hashed, copied and stamped."];
    let listing = Listing { title: "Evidence", len: len(screen), at: screen.row_here(), none: &none };
    listing.draw(model.theme, area, frame, |at, cells| {
        let Some(item) = case.evidence.get(at) else { return Line::default() };
        let time = model.now.map(|now| clock(item.at, now)).unwrap_or_default();
        let from = if item.what.source.is_empty() { String::new() } else { format!(" from {}", item.what.source) };
        let text = format!(" {} {} {}{from}", pad(&case.cite(&item.entry), 5), pad(&time, 5), item.what.name);
        Line::raw(ends(&text, &format!("{}  {} ", size(item.what.size), item.by.name), cells))
    });
}
