//! Whether the files that are open are still those at their paths.
//!
//! A restore, a sync client or a backup tool puts another file in a file's place. Whoever has the old one open writes on
//! into a file that nobody will see again, and says "recorded". So the identities of the folder and of SQLite's files are
//! noted when a case is opened and compared before each acknowledgement. Nothing is opened for that: closing another
//! handle of the live database would drop SQLite's locks.

use super::{error::StoreError, layout};
use std::{
    io,
    path::{Path, PathBuf},
};

/// What tells a file from every other on this machine: device and inode, or the platform's equivalent.
#[cfg(unix)]
type FileId = (u64, u64);
#[cfg(windows)]
type FileId = file_id::FileId;

/// The identity of what stands at `path` itself, without following a link.
#[cfg(unix)]
fn identify_file(path: &Path) -> io::Result<FileId> {
    use std::os::unix::fs::MetadataExt as _;
    std::fs::symlink_metadata(path).map(|metadata| (metadata.dev(), metadata.ino()))
}

/// The identity of the folder that `path` leads to: it may be reached through a link.
#[cfg(unix)]
fn identify_folder(path: &Path) -> io::Result<FileId> {
    use std::os::unix::fs::MetadataExt as _;
    std::fs::metadata(path).map(|metadata| (metadata.dev(), metadata.ino()))
}

#[cfg(windows)]
use identify_file as identify_folder;

/// The identity of what stands at `path`. A link cannot take the place of a file that is open on Windows.
#[cfg(windows)]
fn identify_file(path: &Path) -> io::Result<FileId> {
    file_id::get_file_id(path)
}

/// The files of an open case, each with its path and its identity at opening.
#[derive(Debug)]
pub(super) struct OpenFiles {
    /// The folder is the first.
    noted: Vec<(PathBuf, FileId)>,
    /// Kept open: some file systems forget which folder it was when nobody has it open.
    _folder: Option<std::fs::File>,
    /// The log's index and its size. SQLite has it in memory: where it is cut short, the next look at it kills the program.
    index: Option<(PathBuf, u64)>,
}

impl OpenFiles {
    /// Notes the folder and the database in it. Called before SQLite opens the database.
    pub(super) fn note(folder: &Path) -> Result<Self, StoreError> {
        // Windows opens no folder as a file, and lets nobody move one in which a file is open.
        let held = if cfg!(unix) { std::fs::File::open(folder).ok() } else { None };
        let mut files = Self { noted: Vec::new(), _folder: held, index: None };
        files
            .noted
            .push((folder.to_owned(), identify_folder(folder).map_err(|why| StoreError::io("open", folder, why))?));
        files.add(folder.join(layout::DATABASE))?;
        Ok(files)
    }

    /// Notes the write-ahead log and its index too. Called once SQLite has read the database in WAL mode, which makes
    /// them; while it is open nobody removes them in good order.
    pub(super) fn note_log(&mut self, folder: &Path) -> Result<(), StoreError> {
        for ending in ["-wal", "-shm"] {
            let path = layout::beside_database(&folder.join(layout::DATABASE), ending);
            if let Ok(there) = path.symlink_metadata() {
                if ending == "-shm" {
                    self.index = Some((path.clone(), there.len()));
                }
                self.add(path)?;
            }
        }
        Ok(())
    }

    /// Notes a file by what stands at its path now.
    fn add(&mut self, path: PathBuf) -> Result<(), StoreError> {
        let id = identify_file(&path).map_err(|why| StoreError::io("open", &path, why))?;
        self.noted.push((path, id));
        Ok(())
    }

    /// Whether the log's index still has the size that SQLite counts on.
    pub(super) fn check_index(&self) -> Result<(), StoreError> {
        match &self.index {
            Some((path, size)) if path.symlink_metadata().is_ok_and(|there| there.len() < *size) => {
                Err(StoreError::Replaced { path: path.clone(), is: "it was cut short" })
            }
            Some(_) | None => Ok(()),
        }
    }

    /// Whether each of them is still at its path: [`StoreError::Replaced`] names the first that is not.
    pub(super) fn check(&self) -> Result<(), StoreError> {
        self.check_index()?;
        for (number, (path, noted)) in self.noted.iter().enumerate() {
            match if number == 0 { identify_folder(path) } else { identify_file(path) } {
                Ok(id) if id == *noted => {}
                Ok(_) => {
                    return Err(StoreError::Replaced { path: path.clone(), is: "another one stands in its place" });
                }
                Err(why) if why.kind() == io::ErrorKind::NotFound => {
                    return Err(StoreError::Replaced { path: path.clone(), is: "it was moved or removed" });
                }
                Err(why) => return Err(StoreError::io("look at", path, why)),
            }
        }
        Ok(())
    }
}

/// Whether an open handle is still the file at `path`.
#[cfg(unix)]
pub(super) fn stands_at(file: &std::fs::File, path: &Path) -> io::Result<bool> {
    use std::os::unix::fs::MetadataExt as _;
    let metadata = file.metadata()?;
    match identify_file(path) {
        Ok(id) => Ok(id == (metadata.dev(), metadata.ino())),
        Err(why) if why.kind() == io::ErrorKind::NotFound => Ok(false),
        Err(why) => Err(why),
    }
}

/// Whether an open handle is still the file at `path`: Windows lets nobody move or replace a file that is open.
#[cfg(windows)]
pub(super) fn stands_at(_file: &std::fs::File, path: &Path) -> io::Result<bool> {
    path.try_exists()
}
