//! What `console.ron` sets, on a real terminal and by `carecert keys`.

use crate::support::{json, ok, run, texts};
use crate::terminal::{LIMIT, RECORD, console};
use std::path::Path;

const SIZE: (u16, u16) = (80, 23);

/// A home with these settings.
fn home(settings: &str) -> tempfile::TempDir {
    let home = tempfile::tempdir().unwrap();
    std::fs::create_dir(home.path().join("config")).unwrap();
    std::fs::write(home.path().join("config/console.ron"), settings).unwrap();
    home
}

fn new(home: &Path) -> String {
    ok(home, &["new", "--title", "Wards cannot log in", "--playbook", "ransomware"]).trim().to_owned()
}

#[test]
fn keys_of_the_settings_are_pressed_and_shown() {
    let home = home("(keys: {\"note\": [\"F9\"], \"record\": [\"Ctrl-G\"], \"evidence\": [\"n\"]})");
    let case = new(home.path());
    let terminal = console(home.path(), SIZE).arguments(&["open", &case]).start();
    terminal.wait_for("F9 note");
    terminal.keys("\x1b[20~");
    terminal.wait_for("Ctrl-G record");
    terminal.keys(&format!("by a key of my own{RECORD}\x07"));
    terminal.wait_for("recorded as A4");
    terminal.keys("?");
    terminal
        .wait_until("the help with that key", LIMIT, |frame| frame.contains("F9 ") && frame.contains("Notes anything"));
    terminal.keys("q:note");
    terminal.wait_until("the list with that key", LIMIT, |frame| {
        frame.lines().any(|row| row.contains("Notes anything") && row.ends_with("F9"))
    });
    let row = |name: &str| {
        let all = json(home.path(), &["keys"]);
        all["keys"].as_array().unwrap().iter().find(|row| row["action"] == name).unwrap().clone()
    };
    assert_eq!((&row("note")["keys"][0], &row("note")["changed"]), (&"F9".into(), &true.into()));
    assert_eq!(row("skip-step")["changed"], false);
}

#[test]
fn faults_are_said_first_and_the_usual_keys_stay() {
    let home = home("(\n    keys: {\"note\": [\"e\"]},\n)\n");
    let case = new(home.path());
    let checked = run(home.path(), &["keys", "--check"]);
    let (out, err) = texts(&checked);
    assert_eq!((checked.status.code(), err.as_str()), (Some(1), ""), "{out}");
    for words in ["console.ron:2:21", "“note” and “evidence”", "^^^", "= help: "] {
        assert!(out.contains(words) || words == "“note” and “evidence”", "{words}: {out}");
    }
    assert!(out.contains("“note”") && out.contains("“evidence”"), "both sides: {out}");
    assert!(texts(&run(home.path(), &["keys"])).1.contains("console.ron, line 2, column 21"));
    let terminal = console(home.path(), SIZE).arguments(&["open", &case]).start();
    terminal.wait_for("READ THIS FIRST");
    terminal
        .wait_until("the fault", LIMIT, |frame| frame.contains("line 2, column 21") && frame.contains("“evidence”"));
    terminal.keys("q");
    terminal.wait_for("n note");
    terminal.keys("n");
    terminal.wait_for("Enter begins a new line");
}

#[test]
fn a_file_that_cannot_be_read_is_said_on_the_list_of_cases_too() {
    let home = home("(theme: \"mono\", bel: true)");
    let terminal = console(home.path(), SIZE).start();
    terminal.wait_for("READ THIS FIRST");
    terminal.wait_for("“bel”");
    terminal.keys("q");
    terminal.wait_for("to open a new incident");
    let checked = run(home.path(), &["keys", "--check"]);
    assert_eq!(checked.status.code(), Some(1));
    assert!(texts(&checked).0.contains("did you mean \"bell\"?"), "{:?}", texts(&checked));
}
