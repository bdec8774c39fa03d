//! Kills, flipped bytes and two processes at once: what was acknowledged stays, and what is changed is found.

use crate::support;
use carecert_react::{
    domain::{
        decide::{AddEvidence, Command},
        finding::{Kind, Verdict, is_intact},
        id::Hash,
    },
    runtime::{
        intake::{self, Label},
        session::Session,
    },
    store::{read::Reader, vault::Vault},
};
use std::{
    collections::BTreeSet,
    io::{BufRead as _, BufReader, Write as _},
    path::{Path, PathBuf},
    process::{Child, ChildStdout, Stdio},
    time::{Duration, Instant},
};

/// Not a test of its own: the process that the tests below start, let write, and kill. It prints each entry's
/// number and hash once the session has said that it is recorded.
#[test]
fn writer_process() {
    let Ok(folder) = std::env::var("CARECERT_TEST_WRITE") else { return };
    let count: usize = std::env::var("CARECERT_TEST_COUNT").unwrap().parse().unwrap();
    let console = std::env::var("CARECERT_TEST_CONSOLE").unwrap().parse().unwrap();
    let every: usize = std::env::var("CARECERT_TEST_EVIDENCE").unwrap().parse().unwrap();
    let folder = PathBuf::from(folder);
    let (mut session, _) =
        Session::open(&folder, &support::console(console), &support::osei(), 0, support::now()).unwrap();
    let vault = Vault::of_case(&folder);
    let mut out = std::io::stdout().lock();
    writeln!(out, "\nready").unwrap();
    for number in 0..count {
        let order = if every > 0 && number % every == every - 1 {
            let bytes = format!("{}{number}", std::process::id()).repeat(3000);
            let label = Label { name: format!("item {number}"), ..Label::default() };
            let item = intake::take_stream(&vault, &mut bytes.as_bytes(), label, &mut |_, _| true).unwrap().item;
            Command::AddEvidence(AddEvidence { item, step: None }).into()
        } else {
            support::note(&format!("entry {number}"))
        };
        for record in session.execute(0, order, support::now()).unwrap() {
            writeln!(out, "recorded {} {}", record.id.seq, record.hash).unwrap();
            out.flush().unwrap();
        }
    }
    if std::env::var_os("CARECERT_TEST_STAY").is_some() {
        writeln!(out, "waiting").unwrap();
        out.flush().unwrap();
        // Until it is killed: standard input never ends.
        std::io::stdin().read_line(&mut String::new()).unwrap();
    }
    session.close().unwrap();
    writeln!(out, "closed").unwrap();
}

struct Writer {
    child: Child,
    lines: BufReader<ChildStdout>,
}

impl Writer {
    fn start(folder: &Path, console: u8, count: usize, every: usize, stay: bool) -> Self {
        let mut command = std::process::Command::new(std::env::current_exe().unwrap());
        command.args(["durability::writer_process", "--exact", "--nocapture", "--test-threads=1"]);
        command.env("CARECERT_TEST_WRITE", folder).env("CARECERT_TEST_COUNT", count.to_string());
        command.env("CARECERT_TEST_CONSOLE", console.to_string()).env("CARECERT_TEST_EVIDENCE", every.to_string());
        if stay {
            command.env("CARECERT_TEST_STAY", "1");
        }
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
        let lines = BufReader::new(child.stdout.take().unwrap());
        Self { child, lines }
    }

    /// The next acknowledged entry; `None` once the process has nothing more to say.
    fn acknowledged(&mut self) -> Option<(u64, Hash)> {
        loop {
            let mut line = String::new();
            if self.lines.read_line(&mut line).unwrap() == 0 || line.starts_with("waiting") {
                return None;
            }
            if let Some(rest) = line.trim_end().strip_prefix("recorded ") {
                // A line that the kill cut off was not acknowledged whole.
                let (seq, hash) = rest.split_once(' ')?;
                return Some((seq.parse().unwrap(), Hash::parse(hash).ok()?));
            }
        }
    }

    fn kill(mut self) -> Vec<(u64, Hash)> {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
        std::iter::from_fn(|| self.acknowledged()).collect()
    }
}

/// A small generator of numbers, so that a failing run can be repeated.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, limit: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % limit
    }
}

#[test]
fn two_hundred_kills_lose_no_acknowledged_entry() {
    let home = tempfile::tempdir().unwrap();
    let folder = support::small_case(home.path());
    let mut numbers = Numbers(20261123);
    let mut acknowledged = BTreeSet::new();
    for round in 0..200 {
        let mut writer = Writer::start(&folder, 1, 100_000, 4, false);
        for _ in 0..1 + numbers.below(6) {
            acknowledged.extend(writer.acknowledged());
        }
        // Somewhere within the next entries, wherever the writer then is.
        let wait = Duration::from_micros(numbers.below(8000));
        let began = Instant::now();
        while began.elapsed() < wait {
            std::hint::spin_loop();
        }
        acknowledged.extend(writer.kill());
        let present: BTreeSet<(u64, Hash)> =
            support::entries(&folder).into_iter().map(|(_, seq, hash)| (seq, hash)).collect();
        let lost: Vec<_> = acknowledged.difference(&present).collect();
        assert!(lost.is_empty(), "round {round}: acknowledged and lost: {lost:?}");
        if round % 20 == 19 {
            let findings = support::findings(&folder);
            assert!(is_intact(&findings), "round {round}: {findings:?}");
        }
    }
    let (session, found) = Session::open(&folder, &support::console(1), &support::osei(), 0, support::now()).unwrap();
    assert_eq!(found.warnings, Vec::<String>::new());
    session.close().unwrap();
    let findings = support::findings(&folder);
    assert!(is_intact(&findings), "{findings:?}");
    assert!(acknowledged.len() > 400, "only {} entries were acknowledged", acknowledged.len());
}

#[test]
fn two_processes_write_five_hundred_entries_each() {
    for consoles in [[1, 1], [1, 2]] {
        let home = tempfile::tempdir().unwrap();
        let folder = support::small_case(home.path());
        let before = support::entries(&folder).len();
        let writers = consoles.map(|console| Writer::start(&folder, console, 500, 0, false));
        let mut acknowledged = Vec::new();
        for mut writer in writers {
            acknowledged.extend(std::iter::from_fn(|| writer.acknowledged()));
            assert!(writer.child.wait().unwrap().success());
        }
        assert_eq!(acknowledged.len(), 1000);
        let entries = support::entries(&folder);
        assert_eq!(entries.len(), before + 1000);
        let hashes: BTreeSet<Hash> = entries.iter().map(|(_, _, hash)| *hash).collect();
        assert_eq!(hashes.len(), entries.len(), "no entry is doubled");
        assert!(acknowledged.iter().all(|(_, hash)| hashes.contains(hash)));
        for console in consoles.map(support::console) {
            let seqs: Vec<u64> = entries.iter().filter(|entry| entry.0 == console).map(|entry| entry.1).collect();
            assert_eq!(seqs, (1..=seqs.len() as u64).collect::<Vec<_>>(), "the log is gapless");
        }
        assert_eq!(support::findings(&folder), []);
    }
}

/// A case whose last entry stands only in the write-ahead log that a killed process left.
fn with_leftover_log(home: &Path) -> PathBuf {
    let folder = support::small_case(home);
    let mut writer = Writer::start(&folder, 1, 1, 0, true);
    assert!(writer.acknowledged().is_some());
    while writer.acknowledged().is_some() {}
    writer.kill();
    assert!(folder.join("case.sqlite3-wal").exists());
    folder
}

#[test]
fn a_flipped_byte_in_a_leftover_log_never_passes_unnoticed() {
    let home = tempfile::tempdir().unwrap();
    let folder = with_leftover_log(home.path());
    let wal = folder.join("case.sqlite3-wal");
    assert_eq!(support::findings(&folder), [], "unharmed, it verifies");
    let whole = std::fs::read(&wal).unwrap();
    for at in 0..whole.len() {
        let mut changed = whole.clone();
        changed[at] ^= 1 << (at % 8);
        std::fs::write(&wal, &changed).unwrap();
        let _ = std::fs::remove_file(folder.join("case.sqlite3-shm"));
        let findings = support::findings(&folder);
        let first = findings.first().map(|finding| finding.kind);
        assert_eq!(first, Some(Kind::EntriesMissing), "byte {at} of {}: {findings:?}", whole.len());
    }
}

#[test]
fn opening_says_that_entries_are_missing_and_goes_on_after_them() {
    let home = tempfile::tempdir().unwrap();
    let folder = with_leftover_log(home.path());
    let wal = folder.join("case.sqlite3-wal");
    let mut bytes = std::fs::read(&wal).unwrap();
    let last = support::entries(&folder).last().unwrap().1;
    bytes[40] ^= 1;
    std::fs::write(&wal, &bytes).unwrap();
    let (session, found) = Session::open(&folder, &support::console(1), &support::osei(), 0, support::now()).unwrap();
    assert!(found.warnings[0].starts_with("COMMITTED ENTRIES ARE MISSING"), "{:?}", found.warnings);
    let loss = session.case().losses[0].what.clone();
    assert_eq!((loss.after, loss.last), (last - 1, last));
    assert_eq!(std::fs::read(folder.join(&loss.kept).join("case.sqlite3-wal")).unwrap(), bytes, "a copy is kept");
    session.close().unwrap();
    assert_eq!(support::entries(&folder).last().unwrap().1, last + 1, "a lost number is not used again");
    let kinds: Vec<Kind> = support::findings(&folder).iter().map(|finding| finding.kind).collect();
    assert_eq!(kinds, [Kind::Gap], "the gap stays to be seen");
    let (session, found) = Session::open(&folder, &support::console(1), &support::osei(), 0, support::now()).unwrap();
    assert_eq!(found.warnings.len(), 1, "{:?}", found.warnings);
    session.close().unwrap();
}

/// Every row as it stands, or `None` where it cannot be read.
fn rows(folder: &Path) -> Option<Vec<String>> {
    let (snapshot, _) = Reader::open(folder).ok()?.snapshot().ok()?;
    Some(snapshot.records.iter().map(|record| record.text().to_owned()).collect())
}

#[test]
fn every_changed_byte_of_a_case_is_found_or_carries_no_content() {
    let home = tempfile::tempdir().unwrap();
    let folder = support::small_case(home.path());
    let source = home.path().join("ransom.txt");
    std::fs::write(&source, b"pay us in 72 hours").unwrap();
    let vault = Vault::of_case(&folder);
    let taken = intake::take_file(&vault, &source, Label::default(), &mut |_, _| true).unwrap();
    let item = taken.item;
    taken.adding.unwrap().finish();
    let evidence = vault.path(&item.sha256);
    let (mut session, _) = Session::open(&folder, &support::console(1), &support::osei(), 0, support::now()).unwrap();
    session.execute(0, Command::AddEvidence(AddEvidence { item, step: None }).into(), support::now()).unwrap();
    session.close().unwrap();
    assert_eq!(support::findings(&folder), []);
    let original = rows(&folder).unwrap();
    let found = |path: &Path, at: usize, whole: &[u8]| {
        let mut changed = whole.to_vec();
        changed[at] ^= 1 << (at % 8);
        std::fs::write(path, changed).unwrap();
        // A refusal is an answer too: a flipped format number reads as a newer program's file.
        let inspection = carecert_react::exchange::check_case(&folder, support::now().at, &mut |_, _| true);
        inspection.map_or(true, |inspection| {
            let place = path.display();
            assert_ne!(inspection.verdict(), Verdict::Unchecked, "byte {at} of {place}: {:?}", inspection.findings);
            !is_intact(&inspection.findings)
        })
    };

    let mut permissions = evidence.metadata().unwrap().permissions();
    #[allow(clippy::permissions_set_readonly_false, reason = "an attacker may do so")]
    permissions.set_readonly(false);
    std::fs::set_permissions(&evidence, permissions).unwrap();
    for path in [evidence, folder.join("case.heads")] {
        let whole = std::fs::read(&path).unwrap();
        for at in 0..whole.len() {
            assert!(found(&path, at, &whole), "byte {at} of {}", path.display());
        }
        std::fs::write(&path, whole).unwrap();
    }

    let database = folder.join("case.sqlite3");
    let whole = std::fs::read(&database).unwrap();
    let text_at: Vec<usize> = original.iter().map(|text| find(&whole, text.as_bytes())).collect();
    let mut silent = Vec::new();
    for at in 0..whole.len() {
        if !found(&database, at, &whole) {
            assert_eq!(rows(&folder).as_ref(), Some(&original), "byte {at} changed what the case says, unnoticed");
            silent.push(at);
        }
    }
    std::fs::write(&database, &whole).unwrap();
    let in_a_record =
        |at: &usize| text_at.iter().zip(&original).any(|(start, text)| (*start..start + text.len()).contains(at));
    assert_eq!(silent.iter().filter(|at| in_a_record(at)).count(), 0, "every byte of a row is found");
    println!("{} of {} bytes of the database carry no content: {}", silent.len(), whole.len(), ranges(&silent));
}

fn find(bytes: &[u8], wanted: &[u8]) -> usize {
    bytes.windows(wanted.len()).position(|window| window == wanted).unwrap()
}

fn ranges(places: &[usize]) -> String {
    let mut ranges: Vec<(usize, usize)> = Vec::new();
    for at in places {
        match ranges.last_mut() {
            Some((_, end)) if *end + 1 == *at => *end = *at,
            _ => ranges.push((*at, *at)),
        }
    }
    ranges.iter().map(|(from, to)| format!("{from}-{to}")).collect::<Vec<_>>().join(" ")
}

/// The system ends a command while it opens the case (the first removal of SQLite's journal) or while it closes it
/// (the second): the journal that is left is rolled back by whoever comes next.
#[test]
#[cfg(target_os = "linux")]
fn a_kill_while_a_command_opens_or_closes_a_case_leaves_it_readable() {
    if std::process::Command::new("strace").arg("--version").output().is_err() {
        assert!(std::env::var_os("CI").is_none(), "strace is missing");
        return println!("skipped: strace is not here");
    }
    let home = tempfile::tempdir().unwrap();
    let case = support::ok(home.path(), &["new", "--title", "Wards cannot log in"]).trim().to_owned();
    let folder = std::fs::read_dir(home.path().join("cases")).unwrap().next().unwrap().unwrap().path();
    let journal = folder.join("case.sqlite3-journal");
    let mut acknowledged = 0;
    for when in ["1", "2", "1", "2"] {
        // A whole command first: it rolls back what the last round left.
        support::ok(home.path(), &["note", &case, "whole"]);
        let inject = format!("inject=unlink,unlinkat:signal=KILL:when={when}");
        let output = std::process::Command::new("strace")
            .args(["-f", "-o", "/dev/null", "-e", "trace=unlink,unlinkat", "-P"])
            .arg(&journal)
            .args(["-e", &inject, support::CARECERT, "note", &case, "killed"])
            .env("CARECERT_HOME", home.path())
            .output()
            .unwrap();
        acknowledged += u64::from(support::texts(&output).0.contains("recorded"));
        assert!(journal.exists(), "the kill came where it should");
        let findings = support::findings(&folder);
        assert!(is_intact(&findings), "{findings:?}");
        let records = support::json(home.path(), &["status", &case])["records"].as_u64().unwrap();
        assert!(records >= 2 + acknowledged, "{records} entries, {acknowledged} acknowledged");
    }
    assert!(acknowledged >= 2);
    support::ok(home.path(), &["note", &case, "and it goes on"]);
    assert_eq!(support::json(home.path(), &["verify", &case])["ok"], true);
}

#[test]
fn commands_that_only_read_say_what_is_missing_too() {
    let home = tempfile::tempdir().unwrap();
    let folder = with_leftover_log(&home.path().join("cases"));
    let case = folder.to_str().unwrap();
    let wal = folder.join("case.sqlite3-wal");
    let mut bytes = std::fs::read(&wal).unwrap();
    bytes[40] ^= 1;
    std::fs::write(&wal, &bytes).unwrap();
    for command in [["status", case], ["log", case]] {
        let output = support::run(home.path(), &command);
        let (_, err) = support::texts(&output);
        assert!(err.contains("COMMITTED ENTRIES ARE MISSING"), "{err}");
    }
}

#[test]
fn a_head_file_that_is_gone_is_said_and_stays_in_the_log() {
    let home = tempfile::tempdir().unwrap();
    let folder = support::small_case(&home.path().join("cases"));
    let case = folder.to_str().unwrap();
    std::fs::remove_file(folder.join("case.heads")).unwrap();
    let (_, err) = support::texts(&support::run(home.path(), &["status", case]));
    assert!(err.contains("the head file"), "{err}");
    assert_eq!(support::run(home.path(), &["verify", case]).status.code(), Some(3));
    support::ok(home.path(), &["note", case, "one more"]);
    let log = support::ok(home.path(), &["log", case]);
    assert!(log.contains("the head file (case.heads) was damaged"), "{log}");
}
