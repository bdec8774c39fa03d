//! Following a case that others write: what is new since the last look. Between two looks nothing is open, so that
//! a writer can close the case as if nobody followed it.

use super::{
    connection::{self, Access},
    error::{PATIENCE, StoreError},
    heads, layout,
    read::{self, Loaded, Reader},
    regular,
};
use crate::domain::record::Record;
use std::{
    path::{Path, PathBuf},
    time::{Duration, Instant},
};

/// After so long the database is read even where the head file says nothing new: a writer that was killed
/// between the two leaves an entry that only the database tells of.
const ANYWAY: Duration = Duration::from_secs(2);

/// A place in a case up to which its entries are known.
#[derive(Debug)]
pub struct Follower {
    folder: PathBuf,
    last_id: i64,
    /// The head file as it was before the last reading: it changes with every commit, and is cheap to look at.
    heads: Option<Vec<u8>>,
    /// When the database was last read.
    read: Option<Instant>,
    /// Since when the case cannot be read.
    failing: Option<Instant>,
}

impl Follower {
    /// Begins after what was read of the case in `folder`.
    pub fn after(folder: &Path, loaded: &Loaded) -> Self {
        let folder = layout::folder_of(folder);
        Self { folder, last_id: loaded.last_id, heads: None, read: None, failing: None }
    }

    /// What was recorded since the last look, in the order of committing; often nothing.
    ///
    /// A case that is just being opened or closed by others may refuse to be read for a moment: it is an error only
    /// after [`PATIENCE`].
    pub fn look(&mut self) -> Result<Vec<Record>, StoreError> {
        let heads = regular::read_regular(&self.folder.join(layout::HEADS), heads::MOST).ok();
        let lately = self.read.is_some_and(|read| read.elapsed() < ANYWAY);
        if heads.is_some() && heads == self.heads && lately {
            return Ok(Vec::new());
        }
        let (records, last_id) = match self.read() {
            Ok(found) => found,
            Err(_) if self.failing.get_or_insert_with(Instant::now).elapsed() < PATIENCE => {
                return Ok(Vec::new());
            }
            // What a killed process left half-way in a folder that cannot be written is read in a copy.
            Err(_) => {
                let reader = Reader::open(&self.folder)?;
                read::records_since(reader.connection(), &self.folder, self.last_id)?
            }
        };
        (self.heads, self.read, self.failing, self.last_id) = (heads, Some(Instant::now()), None, last_id);
        Ok(records)
    }

    /// Opens the database, reads what is new after the last row that is known, and closes it.
    fn read(&self) -> Result<(Vec<Record>, i64), StoreError> {
        let database = self.folder.join(layout::DATABASE);
        let open = connection::open_database(&database, &database, Access::Read)?;
        let found = read::records_since(open.work(), &database, self.last_id)?;
        open.close().map_err(|why| StoreError::sql(&database, why))?;
        Ok(found)
    }
}
