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

/// A row.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Row<'a> {
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
fn taken(case: &Case, role: &Role) -> bool {
    let (id, title) = (role.id.to_lowercase(), role.title.trim().to_lowercase());
    case.people
        .iter()
        .map(|person| person.role.trim().to_lowercase())
        .any(|has| has == id || has == title || (!title.is_empty() && has.contains(&title)))
}

/// Roles of the playbooks that nobody has taken, each once.
fn free(case: &Case) -> Vec<Row<'_>> {
    let mut free: Vec<(&Role, &str)> = Vec::new();
    for plan in &case.plans {
        for role in plan.playbook.roles.iter().filter(|role| !taken(case, role)) {
            if !free.iter().any(|(known, _)| known.title.eq_ignore_ascii_case(&role.title)) {
                free.push((role, &plan.playbook.title));
            }
        }
    }
    free.into_iter().map(|(role, book)| Row::Role(role, book)).collect()
}

/// Those to whom the duties of the case are told, each once, that can be reached somehow.
fn told(case: &Case) -> Vec<Row<'_>> {
    let mut told: Vec<&Duty> = Vec::new();
    for duty in case.duties() {
        let same = |known: &&Duty| (&known.to, &known.reach) == (&duty.to, &duty.reach);
        if !duty.to.trim().is_empty() && !told.iter().any(same) {
            told.push(duty);
        }
    }
    told.into_iter().map(Row::Duty).collect()
}

/// Every row, by the groups of [`groups`].
fn sorted(screen: &CaseScreen) -> [Vec<Row<'_>>; 6] {
    let case = &screen.case;
    let known = screen.contacts.iter().filter(|known| case.contact(&known.name).is_none());
    [
        case.people.iter().map(Row::Person).collect(),
        case.former().iter().map(Row::Former).collect(),
        free(case),
        case.contacts.iter().map(Row::Contact).collect(),
        told(case),
        known.map(Row::Known).collect(),
    ]
}

/// The groups of the rows, some with the key that adds to them.
fn groups(model: &Model, screen: &CaseScreen) -> Vec<Group> {
    let ways = model.ways(Place::People);
    let headings = [
        "Take part".to_owned(),
        "Took part before a handover".to_owned(),
        format!("Roles that nobody has taken: {}", ways.key(Id::Join)),
        format!("Contacts of this case: {} adds one", ways.key(Id::ContactAdd)),
        "To be told, by the duties".to_owned(),
        "Contacts of the organisation".to_owned(),
    ];
    let sorted = headings.into_iter().zip(sorted(screen));
    sorted.map(|(heading, rows)| Group { heading, style: Theme::strong, rows: rows.len() }).collect()
}

/// Every row.
fn rows(screen: &CaseScreen) -> Vec<Row<'_>> {
    sorted(screen).into_iter().flatten().collect()
}

/// How many there are.
pub(crate) fn len(screen: &CaseScreen) -> usize {
    rows(screen).len()
}

/// The row with the cursor.
pub(crate) fn here(screen: &CaseScreen) -> Option<Row<'_>> {
    let rows = rows(screen);
    rows.get(screen.row_here().min(rows.len().saturating_sub(1))).copied()
}

/// The entry of the row with the cursor, where it has one.
pub(crate) fn entry(screen: &CaseScreen) -> Option<EntryId> {
    match here(screen)? {
        Row::Person(person) => screen.case.joined.get(&person.name).map(|(entry, _)| entry.clone()),
        Row::Former(former) => Some(former.entry.clone()),
        Row::Contact(contact) => Some(contact.entry.clone()),
        Row::Role(..) | Row::Duty(_) | Row::Known(_) => None,
    }
}

/// The row that an entry made or changed.
pub(crate) fn made(screen: &CaseScreen, entry: &EntryId) -> Option<usize> {
    rows(screen).iter().position(|row| matches!(row, Row::Contact(contact) if contact.entry == *entry))
}

/// The row with the cursor in full.
pub(crate) fn whole(model: &Model, screen: &CaseScreen) -> Option<Whole> {
    here(screen).map(|row| detail::whole(model, screen, &row))
}

/// How its rows lie in a place so many rows high.
pub(crate) fn shape(model: &Model, screen: &CaseScreen, height: usize) -> Shape {
    let (groups, rows) = (groups(model, screen), rows(screen));
    let at = screen.row_here().min(rows.len().saturating_sub(1));
    // The fault of the contacts has a line above.
    let height = height.saturating_sub(usize::from(model.env.contacts_fault.is_some()));
    Grouped { title: "", groups, at, top: 0, none: &[], key: "" }.shape(height)
}

/// Draws it.
pub(crate) fn draw(model: &Model, screen: &CaseScreen, area: Rect, frame: &mut Frame<'_>) {
    let ways = model.ways(Place::People);
    let (join, add, read) = (ways.key(Id::Join), ways.key(Id::ContactAdd), ways.key(Id::RowRead));
    let none = [format!("Nobody has joined yet. {join} takes a role; {add} adds a contact.")];
    let (groups, rows) = (groups(model, screen), rows(screen));
    let at = screen.row_here().min(rows.len().saturating_sub(1));
    let mut area = area;
    if let Some(fault) = &model.env.contacts_fault {
        let text = cut(&format!(" ! {}", fault.what), usize::from(area.width));
        let top = Rect { height: area.height.min(1), ..area };
        frame.render_widget(Line::styled(text, model.env.theme.near()), top);
        area = Rect { y: area.y + top.height, height: area.height - top.height, ..area };
    }
    let joined = rows.iter().filter_map(|row| match row {
        Row::Person(person) => screen.case.joined.get(&person.name).map(|(_, at)| *at),
        Row::Former(former) => Some(former.at),
        Row::Role(..) | Row::Contact(_) | Row::Duty(_) | Row::Known(_) => None,
    });
    let times = list_with_detail::wide(joined, model.env.now);
    let listing = Grouped { title: "People", groups, at, top: screen.top_here(), none: &none, key: &read };
    let sides: Vec<String> = rows.iter().map(|row| side(model, screen, row, times)).collect();
    // How someone is reached is what one looks for: it has what it needs, up to two fifths.
    let most = usize::from(area.width) * 2 / 5;
    let wide = sides.iter().map(|side| width(&cut(side, most))).max().unwrap_or(0);
    let row = |at: usize, cells: usize| {
        let Some((row, side)) = rows.get(at).zip(sides.get(at)) else { return Line::default() };
        line(model, screen, row, (side, wide), cells)
    };
    listing.draw(model.env.theme, area, frame, row, whole(model, screen));
}

/// What stands at the end of a row: since when, or how they are reached.
fn side(model: &Model, screen: &CaseScreen, row: &Row<'_>, times: usize) -> String {
    match row {
        Row::Person(who) => screen.case.joined.get(&who.name).map_or_else(String::new, |(entry, at)| {
            format!("since {} {}", list_with_detail::time(*at, model.env.now, times), screen.case.cite(entry))
        }),
        Row::Former(former) => {
            format!(
                "until {} {}",
                list_with_detail::time(former.at, model.env.now, times),
                screen.case.cite(&former.entry)
            )
        }
        Row::Role(..) => "nobody yet".into(),
        Row::Contact(contact) => contact.what.reach.clone(),
        Row::Duty(duty) => duty.reach.clone(),
        Row::Known(known) => known.reach.clone(),
    }
}

/// A row: who, in which role and for whom, and its end in so many cells.
fn line(model: &Model, screen: &CaseScreen, row: &Row<'_>, side: (&str, usize), cells: usize) -> Line<'static> {
    let (sign, name, what) = match row {
        Row::Person(who) => {
            let you = if who.name == screen.responder.name { " (you)" } else { "" };
            ("●", format!("{}{you}", who.name), detail::of(&who.role, &who.organisation))
        }
        Row::Former(former) => {
            let who = &former.person;
            ("–", who.name.clone(), detail::of(&who.role, &who.organisation))
        }
        Row::Role(role, book) => ("○", role.title.clone(), (*book).to_owned()),
        Row::Contact(contact) => {
            let what = &contact.what;
            ("●", what.name.clone(), detail::of(&what.role, &what.organisation))
        }
        Row::Duty(duty) => ("›", duty.to.clone(), duty.title.clone()),
        Row::Known(known) => ("›", known.name.clone(), detail::of(&known.role, &known.organisation)),
    };
    let (text, side_cells) = side;
    let rest = cells.saturating_sub(6 + side_cells);
    let name_cells = rest * 45 / 100;
    let what_cells = rest.saturating_sub(name_cells);
    Line::from(vec![
        Span::raw(format!(" {sign} {} ", pad(&name, name_cells))),
        Span::styled(format!("{} ", pad(&what, what_cells)), model.env.theme.quiet()),
        Span::raw(format!("{} ", pad(text, side_cells))),
    ])
}
