//! The lock that a process holds while it writes to a case: on a file of its own, so that SQLite's locks and the
//! reading of the head file are not touched by it.

use super::{
    error::{PATIENCE, StoreError},
    layout, regular,
    untouched::Mark,
};
use std::{
    fs::{File, TryLockError},
    io::{ErrorKind, Read as _, Seek as _, SeekFrom, Write as _},
    path::Path,
    time::{Duration, Instant},
};

/// Bytes of the lock file that are read.
const MOST: u64 = 200;

/// The lock of a case. Dropping it closes the file, which lets the lock go on every system.
#[derive(Debug)]
pub(super) struct Held(File);

impl Held {
    /// The mark that the last process left which wrote to the case, if any.
    pub(super) fn mark(&self) -> Option<Mark> {
        let mut text = String::new();
        let mut file = &self.0;
        file.seek(SeekFrom::Start(0)).ok()?;
        file.take(MOST).read_to_string(&mut text).ok()?;
        Mark::read(&text)
    }

    /// Leaves a mark for the next process. It need not be durable, and where it cannot be left, there is none.
    pub(super) fn leave(&self, mark: &Mark) {
        let mut file = &self.0;
        let _ = file.seek(SeekFrom::Start(0)).and_then(|_| file.write_all(mark.text().as_bytes()));
    }
}

/// Takes the lock of the case in `folder`, waiting while another process writes.
pub(super) fn lock_case(folder: &Path) -> Result<Held, StoreError> {
    let path = folder.join(layout::LOCK);
    let lock = regular::open_or_make(&path).map_err(|why| {
        if let StoreError::Io { source, .. } = &why
            && matches!(source.kind(), ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem)
            && std::fs::read_dir(folder).is_ok()
        {
            StoreError::ReadOnly { path: folder.to_owned() }
        } else {
            why
        }
    })?;
    let began = Instant::now();
    loop {
        match lock.try_lock() {
            Ok(()) => return Ok(Held(lock)),
            Err(TryLockError::WouldBlock) if began.elapsed() < PATIENCE => {
                std::thread::sleep(Duration::from_millis(1));
            }
            Err(TryLockError::WouldBlock) => {
                return Err(StoreError::Locked { path: folder.to_owned(), seconds: PATIENCE.as_secs() });
            }
            Err(TryLockError::Error(why)) => return Err(StoreError::io("lock", path, why)),
        }
    }
}
