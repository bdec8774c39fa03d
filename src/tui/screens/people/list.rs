//! People: who takes part in which role, which roles nobody has taken, and how to reach whom without a network.

use super::detail;
use crate::{
    domain::{
        case::{Case, Noted, actors::Former},
        duty::Duty,
        event::ContactNoted,
        id::EntryId,
        person::Person,
        playbook::Role,
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

/// A row.
#[derive(Clone, Copy, Debug)]
pub(crate) enum PersonRow<'a> {
    /// Someone who takes part.
    Person(&'a Person),
    /// Someone whose part ended with a handover.
    Former(&'a Former),
    /// A role that nobody has taken, and the playbook that has it.
    Role(&'a Role, &'a str),
    /// A contact of the case.
    Contact(&'a Noted<ContactNoted>),
    /// To whom a duty is told.
    Duty(&'a Duty),
    /// A contact of the organisation.
    Known(&'a ContactNoted),
}

/// Whether someone has a role: as the playbook names it, or in words that hold its title.
fn is_role_taken(case: &Case, role: &Role) -> bool {
    let (id, title) = (role.id.to_lowercase(), role.title.trim().to_lowercase());
    case.people
        .iter()
        .map(|person| person.role.trim().to_lowercase())
        .any(|has| has == id || has == title || (!title.is_empty() && has.contains(&title)))
}

/// Roles of the playbooks that nobody has taken, each once.
fn list_free_roles(case: &Case) -> Vec<PersonRow<'_>> {
    let mut free: Vec<(&Role, &str)> = Vec::new();
    for plan in &case.plans {
        for role in plan.playbook.roles.iter().filter(|role| !is_role_taken(case, role)) {
            if !free.iter().any(|(known, _)| known.title.eq_ignore_ascii_case(&role.title)) {
                free.push((role, &plan.playbook.title));
            }
        }
    }
    free.into_iter().map(|(role, book)| PersonRow::Role(role, book)).collect()
}

/// Those to whom the duties of the case are told, each once, that can be reached somehow.
fn list_receivers(case: &Case) -> Vec<PersonRow<'_>> {
    let mut told: Vec<&Duty> = Vec::new();
    for duty in case.duties() {
        let same = |known: &&Duty| (&known.to, &known.reach) == (&duty.to, &duty.reach);
        if !duty.to.trim().is_empty() && !told.iter().any(same) {
            told.push(duty);
        }
    }
    told.into_iter().map(PersonRow::Duty).collect()
}

/// Every row, by the groups of [`groups`].
fn sort_people(screen: &OpenCase) -> [Vec<PersonRow<'_>>; 6] {
    let case = &screen.case;
    let known = screen.contacts.iter().filter(|known| case.contact(&known.name).is_none());
    [
        case.people.iter().map(PersonRow::Person).collect(),
        case.former().iter().map(PersonRow::Former).collect(),
        list_free_roles(case),
        case.contacts.iter().map(PersonRow::Contact).collect(),
        list_receivers(case),
        known.map(PersonRow::Known).collect(),
    ]
}

/// The groups of the rows, some with the key that adds to them.
fn group_people(model: &Model, screen: &OpenCase) -> Vec<Group> {
    let ways = model.key_names(Place::People);
    let headings = [
        "Take part".to_owned(),
        "Took part before a handover".to_owned(),
        format!("Roles that nobody has taken: {}", ways.key(ActionId::Join)),
        format!("Contacts of this case: {} adds one", ways.key(ActionId::ContactAdd)),
        "To be told, by the duties".to_owned(),
        "Contacts of the organisation".to_owned(),
    ];
    let sorted = headings.into_iter().zip(sort_people(screen));
    sorted.map(|(heading, rows)| Group { heading, style: Theme::strong, rows: rows.len() }).collect()
}

/// Every row.
fn list_people(screen: &OpenCase) -> Vec<PersonRow<'_>> {
    sort_people(screen).into_iter().flatten().collect()
}

/// How many there are.
pub(crate) fn count_people(screen: &OpenCase) -> usize {
    list_people(screen).len()
}

/// The row with the cursor.
pub(crate) fn find_selected_row(screen: &OpenCase) -> Option<PersonRow<'_>> {
    let rows = list_people(screen);
    rows.get(screen.row_here().min(rows.len().saturating_sub(1))).copied()
}

/// The entry of the row with the cursor, where it has one.
pub(crate) fn entry_of_selected(screen: &OpenCase) -> Option<EntryId> {
    match find_selected_row(screen)? {
        PersonRow::Person(person) => screen.case.joined.get(&person.name).map(|(entry, _)| entry.clone()),
        PersonRow::Former(former) => Some(former.entry.clone()),
        PersonRow::Contact(contact) => Some(contact.entry.clone()),
        PersonRow::Role(..) | PersonRow::Duty(_) | PersonRow::Known(_) => None,
    }
}

/// The row that an entry made or changed.
pub(crate) fn find_row_of_entry(screen: &OpenCase, entry: &EntryId) -> Option<usize> {
    list_people(screen).iter().position(|row| matches!(row, PersonRow::Contact(contact) if contact.entry == *entry))
}

/// The row with the cursor in full.
pub(crate) fn detail_of_selected(model: &Model, screen: &OpenCase) -> Option<Whole> {
    find_selected_row(screen).map(|row| detail::detail_of_row(model, screen, &row))
}

/// How its rows lie in a place so many rows high.
pub(crate) fn shape_of_people(model: &Model, screen: &OpenCase, height: usize) -> Shape {
    let (groups, rows) = (group_people(model, screen), list_people(screen));
    let at = screen.row_here().min(rows.len().saturating_sub(1));
    // The fault of the contacts has a line above.
    let height = height.saturating_sub(usize::from(model.env.contacts_fault.is_some()));
    Grouped { title: "", groups, at, top: 0, none: &[], key: "" }.shape(height)
}

/// Draws it.
pub(crate) fn draw_people(model: &Model, screen: &OpenCase, area: Rect, frame: &mut Frame<'_>) {
    let ways = model.key_names(Place::People);
    let (join, add, read) = (ways.key(ActionId::Join), ways.key(ActionId::ContactAdd), ways.key(ActionId::RowRead));
    let none = [format!("Nobody has joined yet. {join} takes a role; {add} adds a contact.")];
    let (groups, rows) = (group_people(model, screen), list_people(screen));
    let at = screen.row_here().min(rows.len().saturating_sub(1));
    let mut area = area;
    if let Some(fault) = &model.env.contacts_fault {
        let text = cut_to(&format!(" ! {}", fault.what), usize::from(area.width));
        let top = Rect { height: area.height.min(1), ..area };
        frame.render_widget(Line::styled(text, model.env.theme.near()), top);
        area = Rect { y: area.y + top.height, height: area.height - top.height, ..area };
    }
    let joined = rows.iter().filter_map(|row| match row {
        PersonRow::Person(person) => screen.case.joined.get(&person.name).map(|(_, at)| *at),
        PersonRow::Former(former) => Some(former.at),
        PersonRow::Role(..) | PersonRow::Contact(_) | PersonRow::Duty(_) | PersonRow::Known(_) => None,
    });
    let times = list_with_detail::width_of_times(joined, model.env.now);
    let listing = Grouped { title: "People", groups, at, top: screen.top_here(), none: &none, key: &read };
    let sides: Vec<String> = rows.iter().map(|row| word_row_end(model, screen, row, times)).collect();
    // How someone is reached is what one looks for: it has what it needs, up to two fifths.
    let most = usize::from(area.width) * 2 / 5;
    let wide = sides.iter().map(|side| width_of(&cut_to(side, most))).max().unwrap_or(0);
    let row = |at: usize, cells: usize| {
        let Some((row, side)) = rows.get(at).zip(sides.get(at)) else { return Line::default() };
        lay_person_row(model, screen, row, (side, wide), cells)
    };
    listing.draw(model.env.theme, area, frame, row, detail_of_selected(model, screen));
}

/// What stands at the end of a row: since when, or how they are reached.
fn word_row_end(model: &Model, screen: &OpenCase, row: &PersonRow<'_>, times: usize) -> String {
    match row {
        PersonRow::Person(who) => screen.case.joined.get(&who.name).map_or_else(String::new, |(entry, at)| {
            format!("since {} {}", list_with_detail::pad_time(*at, model.env.now, times), screen.case.cite(entry))
        }),
        PersonRow::Former(former) => {
            format!(
                "until {} {}",
                list_with_detail::pad_time(former.at, model.env.now, times),
                screen.case.cite(&former.entry)
            )
        }
        PersonRow::Role(..) => "nobody yet".into(),
        PersonRow::Contact(contact) => contact.what.reach.clone(),
        PersonRow::Duty(duty) => duty.reach.clone(),
        PersonRow::Known(known) => known.reach.clone(),
    }
}

/// A row: who, in which role and for whom, and its end in so many cells.
fn lay_person_row(
    model: &Model,
    screen: &OpenCase,
    row: &PersonRow<'_>,
    side: (&str, usize),
    cells: usize,
) -> Line<'static> {
    let (sign, name, what) = match row {
        PersonRow::Person(who) => {
            let you = if who.name == screen.responder.name { " (you)" } else { "" };
            ("●", format!("{}{you}", who.name), detail::join_role(&who.role, &who.organisation))
        }
        PersonRow::Former(former) => {
            let who = &former.person;
            ("–", who.name.clone(), detail::join_role(&who.role, &who.organisation))
        }
        PersonRow::Role(role, book) => ("○", role.title.clone(), (*book).to_owned()),
        PersonRow::Contact(contact) => {
            let what = &contact.what;
            ("●", what.name.clone(), detail::join_role(&what.role, &what.organisation))
        }
        PersonRow::Duty(duty) => ("›", duty.to.clone(), duty.title.clone()),
        PersonRow::Known(known) => ("›", known.name.clone(), detail::join_role(&known.role, &known.organisation)),
    };
    let (text, side_cells) = side;
    let rest = cells.saturating_sub(6 + side_cells);
    let name_cells = rest * 45 / 100;
    let what_cells = rest.saturating_sub(name_cells);
    Line::from(vec![
        Span::raw(format!(" {sign} {} ", pad_to(&name, name_cells))),
        Span::styled(format!("{} ", pad_to(&what, what_cells)), model.env.theme.quiet()),
        Span::raw(format!("{} ", pad_to(text, side_cells))),
    ])
}
