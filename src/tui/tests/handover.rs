//! The handover: read, scrolled, and made, so that another acts.

use super::{elsewhere, many::under_way};
use crate::{
    domain::{
        asset::{AssetKind, AssetState, Importance},
        decide::{AddNote, CloseCase, Command, HandOver, JoinCase, UndoEntry},
        event::{AssetNoted, ContactNoted, Event},
        person::Person,
    },
    tui::{
        model::{
            effect::{Commit, Effect},
            msg::Msg,
        },
        screens::handover::copy_handover,
        testing::{Desk, now, patel},
        update,
    },
};

#[test]
fn empty() {
    let mut desk = Desk::new();
    desk.open();
    desk.press("9");
    insta::assert_snapshot!("handover_none", desk.list_lines(80));
}

#[test]
fn typical() {
    let mut desk = Desk::typical();
    desk.press("9");
    // The whole of it is in `screen_handover`.
    desk.sized(80, 23);
    desk.press("G");
    insta::assert_snapshot!("handover_end", desk.list_lines(80));
    let frame = desk.sized(80, 23);
    assert!(frame.contains("sign by sign") && frame.contains("lines above: ↑ PgUp"), "{frame}");
    let before = desk.frame(80, 23);
    desk.press("<down><down><pgdn>");
    assert_eq!(desk.frame(80, 23), before, "there is nothing further down");
    desk.press("k");
    assert_ne!(desk.frame(80, 23), before, "and one key up is one line up");
    desk.press("g");
    assert!(desk.frame(80, 23).contains("Handover as it stands at 03:41 +01:00"));
}

#[test]
fn overfull() {
    let mut desk = under_way();
    for number in 0..40 {
        let (kind, importance, state) = (AssetKind::System, Importance::Clinical, AssetState::Affected);
        let (name, about) = (format!("System {number}"), "told \u{1b}[31m ".repeat(90));
        elsewhere(&mut desk, "02:40:00", Command::NoteAsset(AssetNoted { name, kind, importance, state, about }));
        elsewhere(&mut desk, "02:40:00", Command::Note(AddNote { text: "We look at each ward in turn. ".repeat(90) }));
    }
    desk.press("9<pgdn><pgdn>");
    insta::assert_snapshot!("handover_full", desk.list_lines(80));
}

#[test]
fn the_text_stays_narrow_and_the_log_stands_beside() {
    let mut desk = Desk::typical();
    desk.press("9");
    let frame = desk.sized(120, 40);
    for line in frame.lines().skip(4).take(34) {
        let cells: Vec<char> = line.trim_matches('"').chars().collect();
        let rule = cells.iter().position(|c| *c == '│').unwrap();
        assert!(rule <= 80, "{line}");
    }
    assert!(frame.contains("03:36 A10  note"), "the log stands beside: {frame}");
}

#[test]
fn it_is_copied_whole() {
    let mut desk = Desk::typical();
    desk.press("9");
    let screen = desk.model.case.as_ref().unwrap();
    let text = copy_handover(screen, desk.model.env.now).unwrap();
    assert_eq!(desk.press("y").last(), Some(&Effect::Copy(text.trim_end().to_owned())));
    assert!(text.starts_with("SITUATION\nWards cannot log in.\n") && text.ends_with("sign by sign.\n"), "{text}");
}

#[test]
fn whoever_takes_over_acts_from_then_on() {
    let mut desk = Desk::typical();
    let known = |name: &str, role: &str| {
        Command::NoteContact(ContactNoted {
            name: name.into(),
            role: role.into(),
            organisation: "Northfield NHS Trust".into(),
            reach: "extension 7".into(),
            about: String::new(),
        })
    };
    elsewhere(&mut desk, "02:40:00", known("A. Osei", "site manager"));
    desk.press("9<enter>");
    insta::assert_snapshot!("handover_box", desk.form_lines(80));
    let seal = desk.case.seal().to_string();
    let frame = desk.sized(80, 23);
    assert!(frame.contains(&seal) && frame.contains("( ) A. Osei, site manager"), "{frame}");
    assert!(!frame.contains("(●)"), "nobody is chosen beforehand: {frame}");
    assert!(!frame.contains("( ) J. Patel"), "nobody hands over to themselves: {frame}");
    assert!(desk.press("<ctrl-s>").iter().all(|effect| !matches!(effect, Effect::Commit(..))));
    assert!(desk.frame(80, 23).contains("nobody takes over yet"), "{}", desk.frame(80, 23));
    let effects = desk.press("<down><enter><tab>incident lead<ctrl-s>");
    let commit = effects.iter().find_map(|effect| match effect {
        Effect::Commit(_, commit) => Some(commit.clone()),
        _ => None,
    });
    let Command::HandOver(HandOver { to, text }) = commit.unwrap().command else { panic!("{effects:?}") };
    let osei =
        Person { name: "A. Osei".into(), role: "incident lead".into(), organisation: "Northfield NHS Trust".into() };
    assert_eq!(to, osei);
    assert!(text.contains("SITUATION\nWards cannot log in."), "{text}");
    desk.answer(effects);
    assert_eq!(desk.model.who(), &osei, "and not {:?}", patel());
    let Event::HandoverMade(made) = &desk.log.last().unwrap().event else { panic!("{:?}", desk.log.last()) };
    assert_eq!(made.seal, seal);
    let frame = desk.frame(80, 23);
    assert!(frame.contains("A. Osei acts here from now on"), "{frame}");
    assert!(frame.contains("The last handover was at 03:41 +01:00, from J. Patel to A. Osei"), "{frame}");
}

#[test]
fn someone_new_is_typed_and_nobody_hands_over_to_themselves() {
    let mut desk = Desk::typical();
    desk.press("9<enter>");
    assert!(desk.frame(80, 23).contains("write the name of who takes over"), "{}", desk.frame(80, 23));
    assert!(desk.press("J. Patel<ctrl-s>").iter().all(|effect| !matches!(effect, Effect::Commit(..))));
    assert!(desk.frame(80, 23).contains("that is who hands over"), "{}", desk.frame(80, 23));
    let effects = desk.press("<ctrl-u>B. Roe<ctrl-s>");
    desk.answer(effects);
    assert_eq!(desk.model.who(), &Person::named("B. Roe"));
}

#[test]
fn a_name_typed_over_the_list_is_someone_else() {
    let mut desk = Desk::typical();
    elsewhere(&mut desk, "02:41:00", Command::Join(JoinCase { responder: Person::named("C. Noor") }));
    desk.press("9<enter>");
    let frame = desk.frame(80, 23);
    assert!(frame.contains("( ) C. Noor") && frame.contains("( ) someone else"), "{frame}");
    desk.press("B. Roe");
    let frame = desk.frame(80, 23);
    assert!(frame.contains("B. Roe") && !frame.contains("(●) C. Noor"), "{frame}");
    // Chosen and typed: which one is meant is not for the program to say.
    assert!(desk.press("<up><up><ctrl-s>").iter().all(|effect| !matches!(effect, Effect::Commit(..))));
    assert!(desk.frame(80, 23).contains("two are named"), "{}", desk.frame(80, 23));
    let effects = desk.press("<down><ctrl-s>");
    desk.answer(effects);
    assert_eq!(desk.model.who().name, "B. Roe");
}

#[test]
fn who_handed_over_before_can_take_over_again() {
    let mut desk = Desk::typical();
    let effects = desk.press("9<enter>B. Roe<ctrl-s>");
    desk.answer(effects);
    desk.press("<enter>");
    let frame = desk.frame(80, 23);
    assert!(frame.contains("( ) J. Patel"), "{frame}");
}

#[test]
fn undo_right_after_a_handover_means_that_handover_and_gives_the_case_back() {
    let mut desk = Desk::typical();
    let effects = desk.press("9<enter>B. Roe<ctrl-s>");
    desk.answer(effects);
    desk.press("1u");
    let frame = desk.frame(80, 23);
    assert!(frame.contains("you have no entry here yet"), "{frame}");
    desk.press("3u");
    let frame = desk.frame(80, 23);
    assert!(frame.contains("J. Patel, lead acts here again"), "the box says so before: {frame}");
    let effects = desk.press("<ctrl-s>");
    desk.answer(effects);
    assert_eq!(desk.model.who(), &patel());
    assert!(desk.frame(80, 23).contains(": J. Patel acts here again"), "{}", desk.frame(80, 23));
}

#[test]
fn a_closed_case_is_read_and_not_handed_over() {
    let mut desk = Desk::typical();
    elsewhere(&mut desk, "02:40:00", Command::Close(CloseCase { why: "all is back".into() }));
    desk.press("9<enter>");
    assert!(desk.model.form_on_top().is_none());
    let frame = desk.frame(80, 23);
    assert!(frame.contains("the case is closed: reopen it first"), "{frame}");
    assert!(frame.contains("The case is closed: nothing is to be done next."), "{frame}");
}

#[test]
fn a_handover_in_another_window_asks_who_acts_in_this_one_beneath_what_is_written() {
    let mut desk = Desk::typical();
    desk.press("nTheatre 2");
    let to = Person::named("B. Roe");
    let command = Command::HandOver(HandOver { to: to.clone(), text: "SITUATION\nWards cannot log in.".into() });
    let records = desk.write(now(), &Commit { command, occurred: None, begun: None });
    update(&mut desk.model, Msg::Entries(records));
    let frame = desk.frame(80, 23);
    assert!(frame.contains("Theatre 2") && frame.contains("B. Roe took over here (A13) in another window"), "{frame}");
    assert_eq!(desk.model.who(), &patel(), "nobody else acts before someone says so");
    desk.press("<esc>");
    let frame = desk.frame(80, 23);
    assert!(frame.contains("Who acts here now?") && frame.contains("Esc goes on as"), "{frame}");
    let effects = desk.press("<ctrl-s>");
    desk.answer(effects);
    assert_eq!(desk.model.who().name, to.name);
}

#[test]
fn a_handover_that_is_undone_in_another_window_asks_too() {
    let mut desk = Desk::typical();
    let effects = desk.press("9<enter>B. Roe<ctrl-s>");
    desk.answer(effects);
    let made = desk.log.last().unwrap();
    let (entry, hash) = (made.id.clone(), made.hash);
    let command = Command::Undo(UndoEntry { entry, hash, why: String::new() });
    let case = desk.case.clone();
    let events = crate::domain::decide::decide(&case, &command, None, now().at).unwrap();
    let [event] = events.as_slice() else { panic!("{events:?}") };
    let draft =
        crate::domain::record::Draft { by: Person::named("B. Roe"), occurred: None, begun: None, event: event.clone() };
    let (head, order) = (case.head(&desk.console), case.order().after(now().at));
    let record = crate::domain::record::Record::write(&case.id, &desk.console, head, order, now(), draft).unwrap();
    update(&mut desk.model, Msg::Entries(vec![record]));
    let frame = desk.frame(80, 23);
    assert!(frame.contains("Who acts here now?") && frame.contains("J. Patel acts here again: the"), "{frame}");
    assert_eq!(desk.model.who().name, "B. Roe", "nobody else acts before someone says so");
}
