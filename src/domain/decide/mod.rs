//! What a responder, or the program on its own account, may ask to have recorded, and what that comes to in this case:
//! events, or a refusal that says what would work. One file for each family, with what may be asked for and its deciding
//! beside it; the list is here.

mod answer;
mod approval;
mod asset;
mod case;
mod checks;
mod correction;
mod decision;
mod duty;
mod evidence;
mod export;
mod follow_up;
mod handover;
mod impact;
mod indicator;
mod integrity;
mod macros;
mod note;
mod notification;
mod person;
mod playbook;
mod step;
#[cfg(test)]
pub(crate) mod subject_tests;
mod undo;

use crate::domain::{
    case::{Case, refusal::Refusal},
    event::{
        AssetNoted, ClockChecked, ClockJumped, ContactNoted, DamageSeen, EntriesMissing, Event, ExportMade,
        IndicatorNoted,
    },
    time::Time,
};
use checks::{check_not_before_case, check_past};
use macros::commands;

pub use self::{
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

/// What may be asked of a case. Every command's own deciding stands beside what it asks for.
trait Ask {
    /// Whether it carries the incident on, which a closed case does not.
    const NEEDS_OPEN_CASE: bool;
    /// Whether it says that a responder did something in this case, which was not before the case.
    const STATES_AN_ACT: bool;

    /// What it comes to at `now`. An empty list means that what is asked for is so already.
    fn decide(&self, case: &Case, now: Time) -> Result<Vec<Event>, Refusal>;
}

impl<T: Ask> Ask for Box<T> {
    const NEEDS_OPEN_CASE: bool = T::NEEDS_OPEN_CASE;
    const STATES_AN_ACT: bool = T::STATES_AN_ACT;

    fn decide(&self, case: &Case, now: Time) -> Result<Vec<Event>, Refusal> {
        (**self).decide(case, now)
    }
}

/// Decides what `command` comes to at `now`, for something that happened at `occurred` (UTC), where that was
/// not now. An empty list means that what is asked for is so already.
pub fn decide(case: &Case, command: &Command, occurred: Option<Time>, now: Time) -> Result<Vec<Event>, Refusal> {
    if matches!(command, Command::Open(_)) && case.opened.is_some() {
        return Err(Refusal::AlreadyOpened);
    }
    if let Some(at) = occurred {
        check_past("the time it happened", at, now)?;
        if command.states_an_act() {
            check_not_before_case(case, "the time it happened", at)?;
        }
    }
    if case.closed && command.needs_open_case() {
        return Err(Refusal::Closed);
    }
    command.decide(case, now)
}
