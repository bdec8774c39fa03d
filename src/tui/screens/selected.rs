//! What is selected on the screen, for the forms that begin with it.

use super::{clocks, people, selected_entry, systems};
use crate::tui::{
    forms::context::{Selected, SelectedPerson, SelectedSubject},
    keys::place::Place,
    model::open_case::OpenCase,
};

/// What is selected, wherever the cursor is.
pub(crate) fn find_selected(screen: &OpenCase) -> Selected<'_> {
    Selected {
        step: screen.point(),
        entry: selected_entry(screen),
        latest_own: screen.latest_own(),
        subject: find_subject(screen),
        person: find_person(screen),
        duty: clocks::find_selected_duty(screen),
    }
}

fn find_subject(screen: &OpenCase) -> Option<SelectedSubject<'_>> {
    if screen.place != Place::Systems {
        return None;
    }
    Some(match systems::list::find_selected_system(screen)? {
        systems::list::SystemRow::Asset(asset) => SelectedSubject::Asset(asset),
        systems::list::SystemRow::Named(named) => SelectedSubject::Named(named.name, systems::list::kind_of(&named)),
        systems::list::SystemRow::Indicator(noted) => SelectedSubject::Indicator(noted),
        systems::list::SystemRow::Found(_) => SelectedSubject::Recognised,
    })
}

fn find_person(screen: &OpenCase) -> Option<SelectedPerson<'_>> {
    if screen.place != Place::People {
        return None;
    }
    match people::list::find_selected_row(screen)? {
        people::list::PersonRow::Role(role, _) => Some(SelectedPerson::Role(role)),
        people::list::PersonRow::Duty(duty) => Some(SelectedPerson::Duty(duty)),
        people::list::PersonRow::Known(known) => Some(SelectedPerson::Known(known)),
        people::list::PersonRow::Person(_)
        | people::list::PersonRow::Former(_)
        | people::list::PersonRow::Contact(_) => None,
    }
}
