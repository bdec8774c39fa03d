//! The command line as a script or a second terminal uses it: a whole incident, and every kind of bad input.

use crate::support::{self, fails, json, ok, run, texts};
use carecert_react::runtime::session::Session;
use std::{
    io::{BufRead as _, BufReader, Write as _},
    path::Path,
    process::Stdio,
    sync::mpsc::{Receiver, channel},
    time::Duration,
};

/// How long something may take to happen.
const LIMIT: Duration = Duration::from_secs(20);

fn home() -> tempfile::TempDir {
    tempfile::tempdir().unwrap()
}

fn new(home: &Path) -> String {
    ok(home, &["new", "--title", "Wards cannot log in", "--playbook", "ransomware"]).trim().to_owned()
}

/// The state of a step.
fn state(home: &Path, case: &str, step: &str) -> String {
    let status = json(home, &["status", case]);
    let steps = status["steps"].as_array().unwrap();
    steps.iter().find(|row| row["id"] == step).unwrap()["state"].as_str().unwrap().to_owned()
}

#[test]
fn one_incident_by_commands_alone() {
    let home = home();
    let home = home.path();
    let opened = json(
        home,
        &[
            "new",
            "--title",
            "Wards cannot log in",
            "--playbook",
            "ransomware",
            "--severity",
            "critical",
            "--tlp",
            "amber+strict",
            "--occurred",
            "-40m",
        ],
    );
    let case = opened["case"].as_str().unwrap();
    ok(home, &["step", case, "take-lead", "start"]);
    ok(home, &["step", case, "take-lead", "done", "--note", "A. Osei leads"]);
    ok(home, &["step", case, "leave-on", "done", "--occurred", "-30m"]);
    ok(home, &["step", case, "nation", "done", "--choose", "england", "--why", "the site is in England"]);
    ok(home, &["step", case, "fallback", "block", "--why", "waits for the switchboard"]);
    assert_eq!(state(home, case, "fallback"), "blocked");
    ok(home, &["step", case, "fallback", "reopen", "--why", "switchboard answers"]);
    ok(home, &["step", case, "samples", "skip", "--why", "done by the supplier"]);
    ok(home, &["note", &case[..4], "Theatre 2 finishing list on paper", "--occurred", "-25m"]);
    let note = home.join("ransom.txt");
    std::fs::write(&note, "pay us").unwrap();
    let taken =
        json(home, &["evidence", "add", case, note.to_str().unwrap(), "--about", "the note", "--source", "WS-0412"]);
    assert_eq!(taken[0]["sha256"], carecert_react::domain::id::Hash::of(b"pay us").to_string());
    assert_eq!(taken[0]["size"], 6);
    ok(
        home,
        &["clock", "start", case, "ico-72h", "--aware", "-20m", "--basis", "files with patient data are encrypted"],
    );
    ok(home, &["clock", "meet", case, "ico-72h", "--reference", "IC-1234"]);
    ok(home, &["clock", "check", case, "--reads", &support::now().at.to_string(), "--reference", "speaking clock"]);
    ok(
        home,
        &[
            "decide",
            case,
            "--question",
            "Divert ambulances?",
            "--choice",
            "Yes, to Eastfield",
            "--why",
            "no results",
            "--decided-by",
            "R. Khan",
        ],
    );
    ok(home, &["notify", case, "--to", "Medical director", "--means", "mobile"]);
    ok(home, &["correct", case, "A4", "A. Osei began at 03:10", "--why", "typed in a hurry"]);
    ok(home, &["amend", case, "--severity", "high", "--why", "pharmacy works"]);
    ok(home, &["attach", case, "phishing"]);
    ok(home, &["close", case, "--why", "all services are back"]);
    ok(home, &["reopen", case, "--why", "one ward is not"]);

    let status = json(home, &["status", case]);
    assert_eq!(status["severity"], "high");
    assert_eq!(status["tlp"], "TLP:AMBER+STRICT");
    assert_eq!(status["clocks"][0]["state"], "met");
    assert_eq!(state(home, case, "take-lead"), "done");
    assert_eq!(state(home, case, "samples"), "skipped");
    let log = json(home, &["log", case]);
    let log = log.as_array().unwrap();
    let cited: Vec<&str> = log.iter().map(|row| row["entry"].as_str().unwrap()).collect();
    assert_eq!(cited, (1..=log.len()).map(|seq| format!("A{seq}")).collect::<Vec<_>>(), "gapless");
    let bundle = home.join("case.zip");
    let exported = json(home, &["export", case, "--out", bundle.to_str().unwrap()]);
    assert_eq!(exported["seal"], status["seal"]);
    let checked = json(home, &["verify", bundle.to_str().unwrap()]);
    assert_eq!((&checked["ok"], &checked["findings"]), (&true.into(), &serde_json::json!([])));
    assert_eq!(checked["seal"], status["seal"]);
    assert_eq!(json(home, &["verify", case])["ok"], true);
    for format in ["html", "md", "jsonl", "csv"] {
        let out = home.join(format!("report.{format}"));
        ok(home, &["export", case, "--format", format, "--out", out.to_str().unwrap()]);
        assert!(std::fs::read_to_string(out).unwrap().contains("Theatre 2"), "{format}");
    }
    assert_eq!(json(home, &["verify", case])["ok"], true);
}

/// The citation of what was recorded last.
fn recorded(home: &Path, arguments: &[&str]) -> String {
    let answer = json(home, arguments);
    answer["recorded"].as_array().unwrap().last().unwrap().as_str().unwrap().to_owned()
}

#[test]
fn a_duty_that_was_told_or_met_is_not_started_anew_without_a_word() {
    let home = home();
    let home = home.path();
    let case = new(home);
    let clock = |duty: &str, aware: &str, more: &[&str]| {
        texts(&run(home, &[&["clock", "start", &case, duty, "--aware", aware], more].concat()))
    };
    let row = |duty: &str| {
        let rows = json(home, &["clock", "list", &case]);
        rows.as_array().unwrap().iter().find(|row| row["duty"] == duty).unwrap().clone()
    };
    // Told by a step whose duty it is, without a clock.
    let told =
        recorded(home, &["notify", &case, "--duty", "csoc", "--to", "CSOC duty analyst", "--means", "telephone"]);
    assert_eq!((row("csoc")["state"].as_str(), row("csoc")["entry"].as_str()), (Some("told"), Some(told.as_str())));
    assert!(ok(home, &["clock", "list", &case]).contains(&told));
    let handover = ok(home, &["handover", &case]);
    assert!(handover.contains("Told:") && handover.contains(&format!("({told})")), "{handover}");
    let why = clock("csoc", "-20m", &[]).1;
    assert!(why.contains("was told already") && why.contains(&told) && why.contains("rests on"), "{why}");

    assert!(clock("ico-72h", "2026-01-01T10:00Z", &[]).0.starts_with("recorded"));
    assert!(clock("ico-72h", "-5m", &["--basis", "x"]).1.contains("is running already (A5)"), "by which entry");
    let met = recorded(home, &["clock", "meet", &case, "ico-72h"]);
    for (aware, basis) in [("2026-01-01T09:30Z", vec!["--basis", "an older mail"]), ("-5m", vec![])] {
        let why = clock("ico-72h", aware, &basis).1;
        assert!(why.contains(&format!("is met already ({met})")) && why.contains("same awareness"), "{why}");
    }
    assert_eq!(
        json(home, &["clock", "list", &case]).as_array().unwrap().iter().filter(|row| row["duty"] == "ico-72h").count(),
        1
    );
    let (out, err) = clock("nis-72h", "2026-01-01T09:00Z", &[]);
    assert!(out.starts_with("recorded") && err.contains("now counts from 2026-01-01 09:00:00"), "{out}{err}");
    let (out, err) = clock("ico-72h", "2026-01-01T10:00Z", &[]);
    assert!(out.starts_with("recorded") && err.is_empty(), "it runs on: {out}{err}");
}

#[test]
fn the_picture_of_an_incident_by_commands() {
    let home = home();
    let home = home.path();
    let case = new(home);
    let case = case.as_str();
    let status = || json(home, &["status", case]);
    let note = recorded(home, &["note", case, "Ward 7 rang"]);
    ok(home, &["follow-up", case, &note, "--why", "ring back"]);
    assert_eq!(status()["follow_ups"][0]["marked"], note.as_str());
    assert_eq!(status()["follow_ups"][0]["why"], "ring back");
    assert!(ok(home, &["status", case]).contains("ring back"));
    ok(home, &["follow-up", case, &note, "--done"]);
    assert_eq!(status()["follow_ups"], serde_json::json!([]));
    assert!(ok(home, &["follow-up", case, &note, "--done"]).contains("it is so already"));

    let err = fails(home, 2, &["asset", case, "PACS", "--state", "affected"]);
    assert!(err.contains("what sort of asset") && err.contains("--kind"), "{err}");
    ok(home, &["asset", case, "PACS", "--kind", "system", "--state", "affected", "--importance", "clinical"]);
    let isolated = recorded(home, &["asset", case, "pacs", "--state", "isolated", "--about", "by hand"]);
    let asset = status()["assets"][0].clone();
    assert_eq!(status()["assets"].as_array().unwrap().len(), 1);
    assert_eq!(
        (&asset["name"], &asset["kind"], &asset["importance"]),
        (&"PACS".into(), &"system".into(), &"clinical".into())
    );
    assert_eq!((&asset["state"], &asset["entry"]), (&"isolated".into(), &isolated.as_str().into()));
    ok(home, &["undo", case, &isolated, "--why", "it was RIS"]);
    assert_eq!(status()["assets"][0]["state"], "affected");
    let log = ok(home, &["log", case]);
    assert!(log.contains(&format!("{isolated} is undone and does not count: it was RIS")), "{log}");

    ok(home, &["indicator", case, "hxxps://evil[.]example/a", "--about", "in the mail", "--source", "mail gateway"]);
    ok(home, &["indicator", case, "evil.com"]);
    ok(home, &["indicator", case, "HKLM\\Run\\x", "--source", "WS-0412"]);
    ok(home, &["indicator", case, "update", "--kind", "filename"]);
    let found = status()["indicators"].clone();
    let words = |field: &str| {
        found.as_array().unwrap().iter().map(|row| row[field].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(words("kind"), ["url", "domain", "other", "filename"]);
    assert_eq!(words("value")[0], "hxxps://evil[.]example/a", "as found");
    assert_eq!(words("defanged")[..2], ["hxxps://evil[.]example/a", "evil[.]com"]);
    assert!(!ok(home, &["log", case]).contains("evil.com"), "nothing in the log can be clicked");

    let before = json(home, &["log", case, "--last", "1"])[0]["record"]["by"].clone();
    ok(
        home,
        &["contact", case, "R. Khan", "--in-role", "supplier on-call", "--of", "PACS Ltd", "--reach", "bleep 123"],
    );
    let by = json(home, &["log", case, "--last", "1"])[0]["record"]["by"].clone();
    assert_eq!((&by["role"], &by["organisation"]), (&before["role"], &before["organisation"]), "nobody else's: {by}");
    ok(home, &["contact", case, "R. Khan", "--reach", "bleep 456"]);
    let contact = status()["contacts"][0].clone();
    assert_eq!((&contact["role"], &contact["reach"]), (&"supplier on-call".into(), &"bleep 456".into()));
    assert_eq!(status()["impact"], serde_json::Value::Null);
    ok(home, &["impact", case, "No images in theatres"]);
    assert_eq!(status()["impact"]["text"], "No images in theatres");
    assert!(ok(home, &["status", case]).contains("patients: No images in theatres"));

    let decided =
        ["decide", case, "--question", "Divert?", "--choice", "Yes", "--why", "x", "--decided-by", "M. Ellery"];
    let made = recorded(home, &decided);
    let by = json(home, &["log", case]).as_array().unwrap().last().unwrap()["record"]["by"]["name"].clone();
    let err = fails(home, 1, &["countersign", case, &made, "--who", by.as_str().unwrap()]);
    assert!(err.contains("another person must confirm it"), "{err}");
    let err = fails(home, 1, &["countersign", case, &note, "--who", "M. Ellery"]);
    assert!(err.contains("logs no decision") && err.contains(&made), "{err}");
    ok(
        home,
        &[
            "countersign",
            case,
            &made,
            "--who",
            "M. Ellery",
            "--in-role",
            "executive",
            "--means",
            "telephone",
            "--words",
            "yes",
        ],
    );
    assert!(
        ok(home, &["log", case, "--last", "1"]).contains(&format!("M. Ellery, executive confirms what {made} says"))
    );
    let err = fails(home, 1, &["undo", case, "A1"]);
    assert!(err.contains("A1 cannot be undone") && err.contains("close the case"), "{err}");
    ok(home, &["step", case, "take-lead", "done"]);
    let done = json(home, &["log", case]).as_array().unwrap().last().unwrap()["entry"].as_str().unwrap().to_owned();
    ok(home, &["undo", case, &done]);
    assert_eq!(state(home, case, "take-lead"), "open");
    assert!(fails(home, 1, &["undo", case, &done]).contains("is undone already"));

    let reports = [("md", "evil[.]com"), ("html", "evil[.]com")];
    for (format, wanted) in reports {
        let out = home.join(format!("report.{format}"));
        ok(home, &["export", case, "--format", format, "--out", out.to_str().unwrap()]);
        let text = std::fs::read_to_string(out).unwrap().replace('\\', "");
        for wanted in [wanted, "PACS", "bleep 456", "No images in theatres", "M. Ellery, executive"] {
            assert!(text.contains(wanted), "{wanted} in {format}");
        }
        assert!(!text.contains("evil.com"), "{format} holds a live address");
    }
    assert_eq!(json(home, &["verify", case])["ok"], true);
}

#[test]
fn the_same_case_gives_the_same_bundle() {
    let (one, two) = (home(), home());
    let case = new(one.path());
    support::copy(one.path(), two.path());
    let mut bundles = Vec::new();
    for home in [one.path(), two.path()] {
        let out = home.join("case.zip");
        ok(home, &["export", &case, "--out", out.to_str().unwrap()]);
        bundles.push(std::fs::read(out).unwrap());
    }
    assert!(bundles[0] == bundles[1], "the same case and seal give the same bytes");
}

#[test]
fn names_that_mean_nothing_or_too_much_are_refused() {
    let home = home();
    let home = home.path();
    let case = new(home);
    let refused = |status: i32, arguments: &[&str], wanted: &[&str]| {
        let before = json(home, &["status", &case])["records"].clone();
        let err = fails(home, status, arguments);
        for wanted in wanted {
            assert!(err.contains(wanted), "{arguments:?}: {err}");
        }
        assert_eq!(json(home, &["status", &case])["records"], before, "nothing half-written");
    };
    refused(1, &["status", "zzzz"], &["there is no case", "carecert cases"]);
    refused(1, &["status", ""], &["there is no case"]);
    refused(1, &["step", &case, "take-laed", "done"], &["there is no step", "did you mean take-lead?"]);
    refused(1, &["step", &case, "s", "done"], &["could be any of", "PLAYBOOK/STEP"]);
    refused(1, &["step", &case, "nation", "done"], &["choosing", "england"]);
    refused(
        1,
        &["step", &case, "nation", "done", "--choose", "wales-ish", "--why", "x"],
        &["no option", "choose one of"],
    );
    refused(1, &["step", &case, "nation", "done", "--choose", "england"], &["needs a reason"]);
    refused(1, &["step", &case, "take-lead", "skip"], &["needs a reason"]);
    refused(1, &["step", &case, "take-lead", "reopen", "--why", "x"], &["is open"]);
    refused(1, &["step", &case, "csoc", "done"], &["comes before what it needs", "say why"]);
    refused(2, &["step", &case, "take-lead", "finish"], &["invalid value", "done"]);
    refused(2, &["frobnicate"], &["unrecognized subcommand"]);
    refused(2, &["new", "--title", "x", "--severity", "awful"], &["low, moderate, high or critical"]);
    refused(2, &["export", &case, "--format", "pdf"], &["no export format", "bundle, html, md, jsonl, csv"]);
    refused(1, &["new", "--title", "x", "--playbook", "ransomwear"], &["did you mean ransomware?"]);
    refused(1, &["attach", &case, "ransomware"], &["attached already"]);
    refused(1, &["clock", "start", &case, "ico", "--aware", "now"], &["there is no duty", "ico-72h"]);
    refused(1, &["clock", "meet", &case, "ico-72h"], &["was not started"]);
    refused(1, &["correct", &case, "A99", "x", "--why", "y"], &["no entry A99"]);
    refused(1, &["evidence", "add", &case, "/no/such/file"], &["cannot read /no/such/file", "because"]);
    refused(1, &["verify", "/no/such/file"], &["there is no case"]);
    let second = ok(home, &["new", "--title", "Another"]);
    let both = fails(home, 1, &["status", "20"]);
    assert!(both.contains("could be any of"), "{both}");
    assert_eq!(json(home, &["status", second.trim()])["playbooks"], serde_json::json!([]));
}

#[test]
fn times_that_cannot_be_meant_are_refused() {
    let home = home();
    let home = home.path();
    let case = new(home);
    for (time, wanted) in [
        ("2026-11-22 03:36", "has no zone"),
        ("2026-11-22T03:36:00", "has no zone"),
        ("soon", "is not a time"),
        ("2999-01-01T00:00:00Z", "is in the future"),
        ("1970-01-01T00:00:00Z", "more than ten years ago"),
    ] {
        let err = fails(home, 1, &["note", &case, "x", "--occurred", time]);
        assert!(err.contains(wanted) && err.contains("hint: "), "{time}: {err}");
    }
    let err = fails(home, 1, &["step", &case, "take-lead", "done", "--occurred", "-3d"]);
    assert!(err.contains("is before the case"), "{err}");
    let err = fails(home, 1, &["clock", "start", &case, "ico-72h", "--aware", "2999-01-01T00:00Z"]);
    assert!(err.contains("is in the future"), "{err}");
    ok(home, &["note", &case, "the first logon was three days ago", "--occurred", "-3d"]);
}

#[test]
fn hostile_texts_are_kept_as_found_and_shown_safe() {
    let home = home();
    let home = home.path();
    let case = new(home);
    let hostile = "a\u{1b}[2J\u{1b}]0;x\u{7}b \u{202e}fdp.exe \u{9b}31m\nsecond line\ttab";
    ok(home, &["note", &case, hostile]);
    let log = ok(home, &["log", &case]);
    assert!(log.contains("a␛[2J␛]0;x␇b ‹U+202E›fdp.exe ‹U+009B›31m⏎second line⇥tab"), "{log}");
    let rows = json(home, &["log", &case]);
    assert_eq!(rows.as_array().unwrap().last().unwrap()["record"]["data"]["text"], hostile, "kept as found");
    for title in ["two\nlines", "x\u{1b}[31m", "\u{202e}txt.exe", "", "   "] {
        let err = fails(home, 1, &["new", "--title", title]);
        assert!(err.contains("the title"), "{err}");
        assert!(!err.contains('\u{1b}') && !err.contains('\u{202e}'), "{err:?}");
    }
    let err = fails(home, 1, &["new", "--title", &"x".repeat(100_000)]);
    assert!(err.contains("the limit is 200") && err.len() < 1000, "{err}");
    let mut child = support::command(home, &["note", &case, "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdin = child.stdin.take().unwrap();
    // The program may stop reading once it has seen enough.
    let _ = stdin.write_all("x".repeat(1 << 20).as_bytes());
    drop(stdin);
    let (out, err) = texts(&child.wait_with_output().unwrap());
    assert!(out.is_empty() && err.contains("1048576 bytes; the limit is 65536"), "{out}{err}");
    assert!(err.contains("add the whole text as evidence"), "{err}");
}

#[test]
#[cfg(unix)]
fn evidence_names_that_are_no_text_are_kept() {
    use std::os::unix::ffi::OsStrExt as _;
    let home = home();
    let case = new(home.path());
    let path = home.path().join(std::ffi::OsStr::from_bytes(b"inv\xff\x1b[2J.pdf"));
    std::fs::write(&path, "x").unwrap();
    let output = support::command(home.path(), &["evidence", "add", &case]).arg(&path).output().unwrap();
    let (out, err) = texts(&output);
    assert!(output.status.success() && out.contains("inv\\xff␛[2J.pdf"), "{out}{err}");
    let link = home.path().join("link");
    std::os::unix::fs::symlink(&path, &link).unwrap();
    let err = fails(home.path(), 1, &["evidence", "add", &case, link.to_str().unwrap()]);
    assert!(err.contains("is a link"), "{err}");
    let err = fails(home.path(), 1, &["evidence", "add", &case, home.path().to_str().unwrap()]);
    assert!(err.contains("is a folder"), "{err}");
}

#[test]
fn damaged_and_foreign_case_files_are_told_apart() {
    let home = home();
    let home = home.path();
    let case = new(home);
    let folder = std::fs::read_dir(home.join("cases")).unwrap().next().unwrap().unwrap().path();
    let database = folder.join("case.sqlite3");
    let whole = std::fs::read(&database).unwrap();
    let with = |bytes: &[u8]| std::fs::write(&database, bytes).unwrap();

    with(&whole[..whole.len() / 2]);
    fails(home, 1, &["note", &case[..4], "x"]);
    let output = run(home, &["verify", folder.to_str().unwrap()]);
    assert_eq!(output.status.code(), Some(3), "{}", texts(&output).0);

    with(b"this is no database at all, but a text that someone saved in its place");
    let err = fails(home, 1, &["status", &case[..4]]);
    assert!(err.contains("is not a case") && err.contains("not a SQLite database"), "{err}");
    assert_eq!(run(home, &["verify", folder.to_str().unwrap()]).status.code(), Some(3));

    with(&[]);
    fails(home, 1, &["status", &case[..4]]);

    let mut newer = whole.clone();
    newer[60..64].copy_from_slice(&99_u32.to_be_bytes());
    with(&newer);
    for command in [vec!["status", &case[..4]], vec!["note", &case[..4], "x"], vec!["verify", folder.to_str().unwrap()]]
    {
        let err = fails(home, 1, &command);
        assert!(err.contains("newer carecert") && err.contains("99"), "{err}");
    }
    assert!(std::fs::read(&database).unwrap() == newer, "a newer file is not touched");
    with(&whole);
    assert_eq!(json(home, &["verify", &case])["ok"], true);
    let list = run(home, &["cases"]);
    assert!(list.status.success());
}

#[test]
fn a_home_that_cannot_be_written_and_a_terminal_that_is_none_are_said() {
    let home = home();
    let file = home.path().join("file");
    std::fs::write(&file, "").unwrap();
    let err = fails(&file, 1, &["new", "--title", "x"]);
    assert!(err.contains("cannot make the folder") && err.contains("hint: "), "{err}");
    let err = fails(home.path(), 1, &[]);
    assert!(err.contains("needs a terminal") && err.contains("--help"), "{err}");
    assert!(run(home.path(), &["cases"]).status.success());
}

#[test]
fn answers_are_quiet_on_a_closed_pipe_and_made_for_shells() {
    let home = home();
    let case = new(home.path());
    for arguments in
        [vec!["log", &case], vec!["man"], vec!["completions", "bash"], vec!["playbook", "show", "ransomware"]]
    {
        let mut child =
            support::command(home.path(), &arguments).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        drop(child.stdout.take());
        let output = child.wait_with_output().unwrap();
        assert_eq!(texts(&output).1, "", "{arguments:?}");
    }
    assert!(ok(home.path(), &["completions", "zsh"]).contains("#compdef carecert"));
    let man = ok(home.path(), &["man"]);
    assert!(man.contains(".TH carecert") && man.contains("evidence add") | man.contains("EVIDENCE ADD"));
}

#[test]
fn playbooks_are_checked_with_place_and_hint() {
    let home = home();
    let mut broken = 0;
    for file in std::fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/broken")).unwrap().flatten() {
        let path = file.path();
        if path.extension().is_none_or(|ending| ending != "ron") {
            continue;
        }
        let output = run(home.path(), &["playbook", "check", path.to_str().unwrap()]);
        let (out, err) = texts(&output);
        let place = format!("{}:", path.display());
        assert!(err.contains(&place) && err.contains("help: "), "{out}{err}");
        assert!(out.contains("fit for use"), "{out}");
        broken += usize::from(output.status.code() == Some(1));
    }
    assert!(broken >= 10, "only {broken} broken playbooks were refused");
    for name in ["ransomware", "phishing"] {
        let path = format!("{}/playbooks/{name}.ron", env!("CARGO_MANIFEST_DIR"));
        assert!(ok(home.path(), &["playbook", "check", &path]).contains("fit for use, 0 errors, 0 warnings"));
    }
    let err = fails(home.path(), 1, &["playbook", "check", "/no/such.ron"]);
    assert!(err.contains("cannot read /no/such.ron"), "{err}");
}

#[test]
fn an_organisations_own_playbook_takes_the_place_of_a_built_in_one() {
    let home = home();
    let own = home.path().join("config/playbooks");
    std::fs::create_dir_all(&own).unwrap();
    let text = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/playbooks/phishing.ron")).unwrap();
    std::fs::write(own.join("phishing.ron"), &text).unwrap();
    std::fs::write(own.join("broken.ron"), "(").unwrap();
    let output = run(home.path(), &["playbook", "list"]);
    let (out, err) = texts(&output);
    assert!(out.contains("in place of the built-in one"), "{out}");
    assert!(err.contains("broken.ron is not used"), "{err}");
}

/// `log --follow` in a process of its own, and the lines that it has printed.
struct Follow {
    child: std::process::Child,
    lines: Receiver<String>,
}

impl Follow {
    fn start(home: &Path, arguments: &[&str]) -> Self {
        let arguments = [&["log", "--follow"], arguments].concat();
        let mut child =
            support::command(home, &arguments).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let (tell, lines) = channel();
        let out = BufReader::new(child.stdout.take().unwrap());
        // The reader ends, and with it the pipe, once the test asks for no more lines.
        std::thread::spawn(move || out.lines().map_while(Result::ok).all(|line| tell.send(line).is_ok()));
        Self { child, lines }
    }

    #[track_caller]
    fn line(&self) -> String {
        self.lines.recv_timeout(LIMIT).unwrap()
    }

    /// The next line that has this in it: who has not acted yet joins first.
    #[track_caller]
    fn line_of(&self, text: &str) -> String {
        let limit = std::time::Instant::now() + LIMIT;
        loop {
            assert!(std::time::Instant::now() < limit, "no line says {text:?}");
            let line = self.line();
            if line.contains(text) {
                return line;
            }
        }
    }

    /// Waits for its end, and gives what it said on standard error.
    #[track_caller]
    fn ends(self) -> String {
        let (tell, ended) = channel();
        let child = self.child;
        std::thread::spawn(move || tell.send(child.wait_with_output().unwrap()));
        let output = ended.recv_timeout(LIMIT).unwrap();
        assert_eq!(output.status.code(), Some(0), "{output:?}");
        String::from_utf8(output.stderr).unwrap()
    }
}

#[test]
fn a_log_is_followed_while_others_record() {
    let home = home();
    let home = home.path();
    let case = new(home);
    let folder = std::fs::read_dir(home.join("cases")).unwrap().next().unwrap().unwrap().path();
    let before = ok(home, &["log", &case]).lines().count();
    let plain = Follow::start(home, &[&case, "--last", "1"]);
    let rows = Follow::start(home, &[&case, "--last", "1", "--json"]);
    let first = plain.line();
    assert!(first.starts_with(&format!("A{before} ")), "{first}");
    let row = |text: String| -> serde_json::Value { serde_json::from_str(&text).unwrap() };
    assert_eq!(row(rows.line())["entry"], format!("A{before}"));
    // Each of these opens the case, records and closes it again.
    for number in 1..=3 {
        let text = format!("Theatre {number} on paper");
        ok(home, &["note", &case, &text]);
        let line = plain.line();
        assert!(line.starts_with(&format!("A{} ", before + number)) && line.contains(&text), "{line}");
        let row = row(rows.line());
        assert_eq!((&row["what"], &row["record"]["type"]), (&text.clone().into(), &"note".into()));
        assert!(!folder.join("case.sqlite3-wal").exists(), "nobody who follows keeps a case from being closed");
    }
    let corrected = format!("A{}", before + 1);
    ok(home, &["correct", &case, &corrected, "Theatre 9 on paper", "--why", "misheard"]);
    let line = plain.line();
    assert!(line.contains("correction") && line.contains("Theatre 9") && line.contains(&corrected), "{line}");
    assert_eq!(row(rows.line())["record"]["data"]["why"], "misheard");
    // Now one that keeps the case open, and another process beside it.
    let (mut session, _) = Session::open(&folder, &support::console(2), &support::osei(), 0, support::now()).unwrap();
    session.execute(0, support::note("one that holds it open\nin two lines"), support::now()).unwrap();
    assert!(plain.line_of("open⏎in two lines").starts_with("B2 "));
    ok(home, &["note", &case, "another beside it"]);
    plain.line_of("another beside it");
    session.news().unwrap();
    session.close().unwrap();
    assert!(!folder.join("case.sqlite3-wal").exists());
    ok(home, &["note", &case, "after the close"]);
    plain.line_of("after the close");
    assert!(ok(home, &["log", "--help"]).contains("one JSON object a line"));
}

#[cfg(unix)]
#[test]
fn whoever_follows_a_log_ends_quietly_when_interrupted() {
    let home = home();
    let case = new(home.path());
    for signal in ["INT", "TERM"] {
        let follow = Follow::start(home.path(), &[&case, "--last", "1"]);
        follow.line();
        let pid = follow.child.id().to_string();
        assert!(std::process::Command::new("kill").args(["-s", signal, &pid]).status().unwrap().success());
        assert_eq!(follow.ends(), "", "{signal}");
    }
}

#[test]
fn whoever_follows_a_log_ends_quietly_when_nobody_reads_it() {
    let home = home();
    let case = new(home.path());
    let mut child = support::command(home.path(), &["log", "--follow", &case, "--last", "1"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut out = BufReader::new(child.stdout.take().unwrap());
    out.read_line(&mut String::new()).unwrap();
    drop(out);
    // Elsewhere a closed pipe is learnt from the next line only.
    if !cfg!(target_os = "linux") {
        ok(home.path(), &["note", &case, "nobody reads this"]);
    }
    assert_eq!(Follow { child, lines: channel().1 }.ends(), "");
}

#[test]
fn a_case_is_found_by_any_part_of_its_name_that_no_other_has() {
    let home = home();
    let home = home.path();
    let case = new(home);
    assert_eq!(json(home, &["status", "ransom"])["case"], case.as_str());
    assert_eq!(json(home, &["status", &format!("ware-{}", &case[..4])])["case"], case.as_str());
    assert_eq!(json(home, &["status", &case[..7]])["case"], case.as_str(), "the beginning of its id");
    let other = new(home);
    let why = fails(home, 1, &["status", "ransom"]);
    assert!(why.contains("could be any of") && why.contains(&case[..4]) && why.contains(&other[..4]), "{why}");
    for none in ["zzzzz", "-", ""] {
        fails(home, 1, &["status", none]);
    }
}

#[test]
fn wrong_usage_and_a_home_that_cannot_be_written_say_what_would_do() {
    let home = home();
    let wrong = support::command(home.path(), &["note"]).env("CARECERT_ROLE", "lead").output().unwrap();
    let (_, err) = texts(&wrong);
    assert_eq!(wrong.status.code(), Some(2));
    assert!(
        err.contains("Usage: carecert note") && !err.contains("--by <NAME> --role") && !err.contains("--home <"),
        "{err}"
    );
    let named = ok(home.path(), &["new", "--title", "T"]);
    assert_eq!(json(home.path(), &["log", named.trim(), "--last", "1"])[0]["record"]["by"]["name"], "A. Osei");

    let file = home.path().join("a file");
    std::fs::write(&file, "x").unwrap();
    let why = fails(&file, 1, &["new", "--title", "T"]);
    assert!(why.contains("--home DIR") && why.contains("CARECERT_HOME"), "{why}");
}
