//! How a step of a playbook in use can stand, with the word and the sign for it. How it does stand is worked out in
//! `evaluate`.

/// How a step stands, from what was recorded and from what it needs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StepStatus {
    /// It can be done now.
    Ready,
    /// Someone is at work on it.
    Started,
    /// It waits for these steps to be settled; `phase X` stands for every step of that phase.
    Waiting(Vec<String>),
    /// Done, decided or told.
    Done,
    /// Done, and due again.
    Repeats,
    /// Left out.
    Skipped,
    /// Cannot go on; the text says why.
    Blocked(String),
    /// An earlier choice closed it.
    Closed,
}

impl StepStatus {
    /// The sign for it, the same wherever steps are listed.
    pub fn sign(&self) -> &'static str {
        match self {
            Self::Ready => "○",
            Self::Started => "▶",
            Self::Waiting(_) => "⏸",
            Self::Done => "✓",
            Self::Repeats => "↻",
            Self::Skipped | Self::Closed => "–",
            Self::Blocked(_) => "✗",
        }
    }

    /// Whether nothing more is to be done with it.
    pub fn settled(&self) -> bool {
        match self {
            Self::Done | Self::Skipped | Self::Closed => true,
            Self::Ready | Self::Started | Self::Waiting(_) | Self::Repeats | Self::Blocked(_) => false,
        }
    }

    /// Whether it can be done now, for the first time or again.
    pub fn can_be_done(&self) -> bool {
        match self {
            Self::Ready | Self::Started | Self::Repeats => true,
            Self::Waiting(_) | Self::Done | Self::Skipped | Self::Blocked(_) | Self::Closed => false,
        }
    }

    /// Whether it can be done now, and nobody is at work on it.
    pub fn can_begin(&self) -> bool {
        self.can_be_done() && *self != Self::Started
    }

    /// Whether work on it began and has not ended.
    pub fn taken_up(&self) -> bool {
        match self {
            Self::Started | Self::Blocked(_) => true,
            Self::Ready | Self::Waiting(_) | Self::Done | Self::Repeats | Self::Skipped | Self::Closed => false,
        }
    }

    /// Whether nothing more is to be done with it now, so that its phase can be called complete.
    pub fn quiet(&self) -> bool {
        self.settled() || *self == Self::Repeats
    }

    /// The word for it.
    pub fn word(&self) -> &'static str {
        match self {
            Self::Ready => "open",
            Self::Started => "started",
            Self::Waiting(_) => "waiting",
            Self::Done => "done",
            Self::Repeats => "repeats",
            Self::Skipped => "skipped",
            Self::Blocked(_) => "blocked",
            Self::Closed => "closed",
        }
    }
}
