//! What can happen in a case, each with the payload that its record carries.
//!
//! A payload's shape is frozen by its version: a changed shape is a new version beside the old one, so that a
//! record written years ago is still read as it was meant. `tests/frozen` holds one of each, byte for byte.

mod about;
pub mod describe;
pub(crate) mod detail;
pub(crate) mod entry_line;
mod macros;
mod subjects;
pub mod summary;

use crate::domain::{
    duty::Duty,
    id::{EntryId, Hash},
    marking::{Severity, Tlp},
    person::Person,
    playbook::{Playbook, StepRef, System, answer::Value},
    time::Time,
};
use macros::events;
use serde::{Deserialize, Serialize, Serializer};
use serde_json::value::RawValue;

pub use subjects::{
    AssetNoted, ContactNoted, DecisionCountersigned, FollowUpSet, HandoverMade, ImpactStated, IndicatorNoted,
};

events! {
    /// The case begins.
    "case.opened" 1 CaseOpened {
        /// What is wrong, in a line.
        title: String,
        /// How bad it is.
        severity: Severity,
        /// Who may see it.
        tlp: Tlp,
        /// Whether this is an exercise or a sample and no real incident.
        exercise: bool,
    }
    /// The title, the summary or the mark is changed; what is `None` stays.
    "case.amended" 1 CaseAmended {
        /// The new title.
        title: Option<String>,
        /// The new summary.
        summary: Option<String>,
        /// The new mark.
        tlp: Option<Tlp>,
    }
    /// It is judged worse or less bad.
    "severity.changed" 1 SeverityChanged {
        /// Before.
        from: Severity,
        /// From now on.
        to: Severity,
        /// The reason.
        why: String,
    }
    /// The incident is over.
    "case.closed" 1 CaseClosed {
        /// The outcome, in a sentence.
        why: String,
    }
    /// It was not over.
    "case.reopened" 1 CaseReopened {
        /// The reason.
        why: String,
    }
    /// A responder takes part from now on, or in a new role.
    "responder.joined" 1 ResponderJoined {
        /// Who.
        responder: Person,
    }
    /// A playbook is used from now on; its whole text is kept, so that the case explains itself.
    "playbook.attached" 2 PlaybookAttached {
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
    /// A playbook in use is replaced by another version; what is done stays done.
    "playbook.updated" 1 PlaybookUpdated {
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
    /// Someone is at work on a step.
    "step.started" 1 StepStarted {
        /// The step.
        step: StepRef,
        /// Anything to add.
        note: String,
    }
    /// A step is done.
    "step.done" 1 StepDone {
        /// The step.
        step: StepRef,
        /// Anything to add.
        note: String,
        /// Why it was done before what it needs, where it was.
        why: String,
        /// What it needed and was not settled.
        unmet: Vec<String>,
    }
    /// A step is left out.
    "step.skipped" 1 StepSkipped {
        /// The step.
        step: StepRef,
        /// The reason.
        why: String,
    }
    /// A step cannot go on.
    "step.blocked" 1 StepBlocked {
        /// The step.
        step: StepRef,
        /// What it waits for.
        why: String,
    }
    /// A settled step is open again.
    "step.reopened" 1 StepReopened {
        /// The step.
        step: StepRef,
        /// The reason.
        why: String,
    }
    /// A question of a step is answered, or answered anew.
    "answer.given" 1 AnswerGiven {
        /// The step that asks.
        step: StepRef,
        /// The question's identifier.
        question: String,
        /// What was asked.
        ask: String,
        /// The answer.
        value: Value,
        /// The answer in words.
        words: String,
        /// Why it is not what it was; may be empty.
        why: String,
    }
    /// Another person was asked to agree before a risky step. Who logged it is the record's `by`.
    "approval.given" 1 ApprovalGiven {
        /// The step that asks.
        step: StepRef,
        /// What they were asked.
        question: String,
        /// Whether they agreed.
        agreed: bool,
        /// Who agreed or refused.
        person: Person,
        /// By what means they were asked.
        means: String,
        /// What they said.
        words: String,
        /// Why it was asked before what it needs, where it was.
        why: String,
        /// What the step needed and was not settled.
        unmet: Vec<String>,
    }
    /// A command was run by hand, outside of this program.
    "command.reported" 1 CommandReported {
        /// The step.
        step: StepRef,
        /// The sort of system that it was run on.
        system: System,
        /// The command as the playbook gives it there.
        argv: Vec<String>,
        /// Whether it did what it should.
        succeeded: bool,
        /// What came of it.
        outcome: String,
        /// Why it was done before what it needs, where it was.
        why: String,
        /// What the step needed and was not settled.
        unmet: Vec<String>,
    }
    /// A decision, with its reasons. Who logged it is the record's `by`.
    "decision.made" 1 DecisionMade {
        /// The playbook step that asked, if one did.
        step: Option<StepRef>,
        /// The question.
        question: String,
        /// The chosen option's identifier, or empty for a decision that no playbook foresaw.
        choice: String,
        /// The choice in words.
        label: String,
        /// The reasons, as given at the time.
        rationale: String,
        /// Who decided.
        decided_by: Person,
        /// What the step needed and was not settled.
        unmet: Vec<String>,
    }
    /// Something worth remembering.
    "note" 1 Note {
        /// The text.
        text: String,
    }
    /// An item of evidence is taken in.
    "evidence.added" 1 EvidenceAdded {
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
    /// Someone was told.
    "notification.made" 1 NotificationMade {
        /// The playbook step that asked, if one did.
        step: Option<StepRef>,
        /// The duty that this meets, if one.
        duty: Option<String>,
        /// Who was told.
        to: String,
        /// By what means.
        means: String,
        /// Their reference number.
        reference: String,
        /// The text as sent or said.
        text: String,
        /// What the step needed and was not settled.
        unmet: Vec<String>,
    }
    /// A person states when the organisation became aware, and a duty's clock runs.
    "clock.started" 2 ClockStarted {
        /// The duty, as it stood then.
        duty: Duty,
        /// When the organisation became aware (UTC).
        aware: Time,
        /// The deadline (UTC); `None` is without undue delay.
        deadline: Option<Time>,
        /// What the awareness rests on.
        basis: String,
    }
    /// A duty is met.
    "clock.met" 2 ClockMet {
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
    /// A duty does not apply, by decision.
    "clock.waived" 1 ClockWaived {
        /// The duty's identifier.
        duty: String,
        /// The reason.
        why: String,
    }
    /// This machine's clock was compared with another.
    "clock.checked" 1 ClockChecked {
        /// What it was compared with.
        reference: String,
        /// What the reference said (UTC).
        read: Time,
        /// What this machine said at that moment (UTC).
        machine: Time,
        /// How far this machine is ahead, milliseconds; negative when behind.
        ahead_ms: i64,
    }
    /// This machine's clock jumped while the program ran.
    "clock.jumped" 1 ClockJumped {
        /// How far it jumped forward, milliseconds; negative when back.
        by_ms: i64,
    }
    /// An earlier entry was wrong. The entry stays, and both are shown.
    "record.corrected" 1 RecordCorrected {
        /// The entry that was wrong.
        entry: EntryId,
        /// Its hash.
        hash: Hash,
        /// What is right.
        text: String,
        /// Why it was wrong.
        why: String,
    }
    /// The case left this machine.
    "export.made" 1 ExportMade {
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
    /// Entries that were recorded are no longer in the case file. Their numbers are not used again.
    "entries.missing" 1 EntriesMissing {
        /// The last number that is there, 0 for none.
        after: u64,
        /// The last number that was recorded.
        last: u64,
        /// Its hash, from the head file.
        hash: Hash,
        /// Where a copy of the damaged files is kept.
        kept: String,
    }
    /// The program saw that something else had changed what is kept: the log, the head file, an item of evidence.
    "damage.seen" 1 DamageSeen {
        /// What was seen, and what was done about it.
        what: String,
        /// Whether it was put right: what was recorded is there again as it was. Where it was not, no check calls the case
        /// intact again.
        mended: bool,
    }
    elsewhere
    /// An entry is to be looked at again, or was.
    "follow_up.set" 1 FollowUpSet;
    /// Says how an asset stands from now on.
    "asset.noted" 1 AssetNoted;
    /// A trace by which the attack can be known elsewhere.
    "indicator.noted" 1 IndicatorNoted;
    /// Someone who can be reached.
    "contact.noted" 1 ContactNoted;
    /// What the incident means for patients from now on.
    "impact.stated" 1 ImpactStated;
    /// Another person confirms what is logged of a decision.
    "decision.countersigned" 1 DecisionCountersigned;
    /// The case is handed over.
    "handover.made" 1 HandoverMade;
}

impl ClockChecked {
    /// This machine said `machine` at the moment when the reference said `read`.
    pub fn of(reference: String, read: Time, machine: Time) -> Self {
        Self { reference, read, machine, ahead_ms: (machine.micros() - read.micros()) / 1000 }
    }
}
