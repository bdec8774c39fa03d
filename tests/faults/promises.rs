//! What the program promises where the world moves under it: files that are swapped, moved or no files at all, disks that
//! fail, and work that is cut off.

mod cut_off;
mod durable;
mod outcomes;
mod replaced;
mod untrusted;

use crate::support;
use std::path::{Path, PathBuf};
#[cfg(unix)]
use std::process::Command;

/// Opens a case by the program, and gives its id and folder.
fn new_case(home: &Path) -> (String, PathBuf) {
    let case = support::ok(home, &["new", "--title", "Wards cannot log in"]).trim().to_owned();
    let folder = std::fs::read_dir(home.join("cases")).unwrap().flatten().map(|entry| entry.path());
    let folder = folder.into_iter().find(|path| path.to_string_lossy().ends_with(&case[..4])).unwrap();
    (case, folder)
}

/// Whether a program is here; in CI it must be.
fn has(program: &str) -> bool {
    let paths = std::env::var_os("PATH").unwrap_or_default();
    let found = std::env::split_paths(&paths).any(|folder| folder.join(program).exists());
    assert!(found || std::env::var_os("CI").is_none(), "{program} is missing");
    if !found {
        println!("skipped: {program} is not here");
    }
    found
}

/// The program in that home under strace with these options; its arguments are still to be given.
#[cfg(unix)]
fn traced(home: &Path, options: &[&str]) -> Command {
    let mut command = Command::new("strace");
    command.args(options).arg(support::CARECERT).env("CARECERT_HOME", home).env("CARECERT_BY", "A. Osei");
    command
}
