//! What an entry is about.

use super::Event;
use crate::domain::{event, id::EntryId, playbook::StepRef};

impl Event {
    /// The step that this is about.
    pub fn step(&self) -> Option<&StepRef> {
        match self {
            Self::StepStarted(event::StepStarted { step, .. })
            | Self::StepDone(event::StepDone { step, .. })
            | Self::StepSkipped(event::StepSkipped { step, .. })
            | Self::StepBlocked(event::StepBlocked { step, .. })
            | Self::StepReopened(event::StepReopened { step, .. })
            | Self::AnswerGiven(event::AnswerGiven { step, .. })
            | Self::ApprovalGiven(event::ApprovalGiven { step, .. })
            | Self::CommandReported(event::CommandReported { step, .. }) => Some(step),
            Self::DecisionMade(made) => made.step.as_ref(),
            Self::EvidenceAdded(added) => added.step.as_ref(),
            Self::NotificationMade(made) => made.step.as_ref(),
            _ => None,
        }
    }

    /// The earlier entry that this is about.
    pub fn entry(&self) -> Option<&EntryId> {
        match self {
            Self::RecordCorrected(event::RecordCorrected { entry, .. })
            | Self::FollowUpSet(event::FollowUpSet { entry, .. })
            | Self::DecisionCountersigned(event::DecisionCountersigned { entry, .. }) => Some(entry),
            _ => None,
        }
    }
}
