//! The signs of the drawn timeline: what each kind of entry looks like. The shape alone tells the kind; the colour helps.

use crate::domain::event::Event;
use serde::Serialize;

/// A kind of mark.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sign {
    Done,
    Begun,
    Skipped,
    Blocked,
    Decision,
    Evidence,
    Told,
    Note,
    Correction,
    Lost,
    Case,
}

/// A sign and what it means.
#[derive(Debug, Serialize)]
pub(super) struct Legend {
    class: &'static str,
    d: String,
    name: &'static str,
}

impl Sign {
    const ALL: [(Self, &'static str); 11] = [
        (Self::Done, "step done"),
        (Self::Begun, "step started or reopened"),
        (Self::Skipped, "step skipped"),
        (Self::Blocked, "step blocked"),
        (Self::Decision, "decision"),
        (Self::Evidence, "evidence"),
        (Self::Told, "someone told"),
        (Self::Note, "note"),
        (Self::Correction, "correction"),
        (Self::Case, "case, people, clocks"),
        (Self::Lost, "entries lost, damage, clock jumped"),
    ];

    /// The sign of an entry.
    pub(super) fn of(event: &Event) -> Self {
        match event {
            Event::StepDone(_) | Event::CommandReported(_) => Self::Done,
            Event::StepSkipped(_) => Self::Skipped,
            Event::StepBlocked(_) => Self::Blocked,
            Event::StepStarted(_) | Event::StepReopened(_) => Self::Begun,
            Event::DecisionMade(_) | Event::ApprovalGiven(_) | Event::DecisionCountersigned(_) => Self::Decision,
            Event::EvidenceAdded(_) => Self::Evidence,
            Event::NotificationMade(_) => Self::Told,
            Event::EntriesMissing(_) | Event::DamageSeen(_) | Event::ClockJumped(_) => Self::Lost,
            Event::RecordCorrected(_) => Self::Correction,
            Event::Note(_) | Event::AnswerGiven(_) | Event::FollowUpSet(_) => Self::Note,
            Event::AssetNoted(_) | Event::IndicatorNoted(_) | Event::ImpactStated(_) => Self::Note,
            _ => Self::Case,
        }
    }

    /// Its class in the style sheet.
    pub(super) fn class(self) -> &'static str {
        match self {
            Self::Done => "done",
            Self::Begun | Self::Skipped => "open",
            Self::Blocked | Self::Lost => "bad",
            Self::Decision => "decision",
            Self::Evidence => "evidence",
            Self::Told => "told",
            Self::Note => "note",
            Self::Correction => "cross",
            Self::Case => "case",
        }
    }

    /// Its shape as an SVG path about `x`, `y`, at most thirteen units wide and high.
    pub(super) fn path(self, x: f64, y: f64) -> String {
        let circle = || format!("M{:.1} {y:.1}a5 5 0 1 0 10 0a5 5 0 1 0 -10 0z", x - 5.0);
        match self {
            Self::Done | Self::Begun => circle(),
            Self::Skipped => format!("{}M{:.1} {:.1}l7 -7", circle(), x - 3.5, y + 3.5),
            Self::Blocked => format!("M{:.1} {:.1}h11v4h-11z", x - 5.5, y - 2.0),
            Self::Evidence => format!("M{:.1} {:.1}h9v9h-9z", x - 4.5, y - 4.5),
            Self::Decision => format!("M{x:.1} {:.1}l6.5 6.5l-6.5 6.5l-6.5 -6.5z", y - 6.5),
            Self::Told => format!("M{x:.1} {:.1}l6 11h-12z", y - 6.0),
            Self::Lost => format!("M{x:.1} {:.1}l6 -11h-12z", y + 6.0),
            Self::Correction => format!("M{:.1} {:.1}l8 8m0 -8l-8 8", x - 4.0, y - 4.0),
            Self::Note => format!("M{:.1} {y:.1}a3 3 0 1 0 6 0a3 3 0 1 0 -6 0z", x - 3.0),
            Self::Case => format!("M{:.1} {:.1}h4v12h-4z", x - 2.0, y - 6.0),
        }
    }
}

/// The signs of the drawing, each in a box of fourteen by fourteen.
pub(super) fn legend() -> Vec<Legend> {
    let entry = |(sign, name): (Sign, &'static str)| Legend { class: sign.class(), d: sign.path(7.0, 7.0), name };
    Sign::ALL.into_iter().map(entry).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_kind_can_be_told_without_its_colour() {
        let paths: std::collections::BTreeSet<String> = legend().into_iter().map(|entry| entry.d).collect();
        // "Done" and "begun" share the circle: the one is filled, the other hollow.
        assert_eq!(paths.len(), Sign::ALL.len() - 1);
    }
}
