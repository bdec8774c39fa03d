//! What left this machine.

use super::{
    macros::payload,
    said::{About, DetailRow, Mark, Names, Said, Sign, Undo},
};
use crate::domain::{id::Hash, person::Person, wording::number};

payload! {
    "export.made" 1
    /// The case left this machine.
    ExportMade {
        /// Such as `bundle` or `html`.
        format: String,
        /// The file's name.
        name: String,
        /// SHA-256 of the file.
        sha256: Hash,
        /// Its size, bytes.
        size: u64,
        /// The seal of what it holds.
        seal: String,
        /// How many entries it holds.
        records: u64,
    }
}

impl Said for ExportMade {
    fn sign(&self) -> Sign {
        Sign::word("export", Mark::Case)
    }

    fn line(&self, _: &Person, _: &dyn Names) -> String {
        format!("{} as {}, {}", self.format, self.name, number::byte_size(self.size))
    }

    fn sentence(&self, _: &dyn Names) -> String {
        let (format, name, size) = (&self.format, &self.name, number::byte_size(self.size));
        format!("{format} {name} ({size}, {} entries, seal {})", self.records, self.seal)
    }

    fn rows(&self, _: &dyn Names) -> Vec<DetailRow> {
        vec![
            ("File", self.name.clone()),
            ("Format", self.format.clone()),
            ("Size", format!("{} ({} bytes)", number::byte_size(self.size), self.size)),
            ("SHA-256", self.sha256.to_string()),
            ("Seal", self.seal.clone()),
            ("Entries", self.records.to_string()),
        ]
    }

    fn texts(&self) -> Vec<&str> {
        vec![&self.name, &self.format, &self.seal]
    }

    fn observed(&self) -> Vec<&str> {
        Vec::new()
    }

    fn about(&self) -> About<'_> {
        About { sha256: Some(self.sha256), ..About::NOTHING }
    }

    fn undo(&self) -> Undo {
        Undo::Stays { why: "the file has left the case", instead: "add a note that says who has it, and export again" }
    }

    fn needs_open_case(&self) -> bool {
        false
    }

    fn written_by_itself(&self) -> bool {
        false
    }
}
