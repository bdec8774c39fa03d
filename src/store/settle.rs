//! What became of a write whose answer is not known: the file is opened again and looked at before anything is said.

use super::{
    error::StoreError,
    file::{CaseFile, open_to_write},
    layout, lock,
    read::{self, Reader},
};
use crate::domain::record::Record;

impl CaseFile {
    /// After an unknown answer: opens the file anew and looks. `Some` are the entries, which are on disk with
    /// their head, and whatever others recorded after them; `None` means that nothing was recorded.
    pub fn settle(&mut self) -> Result<Option<Vec<Record>>, StoreError> {
        if self.doubtful.is_empty() {
            return Ok(None);
        }
        let held = lock::lock_case(&self.folder)?;
        let settled = self.settle_held();
        if settled.is_ok() {
            self.leave_mark(&held);
        }
        settled
    }

    /// [`CaseFile::settle`] while the case's lock is held.
    fn settle_held(&mut self) -> Result<Option<Vec<Record>>, StoreError> {
        if let Err(StoreError::Replaced { .. }) = self.files.check() {
            return self.settle_at_path();
        }
        drop(self.open.take());
        layout::make_durable(&self.folder, &self.database)?;
        let (open, files, wal) = open_to_write(&self.folder, &self.database)?;
        (self.open, self.files, self.wal) = (Some(open), files, wal);
        let (news, last) = read::records_since(self.connection()?, &self.database, self.last_id)?;
        let mine = |wanted: &Record| news.iter().any(|record| record.hash == wanted.hash);
        if !self.doubtful.iter().all(mine) {
            self.doubtful.clear();
            return Ok(None);
        }
        self.check_whole()?;
        for record in &news {
            self.known.insert(record.id.console.clone(), record.head());
        }
        self.heads.write(&self.known)?;
        self.contradicted = None;
        self.last_id = last;
        self.doubtful.clear();
        Ok(Some(news))
    }

    /// The file that is open is not the one at the path any more: recorded is what the case at the path has, to which
    /// nothing is written.
    fn settle_at_path(&mut self) -> Result<Option<Vec<Record>>, StoreError> {
        let reader = Reader::open(&self.folder)?;
        let mut found = Vec::new();
        for wanted in &self.doubtful {
            match reader.entry(&wanted.id)? {
                Some(there) if there.hash == wanted.hash => found.push(there),
                Some(_) | None => {
                    self.doubtful.clear();
                    return Ok(None);
                }
            }
        }
        self.doubtful.clear();
        Ok(Some(found))
    }
}
