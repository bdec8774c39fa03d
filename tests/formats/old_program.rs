//! What the program of before the rebuild made, read by the program of today: its bundles verify, and its log is printed
//! word for word.
//!
//! `tests/frozen/printed` was written by that program and stays as it is until a wording is changed on purpose.

use crate::{
    forge,
    support::{ok, run, small_case, texts},
};
use std::path::{Path, PathBuf};

fn frozen(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/frozen").join(name)
}

/// The log and the page of each entry, as the command line prints them for a case of these lines.
fn printed(lines: &[String]) -> String {
    let home = tempfile::tempdir().unwrap();
    let folder = home.path().join("cases").join("case");
    std::fs::create_dir_all(home.path().join("cases")).unwrap();
    std::fs::rename(small_case(&home.path().join("other")), &folder).unwrap();
    forge::write_case(&folder, lines);
    let case = folder.to_str().unwrap();
    let log = ok(home.path(), &["log", case]);
    let mut text = log.clone();
    for entry in log.lines().filter_map(|line| line.split_whitespace().next()) {
        text += &format!("\n== {entry}\n{}", ok(home.path(), &["log", case, entry]));
    }
    text + "\n== json\n" + &ok(home.path(), &["log", case, "--json"])
}

/// Holds a text to the file that the old program wrote.
fn hold(name: &str, text: &str) {
    let path = frozen(&format!("printed/{name}.txt"));
    let was = std::fs::read_to_string(&path).unwrap_or_default();
    if was != text {
        let now = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("{name}.txt"));
        std::fs::write(&now, text).unwrap();
        panic!("{} is not what is printed now, which is in {}", path.display(), now.display());
    }
}

macro_rules! frozen_logs {
    ($($test:ident: $name:literal;)*) => {
        $(#[test]
        fn $test() {
            let log = std::fs::read_to_string(frozen(concat!($name, ".jsonl"))).unwrap();
            let lines: Vec<String> = log.lines().map(str::to_owned).collect();
            hold($name, &printed(&lines));
        })*
    };
}

frozen_logs! {
    the_first_kinds_are_printed_as_ever: "records";
    the_second_kinds_are_printed_as_ever: "records-2";
    the_kinds_of_what_is_affected_are_printed_as_ever: "records-3";
    the_kinds_of_integrity_are_printed_as_ever: "records-4";
    a_night_is_printed_as_ever: "night";
    hostile_texts_are_printed_as_ever: "hostile";
}

fn hold_bundle(name: &str) {
    let bundle = frozen(&format!("{name}.zip"));
    let home = tempfile::tempdir().unwrap();
    let output = run(home.path(), &["verify", bundle.to_str().unwrap()]);
    let (out, err) = texts(&output);
    assert_eq!((output.status.code(), err.as_str()), (Some(0), ""), "{out}");
    let records = forge::Files::of(&std::fs::read(&bundle).unwrap()).text("data/records.jsonl");
    let lines: Vec<String> = records.lines().map(str::to_owned).collect();
    hold(name, &format!("{out}\n== log\n{}", printed(&lines)));
}

#[test]
fn a_bundle_of_the_demo_verifies_and_reads_as_ever() {
    hold_bundle("old-demo");
}

#[test]
fn a_bundle_of_every_command_verifies_and_reads_as_ever() {
    hold_bundle("old-incident");
}
