//! The program is stopped and goes on, by a signal or by a shell.

use super::{CARECERT, LIMIT, SMALL, TAKEN, console, home, new, notes, opened};
use crate::process::{Process, present};
use crate::support;
use crate::terminal::{QUIT, RECORD, Terminal};
use std::{io::Write as _, time::Duration};

/// What a shell does to the terminal while it has it: lines are edited, and the screen is its own.
fn shell_has_it(terminal: &Terminal) {
    let tty = std::fs::File::options().read(true).write(true).open(terminal.path()).unwrap();
    let sane = std::process::Command::new("stty").arg("sane").stdin(tty.try_clone().unwrap()).status().unwrap();
    assert!(sane.success());
    (&tty).write_all(b"\x1b[?1049l\x1b[?2004l\x1b[?25h\x1b[?1000l$ fg\r\n").unwrap();
    terminal.wait_for("$ fg");
    terminal.wait_for_modes((false, false, false));
    assert_eq!(terminal.cooked(), Some(true));
}

/// Everything is as while the console runs, and the frame is whole.
fn taken(terminal: &Terminal) {
    let whole = |frame: &str| {
        let rows: Vec<&str> = frame.lines().collect();
        rows[0].contains("Wards cannot log in") && frame.contains("b blocked") && !frame.contains("$ fg")
    };
    terminal.wait_until("a whole frame", Duration::from_secs(3), whole);
    terminal.wait_for_modes(TAKEN);
    assert_eq!(terminal.cooked(), Some(false));
}

#[test]
fn a_console_that_was_stopped_takes_its_terminal_back() {
    let home = home();
    let (case, terminal) = opened(home.path(), SMALL);
    let process = Process(terminal.pid());
    for round in 1..=3 {
        process.signal("STOP");
        process.wait_for(Some('T'), LIMIT);
        shell_has_it(&terminal);
        let before = terminal.raw().len();
        process.signal("CONT");
        taken(&terminal);
        let mouse = b"\x1b[?1000h\x1b[?1006h";
        assert!(terminal.raw()[before..].windows(mouse.len()).any(|sent| sent == mouse), "the mouse is heard again");
        terminal.keys("n");
        terminal.wait_for("Enter begins a new line");
        terminal.keys(&format!("after {round}{RECORD}"));
        terminal.wait_for(&format!("recorded as A{}", round + 3));
    }
    assert_eq!(notes(home.path(), &case), ["after 1", "after 2", "after 3"]);
    terminal.keys(QUIT);
    assert_eq!(terminal.ends(LIMIT), 0);
    assert_eq!((terminal.modes(), terminal.cooked()), ((false, false, false), Some(true)));
}

#[test]
fn a_window_that_changed_while_it_was_stopped_is_filled() {
    let home = home();
    let (_, terminal) = opened(home.path(), SMALL);
    let process = Process(terminal.pid());
    process.signal("STOP");
    process.wait_for(Some('T'), LIMIT);
    terminal.resize((120, 40));
    process.signal("CONT");
    terminal.wait_until("a frame of 40 rows", Duration::from_secs(3), |frame| {
        frame.lines().count() == 40 && frame.lines().nth(39).is_some_and(|row| row.contains("? keys"))
    });
}

/// The console beneath a shell that gets it back at each key; its own process is told in a file.
fn beneath_a_shell(home: &std::path::Path) -> (Terminal, Process) {
    let case = new(home);
    let own = home.join("pid");
    let script = format!(
        "set -m; sh -c 'echo $$ > {}; exec {CARECERT} open {case}'; read key; fg; read key; fg; echo it ended with $?",
        own.display()
    );
    let terminal = console(home, SMALL).shell(&script).start();
    terminal.wait_for("b blocked");
    (terminal, Process(std::fs::read_to_string(own).unwrap().trim().parse().unwrap()))
}

#[test]
fn asked_to_stop_it_gives_the_terminal_back_first() {
    let home = home();
    let (terminal, process) = beneath_a_shell(home.path());
    for _ in 0..2 {
        process.signal("TSTP");
        process.wait_for(Some('T'), LIMIT);
        terminal.wait_for_modes((false, false, false));
        assert_eq!(terminal.cooked(), Some(true));
        terminal.keys("\r");
        taken(&terminal);
    }
    terminal.keys(QUIT);
    terminal.wait_for("it ended with 0");
}

/// Nobody could continue it: it goes on.
#[test]
fn alone_in_its_session_it_is_not_stopped_for_ever() {
    let home = home();
    let (_, terminal) = opened(home.path(), SMALL);
    Process(terminal.pid()).signal("TSTP");
    terminal.keys("n");
    terminal.wait_for("Enter begins a new line");
}

#[test]
fn a_shell_stops_it_puts_it_behind_and_gets_it_back() {
    if !present("bash") {
        return;
    }
    let home = home();
    let case = new(home.path());
    let terminal = console(home.path(), SMALL).shell("exec bash --norc -i").start();
    let own = home.path().join("pid");
    terminal.keys("PS1='ready> '\r");
    terminal.wait_for("\nready>");
    terminal.keys(&format!("sh -c 'echo $$ > {}; exec {CARECERT} open {case}'\r", own.display()));
    terminal.wait_for("b blocked");
    let process = Process(std::fs::read_to_string(own).unwrap().trim().parse().unwrap());
    for signal in ["TSTP", "STOP"] {
        process.signal(signal);
        process.wait_for(Some('T'), LIMIT);
        // After STOP the shell writes over what stands there.
        terminal.wait_until("the shell", LIMIT, |frame| frame.trim_end().ends_with("ready>"));
        terminal.keys("fg\r");
        taken(&terminal);
    }
    process.signal("TSTP");
    process.wait_for(Some('T'), LIMIT);
    terminal.wait_until("the shell", LIMIT, |frame| frame.trim_end().ends_with("ready>"));
    terminal.keys("bg\r");
    terminal.wait_until("it behind the shell", LIMIT, |frame| frame.contains(" &"));
    // Behind the shell it draws nothing, however long it has something to draw.
    process.wait_for(Some('S'), LIMIT);
    support::ok(home.path(), &["note", &case, "from elsewhere"]);
    terminal.keys("echo still \"mine\"\r");
    terminal.wait_for("still mine");
    terminal.keys("fg\r");
    taken(&terminal);
    terminal.wait_for("from elsewhere");
    let raw = String::from_utf8_lossy(&terminal.raw()).into_owned();
    let behind = &raw[raw.rfind("still \"mine\"").unwrap()..raw.rfind("still mine").unwrap()];
    assert!(!behind.contains("from elsewhere"), "{behind:?}");
    terminal.keys(QUIT);
    terminal.wait_until("the shell", LIMIT, |frame| frame.trim_end().ends_with("ready>"));
    // The shell wants to hear of pastes, too.
    terminal.wait_for_modes((false, false, true));
}
