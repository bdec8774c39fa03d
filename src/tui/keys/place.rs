//! The places of an open case: their names and the order of their keys.

use crate::tui::keys::table::ActionId;

/// A place of an open case, in the order of its keys.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    /// What to do now, and what to know for it.
    Now,
    /// Phases and steps.
    Playbook,
    /// Every entry.
    Log,
    /// Items of evidence.
    Evidence,
    /// What was decided, why and by whom.
    Decisions,
    /// Systems, accounts and indicators.
    Systems,
    /// Duties and their clocks.
    Clocks,
    /// Who takes part, and how to reach whom.
    People,
    /// What the next responder needs.
    Handover,
    /// Whether the case is whole.
    Integrity,
}

impl Place {
    /// All of them, in the order of their keys.
    pub(crate) const ALL: [Self; 10] = [
        Self::Now,
        Self::Playbook,
        Self::Log,
        Self::Evidence,
        Self::Decisions,
        Self::Systems,
        Self::Clocks,
        Self::People,
        Self::Handover,
        Self::Integrity,
    ];

    /// Its name.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Now => "Now",
            Self::Playbook => "Playbook",
            Self::Log => "Log",
            Self::Evidence => "Evidence",
            Self::Decisions => "Decisions",
            Self::Systems => "Systems",
            Self::Clocks => "Clocks",
            Self::People => "People",
            Self::Handover => "Handover",
            Self::Integrity => "Integrity",
        }
    }

    /// Its name where ten of them share 80 cells.
    pub(crate) fn short(self) -> &'static str {
        match self {
            Self::Playbook => "Steps",
            Self::Integrity => "Check",
            Self::Now
            | Self::Log
            | Self::Evidence
            | Self::Decisions
            | Self::Systems
            | Self::Clocks
            | Self::People
            | Self::Handover => self.name(),
        }
    }

    /// Its name in a sentence.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Now => "now",
            Self::Playbook => "playbook",
            Self::Log => "log",
            Self::Evidence => "evidence",
            Self::Decisions => "decisions",
            Self::Systems => "systems",
            Self::Clocks => "clocks",
            Self::People => "people",
            Self::Handover => "handover",
            Self::Integrity => "integrity",
        }
    }

    /// The action that goes there.
    pub(crate) fn action(self) -> ActionId {
        match self {
            Self::Now => ActionId::GoNow,
            Self::Playbook => ActionId::GoPlaybook,
            Self::Log => ActionId::GoLog,
            Self::Evidence => ActionId::GoEvidence,
            Self::Decisions => ActionId::GoDecisions,
            Self::Systems => ActionId::GoSystems,
            Self::Clocks => ActionId::GoClocks,
            Self::People => ActionId::GoPeople,
            Self::Handover => ActionId::GoHandover,
            Self::Integrity => ActionId::GoIntegrity,
        }
    }

    /// The place so many further on; after the last comes the first.
    pub(crate) fn step(self, by: isize) -> Self {
        let count = Self::ALL.len() as isize;
        let at = (self as isize + by).rem_euclid(count) as usize;
        Self::ALL.get(at).copied().unwrap_or(self)
    }

    /// Whether a step has the cursor there.
    pub(crate) fn has_step(self) -> bool {
        match self {
            Self::Now | Self::Playbook => true,
            Self::Log
            | Self::Evidence
            | Self::Decisions
            | Self::Systems
            | Self::Clocks
            | Self::People
            | Self::Handover
            | Self::Integrity => false,
        }
    }
}
