//! The case file and the evidence vault: the only room that knows SQL.
//!
//! A case is a folder: `case.sqlite3` with the records, `case.heads` with where each log ends, `case.lock`, and
//! `evidence/` beside them.
//!
//! What this room calls recorded is on disk with its head, whatever happens next. It knows no meaning of an entry: what
//! may be recorded is decided in [`decide`](crate::domain::decide). Nothing in the folder is trusted, since others can
//! write there too.

// A new outcome of a read, a write or a look at a file is not passed over in silence: every match over ours names what it means. Tests may.
#![cfg_attr(not(test), deny(clippy::wildcard_enum_match_arm))]

pub mod adding;
mod append;
pub mod cases;
mod connection;
pub mod contradiction;
pub mod error;
pub mod file;
pub mod folder_check;
pub mod follow;
pub mod heads;
mod identity;
pub mod in_progress;
pub mod inspect;
pub mod layout;
pub mod leftovers;
mod lock;
pub mod loss;
mod pipe_watch;
pub mod read;
pub mod regular;
pub mod schema;
mod settle;
pub mod snapshot;
mod untouched;
pub mod vault;
pub mod watch;
