//! Messages that are longer than a line: their end, which says what to do, is read as well.

use crate::{
    domain::{leftover::Leftover, time::Now},
    tui::{
        keys::key::{Code, Key},
        model::{effect::Effect, msg::Msg},
        testing::{Desk, at},
        update,
    },
};

const PATH: &str = "/home/patel/OneDrive - Northfield NHS Trust/incidents/2026-11-23-incident-v690-7KQ2M4XD.zip";

/// The rows of a frame.
fn rows(desk: &Desk) -> Vec<String> {
    desk.frame(80, 23).lines().map(|line| line.trim_matches('"').trim_end().to_owned()).collect()
}

/// What stands above the key line, as it is read: its rows one after another.
fn read(desk: &Desk, lines: usize) -> String {
    rows(desk)[22 - lines..22].iter().map(|row| row.trim()).collect::<Vec<_>>().join(" ")
}

#[test]
fn where_an_export_went_is_read_whole() {
    let mut desk = Desk::typical();
    desk.press("1");
    let before = rows(&desk);
    let line = format!("seal of this file 7KQ2-M4XD-9PTR-0H3V, written to {PATH}, recorded as A77");
    update(&mut desk.model, Msg::Done(9, line.clone()));
    insta::assert_snapshot!("message_export", desk.notice());
    desk.sized(80, 23);
    assert_eq!(read(&desk, 3), line);
    let after = rows(&desk);
    assert_eq!((&after[..19], &after[22]), (&before[..19], &before[22]), "nothing else moves");
    // It does not go before it can be read, and it goes with the next key.
    update(&mut desk.model, Msg::Tick(Now::fixed(at("02:51:07"), 60)));
    assert_eq!(read(&desk, 3), line);
    update(&mut desk.model, Msg::Key(Key::plain(Code::Char('k'))));
    assert!(desk.model.notice.is_none());
}

#[test]
fn what_to_do_instead_of_undoing_is_read_whole() {
    let mut desk = Desk::typical();
    desk.press("4u");
    let said = desk.model.notice.clone().unwrap().text;
    assert!(said.ends_with("saying what is wrong with it"), "{said}");
    insta::assert_snapshot!("message_undo", desk.notice());
    desk.sized(80, 23);
    assert_eq!(read(&desk, 2), said);
}

#[test]
fn why_nothing_can_be_recorded_is_read_whole() {
    let mut desk = Desk::typical();
    let why = format!("{} can be read but not written", PATH.replace(".zip", "").replace(' ', "-"));
    desk.model.case.as_mut().unwrap().read_only = Some(why);
    desk.press("1n");
    insta::assert_snapshot!("message_read_only", desk.notice());
    desk.sized(80, 23);
    let read = read(&desk, 3);
    assert!(read.ends_with("2026-11-23-incident-v690-7KQ2M4XD can be read but not written"), "{read}");
    assert!(read.starts_with("nothing can be recorded here: /home/"), "{read}");
}

#[test]
fn a_short_message_still_goes_by_itself() {
    let mut desk = Desk::typical();
    desk.model.say("copied");
    update(&mut desk.model, Msg::Tick(Now::fixed(at("02:51:07"), 60)));
    assert!(desk.model.notice.is_none());
}

#[test]
fn what_the_keys_of_a_box_do_is_read_whole() {
    let mut desk = Desk::typical();
    desk.press("n<f1>");
    for _ in 0..6 {
        desk.press("<pgdn>");
    }
    let frame = desk.frame(80, 23);
    assert!(frame.contains("Tab") && frame.contains("goes on."), "{frame}");
}

#[test]
fn a_mistaken_key_is_answered_wherever_it_is_pressed() {
    let mut desk = Desk::new();
    update(&mut desk.model, crate::tui::testing::rows());
    let answered = |desk: &mut Desk, keys: &str, words: &str| {
        let effects = desk.press(keys);
        let frame = desk.frame(80, 23);
        assert!(effects.is_empty() && frame.contains(words), "{keys}: {frame}");
    };
    answered(&mut desk, "z", "z does nothing here: ? shows the keys of this place");
    answered(&mut desk, "<esc>", "there is nothing to go back from: q leaves the program");
    let mut desk = Desk::typical();
    answered(&mut desk, "1~", "~ does nothing here: ? shows the keys of this place");
    answered(&mut desk, "<esc>", "there is nothing to go back from: q goes to the cases");
    answered(&mut desk, "?~", "~ does nothing here: Esc goes back");
}

#[test]
fn what_interrupted_work_left_is_told_on_the_list_of_cases_with_the_key_that_removes_it() {
    let mut desk = Desk::new();
    update(&mut desk.model, crate::tui::testing::rows());
    assert!(!desk.frame(80, 23).contains("Interrupted work"));
    let left = |written: &str| Leftover {
        path: "/home/patel/cases/x/evidence/.part-a".into(),
        what: "an item of evidence that was being added",
        size: 3 << 30,
        written: Some(at(written)),
    };
    update(&mut desk.model, Msg::Tick(Now::fixed(at("02:51:07"), 60)));
    update(&mut desk.model, Msg::Leftovers(vec![left("02:00:00"), left("01:00:00")]));
    let told = rows(&desk).iter().map(|row| row.trim()).collect::<Vec<_>>().join(" ");
    let wanted = "Interrupted work left 2 files or folders, 6.0 GiB, the oldest 1 h 51 min ago. t removes that.";
    assert!(told.contains(wanted), "{told}");
    let effects = update(&mut desk.model, Msg::Key(Key::plain(Code::Char('t'))));
    assert_eq!(effects, [Effect::Tidy, Effect::ListCases]);
    update(&mut desk.model, Msg::Leftovers(Vec::new()));
    assert_eq!(update(&mut desk.model, Msg::Key(Key::plain(Code::Char('t')))), []);
    assert!(desk.frame(80, 23).contains("nothing is left of interrupted work"));
}
