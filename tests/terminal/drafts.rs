//! What is typed and not recorded survives a kill, a signal, a vanished terminal and a leaving, and is offered again.

use crate::support::{json, ok};
use crate::terminal::{LIMIT, QUIT, RECORD, Terminal, console};
use std::{
    fs,
    path::Path,
    time::{Duration, Instant},
};

/// Looks until it is so; the file system tells nobody.
fn until(what: &str, mut so: impl FnMut() -> bool) {
    let began = Instant::now();
    while !so() {
        assert!(began.elapsed() < LIMIT, "waited for {what}");
        std::thread::yield_now();
    }
}

/// All that the files of drafts hold.
fn on_disk(home: &Path) -> String {
    let files = fs::read_dir(home.join("drafts")).into_iter().flatten().flatten().map(|entry| entry.path());
    let drafts = files.filter(|path| path.extension().is_some_and(|ending| ending == "json"));
    drafts.filter_map(|path| fs::read_to_string(path).ok()).collect()
}

fn kill(terminal: &Terminal, signal: &str) {
    let killed = std::process::Command::new("kill").args([signal, &terminal.pid().to_string()]).status().unwrap();
    assert!(killed.success());
}

fn case(home: &Path) -> String {
    ok(home, &["new", "--title", "A night", "--severity", "high"]).trim().to_owned()
}

fn open(home: &Path, case: &str) -> Terminal {
    console(home, (80, 23)).arguments(&["open", case]).start()
}

fn note(terminal: &Terminal, text: &str) {
    terminal.wait_for("1Now 2Steps");
    terminal.keys("n");
    terminal.wait_for("Enter begins a new line");
    terminal.keys(text);
}

#[test]
fn what_cannot_be_kept_is_said_while_it_is_typed_and_before_it_is_lost() {
    let home = tempfile::tempdir().unwrap();
    let case = case(home.path());
    // No folder can be made where a file stands, whoever runs this.
    fs::write(home.path().join("drafts"), "").unwrap();
    let terminal = open(home.path(), &case);
    note(&terminal, "ward 5 can take two");
    terminal.wait_for("Not on disk");
    terminal.keys(QUIT);
    terminal.wait_for("loses this text");
    assert!(!terminal.frame().contains("keeps the drafts"), "{}", terminal.frame());
    terminal.keys("n");
    terminal.wait_for("Will record");
    fs::remove_file(home.path().join("drafts")).unwrap();
    until("the draft on disk", || on_disk(home.path()).contains("ward 5 can take two"));
    terminal.wait_until("no more warning", LIMIT, |frame| !frame.contains("Not on disk"));
    terminal.keys(QUIT);
    terminal.wait_for("keeps the drafts");
    terminal.keys("y");
    assert_eq!(terminal.ends(LIMIT), 0);
}

#[cfg(unix)]
#[test]
fn a_killed_note_is_offered_and_recorded() {
    let home = tempfile::tempdir().unwrap();
    let case = case(home.path());
    let terminal = open(home.path(), &case);
    note(&terminal, "Bed manager says ward 5 can take two");
    until("the draft on disk", || on_disk(home.path()).contains("ward 5 can take two"));
    kill(&terminal, "-KILL");
    terminal.ends(LIMIT);
    assert_eq!(json(home.path(), &["status", &case])["records"], 2, "nothing is recorded by itself");
    let terminal = open(home.path(), &case);
    terminal.wait_for("Not recorded: typed before");
    terminal.wait_for("Bed manager says ward 5");
    terminal.keys("\r");
    terminal.wait_for("Will record");
    terminal.keys(RECORD);
    terminal.wait_for("recorded as A3");
    terminal.keys(QUIT);
    assert_eq!(terminal.ends(LIMIT), 0);
    let log = json(home.path(), &["log", &case]);
    assert_eq!(log[2]["record"]["data"]["text"], "Bed manager says ward 5 can take two");
    assert_eq!(on_disk(home.path()), "", "what is recorded is no draft any more");
    let terminal = open(home.path(), &case);
    terminal.wait_for("1Now 2Steps");
    assert!(!terminal.frame().contains("Not recorded"));
}

#[cfg(unix)]
#[test]
fn a_kill_in_the_middle_of_typing_loses_a_second_at_most() {
    let home = tempfile::tempdir().unwrap();
    let case = case(home.path());
    let terminal = open(home.path(), &case);
    note(&terminal, "begin");
    terminal.wait_for("begin");
    // A number every 20 ms for three seconds; each is noted with the moment at which it was typed.
    let mut typed = Vec::new();
    let began = Instant::now();
    while began.elapsed() < Duration::from_secs(3) {
        if began.elapsed() >= Duration::from_millis(20) * (typed.len() as u32) {
            terminal.keys(&format!(" k{}", typed.len()));
            typed.push(began.elapsed());
        }
        std::thread::yield_now();
    }
    let killed = began.elapsed();
    kill(&terminal, "-KILL");
    terminal.ends(LIMIT);
    let kept = on_disk(home.path());
    let last = (0..typed.len()).rev().find(|number| kept.contains(&format!(" k{number}"))).unwrap();
    let lost = killed - typed[last];
    assert!(lost <= Duration::from_secs(1), "{lost:?} of typing is lost");
    assert!((0..=last).all(|number| kept.contains(&format!(" k{number}"))), "without a gap: {kept}");
}

#[cfg(unix)]
#[test]
fn a_signal_and_a_vanished_terminal_keep_what_was_typed_last() {
    for end in ["-HUP", "-TERM", "-INT"] {
        let home = tempfile::tempdir().unwrap();
        let case = case(home.path());
        let terminal = open(home.path(), &case);
        note(&terminal, "to the last letter");
        terminal.wait_for("to the last letter");
        kill(&terminal, end);
        terminal.ends(LIMIT);
        assert!(on_disk(home.path()).contains("to the last letter"), "{end}");
    }
}

#[test]
fn leaving_keeps_drafts_and_another_console_on_the_same_case_leaves_them_alone() {
    let home = tempfile::tempdir().unwrap();
    let case = case(home.path());
    let first = open(home.path(), &case);
    note(&first, "of the first terminal");
    until("the draft on disk", || on_disk(home.path()).contains("of the first terminal"));
    let second = open(home.path(), &case);
    second.wait_for("1Now 2Steps");
    note(&second, "of the second terminal");
    until("both on disk", || on_disk(home.path()).contains("of the second terminal"));
    assert!(!second.frame().contains("Not recorded"), "it belongs to a console that lives");
    for (terminal, more) in [(second, true), (first, false)] {
        terminal.keys(QUIT);
        terminal.wait_for("Leave?");
        terminal.keys("y");
        assert_eq!(terminal.ends(LIMIT), 0);
        assert!(on_disk(home.path()).contains("of the second terminal") || !more);
    }
    // Both are offered, and none is lost though both are notes.
    let terminal = open(home.path(), &case);
    terminal.wait_for("Not recorded: typed before");
    let held = on_disk(home.path());
    assert!(held.contains("of the first terminal") && held.contains("of the second terminal"), "{held}");
}

#[cfg(unix)]
#[test]
fn a_new_incident_is_a_draft_too_and_none_once_it_is_a_case() {
    let home = tempfile::tempdir().unwrap();
    let terminal = console(home.path(), (80, 23)).start();
    terminal.wait_for("Press n to open");
    terminal.keys("n");
    terminal.wait_for("In a line, as you would say it on the phone");
    terminal.keys("Wards cannot log in");
    until("the draft on disk", || on_disk(home.path()).contains("Wards cannot log in"));
    kill(&terminal, "-KILL");
    terminal.ends(LIMIT);
    let terminal = console(home.path(), (80, 23)).start();
    terminal.wait_for("Not recorded: typed before");
    terminal.keys("\r");
    // The playbooks may come a moment later; before they are there, nobody is asked whether one is meant.
    terminal.wait_for("In a line, as you would say it on the phone");
    terminal.keys("\t");
    terminal.wait_for("Ransomware or destructive malware");
    terminal.keys(RECORD);
    terminal.wait_for("again opens the case without one");
    terminal.keys(RECORD);
    terminal.wait_for("1Now 2Steps");
    until("nothing on disk", || on_disk(home.path()).is_empty());
    terminal.keys(QUIT);
    assert_eq!(terminal.ends(LIMIT), 0);
}
