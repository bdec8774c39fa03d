//! The cursors move.

use crate::tui::{
    keys::{
        action::{Context, Motion},
        keymap::Keymap,
        place::Place,
        ways::KeyNames,
    },
    model::{Model, open_case::OpenCase, overlays::Overlay},
    screens::{self, find::picker_rows, page},
    widgets::layout::{Scene, lay_out},
};

/// Moves the cursor, and nothing else.
pub(crate) fn move_cursor(model: &mut Model, motion: Motion) {
    let body = lay_out(model.env.size, Scene::Whole).body;
    let page = isize::try_from(body.height.saturating_sub(2)).unwrap_or(10);
    let by = match motion {
        Motion::Up => -1,
        Motion::Down => 1,
        Motion::PageUp => -page,
        Motion::PageDown => page,
        Motion::HalfUp => -page / 2,
        Motion::HalfDown => page / 2,
        Motion::First => isize::MIN / 2,
        Motion::Last => isize::MAX / 2,
    };
    let lengths = match model.overlays.stack.last() {
        Some(Overlay::List(list)) => picker_rows::list_matching_rows(list, model).len(),
        Some(Overlay::Page(page)) => page::lay_page(page, model, usize::from(body.width)).len(),
        Some(Overlay::Form(_) | Overlay::Search(_) | Overlay::Ask(_)) | None => 0,
    };
    let furthest = model.case.as_ref().and_then(|screen| screens::furthest_scroll(model, screen));
    match model.overlays.stack.last_mut() {
        Some(Overlay::List(list)) => list.step(by, lengths),
        Some(Overlay::Search(search)) => search.step(by),
        Some(Overlay::Page(shown)) => shown.scroll(by, lengths, body.height),
        Some(Overlay::Form(_) | Overlay::Ask(_)) => {}
        None => match &mut model.case {
            None => model.home.step(by),
            Some(screen) => match screen.place {
                Place::Now | Place::Playbook => screen.move_step(by),
                Place::Log => screen.log.step(by, &screen.index),
                Place::Evidence
                | Place::Decisions
                | Place::Systems
                | Place::Clocks
                | Place::People
                | Place::Handover
                | Place::Integrity => {
                    let from = screen.row_here().min(furthest.unwrap_or(usize::MAX));
                    let to = from.saturating_add_signed(by);
                    screen.set_row(to.min(furthest.unwrap_or_else(|| screens::count_rows(screen).saturating_sub(1))));
                }
            },
        },
    }
}

/// Scrolls the step's text.
pub(crate) fn read_on(case: Option<&mut OpenCase>, keymap: &Keymap, size: (u16, u16), on: bool) {
    let place = lay_out(size, Scene::Step).step;
    let room = usize::from(place.height).saturating_sub(1);
    if let Some(screen) = case {
        let ways = KeyNames::new(keymap, Context::At(screen.place));
        let len = screens::steps::step::count_step_lines(screen, ways, usize::from(place.width));
        let by = room.saturating_sub(1).max(1);
        let to = if on { screen.read + by } else { screen.read.saturating_sub(by) };
        screen.read = to.min(len.saturating_sub(room));
    }
}
