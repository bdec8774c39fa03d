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
mod reading_keys;
pub(crate) mod selected;

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
    pub(crate) mod picker_rows;
    pub(crate) mod picker_view;
    pub(crate) mod search_rows;
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
        keys::place::Place,
        model::{Model, open_case::CaseScreen},
        widgets::{
            layout::{Layout, Scene, lay_out},
            list_with_detail, reading,
            scroll::Shape,
        },
    },
};
use ratatui::Frame;

pub(crate) use steps::tree::sign;

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
    let area = lay_out(model.env.size, Scene::Text).text;
    let cells = usize::from(area.width);
    let lines = match screen.place {
        Place::Handover => handover::lines(model, screen, cells),
        Place::Integrity => integrity::lines(model, screen, cells),
        Place::Now
        | Place::Playbook
        | Place::Log
        | Place::Evidence
        | Place::Decisions
        | Place::Systems
        | Place::Clocks
        | Place::People => return None,
    };
    Some(reading::furthest(lines.len(), area.height))
}

/// How the rows of the place that is shown lie in the window, where it is a list.
pub(crate) fn shape(model: &Model, screen: &CaseScreen) -> Option<Shape> {
    let laid = lay_out(model.env.size, scene_of(screen.place));
    let area = laid.text;
    let (cells, height) = (usize::from(area.width), usize::from(area.height));
    let paired = |len| list_with_detail::shape(screen.row_here(), len, height);
    match screen.place {
        Place::Playbook => Some(steps::tree::shape(screen, model.env.now, height)),
        Place::Log => Some(log::shape(screen, area.height)),
        Place::Evidence | Place::Decisions => Some(paired(len(screen))),
        Place::Systems => Some(systems::list::shape(model, screen, height)),
        Place::Clocks => Some(clocks::shape(model, screen, (cells, height))),
        Place::People => Some(people::list::shape(model, screen, height)),
        Place::Now | Place::Handover | Place::Integrity => None,
    }
}

/// The entry with the cursor, where the place that is shown has entries.
pub(crate) fn selected_entry(screen: &CaseScreen) -> Option<EntryId> {
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
        Place::Now
        | Place::Playbook
        | Place::Log
        | Place::Evidence
        | Place::Decisions
        | Place::Clocks
        | Place::Handover
        | Place::Integrity => None,
    }
}

/// How a place is laid out.
pub(crate) fn scene_of(place: Place) -> Scene {
    match place {
        Place::Now | Place::Playbook => Scene::Step,
        Place::Log => Scene::Log,
        Place::Evidence
        | Place::Decisions
        | Place::Systems
        | Place::Clocks
        | Place::People
        | Place::Handover
        | Place::Integrity => Scene::Text,
    }
}

/// Draws the place that is shown: in the column beside the step and the step, or over both.
pub(crate) fn draw(model: &Model, screen: &CaseScreen, laid: &Layout, frame: &mut Frame<'_>) {
    match screen.place {
        Place::Now => {
            now::draw(model, screen, laid.left, frame);
            steps::step::draw(model, screen, laid.step, frame);
        }
        Place::Playbook => {
            steps::tree::draw(model, screen, laid.left, frame);
            steps::step::draw(model, screen, laid.step, frame);
        }
        Place::Log => log::draw(model, screen, laid.body, frame),
        Place::Evidence => evidence::list::draw(model, screen, laid.text, frame),
        Place::Decisions => decisions::list::draw(model, screen, laid.text, frame),
        Place::Systems => systems::list::draw(model, screen, laid.text, frame),
        Place::Clocks => clocks::draw(model, screen, laid.text, frame),
        Place::People => people::list::draw(model, screen, laid.text, frame),
        Place::Handover => handover::draw(model, screen, laid.text, frame),
        Place::Integrity => integrity::draw(model, screen, laid.text, frame),
    }
}
