//! The mouse on a real terminal: clicks and the wheel, as the bytes that a terminal sends for them.
#![cfg(unix)] // Windows' console has no such bytes; the model's own tests hold there as well.

use crate::support::{json, ok};
use crate::terminal::{ENTER, LIMIT, QUIT, RECORD, Terminal, console};
use std::path::Path;

const SMALL: (u16, u16) = (80, 23);

fn opened(home: &Path) -> (String, Terminal) {
    let case = ok(home, &["new", "--title", "Wards cannot log in", "--playbook", "ransomware"]).trim().to_owned();
    let terminal = console(home, SMALL).arguments(&["open", &case]).start();
    terminal.wait_for("b blocked");
    (case, terminal)
}

/// Presses and lets go of the left button where a text begins on screen.
#[track_caller]
fn click(terminal: &Terminal, text: &str) {
    terminal.wait_for(text);
    let frame = terminal.frame();
    let (row, line) = frame.lines().enumerate().find(|(_, line)| line.contains(text)).unwrap();
    let column = line[..line.find(text).unwrap()].chars().count();
    let (x, y) = (column + 1, row + 1);
    terminal.keys(&format!("\x1b[<0;{x};{y}M\x1b[<0;{x};{y}m"));
}

#[test]
fn places_keys_and_rows_are_clicked_and_the_wheel_turns() {
    let home = tempfile::tempdir().unwrap();
    let (case, terminal) = opened(home.path());
    click(&terminal, "3Log");
    terminal.wait_for("⏎ open");
    click(&terminal, "A1 ");
    click(&terminal, "A1 ");
    terminal.wait_for("Esc back");
    click(&terminal, "Esc back");
    click(&terminal, "n note");
    terminal.wait_for("Enter begins a new line");
    terminal.keys(&format!("typed, not clicked{RECORD}"));
    terminal.wait_for("recorded as A4");
    click(&terminal, "2Steps");
    terminal.wait_for("⏎ done");
    click(&terminal, ": all");
    terminal.wait_for(" 1 of ");
    terminal.keys("\x1b[<65;40;10M");
    terminal.wait_for(" 4 of ");
    click(&terminal, "Esc back");
    terminal.wait_for("⏎ done");
    terminal.keys(QUIT);
    assert_eq!(terminal.ends(LIMIT), 0);
    let raw = String::from_utf8(terminal.raw()).unwrap();
    for mode in ["?1000", "?1006"] {
        let (taken, given) = (raw.rfind(&format!("\x1b[{mode}h")), raw.rfind(&format!("\x1b[{mode}l")));
        assert!(taken.is_some() && taken < given, "{mode}: taken at {taken:?}, given back at {given:?}");
    }
    let log = json(home.path(), &["log", &case]);
    assert_eq!(log.as_array().unwrap().len(), 4, "a click records nothing by itself: {log}");
}

#[test]
fn two_clicks_at_one_place_open_the_entry_there_in_a_log_longer_than_the_window() {
    let home = tempfile::tempdir().unwrap();
    let case = ok(home.path(), &["new", "--title", "Wards cannot log in"]).trim().to_owned();
    for number in 0..32 {
        ok(home.path(), &["note", &case, &format!("what was seen at {number}")]);
    }
    let terminal = console(home.path(), SMALL).arguments(&["open", &case]).start();
    terminal.wait_for("3Log");
    terminal.keys("3");
    terminal.wait_for("34 entries");
    // The cell is found once: both clicks go to it, whatever stands there then.
    terminal.wait_for("A22 ");
    let row = terminal.frame().lines().position(|line| line.contains("A22 ")).unwrap() + 1;
    terminal.keys(&format!("\x1b[<0;20;{row}M\x1b[<0;20;{row}m\x1b[<0;20;{row}M\x1b[<0;20;{row}m"));
    terminal.wait_for("Esc back");
    terminal.wait_for(" A22 ");
    terminal.wait_for("what was seen at 19");
    terminal.keys(QUIT);
    assert_eq!(terminal.ends(LIMIT), 0);
}

#[test]
fn the_settings_leave_the_mouse_to_the_terminal() {
    let home = tempfile::tempdir().unwrap();
    std::fs::create_dir(home.path().join("config")).unwrap();
    std::fs::write(home.path().join("config/console.ron"), "(mouse: false)").unwrap();
    let (_, terminal) = opened(home.path());
    terminal.keys(&format!("3{ENTER}"));
    terminal.wait_for("Esc back");
    let raw = String::from_utf8(terminal.raw()).unwrap();
    assert!(!raw.contains("\x1b[?1000h"), "the mouse was taken");
}
