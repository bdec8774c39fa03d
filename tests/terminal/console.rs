//! The console on a real terminal, key by key: what a responder presses, sees, and finds again.

mod bytes;
#[cfg(unix)]
mod lost;
mod sizes;
#[cfg(unix)]
mod stopped;

use crate::support::{self, CARECERT, json, ok};
use crate::terminal::{DOWN, ENTER, LIMIT, QUIT, RECORD, TAB, Terminal, UP, console};
use std::{
    path::{Path, PathBuf},
    process::Stdio,
    time::{Duration, Instant},
};

const SMALL: (u16, u16) = (80, 23);
const LARGE: (u16, u16) = (120, 40);

fn home() -> tempfile::TempDir {
    tempfile::tempdir().unwrap()
}

/// A case that stands open in a console: its short id, and the terminal.
fn opened(home: &Path, size: (u16, u16)) -> (String, Terminal) {
    let case = new(home);
    let terminal = console(home, size).arguments(&["open", &case]).start();
    terminal.wait_for("b blocked");
    (case, terminal)
}

fn new(home: &Path) -> String {
    ok(home, &["new", "--title", "Wards cannot log in", "--playbook", "ransomware"]).trim().to_owned()
}

/// The folder of the only case.
fn folder(home: &Path) -> PathBuf {
    let mut folders = std::fs::read_dir(home.join("cases")).unwrap().flatten().map(|entry| entry.path());
    let only = folders.next().unwrap();
    assert_eq!(folders.next(), None);
    only
}

/// What a case's folder holds, sorted.
fn files(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> =
        std::fs::read_dir(folder).unwrap().flatten().map(|entry| entry.file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

/// What a case's folder holds once it is closed.
const CLEAN: [&str; 4] = ["case.heads", "case.lock", "case.sqlite3", "evidence"];

/// The file was folded together: copying it copies the case.
#[track_caller]
fn closed_cleanly(folder: &Path) {
    assert_eq!(files(folder), CLEAN);
}

fn notes(home: &Path, case: &str) -> Vec<String> {
    let log = json(home, &["log", case]);
    let notes = log.as_array().unwrap().iter().filter(|row| row["record"]["type"] == "note");
    notes.map(|row| row["record"]["data"]["text"].as_str().unwrap().to_owned()).collect()
}

/// A whole incident by keys alone; then the program starts again and everything is found.
fn one_incident(size: (u16, u16)) {
    let (home, files) = (home(), home());
    let terminal = console(home.path(), size).start();
    terminal.wait_for("Press n to open a new incident");
    incident(&terminal, files.path());
    terminal.keys("q");
    terminal.wait_for("1 case open");
    terminal.keys("q");
    assert_eq!(terminal.ends(LIMIT), 0);
    closed_cleanly(&folder(home.path()));

    let again = console(home.path(), size).start();
    again.wait_for("1 case open");
    again.keys(ENTER);
    again.wait_for("b blocked");
    find_all(&again, &INCIDENT);
    again.keys(QUIT);
    assert_eq!(again.ends(LIMIT), 0);
    closed_cleanly(&folder(home.path()));
    let case = folder(home.path());
    compare(home.path(), case.to_str().unwrap(), &INCIDENT);
}

/// What the incident below records: citation, type, and words in it.
const INCIDENT: [(&str, &str, &str); 10] = [
    ("A1", "case.opened", "Wards cannot log in"),
    ("A2", "responder.joined", "A. Osei"),
    ("A3", "playbook.attached", "Ransomware or destructive malware"),
    ("A4", "step.done", "Night site manager rang"),
    ("A5", "step.done", "leave-on"),
    ("A6", "decision.made", "Every ward is in England"),
    ("A7", "step.done", "fallback"),
    ("A8", "note", "Theatre 2 list on paper"),
    ("A9", "evidence.added", "ransom-note.txt"),
    ("A10", "export.made", "bundle.zip"),
];

/// Presses the keys of an incident.
fn incident(terminal: &Terminal, files: &Path) {
    let recorded = |citation: &str| terminal.wait_for(&format!("recorded as {citation}"));
    terminal.keys(&format!("nWards cannot log in{ENTER}"));
    terminal.wait_for("[ ] Ransomware");
    terminal.keys(" ");
    terminal.wait_for("[x] Ransomware");
    terminal.keys(RECORD);
    terminal.wait_for("b blocked");
    // Three steps, the first with a note.
    terminal.keys(ENTER);
    terminal.wait_for("Done: Take the lead");
    terminal.keys(&format!("Night site manager rang{RECORD}"));
    recorded("A4");
    terminal.keys(ENTER);
    terminal.wait_for("Done: Tell staff");
    terminal.keys(RECORD);
    recorded("A5");
    // The third is the step that asks; it is decided with the reason.
    terminal.keys(ENTER);
    terminal.wait_for("Where do we deliver care?");
    terminal.keys(&format!("{DOWN}{UP}{ENTER}"));
    terminal.wait_for("(●) England");
    terminal.keys(&format!("Every ward is in England{RECORD}"));
    recorded("A6");
    terminal.keys(ENTER);
    terminal.wait_for("Done: Open a line");
    terminal.keys(RECORD);
    recorded("A7");
    // A note and the file, found by Tab.
    terminal.keys("n");
    terminal.wait_for("Enter begins a new line");
    terminal.keys(&format!("Theatre 2 list on paper{RECORD}"));
    recorded("A8");
    std::fs::write(files.join("ransom-note.txt"), "pay us").unwrap();
    std::fs::write(files.join("other"), "").unwrap();
    let beginning = files.join("ran").display().to_string();
    terminal.keys("e");
    terminal.wait_for("Tab completes the path");
    terminal.keys(&beginning);
    // The candidate stands below the field, with its size.
    terminal.wait_for("6 B");
    terminal.keys(TAB);
    terminal.wait_for("ransom-note.txt  = 6 B");
    terminal.keys(RECORD);
    recorded("A9");
    // The bundle, under a name of its own.
    let bundle = files.join("bundle.zip");
    terminal.keys("x");
    terminal.wait_for("(●) Bundle");
    terminal.keys(ENTER);
    terminal.keys(&format!("{}{RECORD}", bundle.display()));
    terminal.wait_for("written to");
    terminal.wait_for("A10 ");
    let checked = support::run(files, &["verify", bundle.to_str().unwrap()]);
    assert!(checked.status.success(), "{:?}", support::texts(&checked));
}

/// Goes down the log from its beginning: each entry has its row, and opens with its text in it.
fn find_all(terminal: &Terminal, seen: &[(&str, &str, &str)]) {
    terminal.keys("3\x1b[H");
    for (citation, _, text) in seen {
        let row = |row: &str| row.split_whitespace().any(|word| word == *citation);
        terminal.wait_until(&format!("the row of {citation}"), LIMIT, |frame| {
            frame.contains("⏎ open") && frame.lines().skip(2).any(row)
        });
        terminal.keys(ENTER);
        // In words, not as the type stands in the record.
        let heading = format!(" {citation}  ");
        terminal.wait_until(&format!("{heading} with {text:?}"), LIMIT, |frame| {
            frame.lines().any(|line| line.starts_with(&heading)) && frame.contains(text)
        });
        terminal.keys("q");
        terminal.wait_for("⏎ open");
        terminal.keys(DOWN);
    }
}

/// The same entries and no others, in the same order, by the command line.
fn compare(home: &Path, case: &str, seen: &[(&str, &str, &str)]) {
    let log = json(home, &["log", case]);
    let rows = log.as_array().unwrap();
    let found: Vec<_> =
        rows.iter().map(|row| (row["entry"].as_str().unwrap(), row["record"]["type"].as_str().unwrap())).collect();
    let wanted: Vec<_> = seen.iter().map(|(citation, kind, _)| (*citation, *kind)).collect();
    assert_eq!(found, wanted);
    for (row, (citation, _, text)) in rows.iter().zip(seen) {
        assert!(row["record"]["data"].to_string().contains(text), "{citation}: {row}");
        assert_eq!(row["record"]["by"]["name"], "A. Osei");
    }
}

#[test]
fn one_incident_from_the_first_key() {
    one_incident(SMALL);
}

#[test]
fn one_incident_on_a_large_window() {
    one_incident(LARGE);
}

/// The list of cases is read while the case that was left is still being closed; that must not keep its file from
/// being folded together. And whoever wrote in the case before is the one who writes in it again.
#[test]
fn leaving_for_the_list_closes_the_case_each_time() {
    let home = home();
    let (case, terminal) = opened(home.path(), SMALL);
    for round in 1..=8 {
        terminal.keys("n");
        terminal.wait_for("Enter begins a new line");
        terminal.keys(&format!("round {round}{RECORD}"));
        terminal.wait_for("recorded as");
        terminal.keys("q");
        terminal.wait_for("n new");
        terminal.wait_for(&format!("{} entries", 3 + round));
        closed_cleanly(&folder(home.path()));
        terminal.keys(ENTER);
        terminal.wait_for("b blocked");
    }
    let log = json(home.path(), &["log", &case]);
    assert!(log.as_array().unwrap().iter().all(|row| row["record"]["by"]["name"] == "A. Osei"), "{log}");
}

#[test]
fn quitting_gives_the_terminal_back() {
    let home = home();
    let (_, terminal) = opened(home.path(), SMALL);
    assert_eq!(terminal.modes(), TAKEN);
    assert_ne!(terminal.cooked(), Some(true));
    given_back(home.path(), &terminal, || terminal.keys(QUIT));
}

#[cfg(unix)]
#[test]
fn a_signal_gives_the_terminal_back() {
    for signal in ["TERM", "HUP", "INT"] {
        let home = home();
        let (case, terminal) = opened(home.path(), SMALL);
        terminal.keys("n");
        terminal.wait_for("Enter begins a new line");
        terminal.keys(&format!("before the signal{RECORD}"));
        terminal.wait_for("recorded as A4");
        assert_eq!(terminal.modes(), TAKEN);
        let pid = terminal.pid().to_string();
        given_back(home.path(), &terminal, || {
            let sent = std::process::Command::new("kill").args(["-s", signal, &pid]).status().unwrap();
            assert!(sent.success());
        });
        assert_eq!(notes(home.path(), &case), ["before the signal"]);
    }
}

/// Not a test of its own: the process that the next test starts, and kills. It holds the console's terminal.
#[test]
fn terminal_holder() {
    let Some(home) = std::env::var_os("CARECERT_TEST_HOLD") else { return };
    let case = folder(Path::new(&home));
    let terminal = console(Path::new(&home), SMALL).arguments(&["open", case.to_str().unwrap()]).start();
    terminal.wait_for("b blocked");
    terminal.keys("n");
    terminal.wait_for("Enter begins a new line");
    terminal.keys(&format!("before the hang-up{RECORD}"));
    terminal.wait_for("recorded as A4");
    println!("recorded");
    let _ = std::io::stdin().read_line(&mut String::new());
}

/// A window that is closed, or a connection that breaks: nobody is left to draw for, and the case is closed all
/// the same.
#[cfg(unix)]
#[test]
fn a_terminal_that_vanishes_leaves_a_closed_case() {
    use std::io::BufRead as _;
    let home = home();
    let case = new(home.path());
    let mut holder = std::process::Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "console::terminal_holder", "--nocapture"])
        .env("CARECERT_TEST_HOLD", home.path())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let lines = std::io::BufReader::new(holder.stdout.take().unwrap()).lines();
    assert!(lines.map_while(Result::ok).any(|line| line.ends_with("recorded")));
    let folder = folder(home.path());
    assert!(files(&folder).contains(&"case.sqlite3-wal".to_owned()), "it is open");
    holder.kill().unwrap();
    holder.wait().unwrap();
    let began = Instant::now();
    // The console is nobody's child now, so only its files tell. While it closes the file it changes the journal's
    // mode, and the folder looks clean for a moment: it is once it still is after the case was read.
    let mut found = Vec::new();
    while began.elapsed() < LIMIT {
        if files(&folder) == CLEAN {
            found = notes(home.path(), &case);
            if files(&folder) == CLEAN {
                break;
            }
        }
        std::thread::yield_now();
    }
    closed_cleanly(&folder);
    assert_eq!(found, ["before the hang-up"]);
}

/// Alternate screen, hidden cursor, bracketed paste: as while the console runs.
const TAKEN: (bool, bool, bool) = (true, true, true);

/// Ends the console by `end`, which must take a second at most, and checks what it leaves behind.
#[track_caller]
fn given_back(home: &Path, terminal: &Terminal, end: impl FnOnce()) {
    let before = terminal.raw().len();
    end();
    assert_eq!(terminal.ends(Duration::from_secs(1)), 0);
    let last = String::from_utf8(terminal.raw()[before..].to_vec()).unwrap();
    for (sequence, what) in [("[?1049l", "main screen"), ("[?25h", "cursor"), ("[?2004l", "no bracketed paste")] {
        assert!(last.contains(&format!("\x1b{sequence}")), "{what}: {last:?}");
    }
    assert_eq!(terminal.modes(), (false, false, false));
    assert_ne!(terminal.cooked(), Some(false));
    closed_cleanly(&folder(home));
}

#[test]
fn a_window_made_small_and_large_again_shows_the_same() {
    let home = home();
    let (_, terminal) = opened(home.path(), LARGE);
    let whole = |frame: &str| {
        let rows: Vec<&str> = frame.lines().collect();
        rows.len() == 40
            && rows[0].contains("Wards cannot log in")
            && frame.contains("Take the lead, aloud")
            && frame.contains("playbook  Ransomware")
            && rows[39].contains("? keys")
    };
    terminal.wait_until("a whole frame", LIMIT, whole);
    terminal.keys("n");
    terminal.wait_for("Enter begins a new line");
    terminal.keys("half-way");
    terminal.wait_for("half-way");
    terminal.resize((60, 15));
    terminal.wait_for("This window has 60×15 cells. The console needs 80×23.");
    assert!(!terminal.frame().contains("half-way"));
    // What is pressed blindly goes nowhere.
    terminal.keys("x\x11");
    terminal.wait_for("Not recorded:");
    terminal.keys("\x1b");
    terminal.wait_for("This window has");
    terminal.resize(LARGE);
    // Nothing typed is lost, and the frame below the box is whole.
    terminal.wait_for("half-way");
    terminal.keys(&format!(" done{RECORD}"));
    terminal.wait_until("a whole frame with the note", LIMIT, |frame| {
        whole(frame) && frame.contains("half-way done") && !frame.contains("This window")
    });
}

/// Parameters of every SGR sequence in what was sent.
fn styles(raw: &[u8]) -> Vec<String> {
    let text = String::from_utf8_lossy(raw);
    let parts = text.split("\x1b[").skip(1);
    let end = |part: &&str| part.find(|c: char| c.is_ascii_alphabetic()).filter(|at| part[*at..].starts_with('m'));
    parts.filter_map(|part| end(&part).map(|at| part[..at].to_owned())).collect()
}

/// Whether an SGR sequence sets a colour other than the terminal's own.
fn colours(style: &str) -> bool {
    let codes = style.split([';', ':']).filter_map(|code| code.parse::<u16>().ok());
    codes.into_iter().any(|code| matches!(code, 30..=38 | 40..=48 | 90..=97 | 100..=107))
}

#[test]
fn no_colour_where_none_is_wanted() {
    let home = home();
    let case = new(home.path());
    let shown = |terminal: &Terminal| {
        terminal.wait_for("b blocked");
        terminal.keys("n");
        terminal.wait_for("Enter begins a new line");
        terminal.keys(&format!("grey{RECORD}"));
        terminal.wait_for("recorded as");
        terminal.keys("?");
        terminal.wait_for("Keys of this place");
        terminal.keys(QUIT);
        assert_eq!(terminal.ends(LIMIT), 0);
        styles(&terminal.raw())
    };
    let start = || console(home.path(), SMALL).arguments(&["open", &case]);
    let plain = shown(&start().variable("NO_COLOR", "1").start());
    assert!(!plain.is_empty(), "bold and reverse remain");
    assert_eq!(plain.iter().filter(|style| colours(style)).collect::<Vec<_>>(), Vec::<&String>::new());
    let coloured = shown(&start().start());
    assert!(coloured.iter().any(|style| colours(style)), "{coloured:?}");
}

#[test]
fn an_entry_of_another_process_appears_by_itself() {
    let home = home();
    let (case, terminal) = opened(home.path(), SMALL);
    ok(home.path(), &["note", &case, "from the second terminal"]);
    terminal.wait_until("the other's note", Duration::from_secs(3), |frame| {
        frame.contains("A4") && frame.contains("from the second terminal")
    });
    // And this console's next entry follows it.
    terminal.keys("n");
    terminal.wait_for("Enter begins a new line");
    terminal.keys(&format!("from the first{RECORD}"));
    terminal.wait_for("recorded as A5");
    assert_eq!(notes(home.path(), &case), ["from the second terminal", "from the first"]);
}

#[test]
fn a_paste_is_one_note_and_never_obeyed() {
    let home = home();
    let (case, terminal) = opened(home.path(), SMALL);
    terminal.keys("n");
    terminal.wait_for("Enter begins a new line");
    let hostile = "first line\r\nq\nred \x1b[31;1m\x1b[2J\x1b]0;title\x07 end\u{202e}\nlast line";
    terminal.paste(hostile);
    terminal.wait_for("last line");
    terminal.wait_for("␛[2J");
    assert_eq!(notes(home.path(), &case), Vec::<String>::new(), "a paste records nothing by itself");
    terminal.keys(RECORD);
    terminal.wait_for("recorded as A4");
    terminal.keys(&format!("3{ENTER}"));
    terminal.wait_for("A4  note");
    terminal.wait_for("␛[2J");
    terminal.keys(QUIT);
    assert_eq!(terminal.ends(LIMIT), 0);
    assert_eq!(notes(home.path(), &case), [hostile.replace("\r\n", "\n")]);
    let raw = String::from_utf8(terminal.raw()).unwrap();
    // Two clearings are the console's own ways; a title, a bell and an override are never sent.
    for sequence in ["\x1b[31;1m", "\x1b]0;", "\x07", "\u{202e}"] {
        assert!(!raw.contains(sequence), "{sequence:?} was sent");
    }
}

#[test]
fn without_a_terminal_it_says_so() {
    let home = home();
    let output = support::command(home.path(), &[]).stdin(Stdio::null()).output().unwrap();
    let (out, err) = support::texts(&output);
    assert_eq!((output.status.code(), out.as_str()), (Some(1), ""), "{err}");
    assert!(err.contains("needs a terminal"), "{err}");
    assert!(err.contains("carecert --help"), "{err}");
}

/// The same with a keyboard, and only standard output piped: nothing is drawn into the pipe.
#[cfg(unix)]
#[test]
fn a_piped_answer_is_not_drawn_into() {
    let home = home();
    let script = format!("'{CARECERT}' > piped; echo status $?");
    let terminal = console(home.path(), SMALL).shell(&script).start();
    terminal.wait_for("status 1");
    assert!(terminal.frame().contains("needs a terminal"), "{}", terminal.frame());
    assert_eq!(std::fs::read(home.path().join("piped")).unwrap(), b"");
}

#[test]
fn what_cannot_be_recorded_is_said_and_kept() {
    let home = home();
    let (case, terminal) = opened(home.path(), SMALL);
    terminal.keys("n");
    terminal.wait_for("Enter begins a new line");
    terminal.keys("Bed manager says ward 5 can take two");
    let lock = std::fs::File::options().write(true).open(folder(home.path()).join("case.lock")).unwrap();
    lock.lock().unwrap();
    let began = Instant::now();
    terminal.keys(RECORD);
    terminal.wait_for("NOT RECORDED");
    assert!(began.elapsed() >= Duration::from_secs(5), "it waits for a process that may soon be done");
    assert!(!terminal.frame().contains("recorded as"));
    // Back at the draft everything typed is still there.
    terminal.keys("\x1b");
    terminal.wait_until("the draft", LIMIT, |frame| {
        !frame.contains("NOT RECORDED") && frame.contains("│Bed manager says ward 5 can take two")
    });
    terminal.keys(RECORD);
    terminal.wait_for("NOT RECORDED");
    lock.unlock().unwrap();
    terminal.keys("r");
    terminal.wait_for("recorded as A4");
    assert_eq!(notes(home.path(), &case), ["Bed manager says ward 5 can take two"]);
    terminal.keys(QUIT);
    assert_eq!(terminal.ends(LIMIT), 0);
    closed_cleanly(&folder(home.path()));
    assert_eq!(notes(home.path(), &case), ["Bed manager says ward 5 can take two"]);
}

#[test]
fn a_wall_display_follows_and_writes_nothing() {
    let home = home();
    let case = ok(home.path(), &["new", "--title", "A night", "--severity", "high"]).trim().to_owned();
    let folder = folder(home.path());
    let files = || -> Vec<(PathBuf, Vec<u8>)> {
        let files =
            std::fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()).filter(|path| path.is_file());
        let mut files: Vec<_> = files.map(|path| (path.clone(), std::fs::read(path).unwrap())).collect();
        files.sort();
        files
    };
    let before = files();
    let terminal = console(home.path(), SMALL).arguments(&["open", &case, "--watch"]).start();
    terminal.wait_for("READ ONLY");
    terminal.wait_for("watching");
    terminal.wait_for("? keys");
    let frame = terminal.frame();
    let acts = frame.lines().next().is_some_and(|line| line.contains("Patel"));
    assert!(!acts && !frame.contains("n note  ") && frame.contains("? keys"), "{frame}");
    terminal.keys("n");
    terminal.wait_for("this is a wall display, opened with --watch");
    assert_eq!(files(), before, "looking changes nothing");
    ok(home.path(), &["note", &case, "from the other terminal"]);
    terminal.wait_for("from the other terminal");
    terminal.keys(QUIT);
    assert_eq!(terminal.ends(LIMIT), 0);
    assert_eq!(json(home.path(), &["status", &case])["records"], 3);
}
