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
        keys::{place::Place, table::ActionId},
        model::{Model, open_case::OpenCase},
        text::width::{cut_to, pad_to, width_of},
        widgets::{list::Listing, list_with_detail},
    },
};
use ratatui::{Frame, layout::Rect, text::Line};

/// Cells of a size: `1023 KiB`.
const SIZE: usize = 8;
/// Cells of `copy` or `ref`.
const KEPT: usize = 4;

/// How many items there are.
pub(crate) fn count_items(screen: &OpenCase) -> usize {
    screen.case.evidence.len()
}

/// The entry of the item with the cursor.
pub(crate) fn entry_of_item(screen: &OpenCase) -> Option<EntryId> {
    screen.case.evidence.get(screen.row_here()).map(|item| item.entry.clone())
}

/// The item that an entry logs.
pub(crate) fn find_item<'a>(case: &'a Case, entry: &EntryId) -> Option<&'a Noted<EvidenceAdded>> {
    case.evidence.iter().find(|item| item.entry == *entry)
}

/// Draws it.
pub(crate) fn draw_evidence(model: &Model, screen: &OpenCase, area: Rect, frame: &mut Frame<'_>) {
    let (case, at) = (&screen.case, screen.row_here());
    let ways = model.key_names(Place::Evidence);
    let none = [
        "Nothing is taken in yet.".to_owned(),
        format!("{} takes a file in: it is hashed, copied and stamped with the time.", ways.key(ActionId::Evidence)),
    ];
    let listing = Listing { title: "Evidence", len: count_items(screen), at, top: screen.top_here(), none: &none };
    let times = list_with_detail::width_of_times(case.evidence.iter().map(|item| item.at), model.env.now);
    let cited = list_with_detail::width_of_citations(case, case.evidence.iter().map(|item| &item.entry));
    let row = |at: usize, cells: usize| {
        let Some(item) = case.evidence.get(at) else { return Line::default() };
        let lead = format!(
            "{} {}",
            pad_to(&case.cite(&item.entry), cited),
            list_with_detail::pad_time(item.at, model.env.now, times)
        );
        Line::raw(lay_item_row(case, item, &lead, cells))
    };
    let whole = case.evidence.get(at).map(|item| custody::detail_of_item(case, item, model.env.theme, model.env.now));
    list_with_detail::draw_pair(&listing, model.env.theme, area, frame, row, (whole, &ways.key(ActionId::OpenEntry)));
}

/// An item in a line, behind its citation and time: every part has a column of its own, and what is too long for it
/// ends in `…`.
fn lay_item_row(case: &Case, item: &Noted<EvidenceAdded>, lead: &str, cells: usize) -> String {
    let what = &item.what;
    let kept = if what.copied { "copy" } else { "ref" };
    let size = byte_size(what.size);
    let gap = " ".repeat(SIZE.saturating_sub(width_of(&size)));
    let fixed = format!(" {lead} {gap}{size} {} ", pad_to(kept, KEPT));
    let room = cells.saturating_sub(width_of(&fixed) + 3);
    // The name tells an item from the next: it has the most, and gives way last.
    let (from, who) = ((room * 20 / 100).min(20), (room * 17 / 100).clamp(8, 18));
    let step = room * if room > 70 { 35 } else { 22 } / 100;
    let name = room.saturating_sub(from + who + step);
    // What it says is not all that holds: the name makes room for that word.
    let corrected = if case.corrections.contains_key(&item.entry) { " corrected" } else { "" };
    let named = format!("{}{corrected}", cut_to(&what.name, name.saturating_sub(width_of(corrected))));
    let columns = [
        (&named, name),
        (&what.source, from),
        (&item.by.name, who),
        (&self::word_step(case, what.step.as_ref()), step),
    ]
    .map(|(text, cells)| pad_to(text, cells));
    cut_to(&format!("{fixed}{}", columns.join(" ")), cells)
}

/// A step as a text names it; empty where there is none.
pub(crate) fn word_step(case: &Case, step: Option<&StepRef>) -> String {
    step.map(|step| case.step_title(step)).unwrap_or_default()
}
