//! People: who takes part, in which role.

use super::listing::Listing;
use crate::{
    console::{case::CaseScreen, model::Model, width::ends},
    domain::id::EntryId,
};
use ratatui::{Frame, layout::Rect, text::Line};

/// How many there are.
pub(super) fn len(screen: &CaseScreen) -> usize {
    screen.case.people.len()
}

/// The entry of the person with the cursor.
pub(super) fn entry(_: &CaseScreen) -> Option<EntryId> {
    None
}

/// Draws it.
pub(super) fn draw(model: &Model, screen: &CaseScreen, area: Rect, frame: &mut Frame<'_>) {
    let none = ["Nobody has joined yet."];
    let listing = Listing { title: "People", len: len(screen), at: screen.row_here(), none: &none };
    listing.draw(model.theme, area, frame, |at, cells| {
        let Some(person) = screen.case.people.get(at) else { return Line::default() };
        Line::raw(ends(&format!(" {}", person.label()), &format!("{} ", person.organisation), cells))
    });
}
