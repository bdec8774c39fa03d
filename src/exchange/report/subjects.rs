//! What the incident is about, in a report: what it means for patients, follow-ups, the state of assets, indicators and
//! contacts. Every string is safe text; every indicator is defanged, so that nobody follows it.

use super::{
    offset::Offsets,
    text::{Moment, format_moment, safe_line, safe_paragraph},
};
use crate::domain::{
    case::{Case, Noted},
    event,
    indicator::defang_indicator,
};
use serde::Serialize;

/// All of it, as of the last entry.
#[derive(Debug, Serialize)]
pub(super) struct Subjects {
    pub(super) impact: Option<SaidRow>,
    pub(super) follow_ups: Vec<FollowUpRow>,
    pub(super) assets: Vec<AssetRow>,
    pub(super) indicators: Vec<IndicatorRow>,
    pub(super) contacts: Vec<ContactRow>,
}

/// Where something stands in the log, who said it, and what.
#[derive(Debug, Serialize)]
pub(super) struct SaidRow {
    pub(super) cite: String,
    pub(super) who: String,
    pub(super) at: Moment,
    pub(super) text: String,
}

/// An entry that is flagged for follow-up.
#[derive(Debug, Serialize)]
pub(super) struct FollowUpRow {
    /// The entry that is marked.
    pub(super) entry: String,
    pub(super) said: SaidRow,
}

/// A system, account or other asset with its state.
#[derive(Debug, Serialize)]
pub(super) struct AssetRow {
    pub(super) name: String,
    pub(super) kind: &'static str,
    pub(super) importance: &'static str,
    pub(super) state: &'static str,
    pub(super) said: SaidRow,
}

/// An indicator of compromise, defanged.
#[derive(Debug, Serialize)]
pub(super) struct IndicatorRow {
    pub(super) kind: &'static str,
    pub(super) value: String,
    pub(super) source: String,
    pub(super) said: SaidRow,
}

/// Someone who can be reached.
#[derive(Debug, Serialize)]
pub(super) struct ContactRow {
    pub(super) name: String,
    pub(super) role: String,
    pub(super) organisation: String,
    pub(super) reach: String,
    pub(super) said: SaidRow,
}

impl Subjects {
    /// Reads it from a case, with local times as its entries have them.
    pub(super) fn of(case: &Case, offsets: &Offsets) -> Self {
        let follow_up = |mark: &Noted<event::FollowUpSet>| FollowUpRow {
            entry: case.cite(&mark.what.entry),
            said: said_row(case, offsets, mark, &mark.what.why),
        };
        let asset = |asset: &Noted<event::AssetNoted>| AssetRow {
            name: safe_line(&asset.what.name),
            kind: asset.what.kind.word(),
            importance: asset.what.importance.word(),
            state: asset.what.state.word(),
            said: said_row(case, offsets, asset, &asset.what.about),
        };
        let indicator = |found: &Noted<event::IndicatorNoted>| IndicatorRow {
            kind: found.what.kind.word(),
            value: safe_line(&defang_indicator(found.what.kind, &found.what.value)),
            source: safe_line(&found.what.source),
            said: said_row(case, offsets, found, &found.what.about),
        };
        let contact = |contact: &Noted<event::ContactNoted>| ContactRow {
            name: safe_line(&contact.what.name),
            role: safe_line(&contact.what.role),
            organisation: safe_line(&contact.what.organisation),
            reach: safe_line(&contact.what.reach),
            said: said_row(case, offsets, contact, &contact.what.about),
        };
        Self {
            impact: case.impact.as_ref().map(|impact| said_row(case, offsets, impact, &impact.what.text)),
            follow_ups: case.follow_ups.values().map(follow_up).collect(),
            assets: case.assets.iter().map(asset).collect(),
            indicators: case.indicators.iter().map(indicator).collect(),
            contacts: case.contacts.iter().map(contact).collect(),
        }
    }
}

/// Who noted it, when, and `text`.
fn said_row<T>(case: &Case, offsets: &Offsets, noted: &Noted<T>, text: &str) -> SaidRow {
    let at = noted.happened();
    let at = format_moment(at, offsets.offset_of_entry(&noted.entry.console, at));
    SaidRow { cite: case.cite(&noted.entry), who: safe_line(&noted.by.label()), at, text: safe_paragraph(text) }
}

#[cfg(test)]
mod tests {
    use crate::{
        domain::{
            asset::{AssetKind, AssetState, Importance},
            decide::{Command, CountersignDecision, MarkEntry, StateImpact},
            event::{AssetNoted, ContactNoted, IndicatorNoted},
            indicator::IndicatorKind,
            person::Person,
        },
        exchange::{
            report::{html, markdown},
            sample,
        },
        store::snapshot::Snapshot,
    };

    /// The hospital's night, with all of the picture.
    fn night() -> Snapshot {
        let by = Person::named("A. Osei");
        let mut scene = sample::Scene::of(sample::hospital());
        let (name, about) = ("PACS".to_owned(), "cut off by hand".to_owned());
        let (kind, importance, state) = (AssetKind::System, Importance::Clinical, AssetState::Isolated);
        scene.does(&by, None, &Command::NoteAsset(AssetNoted { name, kind, importance, state, about }));
        let (kind, value) = (IndicatorKind::Url, "http://evil.example/a".into());
        let (about, source) = ("in the mail".into(), "mail gateway".into());
        scene.does(&by, None, &Command::NoteIndicator(IndicatorNoted { kind, value, about, source }));
        let (name, role) = ("R. Khan".into(), "supplier on-call".into());
        let (organisation, reach, about) = ("PACS Ltd".into(), "bleep 456".into(), String::new());
        scene.does(&by, None, &Command::NoteContact(ContactNoted { name, role, organisation, reach, about }));
        scene.does(&by, None, &Command::StateImpact(StateImpact { text: "No images in theatres".into() }));
        let made = scene.decisions()[0].clone();
        let (person, means, words) = (Person::named("S. Quill"), "telephone".into(), "yes".into());
        let sign = Command::Countersign(CountersignDecision {
            entry: made.entry.clone(),
            hash: made.hash,
            person,
            means,
            words,
        });
        scene.does(&by, None, &sign);
        let why = "ring the supplier".into();
        scene.does(&by, None, &Command::FollowUp(MarkEntry { entry: made.entry, hash: made.hash, on: true, why }));
        scene.snapshot()
    }

    #[test]
    fn both_reports_show_the_picture_and_no_address_that_can_be_followed() {
        let (empty, whole) = (sample::hospital(), night());
        let heads =
            ["What it means for patients", "Systems and accounts", "Indicators", "Contacts", "To be looked at again"];
        let pages = [
            (html::render_html(&empty).unwrap(), html::render_html(&whole).unwrap()),
            (markdown::render_markdown(&empty), markdown::render_markdown(&whole).replace('\\', "")),
        ];
        for (before, after) in pages {
            // The log, which tells all of it too, begins after these.
            let place = |head: &str| {
                ["h2", "h3", "caption"]
                    .iter()
                    .find_map(|tag| after.find(&format!(">{head}</{tag}>")))
                    .or_else(|| after.find(&format!("# {head}")))
            };
            for head in heads {
                assert!(!before.contains(&format!(">{head}<")) && !before.contains(&format!("# {head}")), "{head}");
                assert!(place(head).is_some(), "{head} is missing");
            }
            let between = |head: &str, wanted: &[&str]| {
                let from = &after[place(head).unwrap()..];
                let section = from[4..].split("<h2").next().unwrap().split("\n## ").next().unwrap();
                wanted.iter().for_each(|wanted| assert!(section.contains(wanted), "{wanted} in {section}"));
            };
            between("What it means for patients", &["No images in theatres", "A. Osei"]);
            between("Systems and accounts", &["PACS", "system", "clinical", "isolated", "cut off by hand"]);
            between("Indicators", &["hxxp", "evil[.]example", "in the mail", "mail gateway"]);
            between("Contacts", &["R. Khan", "supplier on-call", "PACS Ltd", "bleep 456"]);
            between("To be looked at again", &["ring the supplier"]);
            between("Decisions", &["onfirmed by", "S. Quill"]);
            assert!(!after.contains("evil.example"), "it can be followed");
        }
    }
}
