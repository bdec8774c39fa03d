//! Systems and indicators: assets by how they stand, the worst first; what answers name and nobody has noted; and the
//! traces of the attack, written so that nobody follows them.

use super::detail;
use crate::{
    domain::{
        asset::{AssetKind, AssetState},
        case::{Case, Noted},
        event::{AssetNoted, IndicatorNoted},
        id::EntryId,
        indicator::defang_indicator,
        playbook::answer::Value,
        search::recognised_indicators::Recognised,
        text::fold_name,
        time::Time,
    },
    tui::{
        keys::{place::Place, table::Id},
        model::{Model, open_case::CaseScreen},
        text::{
            theme::Theme,
            width::{cut, pad, width},
        },
        widgets::{
            grouped_list::{Group, Grouped},
            list_with_detail::{self, Whole},
            scroll::Shape,
        },
    },
};
use ratatui::{
    Frame,
    layout::Rect,
    text::{Line, Span},
};
use std::collections::BTreeSet;

/// Cells of the longest kind of asset, and of an indicator.
const KIND: usize = 8;
/// Cells of what hangs on an asset: `●●● life-critical`.
const CARE: usize = 17;

/// Something that an answer names, and that is not noted as an asset.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Named<'a> {
    /// What it is called.
    pub(crate) name: &'a str,
    /// The question's name in the playbook.
    pub(crate) question: &'a str,
    /// The question.
    pub(crate) ask: &'a str,
    /// The entry of the answer.
    pub(crate) entry: &'a EntryId,
    /// When it was given (UTC).
    pub(crate) at: Time,
}

/// A row.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Row<'a> {
    /// An asset.
    Asset(&'a Noted<AssetNoted>),
    /// Named in an answer only.
    Named(Named<'a>),
    /// An indicator.
    Indicator(&'a Noted<IndicatorNoted>),
    /// Recognised in an entry, and not taken in.
    Found(&'a Recognised),
}

/// Words of questions, and what the things are that they ask for.
const ASKED: &[(&[&str], AssetKind)] = &[
    (&["ward", "site", "department", "building"], AssetKind::Site),
    (&["device", "machine", "pump"], AssetKind::Device),
    (&["account", "mailbox", "user"], AssetKind::Account),
    (&["service"], AssetKind::Service),
    (&["network", "segment", "link"], AssetKind::Network),
    (&["system", "server", "application"], AssetKind::System),
];

/// What sort of asset a question's name speaks of; nothing where it asks for people or anything else.
fn asks_for(question: &str) -> Option<AssetKind> {
    let question = question.to_lowercase();
    ASKED.iter().find(|(words, _)| words.iter().any(|word| question.contains(word))).map(|(_, kind)| *kind)
}

/// What sort of asset that probably is.
pub(crate) fn kind_of(named: &Named<'_>) -> AssetKind {
    asks_for(named.question).unwrap_or(AssetKind::System)
}

/// What answers name and nobody has noted, each once.
fn named(case: &Case) -> Vec<Named<'_>> {
    let mut seen: BTreeSet<String> = case.assets.iter().map(|asset| fold_name(&asset.what.name)).collect();
    let mut all: Vec<Named<'_>> = Vec::new();
    for plan in &case.plans {
        for (id, answered) in &plan.answers {
            let (Value::List(things), Some((_, question))) = (&answered.value, plan.question(id)) else { continue };
            if asks_for(id).is_none() {
                continue;
            }
            for name in things {
                if seen.insert(fold_name(name)) {
                    let (entry, at) = (&answered.entry, answered.at);
                    all.push(Named { name, question: id, ask: &question.ask, entry, at });
                }
            }
        }
    }
    all
}

/// The assets of each state, the worst first.
fn by_state(case: &Case) -> impl Iterator<Item = (AssetState, Vec<&Noted<AssetNoted>>)> {
    AssetState::WORST_FIRST.into_iter().map(|state| {
        let mut assets: Vec<_> = case.assets.iter().filter(|asset| asset.what.state == state).collect();
        assets.sort_by_key(|asset| asset.what.importance);
        (state, assets)
    })
}

/// The groups of the rows, some with the key that notes what is in them.
fn groups(model: &Model, screen: &CaseScreen) -> Vec<Group> {
    let (case, ways) = (&screen.case, model.ways(Place::Systems));
    let assets = by_state(case).map(|(state, assets)| {
        let style = match state {
            AssetState::Affected => Theme::alarm,
            AssetState::Suspected => Theme::near,
            AssetState::Unknown
            | AssetState::Isolated
            | AssetState::Cleaned
            | AssetState::Restored
            | AssetState::Unaffected => Theme::strong,
        };
        Group { heading: format!("{} {state}", state.sign()), style, rows: assets.len() }
    });
    let rest = [
        (format!("Named in an answer, not noted yet: {}", ways.key(Id::AssetAdd)), named(case).len()),
        ("Indicators".to_owned(), case.indicators.len()),
        (format!("Recognised in entries, not taken in yet: {}", ways.key(Id::Indicator)), screen.found.len()),
    ];
    let rest = rest.into_iter().map(|(heading, rows)| Group { heading, style: Theme::strong, rows });
    assets.chain(rest).collect()
}

/// Every row, by the groups of [`groups`].
fn rows(screen: &CaseScreen) -> Vec<Row<'_>> {
    let case = &screen.case;
    let assets = by_state(case).flat_map(|(_, assets)| assets).map(Row::Asset);
    let named = named(case).into_iter().map(Row::Named);
    let (noted, found) = (case.indicators.iter().map(Row::Indicator), screen.found.iter().map(Row::Found));
    assets.chain(named).chain(noted).chain(found).collect()
}

/// How many rows there are.
pub(crate) fn len(screen: &CaseScreen) -> usize {
    rows(screen).len()
}

/// The row with the cursor.
pub(crate) fn here(screen: &CaseScreen) -> Option<Row<'_>> {
    let mut rows = rows(screen);
    let at = screen.row_here().min(rows.len().saturating_sub(1));
    (at < rows.len()).then(|| rows.swap_remove(at))
}

/// The entry of a row.
fn entry_of(row: &Row<'_>) -> EntryId {
    match row {
        Row::Asset(asset) => asset.entry.clone(),
        Row::Named(named) => named.entry.clone(),
        Row::Indicator(found) => found.entry.clone(),
        Row::Found(found) => found.entry.clone(),
    }
}

/// The entry of the row with the cursor.
pub(crate) fn entry(screen: &CaseScreen) -> Option<EntryId> {
    here(screen).map(|row| entry_of(&row))
}

/// The row that an entry made or changed.
pub(crate) fn made(screen: &CaseScreen, entry: &EntryId) -> Option<usize> {
    let noted = |row: &Row<'_>| match row {
        Row::Asset(_) | Row::Indicator(_) => true,
        Row::Named(_) | Row::Found(_) => false,
    };
    rows(screen).iter().position(|row| noted(row) && entry_of(row) == *entry)
}

/// The row with the cursor in full.
pub(crate) fn whole(model: &Model, screen: &CaseScreen) -> Option<Whole> {
    here(screen).map(|row| detail::whole(model, &screen.case, &row))
}

/// How its rows lie in a place so many rows high.
pub(crate) fn shape(model: &Model, screen: &CaseScreen, height: usize) -> Shape {
    let (groups, rows) = (groups(model, screen), rows(screen));
    let at = screen.row_here().min(rows.len().saturating_sub(1));
    Grouped { title: "", groups, at, top: 0, none: &[], key: "" }.shape(height)
}

/// Draws it.
pub(crate) fn draw(model: &Model, screen: &CaseScreen, area: Rect, frame: &mut Frame<'_>) {
    let ways = model.ways(Place::Systems);
    let (add, take, read) = (ways.key(Id::AssetAdd), ways.key(Id::Indicator), ways.key(Id::RowRead));
    let none = [
        format!("Nothing is noted yet. {add} notes a system, an account, a device, a service,"),
        "a site or a network, with how it stands and what hangs on it.".to_owned(),
        format!("{take} notes indicators; those in what is typed are recognised and offered."),
    ];
    let (groups, rows) = (groups(model, screen), rows(screen));
    let at = screen.row_here().min(rows.len().saturating_sub(1));
    let times = list_with_detail::wide(rows.iter().filter_map(when), model.env.now);
    let listing =
        Grouped { title: "Systems and indicators", groups, at, top: screen.top_here(), none: &none, key: &read };
    let row = |at: usize, cells: usize| {
        let Some(row) = rows.get(at) else { return Line::default() };
        let time = when(row).map(|at| list_with_detail::time(at, model.env.now, times)).unwrap_or_default();
        line(&screen.case, row, &pad(&time, times), model.env.theme, cells)
    };
    listing.draw(model.env.theme, area, frame, row, whole(model, screen));
}

fn when(row: &Row<'_>) -> Option<Time> {
    match row {
        Row::Asset(asset) => Some(asset.occurred.unwrap_or(asset.at)),
        Row::Named(named) => Some(named.at),
        Row::Indicator(found) => Some(found.occurred.unwrap_or(found.at)),
        Row::Found(_) => None,
    }
}

/// A row: what it is, what is said of it, and at its end the latest entry and its time.
fn line(case: &Case, row: &Row<'_>, time: &str, theme: Theme, cells: usize) -> Line<'static> {
    let (sign, name, kind, care, about, entry) = match row {
        Row::Asset(asset) => {
            let what = &asset.what;
            let care = format!("{} {}", what.importance.sign(), what.importance);
            (what.state.sign(), what.name.clone(), what.kind.to_string(), care, &*what.about, &asset.entry)
        }
        Row::Named(named) => {
            ("○", named.name.to_owned(), kind_of(named).to_string(), String::new(), named.ask, named.entry)
        }
        Row::Indicator(found) => {
            let (what, name) = (&found.what, defang_indicator(found.what.kind, &found.what.value));
            ("›", name, what.kind.to_string(), String::new(), &*what.about, &found.entry)
        }
        Row::Found(found) => {
            ("○", defang_indicator(found.kind, &found.value), found.kind.to_string(), String::new(), "", &found.entry)
        }
    };
    let side = format!(" {} {time} ", pad(&case.cite(entry), 4));
    let asset = matches!(row, Row::Asset(_));
    let care_cells = if asset { CARE + 1 } else { 0 };
    let room = cells.saturating_sub(3 + KIND + 2 + care_cells + width(&side));
    let name_cells = match row {
        Row::Asset(_) => room * 55 / 100,
        // The trace itself, or its name, is what tells one from the next.
        Row::Named(_) | Row::Indicator(_) | Row::Found(_) => room * 65 / 100,
    };
    let about = cut(about, room.saturating_sub(name_cells));
    let mut spans = vec![Span::raw(format!(" {sign} {} {} ", pad(&name, name_cells), pad(&kind, KIND)))];
    if asset {
        spans.push(Span::raw(format!("{} ", pad(&care, CARE))));
    }
    spans.push(Span::styled(pad(&about, room.saturating_sub(name_cells)), theme.quiet()));
    spans.push(Span::styled(side, theme.quiet()));
    Line::from(spans)
}
