//! Work that is cut off leaves nothing lying about; what a kill leaves is found, named and removed.
#![cfg(unix)]

#[cfg(target_os = "linux")]
use super::outcomes::injected;
use super::{has, new_case};
use crate::support;
use std::{
    fs,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

/// Every file and folder below `folder`.
fn everything(folder: &Path) -> Vec<PathBuf> {
    let mut paths = Vec::new();
    for path in fs::read_dir(folder).unwrap().flatten().map(|entry| entry.path()) {
        if path.is_dir() {
            paths.extend(everything(&path));
        }
        paths.push(path);
    }
    paths.sort();
    paths
}

/// Waits until a file whose name begins so is there.
fn wait_for(folder: &Path, prefix: &str) -> PathBuf {
    let began = Instant::now();
    loop {
        let names = fs::read_dir(folder).unwrap().flatten().map(|entry| entry.path());
        let found = names.into_iter().find(|path| path.file_name().unwrap().to_string_lossy().starts_with(prefix));
        if let Some(found) = found {
            return found;
        }
        assert!(began.elapsed() < Duration::from_secs(20), "{prefix} never came in {}", folder.display());
        std::thread::yield_now();
    }
}

/// The signals that end work; whoever runs the tests may have HUP ignored, as `nohup` does, and so do its children then.
fn signals() -> Vec<&'static str> {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let ignored = status.lines().find_map(|line| line.strip_prefix("SigIgn:"));
    let ignored = ignored.and_then(|mask| u64::from_str_radix(mask.trim(), 16).ok()).unwrap_or(0);
    let mut signals = vec!["INT", "TERM"];
    if ignored & 1 == 0 {
        signals.push("HUP");
    }
    signals
}

fn send(child: &Child, signal: &str) {
    assert!(Command::new("kill").args([signal, &child.id().to_string()]).status().unwrap().success());
}

/// Evidence from standard input that never ends, begun.
fn endless(home: &Path, folder: &Path, case: &str) -> Child {
    let mut command = support::command(home, &["evidence", "add", case, "-", "--name", "memory"]);
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    std::io::Write::write_all(child.stdin.as_mut().unwrap(), &[7; 5000]).unwrap();
    let part = wait_for(&folder.join("evidence"), ".part-");
    let began = Instant::now();
    while part.metadata().map_or(0, |part| part.len()) < 5000 {
        assert!(began.elapsed() < Duration::from_secs(20));
        std::thread::yield_now();
    }
    child
}

#[test]
fn a_signal_while_evidence_is_added_leaves_nothing_and_records_nothing() {
    let home = tempfile::tempdir().unwrap();
    let (case, folder) = new_case(home.path());
    let before = everything(home.path());
    for signal in signals().iter().map(|name| format!("-{name}")) {
        let signal = &signal;
        let mut child = endless(home.path(), &folder, &case);
        // Its input stays open: whoever reads it must not wait for more.
        let open = child.stdin.take();
        send(&child, signal);
        let status = child.wait().unwrap();
        drop(open);
        let mut err = String::new();
        std::io::Read::read_to_string(&mut child.stderr.take().unwrap(), &mut err).unwrap();
        assert_eq!(status.code(), Some(1), "{signal}: {err}");
        assert!(err.contains("cancelled") && err.contains("nothing was recorded"), "{err}");
        assert_eq!(everything(home.path()), before, "{signal}");
    }
    assert_eq!(support::json(home.path(), &["status", &case])["records"], 2);
}

/// Whoever begins it with `nohup` wants it to outlive the terminal.
#[test]
#[cfg(target_os = "linux")]
fn a_hang_up_that_is_ignored_from_outside_ends_nothing() {
    let home = tempfile::tempdir().unwrap();
    let (case, folder) = new_case(home.path());
    let mut command = Command::new("sh");
    command.args(["-c", r#"trap '' HUP; exec "$@""#, "sh", support::CARECERT, "evidence", "add", &case, "-"]);
    command.env("CARECERT_HOME", home.path()).env("CARECERT_BY", "A. Osei");
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
    let mut input = child.stdin.take().unwrap();
    let mut written = 0;
    let mut feed = || {
        std::io::Write::write_all(&mut input, &[7; 1 << 17]).unwrap();
        written += 1 << 17;
        let part = wait_for(&folder.join("evidence"), ".part-");
        let began = Instant::now();
        while part.metadata().unwrap().len() < written {
            assert!(began.elapsed() < Duration::from_secs(20), "it is not read any more");
            std::thread::yield_now();
        }
    };
    feed();
    send(&child, "-HUP");
    // Each of these looks whether to go on.
    (0..30).for_each(|_| feed());
    drop(input);
    assert!(child.wait().unwrap().success());
    assert_eq!(support::json(home.path(), &["status", &case])["evidence"], 1);
}

#[test]
fn a_signal_while_an_export_is_written_leaves_nothing() {
    let home = tempfile::tempdir().unwrap();
    let (case, folder) = new_case(home.path());
    let large = home.path().join("disk.img");
    fs::File::create(&large).unwrap().set_len(256 << 20).unwrap();
    support::ok(home.path(), &["evidence", "add", &case, large.to_str().unwrap()]);
    let records = support::json(home.path(), &["status", &case])["records"].clone();
    let place = home.path().join("out");
    fs::create_dir(&place).unwrap();
    let before = everything(home.path());
    for signal in signals().iter().map(|name| format!("-{name}")) {
        let signal = &signal;
        let out = place.join("case.zip");
        let mut command = support::command(home.path(), &["export", &case, "--out", out.to_str().unwrap()]);
        let mut child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        wait_for(&place, ".export-");
        send(&child, signal);
        assert_eq!(child.wait().unwrap().code(), Some(1), "{signal}");
        let left: Vec<_> = everything(home.path()).into_iter().filter(|path| !before.contains(path)).collect();
        assert!(left.iter().all(|path| path.ends_with("exports")), "{signal}: {left:?}");
    }
    assert_eq!(support::json(home.path(), &["status", &case])["records"], records);
    assert!(folder.exists());
}

#[test]
#[cfg(target_os = "linux")]
fn a_signal_while_a_case_is_opened_leaves_a_case_that_was_told_or_none() {
    if !has("strace") {
        return;
    }
    let (mut made, mut none) = (0, 0);
    for signal in signals() {
        for call in [1, 2, 4, 6, 8, 10, 14] {
            let home = tempfile::tempdir().unwrap();
            let inject = format!("inject=fsync:signal={signal}:when={call}");
            let new = ["new", "--title", "Wards cannot log in", "--playbook", "ransomware"];
            let output = injected(home.path(), &inject, &new);
            let (out, err) = support::texts(&output);
            let folders = fs::read_dir(home.path().join("cases")).map_or(0, Iterator::count);
            match output.status.code() {
                Some(0) => {
                    assert_eq!(support::json(home.path(), &["status", out.trim()])["records"], 3);
                    made += 1;
                }
                // What comes before the listening ends the program, as it ends any other.
                Some(1) | None => {
                    assert_eq!((out.as_str(), folders), ("", 0), "{signal} at {call}: {err}");
                    none += 1;
                }
                other => panic!("{signal} at {call}: {other:?} {out}{err}"),
            }
        }
    }
    assert!(made + none == 7 * signals().len() && none > 0, "{made} made, {none} not");
}

#[test]
fn what_a_kill_leaves_is_found_named_and_removed() {
    let home = tempfile::tempdir().unwrap();
    let (case, folder) = new_case(home.path());
    let before = everything(home.path());
    let mut child = endless(home.path(), &folder, &case);
    // Somebody is writing it: it is not left, and stays.
    assert_eq!(support::ok(home.path(), &["tidy"]).trim(), "nothing is left of interrupted work");
    child.kill().unwrap();
    child.wait().unwrap();
    let output = support::run(home.path(), &["cases"]);
    let err = support::texts(&output).1;
    assert!(output.status.success(), "{err}");
    for words in ["interrupted work left 1 file", "4.9 KiB", "less than 1 min ago", "carecert tidy"] {
        assert!(err.contains(words), "{words}: {err}");
    }
    let listed = support::ok(home.path(), &["tidy", "--list"]);
    assert!(listed.contains("evidence that was being added") && listed.contains("/.part-"), "{listed}");
    assert_eq!(support::json(home.path(), &["tidy", &case, "--list"])["left"].as_array().unwrap().len(), 1);
    let removed = support::json(home.path(), &["tidy", &case]);
    assert_eq!(removed["removed"][0]["size"], 5000);
    support::ok(home.path(), &["note", &case, "and on it goes"]);
    assert_eq!(everything(home.path()), before);
    assert_eq!(support::texts(&support::run(home.path(), &["cases"])).1, "");
}

/// The mark of a case that is being made means nothing in one that has been worked in.
#[test]
fn no_case_in_which_anything_was_recorded_is_hidden_or_removed() {
    let home = tempfile::tempdir().unwrap();
    let (case, folder) = new_case(home.path());
    support::ok(home.path(), &["note", &case, "Ward 7 on paper"]);
    fs::write(folder.join(".making"), "").unwrap();
    let before = everything(home.path());
    assert_eq!(support::ok(home.path(), &["cases"]).lines().count(), 1);
    assert_eq!(support::ok(home.path(), &["tidy"]).trim(), "nothing is left of interrupted work");
    assert_eq!(everything(home.path()), before);
    support::ok(home.path(), &["note", &case, "and on it goes"]);
    // Cut off before anything else was done, it is still found.
    let (another, folder) = new_case(home.path());
    fs::write(folder.join(".making"), "").unwrap();
    support::ok(home.path(), &["tidy"]);
    assert!(!folder.exists(), "{another}");
}

/// An item is durable before its entry is: a kill in between leaves one that no entry speaks of.
#[test]
#[cfg(target_os = "linux")]
fn an_item_that_a_kill_left_without_its_entry_is_found_and_removed() {
    if !has("strace") {
        return;
    }
    let (mut whole, mut alone) = (0, 0);
    for call in 1..14 {
        let home = tempfile::tempdir().unwrap();
        let (case, folder) = new_case(home.path());
        let source = home.path().join("note.txt");
        fs::write(&source, "pay us").unwrap();
        let inject = format!("inject=fsync,fdatasync:signal=KILL:when={call}");
        let status = injected(home.path(), &inject, &["evidence", "add", &case, source.to_str().unwrap()]).status;
        let items = support::json(home.path(), &["evidence", "list", &case]).as_array().unwrap().len();
        let evidence = everything(&folder.join("evidence"));
        let named = evidence.iter().filter(|path| path.file_name().unwrap().len() == 64).count();
        let listed = support::ok(home.path(), &["tidy", "--list"]);
        if status.success() {
            assert_eq!((evidence.len(), items), (1, 1), "no mark is left");
        }
        assert_eq!(evidence.len() > items, listed.contains("evidence that was being added"), "{call}: {listed}");
        (whole, alone) = (whole + items, alone + usize::from(named > items));
        support::ok(home.path(), &["tidy"]);
        assert_eq!(everything(&folder.join("evidence")).len(), items, "{call}");
        let verified = support::json(home.path(), &["verify", &case]);
        assert_eq!(verified["ok"], true, "{call}: {verified}");
        assert!(!verified["findings"].to_string().contains("evidence"), "{call}: {verified}");
    }
    assert!(whole > 0 && alone > 0, "{whole} recorded, {alone} without an entry");
}

#[test]
#[cfg(target_os = "linux")]
fn an_export_or_a_case_that_a_kill_cut_off_is_found_from_anywhere() {
    if !has("strace") {
        return;
    }
    let home = tempfile::tempdir().unwrap();
    let (case, _) = new_case(home.path());
    let place = tempfile::tempdir().unwrap();
    let killed = |when: &str, arguments: &[&str]| {
        assert!(!injected(home.path(), &format!("inject={when}"), arguments).status.success());
    };
    let out = place.path().join("case.zip");
    killed("renameat2:signal=KILL:when=1", &["export", &case, "--out", out.to_str().unwrap()]);
    killed("fsync,fdatasync:signal=KILL:when=8", &["new", "--title", "Another"]);
    // A case that was not told is no case.
    assert_eq!(support::ok(home.path(), &["cases"]).lines().count(), 1);
    let listed = support::ok(home.path(), &["tidy", "--list"]);
    assert!(listed.contains("an export that was being written"), "{listed}");
    assert!(listed.contains("a case that was being opened"), "{listed}");
    support::ok(home.path(), &["tidy"]);
    assert_eq!(everything(place.path()), Vec::<PathBuf>::new());
    assert_eq!(fs::read_dir(home.path().join("cases")).unwrap().count(), 1);
    assert_eq!(support::ok(home.path(), &["tidy"]).trim(), "nothing is left of interrupted work");
}

#[test]
#[cfg(target_os = "linux")]
fn room_is_looked_at_before_a_large_copy() {
    let folder = tempfile::tempdir().unwrap();
    let disk = folder.path().join("disk");
    fs::create_dir(&disk).unwrap();
    let mounted = Command::new("mount").args(["-t", "tmpfs", "-o", "size=4m", "tmpfs"]).arg(&disk).output().unwrap();
    if !mounted.status.success() {
        return println!("skipped: a small disk can be mounted by root only");
    }
    let (case, case_folder) = new_case(&disk);
    let large = folder.path().join("disk.img");
    fs::File::create(&large).unwrap().set_len(20 << 20).unwrap();
    let err = support::fails(&disk, 1, &["evidence", "add", &case, large.to_str().unwrap()]);
    let by_reference = support::run(&disk, &["evidence", "add", &case, large.to_str().unwrap(), "--by-reference"]);
    let items = fs::read_dir(case_folder.join("evidence")).unwrap().count();
    assert!(Command::new("umount").arg(&disk).status().unwrap().success());
    assert!(err.contains("has no room") && err.contains("20 MiB are needed") && err.contains("by reference"), "{err}");
    assert!(by_reference.status.success() && items == 0);
}
