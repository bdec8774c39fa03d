//! A row of People in full.

use super::list::Row;
use crate::{
    domain::{duty::Duty, event::ContactNoted, person::Person, time::Now, wording::moment::full_time},
    tui::{
        keys::{place::Place, table::Id, ways::Ways},
        model::{Model, open_case::CaseScreen},
        screens::systems::detail::{noted_by, said_of},
        text::theme::Theme,
        widgets::list_with_detail::{self, Whole},
    },
};
use ratatui::style::Style;

/// `lead, Northfield NHS Trust`, or the one of the two that there is.
pub(super) fn of(role: &str, organisation: &str) -> String {
    let parts = [role, organisation];
    parts.into_iter().filter(|part| !part.trim().is_empty()).collect::<Vec<_>>().join(", ")
}

/// The row in full.
pub(super) fn whole(model: &Model, screen: &CaseScreen, row: &Row<'_>) -> Whole {
    let (theme, now, ways) = (model.env.theme, model.env.now, model.ways(Place::People));
    let (plain, quiet) = (Style::new(), theme.quiet());
    match row {
        Row::Person(who) => person(screen, who, theme, now),
        Row::Former(former) => Whole {
            heading: former.person.name.clone(),
            rows: vec![
                ("Role", former.person.role.clone(), plain),
                ("For", former.person.organisation.clone(), plain),
                (
                    "Until",
                    format!("{}, by the handover {}", full_time(former.at, now), screen.case.cite(&former.entry)),
                    plain,
                ),
            ],
        },
        Row::Role(role, book) => Whole {
            heading: role.title.clone(),
            rows: vec![
                ("Does", role.does.clone(), plain),
                ("Of", format!("the playbook {book}"), plain),
                ("Next", format!("{} takes it, for you or for whoever does", ways.key(Id::Join)), quiet),
            ],
        },
        Row::Contact(contact) => {
            let mut rows = said(&contact.what);
            rows.extend(noted_by(&screen.case, contact, theme, now));
            Whole { heading: contact.what.name.clone(), rows }
        }
        Row::Duty(duty) => told(screen, duty, theme, ways),
        Row::Known(known) => {
            let mut rows = said(known);
            let add = ways.key(Id::ContactAdd);
            rows.push(("From", format!("contacts.ron of this installation; {add} takes it into the case"), quiet));
            Whole { heading: known.name.clone(), rows }
        }
    }
}

fn said(contact: &ContactNoted) -> Vec<list_with_detail::Row> {
    let plain = Style::new();
    vec![
        ("Reach", contact.reach.clone(), plain),
        ("Role", contact.role.clone(), plain),
        ("For", contact.organisation.clone(), plain),
        ("About", contact.about.clone(), plain),
    ]
}

fn person(screen: &CaseScreen, who: &Person, theme: Theme, now: Option<Now>) -> Whole {
    let (case, plain) = (&screen.case, Style::new());
    let since = case.joined.get(&who.name);
    let noted = case.contact(&who.name).map(|contact| &contact.what);
    let known = noted.or_else(|| screen.contacts.iter().find(|known| known.name.eq_ignore_ascii_case(&who.name)));
    let mut rows = vec![
        ("Role", who.role.clone(), plain),
        ("For", who.organisation.clone(), plain),
        (
            "Since",
            since.map(|(entry, at)| format!("{}, {}", full_time(*at, now), case.cite(entry))).unwrap_or_default(),
            plain,
        ),
        ("Reach", known.map(|known| known.reach.clone()).unwrap_or_default(), plain),
    ];
    if let Some((entry, _)) = since {
        rows.extend(said_of(case, entry, theme));
    }
    Whole { heading: who.name.clone(), rows }
}

/// Everyone whom a receiver is told about.
fn told(screen: &CaseScreen, duty: &Duty, theme: Theme, ways: Ways<'_>) -> Whole {
    let (plain, quiet) = (Style::new(), theme.quiet());
    let all = screen.case.duties();
    let same = all.iter().filter(|other| (&other.to, &other.reach) == (&duty.to, &duty.reach));
    let titles: Vec<&str> = same.map(|duty| duty.title.as_str()).collect();
    let (clocks, add) = (ways.key(Id::GoClocks), ways.key(Id::ContactAdd));
    let rows = vec![
        ("Reach", duty.reach.clone(), plain),
        ("Duty", titles.join("; "), plain),
        ("Source", format!("{}, read on {}", duty.source, duty.checked_on), quiet),
        ("Next", format!("{clocks} shows the clocks; {add} takes the contact into the case"), quiet),
    ];
    Whole { heading: duty.to.clone(), rows }
}
