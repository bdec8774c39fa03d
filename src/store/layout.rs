//! The files of a case, and how they are made so that only their owner can read them.

use super::error::StoreError;
use std::{
    fs::{self, File, OpenOptions},
    path::{Path, PathBuf},
};

/// The database.
pub const DATABASE: &str = "case.sqlite3";
/// The heads of all logs, synced after every commit.
pub const HEADS: &str = "case.heads";
/// Held while a process writes.
pub const LOCK: &str = "case.lock";
/// The evidence folder.
pub const EVIDENCE: &str = "evidence";

/// The case's folder for a path that names the folder or its database.
pub fn folder_of(path: &Path) -> PathBuf {
    match path.parent() {
        Some(parent) if path.is_file() && parent.as_os_str().is_empty() => PathBuf::from("."),
        Some(parent) if path.is_file() => parent.to_path_buf(),
        _ => path.to_path_buf(),
    }
}

/// Options for a file of our own: mode 0600 where the system has modes.
pub fn private() -> OpenOptions {
    #[cfg_attr(not(unix), allow(unused_mut, reason = "only Unix has modes"))]
    let mut options = OpenOptions::new();
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options
}

/// Makes a folder and those above it: mode 0700 where the system has modes.
pub fn make_folder(path: &Path) -> Result<(), StoreError> {
    #[cfg_attr(not(unix), allow(unused_mut, reason = "only Unix has modes"))]
    let mut builder = fs::DirBuilder::new();
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.recursive(true).create(path).map_err(|why| StoreError::io("make the folder", path, why))
}

/// Makes a folder's entries durable. Windows does that by itself.
pub fn sync_folder(path: &Path) -> Result<(), StoreError> {
    if cfg!(unix) {
        File::open(path).and_then(|folder| folder.sync_all()).map_err(|why| StoreError::io("sync", path, why))?;
    }
    Ok(())
}

/// Writes a small file whole or not at all, durably, in place of what was there.
pub fn write_whole(path: &Path, bytes: &[u8]) -> Result<(), StoreError> {
    use std::io::Write as _;
    let folder = path.parent().unwrap_or(Path::new("."));
    let fault = |why| StoreError::io("write", path, why);
    let mut file = tempfile::Builder::new().prefix(".write-").tempfile_in(folder).map_err(fault)?;
    file.write_all(bytes).and_then(|()| file.as_file().sync_all()).map_err(fault)?;
    file.persist(path).map_err(|why| fault(why.error))?;
    sync_folder(folder)
}
