//! The mark beside an item of evidence that has its name and no entry yet. An item is durable before it is recorded, so
//! a kill in between leaves one that no entry speaks of: its mark says where to look. While the item is being added, the
//! mark is locked.

use super::{
    error::{PATIENCE, StoreError},
    identity,
    in_progress::PART,
    layout,
    read::Reader,
    regular,
};
use crate::domain::id::Hash;
use std::{
    fs::{self, File, TryLockError},
    path::{Path, PathBuf},
    time::{Duration, Instant},
};

/// The mark of an item that is being added. Given up without [`Adding::finish`], it stays, for the next start to find.
#[derive(Debug)]
pub struct Adding {
    file: File,
    path: PathBuf,
}

impl Adding {
    /// Marks the item of that hash in the evidence folder `folder`.
    pub(super) fn begin(folder: &Path, sha256: &Hash) -> Result<Self, StoreError> {
        let path = folder.join(format!("{}{sha256}", PART));
        let began = Instant::now();
        loop {
            let file = match regular::open_or_make(&path) {
                Err(why @ StoreError::Io { .. }) => {
                    // It may have been made all the same.
                    let _ = fs::remove_file(&path);
                    return Err(why);
                }
                opened => opened?,
            };
            let held = matches!(file.try_lock(), Err(TryLockError::WouldBlock));
            // Another process adds the same bytes, or removes what was left of them.
            if held && began.elapsed() < PATIENCE {
                std::thread::sleep(Duration::from_millis(1));
                continue;
            }
            let stands = identity::stands_at(&file, &path);
            let mark = Self { file, path: path.clone() };
            match stands {
                Ok(true) => return Ok(mark),
                Ok(false) => {}
                Err(why) => {
                    mark.finish();
                    return Err(StoreError::io("look at", path, why));
                }
            }
        }
    }

    /// No entry was made: the item goes too, if none speaks of it.
    pub fn abandon(self) {
        // What cannot be removed now is found by its mark.
        match find_unrecorded(&self.path) {
            Ok(Some(item)) if layout::remove_file(&item).is_err() => {}
            Ok(_) => self.finish(),
            Err(_) => {}
        }
    }

    /// An entry speaks of the item: nothing is left to look for.
    pub fn finish(self) {
        // Windows removes no file that is open.
        if cfg!(windows) {
            drop(self.file);
        }
        // A mark that stays is removed with what else is left, and its item is not.
        let _ = fs::remove_file(&self.path);
    }
}

/// The item of a mark; `None` for other names.
pub(super) fn item_of(mark: &Path) -> Option<PathBuf> {
    let name = mark.file_name()?.to_str()?.strip_prefix(PART)?;
    let hash = Hash::parse(name).ok()?;
    Some(mark.with_file_name(hash.to_string()))
}

/// The item of a mark, where it is there and no entry of its case speaks of it. An error where that cannot be known.
pub(super) fn find_unrecorded(mark: &Path) -> Result<Option<PathBuf>, StoreError> {
    let Some(item) = item_of(mark) else { return Ok(None) };
    if regular::look_at(&item)?.is_none() {
        return Ok(None);
    }
    let case = layout::parent_of(layout::parent_of(mark));
    let case = Reader::open(case)?.load(0)?.case;
    let name = item.file_name().and_then(|name| name.to_str()).unwrap_or_default();
    Ok(case.evidence.iter().all(|held| !held.what.copied || held.what.sha256.to_string() != name).then_some(item))
}
