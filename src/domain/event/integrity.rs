//! What the program sees of its own record and clock.

use super::{
    macros::payload,
    said::{About, DetailRow, Mark, Names, Said, Sign, Undo},
};
use crate::domain::{id::Hash, person::Person, time::Time, wording::duration::clock_difference};

payload! {
    "clock.checked" 1
    /// This machine's clock was compared with another.
    ClockChecked {
        /// What it was compared with.
        reference: String,
        /// What the reference said (UTC).
        read: Time,
        /// What this machine said at that moment (UTC).
        machine: Time,
        /// How far this machine is ahead, milliseconds; negative when behind.
        ahead_ms: i64,
    }
}

impl ClockChecked {
    /// This machine said `machine` at the moment when the reference said `read`.
    pub fn of(reference: String, read: Time, machine: Time) -> Self {
        Self { reference, read, machine, ahead_ms: (machine.micros() - read.micros()) / 1000 }
    }
}

impl Said for ClockChecked {
    fn sign(&self) -> Sign {
        Sign { label: "clock checked", tag: "time", mark: Mark::Case }
    }

    fn line(&self, _: &Person, _: &dyn Names) -> String {
        format!("this machine is {} against {}", clock_difference(self.ahead_ms), self.reference)
    }

    fn sentence(&self, _: &dyn Names) -> String {
        format!("this machine is {} against {}", clock_difference(self.ahead_ms), self.reference)
    }

    fn rows(&self, _: &dyn Names) -> Vec<DetailRow> {
        vec![
            ("Reference", format!("{} said {}", self.reference, self.read)),
            ("Machine", format!("said {}, which is {}", self.machine, clock_difference(self.ahead_ms))),
        ]
    }

    fn texts(&self) -> Vec<&str> {
        vec![&self.reference]
    }

    fn observed(&self) -> Vec<&str> {
        Vec::new()
    }

    fn about(&self) -> About<'_> {
        About::NOTHING
    }

    fn undo(&self) -> Undo {
        Undo::Stays { why: "the clocks stood so at that moment", instead: "compare the clock again" }
    }

    fn needs_open_case(&self) -> bool {
        false
    }

    fn written_by_itself(&self) -> bool {
        true
    }
}

payload! {
    "clock.jumped" 1
    /// This machine's clock jumped while the program ran.
    ClockJumped {
        /// How far it jumped forward, milliseconds; negative when back.
        by_ms: i64,
    }
}

impl Said for ClockJumped {
    fn sign(&self) -> Sign {
        Sign { label: "clock jumped", tag: "time", mark: Mark::Lost }
    }

    fn line(&self, _: &Person, _: &dyn Names) -> String {
        format!("this machine's clock jumped by {} s", self.by_ms / 1000)
    }

    fn sentence(&self, _: &dyn Names) -> String {
        format!("this machine's clock jumped: now {}", clock_difference(self.by_ms))
    }

    fn rows(&self, _: &dyn Names) -> Vec<DetailRow> {
        vec![("Jump", format!("{} ms", self.by_ms))]
    }

    fn texts(&self) -> Vec<&str> {
        Vec::new()
    }

    fn observed(&self) -> Vec<&str> {
        Vec::new()
    }

    fn about(&self) -> About<'_> {
        About::NOTHING
    }

    fn undo(&self) -> Undo {
        Undo::Stays { why: "the program saw it", instead: "add a note that says what you know" }
    }

    fn needs_open_case(&self) -> bool {
        false
    }

    fn written_by_itself(&self) -> bool {
        true
    }
}

payload! {
    "entries.missing" 1
    /// Entries that were recorded are no longer in the case file. Their numbers are not used again.
    EntriesMissing {
        /// The last number that is there, 0 for none.
        after: u64,
        /// The last number that was recorded.
        last: u64,
        /// Its hash, from the head file.
        hash: Hash,
        /// Where a copy of the damaged files is kept.
        kept: String,
    }
}

impl Said for EntriesMissing {
    fn sign(&self) -> Sign {
        Sign { label: "ENTRIES LOST", tag: "MISSING", mark: Mark::Lost }
    }

    fn line(&self, _: &Person, _: &dyn Names) -> String {
        format!("entries {} to {} are lost", self.after + 1, self.last)
    }

    fn sentence(&self, _: &dyn Names) -> String {
        let (first, last, kept) = (self.after + 1, self.last, &self.kept);
        format!(
            "entries {first} to {last} of this log were recorded and are no longer in the case file; damaged files are in {kept}"
        )
    }

    fn rows(&self, _: &dyn Names) -> Vec<DetailRow> {
        vec![
            ("Lost", format!("entries {} to {}", self.after + 1, self.last)),
            ("Last hash", self.hash.to_string()),
            ("Kept", self.kept.clone()),
        ]
    }

    fn texts(&self) -> Vec<&str> {
        vec![&self.kept]
    }

    fn observed(&self) -> Vec<&str> {
        Vec::new()
    }

    fn about(&self) -> About<'_> {
        About::NOTHING
    }

    fn undo(&self) -> Undo {
        Undo::Stays { why: "the program saw it", instead: "add a note that says what you know" }
    }

    fn needs_open_case(&self) -> bool {
        false
    }

    fn written_by_itself(&self) -> bool {
        true
    }
}

payload! {
    "damage.seen" 1
    /// The program saw that something else had changed what is kept: the log, the head file, an item of evidence.
    DamageSeen {
        /// What was seen, and what was done about it.
        what: String,
        /// Whether it was put right: what was recorded is there again as it was. Where it was not, no check calls the case
        /// intact again.
        mended: bool,
    }
}

impl Said for DamageSeen {
    fn sign(&self) -> Sign {
        let (label, tag) = if self.mended { ("damage mended", "mended") } else { ("DAMAGE", "DAMAGE") };
        Sign { label, tag, mark: Mark::Lost }
    }

    fn line(&self, _: &Person, _: &dyn Names) -> String {
        self.what.clone()
    }

    fn sentence(&self, _: &dyn Names) -> String {
        self.what.clone()
    }

    fn rows(&self, _: &dyn Names) -> Vec<DetailRow> {
        vec![
            ("Seen", self.what.clone()),
            ("Put right", if self.mended { "yes" } else { "no: no check calls the case intact again" }.into()),
        ]
    }

    fn texts(&self) -> Vec<&str> {
        vec![&self.what]
    }

    fn observed(&self) -> Vec<&str> {
        Vec::new()
    }

    fn about(&self) -> About<'_> {
        About::NOTHING
    }

    fn undo(&self) -> Undo {
        Undo::Stays { why: "the program saw it", instead: "add a note that says what you know" }
    }

    fn needs_open_case(&self) -> bool {
        false
    }

    fn written_by_itself(&self) -> bool {
        true
    }
}
