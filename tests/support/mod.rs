//! What the tests of the whole program share: homes, cases, and processes of the program.
#![allow(dead_code, unreachable_pub, reason = "each test file uses some of it")]

use carecert_react::{
    domain::{
        decide::{AddNote, Command, OpenCase},
        id::{ConsoleId, Hash},
        marking::{Severity, Tlp},
        person::Person,
        time::Now,
    },
    runtime::{
        clock,
        session::{Session, TimedCommand},
    },
};
use std::{
    path::{Path, PathBuf},
    process::{Output, Stdio},
};

/// The program itself.
pub const CARECERT: &str = env!("CARGO_BIN_EXE_carecert");

/// Runs the program with its home in `home`.
pub fn run(home: &Path, arguments: &[&str]) -> Output {
    command(home, arguments).stdin(Stdio::null()).output().unwrap()
}

/// The program with its home in `home`, and nothing of this machine's own settings.
pub fn command(home: &Path, arguments: &[&str]) -> std::process::Command {
    let mut command = std::process::Command::new(CARECERT);
    command.args(arguments).env("CARECERT_HOME", home).env("CARECERT_BY", "A. Osei");
    command.env_remove("CARECERT_ROLE").env_remove("CARECERT_ORGANISATION").env("TZ", "Europe/London");
    command
}

/// Runs the program, which must end well, and gives what it printed.
pub fn ok(home: &Path, arguments: &[&str]) -> String {
    let output = run(home, arguments);
    let (out, err) = texts(&output);
    assert!(output.status.success(), "{arguments:?}: {out}{err}");
    out
}

/// As [`ok`], read as JSON.
pub fn json(home: &Path, arguments: &[&str]) -> serde_json::Value {
    let arguments = [arguments, &["--json"]].concat();
    serde_json::from_str(&ok(home, &arguments)).unwrap()
}

/// Runs the program, which must fail with this status and print no answer, and gives its error.
pub fn fails(home: &Path, status: i32, arguments: &[&str]) -> String {
    let output = run(home, arguments);
    let (out, err) = texts(&output);
    assert_eq!(output.status.code(), Some(status), "{arguments:?}: {out}{err}");
    assert_eq!(out, "", "nothing but the answer goes to standard output");
    err
}

/// Standard output and standard error as text.
pub fn texts(output: &Output) -> (String, String) {
    (String::from_utf8(output.stdout.clone()).unwrap(), String::from_utf8(output.stderr.clone()).unwrap())
}

/// A responder.
pub fn osei() -> Person {
    Person { name: "A. Osei".into(), role: "lead".into(), organisation: "RX1".into() }
}

/// An installation.
pub fn console(number: u8) -> ConsoleId {
    ConsoleId::from_random([number; 10])
}

/// The time.
pub fn now() -> Now {
    clock::now()
}

/// A small case with an opening, a responder and one note, closed; gives its folder.
pub fn small_case(home: &Path) -> PathBuf {
    let open = Command::Open(OpenCase {
        title: "Wards cannot log in".into(),
        severity: Severity::High,
        tlp: Tlp::Amber,
        exercise: false,
    });
    let orders = [open.into(), note("Theatre 2 finishing list on paper")];
    Session::create(home, &console(1), "test", &orders, &osei(), now(), &mut |_, _| true).unwrap().folder
}

/// A note to record.
pub fn note(text: &str) -> TimedCommand {
    Command::Note(AddNote { text: text.into() }).into()
}

/// Every record's citation order: console, number and hash of what a folder holds.
pub fn entries(folder: &Path) -> Vec<(ConsoleId, u64, Hash)> {
    let (snapshot, _) = carecert_react::store::read::Reader::open(folder).unwrap().snapshot().unwrap();
    snapshot.records.iter().map(|record| (record.id.console.clone(), record.id.seq, record.hash)).collect()
}

/// What a check of a case finds.
pub fn findings(folder: &Path) -> Vec<carecert_react::domain::finding::Finding> {
    carecert_react::exchange::check_case(folder, now().at, &mut |_, _| true).unwrap().findings
}

/// Copies a folder with all that is in it.
pub fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap().flatten() {
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &target)
        } else {
            std::fs::copy(entry.path(), target).map(drop).unwrap()
        }
    }
}
