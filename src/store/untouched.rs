//! Whether SQLite's files are as the program left them. A restore such as `cp backup case.sqlite3` puts other bytes into
//! the very file that is open: it stays the same file, and SQLite, which has its pages at hand, does not notice. So each
//! process leaves a mark when it has written, and whoever finds another one reads the case again with fresh eyes first.

use super::{
    error::StoreError,
    file::CaseFile,
    layout,
    lock::Held,
    read::{Loaded, Reader},
};
use crate::domain::{
    finding::{Finding, Level},
    id::EntryId,
};
use std::{fmt::Write as _, io, path::Path, time::SystemTime};

/// Sizes and times of change of the database and of its write-ahead log, as the lock file holds them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Mark(String);

impl Mark {
    /// The mark of what stands there now.
    pub(super) fn of(database: &Path) -> Result<Self, StoreError> {
        let mut text = String::from("carecert");
        for ending in ["", "-wal"] {
            let path = layout::beside_database(database, ending);
            match path.symlink_metadata() {
                Ok(there) => {
                    let since = there.modified().ok().and_then(|at| at.duration_since(SystemTime::UNIX_EPOCH).ok());
                    let _ = write!(text, " {} {}", there.len(), since.unwrap_or_default().as_nanos());
                }
                Err(why) if why.kind() == io::ErrorKind::NotFound => text.push_str(" - -"),
                Err(why) => return Err(StoreError::io("look at", path, why)),
            }
        }
        text.push('\n');
        Ok(Self(text))
    }

    /// The mark in this text; `None` where there is none.
    pub(super) fn read(text: &str) -> Option<Self> {
        let line = text.split_inclusive('\n').next().filter(|line| line.ends_with('\n'))?;
        line.starts_with("carecert ").then(|| Self(line.to_owned()))
    }

    /// Its text in the lock file.
    pub(super) fn text(&self) -> &str {
        &self.0
    }
}

/// How much damage the entries show.
pub(super) fn count_damage(findings: &[Finding]) -> usize {
    findings.iter().filter(|finding| finding.level == Level::Damage).count()
}

impl CaseFile {
    /// Leaves the mark of what this process has written.
    pub(super) fn leave_mark(&mut self, held: &Held) {
        // Without a mark the next write costs a look at the whole case, and nothing else.
        self.mark = Mark::of(&self.database).ok();
        if let Some(mark) = &self.mark {
            held.leave(mark);
        }
    }

    /// Whether nobody else has written into SQLite's files since one of us did: [`StoreError::Replaced`] where what is
    /// recorded is not what they hold.
    pub(super) fn check_untouched(&self, held: &Held) -> Result<(), StoreError> {
        let now = Mark::of(&self.database)?;
        if self.mark.as_ref() == Some(&now) || held.mark().as_ref() == Some(&now) {
            return Ok(());
        }
        self.check_whole()
    }

    /// Reads the case as somebody would who opens it now, and compares it with what this process knows to be recorded.
    pub(super) fn check_whole(&self) -> Result<(), StoreError> {
        let replaced = |is| StoreError::Replaced { path: self.database.clone(), is };
        let read = Reader::open(&self.folder).and_then(|reader| reader.load(0).map(|loaded| (reader, loaded)));
        let (reader, loaded) = match read {
            Ok(read) => read,
            Err(why) if why.shows_damage() => return Err(replaced("other bytes were written into it")),
            Err(why) => return Err(why),
        };
        let Loaded { findings, last_id, .. } = loaded;
        if last_id < self.last_id || count_damage(&findings) > self.damage {
            return Err(replaced("other bytes were written into it"));
        }
        for (console, head) in &self.known {
            let lost = self.lost.get(console) == Some(head) || head.seq == 0;
            let at = EntryId { console: console.clone(), seq: head.seq };
            if !lost && reader.hash(&at)? != Some(head.hash) {
                return Err(replaced("it does not hold what was recorded"));
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mark_is_read_as_it_was_left_and_nothing_else_is_one() {
        let folder = tempfile::tempdir().unwrap();
        let database = folder.path().join("case.sqlite3");
        std::fs::write(&database, "pages").unwrap();
        let mark = Mark::of(&database).unwrap();
        assert_eq!(Mark::read(mark.text()), Some(mark.clone()));
        assert_eq!(Mark::read(&format!("{}of an earlier, longer one", mark.text())), Some(mark.clone()));
        for other in ["", "carecert 1 2", "mark 1 2 - -\n"] {
            assert_eq!(Mark::read(other), None);
        }
        std::fs::write(folder.path().join("case.sqlite3-wal"), "frames").unwrap();
        assert_ne!(Mark::of(&database).unwrap(), mark);
    }
}
