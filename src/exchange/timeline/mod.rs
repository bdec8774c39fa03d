//! The entries of a case in order, for spreadsheets and for Timesketch.

pub mod csv;
pub mod jsonl;
