//! What can happen in a case: one file for each family of entries, with the payloads that their records carry and all that
//! is said of them. `tests/frozen` holds one record of each, byte for byte.
//!
//! What an entry changes in a case is not here (see [`case`](crate::domain::case)), nor what a responder may ask for (see
//! [`decide`](crate::domain::decide)).

pub mod answer;
pub mod approval;
pub mod asset;
pub mod case;
pub mod correction;
pub mod decision;
pub mod duty;
pub mod evidence;
pub mod export;
pub mod follow_up;
pub mod handover;
pub mod impact;
pub mod indicator;
pub mod integrity;
mod macros;
pub mod note;
pub mod notification;
pub mod person;
pub mod playbook;
pub mod said;
pub mod step;
pub mod unknown;

use crate::domain::{
    id::{EntryId, Hash},
    person::Person,
    playbook::StepRef,
};
use macros::events;
use said::{About, DetailRow, Names, Said, Sign, Undo};
use serde::{Serialize, Serializer};
use serde_json::value::RawValue;

pub use unknown::UnknownEntry;

events! {
    case: CaseOpened, CaseAmended, SeverityChanged, CaseClosed, CaseReopened;
    person: ResponderJoined, ContactNoted;
    playbook: PlaybookAttached, PlaybookUpdated;
    step: StepStarted, StepDone, StepSkipped, StepBlocked, StepReopened, CommandReported;
    answer: AnswerGiven;
    approval: ApprovalGiven;
    decision: DecisionMade, DecisionCountersigned;
    note: Note;
    evidence: EvidenceAdded;
    notification: NotificationMade;
    duty: ClockStarted, ClockMet, ClockWaived;
    asset: AssetNoted;
    indicator: IndicatorNoted;
    impact: ImpactStated;
    follow_up: FollowUpSet;
    handover: HandoverMade;
    correction: RecordCorrected;
    export: ExportMade;
    integrity: ClockChecked, ClockJumped, EntriesMissing, DamageSeen;
}

impl Event {
    /// How its type is told.
    pub fn sign(&self) -> Sign {
        self.said().sign()
    }

    /// In one row of the log, logged by `by`. The text is raw: it is made safe where it is drawn.
    pub fn line(&self, by: &Person, names: &dyn Names) -> String {
        self.said().line(by, names)
    }

    /// In a sentence, without its type, raw.
    pub fn sentence(&self, names: &dyn Names) -> String {
        self.said().sentence(names)
    }

    /// In full, name and text, raw, without empty rows.
    pub fn rows(&self, names: &dyn Names) -> Vec<DetailRow> {
        self.said().rows(names).into_iter().filter(|(_, text)| !text.is_empty()).collect()
    }

    /// The same as one text: what a correction is read against.
    pub fn full_text(&self, names: &dyn Names) -> String {
        self.rows(names).into_iter().map(|(name, text)| format!("{name}: {text}")).collect::<Vec<_>>().join("\n")
    }

    /// Every text that people put into it, raw: what a search looks through.
    pub fn texts(&self) -> Vec<&str> {
        self.said().texts().into_iter().filter(|text| !text.is_empty()).collect()
    }

    /// Those of its texts in which people write what they saw.
    pub fn observed(&self) -> Vec<&str> {
        self.said().observed()
    }

    /// What it is about.
    pub fn about(&self) -> About<'_> {
        self.said().about()
    }

    /// The step that it is about.
    pub fn step(&self) -> Option<&StepRef> {
        self.about().step
    }

    /// The earlier entry that it is about.
    pub fn entry(&self) -> Option<&EntryId> {
        self.about().entry.map(|(entry, _)| entry)
    }

    /// The hash that it names as that of a file: of evidence, or of an export.
    pub fn sha256(&self) -> Option<Hash> {
        self.about().sha256
    }

    /// What undoing it does.
    pub fn undo(&self) -> Undo {
        self.said().undo()
    }

    /// Whether it carries the incident on, which a closed case does not.
    pub fn needs_open_case(&self) -> bool {
        self.said().needs_open_case()
    }

    /// Whether the program may write it without being asked.
    pub fn written_by_itself(&self) -> bool {
        self.said().written_by_itself()
    }
}
