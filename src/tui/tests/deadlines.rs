//! Deadlines as the clock goes on: the screen is drawn anew when a text on it changes, and only then.

use crate::{
    domain::time::{Now, Time},
    tui::{
        keys::place::Place,
        model::msg::Msg,
        testing::{Desk, at, now, rows},
        update,
    },
};

/// Takes in the time so many seconds after 03:41:07, and says whether the screen is to be drawn anew.
fn tick(desk: &mut Desk, seconds: i64) -> bool {
    let at = Time::from_micros(now().at.micros() + seconds * 1_000_000).unwrap();
    desk.model.take_redraw();
    update(&mut desk.model, Msg::Tick(Now::fixed(at, 60)));
    desk.model.take_redraw()
}

/// Moments around which something is due, passes a border or runs.
fn moments() -> impl Iterator<Item = i64> {
    (0..70).chain(160..185).chain(765..775).chain(1070..1080).chain(1130..1140).chain((3600..8000).step_by(183))
}

#[test]
fn the_screen_is_drawn_anew_just_where_it_would_change() {
    for (width, height) in [(80, 23), (140, 45)] {
        for place in Place::ALL {
            let mut desk = Desk::typical();
            desk.model.case.as_mut().unwrap().place = place;
            desk.sized(width, height);
            tick(&mut desk, -1);
            let mut before = desk.frame(width, height);
            for seconds in moments() {
                let drawn = tick(&mut desk, seconds);
                let after = desk.frame(width, height);
                assert_eq!(drawn, before != after, "{place:?}, {seconds} s, {width}×{height}:\n{before}\n{after}");
                before = after;
            }
        }
    }
}

#[test]
fn the_list_of_cases_is_drawn_anew_just_where_it_would_change() {
    let mut desk = Desk::new();
    update(&mut desk.model, rows());
    tick(&mut desk, -1);
    let mut before = desk.frame(80, 23);
    for seconds in moments() {
        let drawn = tick(&mut desk, seconds);
        let after = desk.frame(80, 23);
        assert_eq!(drawn, before != after, "{seconds} s:\n{before}\n{after}");
        before = after;
    }
}

#[test]
fn the_last_ten_minutes_show_seconds_that_move_nothing() {
    let mut desk = Desk::typical();
    // The call is due at 03:44.
    let deadline = at("02:44:00").seconds_since(now().at);
    for (seconds, form) in [(deadline - 130, "in 2:10 min !!"), (deadline, "in 0:00 min !!"), (deadline + 1, "PASSED")]
    {
        tick(&mut desk, seconds);
        assert!(desk.frame(80, 23).lines().nth(1).unwrap().contains(form), "{}", desk.frame(80, 23));
    }
    // The handover is prose, in whole minutes.
    for place in Place::ALL.into_iter().filter(|place| *place != Place::Handover) {
        desk.model.case.as_mut().unwrap().place = place;
        tick(&mut desk, deadline - 100);
        let before = desk.frame(80, 23);
        for left in (60..100).rev() {
            tick(&mut desk, deadline - left);
            let after = desk.frame(80, 23);
            for (a, b) in before.chars().zip(after.chars()) {
                assert!(a == b || a.is_ascii_digit() && b.is_ascii_digit(), "{place:?}:\n{before}\n{after}");
            }
        }
    }
}

#[test]
fn the_key_to_what_is_due_is_named_where_it_works_only() {
    let mut desk = Desk { model: super::night::overfull(), ..Desk::new() };
    desk.press("1");
    let row = |desk: &mut Desk| {
        let frame = desk.sized(120, 40);
        frame.lines().find(|row| row.contains("more due")).unwrap_or_else(|| panic!("{frame}")).to_owned()
    };
    assert!(row(&mut desk).contains("more due: l goes there "), "{}", row(&mut desk));
    desk.press("n");
    assert!(row(&mut desk).contains("more due  "), "{}", row(&mut desk));
}
