//! A row of Systems in full.

use super::list::{Named, SystemRow, kind_of};
use crate::{
    domain::{
        case::{Case, Noted},
        event::{AssetNoted, IndicatorNoted},
        id::EntryId,
        indicator::defang_indicator,
        search::recognised_indicators::Recognised,
        time::Now,
    },
    tui::{
        keys::{place::Place, table::ActionId, ways::KeyNames},
        model::Model,
        screens::entry_remarks,
        text::theme::Theme,
        widgets::list_with_detail::{self, Whole},
    },
};
use ratatui::style::Style;

/// The row in full.
pub(super) fn detail_of_system(model: &Model, case: &Case, row: &SystemRow<'_>) -> Whole {
    let (theme, now, ways) = (model.env.theme, model.env.now, model.key_names(Place::Systems));
    match row {
        SystemRow::Asset(asset) => detail_of_asset(case, asset, theme, now),
        SystemRow::Named(named) => from_answer(case, named, theme, ways),
        SystemRow::Indicator(found) => detail_of_indicator(case, found, theme, now),
        SystemRow::Found(found) => detail_of_recognised(case, found, theme, ways),
    }
}

/// Who noted it and when; when it happened, where that is another moment; what was corrected and what is to be done.
pub(crate) fn noted_by<T>(
    case: &Case,
    entry: &Noted<T>,
    theme: Theme,
    now: Option<Now>,
) -> Vec<list_with_detail::DetailLine> {
    entry_remarks::rows_of_logging("Noted", case, entry, now)
        .into_iter()
        .chain(said_of(case, &entry.entry, theme))
        .collect()
}

/// What was said of an entry afterwards.
pub(crate) fn said_of(case: &Case, entry: &EntryId, theme: Theme) -> Vec<list_with_detail::DetailLine> {
    let mark = case.follow_ups.get(entry).map(|mark| ("Follow up", mark.what.why.clone(), theme.near()));
    let fixes = case.corrections.get(entry).into_iter().flatten();
    let fixes = fixes.map(|fix| {
        let by = format!("{}, {}", case.cite(&fix.entry), fix.by.label());
        ("Corrected", format!("by {by}: {} (because: {})", fix.what.text, fix.what.why), theme.near())
    });
    fixes.chain(mark).collect()
}

fn detail_of_asset(case: &Case, asset: &Noted<AssetNoted>, theme: Theme, now: Option<Now>) -> Whole {
    let (what, plain) = (&asset.what, Style::new());
    let mut rows = vec![
        ("State", format!("{} {}: {}", what.state.sign(), what.state, what.state.meaning()), plain),
        ("Care", format!("{} {}: {}", what.importance.sign(), what.importance, what.importance.meaning()), plain),
        ("Kind", what.kind.to_string(), plain),
        ("About", what.about.clone(), plain),
    ];
    rows.extend(noted_by(case, asset, theme, now));
    Whole { heading: what.name.clone(), rows }
}

fn from_answer(case: &Case, named: &Named<'_>, theme: Theme, ways: KeyNames<'_>) -> Whole {
    let text = format!("in the answer to “{}” ({})", named.ask, case.cite(named.entry));
    let (here, add) = (ways.key(ActionId::AssetDo), ways.key(ActionId::AssetAdd));
    let next = format!("{here} or {add} notes it as a {}: how it stands and what hangs on it", kind_of(named));
    Whole { heading: named.name.to_owned(), rows: vec![("Named", text, Style::new()), ("Next", next, theme.quiet())] }
}

fn detail_of_indicator(case: &Case, found: &Noted<IndicatorNoted>, theme: Theme, now: Option<Now>) -> Whole {
    let (what, plain) = (&found.what, Style::new());
    let mut rows = vec![
        ("Kind", what.kind.to_string(), plain),
        ("About", what.about.clone(), plain),
        ("Source", what.source.clone(), plain),
    ];
    rows.extend(noted_by(case, found, theme, now));
    rows.push(("Written", "so that nothing makes a link of it; it is kept as found".into(), theme.quiet()));
    Whole { heading: defang_indicator(what.kind, &what.value), rows }
}

fn detail_of_recognised(case: &Case, found: &Recognised, theme: Theme, ways: KeyNames<'_>) -> Whole {
    let text = format!("in {}", case.cite(&found.entry));
    let rows = vec![
        ("Kind", found.kind.to_string(), Style::new()),
        ("Stands", text, Style::new()),
        ("Next", format!("{} takes it in, with the others or without", ways.key(ActionId::Indicator)), theme.quiet()),
    ];
    Whole { heading: defang_indicator(found.kind, &found.value), rows }
}
