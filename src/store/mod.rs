//! The case file and the evidence vault: the only room that knows SQL.
//!
//! A case is a folder: `case.sqlite3` with the records, `case.heads` with where each log ends, `case.lock`, and
//! `evidence/` beside them.

pub mod cases;
pub mod error;
pub mod file;
pub mod folder_check;
pub mod follow;
pub mod heads;
pub mod inspect;
pub mod layout;
mod lock;
pub mod read;
pub mod regular;
pub mod schema;
pub mod snapshot;
pub mod vault;
pub mod watch;
