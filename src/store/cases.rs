//! The cases in a home folder: making one, finding one, listing them.

use super::{error::StoreError, file::CaseFile, in_progress, layout, leftovers, read::Reader, regular};
use crate::domain::{
    case::Case,
    id::{CaseId, ConsoleId},
    time::Now,
};
use std::path::{Path, PathBuf};

/// A case that is being made. Dropped before [`NewCase::finish`], it leaves nothing behind; after a kill its folder is
/// known by a file in it, which nobody holds any more.
///
/// The folder has its name from the beginning: not every file system renames a folder with all that is in it.
#[derive(Debug)]
pub struct NewCase {
    /// Held as long as the folder is being made, and let go before it is removed.
    making: Option<std::fs::File>,
    folder: PathBuf,
    home: PathBuf,
    /// Its identifier.
    pub id: CaseId,
}

impl NewCase {
    /// Begins a case in the folder `home`; `about` is a word for its folder's name, such as a playbook's id. The
    /// identifier is a random one unless it is `given`.
    pub fn begin(
        home: &Path,
        console: &ConsoleId,
        given: Option<CaseId>,
        about: &str,
        now: Now,
    ) -> Result<(Self, CaseFile), StoreError> {
        layout::make_folder(home)?;
        let (id, name) = match given {
            Some(id) => {
                let name = folder_name(&id, about, now);
                (id, name)
            }
            None => free_name(home, about, now)?,
        };
        let folder = home.join(name);
        layout::make_new_folder(&folder)?;
        let mut new = Self { making: None, folder, home: home.to_owned(), id };
        new.making = Some(in_progress::hold_folder(&new.folder)?);
        let file = CaseFile::create(&new.folder, &new.id, console)?;
        Ok((new, file))
    }

    /// Makes it a case like any other, once its first records stand and its file is closed. Fails only where there is no
    /// case then; beside the folder stands why it may not be durable yet, if that is so.
    pub fn finish(mut self) -> Result<(PathBuf, Option<StoreError>), StoreError> {
        layout::sync_folder(&self.folder)?;
        let making = self.folder.join(in_progress::MAKING);
        let held = self.making.take();
        if let Err(why) = std::fs::remove_file(&making) {
            // Dropped with this, the folder goes.
            self.making = held;
            return Err(StoreError::io("remove", making, why));
        }
        let folder = std::mem::take(&mut self.folder);
        let synced = layout::sync_folder(&folder).and_then(|()| layout::sync_ancestors(&self.home));
        Ok((folder, synced.err()))
    }
}

impl Drop for NewCase {
    fn drop(&mut self) {
        // Windows removes no folder in which a file is open.
        drop(self.making.take());
        if !self.folder.as_os_str().is_empty() {
            // What cannot be removed now is found later: nothing in it was acknowledged.
            let _ = leftovers::remove_folder(&self.folder);
        }
    }
}

/// Eighty bits from the system's generator.
pub fn random_bits() -> Result<[u8; 10], StoreError> {
    let mut bits = [0; 10];
    getrandom::fill(&mut bits)
        .map_err(|why| StoreError::io("read", "the system's random generator", std::io::Error::other(why)))?;
    Ok(bits)
}

/// An identifier whose speakable beginning no other case in `home` has, and the folder's name for it.
fn free_name(home: &Path, about: &str, now: Now) -> Result<(CaseId, String), StoreError> {
    loop {
        let id = CaseId::from_random(random_bits()?);
        let ending = format!("-{}", id.short());
        if !list_folders(home)?.iter().any(|name| name.ends_with(&ending)) {
            let name = folder_name(&id, about, now);
            return Ok((id, name));
        }
    }
}

/// The folder's name, which can be said on the phone: the day, a word, and the first four characters of the identifier.
fn folder_name(id: &CaseId, about: &str, now: Now) -> String {
    format!("{}-{about}-{}", now.zone.local(now.at).format("%Y-%m-%d"), id.short())
}

/// The names of the folders in `home` that hold a case, whole or not, sorted. One that cannot be looked into has the
/// reason beside it.
fn look_for_folders(home: &Path) -> Result<Vec<(String, Option<StoreError>)>, StoreError> {
    let fault = |why| StoreError::io("read", home, why);
    let entries = match std::fs::read_dir(home) {
        Err(why) if why.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
        entries => entries.map_err(fault)?,
    };
    let mut names = Vec::new();
    for entry in entries {
        let entry = entry.map_err(fault)?;
        let name = entry.file_name().to_string_lossy().into_owned();
        let folder = entry.path();
        if name.starts_with('.') {
            continue;
        }
        let looked = match std::fs::metadata(&folder) {
            Ok(there) if !there.is_dir() => continue,
            // A link to nothing.
            Err(why) if why.kind() == std::io::ErrorKind::NotFound => continue,
            Ok(_) => is_case(&folder),
            Err(why) => Err(StoreError::io("look at", folder, why)),
        };
        match looked {
            Ok(true) => names.push((name, None)),
            Ok(false) => {}
            Err(why) => names.push((name, Some(why))),
        }
    }
    names.sort_by(|(one, _), (other, _)| one.cmp(other));
    Ok(names)
}

/// Whether a folder holds a case: its database, or what stands beside one. One that is still being made does not.
fn is_case(folder: &Path) -> Result<bool, StoreError> {
    if leftovers::is_being_made(folder)? {
        return Ok(false);
    }
    for file in [layout::DATABASE, layout::HEADS] {
        if regular::look_at(&folder.join(file))?.is_some() {
            return Ok(true);
        }
    }
    Ok(false)
}

/// The names of the folders in `home` that hold a case, sorted.
pub(super) fn list_folders(home: &Path) -> Result<Vec<String>, StoreError> {
    Ok(look_for_folders(home)?.into_iter().map(|(name, _)| name).collect())
}

/// A case in a home folder.
#[derive(Debug)]
pub struct Listed {
    /// Its folder's name.
    pub name: String,
    /// The case, or why it cannot be read.
    pub case: Result<Case, StoreError>,
}

/// Every case in the folder `home`, newest first; those that cannot be read are listed with the reason.
pub fn list_cases(home: &Path) -> Result<Vec<Listed>, StoreError> {
    let read = |name: &str| Reader::open(&home.join(name))?.load(0).map(|loaded| loaded.case);
    let mut listed: Vec<Listed> = look_for_folders(home)?
        .into_iter()
        .map(|(name, fault)| Listed { case: fault.map_or_else(|| read(&name), Err), name })
        .collect();
    listed.sort_by_key(|listed| std::cmp::Reverse(listed.case.as_ref().ok().and_then(|case| case.opened)));
    Ok(listed)
}

/// The folder of the case that `given` names: a folder or database, an id or its unique beginning, or any part of
/// a folder's name that no other has.
pub fn find_case(home: &Path, given: &str) -> Result<PathBuf, StoreError> {
    let path = Path::new(given);
    if path.join(layout::DATABASE).exists() || (path.is_file() && path.file_name().is_some()) {
        return Ok(layout::folder_of(path));
    }
    let names = list_folders(home)?;
    // A whole name is meant for itself, also where others begin with it.
    if names.iter().any(|name| name == given) {
        return Ok(home.join(given));
    }
    let short = given.get(..4).filter(|_| CaseId::parse(given).is_ok());
    let fits = |name: &&String| {
        let spoken = name.rsplit('-').next().unwrap_or(name);
        !given.is_empty() && (name.starts_with(given) || spoken.starts_with(given) || Some(spoken) == short)
    };
    let mut found: Vec<&String> = names.iter().filter(fits).collect();
    if found.is_empty() && given.chars().any(char::is_alphanumeric) {
        found = names.iter().filter(|name| name.contains(given)).collect();
    }
    match found.as_slice() {
        [one] => Ok(home.join(one)),
        [] if given.len() > 4 => find_by_long_prefix(home, &names, given),
        [] => Err(StoreError::UnknownCase { given: given.to_owned(), home: home.to_owned() }),
        many => Err(StoreError::AmbiguousCase {
            given: given.to_owned(),
            known: many.iter().map(|name| (*name).clone()).collect(),
        }),
    }
}

/// An identifier of more than four characters, whose rest only the records know.
fn find_by_long_prefix(home: &Path, names: &[String], given: &str) -> Result<PathBuf, StoreError> {
    let unknown = || StoreError::UnknownCase { given: given.to_owned(), home: home.to_owned() };
    let short = given.get(..4).ok_or_else(unknown)?;
    let candidate = names.iter().find(|name| name.ends_with(&format!("-{short}"))).ok_or_else(unknown)?;
    let path = home.join(candidate);
    let id = Reader::open(&path)?.load(0)?.case.id;
    if id.as_str().starts_with(given) { Ok(path) } else { Err(unknown()) }
}
