//! The terminal goes away, and nobody says so: no signal reaches the program.

use super::{LIMIT, SMALL, closed_cleanly, console, folder, home, new};
use crate::process::{Process, present};
use crate::support;
use crate::terminal::Terminal;
use std::{path::Path, time::Duration};

/// Starts the console by a script in which it has no say in who gets signals; gives its own process.
fn start(home: &Path, case: &str, script: &str) -> (Terminal, Process) {
    let own = home.join("pid");
    let inner = format!("echo $$ > '{}'; exec '{}' open {case}", own.display(), support::CARECERT);
    let terminal = console(home, SMALL).shell(&script.replace("CONSOLE", &inner.replace('\'', "'\\''"))).start();
    terminal.wait_for("b blocked");
    let pid = std::fs::read_to_string(own).unwrap().trim().parse().unwrap();
    (terminal, Process(pid))
}

/// Every way in which a console does not hear of it: the session's leader ignores the signal, the console does, or it
/// has no controlling terminal at all.
const DEAF: [(&str, &str); 3] = [
    ("the leader ignores it", "trap '' HUP; sh -c 'CONSOLE'; :"),
    ("it ignores it itself", "trap '' HUP; exec sh -c 'CONSOLE'"),
    ("no controlling terminal", "trap '' HUP; setsid -w sh -c 'CONSOLE'; :"),
];

#[test]
fn a_terminal_that_is_gone_without_a_signal_ends_the_program() {
    for (way, script) in DEAF {
        if way == "no controlling terminal" && !present("setsid") {
            continue;
        }
        let home = home();
        let case = new(home.path());
        let (mut terminal, process) = start(home.path(), &case, script);
        terminal.keys("nhalf a note");
        terminal.wait_for("half a note");
        terminal.hang_up();
        let computed = process.wait_for(None, Duration::from_secs(2));
        assert!(computed < Duration::from_millis(500), "{way}: it computed for {computed:?}");
        closed_cleanly(&folder(home.path()));
        let again = console(home.path(), SMALL).arguments(&["open", &case]).start();
        again.wait_for("half a note");
    }
}

/// With nothing on screen that changes, nothing is written either: the loss must be seen all the same.
#[test]
fn a_list_of_cases_that_nobody_sees_ends_too() {
    let home = home();
    let (way, script) = DEAF[0];
    let own = home.path().join("pid");
    let inner = format!("echo $$ > '{}'; exec '{}'", own.display(), support::CARECERT);
    let script = script.replace("CONSOLE", &inner.replace('\'', "'\\''"));
    let mut terminal = console(home.path(), SMALL).shell(&script).start();
    terminal.wait_for("Press n to open a new incident");
    let process = Process(std::fs::read_to_string(own).unwrap().trim().parse().unwrap());
    terminal.hang_up();
    let computed = process.wait_for(None, Duration::from_secs(2));
    assert!(computed < Duration::from_millis(500), "{way}: it computed for {computed:?}");
}

/// Keys that come faster than they are taken are kept in the terminal and not in memory without end; and the end of the
/// terminal is seen among them.
#[test]
fn a_flood_of_bytes_that_ends_with_the_terminal_is_no_trouble() {
    let home = home();
    let case = new(home.path());
    let (mut terminal, process) = start(home.path(), &case, DEAF[0].1);
    let flood = "\x1b[A\x1b[B".repeat(500);
    for _ in 0..20 {
        terminal.keys(&flood);
    }
    terminal.hang_up();
    process.wait_for(None, LIMIT);
    closed_cleanly(&folder(home.path()));
}
