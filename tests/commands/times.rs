//! Times by the real program, on clocks and in zones of our choosing: across a change of the clocks, in zones that are
//! not installed, before 1970, and on a clock that was set. `faketime` gives the program another clock.

use crate::support::{CARECERT, texts};
use crate::terminal;
use carecert_react::domain::time::Time;
use std::{
    fs,
    path::Path,
    process::{Command, Output, Stdio},
};

/// London in the night of 24 to 25 October 2026, when the clocks go back at 01:00 UTC.
const LONDON: &str = "Europe/London";
/// Eight hours after that change.
const MORNING: &str = "2026-10-25 09:00:00";

/// Whether `faketime` is here; where CI runs it must be.
fn can_fake() -> bool {
    let here = Command::new("faketime").arg("--version").stdout(Stdio::null()).status().is_ok();
    assert!(here || std::env::var_os("CI").is_none(), "faketime is missing");
    if !here {
        println!("skipped: faketime is not here");
    }
    here
}

/// Runs the program in a zone at a time: `+2h` from now, where the clock runs on, or `2026-10-25 09:00:00` in UTC, where
/// it stands still and the machine was just started, so that a slow machine changes nothing.
fn run(home: &Path, (at, zone): (&str, &str), arguments: &[&str]) -> Output {
    let mut command = Command::new("faketime");
    if at.starts_with(['+', '-']) {
        command.args(["-f", at]);
    } else {
        forget(home);
        match Time::parse(&format!("{}Z", at.replace(' ', "T"))).unwrap().micros() / 1_000_000 {
            // Seconds before 1970 are not read, and a clock that begins there runs on.
            ..0 => command.arg(at),
            seconds => command.env("FAKETIME_FMT", "%s").args(["-f", &seconds.to_string()]),
        };
    }
    command.env("TZ", "UTC").env("FAKETIME_DONT_FAKE_MONOTONIC", "1").env("DONT_FAKE_MONOTONIC", "1");
    command.args(["env", &format!("TZ={zone}"), CARECERT]).args(arguments);
    command.env("CARECERT_HOME", home).env("CARECERT_BY", "A. Osei");
    command.env_remove("CARECERT_ROLE").env_remove("CARECERT_ORGANISATION");
    command.stdin(Stdio::null()).output().unwrap()
}

/// Runs it, which must end well, and gives what it printed and what it warned of.
fn told(home: &Path, when: (&str, &str), arguments: &[&str]) -> (String, String) {
    let output = run(home, when, arguments);
    let (out, err) = texts(&output);
    assert!(output.status.success(), "{when:?} {arguments:?}: {out}{err}");
    (out, err)
}

/// The same where nothing was to be warned of.
fn ok(home: &Path, when: (&str, &str), arguments: &[&str]) -> String {
    let (out, err) = told(home, when, arguments);
    assert_eq!(err, "", "{when:?} {arguments:?}");
    out
}

/// Runs it, which must refuse, and gives the reason.
fn refused(home: &Path, when: (&str, &str), arguments: &[&str]) -> String {
    let output = run(home, when, arguments);
    let (out, err) = texts(&output);
    assert_eq!((output.status.code(), out.as_str()), (Some(1), ""), "{when:?} {arguments:?}: {err}");
    err
}

/// Opens a case.
fn new(home: &Path, when: (&str, &str)) -> String {
    told(home, when, &["new", "--title", "Wards cannot log in", "--playbook", "ransomware"]).0.trim().to_owned()
}

/// As after a new start of the machine.
fn forget(home: &Path) {
    let _ = fs::remove_dir_all(home.join("clocks"));
}

/// A case in London with an entry before the clocks go back, one in each half past one, and one after.
fn over_the_change(home: &Path) -> String {
    let case = new(home, ("2026-10-23 17:00:00", LONDON));
    let each = |at: &str, arguments: &[&str]| ok(home, (at, LONDON), arguments);
    let aware = ["clock", "start", &case, "ico-72h", "--aware", "18:00", "--basis", "a call"];
    each("2026-10-23 17:05:00", &aware);
    each("2026-10-25 00:30:00", &["note", &case, "the first half past one"]);
    each("2026-10-25 01:30:00", &["note", &case, "the second half past one"]);
    each(MORNING, &["note", &case, "said afterwards", "--occurred", "yesterday 14:05"]);
    case
}

#[test]
fn a_clock_time_is_read_by_the_offset_of_the_day_that_is_meant() {
    if !can_fake() {
        return;
    }
    let tries = [
        (MORNING, LONDON, "yesterday 14:05", "2026-10-24 14:05:00 +01:00"),
        (MORNING, LONDON, "08:30", "2026-10-25 08:30:00 +00:00"),
        (MORNING, LONDON, "00:30", "2026-10-25 00:30:00 +01:00"),
        (MORNING, LONDON, "-9h", "2026-10-25 01:00:00 +01:00"),
        (MORNING, LONDON, "-1d", "2026-10-24 10:00:00 +01:00"),
        ("2026-03-29 09:00:00", LONDON, "yesterday 14:05", "2026-03-28 14:05:00 +00:00"),
        ("2026-10-25 00:45:00", LONDON, "01:30", "2026-10-25 01:30:00 +01:00"),
        (MORNING, ":Europe/London", "yesterday 14:05", "2026-10-24 14:05:00 +01:00"),
        (MORNING, "GMT0BST,M3.5.0/1,M10.5.0", "yesterday 14:05", "2026-10-24 14:05:00 +01:00"),
        (MORNING, "Antarctica/Troll", "yesterday 14:05", "2026-10-24 14:05:00 +02:00"),
        (MORNING, "Asia/Kathmandu", "yesterday 14:05", "2026-10-24 14:05:00 +05:45"),
        ("2026-11-01 12:00:00", "America/St_Johns", "yesterday 14:05", "2026-10-31 14:05:00 -02:30"),
        ("2027-02-08 12:00:00", "Africa/Casablanca", "-2d", "2027-02-06 13:00:00 +01:00"),
        ("2011-12-30 22:00:00", "Pacific/Apia", "08:05", "2011-12-31 08:05:00 +14:00"),
        (MORNING, "", "yesterday 14:05", "2026-10-24 14:05:00 +00:00"),
        ("1970-01-01 00:00:30", LONDON, "yesterday 14:05", "1969-12-31 14:05:00 +01:00"),
    ];
    for (at, zone, typed, happened) in tries {
        let home = tempfile::tempdir().unwrap();
        let case = new(home.path(), (at, zone));
        let out = ok(home.path(), (at, zone), &["note", &case, "x", "--occurred", typed]);
        assert!(out.trim_end().ends_with(&format!("happened {happened}")), "{typed} in {zone} at {at}: {out}");
    }
}

#[test]
fn a_time_that_occurred_twice_or_never_is_refused_and_each_spelling_of_the_hint_is_read() {
    if !can_fake() {
        return;
    }
    let tries = [
        (MORNING, LONDON, "01:30", "occurred twice on 25 October 2026", ["00:30:00Z", "01:30:00Z"]),
        (
            "2026-10-26 09:00:00",
            LONDON,
            "yesterday 01:30",
            "occurred twice on 25 October 2026",
            ["00:30:00Z", "01:30:00Z"],
        ),
        ("2026-03-29 09:00:00", LONDON, "01:30", "did not occur on 29 March 2026", ["01:30:00Z", "00:30:00Z"]),
        (
            "2026-11-01 12:00:00",
            "America/St_Johns",
            "01:30",
            "occurred twice on 1 November 2026",
            ["04:00:00Z", "05:00:00Z"],
        ),
        (MORNING, "Antarctica/Troll", "02:59", "occurred twice on 25 October 2026", ["00:59:00Z", "02:59:00Z"]),
        (
            "2011-12-31 09:30:00",
            "Pacific/Apia",
            "yesterday 14:05",
            "did not occur on 30 December 2011",
            ["00:05:00Z", "00:05:00Z"],
        ),
    ];
    for (at, zone, typed, why, moments) in tries {
        let (home, when) = (tempfile::tempdir().unwrap(), (at, zone));
        let (home, case) = (home.path(), new(home.path(), when));
        let commands: [&[&str]; 5] = [
            &["note", &case, "x", "--occurred", typed],
            &["step", &case, "take-lead", "done", "--note", "x", "--occurred", typed],
            &["decide", &case, "--question", "q", "--choice", "c", "--why", "w", "--occurred", typed],
            &["clock", "start", &case, "ico-72h", "--aware", typed],
            &["new", "--title", "Another", "--occurred", typed],
        ];
        let before = ok(home, when, &["log", &case]);
        for arguments in commands {
            let err = refused(home, when, arguments);
            assert!(err.contains(why), "{err}");
        }
        assert_eq!(ok(home, when, &["log", &case]), before, "nothing was recorded");
        assert_eq!(ok(home, when, &["cases"]).lines().count(), 1);
        let err = refused(home, when, commands[0]);
        let (_, hint) = err.split_once("hint: ").unwrap();
        let spelled: Vec<&str> = hint.split([' ', ',']).filter(|word| word.starts_with("20")).collect();
        assert_eq!(spelled.len(), 2, "{hint}");
        for (spelled, moment) in spelled.into_iter().zip(moments) {
            ok(home, when, &["note", &case, "x", "--occurred", spelled.trim()]);
            let log = ok(home, when, &["log", &case, "--last", "1", "--json"]);
            let occurred = serde_json::from_str::<serde_json::Value>(&log).unwrap()[0]["record"]["occurred"].clone();
            let (_, time) = occurred.as_str().unwrap().split_once('T').unwrap();
            assert_eq!(time, moment.replace('Z', ".000000Z"), "{spelled}");
        }
    }
}

#[test]
fn a_deadline_beyond_a_change_is_told_as_the_clocks_will_show_it_then() {
    if !can_fake() {
        return;
    }
    let home = tempfile::tempdir().unwrap();
    let (home, case) = (home.path(), over_the_change(home.path()));
    for at in ["2026-10-23 17:10:00", MORNING] {
        let told = |arguments: &[&str]| told(home, (at, LONDON), arguments).0;
        for arguments in [["clock", "list", &case].as_slice(), &["status", &case]] {
            let out = told(arguments);
            let line = out.lines().find(|line| line.contains("ico-72h")).unwrap();
            assert!(line.contains("due 2026-10-26 17:00:00 +00:00"), "{at}: {line}");
        }
        let spoken = told(&["handover", &case]).split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(spoken.contains("due by 26 October 17:00 +00:00, in"), "{at}: {spoken}");
        assert!(spoken.contains("18:00 +01:00, for"), "aware, in summer time: {spoken}");
    }
}

#[test]
fn each_entry_is_told_with_the_offset_of_its_own_moment() {
    if !can_fake() {
        return;
    }
    let home = tempfile::tempdir().unwrap();
    let (home, case) = (home.path(), over_the_change(home.path()));
    let log = ok(home, (MORNING, LONDON), &["log", &case]);
    for line in [
        "A1    2026-10-23 18:00:00 +01:00",
        "A5    2026-10-25 01:30:00 +01:00",
        "A6    2026-10-25 01:30:00 +00:00",
        "A7    2026-10-25 09:00:00 +00:00",
        "(happened 2026-10-24 14:05:00 +01:00)",
    ] {
        assert!(log.contains(line), "{line} in {log}");
    }
    let entry = ok(home, (MORNING, LONDON), &["log", &case, "A7"]);
    assert!(entry.contains("Happened    2026-10-24 14:05:00 +01:00"), "{entry}");
    // Whoever reads it elsewhere is told by the clock of whoever wrote it.
    assert_eq!(
        ok(home, (MORNING, "Asia/Tokyo"), &["log", &case, "A6"]),
        ok(home, (MORNING, LONDON), &["log", &case, "A6"])
    );
    let opened = ok(home, (MORNING, LONDON), &["cases"]);
    assert!(opened.contains("2026-10-23 18:00:00 +01:00"), "{opened}");
}

#[test]
fn a_report_over_a_change_tells_each_row_by_its_own_offset_whoever_writes_it() {
    if !can_fake() {
        return;
    }
    let home = tempfile::tempdir().unwrap();
    let case = over_the_change(home.path());
    let write = |format: &str, zone: &str| {
        let copy = tempfile::tempdir().unwrap();
        let copied = Command::new("cp").arg("-a").arg(home.path().join(".")).arg(copy.path()).status().unwrap();
        assert!(copied.success());
        let path = copy.path().join("report");
        told(copy.path(), (MORNING, zone), &["export", &case, "--format", format, "--out", path.to_str().unwrap()]);
        fs::read_to_string(path).unwrap()
    };
    for format in ["html", "md", "csv", "jsonl"] {
        let report = write(format, LONDON);
        assert_eq!(report, write(format, "Asia/Tokyo"), "{format}: the same case, the same report");
        assert!(!report.contains("which was local time"), "{format}: not in summer time");
    }
    let markdown = write("md", LONDON).replace('\\', "");
    for row in [
        "2026-10-23 17:00:00 UTC (2026-10-23 18:00:00 +01:00)",
        "2026-10-25 00:30:00 UTC (2026-10-25 01:30:00 +01:00)",
        "2026-10-25 01:30:00 UTC (2026-10-25 01:30:00 +00:00)",
        "2026-10-24 13:05:00 UTC (2026-10-24 14:05:00 +01:00) as stated",
        "by 2026-10-26 17:00:00 UTC (2026-10-26 17:00:00 +00:00)",
    ] {
        assert!(markdown.contains(row), "{row} in {markdown}");
    }
    let html = write("html", LONDON);
    assert!(html.contains("+01:00 and +00:00"), "both offsets are named at the head");
}

#[test]
fn a_zone_that_is_named_and_not_installed_is_said_once_and_never_taken_for_utc() {
    if !can_fake() {
        return;
    }
    let home = tempfile::tempdir().unwrap();
    let (home, case) = (home.path(), over_the_change(home.path()));
    let said = "the time zone Europe/Nowhere (TZ in the environment) is not installed";
    let nowhere = (MORNING, "Europe/Nowhere");
    let commands: [&[&str]; 9] = [
        &["status", &case],
        &["log", &case],
        &["cases"],
        &["clock", "list", &case],
        &["handover", &case],
        &["note", &case, "x", "--occurred", "-20m"],
        &["note", &case, "x", "--occurred", "2026-10-25T08:30+00:00"],
        &["new", "--title", "Another"],
        &["demo"],
    ];
    for arguments in commands {
        let (_, err) = told(home, nowhere, arguments);
        assert_eq!(err.matches(said).count(), 1, "{arguments:?}: {err}");
    }
    for typed in ["08:30", "yesterday 14:05"] {
        let err = refused(home, nowhere, &["note", &case, "x", "--occurred", typed]);
        assert!(err.contains("has no zone, and the time zone of this machine is not known"), "{err}");
        assert!(err.contains("2026-10-25T14:05+01:00"), "how to write it: {err}");
    }
    let err = refused(home, nowhere, &["clock", "check", &case, "--reads", "09:00:02", "--reference", "phone"]);
    assert!(err.contains("has no zone"), "{err}");
    // What no text shows has nothing to be said of.
    for arguments in [["playbook", "list"].as_slice(), &["keys"], &["verify", home.join("cases").to_str().unwrap()]] {
        let (_, err) = texts(&run(home, nowhere, arguments));
        assert!(!err.contains(said), "{arguments:?}: {err}");
    }
    // A mark that could repaint the terminal is shown as one.
    let (_, err) = told(home, (MORNING, "a\u{1b}[2Jb"), &["status", &case]);
    assert!(err.contains("a␛[2Jb") && !err.contains('\u{1b}'), "{err}");
    // No name, and the names of UTC, are UTC.
    for zone in ["", "UTC", "UTC0", "Etc/UTC"] {
        ok(home, (MORNING, zone), &["log", &case]);
    }
}

/// Every command that reads or writes, each in its order; what it may refuse is no matter here.
fn commands<'a>(case: &'a str, file: &'a str, out: &'a str) -> Vec<Vec<&'a str>> {
    let words =
        |line: &'a str| line.split('|').map(|word| if word == "CASE" { case } else { word }).collect::<Vec<_>>();
    let lines = [
        "cases",
        "status|CASE",
        "status|CASE|--json",
        "why|CASE",
        "log|CASE",
        "log|CASE|A1",
        "log|CASE|--json",
        "note|CASE|x|--occurred|-5m",
        "note|CASE|x|--occurred|14:05",
        "note|CASE|x|--occurred|yesterday 14:05",
        "step|CASE|take-lead|done|--note|x|--occurred|-1m",
        "step|CASE|nation|done|--choose|england|--why|x",
        "answer|CASE|wards|a, b",
        "decide|CASE|--question|q|--choice|c|--why|w",
        "notify|CASE|--to|X|--means|phone",
        "clock|list|CASE",
        "clock|start|CASE|ico-72h|--aware|-10m",
        "clock|meet|CASE|ico-72h|--reference|x",
        "clock|waive|CASE|csoc|--why|x",
        "clock|check|CASE|--reads|03:00:00|--reference|phone",
        "evidence|list|CASE",
        "correct|CASE|A5|y|--why|w",
        "undo|CASE|A6",
        "follow-up|CASE|A3",
        "asset|CASE|PACS|--kind|system|--state|isolated",
        "indicator|CASE|evil.example",
        "contact|CASE|R. Khan|--reach|1",
        "impact|CASE|no images",
        "amend|CASE|--severity|critical|--why|x",
        "attach|CASE|phishing",
        "countersign|CASE|A9|--who|S. Quill",
        "handover|CASE",
        "handover|CASE|--to|K. Lind",
        "close|CASE|--why|x",
        "reopen|CASE|--why|x",
        "tidy|--list",
        "playbook|walk|ransomware",
        "keys",
        "demo",
    ];
    let mut all: Vec<Vec<&str>> = lines.into_iter().map(words).collect();
    all.push(vec!["evidence", "add", case, file]);
    for format in ["html", "md", "csv", "jsonl", "handover", "bundle"] {
        all.push(vec!["export", case, "--format", format, "--out", out]);
    }
    all
}

#[test]
fn no_command_panics_before_1970_or_at_the_ends_of_time() {
    if !can_fake() {
        return;
    }
    for at in ["1969-12-31 23:00:00", "1901-12-14 00:00:00", "2000-01-01 00:00:01", "9999-12-31 23:59:00"] {
        let (home, when) = (tempfile::tempdir().unwrap(), (at, LONDON));
        let (home, case) = (home.path(), new(home.path(), when));
        let (file, out) = (home.join("an old file"), home.join("out"));
        fs::write(&file, b"x").unwrap();
        // Its own time is before 1970 too.
        let old = Command::new("touch").args(["-d", "1960-05-05"]).arg(&file).status().unwrap();
        assert!(old.success());
        for arguments in commands(&case, file.to_str().unwrap(), out.to_str().unwrap()) {
            let _ = fs::remove_file(&out);
            let output = run(home, when, &arguments);
            let (_, err) = texts(&output);
            assert!(matches!(output.status.code(), Some(0 | 1)), "{at} {arguments:?}: {:?} {err}", output.status);
            assert!(!err.contains("panicked"), "{at} {arguments:?}: {err}");
        }
        let items = ok(home, when, &["evidence", "list", &case]);
        assert!(items.contains("an old file"), "{items}");
        // Nothing was written that cannot be read back, also once the clock is right.
        let folder = fs::read_dir(home.join("cases")).unwrap().map(|entry| entry.unwrap().path());
        for folder in folder {
            let (out, _) = told(home, (MORNING, LONDON), &["verify", folder.to_str().unwrap()]);
            let verdict = out.lines().find(|line| !line.starts_with("notice  ")).unwrap_or_default();
            assert!(verdict.starts_with("intact"), "{at}: {out}");
        }
        let log = told(home, (MORNING, LONDON), &["log", &case]).0;
        assert!(!log.contains("from a newer carecert"), "{at}: {log}");
    }
}

#[test]
fn a_moment_that_could_not_be_read_back_is_never_recorded() {
    if !can_fake() {
        return;
    }
    let (home, when) = (tempfile::tempdir().unwrap(), (MORNING, LONDON));
    let (home, case) = (home.path(), new(home.path(), when));
    for typed in ["0000-01-01T00:00+01:00", "9999-12-31T23:59-01:00", "10000-01-01T00:00Z", "-0001-01-01T00:00Z"] {
        let err = refused(home, when, &["note", &case, "x", "--occurred", typed]);
        assert!(err.contains("is not a time"), "{typed}: {err}");
    }
}

#[test]
fn a_clock_that_was_set_since_the_last_entry_is_recorded_once_and_said() {
    if !can_fake() {
        return;
    }
    let home = tempfile::tempdir().unwrap();
    let home = home.path();
    let jumps = |case: &str, at: &str| {
        let log = told(home, (at, LONDON), &["log", case, "--json"]).0;
        let rows: Vec<serde_json::Value> = serde_json::from_str(&log).unwrap();
        let jumped = rows.iter().filter(|row| row["record"]["type"] == "clock.jumped");
        jumped.map(|row| row["record"]["data"]["by_ms"].as_i64().unwrap()).collect::<Vec<_>>()
    };
    let near = |by_ms: i64, hours: i64| (by_ms - hours * 3_600_000).abs() < 60_000;
    let case = told(home, ("+0", LONDON), &["new", "--title", "Wards"]).0.trim().to_owned();
    ok(home, ("+0", LONDON), &["note", &case, "one"]);
    if cfg!(target_os = "linux") {
        // The machine has not been started anew: the jump is known with its size, forward and back.
        let (out, err) = told(home, ("+2h", LONDON), &["note", &case, "two", "--json"]);
        assert!(err.contains("clock was set forward by 2 h") && err.contains("carecert clock check"), "{err}");
        assert!(serde_json::from_str::<serde_json::Value>(&out).is_ok(), "nothing but the answer: {out}");
        ok(home, ("+2h", LONDON), &["note", &case, "three"]);
        let (_, err) = told(home, ("-1h", LONDON), &["status", &case]);
        assert!(err.contains("clock was set back by 3 h"), "reading says it, and records nothing: {err}");
        let (_, err) = told(home, ("-1h", LONDON), &["note", &case, "four"]);
        assert!(err.contains("clock was set back by 3 h"), "{err}");
        let found = jumps(&case, "-1h");
        assert!(matches!(found.as_slice(), [two, three] if near(*two, 2) && near(*three, -3)), "{found:?}");
    }
    // After a new start only a clock before the last entry shows that it was set.
    forget(home);
    let (_, err) = told(home, ("-4h", LONDON), &["note", &case, "five"]);
    assert!(err.contains("it stands") && err.contains("which was recorded here"), "{err}");
    assert!(jumps(&case, "-4h").last().is_some_and(|by_ms| *by_ms < -3_600_000));
    ok(home, ("-4h", LONDON), &["note", &case, "six"]);
    // A case may rest for years: that is said, and not taken for a jump.
    forget(home);
    let before = jumps(&case, "-4h").len();
    ok(home, ("+3y", LONDON), &["status", &case]);
    let (_, err) = told(home, ("+3y", LONDON), &["note", &case, "seven"]);
    assert!(err.contains("days after"), "{err}");
    assert_eq!(jumps(&case, "+3y").len(), before);
}

#[cfg(unix)]
#[test]
fn the_console_begins_with_a_zone_that_is_not_installed_and_says_so_on_every_frame() {
    let home = tempfile::tempdir().unwrap();
    let console = terminal::console(home.path(), (80, 23)).variable("TZ", "Europe/Nowhere").start();
    console.wait_for("READ THIS FIRST");
    console.wait_for("the time zone Europe/Nowhere (TZ in the environment)");
    console.wait_for("zone unknown");
    console.keys("\u{1b}");
    console.wait_for("to open a new incident");
    console.wait_for("zone unknown");
    console.keys(terminal::QUIT);
    assert_eq!(console.ends(terminal::LIMIT), 0);
}

#[cfg(target_os = "linux")]
#[test]
fn the_console_notices_a_clock_that_was_set_while_it_was_away() {
    if !can_fake() {
        return;
    }
    let home = tempfile::tempdir().unwrap();
    let (home, now) = (home.path(), ("+0", LONDON));
    let case = told(home, now, &["new", "--title", "Wards"]).0.trim().to_owned();
    ok(home, now, &["note", &case, "one"]);
    let script = format!("exec faketime -f +2h {CARECERT} open {case}");
    let console = terminal::console(home, (80, 23)).shell(&script).start();
    console.wait_for("READ THIS FIRST");
    console.wait_for("clock was set forward by 2 h");
    console.keys("\u{1b}");
    console.wait_for("clock jumped by");
    console.keys(terminal::QUIT);
    assert_eq!(console.ends(terminal::LIMIT), 0);
}
