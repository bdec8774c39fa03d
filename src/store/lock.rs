//! The lock that a process holds while it writes to a case: on a file of its own, so that SQLite's locks and the
//! reading of the head file are not touched by it.

use super::{error::StoreError, layout, regular, schema};
use std::{
    fs::{File, TryLockError},
    io::ErrorKind,
    path::Path,
    time::{Duration, Instant},
};

/// The lock of a case. Dropping it closes the file, which lets the lock go on every system.
#[derive(Debug)]
pub(super) struct Held(#[allow(dead_code, reason = "held for its drop")] File);

/// Takes the lock of the case in `folder`, waiting while another process writes.
pub(super) fn hold(folder: &Path) -> Result<Held, StoreError> {
    let path = folder.join(layout::LOCK);
    let lock = regular::open_lock(&path).map_err(|why| match why {
        StoreError::Io { source, .. }
            if matches!(source.kind(), ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem) =>
        {
            StoreError::ReadOnly { path: folder.to_owned() }
        }
        why => why,
    })?;
    let began = Instant::now();
    loop {
        match lock.try_lock() {
            Ok(()) => return Ok(Held(lock)),
            Err(TryLockError::WouldBlock) if began.elapsed() < schema::PATIENCE => {
                std::thread::sleep(Duration::from_millis(1));
            }
            Err(TryLockError::WouldBlock) => {
                return Err(StoreError::Locked { path: folder.to_owned(), seconds: schema::PATIENCE.as_secs() });
            }
            Err(TryLockError::Error(why)) => return Err(StoreError::io("lock", path, why)),
        }
    }
}
