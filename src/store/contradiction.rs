//! Where the head file and the log do not agree, though no entry is missing: somebody else changed one of them. Whoever
//! opens the case to write must say so before a new head is written over the old one.

use super::{error::StoreError, heads::Heads, read};
use crate::domain::{
    id::{ConsoleId, EntryId},
    record::Head,
};
use rusqlite::Connection;
use std::path::Path;

/// A contradiction between the head file and the log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Contradiction {
    /// The entry at a head's number has another hash.
    Changed(EntryId),
    /// A log goes on after its head for longer than one write that was cut off.
    Beyond {
        /// The log.
        console: ConsoleId,
        /// The first number that the head file does not know.
        first: u64,
        /// The last number that is there.
        last: u64,
    },
}

/// Compares what a head file says with the log, whose heads are `present`.
pub(super) fn find_contradictions(
    connection: &Connection,
    database: &Path,
    promised: &Heads,
    present: &Heads,
) -> Result<Vec<Contradiction>, StoreError> {
    let mut found = Vec::new();
    for (console, here) in present {
        let said = promised.get(console).copied().unwrap_or(Head::EMPTY);
        let at = |seq| EntryId { console: console.clone(), seq };
        if said.seq > here.seq {
            // Entries are missing, which is said elsewhere.
            continue;
        }
        if said.seq > 0 && read::hash_at(connection, database, &at(said.seq))? != Some(said.hash) {
            found.push(Contradiction::Changed(at(said.seq)));
        } else if said.seq < here.seq {
            // One write stamps all its entries with one moment.
            let entry = |seq| match read::entry_at(connection, database, &at(seq)) {
                // One that cannot be read was not written by us.
                Err(StoreError::Json(_)) => Ok(None),
                entry => entry,
            };
            let (first, last) = (entry(said.seq + 1)?, entry(here.seq)?);
            let one_write = first.zip(last).is_some_and(|(first, last)| first.at == last.at);
            if !one_write {
                found.push(Contradiction::Beyond { console: console.clone(), first: said.seq + 1, last: here.seq });
            }
        }
    }
    Ok(found)
}
