//! The database's shape, its migrations, and connections that do not trust what they open.

use super::{error::StoreError, layout};
use rusqlite::{Connection, OpenFlags, config::DbConfig};
use std::{path::Path, time::Duration};

/// `CCRT`, so that `file` and others know a case file.
pub const APPLICATION: i64 = 0x4343_5254;
/// The format that this program writes.
pub const FORMAT: i64 = 1;
/// How long another process is waited for.
pub const PATIENCE: Duration = Duration::from_secs(10);

/// The only table. Look-up columns are generated from the hashed text, so they cannot disagree with it.
///
/// Rows stand in the order of the case: a console that appends has seen all that stands, so its entry comes last.
/// Each further index would be one more page to write and sync with every entry.
pub const SCHEMA: &[&str] = &[
    "CREATE TABLE record (
  id INTEGER PRIMARY KEY,
  text TEXT NOT NULL,
  console TEXT NOT NULL GENERATED ALWAYS AS (json_extract(text, '$.console')) VIRTUAL,
  seq INTEGER NOT NULL GENERATED ALWAYS AS (json_extract(text, '$.seq')) VIRTUAL,
  ord TEXT NOT NULL GENERATED ALWAYS AS (json_extract(text, '$.order')) VIRTUAL,
  type TEXT NOT NULL GENERATED ALWAYS AS (json_extract(text, '$.type')) VIRTUAL
) STRICT",
    "CREATE UNIQUE INDEX record_place ON record (console, seq)",
    "CREATE TRIGGER record_stays BEFORE DELETE ON record
BEGIN SELECT RAISE(ABORT, 'a record is never deleted'); END",
    "CREATE TRIGGER record_as_written BEFORE UPDATE ON record
BEGIN SELECT RAISE(ABORT, 'a record is never changed'); END",
];

/// Steps from each older format to the next: the statement at `n` leads from format `n + 1` to `n + 2`.
const MIGRATIONS: &[&str] = &[];

/// A connection that can only read.
pub fn open_read(path: &Path) -> Result<Connection, StoreError> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(path, flags).map_err(|why| opening(path, why))?;
    harden(&connection).map_err(|why| StoreError::sql(path, why))?;
    check_format(&connection, path)?;
    Ok(connection)
}

/// A connection to a copy of our own: SQLite may roll back there what a killed process left half-way.
pub fn open_copy(path: &Path) -> Result<Connection, StoreError> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(path, flags).map_err(|why| opening(path, why))?;
    harden(&connection).map_err(|why| StoreError::sql(path, why))?;
    check_format(&connection, path)?;
    Ok(connection)
}

/// A connection that can write, in WAL mode where the folder allows it. The answer says whether it does.
pub fn open_write(path: &Path) -> Result<(Connection, bool), StoreError> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let mut connection = Connection::open_with_flags(path, flags).map_err(|why| opening(path, why))?;
    let fault = |why| StoreError::sql(path, why);
    harden(&connection).map_err(fault)?;
    let format = check_format(&connection, path)?;
    if connection.is_readonly(rusqlite::MAIN_DB).map_err(fault)? {
        return Err(StoreError::ReadOnly { path: path.to_owned() });
    }
    if format < FORMAT {
        migrate(&mut connection, path, format)?;
    }
    let wal = set_journal(&connection).map_err(fault)?;
    Ok((connection, wal))
}

/// Makes an empty database of mode 0600.
pub fn create(path: &Path) -> Result<(Connection, bool), StoreError> {
    let fault = |why| StoreError::io("make", path, why);
    layout::private().write(true).create_new(true).open(path).map_err(fault)?;
    let connection =
        Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX)
            .map_err(|why| opening(path, why))?;
    let make = || -> rusqlite::Result<bool> {
        harden(&connection)?;
        let wal = set_journal(&connection)?;
        let statements = SCHEMA.join(";\n");
        connection.execute_batch(&format!(
            "BEGIN; PRAGMA application_id = {APPLICATION}; PRAGMA user_version = {FORMAT}; {statements}; COMMIT"
        ))?;
        Ok(wal)
    };
    let wal = make().map_err(|why| StoreError::sql(path, why))?;
    Ok((connection, wal))
}

fn opening(path: &Path, why: rusqlite::Error) -> StoreError {
    match std::fs::metadata(path) {
        Err(why) => StoreError::io("open", path, why),
        Ok(_) => StoreError::sql(path, why),
    }
}

fn harden(connection: &Connection) -> rusqlite::Result<()> {
    connection.busy_timeout(PATIENCE)?;
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true)?;
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_TRUSTED_SCHEMA, false)?;
    connection.pragma_update(None, "cell_size_check", true)?;
    connection.pragma_update(None, "mmap_size", 0)?;
    Ok(())
}

/// WAL with FULL is durable and fast; where WAL cannot work, DELETE with EXTRA is durable and slow.
fn set_journal(connection: &Connection) -> rusqlite::Result<bool> {
    let mode: String = connection.query_row("PRAGMA journal_mode = WAL", [], |row| row.get(0))?;
    let wal = mode.eq_ignore_ascii_case("wal");
    if wal {
        connection.pragma_update(None, "synchronous", "FULL")?;
        connection.pragma_update(None, "wal_autocheckpoint", 0)?;
    } else {
        connection.query_row("PRAGMA journal_mode = DELETE", [], |_| Ok(()))?;
        connection.pragma_update(None, "synchronous", "EXTRA")?;
    }
    Ok(wal)
}

fn check_format(connection: &Connection, path: &Path) -> Result<i64, StoreError> {
    let number = |pragma: &str| -> Result<i64, StoreError> {
        connection
            .query_row(&format!("PRAGMA {pragma}"), [], |row| row.get(0))
            .map_err(|why| StoreError::sql(path, why))
    };
    let application = number("application_id")?;
    if application != APPLICATION {
        return Err(StoreError::NotACase { path: path.to_owned(), why: "it is a database of another program".into() });
    }
    let found = number("user_version")?;
    if found > FORMAT {
        return Err(StoreError::Newer { path: path.to_owned(), found, known: FORMAT });
    }
    if found < 1 {
        return Err(StoreError::NotACase { path: path.to_owned(), why: format!("its format is {found}") });
    }
    Ok(found)
}

/// Migrates one step at a time in one transaction, after a copy is kept beside the file.
fn migrate(connection: &mut Connection, path: &Path, from: i64) -> Result<(), StoreError> {
    let fault = |why| StoreError::sql(path, why);
    let kept = path.with_extension(format!("format-{from}.sqlite3"));
    if !kept.exists() {
        connection.execute("VACUUM INTO ?1", [kept.to_string_lossy()]).map_err(fault)?;
    }
    let transaction = connection.transaction().map_err(fault)?;
    for (step, statement) in (1..).zip(MIGRATIONS).filter(|(step, _)| *step >= from) {
        transaction.execute_batch(statement).map_err(fault)?;
        transaction.pragma_update(None, "user_version", step + 1).map_err(fault)?;
    }
    transaction.commit().map_err(fault)
}
