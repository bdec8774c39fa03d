//! An item of evidence in full: what it is, where it comes from, and whose hands it went through.

use super::list;
use crate::{
    domain::{
        case::{Case, Noted},
        event::{EvidenceAdded, ExportMade},
        time::Now,
        wording::{moment::full_time, number::exact_size},
    },
    tui::{
        model::overlays::evidence_preview::ItemPreview,
        screens::entry_remarks,
        text::theme::Theme,
        widgets::list_with_detail::{Row, Whole, at, named},
    },
};
use ratatui::{style::Style, text::Line};

/// The item in full.
pub(super) fn whole(case: &Case, item: &Noted<EvidenceAdded>, theme: Theme, now: Option<Now>) -> Whole {
    let what = &item.what;
    let (plain, quiet) = (Style::new(), theme.quiet());
    let kept =
        if what.copied { "a copy is in the case" } else { "by reference: the case keeps its hash and place only" };
    let modified = what.modified.map(|time| format!("{}, as its system says", full_time(time, now)));
    let mut rows = vec![
        ("About", what.about.clone(), plain),
        ("From", what.source.clone(), plain),
        ("Path", what.origin.clone(), plain),
        ("Step", list::step(case, what.step.as_ref()), plain),
        ("Size", format!("{}, {kept}", exact_size(what.size)), plain),
        ("SHA-256", what.sha256.to_string(), plain),
        ("Own time", modified.unwrap_or_default(), quiet),
        ("Taken in", format!("{}, {}, {}", full_time(item.at, now), named(&item.by), case.cite(&item.entry)), plain),
    ];
    rows.extend(same(case, item).map(|text| ("Same as", text, quiet)));
    rows.extend(case.exports.iter().filter(|export| after(export, item)).map(|export| left(case, item, export, now)));
    rows.extend(entry_remarks::rows(case, &item.entry, theme, now));
    Whole { heading: what.name.clone(), rows }
}

/// The page of an item: all of it, and what its bytes look like.
pub(crate) fn page(
    case: &Case,
    item: &Noted<EvidenceAdded>,
    preview: &ItemPreview,
    theme: Theme,
    now: Option<Now>,
    cells: usize,
) -> Vec<Line<'static>> {
    let mut lines = whole(case, item, theme, now).lines(theme, cells);
    lines.extend(super::preview::lines(preview, &item.what.origin, theme, cells));
    lines
}

/// Other entries of the very same bytes.
fn same(case: &Case, item: &Noted<EvidenceAdded>) -> Option<String> {
    let same = case.evidence.iter().filter(|other| other.what.sha256 == item.what.sha256 && other.entry != item.entry);
    let cites: Vec<String> = same.map(|other| format!("{} {}", case.cite(&other.entry), other.what.name)).collect();
    (!cites.is_empty()).then(|| format!("{}: the same bytes", cites.join(", ")))
}

/// Whether an export was made once the item was in the case.
fn after(export: &Noted<ExportMade>, item: &Noted<EvidenceAdded>) -> bool {
    if export.entry.console == item.entry.console { export.entry.seq > item.entry.seq } else { export.at >= item.at }
}

/// An export that it left with: a bundle takes a copy along, everything else only tells of the item.
fn left(case: &Case, item: &Noted<EvidenceAdded>, export: &Noted<ExportMade>, now: Option<Now>) -> Row {
    let made = &export.what;
    let name = if made.format == "bundle" && item.what.copied { "Left in" } else { "Named in" };
    let by = format!("{}, {}", export.by.label(), case.cite(&export.entry));
    (name, format!("{} {} ({}), {by}", at(export.at, now), made.name, made.format), Style::new())
}
