//! Playbooks in use.

use super::{
    macros::payload,
    said::{About, DetailRow, Mark, Names, Said, Sign, Undo},
};
use crate::domain::{duty::Duty, id::Hash, person::Person, playbook::Playbook};

payload! {
    "playbook.attached" 2
    /// A playbook is used from now on; its whole text is kept, so that the case explains itself.
    PlaybookAttached {
        /// The exact RON text.
        source: String,
        /// SHA-256 of that text.
        sha256: Hash,
        /// `built-in`, or the file that it was read from.
        origin: String,
        /// What the program read in the text.
        playbook: Playbook,
        /// The duties that it may start, as they stood then.
        duties: Vec<Duty>,
    }
}

impl Said for PlaybookAttached {
    fn sign(&self) -> Sign {
        Sign::word("playbook", Mark::Case)
    }

    fn line(&self, _: &Person, _: &dyn Names) -> String {
        format!("{} {}", self.playbook.title, self.playbook.version)
    }

    fn sentence(&self, _: &dyn Names) -> String {
        format!("{} (version {}, {})", self.playbook.title, self.playbook.version, self.origin)
    }

    fn rows(&self, _: &dyn Names) -> Vec<DetailRow> {
        vec![
            ("Playbook", format!("{} ({}), version {}", self.playbook.title, self.playbook.id, self.playbook.version)),
            ("Origin", self.origin.clone()),
            ("SHA-256", self.sha256.to_string()),
        ]
    }

    fn texts(&self) -> Vec<&str> {
        vec![&self.playbook.title, &self.playbook.id, &self.origin]
    }

    fn observed(&self) -> Vec<&str> {
        Vec::new()
    }

    fn about(&self) -> About<'_> {
        About::NOTHING
    }

    fn undo(&self) -> Undo {
        Undo::Stays {
            why: "steps, answers and clocks may rest on it",
            instead: "skip its steps, saying why, or attach another playbook",
        }
    }

    fn needs_open_case(&self) -> bool {
        true
    }

    fn written_by_itself(&self) -> bool {
        false
    }
}

payload! {
    "playbook.updated" 1
    /// A playbook in use is replaced by another version; what is done stays done.
    PlaybookUpdated {
        /// The exact RON text.
        source: String,
        /// SHA-256 of that text.
        sha256: Hash,
        /// `built-in`, or the file that it was read from.
        origin: String,
        /// What the program read in the text.
        playbook: Playbook,
        /// The duties that it may start, as they stood then.
        duties: Vec<Duty>,
        /// The version that it replaces.
        from: String,
        /// How the two differ, in words.
        changes: Vec<String>,
        /// The reason; may be empty.
        why: String,
    }
}

impl Said for PlaybookUpdated {
    fn sign(&self) -> Sign {
        Sign::word("playbook", Mark::Case)
    }

    fn line(&self, _: &Person, _: &dyn Names) -> String {
        format!("{} {}, was {}: {} changes", self.playbook.title, self.playbook.version, self.from, self.changes.len())
    }

    fn sentence(&self, _: &dyn Names) -> String {
        let (playbook, from) = (&self.playbook, &self.from);
        let changes = if self.changes.is_empty() { String::new() } else { format!(": {}", self.changes.join("; ")) };
        let why = if self.why.is_empty() { String::new() } else { format!(". \"{}\"", self.why) };
        format!("{} goes on with version {} in place of {from}{changes}{why}", playbook.title, playbook.version)
    }

    fn rows(&self, _: &dyn Names) -> Vec<DetailRow> {
        vec![
            ("Playbook", format!("{} ({}), version {}", self.playbook.title, self.playbook.id, self.playbook.version)),
            ("Was", self.from.clone()),
            ("Changes", self.changes.join("\n")),
            ("Reason", self.why.clone()),
            ("Origin", self.origin.clone()),
            ("SHA-256", self.sha256.to_string()),
        ]
    }

    fn texts(&self) -> Vec<&str> {
        let head = [self.playbook.title.as_str(), &self.playbook.id, &self.origin, &self.why];
        head.into_iter().chain(self.changes.iter().map(String::as_str)).collect()
    }

    fn observed(&self) -> Vec<&str> {
        Vec::new()
    }

    fn about(&self) -> About<'_> {
        About::NOTHING
    }

    fn undo(&self) -> Undo {
        Undo::Stays {
            why: "steps, answers and clocks may rest on it",
            instead: "skip its steps, saying why, or attach another playbook",
        }
    }

    fn needs_open_case(&self) -> bool {
        true
    }

    fn written_by_itself(&self) -> bool {
        false
    }
}
