//! The list of what a responder, or the program on its own account, may ask to have recorded. What each is, and what it
//! comes to, stands in the file of its family.

use super::Ask;
use crate::domain::{
    case::{Case, refusal::Refusal},
    event::{
        AssetNoted, ClockChecked, ClockJumped, ContactNoted, DamageSeen, EntriesMissing, Event, ExportMade,
        IndicatorNoted,
    },
    time::Time,
};

pub use super::{
    answer::AnswerQuestion,
    approval::RecordApproval,
    case::{AmendCase, CloseCase, OpenCase, ReopenCase, SetSeverity},
    correction::{CorrectEntry, UndoEntry},
    decision::{CountersignDecision, MakeDecision},
    duty::{MeetDuty, StartClock, WaiveDuty},
    evidence::{AddEvidence, Item},
    follow_up::MarkEntry,
    handover::HandOver,
    impact::StateImpact,
    note::AddNote,
    notification::RecordNotification,
    person::JoinCase,
    playbook::Attach,
    step::{ActOnStep, ReportCommand, StepAct},
};

macro_rules! commands {
    ($($(#[$doc:meta])* $name:ident($asked:ty);)+) => {
        /// A command to a case. [`decide`](super::decide) says what it comes to.
        #[derive(Clone, Debug, PartialEq, Eq)]
        pub enum Command {
            $($(#[$doc])* $name($asked),)+
        }

        impl Command {
            /// Whether it carries the incident on, which a closed case does not.
            pub fn needs_open_case(&self) -> bool {
                match self {
                    $(Self::$name(_) => <$asked as Ask>::NEEDS_OPEN_CASE,)+
                }
            }

            /// Whether it says that a responder did something in this case.
            pub fn states_an_act(&self) -> bool {
                match self {
                    $(Self::$name(_) => <$asked as Ask>::STATES_AN_ACT,)+
                }
            }

            /// What it comes to at `now`, by the rules of its own family alone.
            pub(super) fn decide(&self, case: &Case, now: Time) -> Result<Vec<Event>, Refusal> {
                match self {
                    $(Self::$name(asked) => asked.decide(case, now),)+
                }
            }
        }
    };
}

commands! {
    /// Begin the case: always its first command.
    Open(OpenCase);
    /// Change title, summary or mark.
    Amend(AmendCase);
    /// Judge it worse or less bad.
    SetSeverity(SetSeverity);
    /// It is over.
    Close(CloseCase);
    /// It was not over.
    Reopen(ReopenCase);
    /// Take part, or take another role.
    Join(JoinCase);
    /// Note who can be reached.
    NoteContact(ContactNoted);
    /// Use a playbook, or go on with another version of one that is in use.
    Attach(Box<Attach>);
    /// Act on a step.
    Step(ActOnStep);
    /// Record how a command went that was run by hand.
    Report(ReportCommand);
    /// Answer a question, or answer it anew.
    Answer(AnswerQuestion);
    /// Record that another person agreed to a risky step, or did not.
    Approve(RecordApproval);
    /// Decide, by a step or on one's own account.
    Decide(MakeDecision);
    /// Record that another person confirms what is logged of a decision.
    Countersign(CountersignDecision);
    /// Note something.
    Note(AddNote);
    /// Claim an item of evidence.
    AddEvidence(AddEvidence);
    /// Record that someone was told.
    Notify(RecordNotification);
    /// State the moment of awareness, so that a duty's clock runs.
    StartClock(StartClock);
    /// The duty is met.
    MeetClock(MeetDuty);
    /// The duty does not apply.
    WaiveClock(WaiveDuty);
    /// Say how an asset stands from now on.
    NoteAsset(AssetNoted);
    /// Note an indicator.
    NoteIndicator(IndicatorNoted);
    /// Note several indicators at once.
    NoteIndicators(Vec<IndicatorNoted>);
    /// Say what the incident means for patients from now on.
    StateImpact(StateImpact);
    /// Mark an entry as one to be looked at again, or take the mark off.
    FollowUp(MarkEntry);
    /// Hand the case over.
    HandOver(HandOver);
    /// Correct an entry.
    Correct(CorrectEntry);
    /// Undo an entry.
    Undo(UndoEntry);
    /// The case left this machine.
    Exported(ExportMade);
    /// This machine's clock was compared with another.
    CheckClock(ClockChecked);
    /// This machine's clock jumped.
    ClockJump(ClockJumped);
    /// Entries are no longer in the case file.
    Missing(EntriesMissing);
    /// Something else changed what is kept.
    SeeDamage(DamageSeen);
}
