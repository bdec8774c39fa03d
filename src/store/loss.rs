//! Entries that were recorded and are gone: what the head file promises and the database does not have.

use super::{
    error::StoreError,
    heads::{self, Heads},
    layout,
};
use crate::domain::{
    id::{ConsoleId, Hash},
    record::Head,
};
use std::path::Path;

/// Entries that the head file promises and the database does not have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Loss {
    /// The log.
    pub console: ConsoleId,
    /// The last number that is there.
    pub after: u64,
    /// The last number that was recorded, and its hash.
    pub head: Head,
    /// The folder that keeps a copy of the damaged files.
    pub kept: String,
}

/// What a head file promises and a database does not have.
pub(super) fn find_losses(promised: &heads::Contents, present: &Heads) -> Vec<Loss> {
    let mut losses = Vec::new();
    for (console, head) in promised.heads.iter().flatten() {
        let after = present.get(console).map_or(0, |head| head.seq);
        if head.seq > after {
            losses.push(Loss { console: console.clone(), after, head: *head, kept: String::new() });
        }
    }
    losses
}

/// Keeps the files as they are, named by the lost head, so that the same loss is kept once.
pub(super) fn keep_damaged_files(folder: &Path, losses: &[Loss]) -> Result<String, StoreError> {
    let of: Vec<String> = losses.iter().map(|loss| format!("{} {}", loss.console, loss.head.hash)).collect();
    let name = format!("damaged-{}", &Hash::of(of.join("\n").as_bytes()).to_string()[..8]);
    let kept = folder.join(&name);
    layout::make_folder(&kept)?;
    for file in [layout::DATABASE, "case.sqlite3-wal", layout::HEADS] {
        let (from, to) = (folder.join(file), kept.join(file));
        if from.exists() && !to.exists() {
            layout::copy_file(&from, &to)?;
        }
    }
    Ok(name)
}
