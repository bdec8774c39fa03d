//! The lock that a process holds while it writes to a case: on a file of its own, so that SQLite's locks and the
//! reading of the head file are not touched by it.

use super::{error::StoreError, layout, schema};
use std::{
    fs::{File, TryLockError},
    path::Path,
    time::{Duration, Instant},
};

/// The lock of the case in `folder`, made where it is not there yet.
pub(super) fn open(folder: &Path) -> Result<File, StoreError> {
    let path = folder.join(layout::LOCK);
    layout::private().read(true).write(true).create(true).truncate(false).open(&path).map_err(|why| match why.kind() {
        std::io::ErrorKind::PermissionDenied | std::io::ErrorKind::ReadOnlyFilesystem => {
            StoreError::ReadOnly { path: folder.to_owned() }
        }
        _ => StoreError::io("open", path, why),
    })
}

/// Takes the case's lock, waiting while another process writes.
pub(super) fn hold(lock: &File, folder: &Path) -> Result<(), StoreError> {
    let began = Instant::now();
    loop {
        match lock.try_lock() {
            Ok(()) => return Ok(()),
            Err(TryLockError::WouldBlock) if began.elapsed() < schema::PATIENCE => {
                std::thread::sleep(Duration::from_millis(1));
            }
            Err(TryLockError::WouldBlock) => {
                return Err(StoreError::Locked { path: folder.to_owned(), seconds: schema::PATIENCE.as_secs() });
            }
            Err(TryLockError::Error(why)) => return Err(StoreError::io("lock", folder.join(layout::LOCK), why)),
        }
    }
}

/// Lets the lock go.
pub(super) fn release(lock: &File, folder: &Path) -> Result<(), StoreError> {
    lock.unlock().map_err(|why| StoreError::io("unlock", folder.join(layout::LOCK), why))
}
