//! Evidence.

use super::{
    macros::payload,
    said::{About, DetailRow, Mark, Names, Said, Sign, Undo, join_with_colon, name_step},
};
use crate::domain::{id::Hash, person::Person, playbook::StepRef, time::Time, wording::number::byte_size};

payload! {
    "evidence.added" 1
    /// An item of evidence is taken in.
    EvidenceAdded {
        /// What it is called.
        name: String,
        /// SHA-256 of its bytes.
        sha256: Hash,
        /// Its size, bytes.
        size: u64,
        /// Whether the case holds a copy; otherwise only hash, size and place.
        copied: bool,
        /// The path or place that it was read from.
        origin: String,
        /// The system that it comes from.
        source: String,
        /// What it shows.
        about: String,
        /// The file's own modification time (UTC), as its system claims.
        modified: Option<Time>,
        /// The step that it was collected for.
        step: Option<StepRef>,
    }
}

impl Said for EvidenceAdded {
    fn sign(&self) -> Sign {
        Sign::word("evidence", Mark::Evidence)
    }

    fn line(&self, _: &Person, _: &dyn Names) -> String {
        join_with_colon(&format!("{}, {}", self.name, byte_size(self.size)), &self.about)
    }

    fn sentence(&self, _: &dyn Names) -> String {
        let kept = if self.copied { "" } else { ", by reference" };
        join_with_colon(&format!("{} ({}{kept})", self.name, byte_size(self.size)), &self.about)
    }

    fn rows(&self, names: &dyn Names) -> Vec<DetailRow> {
        vec![
            ("Name", self.name.clone()),
            ("About", self.about.clone()),
            ("Source", self.source.clone()),
            ("Path", self.origin.clone()),
            ("Size", format!("{} ({} bytes)", byte_size(self.size), self.size)),
            ("SHA-256", self.sha256.to_string()),
            ("Copy", if self.copied { "in the case" } else { "by reference only" }.into()),
            ("Modified", self.modified.map(|time| time.to_string()).unwrap_or_default()),
            ("Step", self.step.as_ref().map(|step| name_step(step, names)).unwrap_or_default()),
        ]
    }

    fn texts(&self) -> Vec<&str> {
        vec![&self.name, &self.about, &self.source, &self.origin]
    }

    fn observed(&self) -> Vec<&str> {
        vec![&self.name, &self.about]
    }

    fn about(&self) -> About<'_> {
        About { step: self.step.as_ref(), sha256: Some(self.sha256), entry: None }
    }

    fn undo(&self) -> Undo {
        Undo::Stays { why: "what was taken in stays", instead: "correct the entry, saying what is wrong with it" }
    }

    fn needs_open_case(&self) -> bool {
        false
    }

    fn written_by_itself(&self) -> bool {
        false
    }
}
