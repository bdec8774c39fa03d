//! Reads a case on disk for a check that goes on after a fault and lists all that it finds.
//!
//! What the files themselves show is said here. What the entries say is judged by whoever is handed them, in the same
//! way as the entries of a bundle.

use super::{
    error::StoreError,
    heads::{self, Heads},
    in_progress::MAKING,
    layout,
    read::Reader,
    regular::look_at,
    schema,
};
use crate::domain::finding::{Finding, Findings, Kind};
use rusqlite::{
    Connection, ErrorCode, OpenFlags,
    backup::{Backup, StepResult},
    types::ValueRef,
};
use std::{
    error::Error as _,
    path::{Path, PathBuf},
    time::Duration,
};

/// How often a head file that seems damaged is read again.
const AGAIN: usize = 5;
/// How long a write of the head file takes at most.
const A_WRITE: Duration = Duration::from_millis(2);

/// The folder of a case that is checked.
#[derive(Debug)]
pub struct CaseFolder {
    folder: PathBuf,
}

impl CaseFolder {
    /// The case in `path`, which is its folder or its database. Fails if there is no case to check: a folder that has
    /// lost its database and still has its head file is one.
    pub fn of(path: &Path) -> Result<Self, StoreError> {
        let names_database = path.file_name().is_some_and(|name| name == layout::DATABASE);
        let folder = match path.parent() {
            Some(parent) if names_database && !path.is_dir() => {
                if parent.as_os_str().is_empty() {
                    PathBuf::from(".")
                } else {
                    parent.to_owned()
                }
            }
            _ if path.is_file() => {
                let why = "it is neither a case file nor a bundle".into();
                return Err(StoreError::NotACase { path: path.to_owned(), why });
            }
            _ => path.to_owned(),
        };
        if !folder.is_dir() {
            // A pipe or a device gets a sentence of its own.
            look_at(&folder)?;
        }
        // What may not be listed may still be opened by name.
        if let Err(why) = std::fs::read_dir(&folder)
            && why.kind() != std::io::ErrorKind::PermissionDenied
        {
            return Err(StoreError::io("read", path, why));
        }
        let there = |name: &str| !matches!(look_at(&folder.join(name)), Ok(None));
        if there(layout::DATABASE) || there(layout::HEADS) {
            return Ok(Self { folder });
        }
        Err(StoreError::NotACase { path: folder, why: format!("it holds no {}", layout::DATABASE) })
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.folder
    }

    /// Whether it still holds the file that says that the case is being made, or was when its making was cut off.
    pub fn is_unfinished(&self) -> bool {
        matches!(look_at(&self.folder.join(MAKING)), Ok(Some(_)))
    }

    /// Where each log ends, as the head file says; `None` if it does not say.
    pub fn read_heads(&self, findings: &mut Findings) -> Option<Heads> {
        match self.settled_heads() {
            Ok(contents) => {
                for fault in &contents.faults {
                    findings.push(Finding::damage(Kind::DamagedHeads, layout::HEADS, fault.clone()));
                }
                contents.heads
            }
            Err(why) => {
                let without = "entries cut from the end would not be noticed";
                let what = format!("{}, so {without}", full_text(&why));
                findings.push(finding_of(&why, Kind::DamagedHeads, layout::HEADS, what));
                None
            }
        }
    }

    /// The same once more, to see what has been written meanwhile.
    pub fn latest_heads(&self) -> Option<Heads> {
        self.settled_heads().ok()?.heads
    }

    /// The head file as it is when nobody writes it: a half that is being written just now reads as damaged.
    fn settled_heads(&self) -> Result<heads::Contents, StoreError> {
        let path = self.folder.join(layout::HEADS);
        let read = || look_at(&path).and_then(|_| heads::read_heads(&path));
        let mut contents = read()?;
        for _ in 0..AGAIN {
            if contents.faults.is_empty() {
                break;
            }
            std::thread::sleep(A_WRITE);
            contents = read()?;
        }
        Ok(contents)
    }

    /// Opens the log and looks at the database as a whole. `None` if the log cannot be read, or not safely; why is
    /// among the findings. Fails if only a newer program can tell.
    pub fn open_log(&self, findings: &mut Findings) -> Result<Option<LogRows>, StoreError> {
        let database = self.folder.join(layout::DATABASE);
        let unreadable = |why: &StoreError| database_finding(&database, why, full_text(why));
        if let Err(why) = look_at(&database) {
            findings.push(unreadable(&why));
            return Ok(None);
        }
        for ending in layout::BESIDE {
            // Nothing recorded is changed by that; but what belongs there cannot be read.
            if let Err(why) = look_at(&self.folder.join(format!("{}{ending}", layout::DATABASE))) {
                findings.push(Finding::unchecked(Kind::NotChecked, layout::DATABASE, full_text(&why)));
                return Ok(None);
            }
        }
        if matches!(look_at(&database), Ok(None)) {
            let what = "it is not there, and the head file is";
            findings.push(Finding::damage(Kind::UnreadableDatabase, layout::DATABASE, what));
            return Ok(None);
        }
        let reader = match Reader::open_to_inspect(&self.folder) {
            Ok(reader) => reader,
            Err(why @ StoreError::Newer { .. }) => return Err(why),
            Err(why) => {
                findings.push(unreadable(&why));
                return Ok(None);
            }
        };
        let rows = LogRows { reader, database: database.clone() };
        let readable = match rows.check_schema(findings) {
            Ok(readable) => readable,
            Err(why) => {
                findings.push(unreadable(&why));
                false
            }
        };
        Ok(readable.then_some(rows))
    }
}

/// The rows of a log, in one snapshot.
#[derive(Debug)]
pub struct LogRows {
    reader: Reader,
    database: PathBuf,
}

impl LogRows {
    /// Compares the tables with ours, before anything is asked of them: a view, a trigger or a generated column of
    /// somebody else would run. Gives whether the table of entries is ours to the letter.
    fn check_schema(&self, findings: &mut Findings) -> Result<bool, StoreError> {
        let connection = self.reader.connection();
        let Err(why) = schema::check_schema(connection, &self.database) else {
            self.check_pages(findings);
            return Ok(true);
        };
        if !matches!(why, StoreError::ForeignSchema { .. }) {
            return Err(why);
        }
        let readable = schema::has_own_table(connection);
        let read = if readable { "" } else { ", so nothing in it was read" };
        let what = format!("{}{read}", full_text(&why));
        findings.push(Finding::damage(Kind::UnreadableDatabase, layout::DATABASE, what));
        Ok(readable)
    }

    /// SQLite's own check of pages and indexes, and pages that no table has. It shows damage, not tampering.
    fn check_pages(&self, findings: &mut Findings) {
        let connection = self.reader.connection();
        let mut lines = Vec::new();
        let mut check = || -> rusqlite::Result<i64> {
            let mut statement = connection.prepare("PRAGMA integrity_check(50)")?;
            let mut rows = statement.query([])?;
            while let Some(row) = rows.next()? {
                lines.push(row.get::<_, String>(0)?);
            }
            connection.query_row("PRAGMA freelist_count", [], |row| row.get(0))
        };
        match check() {
            Ok(0) => {}
            Ok(unused) => {
                let what = format!("{unused} of its pages are unused; carecert leaves none, so something was removed");
                findings.push(Finding::notice(Kind::ChangedContainer, layout::DATABASE, what));
            }
            Err(why) => {
                let why = StoreError::sql(layout::DATABASE, why);
                let what = format!("its pages cannot be checked: {}", full_text(&why));
                findings.push(database_finding(&self.database, &why, what));
            }
        }
        lines.retain(|line| line != "ok");
        let hindered = !lines.is_empty() && is_hindered(&self.database);
        findings.extend(lines.into_iter().map(|line| {
            if hindered {
                Finding::unchecked(Kind::NotChecked, layout::DATABASE, line)
            } else {
                Finding::damage(Kind::UnreadableDatabase, layout::DATABASE, line)
            }
        }));
    }

    /// Hands on the text of each row in the order of the case, or why it is none. Gives whether that came to an end.
    pub fn read(&self, findings: &mut Findings, each: &mut dyn FnMut(Result<&str, &'static str>)) -> bool {
        let mut count = 0_u64;
        let mut walk = |findings: &mut Findings| -> rusqlite::Result<()> {
            let connection = self.reader.connection();
            let mut statement = connection.prepare("SELECT id, text FROM record NOT INDEXED ORDER BY id")?;
            let mut rows = statement.query([])?;
            let mut expected = 1;
            while let Some(row) = rows.next()? {
                let id: i64 = row.get(0)?;
                if id != expected {
                    let what = format!("row {id} stands where row {expected} should");
                    findings.push(Finding::damage(Kind::WrongOrder, format!("row {id}"), what));
                }
                expected = id.saturating_add(1);
                count += 1;
                each(match row.get_ref(1)? {
                    ValueRef::Text(bytes) => std::str::from_utf8(bytes).map_err(|_| "this row is not UTF-8"),
                    ValueRef::Null | ValueRef::Integer(_) | ValueRef::Real(_) | ValueRef::Blob(_) => {
                        Err("this row is stored as something else than text")
                    }
                });
            }
            Ok(())
        };
        let Err(why) = walk(findings) else { return true };
        let why = StoreError::sql(layout::DATABASE, why);
        let what = format!("reading the entries stopped after {count} of them: {}", full_text(&why));
        findings.push(database_finding(&self.database, &why, what));
        false
    }
}

/// A fault of the database as a finding.
fn database_finding(database: &Path, why: &StoreError, what: String) -> Finding {
    let malformed = matches!(why, StoreError::Sql { source, .. }
        if source.sqlite_error_code() == Some(ErrorCode::DatabaseCorrupt));
    if malformed && is_hindered(database) {
        return Finding::unchecked(Kind::NotChecked, layout::DATABASE, what);
    }
    finding_of(why, Kind::UnreadableDatabase, layout::DATABASE, what)
}

/// Whether some page cannot be read at all. SQLite calls a file malformed also if the disk fails while it runs a
/// statement; only reading every page, without a look at what is in it, tells the two apart.
fn is_hindered(database: &Path) -> bool {
    let read = || -> rusqlite::Result<()> {
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let from = Connection::open_with_flags(database, flags)?;
        // Without a name, SQLite makes it in a file of its own and throws it away.
        let mut to = Connection::open("")?;
        let backup = Backup::new(&from, &mut to)?;
        while matches!(backup.step(1000)?, StepResult::More) {}
        Ok(())
    };
    read().is_err_and(|why| !StoreError::sql(database, why).shows_damage())
}

/// A fault with its causes, from the outermost in, in one line.
pub fn full_text(why: &StoreError) -> String {
    let mut what = why.to_string();
    if let StoreError::NotACase { why, .. } | StoreError::ForeignSchema { why, .. } = why {
        what = format!("{what}: {why}");
    }
    let mut cause = why.source();
    while let Some(why) = cause {
        what = format!("{what}: {why}");
        cause = why.source();
    }
    what
}

/// A fault as a finding: damage if it shows that something is not as it was recorded, and unchecked if it only keeps
/// us from looking, as a lock, a full disk or a missing permission does.
pub fn finding_of(why: &StoreError, kind: Kind, place: impl Into<String>, what: impl Into<String>) -> Finding {
    if why.shows_damage() {
        Finding::damage(kind, place, what)
    } else {
        Finding::unchecked(Kind::NotChecked, place, what)
    }
}
