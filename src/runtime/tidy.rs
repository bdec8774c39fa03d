//! What interrupted work left lying about: found where this installation may have left it, and removed.

use super::home::Home;
use crate::{
    domain::leftover::Leftover,
    store::{error::StoreError, in_progress, layout, leftovers, regular},
};
use std::{
    io::Write as _,
    path::{Path, PathBuf},
};

/// Where it is noted into which folders exports are being written.
const EXPORTS: &str = "exports";
/// Bytes that such a note may have: a path.
const MOST: u64 = 64 * 1024;

/// A note that an export is being written into a folder, for whoever tidies up after a kill. It goes with the value.
#[derive(Debug)]
pub struct ExportNote(#[allow(dead_code, reason = "held for its drop")] Option<tempfile::NamedTempFile>);

impl ExportNote {
    /// Notes `folder` in the home's state. Where that cannot be, an export that is killed is only found from there.
    pub fn write(home: &Home, folder: &Path) -> Self {
        let folder = std::path::absolute(folder).unwrap_or_else(|_| folder.to_owned());
        let write = || -> Option<tempfile::NamedTempFile> {
            let notes = home.state.join(EXPORTS);
            layout::make_folder(&notes).ok()?;
            let mut note = tempfile::Builder::new().prefix("folder-").tempfile_in(&notes).ok()?;
            in_progress::hold_file(note.as_file());
            note.write_all(folder.to_str()?.as_bytes()).ok()?;
            Some(note)
        };
        Self(write())
    }
}

/// All that is left where this installation writes.
pub fn find_leftovers(home: &Home) -> Vec<Leftover> {
    let mut found = leftovers::find_in_cases(&home.cases);
    for folder in [&home.state, &home.config, &home.state.join("drafts")] {
        found.extend(leftovers::find_small(folder));
    }
    let noted = list_notes(home).into_iter().filter_map(|note| regular::read_text(&note, MOST).ok()).map(PathBuf::from);
    let mut folders: Vec<PathBuf> = noted.chain(std::env::current_dir()).collect();
    folders.sort();
    folders.dedup();
    found.extend(folders.iter().flat_map(|folder| leftovers::find_exports(folder)));
    found.extend(leftovers::find_copies());
    found
}

/// Removes what is left. Each is answered by itself: one that cannot be removed keeps no other from it.
pub fn remove_leftovers(home: &Home, left: Vec<Leftover>) -> Vec<(Leftover, Result<(), StoreError>)> {
    let done = left.into_iter().map(|left| {
        let removed = leftovers::remove_leftover(&left);
        (left, removed)
    });
    let done: Vec<_> = done.collect();
    // The notes have done their work; that of an export that is being written is held.
    for note in list_notes(home) {
        if regular::open_regular(&note).is_ok_and(|(note, _)| note.try_lock().is_ok()) {
            let _ = std::fs::remove_file(note);
        }
    }
    done
}

/// The notes of exports that are being written, or were when they were cut off.
fn list_notes(home: &Home) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(home.state.join(EXPORTS)).into_iter().flatten().flatten();
    entries.map(|entry| entry.path()).collect()
}
