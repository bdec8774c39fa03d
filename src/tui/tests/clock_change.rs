//! A case over the night of 25 October 2026 in London, when the clocks go back at 01:00 UTC.

use crate::{
    domain::{
        decide::{ActOnStep, AddNote, Attach, Command, JoinCase, OpenCase, StartClock, StepAct},
        marking::{Severity, Tlp},
        time::{Now, Time},
        zone::{Zone, samples::london},
    },
    tui::{
        keys::place::Place,
        model::{
            effect::{Commit, Effect},
            msg::Msg,
        },
        testing::{Desk, duty, patel, playbook, step_ref},
        update,
    },
};

fn at(text: &str) -> Time {
    Time::parse(text).unwrap()
}

fn in_london(text: &str) -> Now {
    Now { at: at(text), zone: london() }
}

fn tick(desk: &mut Desk, now: Now) {
    desk.now = now;
    update(&mut desk.model, Msg::Tick(now));
}

/// A case opened on 23 October in summer time, with a clock of 72 hours, a step and notes on both sides of the change.
fn over_the_change() -> Desk {
    let mut desk = Desk::new();
    let mut wrote = |text: &str, occurred: Option<&str>, command: Command| {
        desk.write(in_london(text), &Commit { command, occurred: occurred.map(at), begun: None });
    };
    let title = "Wards cannot log in".into();
    let opened = Command::Open(OpenCase { title, severity: Severity::High, tlp: Tlp::Amber, exercise: false });
    wrote("2026-10-23T17:00:00Z", None, opened);
    wrote("2026-10-23T17:00:00Z", None, Command::Join(JoinCase { responder: patel() }));
    let mut playbook = playbook();
    playbook.phases[1].steps[3].due = Some(72 * 60);
    let attach = Attach {
        source: "(…)".into(),
        origin: "built-in".into(),
        playbook,
        duties: vec![
            duty("csoc", "CSOC call", "NHS England CSOC", Some(30)),
            duty("ico-72h", "ICO", "the ICO", Some(4320)),
        ],
        why: String::new(),
    };
    wrote("2026-10-23T17:00:00Z", None, Command::Attach(Box::new(attach)));
    let aware = at("2026-10-23T17:00:00Z");
    wrote(
        "2026-10-23T17:01:00Z",
        None,
        Command::StartClock(StartClock { duty: "ico-72h".into(), aware, basis: "A1".into() }),
    );
    let act = StepAct::Done { note: "three desktops".into(), why: String::new(), answers: Vec::new() };
    wrote("2026-10-23T17:02:00Z", None, Command::Step(ActOnStep { step: step_ref("confirm"), act }));
    wrote("2026-10-25T00:30:00Z", None, Command::Note(AddNote { text: "the first half past one".into() }));
    wrote("2026-10-25T01:30:00Z", None, Command::Note(AddNote { text: "the second half past one".into() }));
    let said = Command::Note(AddNote { text: "said afterwards".into() });
    wrote("2026-10-25T09:00:00Z", Some("2026-10-24T13:05:00Z"), said);
    tick(&mut desk, in_london("2026-10-25T09:05:00Z"));
    desk.open();
    desk
}

/// The line of a frame that holds these words.
fn line<'a>(frame: &'a str, words: &str) -> &'a str {
    frame.lines().find(|line| line.contains(words)).unwrap_or_else(|| panic!("no {words} in\n{frame}"))
}

#[test]
fn each_entry_of_the_log_has_the_time_of_its_own_day_and_says_a_zone_that_is_not_that_of_now() {
    let mut desk = over_the_change();
    desk.press("3");
    let frame = desk.sized(110, 30);
    assert!(frame.contains("09:05 +00:00 09:05Z"), "{frame}");
    assert!(line(&frame, "the first half").contains(" 01:30 +01:00 "), "{frame}");
    assert!(line(&frame, "the second half").contains(" 01:30        "), "{frame}");
    assert!(line(&frame, "said afterwards").contains(" 09:00        "), "{frame}");
    assert!(line(&frame, "said afterwards").contains("(24 Oct 14:05 +01:00)"), "{frame}");
    assert!(line(&frame, " A2 ").contains(" 23 Oct 18:00 +01:00 "), "{frame}");
    // The entry alone says its zone whatever now is.
    desk.press("<enter>");
    let frame = desk.frame(110, 30);
    assert!(line(&frame, "Happened").contains("2026-10-24 14:05:00 +01:00 (13:05:00Z)"), "{frame}");
    assert!(line(&frame, "Recorded").contains("2026-10-25 09:00:00 +00:00 (09:00:00Z)"), "{frame}");
}

#[test]
fn beside_a_place_the_zone_is_short_so_that_there_is_room_for_the_words() {
    let mut desk = over_the_change();
    desk.press("2");
    let frame = desk.sized(130, 30);
    assert!(line(&frame, " A6 ").contains("│ 01:30+01 "), "{frame}");
    assert!(line(&frame, " A7 ").contains("│ 01:30 "), "{frame}");
}

#[test]
fn a_deadline_beyond_the_change_is_told_as_the_clocks_will_show_it() {
    let mut desk = over_the_change();
    tick(&mut desk, in_london("2026-10-23T17:05:00Z"));
    desk.press("7");
    for (width, height) in [(80, 23), (120, 40)] {
        let frame = desk.sized(width, height);
        assert!(frame.contains("▶ by 26 Oct 17:00 +00:00, in 2 d 23:55 h"), "{frame}");
    }
    desk.press("<down>");
    assert!(desk.frame(120, 40).contains("aware 18:00, due 26 Oct 17:00 +00:00"), "{}", desk.frame(120, 40));
    // Once the clocks are changed it needs no zone: it is the one above.
    tick(&mut desk, in_london("2026-10-25T09:05:00Z"));
    let frame = desk.frame(120, 40);
    assert!(frame.contains("aware 23 Oct 18:00 +01:00, due 26 Oct 17:00"), "{frame}");
    assert!(!frame.contains("17:00 +00:00"), "{frame}");
    desk.press("9");
    let frame = desk.sized(120, 60);
    assert!(frame.contains("By 26 October 17:00 +00:00, in 1 day 7 hours"), "{frame}");
    assert!(frame.contains("We are aware of it since 23 October 18:00 +01:00"), "{frame}");
}

#[test]
fn the_screen_is_drawn_anew_when_the_clocks_go_back() {
    for place in Place::ALL {
        let mut desk = over_the_change();
        desk.model.case.as_mut().unwrap().place = place;
        desk.sized(120, 40);
        tick(&mut desk, in_london("2026-10-25T00:59:59Z"));
        let before = desk.frame(120, 40);
        assert!(before.contains("01:59 +01:00 00:59Z"), "{before}");
        desk.model.take_redraw();
        tick(&mut desk, in_london("2026-10-25T01:00:00Z"));
        let after = desk.frame(120, 40);
        assert!(after.contains("01:00 +00:00 01:00Z") && desk.model.take_redraw(), "{place:?}\n{after}");
    }
}

#[test]
fn a_typed_time_is_read_on_the_day_that_is_meant_and_one_that_occurred_twice_names_both() {
    let mut desk = over_the_change();
    desk.press("nsaid again<tab>yesterday 14:05");
    let frame = desk.frame(80, 23);
    assert!(frame.contains("= 24 Oct 14:05 +01:00, 20 h ago"), "{frame}");
    let effects = desk.press("<ctrl-s>");
    let occurred = |effects: &[Effect]| {
        effects.iter().find_map(|effect| match effect {
            Effect::Commit(_, commit) => Some(commit.occurred),
            _ => None,
        })
    };
    assert_eq!(occurred(&effects), Some(Some(at("2026-10-24T13:05:00Z"))));
    desk.answer(effects);
    desk.press("nonce more<tab>01:30");
    // As it is typed, and after the key that records.
    for _ in 0..2 {
        let frame = desk.frame(80, 23);
        let text: String = frame.replace(['"', '\n'], " ").split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(text.contains("occurred twice on 25 October 2026, when the clocks went back"), "{frame}");
        assert!(text.contains("2026-10-25T01:30+01:00 for the first"), "{frame}");
        assert!(text.contains("2026-10-25T01:30+00:00 for the second"), "{frame}");
        assert_eq!(occurred(&desk.press("<ctrl-s>")), None, "nothing is recorded before it is clear");
    }
    let effects = desk.press("<ctrl-u>2026-10-25T01:30+01:00<ctrl-s>");
    assert_eq!(occurred(&effects), Some(Some(at("2026-10-25T00:30:00Z"))));
}

#[test]
fn a_time_counted_back_over_the_change_is_written_out_with_its_own_zone() {
    let mut desk = over_the_change();
    desk.press("nx<tab>-9h<backtab>");
    update(&mut desk.model, Msg::Tick(in_london("2026-10-25T09:05:01Z")));
    let frame = desk.frame(80, 23);
    assert!(frame.contains("2026-10-25T01:05:00+01:00"), "{frame}");
    // Over midnight, yesterday would be another day.
    desk.press("<tab><ctrl-u>yesterday 14:05<backtab>");
    let frame = desk.frame(80, 23);
    assert!(frame.contains("2026-10-24T14:05:00+01:00"), "{frame}");
}

#[test]
fn a_zone_that_is_not_known_is_said_on_every_frame_and_not_taken_for_utc() {
    let mut desk = over_the_change();
    tick(&mut desk, Now { at: at("2026-10-25T09:05:00Z"), zone: Zone::UNKNOWN });
    for place in Place::ALL {
        desk.model.case.as_mut().unwrap().place = place;
        let frame = desk.sized(80, 23);
        assert!(frame.contains("09:05Z zone unknown"), "{frame}");
    }
    desk.press("1nx<tab>08:30");
    let frame = desk.frame(80, 23);
    assert!(frame.contains("the time zone of this machine"), "{frame}");
    assert!(!desk.press("<ctrl-s>").iter().any(|effect| matches!(effect, Effect::Commit(..))));
    let effects = desk.press("<ctrl-u>2026-10-25T08:30+01:00<ctrl-s>");
    assert!(effects.iter().any(|effect| matches!(effect, Effect::Commit(..))), "{}", desk.frame(80, 23));
}
