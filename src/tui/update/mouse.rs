//! The mouse: what lies under it, and what a click or the wheel does. It is never needed.
//!
//! What is under a cell is told by the drawing itself: the screen is drawn once more on a canvas of its own, on which
//! rows and keys are painted with their numbers for colours. So there is no second geometry that could disagree.

use super::{next::Next, scroll};
use crate::tui::{
    keys::{
        action::{Context, list_actions},
        key::{Code, Key},
        place::Place,
        table::ACTIONS,
    },
    model::{Model, msg::Mouse, overlays::Overlay},
    text::hit::Hit,
    view::screen::draw_screen,
};
use ratatui::{Terminal, backend::TestBackend};

/// Rows that a notch of the wheel moves by.
const NOTCH: usize = 3;
/// Two clicks within so long are a double click, which records nothing; microseconds.
const DOUBLE: i64 = 700_000;

/// What is under the cell.
pub(crate) fn find_hit(model: &mut Model, (x, y): (u16, u16)) -> Option<Hit> {
    let (width, height) = model.env.size;
    if x >= width || y >= height {
        return None;
    }
    model.env.theme.probe = true;
    let mut canvas = Terminal::new(TestBackend::new(width, height)).ok();
    let drawn = canvas.as_mut().and_then(|canvas| canvas.draw(|frame| draw_screen(model, frame)).ok());
    let hit = drawn.and_then(|drawn| drawn.buffer.cell((x, y))).and_then(|cell| Hit::read(cell.fg, cell.bg));
    model.env.theme.probe = false;
    hit
}

/// Takes the mouse in.
pub(crate) fn on_mouse(model: &mut Model, mouse: Mouse) -> Next {
    let (x, y) = match mouse {
        Mouse::Click { x, y } => (x, y),
        Mouse::Scroll { up } => {
            match model.context() {
                Context::Home | Context::At(_) | Context::List | Context::Page => scroll::turn_wheel(model, up, NOTCH),
                Context::Form
                | Context::Busy
                | Context::NotRecorded
                | Context::Filter
                | Context::Ask
                | Context::Small => {}
            }
            return Vec::new().into();
        }
    };
    let Some(hit) = find_hit(model, (x, y)) else { return Vec::new().into() };
    let now = model.env.now.map(|now| now.at.micros());
    let double = model.input.clicked.zip(now).is_some_and(|(before, now)| (0..DOUBLE).contains(&(now - before)));
    model.input.clicked = now;
    model.notice = None;
    match hit {
        Hit::Act(row) => match ACTIONS.get(row).filter(|action| action.contexts.contains(&model.context())) {
            // The click that opened a form must not record what is in it.
            Some(action) if action.records && double => {
                model.say("a double click records nothing: click once more");
                Vec::new().into()
            }
            Some(action) => Next::Perform(action.id),
            None => Vec::new().into(),
        },
        Hit::Row(row) => on_row(model, row),
    }
}

/// The cursor goes to the row; where it is there already, the row is opened.
fn on_row(model: &mut Model, row: usize) -> Next {
    let context = model.context();
    let there = match (model.overlays.stack.last_mut(), &mut model.case) {
        (Some(Overlay::List(list)), _) => {
            list.sure = None;
            std::mem::replace(&mut list.at, row) == row
        }
        (Some(Overlay::Search(search)), _) => {
            let there = search.at == row;
            search.step(row as isize - search.at as isize);
            there
        }
        (Some(Overlay::Form(_) | Overlay::Page(_) | Overlay::Ask(_)), _) => return Vec::new().into(),
        (None, None) => std::mem::replace(&mut model.home.cursor, row) == row,
        (None, Some(screen)) => match screen.place {
            Place::Now | Place::Playbook => {
                let Some(name) = screen.case.steps().nth(row).map(|point| point.name()) else {
                    return Vec::new().into();
                };
                let there = screen.point().is_some_and(|point| point.name() == name);
                screen.select(name);
                there
            }
            Place::Log => {
                let at = screen.log.place(&screen.index);
                screen.log.step(row as isize - at as isize, &screen.index);
                at == row
            }
            Place::Evidence
            | Place::Decisions
            | Place::Systems
            | Place::Clocks
            | Place::People
            | Place::Handover
            | Place::Integrity => {
                let there = screen.row_here() == row;
                screen.set_row(row);
                there
            }
        },
    };
    let enter = Key::plain(Code::Enter);
    let opens = list_actions(context).find(|action| action.keys.contains(&enter)).filter(|_| there);
    opens.map_or_else(|| Vec::new().into(), |action| Next::Perform(action.id))
}
