//! The database's shape, what is held against it before anything else is read, and its migrations.

use super::error::StoreError;
use rusqlite::Connection;
use std::path::Path;

/// `CCRT`, so that `file` and others know a case file.
pub const APPLICATION: i64 = 0x4343_5254;
/// The format that this program writes.
pub const FORMAT: i64 = 1;

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

/// What the database's own list of tables and triggers must say, row by row: kind, name, table and statement.
fn expected_rows() -> impl Iterator<Item = [&'static str; 4]> {
    let kinds =
        [["table", "record"], ["index", "record_place"], ["trigger", "record_stays"], ["trigger", "record_as_written"]];
    kinds.into_iter().zip(SCHEMA).map(|([kind, name], sql)| [kind, name, "record", sql])
}

/// Compares the tables, indexes and triggers with those that this program makes: before the first read or write, since
/// a trigger can swallow an entry that is called recorded, and a view in the table's place never ends.
pub(super) fn check_schema(connection: &Connection, path: &Path) -> Result<(), StoreError> {
    let foreign = |why: String| StoreError::ForeignSchema { path: path.to_owned(), why };
    let rows = read_schema(connection).map_err(|why| {
        let why = StoreError::sql(path, why);
        if matches!(&why, StoreError::Sql { source, .. } if source.sqlite_error_code().is_none()) {
            foreign("its list of tables holds other things than text".into())
        } else {
            why
        }
    })?;
    let expected: Vec<[&str; 4]> = expected_rows().collect();
    for row in &rows {
        if !expected.iter().any(|expected| expected == row) {
            let [kind, name, ..] = row;
            let what = if expected.iter().any(|[_, known, ..]| known == name) {
                "is not as it was made"
            } else {
                "is not ours"
            };
            return Err(foreign(format!("the {kind} {name} {what}")));
        }
    }
    match expected.iter().find(|expected| !rows.iter().any(|row| row == *expected)) {
        Some([kind, name, ..]) => Err(foreign(format!("the {kind} {name} is missing"))),
        None if rows.len() != expected.len() => Err(foreign("it lists something twice".into())),
        None => Ok(()),
    }
}

/// Whether the table of records is stored as this program makes it, whatever stands beside it.
pub(super) fn has_own_table(connection: &Connection) -> bool {
    let own = |row: &[String; 4]| expected_rows().next().is_some_and(|table| table == *row);
    read_schema(connection).is_ok_and(|rows| {
        rows.iter().any(own) && rows.iter().filter(|[_, name, ..]| name.eq_ignore_ascii_case("record")).count() == 1
    })
}

/// The list of tables, indexes and triggers; of one that is longer than ours only so much that this shows.
fn read_schema(connection: &Connection) -> rusqlite::Result<Vec<[String; 4]>> {
    let query =
        format!("SELECT type, name, tbl_name, coalesce(sql, '') FROM sqlite_schema LIMIT {}", SCHEMA.len() + 20);
    let mut statement = connection.prepare(&query)?;
    statement.query_map([], |row| Ok([row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?]))?.collect()
}

/// The format of the database, which must be one of ours that this program knows.
pub(super) fn check_format(connection: &Connection, path: &Path) -> Result<i64, StoreError> {
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
pub(super) fn migrate_format(connection: &mut Connection, path: &Path, from: i64) -> Result<(), StoreError> {
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
