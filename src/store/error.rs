//! Why the case file or the vault could not do what was asked.

use crate::domain::{
    problem::{Problem, causes_of},
    wording::number::byte_size,
};
use std::{io, path::PathBuf, time::Duration};

/// How long another process is waited for before it is said that the case is locked.
pub const PATIENCE: Duration = Duration::from_secs(10);

/// A fault of the store: what, where and why.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The system refused something with a path.
    #[error("cannot {what} {}", path.display())]
    Io {
        /// Such as `read` or `write`.
        what: &'static str,
        /// What with.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// SQLite refused something.
    #[error("the case file {} gave an error", path.display())]
    Sql {
        /// The database.
        path: PathBuf,
        /// Why.
        source: rusqlite::Error,
    },
    /// No case stands there.
    #[error("{} is not a case", path.display())]
    NotACase {
        /// The folder or file.
        path: PathBuf,
        /// What speaks against it.
        why: String,
    },
    /// The file was written by a newer program.
    #[error("{} was written by a newer carecert: its format is {found}, this program knows up to {known}", path.display())]
    Newer {
        /// The database.
        path: PathBuf,
        /// Its format.
        found: i64,
        /// Ours.
        known: i64,
    },
    /// The database has other tables, indexes or triggers than this program makes: what it says cannot be trusted.
    #[error("{} has other tables than a case file has", path.display())]
    ForeignSchema {
        /// The database.
        path: PathBuf,
        /// The first difference.
        why: String,
    },
    /// A query went on for longer than a database of that size can need.
    #[error("reading {} took more work than a case file of its size can need", path.display())]
    Endless {
        /// The database.
        path: PathBuf,
    },
    /// A file that is open is not the one at its path any more.
    #[error("{} is not the one that was opened: {is}", path.display())]
    Replaced {
        /// The path.
        path: PathBuf,
        /// What became of it.
        is: &'static str,
    },
    /// Another program holds the case.
    #[error("another program has held {} for {seconds} seconds", path.display())]
    Locked {
        /// The case.
        path: PathBuf,
        /// How long we waited.
        seconds: u64,
    },
    /// The case cannot be written to.
    #[error("{} can be read but not written", path.display())]
    ReadOnly {
        /// The case.
        path: PathBuf,
    },
    /// The disk is full.
    #[error("the disk that holds {} is full", path.display())]
    Full {
        /// What was to be written.
        path: PathBuf,
    },
    /// The disk is full, and what was to be written is evidence.
    #[error("the disk that holds {} is full", path.display())]
    FullOfEvidence {
        /// What was to be written.
        path: PathBuf,
    },
    /// The disk has too little room for what is about to be written: nothing was written yet.
    #[error("the disk that holds {} has no room for this: {} are free, {} are needed", path.display(), byte_size(*has), byte_size(*needs))]
    NoRoom {
        /// The folder.
        path: PathBuf,
        /// What is needed, bytes.
        needs: u64,
        /// What is free, bytes.
        has: u64,
    },
    /// The disk cannot hold a file of that size, such as one above 4 GiB on FAT32.
    #[error("the disk that holds {} takes no file so large", path.display())]
    TooLargeForDisk {
        /// What was to be written.
        path: PathBuf,
    },
    /// A case could not be made, and nothing is left of it.
    #[error("the case could not be made")]
    NewCase(#[source] Box<Self>),
    /// What the program keeps for itself cannot be written where it belongs.
    #[error(transparent)]
    Home(Box<Self>),
    /// What should be a regular file is something else.
    #[error("{} is {is}, not a file", path.display())]
    NotAFile {
        /// The path.
        path: PathBuf,
        /// What it is.
        is: &'static str,
    },
    /// What is to be taken in as evidence is no regular file.
    #[error("{} is {is}, not a file", path.display())]
    NotEvidence {
        /// The path.
        path: PathBuf,
        /// What it is.
        is: &'static str,
    },
    /// What should be a folder is something else.
    #[error("{} is {is}, not a folder", path.display())]
    NotAFolder {
        /// The path.
        path: PathBuf,
        /// What it is.
        is: &'static str,
    },
    /// A file that is read whole is larger than such a file may be.
    #[error("{} has more than {} bytes", path.display(), most)]
    TooLarge {
        /// The file.
        path: PathBuf,
        /// The limit, bytes.
        most: u64,
    },
    /// A file that should be text is not.
    #[error("{} is not UTF-8 text", path.display())]
    NotText {
        /// The file.
        path: PathBuf,
    },
    /// A source of evidence changed while it was read.
    #[error("{} changed while it was read", path.display())]
    Changing {
        /// The source.
        path: PathBuf,
    },
    /// The work was cancelled.
    #[error("cancelled")]
    Cancelled,
    /// A record could not be written as JSON.
    #[error("an entry could not be written as JSON")]
    Json(#[from] serde_json::Error),
    /// A name does not say which case is meant.
    #[error("{given:?} could be any of {}", known.join(", "))]
    AmbiguousCase {
        /// As given.
        given: String,
        /// Those that it could be.
        known: Vec<String>,
    },
    /// No case of that name.
    #[error("there is no case {given:?} in {}", home.display())]
    UnknownCase {
        /// As given.
        given: String,
        /// Where we looked.
        home: PathBuf,
    },
}

impl StoreError {
    /// A fault of the system with a path; a full disk is told apart.
    #[expect(clippy::wildcard_enum_match_arm, reason = "the kinds are the standard library's, which adds to them")]
    pub fn io(what: &'static str, path: impl Into<PathBuf>, source: io::Error) -> Self {
        let path = path.into();
        match source.kind() {
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => Self::Full { path },
            io::ErrorKind::FileTooLarge => Self::TooLargeForDisk { path },
            _ => Self::Io { what, path, source },
        }
    }

    /// Whether this says that something recorded is changed or lost, and not only that it cannot be read now: no access,
    /// a lock, a full disk or a failing device tell nothing of what was recorded.
    pub fn shows_damage(&self) -> bool {
        match self {
            Self::Sql { source, .. } => sql_shows_damage(source),
            Self::NotACase { .. }
            | Self::ForeignSchema { .. }
            | Self::Endless { .. }
            | Self::NotAFile { .. }
            | Self::NotEvidence { .. }
            | Self::NotAFolder { .. }
            | Self::NotText { .. }
            | Self::TooLarge { .. } => true,
            Self::Io { source, .. } => source.kind() == io::ErrorKind::NotFound,
            Self::Newer { .. }
            | Self::Replaced { .. }
            | Self::Locked { .. }
            | Self::ReadOnly { .. }
            | Self::Full { .. }
            | Self::FullOfEvidence { .. }
            | Self::TooLargeForDisk { .. }
            | Self::NoRoom { .. }
            | Self::Home(_)
            | Self::NewCase(_)
            | Self::Changing { .. }
            | Self::Cancelled
            | Self::Json(_)
            | Self::AmbiguousCase { .. }
            | Self::UnknownCase { .. } => false,
        }
    }

    /// The same for a write of evidence, which need not be copied.
    #[must_use]
    pub fn of_evidence(self) -> Self {
        if let Self::Full { path } = self {
            Self::FullOfEvidence { path }
        } else if let Self::NotAFile { path, is } = self {
            Self::NotEvidence { path, is }
        } else {
            self
        }
    }

    /// The same for a case that was being made: its files are gone, and no hint may name them.
    #[must_use]
    pub fn of_new_case(self) -> Self {
        if matches!(self, Self::Sql { .. }) { Self::NewCase(Box::new(self)) } else { self }
    }

    /// The same for a folder of the program's own, which may be another.
    #[must_use]
    pub fn of_home(self) -> Self {
        if matches!(self, Self::Io { .. }) { Self::Home(Box::new(self)) } else { self }
    }

    /// A fault of SQLite; full disks, locks, unwritable files and foreign files are told apart.
    pub fn sql(path: impl Into<PathBuf>, source: rusqlite::Error) -> Self {
        use rusqlite::ErrorCode;
        let path = path.into();
        match source.sqlite_error_code() {
            // The index of the log found no room.
            Some(ErrorCode::SystemIoFailure)
                if source
                    .sqlite_error()
                    .is_some_and(|error| error.extended_code == rusqlite::ffi::SQLITE_IOERR_SHMSIZE) =>
            {
                Self::Full { path }
            }
            Some(ErrorCode::DiskFull) => Self::Full { path },
            Some(ErrorCode::ReadOnly) => Self::ReadOnly { path },
            // The last is a lock that SQLite itself tried for ten seconds to get, such as one that a server did not give
            // back.
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked | ErrorCode::FileLockingProtocolFailed) => {
                Self::Locked { path, seconds: PATIENCE.as_secs() }
            }
            Some(ErrorCode::OperationInterrupted) => Self::Endless { path },
            Some(ErrorCode::NotADatabase) => Self::NotACase { path, why: "it is not a SQLite database".into() },
            _ => Self::Sql { path, source },
        }
    }

    /// What to do about it.
    pub fn hint(&self) -> String {
        match self {
            Self::Io { source, .. } if source.kind() == io::ErrorKind::NotFound => "check the path".into(),
            Self::Io { source, .. } if source.kind() == io::ErrorKind::PermissionDenied => {
                "check who owns it and whether you may use it".into()
            }
            Self::Io { .. } => "check the disk and the path, and try again".into(),
            Self::Sql { path, .. } => format!("run: carecert verify {}", quote_path(path.parent().unwrap_or(path))),
            Self::NotACase { .. } => "name a case's folder, or an id that `carecert cases` shows".into(),
            Self::ForeignSchema { path, .. } => {
                format!(
                    "somebody changed it: run carecert verify {}, and use a copy from before",
                    quote_path(path.parent().unwrap_or(path))
                )
            }
            Self::Endless { path } => format!("run: carecert verify {}", quote_path(path.parent().unwrap_or(path))),
            Self::Replaced { .. } => {
                "keep the text, leave the case and open it again; run carecert verify on it and on the copy that was \
                 moved away"
                    .into()
            }
            Self::Newer { .. } => "use that newer carecert; nothing was changed".into(),
            Self::Locked { .. } => "close the other program or wait for it, and try again".into(),
            Self::ReadOnly { .. } => "copy the case to a folder that you can write to".into(),
            Self::Full { .. } => "free some space and try again".into(),
            Self::FullOfEvidence { .. } => {
                "free some space and try again, or take what is very large by reference".into()
            }
            Self::NoRoom { .. } => {
                "free some space, use another disk, or take what is very large by reference: nothing was written".into()
            }
            Self::TooLargeForDisk { .. } => {
                "use a disk with another file system (FAT32 takes files up to 4 GiB), or take the item by reference"
                    .into()
            }
            Self::NewCase(_) => "nothing is left of it: check the disk, and try again".into(),
            Self::Home(_) => "give a folder that you can write to with --home DIR or CARECERT_HOME".into(),
            Self::NotEvidence { is: "a folder", .. } => "name the files in it, or pack it into one file first".into(),
            Self::NotEvidence { is: "a link", .. } => "use the file that it points to".into(),
            Self::NotEvidence { .. } => "copy its content into a file first".into(),
            Self::NotAFolder { .. } => "look at what took the folder's place, and put the folder back".into(),
            Self::NotAFile { .. } => {
                "carecert follows no link here and reads no pipe or device: put a plain file in its place".into()
            }
            Self::TooLarge { .. } => "check that this is the right file".into(),
            Self::NotText { .. } => "save it as UTF-8 text".into(),
            Self::Changing { .. } => "stop what writes to it, or copy it first and take in the copy".into(),
            Self::Cancelled => "nothing was recorded".into(),
            Self::Json(_) => "this is a fault of the program: please report it".into(),
            Self::AmbiguousCase { .. } => "write more of its name, or its id".into(),
            Self::UnknownCase { .. } => "`carecert cases` shows the ids".into(),
        }
    }
}

/// A path in a command to be typed: in quotes if it has a space.
fn quote_path(path: &std::path::Path) -> String {
    let text = path.display().to_string();
    if text.contains(' ') { format!("\"{text}\"") } else { text }
}

/// A file that ends in the middle of a page is cut off; every other fault of input or output may pass.
fn sql_shows_damage(source: &rusqlite::Error) -> bool {
    use rusqlite::{ErrorCode, ffi};
    let cut = source.sqlite_error().is_some_and(|why| why.extended_code == ffi::SQLITE_IOERR_SHORT_READ);
    let hindered = matches!(
        source.sqlite_error_code(),
        Some(
            ErrorCode::PermissionDenied
                | ErrorCode::OperationAborted
                | ErrorCode::OutOfMemory
                | ErrorCode::SystemIoFailure
                | ErrorCode::CannotOpen
                | ErrorCode::NoLargeFileSupport
        )
    );
    cut || !hindered
}

impl From<&StoreError> for Problem {
    fn from(fault: &StoreError) -> Self {
        let mut causes = causes_of(fault);
        if let StoreError::NotACase { why, .. } | StoreError::ForeignSchema { why, .. } = fault {
            causes.insert(0, why.clone());
        }
        Self { what: fault.to_string(), causes, hint: Some(fault.hint()) }
    }
}
