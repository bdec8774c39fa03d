//! The handover by commands and in the console: printed, exported, and recorded.

use crate::support::{self, fails, json, ok};
use crate::terminal::{LIMIT, QUIT, RECORD, TAB, console};
use std::path::Path;

#[test]
fn a_case_is_handed_over() {
    let home = tempfile::tempdir().unwrap();
    let home = home.path();
    let case = ok(home, &["new", "--title", "Wards cannot log in", "--playbook", "ransomware"]).trim().to_owned();
    ok(home, &["note", &case, "Theatre 2 finishing list on paper"]);
    let records = || json(home, &["status", &case])["records"].as_u64().unwrap();
    let before = records();
    let printed = ok(home, &["handover", &case]);
    assert!(printed.starts_with("TLP:AMBER\n") && printed.contains("Theatre 2 finishing list on paper"), "{printed}");
    let told = json(home, &["handover", &case]);
    assert_eq!(told["sections"][0]["heading"], "Situation");
    assert!(printed.contains(told["seal"].as_str().unwrap()), "both have the seal");
    assert_eq!(records(), before, "reading it records nothing");

    let out = home.join("handover.txt");
    ok(home, &["export", &case, "--format", "handover", "--out", out.to_str().unwrap()]);
    let text = std::fs::read_to_string(&out).unwrap();
    assert!(text.contains("Theatre 2 finishing list on paper") && text.ends_with("TLP:AMBER\n"), "{text}");
    assert_eq!(records(), before + 1, "that it left is recorded");

    let seal = json(home, &["status", &case])["seal"].clone();
    let answer = json(home, &["handover", &case, "--to", "B. Roe", "--in-role", "lead"]);
    assert_eq!(answer["recorded"].as_array().unwrap().len(), 1);
    let log = json(home, &["log", &case, "--last", "1"]);
    let record = log[0]["record"].to_string();
    assert!(record.contains("handover.made") && record.contains(seal.as_str().unwrap()), "{record}");
    // The log says it in a line, the entry by itself in full.
    let line = ok(home, &["log", &case, "--last", "1"]);
    assert!(line.contains("to B. Roe, lead at seal") && !line.contains("Theatre 2"), "{line}");
    let whole = ok(home, &["log", &case, "a6"]);
    assert!(whole.starts_with("A6  handover\n") && whole.contains("Theatre 2 finishing list on paper"), "{whole}");
    assert!(whole.lines().count() > 20 && whole.contains("\nBy          A. Osei\n"), "{whole}");
    assert_eq!(json(home, &["log", &case, "A6"])["record"], log[0]["record"]);
    let why = fails(home, 1, &["log", &case, "A99"]);
    assert!(why.contains("there is no entry A99"), "{why}");
    fails(home, 2, &["log", &case, "A6", "--follow"]);
    let printed = ok(home, &["handover", &case]);
    // Its lines are broken for paper.
    let words = printed.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(words.contains("from A. Osei to B. Roe, lead (A6)."), "{printed}");
    assert!(!printed.contains("Theatre 2"), "a new shift begins: {printed}");
    let why = fails(home, 1, &["handover", &case, "--to", " "]);
    assert!(why.contains("--to NAME"), "{why}");
}

#[test]
fn whoever_takes_over_in_the_console_acts_from_then_on() {
    let home = tempfile::tempdir().unwrap();
    let home = home.path();
    let case = ok(home, &["new", "--title", "Wards cannot log in", "--playbook", "ransomware"]).trim().to_owned();
    let terminal = console(home, (80, 23)).arguments(&["open", &case]).start();
    terminal.wait_for("1Now 2Steps");
    terminal.keys("9");
    terminal.wait_for("Handover as it stands");
    terminal.keys("\r");
    terminal.wait_for("Hands over");
    terminal.keys(&format!("B. Roe{TAB}night lead{RECORD}"));
    terminal.wait_for("B. Roe acts here from now on");
    terminal.keys("n");
    terminal.wait_for("Enter begins a new line");
    terminal.keys(&format!("I have read the seal back{RECORD}"));
    terminal.wait_for("recorded as A5");
    // The machine's clock, and a check, on the page where they stay.
    terminal.keys("0");
    terminal.wait_for("Read it out.");
    terminal.keys("s");
    terminal.wait_for("It reads");
    terminal.keys(&format!("speaking clock 123{TAB}00:00:01"));
    terminal.wait_for("Will record    time");
    terminal.keys(RECORD);
    terminal.wait_for("recorded as A6");
    terminal.keys("\r");
    terminal.wait_for("and all evidence are as they were");
    terminal.keys("G");
    let folder = std::fs::read_dir(home.join("cases")).unwrap().next().unwrap().unwrap().file_name();
    terminal.wait_for(folder.to_str().unwrap().get(..20).unwrap());
    terminal.keys(QUIT);
    assert_eq!(terminal.ends(LIMIT), 0);

    let log = json(home, &["log", &case]);
    let rows = log.as_array().unwrap();
    let of = |kind: &str| rows.iter().find(|row| row["record"]["type"] == kind).unwrap()["record"].clone();
    let made = of("handover.made");
    assert_eq!((made["by"]["name"].as_str(), made["data"]["to"]["name"].as_str()), (Some("A. Osei"), Some("B. Roe")));
    assert!(made["data"]["text"].as_str().unwrap().starts_with("SITUATION\nWards cannot log in.\n"), "{made}");
    let note = of("note");
    assert_eq!((note["by"]["name"].as_str(), note["by"]["role"].as_str()), (Some("B. Roe"), Some("night lead")));
    assert_eq!(rows.iter().filter(|row| row["record"]["type"] == "responder.joined").count(), 1, "taking over joins");
    let apart = of("clock.checked")["data"]["ahead_ms"].as_i64().unwrap();
    assert!(apart.abs() <= 12 * 3600 * 1000, "the nearest such moment: {apart}");
}

/// Says who works on the machine of `home`, as the console keeps it.
fn remembered(home: &Path, name: &str, role: &str) {
    std::fs::create_dir_all(home.join("config")).unwrap();
    std::fs::write(home.join("config/responder.ron"), format!("(name: {name:?}, role: {role:?})")).unwrap();
}

/// Runs the program where nobody is named by the environment.
fn unnamed(home: &Path, arguments: &[&str]) -> (Option<i32>, String, String) {
    let mut command = support::command(home, arguments);
    let output = command.env_remove("CARECERT_BY").env("USER", "ward-pc").output().unwrap();
    let (out, err) = support::texts(&output);
    (output.status.code(), out, err)
}

#[test]
fn who_took_over_acts_here_by_commands_too() {
    let home = tempfile::tempdir().unwrap();
    let home = home.path();
    remembered(home, "J. Patel", "Incident lead");
    let case = unnamed(home, &["new", "--title", "Wards cannot log in"]).1.trim().to_owned();
    let note = |by: &[&str], text: &str| unnamed(home, &[&["note", &case, text], by].concat());
    assert_eq!(note(&[], "one").1, "recorded A3 as J. Patel, Incident lead\n");
    let (_, out, err) = unnamed(home, &["handover", &case, "--to", "Dr Ann Lee", "--in-role", "Incident lead"]);
    assert_eq!(out, "recorded A4 as J. Patel, Incident lead\n", "{err}");
    let status = json(home, &["status", &case]);
    assert_eq!(status["people"].as_array().unwrap().len(), 1, "one leads: {}", status["people"]);
    assert_eq!(status["people"][0]["name"], "Dr Ann Lee");
    assert_eq!(note(&[], "two").1, "recorded A5 as Dr Ann Lee, Incident lead\n");
    assert_eq!(note(&["--role", "gold"], "two").1, "recorded A6, A7 as Dr Ann Lee, gold\n", "she takes another role");

    // Whoever else is named acts once; then nobody can know who comes next.
    let (status, out, _) = note(&["--by", "J. Patel"], "three");
    assert_eq!((status, out.as_str()), (Some(0), "recorded A8, A9 as J. Patel\n"));
    let (status, out, err) = note(&[], "four");
    assert_eq!((status, out.as_str()), (Some(1), ""), "{err}");
    for word in ["Dr Ann Lee took over here (A4)", "A9 is by J. Patel", "--by", "CARECERT_BY"] {
        assert!(err.contains(word), "{word}: {err}");
    }
    assert_eq!(note(&["--by", "Dr Ann Lee", "--role", "gold"], "five").1, "recorded A10 as Dr Ann Lee, gold\n");
    assert_eq!(note(&[], "six").1, "recorded A11 as Dr Ann Lee, gold\n");

    // Another machine has a log of its own: the handover was not there.
    let other = tempfile::tempdir().unwrap();
    remembered(other.path(), "R. Khan", "scribe");
    support::copy(&home.join("cases"), &other.path().join("cases"));
    let told: serde_json::Value =
        serde_json::from_str(&unnamed(other.path(), &["note", &case, "seven", "--json"]).1).unwrap();
    assert_eq!((&told["by"]["name"], &told["recorded"][0]), (&"R. Khan".into(), &"B1".into()), "{told}");
}

#[cfg(unix)]
#[test]
fn who_took_over_acts_in_a_console_that_starts_later() {
    let home = tempfile::tempdir().unwrap();
    let home = home.path();
    remembered(home, "J. Patel", "Incident lead");
    let case = unnamed(home, &["new", "--title", "Wards cannot log in"]).1.trim().to_owned();
    let start = |first: &str| {
        let terminal = console(home, (80, 23)).variable("CARECERT_BY", "").arguments(&["open", &case]).start();
        terminal.wait_for(first);
        terminal
    };
    let terminal = start("1Now 2Steps");
    terminal.keys("9");
    terminal.wait_for("Handover as it stands");
    terminal.keys("\r");
    terminal.wait_for("Hands over");
    terminal.keys(&format!("Dr Ann Lee{TAB}Incident lead{RECORD}"));
    terminal.wait_for("Dr Ann Lee acts here from now on");
    std::process::Command::new("kill").args(["-9", &terminal.pid().to_string()]).status().unwrap();
    terminal.ends(LIMIT);

    let terminal = start("Dr Ann Lee took over here (A3)");
    terminal.keys("n");
    terminal.wait_for("Enter begins a new line");
    terminal.keys(&format!("I am reading the log{RECORD}"));
    terminal.wait_for("recorded as A4");
    terminal.keys(QUIT);
    assert_eq!(terminal.ends(LIMIT), 0);
    let log = json(home, &["log", &case, "--last", "1"]);
    assert_eq!(log[0]["record"]["by"]["name"], "Dr Ann Lee");

    // Somebody else was named for one entry: the console asks before anything is recorded.
    assert_eq!(unnamed(home, &["note", &case, "x", "--by", "J. Patel"]).0, Some(0));
    let terminal = start("Who acts here now?");
    terminal.keys(&format!("{}J. Patel{RECORD}", "\u{8}".repeat("Dr Ann Lee".len())));
    terminal.wait_for("you are J. Patel");
    terminal.keys(QUIT);
    assert_eq!(terminal.ends(LIMIT), 0);
}

#[test]
fn an_undone_handover_gives_the_case_back() {
    let home = tempfile::tempdir().unwrap();
    let home = home.path();
    remembered(home, "J. Patel", "Incident lead");
    let case = unnamed(home, &["new", "--title", "Wards cannot log in"]).1.trim().to_owned();
    let terminal = console(home, (80, 23)).variable("CARECERT_BY", "").arguments(&["open", &case]).start();
    terminal.wait_for("1Now 2Steps");
    terminal.keys("9");
    terminal.wait_for("Handover as it stands");
    terminal.keys("\r");
    terminal.wait_for("Hands over");
    terminal.keys(&format!("B. Roe{RECORD}"));
    terminal.wait_for("B. Roe acts here from now on");
    terminal.keys("3u");
    terminal.wait_for("J. Patel, Incident lead acts here again");
    terminal.keys(RECORD);
    terminal.wait_for("recorded as A4: J. Patel acts here again");
    terminal.keys("n");
    terminal.wait_for("Enter begins a new line");
    terminal.keys(&format!("the wrong name was chosen{RECORD}"));
    terminal.wait_for("recorded as A5");
    terminal.keys(QUIT);
    assert_eq!(terminal.ends(LIMIT), 0);
    let by = |log: &serde_json::Value, at: usize| log[at]["record"]["by"]["name"].as_str().unwrap().to_owned();
    let log = json(home, &["log", &case, "--last", "2"]);
    assert_eq!((by(&log, 0), by(&log, 1)), ("B. Roe".into(), "J. Patel".into()), "{log}");

    // The same by commands; what comes after is by who acts again, and nobody is asked.
    assert_eq!(unnamed(home, &["handover", &case, "--to", "Dr Ann Lee"]).0, Some(0));
    let (status, _, err) = unnamed(home, &["undo", &case, "A6"]);
    assert_eq!(status, Some(0), "{err}");
    assert_eq!(unnamed(home, &["note", &case, "on"]).1, "recorded A8 as J. Patel, Incident lead\n");
}
