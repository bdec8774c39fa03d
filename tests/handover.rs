//! The handover by commands: printed, exported, and recorded.
#![allow(clippy::unwrap_used, missing_docs)]

mod support;

use support::{fails, json, ok};

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
    assert!(printed.contains("to B. Roe, lead (A6)"), "{printed}");
    assert!(!printed.contains("Theatre 2"), "a new shift begins: {printed}");
    let why = fails(home, 1, &["handover", &case, "--to", " "]);
    assert!(why.contains("--to NAME"), "{why}");
}
