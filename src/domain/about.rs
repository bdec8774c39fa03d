//! What an entry is about.

use super::{
    event::{self, Event},
    playbook::StepRef,
};

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
}
