//! What is selected on the screen, for the forms that begin with it.

use super::{clocks, people, selected_entry, systems};
use crate::tui::{
    forms::context::{Selected, SelectedPerson, SelectedSubject},
    keys::place::Place,
    model::open_case::CaseScreen,
};

/// What is selected, wherever the cursor is.
pub(crate) fn find_selected(screen: &CaseScreen) -> Selected<'_> {
    Selected {
        step: screen.point(),
        entry: selected_entry(screen),
        latest_own: screen.latest_own(),
        subject: find_subject(screen),
        person: find_person(screen),
        duty: clocks::here(screen),
    }
}

fn find_subject(screen: &CaseScreen) -> Option<SelectedSubject<'_>> {
    if screen.place != Place::Systems {
        return None;
    }
    Some(match systems::list::here(screen)? {
        systems::list::Row::Asset(asset) => SelectedSubject::Asset(asset),
        systems::list::Row::Named(named) => SelectedSubject::Named(named.name, systems::list::kind_of(&named)),
        systems::list::Row::Indicator(noted) => SelectedSubject::Indicator(noted),
        systems::list::Row::Found(_) => SelectedSubject::Recognised,
    })
}

fn find_person(screen: &CaseScreen) -> Option<SelectedPerson<'_>> {
    if screen.place != Place::People {
        return None;
    }
    match people::list::here(screen)? {
        people::list::Row::Role(role, _) => Some(SelectedPerson::Role(role)),
        people::list::Row::Duty(duty) => Some(SelectedPerson::Duty(duty)),
        people::list::Row::Known(known) => Some(SelectedPerson::Known(known)),
        people::list::Row::Person(_) | people::list::Row::Former(_) | people::list::Row::Contact(_) => None,
    }
}
