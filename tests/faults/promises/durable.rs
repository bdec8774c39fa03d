//! Durable on any file system: what is named is synced, up to the first folder that was there before.
#![cfg(unix)]

use super::{has, new_case, traced};
use crate::support;
use std::{
    fs,
    path::{Path, PathBuf},
};

/// The system calls of a command that succeed, as strace writes them, with the paths of open files.
fn trace(home: &Path, arguments: &[&str]) -> Vec<String> {
    let kept = tempfile::NamedTempFile::new().unwrap();
    let log = kept.path();
    let calls = "trace=mkdir,mkdirat,rename,renameat,renameat2,fsync,fdatasync,write";
    let options = ["-f", "-y", "-o", log.to_str().unwrap(), "-e", calls];
    let output = traced(home, &options).args(arguments).output().unwrap();
    assert!(output.status.success(), "{:?}", support::texts(&output));
    fs::read_to_string(log).unwrap().lines().filter(|line| !line.contains("= -1")).map(str::to_owned).collect()
}

/// Whether the folder or file is synced after the call at `from` and before the answer is printed.
fn synced(calls: &[String], from: usize, path: &Path) -> bool {
    let answer = calls.iter().position(|call| call.contains("write(1<")).unwrap();
    let sync = format!("<{}>)", path.display());
    calls.iter().take(answer).skip(from).any(|call| call.contains("sync(") && call.contains(&sync))
}

#[test]
fn every_new_folder_is_synced_in_its_parent_up_to_the_first_that_was_there() {
    if !has("strace") {
        return;
    }
    let top = tempfile::tempdir().unwrap();
    let top = top.path().canonicalize().unwrap();
    let home = top.join("a").join("b");
    let calls = trace(&home, &["new", "--title", "Wards cannot log in"]);
    let made: Vec<(usize, PathBuf)> = calls
        .iter()
        .enumerate()
        .filter(|(_, call)| call.contains("mkdir"))
        .map(|(at, call)| (at, PathBuf::from(call.split('"').nth(1).unwrap())))
        .collect();
    assert!(made.len() >= 5, "{made:?}");
    for (at, folder) in &made {
        assert!(synced(&calls, *at, folder.parent().unwrap()), "{} is not synced: {calls:#?}", folder.display());
    }
}

/// An earlier process may have made them, and been killed or cut off before it could sync.
#[test]
fn folders_that_were_there_already_are_synced_with_the_first_case_in_them() {
    if !has("strace") {
        return;
    }
    let top = tempfile::tempdir().unwrap();
    let top = top.path().canonicalize().unwrap();
    let home = top.join("a").join("b");
    fs::create_dir_all(home.join("cases")).unwrap();
    let calls = trace(&home, &["new", "--title", "Wards cannot log in"]);
    for folder in [home.join("cases"), home.clone(), top.join("a"), top.clone()] {
        assert!(synced(&calls, 0, &folder), "{} is not synced: {calls:#?}", folder.display());
    }
}

#[test]
fn an_item_that_is_there_already_is_synced_again_with_its_folder() {
    if !has("strace") {
        return;
    }
    let top = tempfile::tempdir().unwrap();
    let home = top.path().canonicalize().unwrap().join("home");
    let (case, folder) = new_case(&home);
    let source = home.join("ransom.txt");
    fs::write(&source, "pay us in 72 hours").unwrap();
    let add = ["evidence", "add", &case, source.to_str().unwrap()];
    support::ok(&home, &add);
    let item = fs::read_dir(folder.join("evidence")).unwrap().next().unwrap().unwrap().path();
    let calls = trace(&home, &add);
    assert!(synced(&calls, 0, &item) && synced(&calls, 0, &folder.join("evidence")), "{calls:#?}");
}

#[test]
fn a_damaged_copy_is_repaired_from_the_bytes_added_again_and_that_is_said_and_recorded() {
    let home = tempfile::tempdir().unwrap();
    let (case, folder) = new_case(home.path());
    let source = home.path().join("ransom.txt");
    fs::write(&source, "pay us in 72 hours").unwrap();
    let add = ["evidence", "add", &case, source.to_str().unwrap()];
    support::ok(home.path(), &add);
    let item = fs::read_dir(folder.join("evidence")).unwrap().next().unwrap().unwrap().path();
    for damage in ["pay us in 73 hours", "", "pay us in 72 hours, and more"] {
        let _ = fs::remove_file(&item);
        fs::write(&item, damage).unwrap();
        let output = support::run(home.path(), &add);
        let (out, err) = support::texts(&output);
        assert!(output.status.success() && out.contains("recorded A"), "{out}{err}");
        assert!(err.contains("was damaged") && err.contains("has been replaced"), "{err}");
        assert_eq!(fs::read_to_string(&item).unwrap(), "pay us in 72 hours");
        assert_eq!(support::json(home.path(), &["verify", &case])["ok"], true);
        let log = support::ok(home.path(), &["log", &case]);
        assert!(log.contains("was damaged"), "the log says so too: {log}");
    }
    let kept = fs::read_dir(folder.join("evidence")).unwrap().count();
    assert_eq!(kept, 4, "what was damaged is kept");
}
