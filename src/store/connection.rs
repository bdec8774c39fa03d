//! Connections to a database that do not trust what they open: hardened, bounded in work and length, and opened only
//! where regular files stand. Every one compares the schema before anything else is read.

use super::{
    error::{PATIENCE, StoreError},
    layout,
    pipe_watch::PipeWatch,
    regular, schema,
};
use rusqlite::{Connection, ErrorCode, OpenFlags, config::DbConfig, limits::Limit};
use std::{
    path::{Path, PathBuf},
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
};

/// Bytes that a row may have: an entry with the largest playbook has far fewer.
const LONGEST: i32 = 16 << 20;
/// Steps of SQLite's virtual machine between two looks at how much was done.
const STRIDE: i32 = 10_000;
/// Steps that any piece of work may take, whatever the database's size.
const STEPS: u64 = 20_000_000;

/// A hardened connection. Each piece of work that is asked of it may take so many steps as a database of that size can
/// need, and not more.
#[derive(Debug)]
pub(super) struct Database {
    connection: Connection,
    spent: Arc<AtomicU64>,
}

impl Database {
    /// The connection, for the next piece of work.
    pub(super) fn work(&self) -> &Connection {
        self.spent.store(0, Ordering::Relaxed);
        &self.connection
    }

    /// Closes it, which SQLite may refuse.
    pub(super) fn close(self) -> rusqlite::Result<()> {
        self.connection.close().map_err(|(_, why)| why)
    }
}

/// How a database is opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Access {
    /// To read, beside others that write.
    Read,
    /// To read alone: without the shared index of the write-ahead log, for which a full disk may have no room.
    ReadAlone,
    /// To read what nobody writes: there is no log beside it, and no file is made.
    ReadUnlocked,
    /// To read a copy of our own, in which SQLite may put right what a killed process left half-way.
    ReadCopy,
    /// To write.
    Write,
    /// To write alone, without the shared index of the write-ahead log.
    WriteAlone,
}

impl Access {
    /// Whether anything may be written by it.
    fn writes(self) -> bool {
        match self {
            Self::Write | Self::WriteAlone => true,
            Self::Read | Self::ReadAlone | Self::ReadUnlocked | Self::ReadCopy => false,
        }
    }
}

/// Opens the database at `path`, and compares its schema before anything else is read; `shown` is how errors call it.
pub(super) fn open_database(path: &Path, shown: &Path, access: Access) -> Result<Database, StoreError> {
    let mut database = open_unchecked(path, shown, access)?;
    if access.writes() {
        ready_to_write(&mut database, shown)?;
    }
    schema::check_schema(database.work(), shown)?;
    Ok(database)
}

/// The same without a look at the schema, for whoever does that next.
pub(super) fn open_unchecked(path: &Path, shown: &Path, access: Access) -> Result<Database, StoreError> {
    check_files(path, shown)?;
    let _watch = PipeWatch::start(path);
    let base = OpenFlags::SQLITE_OPEN_NO_MUTEX | OpenFlags::SQLITE_OPEN_NOFOLLOW;
    let fault = |why| StoreError::sql(shown, why);
    // SQLite refuses a link in any part of the path: those above the case are resolved here.
    let real = real_path(path).map_err(|why| StoreError::io("open", shown, why))?;
    let connection = match access {
        Access::Read => Connection::open_with_flags(&real, base | OpenFlags::SQLITE_OPEN_READ_ONLY),
        Access::ReadUnlocked => {
            let flags = base | OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_URI;
            Connection::open_with_flags(unlocked_uri(&real), flags)
        }
        Access::ReadAlone | Access::ReadCopy | Access::Write | Access::WriteAlone => {
            Connection::open_with_flags(&real, base | OpenFlags::SQLITE_OPEN_READ_WRITE)
        }
    };
    let connection = harden_connection(connection.map_err(|why| explain_refusal(shown, why))?, path).map_err(fault)?;
    let alone = || connection.work().pragma_update(None, "locking_mode", "EXCLUSIVE").map_err(fault);
    match access {
        Access::ReadAlone => {
            alone()?;
            connection.work().pragma_update(None, "query_only", true).map_err(fault)?;
        }
        Access::WriteAlone => alone()?,
        Access::Read | Access::ReadUnlocked | Access::ReadCopy | Access::Write => {}
    }
    schema::check_format(connection.work(), shown)?;
    Ok(connection)
}

/// Refuses a database that cannot be written, and brings an older format up to date.
fn ready_to_write(database: &mut Database, shown: &Path) -> Result<(), StoreError> {
    if database.work().is_readonly(rusqlite::MAIN_DB).map_err(|why| StoreError::sql(shown, why))? {
        return Err(StoreError::ReadOnly { path: shown.to_owned() });
    }
    let format = schema::check_format(database.work(), shown)?;
    if format < schema::FORMAT {
        schema::migrate_format(&mut database.connection, shown, format)?;
    }
    Ok(())
}

/// Makes an empty database of mode 0600. The answer says whether it has a write-ahead log.
pub(super) fn create_database(path: &Path) -> Result<(Database, bool), StoreError> {
    let fault = |why| StoreError::io("make", path, why);
    regular::private_options().write(true).create_new(true).open(path).map_err(fault)?;
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    // On Windows only a resolved path may be longer than 260 characters.
    let real = real_path(path).map_err(fault)?;
    let connection = Connection::open_with_flags(real, flags).map_err(|why| explain_refusal(path, why))?;
    let make = || -> rusqlite::Result<Database> {
        let database = harden_connection(connection, path)?;
        let statements = schema::SCHEMA.join(";\n");
        database.work().execute_batch(&format!(
            "BEGIN; PRAGMA application_id = {}; PRAGMA user_version = {}; {statements}; COMMIT",
            schema::APPLICATION,
            schema::FORMAT
        ))?;
        Ok(database)
    };
    start_journal(make().map_err(|why| StoreError::sql(path, why))?, path)
}

/// Readies the journal of a database that is open to write: WAL with FULL is durable and fast; where WAL cannot work,
/// DELETE with EXTRA is durable and slow. The answer says whether it is WAL.
pub(super) fn start_journal(database: Database, path: &Path) -> Result<(Database, bool), StoreError> {
    let fault = |why| StoreError::sql(path, why);
    if starts_log(database.work()).map_err(fault)? {
        database.work().pragma_update(None, "synchronous", "FULL").map_err(fault)?;
        database.work().pragma_update(None, "wal_autocheckpoint", 0).map_err(fault)?;
        return Ok((database, true));
    }
    // It says WAL by now, and SQLite reads that without the log's index only where it was alone from the beginning.
    database.close().map_err(fault)?;
    let database = open_database(path, path, Access::WriteAlone)?;
    let connection = database.work();
    let leave = || -> rusqlite::Result<()> {
        set_mode(connection, "DELETE")?;
        connection.pragma_update(None, "locking_mode", "NORMAL")?;
        // The first reading after that lets the lock go.
        connection.query_row("SELECT count(*) FROM sqlite_schema", [], |_| Ok(()))?;
        connection.pragma_update(None, "synchronous", "EXTRA")
    };
    leave().map_err(fault)?;
    Ok((database, false))
}

/// Changes the journal's mode, and answers whether it is that one then.
pub(super) fn set_mode(connection: &Connection, mode: &str) -> rusqlite::Result<bool> {
    run_to_end(connection, &format!("PRAGMA journal_mode = {mode}"))?;
    let is: String = connection.query_row("PRAGMA journal_mode", [], |row| row.get(0))?;
    Ok(is.eq_ignore_ascii_case(mode))
}

/// Runs a statement to its end. What SQLite does after the row that it answers with, such as the sync of a change of
/// journal, can fail too, and nobody would hear of it if only the row were read.
pub(super) fn run_to_end(connection: &Connection, sql: &str) -> rusqlite::Result<()> {
    let mut statement = connection.prepare(sql)?;
    let mut rows = statement.query([])?;
    while rows.next()?.is_some() {}
    Ok(())
}

/// Whether the write-ahead log can be used: some file systems take the mode and fail at the first use of the log's index.
fn starts_log(connection: &Connection) -> rusqlite::Result<bool> {
    let started = set_mode(connection, "WAL").and_then(|is_wal| {
        connection.query_row("SELECT count(*) FROM sqlite_schema", [], |_| Ok(()))?;
        Ok(is_wal)
    });
    match &started {
        Err(why)
            if matches!(
                why.sqlite_error_code(),
                Some(ErrorCode::SystemIoFailure | ErrorCode::CannotOpen | ErrorCode::FileLockingProtocolFailed)
            ) =>
        {
            Ok(false)
        }
        _ => started,
    }
}

/// The database and what SQLite keeps beside it are regular files or not there: a pipe would hold the program up.
fn check_files(path: &Path, shown: &Path) -> Result<(), StoreError> {
    for ending in std::iter::once("").chain(layout::BESIDE) {
        match regular::look_at(&layout::beside_database(path, ending)) {
            Err(StoreError::NotAFile { is, .. }) => {
                return Err(StoreError::NotAFile { path: layout::beside_database(shown, ending), is });
            }
            looked => looked.map(drop)?,
        }
    }
    Ok(())
}

/// The path with every link above the file resolved.
fn real_path(path: &Path) -> std::io::Result<PathBuf> {
    let folder = layout::parent_of(path);
    // Some drives of Windows cannot say what a path leads to.
    let folder = std::fs::canonicalize(folder)
        .or_else(|why| if cfg!(windows) { std::path::absolute(folder) } else { Err(why) })?;
    Ok(path.file_name().map_or_else(|| folder.clone(), |name| folder.join(name)))
}

/// The path as a URI that says that nobody changes the file.
fn unlocked_uri(path: &Path) -> String {
    let mut uri = String::from("file:");
    let bytes = path.as_os_str().as_encoded_bytes();
    if !bytes.starts_with(b"/") {
        uri.push('/');
    }
    for byte in bytes {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'/' | b'.' | b'_' | b'-' | b':' => uri.push(char::from(*byte)),
            b'\\' if cfg!(windows) => uri.push('/'),
            byte => uri.push_str(&format!("%{byte:02x}")),
        }
    }
    uri.push_str("?immutable=1");
    uri
}

/// Why the database cannot be opened, as the system says it.
fn explain_refusal(path: &Path, why: rusqlite::Error) -> StoreError {
    // SQLite does not say what the system said. Only asked, not opened: see `regular`.
    #[cfg(unix)]
    if let Err(why) = rustix::fs::access(path, rustix::fs::Access::READ_OK) {
        return StoreError::io("open", path, why.into());
    }
    match std::fs::metadata(path) {
        Err(why) => StoreError::io("open", path, why),
        Ok(_) => StoreError::sql(path, why),
    }
}

/// Sets the limits of a connection: how long it waits, how much it works, and that nothing in the file is trusted.
fn harden_connection(mut connection: Connection, path: &Path) -> rusqlite::Result<Database> {
    connection.busy_timeout(PATIENCE)?;
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true)?;
    // Only `CaseFile::close` folds a log, and looks whether that went well. SQLite's own fold at the end of any connection
    // passes over errors: where the log's index could not be made, it removed a log that it had not folded.
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true)?;
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_TRUSTED_SCHEMA, false)?;
    connection.set_limit(Limit::SQLITE_LIMIT_LENGTH, LONGEST)?;
    let spent = Arc::new(AtomicU64::new(0));
    let (counter, path) = (Arc::clone(&spent), path.to_owned());
    // Asked for only once the steps are spent that a database of any size may take.
    let allowed = move || STEPS.saturating_add(std::fs::metadata(&path).map_or(0, |file| file.len()));
    connection.progress_handler(
        STRIDE,
        Some(move || {
            let done = counter.fetch_add(STRIDE.unsigned_abs().into(), Ordering::Relaxed);
            done > STEPS && done > allowed()
        }),
    )?;
    connection.pragma_update(None, "cell_size_check", true)?;
    connection.pragma_update(None, "mmap_size", 0)?;
    Ok(Database { connection, spent })
}
