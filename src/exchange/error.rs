//! Why something could not leave or enter.

use std::{error::Error, io};

/// A fault of an export or of the check of one.
#[derive(Debug, thiserror::Error)]
pub enum ExchangeError {
    /// The file could not be written.
    #[error("it could not be written")]
    Write(#[source] io::Error),
    /// Something could not be read.
    #[error("{place} could not be read")]
    Read {
        /// What.
        place: String,
        /// Why.
        source: io::Error,
    },
    /// An item that the records say is kept is not there.
    #[error("evidence {place} is missing: {sha256} is not in the case's evidence folder")]
    MissingEvidence {
        /// Its citation and name.
        place: String,
        /// The hash that the record states.
        sha256: String,
    },
    /// An item has other bytes than were taken in.
    #[error("evidence {place} is not as it was taken in: the file {sha256} has other bytes than its record states")]
    ChangedEvidence {
        /// Its citation and name.
        place: String,
        /// The hash that the record states.
        sha256: String,
    },
    /// An entry that somebody wrote over several lines, so that a log of one entry a line cannot hold it.
    #[error("the entry {place} is not one line, as every entry is when it is recorded")]
    NotOneLine {
        /// Its citation.
        place: String,
    },
    /// A part of an export could not be made from the case.
    #[error("{what} could not be made")]
    Make {
        /// Such as `the report`.
        what: &'static str,
        /// Why.
        source: Box<dyn Error + Send + Sync>,
    },
    /// The work was cancelled.
    #[error("cancelled")]
    Cancelled,
}

impl ExchangeError {
    /// A part named `what` that could not be made.
    pub fn make(what: &'static str, source: impl Error + Send + Sync + 'static) -> Self {
        Self::Make { what, source: Box::new(source) }
    }

    /// What to do about it.
    pub fn hint(&self) -> String {
        let hint = match self {
            Self::Write(why) if is_disk_full(why) => "free some space, or name another disk with --out",
            Self::Write(why) if why.kind() == io::ErrorKind::PermissionDenied => {
                "name a folder that you may write to with --out"
            }
            Self::Write(_) => "check the disk and the path, and try again",
            Self::Read { source, .. } if source.kind() == io::ErrorKind::NotFound => "check the path",
            Self::Read { source, .. } if source.kind() == io::ErrorKind::PermissionDenied => {
                "check who owns it and whether you may read it"
            }
            Self::Read { .. } => "check the disk that holds it, and try again",
            Self::MissingEvidence { .. } | Self::ChangedEvidence { .. } => {
                "nothing was exported; `carecert verify` lists every fault, and the formats html, md, jsonl and csv \
                 need no evidence"
            }
            Self::NotOneLine { .. } => {
                "nothing was exported; `carecert verify` lists every fault, and the formats html, md and csv do not need \
                 the lines"
            }
            Self::Make { .. } => {
                "this is a fault of the program: please report it; the format jsonl needs nothing else"
            }
            Self::Cancelled => "nothing was written",
        };
        hint.to_owned()
    }
}

/// Whether there is no room for what is written: on the disk, in a quota, or in a file that may not grow so large.
fn is_disk_full(why: &io::Error) -> bool {
    matches!(why.kind(), io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded | io::ErrorKind::FileTooLarge)
}

impl From<io::Error> for ExchangeError {
    fn from(why: io::Error) -> Self {
        Self::Write(why)
    }
}

impl From<zip::result::ZipError> for ExchangeError {
    fn from(why: zip::result::ZipError) -> Self {
        if let zip::result::ZipError::Io(why) = why { Self::Write(why) } else { Self::make("the zip", why) }
    }
}

impl From<minijinja::Error> for ExchangeError {
    fn from(why: minijinja::Error) -> Self {
        Self::make("the report", why)
    }
}

impl From<csv::Error> for ExchangeError {
    fn from(why: csv::Error) -> Self {
        let why = why.into_kind();
        if let csv::ErrorKind::Io(why) = why {
            Self::Write(why)
        } else {
            Self::make("the table", io::Error::other(format!("{why:?}")))
        }
    }
}
