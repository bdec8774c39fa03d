//! The mouse: what is drawn is what is clicked.

use super::{elsewhere, log::long};
use crate::{
    domain::{
        decide::{ActOnStep, Command, StepAct},
        time::Now,
    },
    tui::{
        keys::{action::Context, place::Place},
        model::{
            msg::{Mouse, Msg},
            overlays::Overlay,
        },
        screens::selected_entry,
        testing::{Desk, at, step_ref},
        text::hit::Hit,
        update,
        update::mouse,
    },
};

/// The cell in which a text begins on screen.
fn cell(desk: &mut Desk, text: &str) -> (u16, u16) {
    let frame = desk.frame(80, 23);
    let (y, row) = frame.lines().enumerate().find(|(_, row)| row.contains(text)).unwrap_or_else(|| panic!("{frame}"));
    let row = row.trim_start_matches('"');
    let x = row[..row.find(text).unwrap()].chars().count();
    (x as u16, y as u16)
}

fn click(desk: &mut Desk, text: &str) {
    let (x, y) = cell(desk, text);
    update(&mut desk.model, Msg::Mouse(Mouse::Click { x, y }));
}

fn place(desk: &Desk) -> Place {
    desk.model.case.as_ref().unwrap().place
}

#[test]
fn a_click_on_a_place_goes_there_and_on_a_key_presses_it() {
    let mut desk = Desk::typical();
    for (tab, to) in [("2Steps", Place::Playbook), ("0Check", Place::Integrity), ("3Log", Place::Log)] {
        click(&mut desk, tab);
        assert_eq!(place(&desk), to);
    }
    click(&mut desk, "? keys");
    assert_eq!(desk.model.context(), Context::Page);
    click(&mut desk, "Esc back");
    assert_eq!(desk.model.context(), Context::At(Place::Log));
}

#[test]
fn a_click_puts_the_cursor_on_a_row_and_a_second_one_opens_it() {
    let mut desk = Desk::typical();
    desk.press("2");
    click(&mut desk, "○ Protect the back");
    let selected = |desk: &Desk| desk.model.case.as_ref().unwrap().point().unwrap().name().step;
    assert_eq!((selected(&desk), desk.model.overlays.stack.len()), ("backups".into(), 0));
    click(&mut desk, "○ Protect the back");
    assert!(matches!(desk.model.overlays.stack.last(), Some(Overlay::Form(_))));
    desk.press("<esc>7");
    click(&mut desk, "NIS");
    assert_eq!(desk.model.case.as_ref().unwrap().row_here(), 2);
    desk.press("3");
    click(&mut desk, " A1 ");
    assert_eq!(desk.model.overlays.stack.len(), 0);
    click(&mut desk, " A1 ");
    assert!(matches!(desk.model.overlays.stack.last(), Some(Overlay::Page(_))), "{}", desk.frame(80, 23));
}

#[test]
fn a_list_that_is_open_is_clicked_and_turned() {
    let mut desk = Desk::typical();
    desk.press("p");
    desk.press("<esc>:");
    let row = cell(&mut desk, "decide  ");
    let hit = mouse::find_hit(&mut desk.model, row);
    assert!(matches!(hit, Some(Hit::Row(_))), "{hit:?}");
    update(&mut desk.model, Msg::Mouse(Mouse::Scroll { up: false }));
    assert!(desk.frame(80, 23).contains("4 of "), "{}", desk.frame(80, 23));
}

#[test]
fn a_double_click_that_opens_a_box_records_nothing() {
    let mut desk = Desk::typical();
    let tick = |desk: &mut Desk, time: &str| {
        update(&mut desk.model, Msg::Tick(Now::fixed(at(time), 60)));
    };
    click(&mut desk, "⏎ done");
    assert_eq!(desk.model.context(), Context::Form);
    let (x, y) = cell(&mut desk, "Ctrl-S record");
    let effects = update(&mut desk.model, Msg::Mouse(Mouse::Click { x, y }));
    assert!(effects.is_empty() && desk.frame(80, 23).contains("a double click records nothing"));
    tick(&mut desk, "02:41:09");
    let effects = update(&mut desk.model, Msg::Mouse(Mouse::Click { x, y }));
    assert!(
        effects.iter().any(|effect| matches!(effect, crate::tui::model::effect::Effect::Commit(..))),
        "{effects:?}"
    );
}

#[test]
fn what_lies_under_a_box_is_not_clicked_and_nothing_is_no_row() {
    let mut desk = Desk::typical();
    let (x, y) = cell(&mut desk, "2Steps");
    let before = place(&desk);
    desk.press("n");
    update(&mut desk.model, Msg::Mouse(Mouse::Click { x, y }));
    assert_eq!((place(&desk), desk.model.overlays.stack.len()), (before, 1));
    for cell in [(200, 3), (0, 0), (79, 200)] {
        assert_eq!(mouse::find_hit(&mut desk.model, cell), None);
    }
    assert!(!desk.model.env.theme.probe);
}

/// The rows of a frame between the top lines and the message.
fn body(desk: &Desk) -> Vec<String> {
    desk.frame(80, 23).lines().skip(4).take(17).map(|line| line.trim_matches('"').trim_end().to_owned()).collect()
}

/// Clicks twice where a text stands, and says what stood there before and after the first click.
fn twice(desk: &mut Desk, text: &str) {
    let (x, y) = cell(desk, text);
    let before = body(desk);
    update(&mut desk.model, Msg::Mouse(Mouse::Click { x, y }));
    assert_eq!(body(desk)[..16], before[..16], "nothing moves under the mouse");
    update(&mut desk.model, Msg::Mouse(Mouse::Click { x, y }));
}

#[test]
fn two_clicks_at_one_place_of_a_long_log_open_the_entry_there() {
    let mut desk = long();
    desk.press("3");
    twice(&mut desk, "A599");
    assert!(matches!(desk.model.overlays.stack.last(), Some(Overlay::Page(_))), "{}", desk.frame(80, 23));
    let screen = desk.model.case.as_ref().unwrap();
    assert_eq!(screen.case.cite(&selected_entry(screen).unwrap()), "A599");
    // At the edge, too, where keys would turn the page.
    desk.press("<esc>gjj");
    twice(&mut desk, " A16 ");
    assert!(matches!(desk.model.overlays.stack.last(), Some(Overlay::Page(_))), "{}", desk.frame(80, 23));
}

#[test]
fn two_clicks_at_one_place_of_what_was_found_go_there() {
    let mut desk = long();
    desk.press("/on paper");
    for _ in 0..30 {
        desk.press("<down>");
    }
    let hit = desk.frame(80, 23).lines().nth(9).unwrap()[8..12].to_owned();
    twice(&mut desk, &hit);
    let screen = desk.model.case.as_ref().unwrap();
    assert_eq!((place(&desk), screen.case.cite(&selected_entry(screen).unwrap())), (Place::Log, hit));
}

#[test]
fn a_page_stays_while_the_cursor_moves_inside_it() {
    let mut desk = long();
    desk.press("3");
    let last = body(&desk);
    desk.press("kkkkkkkkkkkk");
    assert_eq!(body(&desk), last, "the cursor moves, the rows do not");
    desk.press("kkkkk");
    assert_ne!(body(&desk), last, "and then they do");
    let turned = body(&desk);
    desk.press("jjjjjjj");
    assert_eq!(body(&desk), turned, "nor on the way back");
    desk.press("G");
    assert_eq!(body(&desk), last);
}

#[test]
fn the_wheel_turns_the_rows_under_the_cursor() {
    let mut desk = long();
    desk.press("3gjjjjjjjj");
    let entry = |desk: &Desk| {
        let screen = desk.model.case.as_ref().unwrap();
        screen.case.cite(&selected_entry(screen).unwrap())
    };
    let before = body(&desk);
    assert_eq!(entry(&desk), "A9");
    update(&mut desk.model, Msg::Mouse(Mouse::Scroll { up: false }));
    assert_eq!((entry(&desk), &body(&desk)[1..14]), ("A9".into(), &before[4..17]));
    for _ in 0..3 {
        update(&mut desk.model, Msg::Mouse(Mouse::Scroll { up: false }));
    }
    assert_eq!(entry(&desk), "A13", "what has left the window takes the cursor along");
    for _ in 0..9 {
        update(&mut desk.model, Msg::Mouse(Mouse::Scroll { up: true }));
    }
    assert_eq!(body(&desk), before);
}

#[test]
fn what_is_due_is_clicked_in_now() {
    let mut desk = Desk::typical();
    desk.press("1");
    let selected = |desk: &Desk| desk.model.case.as_ref().unwrap().point().unwrap().name().step;
    assert_eq!(selected(&desk), "isolate");
    click(&mut desk, "Protect the back… in");
    assert_eq!((selected(&desk), desk.model.overlays.stack.len(), place(&desk)), ("backups".into(), 0, Place::Now));
    click(&mut desk, "Protect the back… in");
    assert!(
        matches!(desk.model.overlays.stack.last(), Some(Overlay::Form(_))),
        "the second click opens it, as in a list"
    );
    desk.press("<esc>");
    // A step that has passed.
    update(&mut desk.model, Msg::Tick(Now::fixed(at("03:30:00"), 60)));
    let y = desk.frame(80, 23).lines().position(|row| row.contains("Isolate the") && row.contains("PASSED")).unwrap();
    update(&mut desk.model, Msg::Mouse(Mouse::Click { x: 5, y: y as u16 }));
    assert_eq!(selected(&desk), "isolate");
    // A clock is no step: it has a place of its own.
    let y = desk.frame(80, 23).lines().position(|row| row.contains("CSOC call  ")).unwrap();
    update(&mut desk.model, Msg::Mouse(Mouse::Click { x: 5, y: y as u16 }));
    assert_eq!(place(&desk), Place::Clocks);
}

#[test]
fn what_can_be_done_besides_is_clicked_in_now() {
    let mut desk = Desk::typical();
    let act = StepAct::Done { note: String::new(), why: String::new(), answers: Vec::new() };
    elsewhere(&mut desk, "02:41:00", Command::Step(ActOnStep { step: step_ref("isolate"), act }));
    desk.sized(120, 40);
    desk.press("1");
    let frame = desk.frame(120, 40);
    let y = frame.lines().position(|row| row.contains(" ○ ")).unwrap_or_else(|| panic!("{frame}"));
    let row = frame.lines().nth(y).unwrap().to_owned();
    update(&mut desk.model, Msg::Mouse(Mouse::Click { x: 5, y: y as u16 }));
    let title = desk.model.case.as_ref().unwrap().point().unwrap().title();
    assert!(row.contains(&title.chars().take(12).collect::<String>()), "{title}: {row}");
}

#[test]
fn a_click_between_two_presses_of_delete_keeps_the_draft() {
    let mut desk = Desk::typical();
    desk.press("nfirst<esc>ekeep this<esc>:not recorded<enter>");
    let chosen = |desk: &Desk| match desk.model.overlays.stack.last() {
        Some(Overlay::List(list)) => (list.at, list.sure),
        other => panic!("{other:?}"),
    };
    desk.press("<delete>");
    assert_eq!(chosen(&desk).1, Some(0));
    click(&mut desk, "keep this");
    assert_eq!(chosen(&desk), (1, None));
    click(&mut desk, "keep this");
    assert_eq!(desk.model.drafts.shelf.len(), 1, "the second click goes on with it");
}
