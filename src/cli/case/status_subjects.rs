//! Assets, indicators, contacts, patients and follow-ups in the answer of `carecert status`.

use crate::domain::{
    case::{Case, Noted},
    event,
    indicator::defang_indicator,
    person::Person,
    text::make_safe,
    time::Time,
};
use serde::Serialize;

/// An event with its citation, who logged it and when (UTC).
#[derive(Serialize)]
pub(super) struct SubjectRow<T> {
    entry: String,
    by: Person,
    at: Time,
    #[serde(flatten)]
    what: T,
}

#[derive(Serialize)]
pub(super) struct FollowUp {
    /// The entry that is to be looked at again.
    marked: String,
    why: String,
}

#[derive(Serialize)]
pub(super) struct Indicator {
    #[serde(flatten)]
    found: event::IndicatorNoted,
    defanged: String,
}

fn row_of_noted<T, U>(case: &Case, noted: &Noted<T>, what: U) -> SubjectRow<U> {
    SubjectRow { entry: case.cite(&noted.entry), by: noted.by.clone(), at: noted.at, what }
}

pub(super) fn follow_up_rows(case: &Case) -> Vec<SubjectRow<FollowUp>> {
    let of =
        |mark: &Noted<event::FollowUpSet>| FollowUp { marked: case.cite(&mark.what.entry), why: mark.what.why.clone() };
    case.follow_ups.values().map(|mark| row_of_noted(case, mark, of(mark))).collect()
}

pub(super) fn asset_rows(case: &Case) -> Vec<SubjectRow<event::AssetNoted>> {
    case.assets.iter().map(|asset| row_of_noted(case, asset, asset.what.clone())).collect()
}

pub(super) fn indicator_rows(case: &Case) -> Vec<SubjectRow<Indicator>> {
    let of = |found: &event::IndicatorNoted| Indicator {
        found: found.clone(),
        defanged: defang_indicator(found.kind, &found.value),
    };
    case.indicators.iter().map(|found| row_of_noted(case, found, of(&found.what))).collect()
}

pub(super) fn contact_rows(case: &Case) -> Vec<SubjectRow<event::ContactNoted>> {
    case.contacts.iter().map(|contact| row_of_noted(case, contact, contact.what.clone())).collect()
}

pub(super) fn impact_row(case: &Case) -> Option<SubjectRow<event::ImpactStated>> {
    case.impact.as_ref().map(|impact| row_of_noted(case, impact, impact.what.clone()))
}

/// The same in lines: patients, assets and what is to be looked at again.
pub(super) fn subject_lines(case: &Case) -> Vec<String> {
    let mut lines = Vec::new();
    if let Some(impact) = &case.impact {
        let (text, by, cite) = (make_safe(&impact.what.text), make_safe(&impact.by.name), case.cite(&impact.entry));
        lines.push(format!("\npatients: {text} ({by}, {cite})"));
    }
    if !case.assets.is_empty() {
        lines.push("\nassets".to_owned());
    }
    for asset in &case.assets {
        let event::AssetNoted { name, kind, importance, state, .. } = &asset.what;
        let cite = case.cite(&asset.entry);
        lines.push(format!("  {:<12} {} ({kind}, importance {importance}, {cite})", state.word(), make_safe(name)));
    }
    if !case.follow_ups.is_empty() {
        lines.push("\nto be looked at again".to_owned());
    }
    for mark in case.follow_ups.values() {
        lines.push(format!("  {:<12} {}", case.cite(&mark.what.entry), make_safe(&mark.what.why)));
    }
    lines
}
