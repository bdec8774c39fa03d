//! The list of cases for the console, and the removal of what interrupted work left among them.

use super::{clock, create::case_row, home::Home, tidy};
use crate::{
    domain::{
        leftover::{Leftover, describe_leftovers},
        problem::Problem,
    },
    store::cases,
    tui::model::msg::Msg,
};

/// Reads every case in the home folder: those that cannot be read hide no other.
pub(super) fn read_cases(home: &Home) -> Msg {
    let listed = match cases::list_cases(&home.cases) {
        Ok(listed) => listed,
        Err(why) => {
            return Msg::Cases(
                Vec::new(),
                vec![(home.cases.display().to_string(), Problem::from(&why).without_hint())],
            );
        }
    };
    let (mut rows, mut faults) = (Vec::new(), Vec::new());
    for listed in listed {
        match listed.case {
            Ok(case) => rows.extend(case_row(listed.name, &case)),
            Err(why) => faults.push((listed.name, Problem::from(&why).without_hint())),
        }
    }
    Msg::Cases(rows, faults)
}

/// Removes what interrupted work left, and says what came of it.
pub(super) fn tidy_up(home: &Home) -> Msg {
    let done = tidy::remove_leftovers(home, tidy::find_leftovers(home));
    match done.iter().find_map(|(left, done)| done.as_ref().err().map(|why| (left, why))) {
        Some((left, why)) => Msg::Failed(
            0,
            Problem::new(format!("{} stays: {}", left.path, Problem::from(why).without_hint()), why.hint()),
        ),
        None => {
            let left: Vec<Leftover> = done.into_iter().map(|(left, _)| left).collect();
            Msg::Done(0, format!("removed {}", describe_leftovers(&left, clock::now().at)))
        }
    }
}
