//! The evidence vault: one file for each item, named by its hash, written once and never renamed.
//!
//! An item is durable before its record is: it is copied and hashed in one pass, synced, and given its name.

use super::{
    adding::Adding,
    error::StoreError,
    in_progress::{PART, hold_file},
    layout,
    regular::{self, open_regular},
    watch::Watch,
};
use crate::domain::{id::Hash, time::Time};
use sha2::{Digest, Sha256};
use std::{
    fs::{File, Metadata},
    io::{self, Read, Write},
    path::{Path, PathBuf},
    time::SystemTime,
};

/// Bytes that are read at once.
const CHUNK: usize = 1 << 20;

/// The evidence folder of a case.
#[derive(Clone, Debug)]
pub struct Vault {
    folder: PathBuf,
}

/// An item as it was read.
#[derive(Debug)]
pub struct Taken {
    /// SHA-256 of its bytes.
    pub sha256: Hash,
    /// Its size, bytes.
    pub size: u64,
    /// Its own modification time (UTC), where its system told one.
    pub modified: Option<Time>,
    /// What was put right in the vault on the way, in a sentence.
    pub repaired: Option<String>,
    /// The mark of a copy that no entry speaks of yet.
    pub adding: Option<Adding>,
}

impl Vault {
    /// The vault of the case in `folder`.
    pub fn of_case(folder: &Path) -> Self {
        Self { folder: folder.join(layout::EVIDENCE) }
    }

    /// Where the items are.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Where the item of that hash is, or would be.
    pub fn path(&self, sha256: &Hash) -> PathBuf {
        self.folder.join(sha256.to_string())
    }

    /// Copies a file in. It is read without following a link, and refused where it changes while it is read.
    pub fn take(&self, source: &Path, watch: Watch<'_>) -> Result<Taken, StoreError> {
        let (mut file, before) = open_regular(source)?;
        let fault = |why| StoreError::io("read", source, why);
        let (partial, sha256, size) = self.copy(&mut file, source, before.len(), watch)?;
        check_unchanged(source, &before, &file.metadata().map_err(fault)?, size)?;
        let (adding, repaired) = self.add(partial, &sha256, watch)?;
        Ok(Taken { sha256, size, modified: modified_at(&before), repaired, adding })
    }

    /// Copies a stream in, such as standard input.
    pub fn take_stream(&self, source: &mut dyn Read, name: &Path, watch: Watch<'_>) -> Result<Taken, StoreError> {
        let (partial, sha256, size) = self.copy(source, name, 0, watch)?;
        let (adding, repaired) = self.add(partial, &sha256, watch)?;
        Ok(Taken { sha256, size, modified: None, repaired, adding })
    }

    /// Opens the item of that hash, which is in this folder itself: a link to another one is not followed.
    pub fn open_item(&self, sha256: &Hash) -> Result<(File, Metadata), StoreError> {
        regular::is_folder(&self.folder)?;
        open_regular(&self.path(sha256))
    }

    /// The first bytes of the item of that hash, at most so many, and the size of its file. Neither is checked against
    /// the hash; a link in the item's place is refused.
    pub fn peek(&self, sha256: &Hash, most: usize) -> Result<(Vec<u8>, u64), StoreError> {
        let path = self.path(sha256);
        let (file, metadata) = self.open_item(sha256)?;
        let mut head = Vec::with_capacity(most.min(usize::try_from(metadata.len()).unwrap_or(most)));
        file.take(most as u64).read_to_end(&mut head).map_err(|why| StoreError::io("read", &path, why))?;
        Ok((head, metadata.len()))
    }

    /// Copies a source into a file without a name yet, durably, and gives its hash and size in bytes; `total` is how
    /// many are expected.
    fn copy(
        &self,
        source: &mut dyn Read,
        name: &Path,
        total: u64,
        watch: Watch<'_>,
    ) -> Result<(tempfile::NamedTempFile, Hash, u64), StoreError> {
        // Only this folder is made: a case that was moved away is not made again in its place.
        if !regular::is_folder(&self.folder)? {
            // Another process may be as fast.
            layout::make_new_folder(&self.folder)
                .or_else(|why| if self.folder.is_dir() { Ok(()) } else { Err(why) })?;
            layout::sync_folder(layout::parent_of(&self.folder))?;
        }
        layout::look_for_room(&self.folder, total)?;
        let fault = |why| StoreError::io("write in", &self.folder, why);
        let mut partial = tempfile::Builder::new().prefix(PART).tempfile_in(&self.folder).map_err(fault)?;
        hold_file(partial.as_file());
        let (sha256, size) =
            hash_stream(source, name, total, watch, &mut |bytes| partial.write_all(bytes).map_err(fault))?;
        partial.as_file().sync_all().map_err(fault)?;
        Ok((partial, sha256, size))
    }

    /// Gives a whole item its name, with a mark that no entry speaks of it yet.
    fn add(
        &self,
        partial: tempfile::NamedTempFile,
        sha256: &Hash,
        watch: Watch<'_>,
    ) -> Result<(Option<Adding>, Option<String>), StoreError> {
        let adding = Adding::begin(&self.folder, sha256)?;
        match self.place(partial, sha256, watch) {
            Ok(repaired) => Ok((Some(adding), repaired)),
            Err(why) => {
                adding.abandon();
                Err(why)
            }
        }
    }

    /// Gives a whole item its name. The same bytes taken in twice are kept once; but what stands there by that name is
    /// hashed and synced again, since a kill or a failing disk may have left it otherwise than its name says.
    fn place(
        &self,
        partial: tempfile::NamedTempFile,
        sha256: &Hash,
        watch: Watch<'_>,
    ) -> Result<Option<String>, StoreError> {
        let path = self.path(sha256);
        let mut repaired = None;
        if let Some(there) = regular::look_at(&path)? {
            let (mut file, _) = open_regular(&path)?;
            let (found, size) = hash_stream(&mut file, &path, there.len(), watch, &mut |_| Ok(()))?;
            if found == *sha256 {
                // Windows syncs no file that is open for reading only; there the one who wrote it did.
                if cfg!(unix) {
                    file.sync_all().map_err(|why| StoreError::io("sync", &path, why))?;
                }
                return layout::sync_folder(&self.folder).map(|()| None);
            }
            repaired = Some(self.set_aside(&path, sha256, &found, size)?);
        }
        let fault = |why| StoreError::io("write", &path, why);
        let file = partial.as_file();
        let mut permissions = file.metadata().map_err(fault)?.permissions();
        permissions.set_readonly(true);
        // A file system without modes keeps the item as well; that it is read-only only guards against a slip.
        let _ = file.set_permissions(permissions);
        // Windows lets nobody read a file that another has locked.
        let _ = file.unlock();
        layout::persist_over(partial, &path).map_err(fault)?;
        layout::sync_folder(&self.folder).map(|()| repaired)
    }

    /// Moves a file whose bytes are not those that its name says out of the way. It is kept: nobody knows yet what
    /// changed it.
    fn set_aside(&self, path: &Path, sha256: &Hash, found: &Hash, size: u64) -> Result<String, StoreError> {
        let name = format!("damaged-{sha256}-{}", &found.to_string()[..8]);
        std::fs::rename(path, self.folder.join(&name)).map_err(|why| StoreError::io("move aside", path, why))?;
        Ok(format!(
            "the case's copy of {sha256} was damaged ({size} bytes with SHA-256 {found}) and has been replaced by the bytes \
             added now; the damaged file is kept as evidence/{name}"
        ))
    }
}

/// Hashes a file where it is, for evidence by reference.
pub fn measure_file(source: &Path, watch: Watch<'_>) -> Result<Taken, StoreError> {
    let (mut file, before) = open_regular(source)?;
    let (sha256, size) = hash_stream(&mut file, source, before.len(), watch, &mut |_| Ok(()))?;
    check_unchanged(source, &before, &file.metadata().map_err(|why| StoreError::io("read", source, why))?, size)?;
    Ok(Taken { sha256, size, modified: modified_at(&before), repaired: None, adding: None })
}

/// One pass over a source: every chunk is hashed and handed on. Gives the digest and the size in bytes.
pub fn hash_stream(
    source: &mut dyn Read,
    name: &Path,
    total: u64,
    watch: Watch<'_>,
    hand_on: &mut dyn FnMut(&[u8]) -> Result<(), StoreError>,
) -> Result<(Hash, u64), StoreError> {
    let mut hasher = Sha256::new();
    let mut chunk = vec![0; CHUNK];
    let mut size = 0;
    loop {
        if !watch(size, total) {
            return Err(StoreError::Cancelled);
        }
        let read = match source.read(&mut chunk) {
            Ok(0) => return Ok((Hash::from_bytes(hasher.finalize().into()), size)),
            Ok(read) => read,
            Err(why) if why.kind() == io::ErrorKind::Interrupted => continue,
            Err(why) => return Err(StoreError::io("read", name, why)),
        };
        hasher.update(&chunk[..read]);
        hand_on(&chunk[..read])?;
        size += read as u64;
    }
}

/// Fails if the source changed while it was read, by its size or its time.
fn check_unchanged(source: &Path, before: &Metadata, after: &Metadata, read: u64) -> Result<(), StoreError> {
    let same_time = before.modified().ok() == after.modified().ok();
    if before.len() == after.len() && read == before.len() && same_time {
        Ok(())
    } else {
        Err(StoreError::Changing { path: source.to_owned() })
    }
}

/// When the file was last changed (UTC), if its system tells.
fn modified_at(metadata: &Metadata) -> Option<Time> {
    let from_epoch = metadata.modified().ok()?.duration_since(SystemTime::UNIX_EPOCH);
    Some(Time::from_epoch(from_epoch.map_err(|before| before.duration())))
}

#[cfg(test)]
mod tests {
    use super::{super::watch::unwatched, *};
    use std::fs::File;

    #[test]
    fn an_item_is_kept_once_and_read_only() {
        let folder = tempfile::tempdir().unwrap();
        let source = folder.path().join("note.txt");
        std::fs::write(&source, b"pay us").unwrap();
        let vault = Vault::of_case(folder.path());
        let taken = vault.take(&source, &mut unwatched()).unwrap();
        taken.adding.unwrap().finish();
        let again = vault.take(&source, &mut unwatched()).unwrap();
        assert_eq!((taken.sha256, taken.size, taken.modified), (again.sha256, again.size, again.modified));
        again.adding.unwrap().finish();
        assert_eq!((taken.sha256, taken.size), (Hash::of(b"pay us"), 6));
        assert_eq!(std::fs::read(vault.path(&taken.sha256)).unwrap(), b"pay us");
        assert!(vault.path(&taken.sha256).metadata().unwrap().permissions().readonly());
        assert_eq!(std::fs::read_dir(vault.folder()).unwrap().count(), 1, "nothing partial is left");
    }

    #[test]
    fn what_is_no_plain_file_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let vault = Vault::of_case(folder.path());
        let refused = |path: &Path| vault.take(path, &mut unwatched()).unwrap_err().to_string();
        assert!(refused(folder.path()).ends_with("is a folder, not a file"));
        assert!(refused(&folder.path().join("nothing")).starts_with("cannot read"));
        #[cfg(unix)]
        {
            let link = folder.path().join("link");
            std::os::unix::fs::symlink("/etc/hostname", &link).unwrap();
            assert!(refused(&link).ends_with("is a link, not a file"));
            assert!(refused(Path::new("/dev/null")).ends_with("is a device, not a file"));
        }
    }

    #[test]
    fn a_source_that_changes_while_it_is_read_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let source = folder.path().join("growing.log");
        std::fs::write(&source, vec![b'x'; CHUNK + 10]).unwrap();
        let vault = Vault::of_case(folder.path());
        let mut grow = |done: u64, _: u64| {
            if done == CHUNK as u64 {
                File::options().append(true).open(&source).unwrap().write_all(b"more").unwrap();
            }
            true
        };
        let refused = vault.take(&source, &mut grow).unwrap_err();
        assert!(matches!(refused, StoreError::Changing { .. }), "{refused}");
        assert_eq!(std::fs::read_dir(vault.folder()).unwrap().count(), 0);
    }

    #[test]
    fn a_cancelled_intake_leaves_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let source = folder.path().join("big");
        std::fs::write(&source, vec![0; 3 * CHUNK]).unwrap();
        let vault = Vault::of_case(folder.path());
        let refused = vault.take(&source, &mut |done, _| done < CHUNK as u64).unwrap_err();
        assert!(matches!(refused, StoreError::Cancelled));
        assert_eq!(std::fs::read_dir(vault.folder()).unwrap().count(), 0);
    }
}
