//! The places of an open case, one file each: what is listed there, and how it is drawn.

pub(crate) mod clipboard;
pub(crate) mod clocks;
mod entry_remarks;
pub(crate) mod guards;
pub(crate) mod handover;
pub(crate) mod home;
mod integrity;
pub(crate) mod log;
pub(crate) mod now;
pub(crate) mod page;

mod decisions {
    pub(crate) mod detail;
    pub(crate) mod list;
}

pub(crate) mod evidence {
    pub(crate) mod custody;
    pub(crate) mod list;
    pub(crate) mod preview;
}

pub(crate) mod find {
    pub(crate) mod picker;
    pub(crate) mod search;
    pub(crate) mod search_view;
}

pub(crate) mod people {
    mod detail;
    pub(crate) mod list;
}

pub(crate) mod steps {
    pub(crate) mod step;
    pub(crate) mod tree;
}

pub(crate) mod systems {
    pub(crate) mod detail;
    pub(crate) mod list;
}

use crate::{
    domain::id::EntryId,
    tui::{
        keys::{action::Id, ways::Ways},
        model::{Model, open_case::CaseScreen},
        update::scroll::Shape,
        view,
        widgets::{list_with_detail, reading},
    },
};
use ratatui::{Frame, layout::Rect};

pub(crate) use now::deadlines;
pub(crate) use steps::tree::sign;

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
            place => place.name(),
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
    pub(crate) fn action(self) -> Id {
        match self {
            Self::Now => Id::GoNow,
            Self::Playbook => Id::GoPlaybook,
            Self::Log => Id::GoLog,
            Self::Evidence => Id::GoEvidence,
            Self::Decisions => Id::GoDecisions,
            Self::Systems => Id::GoSystems,
            Self::Clocks => Id::GoClocks,
            Self::People => Id::GoPeople,
            Self::Handover => Id::GoHandover,
            Self::Integrity => Id::GoIntegrity,
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
        matches!(self, Self::Now | Self::Playbook)
    }
}

/// How many rows the place has that is shown.
pub(crate) fn len(screen: &CaseScreen) -> usize {
    match screen.place {
        Place::Now | Place::Playbook | Place::Log | Place::Handover | Place::Integrity => 0,
        Place::Evidence => evidence::list::len(screen),
        Place::Decisions => decisions::list::len(screen),
        Place::Systems => systems::list::len(screen),
        Place::Clocks => clocks::len(screen),
        Place::People => people::list::len(screen),
    }
}

/// How many lines can be scrolled away at most, where the place that is shown is a text to read.
pub(crate) fn furthest(model: &Model, screen: &CaseScreen) -> Option<usize> {
    let area = view::screen::text_place(model.size);
    let cells = usize::from(area.width);
    let lines = match screen.place {
        Place::Handover => handover::lines(model, screen, cells),
        Place::Integrity => integrity::lines(model, screen, cells),
        _ => return None,
    };
    Some(reading::furthest(lines.len(), area.height))
}

/// How the rows of the place that is shown lie in the window, where it is a list.
pub(crate) fn shape(model: &Model, screen: &CaseScreen) -> Option<Shape> {
    let area = view::screen::text_place(model.size);
    let (cells, height) = (usize::from(area.width), usize::from(area.height));
    let paired = |len| list_with_detail::shape(screen.row_here(), len, height);
    match screen.place {
        Place::Playbook => {
            let column = usize::from(view::screen::step_place(model.size).height);
            Some(steps::tree::shape(screen, model.now, column))
        }
        Place::Log => Some(log::shape(screen, area.height)),
        Place::Evidence | Place::Decisions => Some(paired(len(screen))),
        Place::Systems => Some(systems::list::shape(model, screen, height)),
        Place::Clocks => Some(clocks::shape(model, screen, (cells, height))),
        Place::People => Some(people::list::shape(model, screen, height)),
        Place::Now | Place::Handover | Place::Integrity => None,
    }
}

/// The entry with the cursor, where the place that is shown has entries.
pub(crate) fn entry(screen: &CaseScreen) -> Option<EntryId> {
    match screen.place {
        Place::Log => log::entry(screen),
        Place::Evidence => evidence::list::entry(screen),
        Place::Decisions => decisions::list::entry(screen),
        Place::Systems => systems::list::entry(screen),
        Place::People => people::list::entry(screen),
        Place::Now | Place::Playbook | Place::Clocks | Place::Handover | Place::Integrity => None,
    }
}

/// The row of this place that an entry made or changed, where it has one.
pub(crate) fn made(screen: &CaseScreen, entry: &EntryId) -> Option<usize> {
    match screen.place {
        Place::Systems => systems::list::made(screen, entry),
        Place::People => people::list::made(screen, entry),
        _ => None,
    }
}

/// Draws the place that is shown. `left` is the column beside the step, where there is a step; other places have
/// the whole of both.
pub(crate) fn draw(model: &Model, screen: &CaseScreen, (left, middle): (Rect, Rect), frame: &mut Frame<'_>) {
    let both = Rect { x: left.x, width: middle.right() - left.x, ..left };
    match screen.place {
        Place::Now => {
            now::draw(model, screen, left, frame);
            steps::step::draw(model, screen, middle, frame);
        }
        Place::Playbook => {
            steps::tree::draw(model, screen, left, frame);
            steps::step::draw(model, screen, middle, frame);
        }
        Place::Log => log::draw(model, screen, both, frame),
        Place::Evidence => evidence::list::draw(model, screen, both, frame),
        Place::Decisions => decisions::list::draw(model, screen, both, frame),
        Place::Systems => systems::list::draw(model, screen, both, frame),
        Place::Clocks => clocks::draw(model, screen, both, frame),
        Place::People => people::list::draw(model, screen, both, frame),
        Place::Handover => handover::draw(model, screen, both, frame),
        Place::Integrity => integrity::draw(model, screen, both, frame),
    }
}

/// The names of the keys that scroll what is read.
fn reading_keys(ways: Ways<'_>) -> reading::Keys {
    reading::Keys {
        up: ways.key(Id::Up),
        down: ways.key(Id::Down),
        page_up: ways.key(Id::PageUp),
        page_down: ways.key(Id::PageDown),
    }
}
