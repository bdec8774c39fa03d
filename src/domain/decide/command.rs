//! What a responder, or the program on its own account, asks to have recorded.

use crate::domain::{
    duty::Duty,
    event::{
        AssetNoted, ClockChecked, ClockJumped, ContactNoted, DamageSeen, EntriesMissing, ExportMade, IndicatorNoted,
    },
    id::{EntryId, Hash},
    marking::{Severity, Tlp},
    person::Person,
    playbook::{Playbook, StepRef, System},
    time::Time,
};

/// A command to a case. [`decide`](super::decide) says what it comes to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Command {
    /// Begin the case: always its first command.
    Open {
        /// What is wrong, in a line.
        title: String,
        /// How bad it is.
        severity: Severity,
        /// Who may see it.
        tlp: Tlp,
        /// Whether it is an exercise or a sample.
        exercise: bool,
    },
    /// Change title, summary or mark; what is `None` stays.
    Amend {
        /// The new title.
        title: Option<String>,
        /// The new summary.
        summary: Option<String>,
        /// The new mark.
        tlp: Option<Tlp>,
    },
    /// Judge it worse or less bad.
    SetSeverity {
        /// From now on.
        to: Severity,
        /// The reason.
        why: String,
    },
    /// It is over.
    Close {
        /// The outcome.
        why: String,
    },
    /// It was not over.
    Reopen {
        /// The reason.
        why: String,
    },
    /// Take part, or take another role. Nothing is recorded where that is so already.
    Join {
        /// Who.
        responder: Person,
    },
    /// Use a playbook, or go on with another version of one that is in use.
    Attach(Box<Attach>),
    /// Act on a step.
    Step {
        /// The step.
        step: StepRef,
        /// What is done with it.
        act: StepAct,
    },
    /// Answer a question, or answer it anew.
    Answer {
        /// The question: its identifier, or `PLAYBOOK/QUESTION` where several playbooks ask one of that name.
        question: String,
        /// The answer as given.
        given: String,
        /// Why it is not what it was; may be empty.
        why: String,
    },
    /// Record that another person agreed to a risky step, or did not.
    Approve {
        /// The step that asks.
        step: StepRef,
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
        /// Who asked and logs it: nobody agrees with themselves.
        asker: Person,
    },
    /// Record how a command went that was run by hand.
    Report {
        /// The step that gives it.
        step: StepRef,
        /// The sort of system that it was run on.
        system: System,
        /// Whether it did what it should.
        succeeded: bool,
        /// What came of it.
        outcome: String,
        /// Why it was done before what it needs, or again, where it was.
        why: String,
    },
    /// Decide, by a step or on one's own account.
    Decide {
        /// The step that asks, if one does.
        step: Option<StepRef>,
        /// The question; the step's own where a step asks.
        question: String,
        /// The option's identifier where a step asks; the decision in words otherwise.
        choice: String,
        /// The reasons.
        rationale: String,
        /// Who decided.
        decided_by: Person,
    },
    /// Note something.
    Note {
        /// The text.
        text: String,
    },
    /// Claim an item that is in the vault, or that stays where it is.
    AddEvidence {
        /// The item.
        item: Item,
        /// The step that it was collected for.
        step: Option<StepRef>,
    },
    /// Record that someone was told.
    Notify {
        /// The step that asks, if one does.
        step: Option<StepRef>,
        /// The duty that this meets; the step's own where it names one.
        duty: Option<String>,
        /// Who was told.
        to: String,
        /// By what means.
        means: String,
        /// Their reference number.
        reference: String,
        /// The text as sent or said.
        text: String,
        /// Why it was done before what it needs, where it was.
        why: String,
    },
    /// State the moment of awareness, so that a duty's clock runs.
    StartClock {
        /// The duty: its identifier among those of the attached playbooks.
        duty: String,
        /// When the organisation became aware (UTC).
        aware: Time,
        /// What that rests on.
        basis: String,
    },
    /// The duty is met.
    MeetClock {
        /// The duty.
        duty: String,
        /// The receiver's reference.
        reference: String,
        /// How.
        note: String,
        /// The text as sent, to be kept.
        text: String,
    },
    /// The duty does not apply.
    WaiveClock {
        /// The duty.
        duty: String,
        /// The reason.
        why: String,
    },
    /// This machine's clock was compared with another.
    CheckClock(ClockChecked),
    /// This machine's clock jumped.
    ClockJump(ClockJumped),
    /// Correct an entry.
    Correct {
        /// Where it stands.
        entry: EntryId,
        /// Its hash.
        hash: Hash,
        /// What is right.
        text: String,
        /// Why it was wrong.
        why: String,
    },
    /// Undo an entry: put back what it changed, where that can be, and say that it does not count.
    Undo {
        /// Where it stands.
        entry: EntryId,
        /// Its hash.
        hash: Hash,
        /// The reason; may be empty.
        why: String,
    },
    /// Mark an entry as one to be looked at again, or take the mark off. Nothing is recorded where that is so already.
    FollowUp {
        /// Where it stands.
        entry: EntryId,
        /// Its hash.
        hash: Hash,
        /// Whether it is to be looked at again.
        on: bool,
        /// What is to be looked at, or what came of it; may be empty.
        why: String,
    },
    /// Say how an asset stands from now on. Nothing is recorded where that is so already.
    NoteAsset(AssetNoted),
    /// Note an indicator. Nothing is recorded where it is noted so already.
    NoteIndicator(IndicatorNoted),
    /// Note several indicators at once. Those that are noted so already are passed over.
    NoteIndicators(Vec<IndicatorNoted>),
    /// Note who can be reached. Nothing is recorded where that is so already.
    NoteContact(ContactNoted),
    /// Say what the incident means for patients from now on. Nothing is recorded where that was said last.
    StateImpact {
        /// In words.
        text: String,
    },
    /// Record that another person confirms what is logged of a decision; the one who decided may be that person.
    Countersign {
        /// The entry of the decision.
        entry: EntryId,
        /// Its hash.
        hash: Hash,
        /// Who confirms: never who logged the decision.
        person: Person,
        /// By what means they were asked; may be empty.
        means: String,
        /// What they said; may be empty.
        words: String,
    },
    /// Hand the case over. The seal is that of the case as it stands.
    HandOver {
        /// Who takes over; they take part from then on.
        to: Person,
        /// What was read out.
        text: String,
    },
    /// The case left this machine.
    Exported(ExportMade),
    /// Entries are no longer in the case file.
    Missing(EntriesMissing),
    /// Something else changed what is kept.
    SeeDamage(DamageSeen),
}

/// A playbook to attach, with the exact text that it was read from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attach {
    /// The exact RON text.
    pub source: String,
    /// `built-in`, or the file that it was read from.
    pub origin: String,
    /// What was read.
    pub playbook: Playbook,
    /// The duties that it may start.
    pub duties: Vec<Duty>,
    /// Why another version takes the place of one in use; may be empty.
    pub why: String,
}

/// An item of evidence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// What it is called.
    pub name: String,
    /// SHA-256 of its bytes.
    pub sha256: Hash,
    /// Its size, bytes.
    pub size: u64,
    /// Whether the case holds a copy.
    pub copied: bool,
    /// The path or place that it was read from.
    pub origin: String,
    /// The system that it comes from.
    pub source: String,
    /// What it shows.
    pub about: String,
    /// The file's own modification time (UTC).
    pub modified: Option<Time>,
}

/// What is done with a step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StepAct {
    /// Work on it begins.
    Start {
        /// Anything to add.
        note: String,
    },
    /// It is done.
    Done {
        /// Anything to add.
        note: String,
        /// Why it is done before what it needs, without an answer or again, where it is.
        why: String,
        /// Answers to its questions, as given: question, answer. An empty answer counts as none.
        answers: Vec<(String, String)>,
    },
    /// It is left out.
    Skip {
        /// The reason.
        why: String,
    },
    /// It cannot go on.
    Block {
        /// What it waits for.
        why: String,
    },
    /// It is open again.
    Reopen {
        /// The reason.
        why: String,
    },
}
