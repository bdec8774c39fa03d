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
        keys::{place::Place, table::ActionId},
        model::{Model, open_case::OpenCase},
        text::{
            theme::Theme,
            width::{cut_to, pad_to, width_of},
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
pub(crate) enum SystemRow<'a> {
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
fn list_named(case: &Case) -> Vec<Named<'_>> {
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
fn group_systems(model: &Model, screen: &OpenCase) -> Vec<Group> {
    let (case, ways) = (&screen.case, model.key_names(Place::Systems));
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
        (format!("Named in an answer, not noted yet: {}", ways.key(ActionId::AssetAdd)), list_named(case).len()),
        ("Indicators".to_owned(), case.indicators.len()),
        (format!("Recognised in entries, not taken in yet: {}", ways.key(ActionId::Indicator)), screen.found.len()),
    ];
    let rest = rest.into_iter().map(|(heading, rows)| Group { heading, style: Theme::strong, rows });
    assets.chain(rest).collect()
}

/// Every row, by the groups of [`groups`].
fn list_systems(screen: &OpenCase) -> Vec<SystemRow<'_>> {
    let case = &screen.case;
    let assets = by_state(case).flat_map(|(_, assets)| assets).map(SystemRow::Asset);
    let named = list_named(case).into_iter().map(SystemRow::Named);
    let (noted, found) = (case.indicators.iter().map(SystemRow::Indicator), screen.found.iter().map(SystemRow::Found));
    assets.chain(named).chain(noted).chain(found).collect()
}

/// How many rows there are.
pub(crate) fn count_systems(screen: &OpenCase) -> usize {
    list_systems(screen).len()
}

/// The row with the cursor.
pub(crate) fn find_selected_system(screen: &OpenCase) -> Option<SystemRow<'_>> {
    let mut rows = list_systems(screen);
    let at = screen.row_here().min(rows.len().saturating_sub(1));
    (at < rows.len()).then(|| rows.swap_remove(at))
}

/// The entry of a row.
fn entry_of(row: &SystemRow<'_>) -> EntryId {
    match row {
        SystemRow::Asset(asset) => asset.entry.clone(),
        SystemRow::Named(named) => named.entry.clone(),
        SystemRow::Indicator(found) => found.entry.clone(),
        SystemRow::Found(found) => found.entry.clone(),
    }
}

/// The entry of the row with the cursor.
pub(crate) fn entry_of_selected_system(screen: &OpenCase) -> Option<EntryId> {
    find_selected_system(screen).map(|row| entry_of(&row))
}

/// The row that an entry made or changed.
pub(crate) fn find_system_row(screen: &OpenCase, entry: &EntryId) -> Option<usize> {
    let noted = |row: &SystemRow<'_>| match row {
        SystemRow::Asset(_) | SystemRow::Indicator(_) => true,
        SystemRow::Named(_) | SystemRow::Found(_) => false,
    };
    list_systems(screen).iter().position(|row| noted(row) && entry_of(row) == *entry)
}

/// The row with the cursor in full.
pub(crate) fn detail_of_selected_system(model: &Model, screen: &OpenCase) -> Option<Whole> {
    find_selected_system(screen).map(|row| detail::detail_of_system(model, &screen.case, &row))
}

/// How its rows lie in a place so many rows high.
pub(crate) fn shape_of_systems(model: &Model, screen: &OpenCase, height: usize) -> Shape {
    let (groups, rows) = (group_systems(model, screen), list_systems(screen));
    let at = screen.row_here().min(rows.len().saturating_sub(1));
    Grouped { title: "", groups, at, top: 0, none: &[], key: "" }.shape(height)
}

/// Draws it.
pub(crate) fn draw_systems(model: &Model, screen: &OpenCase, area: Rect, frame: &mut Frame<'_>) {
    let ways = model.key_names(Place::Systems);
    let (add, take, read) = (ways.key(ActionId::AssetAdd), ways.key(ActionId::Indicator), ways.key(ActionId::RowRead));
    let none = [
        format!("Nothing is noted yet. {add} notes a system, an account, a device, a service,"),
        "a site or a network, with how it stands and what hangs on it.".to_owned(),
        format!("{take} notes indicators; those in what is typed are recognised and offered."),
    ];
    let (groups, rows) = (group_systems(model, screen), list_systems(screen));
    let at = screen.row_here().min(rows.len().saturating_sub(1));
    let times = list_with_detail::width_of_times(rows.iter().filter_map(time_of_row), model.env.now);
    let listing =
        Grouped { title: "Systems and indicators", groups, at, top: screen.top_here(), none: &none, key: &read };
    let row = |at: usize, cells: usize| {
        let Some(row) = rows.get(at) else { return Line::default() };
        let time = time_of_row(row).map(|at| list_with_detail::pad_time(at, model.env.now, times)).unwrap_or_default();
        lay_system_row(&screen.case, row, &pad_to(&time, times), model.env.theme, cells)
    };
    listing.draw(model.env.theme, area, frame, row, detail_of_selected_system(model, screen));
}

fn time_of_row(row: &SystemRow<'_>) -> Option<Time> {
    match row {
        SystemRow::Asset(asset) => Some(asset.occurred.unwrap_or(asset.at)),
        SystemRow::Named(named) => Some(named.at),
        SystemRow::Indicator(found) => Some(found.occurred.unwrap_or(found.at)),
        SystemRow::Found(_) => None,
    }
}

/// A row: what it is, what is said of it, and at its end the latest entry and its time.
fn lay_system_row(case: &Case, row: &SystemRow<'_>, time: &str, theme: Theme, cells: usize) -> Line<'static> {
    let (sign, name, kind, care, about, entry) = match row {
        SystemRow::Asset(asset) => {
            let what = &asset.what;
            let care = format!("{} {}", what.importance.sign(), what.importance);
            (what.state.sign(), what.name.clone(), what.kind.to_string(), care, &*what.about, &asset.entry)
        }
        SystemRow::Named(named) => {
            ("○", named.name.to_owned(), kind_of(named).to_string(), String::new(), named.ask, named.entry)
        }
        SystemRow::Indicator(found) => {
            let (what, name) = (&found.what, defang_indicator(found.what.kind, &found.what.value));
            ("›", name, what.kind.to_string(), String::new(), &*what.about, &found.entry)
        }
        SystemRow::Found(found) => {
            ("○", defang_indicator(found.kind, &found.value), found.kind.to_string(), String::new(), "", &found.entry)
        }
    };
    let side = format!(" {} {time} ", pad_to(&case.cite(entry), 4));
    let asset = matches!(row, SystemRow::Asset(_));
    let care_cells = if asset { CARE + 1 } else { 0 };
    let room = cells.saturating_sub(3 + KIND + 2 + care_cells + width_of(&side));
    let name_cells = match row {
        SystemRow::Asset(_) => room * 55 / 100,
        // The trace itself, or its name, is what tells one from the next.
        SystemRow::Named(_) | SystemRow::Indicator(_) | SystemRow::Found(_) => room * 65 / 100,
    };
    let about = cut_to(about, room.saturating_sub(name_cells));
    let mut spans = vec![Span::raw(format!(" {sign} {} {} ", pad_to(&name, name_cells), pad_to(&kind, KIND)))];
    if asset {
        spans.push(Span::raw(format!("{} ", pad_to(&care, CARE))));
    }
    spans.push(Span::styled(pad_to(&about, room.saturating_sub(name_cells)), theme.quiet()));
    spans.push(Span::styled(side, theme.quiet()));
    Line::from(spans)
}
