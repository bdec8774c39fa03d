//! The files of a case, and how they are made so that only their owner can read them.

use super::{error::StoreError, regular};
use std::{
    fs::{self, File},
    io::{self, Read as _, Seek as _, SeekFrom, Write as _},
    path::{Path, PathBuf},
    time::{Duration, Instant},
};

/// The database.
pub const DATABASE: &str = "case.sqlite3";
/// The heads of all logs, synced after every commit.
pub const HEADS: &str = "case.heads";
/// Held while a process writes.
pub const LOCK: &str = "case.lock";
/// How a file begins until it is whole.
pub const PARTIAL: &str = ".write-";
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

/// The endings of what SQLite may keep beside a database.
pub const BESIDE: [&str; 3] = ["-wal", "-shm", "-journal"];

/// The file that SQLite keeps beside a database under this ending, such as `-wal`.
pub fn beside_database(database: &Path, ending: &str) -> PathBuf {
    let mut name = database.as_os_str().to_owned();
    name.push(ending);
    PathBuf::from(name)
}

/// Makes a folder and those above it, durably: mode 0700 where the system has modes. Each new folder's parent is synced,
/// up to the first that was there.
pub fn make_folder(path: &Path) -> Result<(), StoreError> {
    if path.is_dir() {
        return Ok(());
    }
    let missing: Vec<&Path> =
        path.ancestors().take_while(|part| !part.as_os_str().is_empty() && !part.is_dir()).collect();
    for folder in missing.into_iter().rev() {
        match folder_builder().create(folder) {
            Err(why) if why.kind() == io::ErrorKind::AlreadyExists && folder.is_dir() => {}
            made => made.map_err(|why| StoreError::io("make the folder", path, why))?,
        }
        sync_folder(parent_of(folder))?;
    }
    Ok(())
}

/// Makes a folder that must not be there yet: mode 0700 where the system has modes.
pub fn make_new_folder(path: &Path) -> Result<(), StoreError> {
    folder_builder().create(path).map_err(|why| StoreError::io("make the folder", path, why))
}

/// Options for a folder of our own: mode 0700 where the system has modes.
fn folder_builder() -> fs::DirBuilder {
    #[cfg_attr(not(unix), allow(unused_mut, reason = "only Unix has modes"))]
    let mut builder = fs::DirBuilder::new();
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder
}

/// The folder that holds `path`: the current one for a bare name.
pub fn parent_of(path: &Path) -> &Path {
    path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// Makes a folder's entries durable. Windows does that by itself.
pub fn sync_folder(path: &Path) -> Result<(), StoreError> {
    if !cfg!(unix) {
        return Ok(());
    }
    match File::open(path).and_then(|folder| folder.sync_all()) {
        // A file system that cannot sync a folder has nothing to be asked for: there the order of writing must do.
        Err(why) if cannot_be_asked(&why) => Ok(()),
        synced => synced.map_err(|why| StoreError::io("sync", path, why)),
    }
}

/// Makes the entries of a folder and of all above it durable. What an earlier process made there, and was killed before
/// it could sync, is not known to be durable only because it is there.
pub fn sync_ancestors(path: &Path) -> Result<(), StoreError> {
    let path = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    for folder in path.ancestors() {
        match sync_folder(folder) {
            // Whoever may not read a folder did not make the next one in it.
            Err(StoreError::Io { source, .. }) if source.kind() == io::ErrorKind::PermissionDenied => break,
            synced => synced?,
        }
    }
    Ok(())
}

/// Whether the file system does not know what was asked: hard links, modes or the sync of a folder on a FAT stick.
pub(super) fn cannot_be_asked(why: &io::Error) -> bool {
    matches!(why.kind(), io::ErrorKind::Unsupported | io::ErrorKind::InvalidInput)
}

/// Writes a small file whole or not at all, durably, in place of what was there.
pub fn write_whole(path: &Path, bytes: &[u8]) -> Result<(), StoreError> {
    use std::io::Write as _;
    let folder = parent_of(path);
    let fault = |why| StoreError::io("write", path, why);
    let mut file = tempfile::Builder::new().prefix(PARTIAL).tempfile_in(folder).map_err(fault)?;
    file.write_all(bytes).and_then(|()| file.as_file().sync_all()).map_err(fault)?;
    persist_over(file, path).map_err(fault)?;
    sync_folder(folder)
}

/// Gives a whole file its name, in place of what was there.
pub fn persist_over(file: tempfile::NamedTempFile, path: &Path) -> io::Result<()> {
    let mut file = file;
    let began = Instant::now();
    loop {
        match file.persist(path) {
            Ok(_) => return Ok(()),
            Err(refused) if held_by_another(&refused.error) && began.elapsed() < A_SCAN => {
                file = refused.file;
                std::thread::sleep(Duration::from_millis(20));
            }
            Err(refused) => return Err(refused.error),
        }
    }
}

/// How long a virus scanner or an indexer has a new file open.
const A_SCAN: Duration = Duration::from_secs(2);

/// Whether Windows refuses because another program has the file open: virus scanners look into each new file, and let go
/// again. 5, 32 and 33 are access denied, a sharing violation and a lock violation.
fn held_by_another(why: &io::Error) -> bool {
    cfg!(windows) && matches!(why.raw_os_error(), Some(5 | 32 | 33))
}

/// Writes a small file whole or not at all, durably, to a name that is free.
pub fn write_new(path: &Path, bytes: &[u8]) -> Result<(), StoreError> {
    use std::io::Write as _;
    let fault = |why| StoreError::io("write", path, why);
    // Said before anything is written, and held by the renaming all the same.
    if path.symlink_metadata().is_ok() {
        return Err(fault(io::ErrorKind::AlreadyExists.into()));
    }
    let folder = parent_of(path);
    let mut file = tempfile::Builder::new().prefix(PARTIAL).tempfile_in(folder).map_err(fault)?;
    file.write_all(bytes).and_then(|()| file.as_file().sync_all()).map_err(fault)?;
    persist_new(file, path).map_err(fault)?;
    sync_folder(folder)
}

/// Looks whether the disk that holds `folder` has room for `size` bytes more, before they are written. Where the system
/// does not tell, the writing will.
pub fn look_for_room(folder: &Path, size: u64) -> Result<(), StoreError> {
    match fs4::available_space(folder) {
        Ok(has) if has < size => Err(StoreError::NoRoom { path: folder.to_owned(), needs: size, has }),
        Ok(_) | Err(_) => Ok(()),
    }
}

/// Removes a file, which may be read-only.
pub fn remove_file(path: &Path) -> io::Result<()> {
    // Windows removes no file that is read-only.
    #[cfg(windows)]
    {
        let mut permissions = fs::symlink_metadata(path)?.permissions();
        permissions.set_readonly(false);
        let _ = fs::set_permissions(path, permissions);
    }
    fs::remove_file(path)
}

/// Writes a file's bytes over themselves, and syncs them. After a sync that failed, a system may take for written what it
/// could not write, and a second sync says that all is well (PostgreSQL's "fsyncgate", 2018); only what is written again
/// is tried again.
pub fn write_again(path: &Path) -> Result<(), StoreError> {
    let fault = |why| StoreError::io("write", path, why);
    let (mut file, _) = regular::open_to_change(path)?;
    let mut piece = vec![0; 1 << 16];
    loop {
        let at = file.stream_position().map_err(fault)?;
        let count = file.read(&mut piece).map_err(fault)?;
        let Some(read @ [_, ..]) = piece.get(..count) else { break };
        file.seek(SeekFrom::Start(at)).map_err(fault)?;
        file.write_all(read).map_err(fault)?;
    }
    file.sync_data().map_err(|why| StoreError::io("sync", path, why))
}

/// Makes durable what can be read in the log and need not be on the disk: whoever wrote it may have met a sync that failed,
/// or have ended before it came to one. No head may name such entries before, for a power cut would take them and leave
/// the head. The caller holds the case's lock, and has no connection open.
pub fn make_durable(folder: &Path, database: &Path) -> Result<(), StoreError> {
    let log = beside_database(database, "-wal");
    if regular::look_at(&log)?.is_some() {
        write_again(&log)?;
    }
    // Without that log, entries count since the journal beside them was removed: so that has to be on the disk.
    sync_folder(folder)
}

/// Copies the bytes of a regular file to a new one, for whoever reads the copy and throws it away.
pub fn copy_bytes(from: &Path, to: &Path) -> Result<(), StoreError> {
    let (mut source, _) = regular::open_regular(from)?;
    let mut copy = regular::private_options()
        .create_new(true)
        .write(true)
        .open(to)
        .map_err(|why| StoreError::io("write", to, why))?;
    io::copy(&mut source, &mut copy).map(drop).map_err(|why| StoreError::io("copy", from, why))
}

/// Copies a file to a name that is free, durably.
pub fn copy_file(from: &Path, to: &Path) -> Result<(), StoreError> {
    let (mut source, _) = regular::open_regular(from)?;
    let fault = |why| StoreError::io("write", to, why);
    let folder = parent_of(to);
    let mut copy = tempfile::Builder::new().prefix(PARTIAL).tempfile_in(folder).map_err(fault)?;
    io::copy(&mut source, &mut copy).map_err(|why| StoreError::io("copy", from, why))?;
    copy.as_file().sync_all().map_err(fault)?;
    persist_new(copy, to).map_err(fault)?;
    sync_folder(folder)
}

/// Gives a whole file its name, which must be free: nothing is ever written over. Where the file system can neither link
/// nor rename without replacing (FAT, exFAT), the name is taken by an empty file first, which only this call replaces.
pub fn persist_new(file: tempfile::NamedTempFile, path: &Path) -> io::Result<()> {
    let mut file = file;
    let began = Instant::now();
    let refused = loop {
        match file.persist_noclobber(path) {
            Ok(_) => return Ok(()),
            Err(refused)
                if held_by_another(&refused.error) && path.symlink_metadata().is_err() && began.elapsed() < A_SCAN =>
            {
                file = refused.file;
                std::thread::sleep(Duration::from_millis(20));
            }
            Err(refused) => break refused,
        }
    };
    // A link that a file system does not have is answered with EPERM, as is a folder that may not be written.
    if !cannot_be_asked(&refused.error) && refused.error.kind() != io::ErrorKind::PermissionDenied {
        return Err(refused.error);
    }
    regular::private_options().write(true).create_new(true).open(path)?;
    persist_over(refused.file, path).inspect_err(|_| {
        let _ = fs::remove_file(path);
    })
}
