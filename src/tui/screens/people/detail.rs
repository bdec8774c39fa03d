//! A row of People in full.

use super::list::PersonRow;
use crate::{
    domain::{duty::Duty, event::ContactNoted, person::Person, time::Now, wording::moment::full_time},
    tui::{
        keys::{place::Place, table::ActionId, ways::KeyNames},
        model::{Model, open_case::OpenCase},
        screens::systems::detail::{noted_by, said_of},
        text::theme::Theme,
        widgets::list_with_detail::{self, Whole},
    },
};
use ratatui::style::Style;

/// `lead, Northfield NHS Trust`, or the one of the two that there is.
pub(super) fn join_role(role: &str, organisation: &str) -> String {
    let parts = [role, organisation];
    parts.into_iter().filter(|part| !part.trim().is_empty()).collect::<Vec<_>>().join(", ")
}

/// The row in full.
pub(super) fn detail_of_row(model: &Model, screen: &OpenCase, row: &PersonRow<'_>) -> Whole {
    let (theme, now, ways) = (model.env.theme, model.env.now, model.key_names(Place::People));
    let (plain, quiet) = (Style::new(), theme.quiet());
    match row {
        PersonRow::Person(who) => detail_of_person(screen, who, theme, now),
        PersonRow::Former(former) => Whole {
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
        PersonRow::Role(role, book) => Whole {
            heading: role.title.clone(),
            rows: vec![
                ("Does", role.does.clone(), plain),
                ("Of", format!("the playbook {book}"), plain),
                ("Next", format!("{} takes it, for you or for whoever does", ways.key(ActionId::Join)), quiet),
            ],
        },
        PersonRow::Contact(contact) => {
            let mut rows = rows_of_contact(&contact.what);
            rows.extend(noted_by(&screen.case, contact, theme, now));
            Whole { heading: contact.what.name.clone(), rows }
        }
        PersonRow::Duty(duty) => detail_of_receiver(screen, duty, theme, ways),
        PersonRow::Known(known) => {
            let mut rows = rows_of_contact(known);
            let add = ways.key(ActionId::ContactAdd);
            rows.push(("From", format!("contacts.ron of this installation; {add} takes it into the case"), quiet));
            Whole { heading: known.name.clone(), rows }
        }
    }
}

fn rows_of_contact(contact: &ContactNoted) -> Vec<list_with_detail::DetailLine> {
    let plain = Style::new();
    vec![
        ("Reach", contact.reach.clone(), plain),
        ("Role", contact.role.clone(), plain),
        ("For", contact.organisation.clone(), plain),
        ("About", contact.about.clone(), plain),
    ]
}

fn detail_of_person(screen: &OpenCase, who: &Person, theme: Theme, now: Option<Now>) -> Whole {
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
fn detail_of_receiver(screen: &OpenCase, duty: &Duty, theme: Theme, ways: KeyNames<'_>) -> Whole {
    let (plain, quiet) = (Style::new(), theme.quiet());
    let all = screen.case.duties();
    let same = all.iter().filter(|other| (&other.to, &other.reach) == (&duty.to, &duty.reach));
    let titles: Vec<&str> = same.map(|duty| duty.title.as_str()).collect();
    let (clocks, add) = (ways.key(ActionId::GoClocks), ways.key(ActionId::ContactAdd));
    let rows = vec![
        ("Reach", duty.reach.clone(), plain),
        ("Duty", titles.join("; "), plain),
        ("Source", format!("{}, read on {}", duty.source, duty.checked_on), quiet),
        ("Next", format!("{clocks} shows the clocks; {add} takes the contact into the case"), quiet),
    ];
    Whole { heading: duty.to.clone(), rows }
}
