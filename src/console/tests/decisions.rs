//! Decisions: the list, the one with the cursor, and a second name under it.

use super::many::under_way;
use crate::{
    console::{
        effect::Effect,
        msg::Msg,
        testing::{Desk, patel, step_ref},
        update,
    },
    domain::{command::Command, event::Event, person::Person},
};

macro_rules! frames {
    ($desk:expr, $name:literal) => {
        insta::assert_snapshot!(concat!($name, "_80x24"), $desk.sized(80, 24));
        insta::assert_snapshot!(concat!($name, "_120x40"), $desk.sized(120, 40));
    };
}

/// Writes as another process does, so that the screen takes it in.
fn elsewhere(desk: &mut Desk, time: &str, command: Command) {
    let records = desk.wrote(time, command);
    update(&mut desk.model, Msg::Entries(records));
}

fn free(question: &str, choice: &str, who: &str) -> Command {
    Command::Decide {
        step: None,
        question: question.into(),
        choice: choice.into(),
        rationale: "The switchboard cannot reach the on-call list, and relatives ring the wards.".into(),
        decided_by: Person { role: "gold commander".into(), ..Person::named(who) },
    }
}

#[test]
fn empty() {
    let mut desk = Desk::new();
    desk.open();
    desk.press("5");
    frames!(desk, "decisions_none");
    desk.press("s");
    assert!(desk.frame(80, 24).contains("nothing is decided yet: d or D decides"), "{}", desk.frame(80, 24));
}

/// The typical case with a decision that another made.
fn some() -> Desk {
    let mut desk = Desk::typical();
    elsewhere(&mut desk, "02:40:00", free("Do we tell relatives by telephone?", "Yes, from the hub", "H. Achebe"));
    desk.press("5<down>");
    desk
}

#[test]
fn typical() {
    let mut desk = some();
    frames!(desk, "decisions_some");
    insta::assert_snapshot!("decisions_some_200x60", desk.sized(200, 60));
    desk.press("<up>");
    frames!(desk, "decisions_step");
}

#[test]
fn another_confirms_what_was_logged() {
    let mut desk = some();
    desk.press("s");
    frames!(desk, "countersign");
    let effects = desk.press("<tab><tab>by telephone<tab>Yes, as I said<ctrl-s>");
    assert!(matches!(effects[..], [Effect::Commit(..)]), "{}", desk.frame(80, 24));
    desk.answer(effects);
    let Event::DecisionCountersigned(signed) = &desk.log.last().unwrap().event else { panic!() };
    assert_eq!((signed.person.name.as_str(), signed.means.as_str()), ("H. Achebe", "by telephone"));
    frames!(desk, "decisions_signed");
}
