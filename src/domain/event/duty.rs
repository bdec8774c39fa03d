//! The clocks of duties.

use super::{
    macros::payload,
    said::{About, DetailRow, Mark, Names, Said, Sign, Undo, join_with_colon},
};
use crate::domain::{duty::Duty, person::Person, time::Time};

payload! {
    "clock.started" 2
    /// A person states when the organisation became aware, and a duty's clock runs.
    ClockStarted {
        /// The duty, as it stood then.
        duty: Duty,
        /// When the organisation became aware (UTC).
        aware: Time,
        /// The deadline (UTC); `None` is without undue delay.
        deadline: Option<Time>,
        /// What the awareness rests on.
        basis: String,
    }
}

impl Said for ClockStarted {
    fn sign(&self) -> Sign {
        Sign { label: "clock started", tag: "clock", mark: Mark::Case }
    }

    fn line(&self, _: &Person, _: &dyn Names) -> String {
        format!("{} runs: aware {}", self.duty.title, self.aware.utc().format("%-d %b %H:%MZ"))
    }

    fn sentence(&self, _: &dyn Names) -> String {
        let by = self.deadline.map_or_else(|| "without undue delay".into(), |at| format!("by {}", to_the_minute(at)));
        join_with_colon(&format!("{}: aware {}, {by}", self.duty.title, to_the_minute(self.aware)), &self.basis)
    }

    fn rows(&self, _: &dyn Names) -> Vec<DetailRow> {
        vec![
            ("Duty", self.duty.title.clone()),
            ("Aware", self.aware.to_string()),
            ("Deadline", self.deadline.map_or_else(|| "without undue delay".into(), |at| at.to_string())),
            ("Basis", self.basis.clone()),
        ]
    }

    fn texts(&self) -> Vec<&str> {
        vec![&self.duty.title, &self.basis]
    }

    fn observed(&self) -> Vec<&str> {
        Vec::new()
    }

    fn about(&self) -> About<'_> {
        About::NOTHING
    }

    fn undo(&self) -> Undo {
        Undo::Stays {
            why: "a clock that ran is not forgotten",
            instead: "waive the duty, saying why it does not apply",
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
    "clock.met" 2
    /// A duty is met.
    ClockMet {
        /// The duty's identifier.
        duty: String,
        /// The receiver's reference.
        reference: String,
        /// How it was met.
        note: String,
        /// The text as sent; empty where a notification of its own holds it. Since version 2.
        #[serde(default)]
        text: String,
    }
}

impl Said for ClockMet {
    fn sign(&self) -> Sign {
        Sign { label: "duty met", tag: "clock met", mark: Mark::Case }
    }

    fn line(&self, _: &Person, names: &dyn Names) -> String {
        join_with_colon(&names.duty_title(&self.duty), &self.reference)
    }

    fn sentence(&self, names: &dyn Names) -> String {
        join_with_colon(
            &names.duty_title(&self.duty),
            if self.reference.is_empty() { &self.note } else { &self.reference },
        )
    }

    fn rows(&self, names: &dyn Names) -> Vec<DetailRow> {
        vec![
            ("Duty", names.duty_title(&self.duty)),
            ("Reference", self.reference.clone()),
            ("How", self.note.clone()),
            ("Text", self.text.clone()),
        ]
    }

    fn texts(&self) -> Vec<&str> {
        vec![&self.reference, &self.note, &self.text]
    }

    fn observed(&self) -> Vec<&str> {
        Vec::new()
    }

    fn about(&self) -> About<'_> {
        About::NOTHING
    }

    fn undo(&self) -> Undo {
        Undo::Stays {
            why: "a clock that ended does not run on by itself",
            instead: "start the duty's clock again, with the same awareness",
        }
    }

    fn needs_open_case(&self) -> bool {
        false
    }

    fn written_by_itself(&self) -> bool {
        false
    }
}

payload! {
    "clock.waived" 1
    /// A duty does not apply, by decision.
    ClockWaived {
        /// The duty's identifier.
        duty: String,
        /// The reason.
        why: String,
    }
}

impl Said for ClockWaived {
    fn sign(&self) -> Sign {
        Sign { label: "duty waived", tag: "waived", mark: Mark::Case }
    }

    fn line(&self, _: &Person, names: &dyn Names) -> String {
        join_with_colon(&names.duty_title(&self.duty), &self.why)
    }

    fn sentence(&self, names: &dyn Names) -> String {
        join_with_colon(&names.duty_title(&self.duty), &self.why)
    }

    fn rows(&self, names: &dyn Names) -> Vec<DetailRow> {
        vec![("Duty", names.duty_title(&self.duty)), ("Reason", self.why.clone())]
    }

    fn texts(&self) -> Vec<&str> {
        vec![&self.why]
    }

    fn observed(&self) -> Vec<&str> {
        Vec::new()
    }

    fn about(&self) -> About<'_> {
        About::NOTHING
    }

    fn undo(&self) -> Undo {
        Undo::Stays {
            why: "a clock that ended does not run on by itself",
            instead: "start the duty's clock again, with the same awareness",
        }
    }

    fn needs_open_case(&self) -> bool {
        false
    }

    fn written_by_itself(&self) -> bool {
        false
    }
}

/// `2026-11-22 02:41 UTC`.
fn to_the_minute(at: Time) -> String {
    at.utc().format("%Y-%m-%d %H:%M UTC").to_string()
}
