//! The handover by commands and in the console: printed, exported, and recorded.
#![allow(clippy::unwrap_used, clippy::panic, missing_docs)]

mod support;
#[allow(dead_code, reason = "this program needs a part of what the others need")]
#[path = "support/terminal.rs"]
mod terminal;

use support::{fails, json, ok};
use terminal::{LIMIT, QUIT, RECORD, TAB, console};

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
    let terminal = console(home, (80, 24)).arguments(&["open", &case]).start();
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
