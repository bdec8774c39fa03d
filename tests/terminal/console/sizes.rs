//! Windows of every size, also of those that no window has.

use super::{LIMIT, SMALL, console, home, new, opened};
use crate::process::{Process, present};
use crate::support;
use crate::terminal::{QUIT, RECORD};
use std::time::Duration;

/// Sizes that a terminal or a program can claim, columns and rows.
const ODD: [(u16, u16); 12] = [
    (65_535, 65_535),
    (65_535, 1),
    (1, 65_535),
    (0, 0),
    (1, 1),
    (0, 5),
    (5, 0),
    (65_535, 24),
    (80, 65_535),
    (2000, 2000),
    (79, 23),
    (32_768, 32_768),
];

/// The most memory that the console may have used, bytes.
const MEMORY: u64 = 300 << 20;

#[test]
fn a_window_of_any_size_neither_aborts_nor_takes_the_memory() {
    let home = home();
    let (_, terminal) = opened(home.path(), SMALL);
    let process = Process(terminal.pid());
    terminal.resize((120, 30));
    terminal.wait_for("b blocked");
    for (round, size) in ODD.into_iter().enumerate() {
        let before = terminal.raw().len();
        terminal.claim(size);
        terminal.wait_for_more(before);
        terminal.resize((120, 30));
        terminal.wait_for("b blocked");
        terminal.keys("n");
        terminal.wait_for("Enter begins a new line");
        terminal.keys(&format!("size {round}{RECORD}"));
        terminal.wait_for(&format!("recorded as A{}", round + 4));
    }
    if cfg!(target_os = "linux") {
        let most = process.most_memory().unwrap();
        assert!(most < MEMORY, "{most} bytes");
    }
    terminal.keys(QUIT);
    assert_eq!(terminal.ends(LIMIT), 0);
}

#[test]
fn a_console_begins_in_a_window_of_any_size() {
    let home = home();
    let case = new(home.path());
    for size in ODD {
        let terminal = console(home.path(), SMALL).claiming(size).arguments(&["open", &case]).start();
        terminal.wait_until("a frame", LIMIT, |frame| !frame.trim().is_empty());
        terminal.resize(SMALL);
        terminal.wait_for("b blocked");
        terminal.keys(QUIT);
        assert_eq!(terminal.ends(LIMIT), 0, "{size:?}");
    }
}

/// A serial line knows of no size.
#[test]
fn a_terminal_that_does_not_know_its_size_has_the_usual_one() {
    let home = home();
    let case = new(home.path());
    let terminal = console(home.path(), (80, 24)).claiming((0, 0)).arguments(&["open", &case]).start();
    terminal.wait_for("b blocked");
    assert!(terminal.frame().lines().nth(23).is_some_and(|row| row.contains("? keys")), "{}", terminal.frame());
}

#[test]
fn a_storm_of_sizes_ends_in_the_last_one() {
    let home = home();
    let (_, terminal) = opened(home.path(), SMALL);
    for round in 0..300_u16 {
        terminal.claim((1 + round * 217 % 900, 1 + round * 91 % 400));
    }
    terminal.resize((120, 40));
    terminal.wait_until("a frame of 40 rows", LIMIT, |frame| {
        frame.lines().count() == 40 && frame.lines().nth(39).is_some_and(|row| row.contains("? keys"))
    });
}

/// A window that is dragged smaller and as large again before anyone looks cuts off what was drawn, and has the size that
/// it had.
#[cfg(unix)]
#[test]
fn a_window_that_has_its_size_again_is_filled_again() {
    let home = home();
    let (_, terminal) = opened(home.path(), SMALL);
    terminal.cut_off((20, 5));
    assert!(!terminal.frame().contains("b blocked"), "{}", terminal.frame());
    Process(terminal.pid()).signal("WINCH");
    terminal.wait_until("a whole frame", LIMIT, |frame| {
        frame.lines().count() == 23 && frame.contains("Wards cannot log in") && frame.contains("b blocked")
    });
}

/// No signal tells of another size where the terminal is not the one that controls the session.
#[cfg(unix)]
#[test]
fn a_size_that_no_signal_tells_of_is_seen() {
    if !present("setsid") {
        return;
    }
    let home = home();
    let case = new(home.path());
    let script = format!("setsid -w '{}' open {case}", support::CARECERT);
    let terminal = console(home.path(), SMALL).shell(&script).start();
    terminal.wait_for("b blocked");
    terminal.resize((120, 40));
    terminal.wait_until("a frame of 40 rows", Duration::from_secs(5), |frame| {
        frame.lines().count() == 40 && frame.lines().nth(39).is_some_and(|row| row.contains("? keys"))
    });
}
