//! What is being written is called by these names until it is whole, and held by a lock that dies with the process:
//! so what a killed process leaves is known for what it is.

use super::{error::StoreError, regular};
use std::{fs::File, path::Path};

/// What an export is called until it is whole.
pub const EXPORT: &str = ".export-";
/// What a copy of a case to read is called, in the system's folder for passing files.
pub const COPY: &str = "carecert-copy-";
/// Held in a folder that is being made.
pub const MAKING: &str = ".making";
/// How an item of evidence is called until it is whole.
pub const PART: &str = ".part-";

/// Says that somebody is writing this file, as long as it is open. A file system without locks cannot tell.
pub fn hold_file(file: &File) {
    let _ = file.try_lock();
}

/// Says that somebody is making this folder, as long as the answer lives.
pub(super) fn hold_folder(folder: &Path) -> Result<File, StoreError> {
    let held = regular::open_or_make(&folder.join(MAKING))?;
    hold_file(&held);
    Ok(held)
}
