//! The case file and the evidence vault: the only room that knows SQL.
//!
//! A case is a folder: `case.sqlite3`, `case.heads` and `case.lock`, and `evidence/` beside them.

pub mod snapshot;
pub mod vault;
pub mod watch;
