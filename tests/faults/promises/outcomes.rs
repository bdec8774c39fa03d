//! The truth about what happened: an exit status of 1 means that nothing was recorded, 0 that it was; 3 is for damage
//! that was seen, and not for a disk that cannot be read now.
#![cfg(target_os = "linux")]

use super::{has, new_case, traced};
use crate::support;
use std::{
    fs,
    path::Path,
    process::{Command, Output},
    time::{Duration, Instant},
};

/// Runs the program under strace, which injects this; the output is the program's own.
pub(crate) fn injected(home: &Path, inject: &str, arguments: &[&str]) -> Output {
    traced(home, &["-f", "-o", "/dev/null", "-e", inject]).args(arguments).output().unwrap()
}

/// How many such system calls the command makes when nothing fails.
fn calls(home: &Path, set: &str, arguments: &[&str]) -> usize {
    let log = home.join("calls");
    let options = ["-f", "-o", log.to_str().unwrap(), "-e", &format!("trace={set}")];
    let output = traced(home, &options).args(arguments).output().unwrap();
    assert!(output.status.success(), "{:?}", support::texts(&output));
    let calls =
        fs::read_to_string(&log).unwrap().lines().filter(|line| line.contains(" = ") && !line.contains("+++")).count();
    fs::remove_file(log).unwrap();
    calls
}

const SYNCS: &str = "fsync,fdatasync";
const CHANGES: &str = "fsync,fdatasync,unlink,unlinkat,ftruncate,pwrite64";

#[test]
fn the_status_of_a_note_says_whether_it_was_recorded_whatever_fails() {
    if !has("strace") {
        return;
    }
    let home = tempfile::tempdir().unwrap();
    let (case, folder) = new_case(home.path());
    let (mut warned, mut refused) = (0, 0);
    for error in ["EIO", "ENOSPC"] {
        for call in 1..=calls(home.path(), CHANGES, &["note", &case, "counted"]) {
            let text = format!("{error} at {call}");
            let output =
                injected(home.path(), &format!("inject={CHANGES}:error={error}:when={call}"), &["note", &case, &text]);
            let (out, err) = support::texts(&output);
            // The next opening puts right what was left half-way.
            support::ok(home.path(), &["note", &case, "next"]);
            let there = support::ok(home.path(), &["log", &case]).contains(&text);
            match output.status.code() {
                Some(0) => {
                    assert!(there && out.contains("recorded A"), "{text}: {out}{err}");
                    warned += usize::from(err.contains("warning: what is said to be recorded is recorded"));
                }
                Some(1) => {
                    assert!(!there || err.contains("not known whether"), "{text}: recorded, and refused: {out}{err}");
                    assert!(out.is_empty(), "{text}: {out}");
                    refused += 1;
                }
                other => panic!("{text}: {other:?} {out}{err}"),
            }
        }
    }
    assert!(warned > 0 && refused > 0, "{warned} warnings, {refused} refusals");
    assert!(
        carecert_react::domain::finding::is_intact(&support::findings(&folder)),
        "{:?}",
        support::findings(&folder)
    );
}

#[test]
fn new_prints_the_case_that_exists_or_leaves_none() {
    if !has("strace") {
        return;
    }
    let (mut made, mut none) = (0, 0);
    let counted = tempfile::tempdir().unwrap();
    let new = ["new", "--title", "Wards cannot log in", "--playbook", "ransomware"];
    for call in 1..=calls(counted.path(), CHANGES, &new) {
        let home = tempfile::tempdir().unwrap();
        let output = injected(home.path(), &format!("inject={CHANGES}:error=EIO:when={call}"), &new);
        let (out, err) = support::texts(&output);
        let folders = fs::read_dir(home.path().join("cases")).map_or(0, Iterator::count);
        match output.status.code() {
            Some(0) => {
                let status = support::json(home.path(), &["status", out.trim()]);
                assert_eq!((status["records"].as_u64(), folders), (Some(3), 1), "{call}: {out}{err}");
                made += 1;
            }
            Some(1) => {
                // Of a disk that refuses the removal too, what is left is not taken for a case.
                let none_listed = support::ok(home.path(), &["cases"]).contains("no cases yet");
                assert!(out.is_empty() && (folders == 0 || none_listed), "{call}: {err}");
                assert!(!err.contains("verify"), "no hint names what is gone: {err}");
                none += 1;
            }
            other => panic!("{call}: {other:?} {out}{err}"),
        }
    }
    assert!(made > 0 && none > 0, "{made} made, {none} not");
}

#[test]
fn an_export_that_was_written_says_so_and_one_that_was_not_leaves_no_file() {
    if !has("strace") {
        return;
    }
    let home = tempfile::tempdir().unwrap();
    let (case, _) = new_case(home.path());
    let place = home.path().join("out");
    fs::create_dir(&place).unwrap();
    let export = |name: &str| -> Vec<String> {
        let out = place.join(name).display().to_string();
        ["export", &case, "--format", "md", "--out", &out].map(str::to_owned).to_vec()
    };
    let counted = export("counted.md");
    let counted: Vec<&str> = counted.iter().map(String::as_str).collect();
    let (mut written, mut unrecorded) = (0, 0);
    for call in 1..=calls(home.path(), SYNCS, &counted) {
        let name = format!("{call}.md");
        let arguments = export(&name);
        let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
        let output = injected(home.path(), &format!("inject={SYNCS}:error=EIO:when={call}+"), &arguments);
        let (out, err) = support::texts(&output);
        let there = place.join(&name).exists();
        match output.status.code() {
            Some(0) => {
                assert!(there && out.contains(&name) && out.contains("SHA-256"), "{call}: {out}{err}");
                let told = out.contains("NOT RECORDED in the case") && err.contains("was written, but");
                let entry = support::ok(home.path(), &["log", &case]).contains(&name);
                assert!(entry || told, "{call}: {out}{err}");
                (written, unrecorded) = (written + 1, unrecorded + usize::from(told));
            }
            Some(1) => assert!(!there && out.is_empty(), "{call}: {out}{err}"),
            other => panic!("{call}: {other:?} {out}{err}"),
        }
        let left: Vec<_> = fs::read_dir(&place).unwrap().flatten().map(|entry| entry.file_name()).collect();
        assert!(left.iter().all(|name| name.to_string_lossy().ends_with(".md")), "{left:?}");
        support::ok(home.path(), &["note", &case, "the next opening puts the journal right"]);
    }
    assert!(written > 0 && unrecorded > 0, "{written} written, {unrecorded} of them not recorded");
}

#[test]
fn an_answer_that_cannot_be_printed_is_no_failure_of_what_was_recorded() {
    let home = tempfile::tempdir().unwrap();
    let (case, _) = new_case(home.path());
    let full = || fs::File::options().write(true).open("/dev/full").unwrap();
    for arguments in [
        &["note", &case, "Ward 7"] as &[&str],
        &["note", &case, "Ward 8", "--json"],
        &["evidence", "add", &case, "/etc/hostname"],
    ] {
        let output = support::command(home.path(), arguments).stdout(full()).output().unwrap();
        let err = support::texts(&output).1;
        assert!(output.status.success(), "{err}");
        assert!(err.contains("recorded A") && err.contains("cannot print the answer"), "{err}");
    }
    assert_eq!(support::json(home.path(), &["status", &case])["records"], 5);
    let output = support::command(home.path(), &["status", &case]).stdout(full()).output().unwrap();
    assert_eq!(output.status.code(), Some(1), "what only reads has failed");
}

/// A small disk, as root of a Linux machine can make one.
struct Disk(tempfile::TempDir);

impl Disk {
    fn mount(size: &str) -> Option<Self> {
        let folder = tempfile::tempdir().unwrap();
        let options = format!("size={size},mode=0700");
        let mounted = Command::new("mount").args(["-t", "tmpfs", "-o", &options, "tmpfs"]).arg(folder.path()).output();
        if mounted.is_ok_and(|output| output.status.success()) {
            return Some(Self(folder));
        }
        println!("skipped: a small disk can be mounted by root only");
        None
    }

    fn fill(&self, room: u64) {
        let mut block = 1 << 16;
        let mut file = fs::File::create(self.0.path().join("filling")).unwrap();
        while block > 0 {
            if std::io::Write::write_all(&mut file, &vec![1; block]).is_err() {
                block /= 2;
            }
        }
        let length = file.metadata().unwrap().len();
        file.set_len(length.saturating_sub(room)).unwrap();
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg(self.0.path()).status();
    }
}

/// A case whose writer was killed: its last entry stands only in the write-ahead log.
fn killed(home: &Path) -> String {
    let (case, folder) = new_case(home);
    let output = injected(home, "inject=unlink,unlinkat:signal=KILL:when=2", &["note", &case, "killed"]);
    assert!(!output.status.success());
    assert!(folder.join("case.sqlite3-wal").exists() || folder.join("case.sqlite3-journal").exists());
    let _ = fs::remove_file(folder.join("case.sqlite3-shm"));
    case
}

#[test]
fn a_full_disk_keeps_no_reader_out() {
    if !has("strace") {
        return;
    }
    for leave in [false, true] {
        for room in (0..=96).step_by(8) {
            let Some(disk) = Disk::mount("2m") else { return };
            let home = disk.0.path();
            let case = if leave { killed(home) } else { new_case(home).0 };
            let before = support::json(home, &["status", &case])["records"].clone();
            disk.fill(room << 10);
            let recorded = support::run(home, &["note", &case, &"x".repeat(3000)]).status;
            for reader in ["status", "log", "verify", "handover"] {
                let output = support::run(home, &[reader, &case]);
                let (out, err) = support::texts(&output);
                assert!(output.status.success(), "{reader} with {room} KiB of room, killed {leave}: {out}{err}");
            }
            let after = support::json(home, &["status", &case])["records"].clone();
            assert!(after == before || recorded.success(), "{room}: {before} then {after}");
            // And the case leaves on another disk, which may be all that is left to do.
            let (elsewhere, format) = (tempfile::tempdir().unwrap(), ["bundle", "html"][usize::from(leave)]);
            let file = elsewhere.path().join("case");
            let output = support::run(home, &["export", &case, "--format", format, "--out", file.to_str().unwrap()]);
            let (out, err) = support::texts(&output);
            assert!(output.status.success() && file.exists(), "export with {room} KiB of room: {out}{err}");
            assert!(
                out.contains("recorded") || err.contains("is not recorded") || err.contains("NOT RECORDED"),
                "{err}"
            );
        }
    }
}

#[test]
fn what_cannot_be_read_now_is_not_called_damage() {
    let Some(disk) = Disk::mount("4m") else { return };
    let home = disk.0.path();
    let (case, folder) = new_case(home);
    // Copied while it was open and without its log: the database says that it has one.
    let connection = rusqlite::Connection::open(folder.join("case.sqlite3")).unwrap();
    connection.query_row("PRAGMA journal_mode = WAL", [], |_| Ok(())).unwrap();
    let mut bytes = fs::read(folder.join("case.sqlite3")).unwrap();
    drop(connection);
    bytes[18..20].copy_from_slice(&[2, 2]);
    fs::write(folder.join("case.sqlite3"), bytes).unwrap();
    for ending in ["-wal", "-shm"] {
        let _ = fs::remove_file(folder.join(format!("case.sqlite3{ending}")));
    }
    assert!(Command::new("mount").args(["-o", "remount,ro"]).arg(home).status().unwrap().success());
    for reader in ["verify", "status", "log"] {
        let output = support::run(home, &[reader, &case]);
        let (out, err) = support::texts(&output);
        assert!(output.status.success(), "{reader}: {out}{err}");
    }
    assert!(Command::new("mount").args(["-o", "remount,rw"]).arg(home).status().unwrap().success());
}

/// What is said of a case that is read in a copy is said of the case.
#[test]
fn no_hint_names_a_folder_that_is_gone() {
    if !has("strace") {
        return;
    }
    let home = tempfile::tempdir().unwrap();
    let (case, folder) = new_case(home.path());
    // A journal that has to be rolled back is read in a copy; the copy is damaged as the case is.
    let mut journal = vec![0xd9, 0xd5, 0x05, 0xf9, 0x20, 0xa1, 0x63, 0xd7];
    journal.resize(4096, 0);
    fs::write(folder.join("case.sqlite3-journal"), &journal).unwrap();
    let mut bytes = fs::read(folder.join("case.sqlite3")).unwrap();
    bytes.truncate(5000);
    fs::write(folder.join("case.sqlite3"), bytes).unwrap();
    let output = support::run(home.path(), &["status", &case]);
    let err = support::texts(&output).1;
    assert_eq!(output.status.code(), Some(1), "{err}");
    assert!(err.contains(&folder.display().to_string()) && !err.contains("carecert-copy"), "{err}");
    for path in err.split_whitespace().filter(|word| word.starts_with('/')) {
        let path = path.trim_end_matches([':', ',']);
        assert!(Path::new(path).exists(), "{path} is gone: {err}");
    }
}

/// A lock that is not given back, as on a share whose server did not answer once: SQLite then waits for itself.
#[test]
fn a_lock_that_is_not_given_back_is_waited_for_once_and_leaves_nothing() {
    if !has("strace") {
        return;
    }
    let home = tempfile::tempdir().unwrap();
    let (case, folder) = new_case(home.path());
    let files = ["one.txt", "two.txt"].map(|name| home.path().join(name));
    let index = folder.join("case.sqlite3-shm");
    let mut refused = 0;
    // About where an entry is appended: which of these calls gives a lock back is a matter of SQLite's version.
    for call in 34..38 {
        files.iter().for_each(|file| fs::write(file, format!("{call} {}", file.display())).unwrap());
        let began = Instant::now();
        let inject = format!("inject=fcntl:error=EIO:when={call}");
        let options = ["-f", "-o", "/dev/null", "-e", "trace=fcntl", "-e", &inject, "-P", index.to_str().unwrap()];
        let output = traced(home.path(), &options).args(["evidence", "add", &case]).args(&files).output().unwrap();
        assert!(began.elapsed() < Duration::from_secs(25), "call {call} is waited for more than once");
        refused += usize::from(!output.status.success());
        let left: Vec<_> = fs::read_dir(folder.join("evidence"))
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .filter(|name| name.starts_with(".part"))
            .collect();
        assert_eq!(left, [""; 0], "call {call}");
    }
    assert!(refused > 0, "none of these calls mattered");
    assert!(support::ok(home.path(), &["verify", &case]).starts_with("intact"));
}

/// After a sync that failed, a second one may say that all is well and have written nothing: what is acknowledged then was
/// written once more in between.
#[test]
fn what_a_failed_sync_left_open_is_written_again_before_it_is_acknowledged() {
    if !has("strace") {
        return;
    }
    let home = tempfile::tempdir().unwrap();
    let (case, _) = new_case(home.path());
    let mut seen = 0;
    for call in 1..=calls(home.path(), SYNCS, &["note", &case, "counted"]) {
        let log = home.path().join("calls");
        let inject = format!("inject={SYNCS}:error=EIO:when={call}");
        let calls = "trace=fsync,fdatasync,write,pwrite64";
        let options = ["-y", "-o", log.to_str().unwrap(), "-e", calls, "-e", &inject];
        let output = traced(home.path(), &options).args(["note", &case, "hello"]).output().unwrap();
        let log = fs::read_to_string(&log).unwrap();
        let of_the_log: Vec<&str> =
            log.lines().filter(|line| line.contains("case.sqlite3-wal>") || line.contains("write(1<")).collect();
        let failed = of_the_log.iter().position(|line| line.contains("sync(") && line.contains("INJECTED"));
        let told = of_the_log.iter().position(|line| line.contains("write(1<"));
        if let (Some(failed), Some(told), true) = (failed, told, output.status.success())
            && failed < told
        {
            let between = &of_the_log[failed + 1..told];
            let written = between.iter().position(|line| line.contains("write("));
            let synced = between.iter().rposition(|line| line.contains("sync(") && line.contains("= 0"));
            assert!(written.is_some() && written < synced, "call {call}: {of_the_log:#?}");
            seen += 1;
        }
    }
    assert!(seen > 0, "no sync of the log failed before an answer");
}

/// What a process wrote that was killed before its sync can be read, and a power cut may take it still. Whoever comes next
/// names it in the head file only once it is on the disk: else the head would promise what is gone.
#[test]
fn what_a_killed_process_left_is_on_the_disk_before_a_head_names_it() {
    if !has("strace") {
        return;
    }
    let home = tempfile::tempdir().unwrap();
    let (case, folder) = new_case(home.path());
    let mut seen = 0;
    for call in 1..=calls(home.path(), SYNCS, &["note", &case, "counted"]) {
        let output =
            injected(home.path(), &format!("inject={SYNCS}:signal=KILL:when={call}"), &["note", &case, "half"]);
        if output.status.success() {
            // The first of several notes syncs more than the later ones.
            continue;
        }
        let log = home.path().join("calls");
        let options = ["-y", "-o", log.to_str().unwrap(), "-e", "trace=fsync,fdatasync,write,pwrite64"];
        let output = traced(home.path(), &options).args(["note", &case, "next"]).output().unwrap();
        assert!(output.status.success(), "{:?}", support::texts(&output));
        let text = fs::read_to_string(&log).unwrap();
        let lines: Vec<&str> = text.lines().collect();
        let is_head = |line: &&str| line.contains("\"carecert heads");
        let head = lines.iter().position(is_head).expect("a head was written");
        let begun = lines.iter().position(|line| line.contains("case.sqlite3-wal>") && line.contains("pwrite64("));
        // Where the first head is written before this process has written to the log, it names what the killed one left.
        if begun.is_none_or(|begun| head < begun) {
            let synced = lines[..head].iter().rposition(|line| line.contains("-wal>") && line.contains("sync("));
            assert!(synced.is_some(), "killed at sync {call}: {lines:#?}");
            seen += 1;
        }
    }
    assert!(seen > 0, "no head lagged behind the log");
    assert!(support::ok(home.path(), &["verify", folder.to_str().unwrap()]).contains("intact"));
}
