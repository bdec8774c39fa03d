//! Every place and every action of the table, in the real binary at a pseudo-terminal: an action that is not tried here
//! fails the build.

use crate::support::{json, ok};
use crate::terminal::{LIMIT, QUIT, RECORD, Terminal, console};
use carecert_react::tui::{ActionRow, list_action_rows};
use std::{path::Path, time::Duration};

/// How a key of the table is typed.
fn typed(key: &str) -> String {
    match key {
        "⏎" => "\r".into(),
        "Esc" => "\x1b".into(),
        "Tab" => "\t".into(),
        "Shift-Tab" => "\x1b[Z".into(),
        "Space" => " ".into(),
        "↑" => "\x1b[A".into(),
        "↓" => "\x1b[B".into(),
        "PgUp" => "\x1b[5~".into(),
        "PgDn" => "\x1b[6~".into(),
        "Home" => "\x1b[H".into(),
        "End" => "\x1b[F".into(),
        "F1" => "\x1bOP".into(),
        "Delete" => "\x1b[3~".into(),
        key => match key.strip_prefix("Ctrl-").and_then(|letter| letter.chars().next()) {
            Some(letter) => char::from(letter.to_ascii_lowercase() as u8 & 0x1f).to_string(),
            None => key.to_owned(),
        },
    }
}

/// One try of an action: what it is, where, how one comes there, and what its key must bring on screen.
struct Try {
    name: &'static str,
    place: &'static str,
    /// Keys from the case's first place, with what each must show before the next.
    there: &'static [(&'static str, &'static str)],
    shows: &'static str,
}

macro_rules! tries {
    ($($name:literal in $place:literal after [$(($keys:expr, $seen:literal)),*] shows $shows:literal;)*) => {
        &[$(Try { name: $name, place: $place, there: &[$(($keys, $seen)),*], shows: $shows }),*]
    };
}

/// Those of a case that goes on: none of them records.
const IN_A_CASE: &[Try] = tries! {
    "do step" in "now" after [] shows "Done: Take the lead, aloud";
    "open entry" in "log" after [("3", "⏎ open")] shows "The line";
    "decide" in "now" after [] shows "A decision that no step asks for";
    "decide" in "decisions" after [("5", "Nothing is decided yet")] shows "A decision that no step asks for";
    "note" in "now" after [] shows "Enter begins a new line";
    "evidence" in "now" after [] shows "Tab completes the path";
    "evidence" in "evidence" after [("4", "Nothing is taken in yet")] shows "Tab completes the path";
    "skip step" in "now" after [] shows "Skip: Take the lead, aloud";
    "step is blocked" in "now" after [] shows "Blocked: Take the lead, aloud";
    "reopen step" in "playbook" after [("2/leave machines\r", "✓ done")] shows "Reopen: Tell staff to leave machines on";
    "start step" in "now" after [] shows "Start: Take the lead, aloud";
    "someone was told" in "now" after [] shows "Someone was told";
    "decision of your own" in "log" after [("3", "⏎ open")] shows "A decision that no step asks for";
    "correct an entry" in "log" after [("3", "⏎ open")] shows "What is right";
    "correct an entry" in "now" after [] shows "Which entry is wrong?";
    "follow up" in "log" after [("3", "⏎ open")] shows "Follow up A";
    "undo" in "log" after [("3", "⏎ open")] shows "Undo A5";
    "follow up" in "now" after [] shows "Which entry is to be looked at again?";
    "undo" in "now" after [] shows "Undo A5";
    "copy" in "log" after [("3", "⏎ open")] shows "copied, where the terminal allows it";
    "what it means for patients" in "now" after [] shows "What it means for patients now";
    "what it means for patients" in "log" after [("3", "⏎ open")] shows "What it means for patients now";
    "add a system or account" in "now" after [] shows "A system, account, device, service, site or network";
    "add a system or account" in "systems" after [("6", "Nothing is noted yet")] shows "A system, account, device, service, site or network";
    "new state" in "systems" after [("6", "Nothing is noted yet")] shows "nothing is noted here yet";
    "read the row" in "systems" after [("6", "Nothing is noted yet")] shows "nothing is noted here yet";
    "take in indicators" in "now" after [] shows "One a line, as found";
    "take in indicators" in "systems" after [("6", "Nothing is noted yet")] shows "One a line, as found";
    "add a contact" in "now" after [] shows "Who; of someone";
    "add a contact" in "people" after [("8", "Take part")] shows "Who; of someone";
    "take part as" in "people" after [("8", "Take part")] shows "Your name";
    "read the row" in "people" after [("8", "Take part")] shows "Esc back";
    "clocks and duties" in "now" after [] shows "Duties and their clocks";
    "export" in "now" after [] shows "for a spreadsheet";
    "check the case file" in "now" after [] shows "checked: every entry";
    "stop what runs" in "now" after [] shows "nothing is running";
    "change severity" in "now" after [] shows "Not yet        “Reason”";
    "change title, mark or summary" in "now" after [] shows "Title, mark and summary";
    "take part as" in "now" after [] shows "Take part as";
    "use another playbook" in "now" after [] shows "Which playbook?";
    "close the case" in "now" after [] shows "Close the case";
    "why" in "now" after [] shows "Why “Take the lead, aloud” is next";
    "answer a question" in "now" after [] shows "Which question?";
    "find" in "now" after [] shows "What are you looking for?";
    "find" in "log" after [("3", "⏎ open")] shows "words, kind:note";
    "the other order" in "log" after [("3", "⏎ open")] shows "by when it happened";
    "choose what is shown" in "log" after [("3", "⏎ open")] shows "What is to be shown?";
    "keep the filter" in "the filter" after [("3", "⏎ open"), ("/kind:note", "⏎ keep")] shows "⏎ open";
    "clear the filter" in "the filter" after [("3", "⏎ open"), ("/kind:note", "⏎ keep")] shows "⏎ open";
    "go to what is next" in "playbook" after [("2\x1b[F", "Learn")] shows "▶ Take the lead";
    "go to what is due or late" in "log" after [("3", "⏎ open")] shows "patients  ";
    "now" in "log" after [("3", "⏎ open")] shows "⏎ done";
    "playbook" in "now" after [] shows "Detect and call";
    "log" in "now" after [] shows "⏎ open";
    "evidence items" in "now" after [] shows "Nothing is taken in yet";
    "decisions" in "now" after [] shows "Nothing is decided yet";
    "systems and indicators" in "now" after [] shows "Systems and indicators";
    "people" in "now" after [] shows "People  ";
    "handover" in "now" after [] shows "Handover as it stands";
    "hand over" in "handover" after [("9", "Handover as it stands")] shows "From then on";
    "hand over" in "now" after [] shows "From then on";
    "compare the clock" in "now" after [] shows "It reads";
    "integrity" in "now" after [] shows "Read it out.";
    "check the case file" in "integrity" after [("0", "Read it out.")] shows "checked: every entry";
    "compare the clock" in "integrity" after [("0", "Read it out.")] shows "It reads";
    "next place" in "now" after [] shows "Detect and call";
    "place before" in "log" after [("3", "⏎ open")] shows "Detect and call";
    "up" in "playbook" after [("2/leave machines\r", "✓ done")] shows "Say to everyone on the call";
    "down" in "playbook" after [("2\x1b[H", "Say to everyone")] shows "✓ done";
    "page up" in "playbook" after [("2\x1b[F", "waits for: Stand")] shows "Hand over aloud";
    "page down" in "playbook" after [("2\x1b[H", "Say to everyone")] shows "Ask the clinical lead";
    "half a page up" in "playbook" after [("2\x1b[F", "waits for: Stand")] shows "Tell DHSC under";
    "half a page down" in "playbook" after [("2\x1b[H", "Say to everyone")] shows "Decide the level with";
    "first" in "playbook" after [("2\x1b[F", "Learn")] shows "Say to everyone";
    "last" in "playbook" after [("2\x1b[H", "Say to everyone")] shows "Learn  ";
    "read on in the step" in "playbook" after [("2/METHANE\r", "Space reads on")] shows "↑ K reads back";
    "read back in the step" in "playbook" after [("2/METHANE\r", "Space reads on"), (" ", "↑ K reads back")] shows "Give a METHANE message\n";
    "start or meet" in "clocks" after [("7", "Duties and their clocks")] shows "Start the clock: Report to the NHS";
    "start clock" in "clocks" after [("7", "Duties and their clocks")] shows "Start the clock: Report to the NHS";
    "duty is met" in "clocks" after [("7g", "not started, and"), ("jjj", "aware ")] shows "Met: Tell the Information";
    "duty does not apply" in "clocks" after [("7g", "not started, and"), ("jjj", "aware ")] shows "Does not apply: Tell the Information";
    "read the duty" in "clocks" after [("7g", "ServiceNow")] shows " Source ";
    "choose" in "a list" after [("/how much", "What are you looking for?")] shows "⏎ decide";
    "back" in "a box" after [("nhalf", "Enter begins a new line")] shows "draft kept";
    "throw the draft away" in "a list" after [("nabc", "Will record"), ("\x1b", "draft kept"), (":not recorded\r", "Not recorded: typed")] shows "again throws";
    "what is not recorded" in "now" after [("n", "draft is as you left it"), ("\x1b", "draft kept")] shows "Not recorded: typed";
    "back" in "a page" after [("w", "Why “")] shows "1Now 2Steps";
    "back" in "log" after [("3", "⏎ open")] shows "⏎ done";
    "all actions" in "now" after [] shows "What do you want to do?";
    "change theme" in "now" after [] shows "theme: high-contrast";
    "help" in "now" after [] shows "Keys of this place";
    "help" in "a box" after [("n", "Enter begins a new line")] shows "Keys of this place";
    "record" in "a box" after [("n\x15Ward 7 rang", "Enter begins a new line")] shows "recorded as A";
};

/// Of the list of cases, one after another.
const AT_HOME: &[Try] = tries! {
    "help" in "cases" after [] shows "Keys of this place";
    "all actions" in "cases" after [("\x1b", "open for")] shows "What do you want to do?";
    "read again" in "cases" after [("\x1b", "open for")] shows "2 cases open";
    "tidy up" in "cases" after [("r", "Interrupted work left 1 file or folder, 3 B")] shows "removed 1 file or folder";
    "new incident" in "cases" after [] shows "In a line, as you would say it on the phone";
    "open case" in "cases" after [("\x1b", "open for")] shows "1Now 2Steps";
    "back" in "now" after [] shows "open for";
    "quit" in "a page" after [("\r", "1Now 2Steps"), ("nhalf a note\x1b", "draft kept"), ("?", "Keys of this place")] shows "Leave?";
    "stay" in "leaving" after [] shows "Leaves the step out";
};

/// Of a case that is closed.
const CLOSED: &[Try] = tries! {
    "reopen the case" in "now" after [] shows "Reopen the case";
    "countersign" in "decisions" after [("5", "ED has its systems")] shows "Countersign A";
};

/// While a large file is read.
const BUSY: &[Try] = tries! {
    "help" in "a job" after [] shows "Esc back";
    "go on meanwhile" in "a job" after [("\x1b", "Esc cancel")] shows "1Now 2Steps";
};

/// Where the disk does not take an entry.
const FAILED: &[Try] = tries! {
    "help" in "NOT RECORDED" after [] shows "Keys of this place";
    "save elsewhere" in "NOT RECORDED" after [("\x1b", "NOT RECORDED")] shows "saved in";
    "back to the draft" in "NOT RECORDED" after [] shows "Ctrl-S record";
    "try again" in "NOT RECORDED" after [("\x13", "NOT RECORDED")] shows "⏎ go on meanwhile";
};

/// Esc until no box, list or page is in the way. Each Esc has a second to show what it does: the next one might leave
/// the case.
fn back(terminal: &Terminal) {
    let clear = |frame: &str| {
        frame.contains("1Now 2Steps") && !["Leave?", "⏎ keep"].iter().any(|in_the_way| frame.contains(in_the_way))
    };
    for _ in 0..5 {
        if terminal.shows(Duration::ZERO, clear) {
            return;
        }
        terminal.keys("\x1b");
        terminal.shows(Duration::from_secs(1), clear);
    }
    terminal.wait_until("the case", LIMIT, clear);
}

fn row(rows: &[ActionRow], name: &str, place: &str) -> ActionRow {
    rows.iter().find(|row| row.name == name && row.places.contains(&place)).cloned().unwrap_or_else(|| {
        panic!("the table has no {name:?} in {place:?}");
    })
}

/// Presses the key of an action where one is, or chooses it in the list of all actions.
fn press(terminal: &Terminal, row: &ActionRow) {
    match row.keys.first() {
        Some(key) => terminal.keys(&typed(key)),
        None => {
            terminal.keys(":");
            terminal.wait_for("What do you want to do?");
            terminal.keys(&format!("{}\r", row.name));
        }
    }
}

/// From the first place of the case.
fn attempt(terminal: &Terminal, rows: &[ActionRow], attempt: &Try) {
    back(terminal);
    terminal.keys("1");
    attempt_here(terminal, rows, attempt);
}

/// From what is on screen.
fn attempt_here(terminal: &Terminal, rows: &[ActionRow], attempt: &Try) {
    let row = row(rows, attempt.name, attempt.place);
    for (keys, seen) in attempt.there {
        terminal.keys(keys);
        terminal.wait_for(seen);
    }
    // What was pressed to come here may still be on its way to the screen.
    let absent = terminal.shows(Duration::from_secs(3), |frame| !frame.contains(attempt.shows));
    assert!(absent, "{} proves nothing, it is there already:\n{}", attempt.name, terminal.frame());
    press(terminal, &row);
    terminal.wait_until(&format!("{} in {}: {:?}", attempt.name, attempt.place, attempt.shows), LIMIT, |frame| {
        frame.contains(attempt.shows)
    });
}

/// A case in which a step is done and a clock runs.
fn case(home: &Path) -> String {
    let case = ok(home, &["new", "--title", "A night", "--severity", "high", "--playbook", "ransomware"]);
    let case = case.trim().to_owned();
    ok(home, &["clock", "start", &case, "ico-72h", "--aware", "-30m", "--basis", "files are encrypted"]);
    ok(home, &["step", &case, "leave-on", "done", "--why", "said before we came", "--note", "on the tannoy"]);
    case
}

#[test]
fn every_action_of_a_case() {
    let home = tempfile::tempdir().unwrap();
    let case = case(home.path());
    let terminal = console(home.path(), (80, 23)).arguments(&["open", &case]).start();
    terminal.wait_for("1Now 2Steps");
    let rows = list_action_rows();
    for each in IN_A_CASE {
        attempt(&terminal, &rows, each);
    }
    back(&terminal);
    terminal.keys(QUIT);
    assert_eq!(terminal.ends(LIMIT), 0);
    let log = json(home.path(), &["log", &case]);
    let kinds: Vec<&str> =
        log.as_array().unwrap().iter().map(|row| row["record"]["type"].as_str().unwrap()).skip(5).collect();
    assert_eq!(kinds, ["note"], "one action records, and no other did");
}

#[test]
fn every_action_of_the_list_of_cases_and_of_leaving() {
    let home = tempfile::tempdir().unwrap();
    case(home.path());
    let terminal = console(home.path(), (80, 23)).start();
    terminal.wait_for("open for");
    let rows = list_action_rows();
    for each in AT_HOME {
        if each.name == "read again" {
            ok(home.path(), &["new", "--title", "Another"]);
            // As a killed export leaves it in the current folder.
            std::fs::write(home.path().join(".export-abc"), "cut").unwrap();
        }
        attempt_here(&terminal, &rows, each);
    }
    terminal.keys(QUIT);
    terminal.wait_for("Leave?");
    press(&terminal, &row(&rows, "leave", "leaving"));
    assert_eq!(terminal.ends(LIMIT), 0);
    // And from a window that is too small for anything else.
    let terminal = console(home.path(), (60, 12)).start();
    terminal.wait_for("The console needs 80×23");
    press(&terminal, &row(&rows, "quit", "too small"));
    assert_eq!(terminal.ends(LIMIT), 0);
}

#[test]
fn every_action_of_a_closed_case() {
    let home = tempfile::tempdir().unwrap();
    let case = case(home.path());
    let decided =
        ["--question", "Divert?", "--choice", "No", "--why", "ED has its systems", "--decided-by", "M. Fairclough"];
    ok(home.path(), &[&["decide", &case], &decided[..]].concat());
    ok(home.path(), &["close", &case, "--why", "over"]);
    let terminal = console(home.path(), (80, 23)).arguments(&["open", &case]).start();
    terminal.wait_for("1Now 2Steps");
    for each in CLOSED {
        attempt(&terminal, &list_action_rows(), each);
    }
}

#[test]
fn every_action_of_a_job() {
    let home = tempfile::tempdir().unwrap();
    let case = case(home.path());
    // A file without content on disk, that takes minutes to hash.
    let large = home.path().join("disk.img");
    std::fs::File::create(&large).unwrap().set_len(1 << 38).unwrap();
    let terminal = console(home.path(), (80, 23)).arguments(&["open", &case]).start();
    terminal.wait_for("1Now 2Steps");
    let rows = list_action_rows();
    let take = |name: &str| {
        terminal.keys("1e");
        terminal.wait_for("Tab completes the path");
        terminal.keys(&format!("{}{name}", large.display()));
        terminal.wait_for("Will record");
        terminal.keys(RECORD);
        terminal.wait_for("of 256 GiB");
    };
    take("\t\t\t\t\t \t");
    for each in BUSY {
        attempt_here(&terminal, &rows, each);
    }
    terminal.wait_for(" left");
    press(&terminal, &row(&rows, "stop what runs", "now"));
    terminal.wait_for("cancelled: nothing was recorded");
    terminal.keys(RECORD);
    terminal.wait_for("of 256 GiB");
    press(&terminal, &row(&rows, "cancel the job", "a job"));
    terminal.wait_for("cancelled: nothing was recorded");
    assert_eq!(json(home.path(), &["status", &case])["records"], 5);
}

#[test]
fn every_action_of_a_failed_write() {
    let home = tempfile::tempdir().unwrap();
    let case = case(home.path());
    let terminal = console(home.path(), (80, 23)).arguments(&["open", &case]).start();
    terminal.wait_for("1Now 2Steps");
    terminal.keys("n");
    terminal.wait_for("Enter begins a new line");
    terminal.keys("Ward 5 can take two");
    let folder = std::fs::read_dir(home.path().join("cases")).unwrap().next().unwrap().unwrap().path();
    let lock = std::fs::File::options().write(true).open(folder.join("case.lock")).unwrap();
    lock.lock().unwrap();
    terminal.keys(RECORD);
    terminal.wait_for("NOT RECORDED");
    let rows = list_action_rows();
    for each in FAILED {
        attempt_here(&terminal, &rows, each);
    }
    lock.unlock().unwrap();
    terminal.wait_until("the entry, or once more that there is none", LIMIT, |frame| {
        frame.contains("recorded as A6") || frame.contains("NOT RECORDED")
    });
}

#[test]
fn no_action_of_the_table_is_left_out() {
    let also = [("leave", "leaving"), ("quit", "too small"), ("cancel the job", "a job")];
    let tried = [IN_A_CASE, AT_HOME, CLOSED, BUSY, FAILED].into_iter().flatten().map(|each| (each.name, each.place));
    let tried: Vec<(&str, &str)> = tried.chain(also).collect();
    let left: Vec<String> = list_action_rows()
        .iter()
        .filter(|row| !tried.iter().any(|(name, place)| *name == row.name && row.places.contains(place)))
        .map(|row| format!("{} in {}", row.name, row.places.join(", ")))
        .collect();
    assert!(left.is_empty(), "no test presses the key of: {left:#?}");
}
