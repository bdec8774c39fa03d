//! The case file, open for writing.
//!
//! A write has three answers: recorded, not recorded, and unknown. An entry that a failed sync left in doubt is
//! looked for in the file, opened anew, before anything is said.

use super::{
    connection::{self, Access, Database},
    contradiction::{Contradiction, find_contradictions},
    error::StoreError,
    heads::{self, HeadFile, Heads},
    identity::OpenFiles,
    layout, lock,
    loss::{Loss, find_losses, keep_damaged_files},
    read::{self, Keep, Loaded},
    untouched::{Mark, count_damage},
};
use crate::domain::{
    id::{CaseId, ConsoleId, EntryId},
    record::Record,
};
use rusqlite::{Connection, ErrorCode};
use std::{
    path::{Path, PathBuf},
    time::{Duration, Instant},
};

/// Entries after which the write-ahead log is folded back into the database.
const CHECKPOINT_AFTER: u32 = 1000;

/// How long a close waits for a reader that is just passing.
const BRIEFLY: Duration = Duration::from_millis(100);

/// How long a reader has the file open that only looks for what is new.
const A_LOOK: Duration = Duration::from_millis(20);

/// What became of an append.
#[derive(Debug)]
pub enum Appended {
    /// On disk, with its head: these are the entries.
    Recorded(Vec<Record>),
    /// Nothing was written: these entries of another process came first. Apply them and decide again.
    Moved(Vec<Record>),
}

/// Why an append did not end well.
#[derive(Debug, thiserror::Error)]
pub enum WriteFault {
    /// Nothing was recorded.
    #[error("not recorded")]
    NotRecorded(#[source] StoreError),
    /// It is not known whether it was recorded: ask [`CaseFile::settle`].
    #[error("it is not known whether this was recorded")]
    Unknown(#[source] StoreError),
}

/// What was found on opening.
#[derive(Debug)]
pub struct Opening {
    /// The case.
    pub loaded: Loaded,
    /// Entries that are missing.
    pub losses: Vec<Loss>,
    /// What is wrong with the head file, if anything.
    pub head_faults: Vec<String>,
    /// Whether the head file could be read for all that; else nobody knows what it promised.
    pub heads_read: bool,
    /// Where the head file and the log do not agree.
    pub contradictions: Vec<Contradiction>,
}

/// A case file that can be written to.
#[derive(Debug)]
pub struct CaseFile {
    pub(super) folder: PathBuf,
    pub(super) database: PathBuf,
    pub(super) open: Option<Database>,
    /// Which files are open, so that it is noticed where others take their places.
    pub(super) files: OpenFiles,
    pub(super) heads: HeadFile,
    pub(super) known: Heads,
    /// What the head file says where that contradicts the log; it stands until the next entry, which tells of it.
    pub(super) contradicted: Option<Heads>,
    /// What the head file promised at the opening and the database did not have.
    pub(super) lost: Heads,
    /// How much damage the entries showed then.
    pub(super) damage: usize,
    /// How SQLite's files were when this process had written last.
    pub(super) mark: Option<Mark>,
    pub(super) case: CaseId,
    pub(super) console: ConsoleId,
    pub(super) last_id: i64,
    pub(super) wal: bool,
    pub(super) doubtful: Vec<Record>,
    pub(super) unfolded: u32,
    /// Whether the last append could not get a lock: closing does not wait for it again.
    pub(super) locked_out: bool,
}

impl CaseFile {
    /// Makes the files of an empty case in an existing, empty folder.
    pub fn create(folder: &Path, case: &CaseId, console: &ConsoleId) -> Result<Self, StoreError> {
        let database = folder.join(layout::DATABASE);
        layout::make_folder(&folder.join(layout::EVIDENCE))?;
        let (open, wal) = connection::create_database(&database)?;
        let mut files = OpenFiles::note(folder)?;
        files.note_log(folder)?;
        let heads = HeadFile::at(folder.join(layout::HEADS));
        heads.create(1, &Heads::new())?;
        let mark = Mark::of(&database).ok();
        Ok(Self {
            folder: folder.to_owned(),
            database,
            open: Some(open),
            files,
            heads,
            known: Heads::new(),
            contradicted: None,
            lost: Heads::new(),
            damage: 0,
            mark,
            case: case.clone(),
            console: console.clone(),
            last_id: 0,
            wal,
            doubtful: Vec::new(),
            unfolded: 0,
            locked_out: false,
        })
    }

    /// Opens the case in `folder` to write the log of `console`, with what is to be kept of its entries.
    ///
    /// Where the head file promises entries that the database lacks, a copy of the files is kept first, because
    /// SQLite writes over what is left of them.
    pub fn open(folder: &Path, console: &ConsoleId, keep: impl Into<Keep>) -> Result<(Self, Opening), StoreError> {
        let folder = layout::folder_of(folder);
        let database = folder.join(layout::DATABASE);
        let held = lock::lock_case(&folder)?;
        let promised = heads::read_heads(&folder.join(layout::HEADS))?;
        let present = read::Reader::open(&folder)?.heads()?;
        let mut losses = find_losses(&promised, &present);
        let mut known = present.clone();
        known.extend(losses.iter().map(|loss| (loss.console.clone(), loss.head)));
        if !losses.is_empty() {
            let kept = keep_damaged_files(&folder, &losses)?;
            losses.iter_mut().for_each(|loss| loss.kept.clone_from(&kept));
        }
        if promised.heads.as_ref() != Some(&known) {
            // A head that lags is brought up to the log further down.
            layout::make_durable(&folder, &database)?;
        }
        let (open, files, wal) = open_to_write(&folder, &database)?;
        let loaded = read::load_records(open.work(), &database, keep.into())?;
        let case = read::case_id(open.work(), &database)?;
        // Before a new head is written over the old one.
        let contradictions = match &promised.heads {
            Some(said) => find_contradictions(open.work(), &database, said, &present)?,
            None => Vec::new(),
        };
        let heads = HeadFile::at(folder.join(layout::HEADS));
        let contradicted = promised.heads.clone().filter(|_| !contradictions.is_empty() && promised.faults.is_empty());
        if contradicted.is_none() {
            heads.mend(&promised, &known)?;
        }
        let last_id = loaded.last_id;
        let mut file = Self {
            folder,
            database,
            open: Some(open),
            files,
            heads,
            known,
            contradicted,
            lost: losses.iter().map(|loss| (loss.console.clone(), loss.head)).collect(),
            damage: count_damage(&loaded.findings),
            mark: None,
            case,
            console: console.clone(),
            last_id,
            wal,
            doubtful: Vec::new(),
            unfolded: 0,
            locked_out: false,
        };
        file.leave_mark(&held);
        Ok((
            file,
            Opening {
                loaded,
                losses,
                head_faults: promised.faults,
                heads_read: promised.heads.is_some(),
                contradictions,
            },
        ))
    }

    /// The case's folder.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// The log that this file writes.
    pub fn console(&self) -> &ConsoleId {
        &self.console
    }

    /// Whether the fast and durable journal works here; a network share has only the slow and durable one.
    pub fn wal(&self) -> bool {
        self.wal
    }

    /// What other processes have recorded since this file last looked.
    pub fn news(&mut self) -> Result<Vec<Record>, StoreError> {
        let (records, last) = read::records_since(self.connection()?, &self.database, self.last_id)?;
        self.last_id = last;
        for record in &records {
            self.known.insert(record.id.console.clone(), record.head());
        }
        Ok(records)
    }

    /// A number that changes whenever another process has written.
    pub fn version(&self) -> Result<i64, StoreError> {
        self.connection()?
            .prepare_cached("PRAGMA data_version")
            .and_then(|mut statement| statement.query_row([], |row| row.get(0)))
            .map_err(|why| StoreError::sql(&self.database, why))
    }

    /// The entry at a place; `None` where there is none.
    pub fn entry(&self, entry: &EntryId) -> Result<Option<Record>, StoreError> {
        read::entry_at(self.connection()?, &self.database, entry)
    }

    /// Folds the write-ahead log into the database once it has grown; for moments in which nobody waits.
    pub fn tidy(&mut self) -> Result<(), StoreError> {
        if !self.wal || self.unfolded < CHECKPOINT_AFTER {
            return Ok(());
        }
        self.unfolded = 0;
        self.files.check()?;
        let held = lock::lock_case(&self.folder)?;
        self.check_untouched(&held)?;
        connection::run_to_end(self.connection()?, "PRAGMA wal_checkpoint(PASSIVE)")
            .map_err(|why| StoreError::sql(&self.database, why))?;
        self.leave_mark(&held);
        Ok(())
    }

    /// Closes the file so that copying it copies the case. Where another process still has it open, the last one
    /// to close does that. Everything recorded is durable already: a failure here is worth a warning and no more.
    pub fn close(mut self) -> Result<(), StoreError> {
        self.shut()
    }

    /// Closes the file; nothing where it is closed already.
    fn shut(&mut self) -> Result<(), StoreError> {
        let Some(open) = self.open.take() else { return Ok(()) };
        // Where another case file stands at the path now, neither its log nor its journal is this one's.
        self.files.check()?;
        let held = lock::lock_case(&self.folder)?;
        self.check_untouched(&held)?;
        if self.locked_out {
            return open.close().map_err(|why| StoreError::sql(&self.database, why));
        }
        let connection = open.work();
        let quick = connection.busy_timeout(BRIEFLY);
        let folded = quick.and_then(|()| if fold_log(connection)? { leave_wal(connection) } else { Ok(()) });
        let closed = open.close();
        self.leave_mark(&held);
        match folded.and(closed).map_err(|why| StoreError::sql(&self.database, why)) {
            Err(StoreError::Locked { .. }) => Ok(()),
            other => other,
        }
    }

    /// The connection, for the next piece of work. An error if the log's index was cut short, or the file could not be
    /// opened again.
    pub(super) fn connection(&self) -> Result<&Connection, StoreError> {
        self.files.check_index()?;
        self.open.as_ref().map(Database::work).ok_or_else(|| StoreError::NotACase {
            path: self.database.clone(),
            why: "it could not be opened again".into(),
        })
    }
}

impl Drop for CaseFile {
    /// A command that is refused gives its file up without a close: it is closed all the same, so that copying it copies
    /// the case. Everything recorded is durable already, and nobody is there to be told of a failure.
    fn drop(&mut self) {
        let _ = self.shut();
    }
}

/// Opens the database of the case in `folder` to write, and notes which files are open. The answer says whether it has a
/// write-ahead log.
pub(super) fn open_to_write(folder: &Path, database: &Path) -> Result<(Database, OpenFiles, bool), StoreError> {
    let mut files = OpenFiles::note(folder)?;
    let open = connection::open_database(database, database, Access::Write)?;
    let (open, wal) = connection::start_journal(open, database)?;
    files.note_log(folder)?;
    // SQLite passes over a folder that cannot be synced: the name of a new log would be lost with all that is in it.
    layout::sync_folder(folder)?;
    // Whoever took the database's place while it was being opened is noticed here.
    files.check()?;
    Ok((open, files, wal))
}

/// Folds the write-ahead log into the database, and answers whether all of it is there now; somebody who reads may be in
/// the way.
fn fold_log(connection: &Connection) -> rusqlite::Result<bool> {
    // Whether it was in the way, how many pages the log had, and how many of them were folded: both -1 without a log.
    let (busy, pages, folded): (i64, i64, i64) =
        connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.try_into())?;
    Ok(busy == 0 && pages == folded)
}

/// SQLite itself does not wait for the change of journal: whoever follows the log may just be looking.
fn leave_wal(connection: &Connection) -> rusqlite::Result<()> {
    let began = Instant::now();
    loop {
        let left = connection::run_to_end(connection, "PRAGMA journal_mode = DELETE");
        match &left {
            Err(why) if why.sqlite_error_code() == Some(ErrorCode::DatabaseBusy) && began.elapsed() < A_LOOK => {
                std::thread::sleep(Duration::from_millis(1));
            }
            _ => return left,
        }
    }
}
