//! Reading a case: whole, by pages, or what is new since. Always in one snapshot, never by OFFSET.

use super::{
    connection::{self, Access, Database},
    contradiction::{Contradiction, find_contradictions},
    error::StoreError,
    heads::{self, Heads},
    in_progress, layout,
    loss::{Loss, find_losses},
    regular,
    snapshot::Snapshot,
    vault::Vault,
};
use crate::domain::{
    case::Case,
    finding::Finding,
    id::{CaseId, ConsoleId, EntryId, Hash},
    record::{Head, Record, chain::Chain},
    search::Index,
};
use rusqlite::{Connection, OptionalExtension as _};
use std::{
    collections::VecDeque,
    path::{Path, PathBuf},
};

/// What is kept of the records that a case is read from, beside the case itself.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Keep {
    /// At most so many of the latest.
    pub tail: usize,
    /// An index of all of them.
    pub index: bool,
}

impl From<usize> for Keep {
    fn from(tail: usize) -> Self {
        Self { tail, index: false }
    }
}

/// A case as it was read.
#[derive(Debug)]
pub struct Loaded {
    /// The case that the records give.
    pub case: Case,
    /// The latest records, oldest first, at most as many as were asked for.
    pub tail: Vec<Record>,
    /// The index of all records; empty unless it was asked for.
    pub index: Index,
    /// Faults of the chain, if any.
    pub findings: Vec<Finding>,
    /// The last row that was read.
    pub(super) last_id: i64,
}

/// A way to open a database: with its schema compared, or without.
type Opening = fn(&Path, &Path, Access) -> Result<Database, StoreError>;

/// A read-only look at a case.
#[derive(Debug)]
pub struct Reader {
    open: Database,
    folder: PathBuf,
    database: PathBuf,
    /// Holds the copy that is read where the folder itself cannot take SQLite's own files.
    _copy: Option<(std::fs::File, tempfile::TempDir)>,
}

impl Reader {
    /// Opens the case in `folder`. Nothing of it is changed, also where a killed process left something half-way, the
    /// folder cannot be written or the disk is full.
    pub fn open(folder: &Path) -> Result<Self, StoreError> {
        Self::open_as(folder, connection::open_database)
    }

    /// The same for a check, which compares the schema itself and says what else it can of a case with a foreign one:
    /// before that, nothing may be asked of its tables.
    pub(super) fn open_to_inspect(folder: &Path) -> Result<Self, StoreError> {
        Self::open_as(folder, connection::open_unchecked)
    }

    /// Opens the case in whichever way its folder allows; `open` says whether the schema is compared.
    fn open_as(folder: &Path, open: Opening) -> Result<Self, StoreError> {
        let folder = layout::folder_of(folder);
        let database = folder.join(layout::DATABASE);
        if regular::look_at(&database)?.is_none() {
            let why = format!("it holds no {}", layout::DATABASE);
            return Err(if folder.exists() {
                StoreError::NotACase { path: folder, why }
            } else {
                StoreError::io("open", folder, std::io::ErrorKind::NotFound.into())
            });
        }
        match begin_reading(&database, &database, Access::Read, open) {
            Ok(open) => Ok(Self { open, folder, database, _copy: None }),
            Err(why) => Self::open_otherwise(folder, database, open, why),
        }
    }

    /// The ways to read where SQLite's own does not work, because it can make no file beside the database; `why` is
    /// what that one met, and the answer where no way works.
    fn open_otherwise(folder: PathBuf, database: PathBuf, how: Opening, why: StoreError) -> Result<Self, StoreError> {
        if !matches!(why, StoreError::ReadOnly { .. } | StoreError::Sql { .. } | StoreError::Full { .. }) {
            return Err(why);
        }
        let (log, journal) = (left_over(&database, "-wal"), left_over(&database, "-journal"));
        if !log && !journal {
            // Nothing is beside it that would have to be read with it.
            let open = begin_reading(&database, &database, Access::ReadUnlocked, how).map_err(|_| why)?;
            return Ok(Self { open, folder, database, _copy: None });
        }
        // A journal is rolled back in the copy: reading the case itself would change it.
        if !journal && let Ok(open) = begin_reading(&database, &database, Access::ReadAlone, how) {
            return Ok(Self { open, folder, database, _copy: None });
        }
        Self::open_copy(&folder, &database, how).map_err(|copying| if copying.shows_damage() { copying } else { why })
    }

    /// What a killed process left half-way (a write-ahead log in a folder that cannot be written, or a journal that
    /// has to be rolled back) is put right and read in a copy elsewhere: reading changes nothing.
    fn open_copy(folder: &Path, database: &Path, how: Opening) -> Result<Self, StoreError> {
        let copy = tempfile::Builder::new().prefix(in_progress::COPY).tempdir();
        let copy = copy.map_err(|why| StoreError::io("make a folder in", std::env::temp_dir(), why))?;
        let making = in_progress::hold_folder(copy.path())?;
        let target = copy.path().join(layout::DATABASE);
        for ending in ["", "-wal", "-journal"] {
            let from = layout::beside_database(database, ending);
            if regular::look_at(&from)?.is_some() {
                layout::copy_bytes(&from, &layout::beside_database(&target, ending))?;
            }
        }
        let open = begin_reading(&target, database, Access::ReadCopy, how)?;
        Ok(Self { open, folder: folder.to_owned(), database: database.to_owned(), _copy: Some((making, copy)) })
    }

    /// The connection, for the next piece of work.
    pub(super) fn connection(&self) -> &Connection {
        self.open.work()
    }

    /// The case's folder.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Where the head file and this database do not agree, though nothing is missing.
    pub fn contradictions(&self) -> Result<Vec<Contradiction>, StoreError> {
        let promised = heads::read_heads(&self.folder.join(layout::HEADS))?.heads.unwrap_or_default();
        let present = self.heads()?;
        if promised.is_empty() {
            // That it cannot be read at all is said with what is missing.
            return Ok(Vec::new());
        }
        find_contradictions(self.connection(), &self.database, &promised, &present)
    }

    /// Entries that the head file promises and this database does not have, and what is wrong with that file.
    pub fn missing(&self) -> Result<(Vec<Loss>, Vec<String>), StoreError> {
        let promised = heads::read_heads(&self.folder.join(layout::HEADS))?;
        let present = self.heads()?;
        // A snapshot that is older than the head file lacks what was written since: only what is not there now is lost.
        let lost = find_losses(&promised, &present);
        if lost.is_empty() {
            return Ok((lost, promised.faults));
        }
        let now = Self::open(&self.folder)?.heads()?;
        Ok((find_losses(&promised, &now), promised.faults))
    }

    /// Where each log ends.
    pub fn heads(&self) -> Result<Heads, StoreError> {
        heads_of(self.connection(), &self.database)
    }

    /// The fold of every record, with what is to be kept of them: `load(200)` keeps the latest 200.
    pub fn load(&self, keep: impl Into<Keep>) -> Result<Loaded, StoreError> {
        load_records(self.connection(), &self.database, keep.into())
    }

    /// The entry at a place; `None` where there is none.
    pub fn entry(&self, entry: &EntryId) -> Result<Option<Record>, StoreError> {
        self::entry_at(self.connection(), &self.database, entry)
    }

    /// The hash of the entry at a place, readable or not; `None` where there is none.
    pub(super) fn hash(&self, entry: &EntryId) -> Result<Option<Hash>, StoreError> {
        hash_at(self.connection(), &self.database, entry)
    }

    /// The case with every record, and what its chain says.
    pub fn snapshot(&self) -> Result<(Snapshot, Vec<Finding>), StoreError> {
        let loaded = self.load(usize::MAX)?;
        let vault = Vault::of_case(&self.folder);
        Ok((Snapshot { case: loaded.case, records: loaded.tail, vault }, loaded.findings))
    }
}

/// Whether a killed process left a log or a journal with something in it beside the database.
fn left_over(database: &Path, ending: &str) -> bool {
    std::fs::metadata(layout::beside_database(database, ending)).is_ok_and(|file| file.len() > 0)
}

/// Opens the database at `path`, which errors call `shown`, and begins to read one state of it.
fn begin_reading(path: &Path, shown: &Path, access: Access, open: Opening) -> Result<Database, StoreError> {
    let open = open(path, shown, access)?;
    open.work()
        .execute_batch("BEGIN; SELECT count(*) FROM sqlite_schema")
        .map_err(|why| StoreError::sql(shown, why))?;
    Ok(open)
}

/// Folds every record and checks the chain while it goes.
pub(super) fn load_records(connection: &Connection, database: &Path, keep: Keep) -> Result<Loaded, StoreError> {
    let fault = |why| StoreError::sql(database, why);
    let mut statement = connection.prepare("SELECT id, text FROM record ORDER BY id").map_err(fault)?;
    let mut rows = statement.query([]).map_err(fault)?;
    let mut chain = Chain::new();
    let mut case: Option<Case> = None;
    let (mut tail, mut index) = (VecDeque::new(), Index::default());
    let mut last_id = 0;
    while let Some(row) = rows.next().map_err(fault)? {
        last_id = last_id.max(row.get::<_, i64>(0).map_err(fault)?);
        let text = row.get_ref(1).map_err(fault)?;
        let Some(record) = chain.line(text.as_str().unwrap_or_default()) else { continue };
        let case = case.get_or_insert_with(|| Case::new(record.case.clone()));
        case.apply(&record);
        if keep.index {
            index.take(&record, case);
        }
        if keep.tail == 0 {
            continue;
        }
        if tail.len() == keep.tail {
            tail.pop_front();
        }
        tail.push_back(record);
    }
    let Some(case) = case else {
        return Err(StoreError::NotACase { path: database.to_owned(), why: "it has no entries".into() });
    };
    index.shrink();
    Ok(Loaded { case, tail: tail.into(), index, findings: chain.finish(), last_id })
}

/// Where each log ends, by the database.
pub(super) fn heads_of(connection: &Connection, database: &Path) -> Result<Heads, StoreError> {
    let fault = |why| StoreError::sql(database, why);
    let query = "SELECT console, seq, text FROM record
        WHERE (console, seq) IN (SELECT console, max(seq) FROM record GROUP BY console)";
    let mut statement = connection.prepare(query).map_err(fault)?;
    let mut rows = statement.query([]).map_err(fault)?;
    let mut heads = Heads::new();
    while let Some(row) = rows.next().map_err(fault)? {
        let (console, seq, text): (String, i64, String) = row.try_into().map_err(fault)?;
        if let Ok(console) = ConsoleId::parse(&console) {
            heads.insert(console, Head { seq: seq.unsigned_abs(), hash: Hash::of(text.as_bytes()) });
        }
    }
    Ok(heads)
}

/// Records that were committed after row `last`, in the order of committing, with the new last row.
pub(super) fn records_since(
    connection: &Connection,
    database: &Path,
    last: i64,
) -> Result<(Vec<Record>, i64), StoreError> {
    let fault = |why| StoreError::sql(database, why);
    let mut statement =
        connection.prepare_cached("SELECT id, text FROM record WHERE id > ?1 ORDER BY id").map_err(fault)?;
    let mut rows = statement.query([last]).map_err(fault)?;
    let (mut records, mut last) = (Vec::new(), last);
    while let Some(row) = rows.next().map_err(fault)? {
        last = row.get(0).map_err(fault)?;
        records.push(parse_row(row, 1, database)?);
    }
    Ok((records, last))
}

/// The hash of the entry at a place, readable or not; `None` where there is none.
pub(super) fn hash_at(connection: &Connection, database: &Path, entry: &EntryId) -> Result<Option<Hash>, StoreError> {
    let text: Option<String> = connection
        .prepare_cached("SELECT text FROM record WHERE console = ?1 AND seq = ?2")
        .and_then(|mut statement| {
            statement.query_row((entry.console.as_str(), entry.seq as i64), |row| row.get(0)).optional()
        })
        .map_err(|why| StoreError::sql(database, why))?;
    Ok(text.map(|text| Hash::of(text.as_bytes())))
}

/// The entry at a place; `None` where there is none.
pub(super) fn entry_at(
    connection: &Connection,
    database: &Path,
    entry: &EntryId,
) -> Result<Option<Record>, StoreError> {
    let text: Option<String> = connection
        .prepare_cached("SELECT text FROM record WHERE console = ?1 AND seq = ?2")
        .and_then(|mut statement| {
            statement.query_row((entry.console.as_str(), entry.seq as i64), |row| row.get(0)).optional()
        })
        .map_err(|why| StoreError::sql(database, why))?;
    text.map(Record::read).transpose().map_err(StoreError::from)
}

/// The record in a column of a row.
fn parse_row(row: &rusqlite::Row<'_>, column: usize, database: &Path) -> Result<Record, StoreError> {
    let text: String = row.get(column).map_err(|why| StoreError::sql(database, why))?;
    Record::read(text)
        .map_err(|why| StoreError::NotACase { path: database.to_owned(), why: format!("a row is not a record: {why}") })
}

/// The case that a database is of, from its first row.
pub(super) fn case_id(connection: &Connection, database: &Path) -> Result<CaseId, StoreError> {
    let text: String = connection
        .query_row("SELECT text FROM record ORDER BY id LIMIT 1", [], |row| row.get(0))
        .map_err(|why| StoreError::sql(database, why))?;
    Ok(Record::read(text)?.case)
}
