//! Finds and removes what interrupted work left lying about: temporary files and folders under the names that this
//! program gives them, which nobody is writing to any more.
//!
//! Whoever writes one holds a lock on it, or on a file in it, that dies with the process. Where a file is only there
//! for a moment there is no lock, and it counts as left after a minute.

use super::{
    adding,
    error::StoreError,
    in_progress::{COPY, EXPORT, MAKING, PART},
    layout,
    read::Reader,
    regular,
};
use crate::domain::{event::Event, leftover::Leftover, record::Record, time::Time};
use std::{
    fs::{self, Metadata},
    path::{Path, PathBuf},
    time::{Duration, SystemTime},
};

/// So many entries opening a case may bring, one for each playbook among them.
const BY_OPENING: usize = 64;

/// What is written without a lock takes a moment.
const MOMENT: Duration = Duration::from_secs(60);

/// A kind of leftover: how its name begins, what it was to become, and how it is known that nobody writes it any more.
struct Kind {
    prefix: &'static str,
    what: &'static str,
    held: Held,
}

/// How it is known that somebody still writes it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Held {
    /// By a lock on the file itself.
    File,
    /// By a lock on [`MAKING`] in the folder.
    Folder,
    /// For a moment, without a lock.
    Moment,
}

const ITEMS: Kind = Kind { prefix: PART, what: "an item of evidence that was being added", held: Held::File };
const WRITE: Kind = Kind { prefix: layout::PARTIAL, what: "a small file that was being written", held: Held::Moment };
const EXPORTS: Kind = Kind { prefix: EXPORT, what: "an export that was being written", held: Held::File };
const NEWS: Kind = Kind { prefix: "", what: "a case that was being opened", held: Held::Folder };
const COPIES: Kind = Kind { prefix: COPY, what: "a copy of a case, made to read it", held: Held::Folder };

/// What is left in the case in `folder`.
pub fn find_in_case(folder: &Path) -> Vec<Leftover> {
    let mut found = find_of_kind(folder, &WRITE);
    found.extend(find_of_kind(&folder.join(layout::EVIDENCE), &ITEMS));
    found
}

/// What is left among the cases in `home`, and in each of them.
pub fn find_in_cases(home: &Path) -> Vec<Leftover> {
    let mut found = find_of_kind(home, &NEWS);
    for name in super::cases::list_folders(home).unwrap_or_default() {
        found.extend(find_in_case(&home.join(name)));
    }
    found
}

/// The cases in `home` that cannot be looked into, each with the reason.
pub fn find_closed(home: &Path) -> Vec<StoreError> {
    let folders = super::cases::list_folders(home).unwrap_or_default();
    let closed = folders.into_iter().filter_map(|name| {
        let folder = home.join(name);
        fs::read_dir(&folder).err().map(|why| StoreError::io("look into", folder, why))
    });
    closed.collect()
}

/// Exports that are left in `folder`.
pub fn find_exports(folder: &Path) -> Vec<Leftover> {
    find_of_kind(folder, &EXPORTS)
}

/// Small files that are left in `folder`.
pub fn find_small(folder: &Path) -> Vec<Leftover> {
    find_of_kind(folder, &WRITE)
}

/// Copies of cases that are left in the system's folder for passing files.
pub fn find_copies() -> Vec<Leftover> {
    find_of_kind(&std::env::temp_dir(), &COPIES)
}

/// The leftovers of one kind in `folder`, sorted by path.
fn find_of_kind(folder: &Path, kind: &Kind) -> Vec<Leftover> {
    // A folder that cannot be listed has nothing that could be removed.
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let fits = |path: &PathBuf| path.file_name().is_some_and(|name| name.to_string_lossy().starts_with(kind.prefix));
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.path()).filter(fits).collect();
    paths.sort();
    paths.into_iter().filter_map(|path| look_for_leftover(&path, kind)).collect()
}

/// The leftover at `path`; `None` where somebody may still be writing it, or it is something else.
fn look_for_leftover(path: &Path, kind: &Kind) -> Option<Leftover> {
    let metadata = fs::symlink_metadata(path).ok()?;
    let (is_left, size) = match kind.held {
        Held::File if metadata.is_file() && let_go(path, &metadata) => match adding::find_unrecorded(path) {
            Ok(item) => (true, item.and_then(|item| fs::metadata(item).ok()).map_or(metadata.len(), |item| item.len())),
            // Whether an entry speaks of the item cannot be known now.
            Err(_) => (false, 0),
        },
        Held::File => (false, 0),
        Held::Moment => (metadata.is_file() && is_old(&metadata), metadata.len()),
        Held::Folder => {
            // A copy goes whatever is in it; a case only where opening it was all that was done.
            let goes = kind.what != NEWS.what || is_being_made(path).unwrap_or(false);
            (metadata.is_dir() && folder_let_go(path) && goes, size_of(path))
        }
    };
    let written = metadata.modified().ok().map(time_of);
    is_left.then(|| Leftover { path: path.display().to_string(), what: kind.what, size, written })
}

/// Whether nobody holds the lock of a file. One that cannot be opened or locked is left alone while it is young.
fn let_go(path: &Path, metadata: &Metadata) -> bool {
    match regular::open_regular(path) {
        Ok((file, _)) => file.try_lock().is_ok(),
        Err(_) => is_old(metadata),
    }
}

/// Whether nobody is making the folder any more.
fn folder_let_go(path: &Path) -> bool {
    let making = path.join(MAKING);
    match regular::look_at(&making) {
        Ok(Some(there)) => let_go(&making, &there),
        Ok(None) | Err(_) => false,
    }
}

/// Whether the case in `folder` is still being made, or was when its making was cut off. In one in which somebody has
/// recorded anything the mark means nothing, whoever put it there.
pub(super) fn is_being_made(folder: &Path) -> Result<bool, StoreError> {
    if regular::look_at(&folder.join(MAKING))?.is_none() {
        return Ok(false);
    }
    match Reader::open(folder).and_then(|reader| reader.load(BY_OPENING)) {
        Ok(loaded) => {
            let opens = |record: &Record| {
                matches!(record.event, Event::CaseOpened(_) | Event::ResponderJoined(_) | Event::PlaybookAttached(_))
            };
            let told = loaded.case.records as usize > loaded.tail.len() || !loaded.tail.iter().all(opens);
            Ok(loaded.case.exercise || !told)
        }
        Err(StoreError::NotACase { .. }) => Ok(true),
        Err(StoreError::Io { source, .. }) if source.kind() == std::io::ErrorKind::NotFound => Ok(true),
        Err(why) => Err(why),
    }
}

/// Whether it was last written more than [`MOMENT`] ago. A time in the future is not old.
fn is_old(metadata: &Metadata) -> bool {
    let age = metadata.modified().ok().and_then(|written| SystemTime::now().duration_since(written).ok());
    age.is_some_and(|age| age > MOMENT)
}

/// The bytes of the files in a folder, without following links.
fn size_of(folder: &Path) -> u64 {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let sizes = entries.map(|entry| match entry.metadata() {
        Ok(metadata) if metadata.is_dir() => size_of(&entry.path()),
        Ok(metadata) => metadata.len(),
        Err(_) => 0,
    });
    sizes.sum()
}

/// The system's time as ours (UTC).
fn time_of(time: SystemTime) -> Time {
    Time::from_epoch(time.duration_since(SystemTime::UNIX_EPOCH).map_err(|before| before.duration()))
}

/// Removes a leftover that one of the functions above found, if nobody has begun to write it since.
pub fn remove_leftover(left: &Leftover) -> Result<(), StoreError> {
    let path = Path::new(&left.path);
    let fault = |why| StoreError::io("remove", path, why);
    let kind = [ITEMS, WRITE, EXPORTS, NEWS, COPIES].into_iter().find(|kind| kind.what == left.what);
    if kind.and_then(|kind| look_for_leftover(path, &kind)).is_none() {
        return Err(fault(std::io::Error::other("it is not there any more, or somebody writes it")));
    }
    let metadata = fs::symlink_metadata(path).map_err(fault)?;
    if metadata.is_dir() {
        return remove_folder(path).map_err(fault);
    }
    if adding::item_of(path).is_some() {
        // Held until both are gone: whoever adds the same bytes waits.
        let (mark, _) = regular::open_regular(path)?;
        mark.try_lock().map_err(|why| fault(why.into()))?;
        if let Some(item) = adding::find_unrecorded(path)? {
            layout::remove_file(&item).map_err(|why| StoreError::io("remove", &item, why))?;
        }
        if cfg!(windows) {
            drop(mark);
        }
        return fs::remove_file(path).map_err(fault);
    }
    layout::remove_file(path).map_err(fault)
}

/// Removes a folder that is being made. The file that says so goes last: cut off, it is still known for what it is.
pub(super) fn remove_folder(folder: &Path) -> std::io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        if entry.file_name() == MAKING {
            continue;
        }
        if entry.file_type()?.is_dir() {
            fs::remove_dir_all(entry.path())?;
        } else {
            fs::remove_file(entry.path())?;
        }
    }
    match fs::remove_file(folder.join(MAKING)) {
        Err(why) if why.kind() != std::io::ErrorKind::NotFound => return Err(why),
        Ok(()) | Err(_) => {}
    }
    fs::remove_dir(folder)
}

#[cfg(test)]
mod tests {
    use super::{
        super::in_progress::{hold_file, hold_folder},
        *,
    };
    use std::fs::File;

    #[test]
    fn what_somebody_writes_is_not_left_and_what_a_kill_leaves_is() {
        let case = tempfile::tempdir().unwrap();
        let evidence = case.path().join(layout::EVIDENCE);
        fs::create_dir(&evidence).unwrap();
        let path = evidence.join(".part-abc");
        let file = File::create(&path).unwrap();
        hold_file(&file);
        fs::write(evidence.join("notes"), "not ours").unwrap();
        assert_eq!(find_in_case(case.path()), []);
        drop(file);
        fs::write(&path, [7; 1000]).unwrap();
        let found = find_in_case(case.path());
        assert_eq!((found.len(), found[0].size), (1, 1000));
        assert!(found[0].written.is_some() && found[0].path.ends_with(".part-abc"));
        remove_leftover(&found[0]).unwrap();
        assert!(!path.exists() && evidence.join("notes").exists());
        assert!(remove_leftover(&found[0]).is_err(), "what is gone is not removed twice");
    }

    #[test]
    fn a_folder_that_is_being_made_is_not_left_until_its_maker_is_gone() {
        let home = tempfile::tempdir().unwrap();
        let folder = home.path().join("2026-11-22-test-k7qd");
        fs::create_dir(&folder).unwrap();
        assert_eq!(find_in_cases(home.path()), [], "a folder like any other");
        let held = hold_folder(&folder).unwrap();
        assert_eq!(find_in_cases(home.path()), []);
        drop(held);
        let found = find_in_cases(home.path());
        assert_eq!(found.len(), 1);
        remove_leftover(&found[0]).unwrap();
        assert!(!folder.exists());
    }
}
