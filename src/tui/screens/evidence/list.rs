//! Evidence: every item, with its size, where it comes from and who took it in.

use super::custody;
use crate::{
    domain::{
        case::{Case, Noted},
        event::EvidenceAdded,
        id::EntryId,
        playbook::StepRef,
        wording::number::byte_size,
    },
    tui::{
        keys::{place::Place, table::Id},
        model::{Model, open_case::CaseScreen},
        text::width::{cut, pad, width},
        widgets::{list::Listing, list_with_detail},
    },
};
use ratatui::{Frame, layout::Rect, text::Line};

/// Cells of a size: `1023 KiB`.
const SIZE: usize = 8;
/// Cells of `copy` or `ref`.
const KEPT: usize = 4;

/// How many items there are.
pub(crate) fn len(screen: &CaseScreen) -> usize {
    screen.case.evidence.len()
}

/// The entry of the item with the cursor.
pub(crate) fn entry(screen: &CaseScreen) -> Option<EntryId> {
    screen.case.evidence.get(screen.row_here()).map(|item| item.entry.clone())
}

/// The item that an entry logs.
pub(crate) fn item<'a>(case: &'a Case, entry: &EntryId) -> Option<&'a Noted<EvidenceAdded>> {
    case.evidence.iter().find(|item| item.entry == *entry)
}

/// Draws it.
pub(crate) fn draw(model: &Model, screen: &CaseScreen, area: Rect, frame: &mut Frame<'_>) {
    let (case, at) = (&screen.case, screen.row_here());
    let ways = model.ways(Place::Evidence);
    let none = [
        "Nothing is taken in yet.".to_owned(),
        format!("{} takes a file in: it is hashed, copied and stamped with the time.", ways.key(Id::Evidence)),
    ];
    let listing = Listing { title: "Evidence", len: len(screen), at, top: screen.top_here(), none: &none };
    let times = list_with_detail::wide(case.evidence.iter().map(|item| item.at), model.env.now);
    let cited = list_with_detail::cited(case, case.evidence.iter().map(|item| &item.entry));
    let row = |at: usize, cells: usize| {
        let Some(item) = case.evidence.get(at) else { return Line::default() };
        let lead = format!(
            "{} {}",
            pad(&case.cite(&item.entry), cited),
            list_with_detail::time(item.at, model.env.now, times)
        );
        Line::raw(row(case, item, &lead, cells))
    };
    let whole = case.evidence.get(at).map(|item| custody::whole(case, item, model.env.theme, model.env.now));
    list_with_detail::draw(&listing, model.env.theme, area, frame, row, (whole, &ways.key(Id::OpenEntry)));
}

/// An item in a line, behind its citation and time: every part has a column of its own, and what is too long for it
/// ends in `…`.
fn row(case: &Case, item: &Noted<EvidenceAdded>, lead: &str, cells: usize) -> String {
    let what = &item.what;
    let kept = if what.copied { "copy" } else { "ref" };
    let size = byte_size(what.size);
    let gap = " ".repeat(SIZE.saturating_sub(width(&size)));
    let fixed = format!(" {lead} {gap}{size} {} ", pad(kept, KEPT));
    let room = cells.saturating_sub(width(&fixed) + 3);
    // The name tells an item from the next: it has the most, and gives way last.
    let (from, who) = ((room * 20 / 100).min(20), (room * 17 / 100).clamp(8, 18));
    let step = room * if room > 70 { 35 } else { 22 } / 100;
    let name = room.saturating_sub(from + who + step);
    // What it says is not all that holds: the name makes room for that word.
    let corrected = if case.corrections.contains_key(&item.entry) { " corrected" } else { "" };
    let named = format!("{}{corrected}", cut(&what.name, name.saturating_sub(width(corrected))));
    let columns =
        [(&named, name), (&what.source, from), (&item.by.name, who), (&self::step(case, what.step.as_ref()), step)]
            .map(|(text, cells)| pad(text, cells));
    cut(&format!("{fixed}{}", columns.join(" ")), cells)
}

/// A step as a text names it; empty where there is none.
pub(crate) fn step(case: &Case, step: Option<&StepRef>) -> String {
    step.map(|step| case.step_title(step)).unwrap_or_default()
}
