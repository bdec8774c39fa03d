//! Decisions: the choice, the reasons, who decided and who logged it.

use super::listing::Listing;
use crate::{
    console::{
        case::CaseScreen,
        model::Model,
        when::clock,
        width::{ends, pad},
    },
    domain::id::EntryId,
};
use ratatui::{Frame, layout::Rect, text::Line};

/// How many there are.
pub(super) fn len(screen: &CaseScreen) -> usize {
    screen.case.decisions.len()
}

/// The entry of the decision with the cursor.
pub(super) fn entry(screen: &CaseScreen) -> Option<EntryId> {
    screen.case.decisions.get(screen.row_here()).map(|made| made.entry.clone())
}

/// Draws it.
pub(super) fn draw(model: &Model, screen: &CaseScreen, area: Rect, frame: &mut Frame<'_>) {
    let case = &screen.case;
    let none = ["Nothing is decided yet. d decides what the step asks; D records a decision of your own."];
    let listing = Listing { title: "Decisions", len: len(screen), at: screen.row_here(), none: &none };
    listing.draw(model.theme, area, frame, |at, cells| {
        let Some(made) = case.decisions.get(at) else { return Line::default() };
        let time = model.now.map(|now| clock(made.at, now)).unwrap_or_default();
        let what = &made.what;
        let text =
            format!(" {} {} {}. “{}”", pad(&case.cite(&made.entry), 5), pad(&time, 5), what.label, what.rationale);
        Line::raw(ends(&text, &format!("{} ", what.decided_by.label()), cells))
    });
}
