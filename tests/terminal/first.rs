//! The first start, and what the console asks of the terminal besides drawing.

use crate::support::{json, ok};
use crate::terminal::{LIMIT, QUIT, RECORD, TAB, Terminal, console};
use std::path::Path;

fn new(home: &Path) -> String {
    ok(home, &["new", "--title", "Wards cannot log in", "--playbook", "ransomware"]).trim().to_owned()
}

/// A console that nobody is named to.
fn unnamed(home: &Path, arguments: &[&str]) -> Terminal {
    console(home, (80, 23)).variable("CARECERT_BY", "").variable("USER", "root").arguments(arguments).start()
}

#[test]
fn the_first_start_asks_once_and_goes_on_to_the_case() {
    let home = tempfile::tempdir().unwrap();
    let case = new(home.path());
    let terminal = unnamed(home.path(), &["open", &case]);
    terminal.wait_for("Who works here?");
    assert!(terminal.frame().contains("“root”"), "{}", terminal.frame());
    terminal.keys(&format!("J. Patel{TAB}Incident lead{TAB}Northfield{TAB}rx1{RECORD}"));
    terminal.wait_for("1Now 2Steps");
    terminal.keys("n");
    terminal.wait_for("Enter begins a new line");
    terminal.keys(&format!("Ward 7 rang{RECORD}"));
    terminal.wait_for("recorded as A4, A5");
    terminal.keys(QUIT);
    assert_eq!(terminal.ends(LIMIT), 0);
    let log = json(home.path(), &["log", &case]);
    let by = &log.as_array().unwrap().last().unwrap()["record"]["by"];
    assert_eq!((by["name"].as_str(), by["organisation"].as_str()), (Some("J. Patel"), Some("Northfield (ODS RX1)")));
    // It is remembered: the second start asks nothing.
    let again = unnamed(home.path(), &["open", &case]);
    again.wait_for("1Now 2Steps");
    assert!(!again.frame().contains("Who works here?") && again.frame().contains("J. Patel"), "{}", again.frame());
}

#[test]
fn esc_goes_on_with_the_accounts_name_and_is_asked_again_next_time() {
    let home = tempfile::tempdir().unwrap();
    let terminal = unnamed(home.path(), &[]);
    terminal.wait_for("Who works here?");
    terminal.keys("\x1b");
    terminal.wait_for("you go on as root, the account's name");
    terminal.wait_for("to open a new incident");
    terminal.keys(QUIT);
    assert_eq!(terminal.ends(LIMIT), 0);
    assert!(!home.path().join("config/responder.ron").exists());
    unnamed(home.path(), &[]).wait_for("Who works here?");
}

#[test]
fn a_copy_goes_to_the_terminal_and_the_bell_stays_silent_without_a_reason() {
    let home = tempfile::tempdir().unwrap();
    let case = new(home.path());
    let terminal = console(home.path(), (80, 23)).arguments(&["open", &case]).start();
    terminal.wait_for("b blocked");
    terminal.keys("y");
    terminal.wait_for("copied, where the terminal allows it");
    let raw = String::from_utf8(terminal.raw()).unwrap();
    // “Take the lead, aloud” begins the text.
    assert!(raw.contains("\x1b]52;c;VGFrZSB0aGUgbGVhZCwgYWxvdWQ"), "{raw:?}");
    let rest = raw.split("\x1b]52;c;").nth(1).unwrap();
    let text = rest.split('\x1b').next().unwrap().trim_end_matches('\x07');
    assert!(text.len() > 100 && text.bytes().all(|b| b.is_ascii_alphanumeric() || b"+/=".contains(&b)), "{text}");
    assert!(!raw.contains('\x07'), "what is near already does not ring");
}
