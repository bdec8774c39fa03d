//! The cursors move.

use super::{
    action::Id,
    case::{self, Focus},
    effect::Effect,
    model::{Model, Overlay},
    page, view,
};
use ratatui::layout::Rect;

/// Moves the cursor of whatever is on top.
pub(crate) fn moved(model: &mut Model, id: Id) -> Vec<Effect> {
    let body = view::middle(Rect::new(0, 0, model.size.0.max(80), model.size.1.max(24)));
    let page = isize::try_from(body.height.saturating_sub(2)).unwrap_or(10);
    let by = match id {
        Id::Up => -1,
        Id::Down => 1,
        Id::PageUp => -page,
        Id::PageDown => page,
        Id::First => isize::MIN / 2,
        _ => isize::MAX / 2,
    };
    let lengths = match model.over.last() {
        Some(Overlay::List(list)) => list.rows(model).len(),
        Some(Overlay::Page(page)) => page::lines(page, model, usize::from(body.width)).len(),
        Some(Overlay::Clocks(_)) => model.case().map(|case| case.duties().len()).unwrap_or(0),
        _ => 0,
    };
    match model.over.last_mut() {
        Some(Overlay::List(list)) => list.step(by, lengths),
        Some(Overlay::Page(shown)) => shown.scroll(by, lengths, page::room(body, lengths)),
        Some(Overlay::Clocks(at)) => *at = at.saturating_add_signed(by).min(lengths.saturating_sub(1)),
        Some(_) => {}
        None => match &mut model.case {
            None => model.home.step(by, model.cases.as_ref().map_or(0, Vec::len)),
            Some(screen) if screen.focus == Focus::Steps => screen.move_step(by),
            Some(screen) => return screen.move_log(by).into_iter().map(Effect::ReadBefore).collect(),
        },
    }
    Vec::new()
}

/// Scrolls the step's text.
pub(crate) fn read_on(model: &mut Model, on: bool) -> Vec<Effect> {
    let place = view::step_place((model.size.0.max(80), model.size.1.max(24)));
    let room = usize::from(place.height).saturating_sub(1);
    if let Some(screen) = &mut model.case {
        let len = case::step::length(screen, usize::from(place.width));
        let by = room.saturating_sub(1).max(1);
        let to = if on { screen.read + by } else { screen.read.saturating_sub(by) };
        screen.read = to.min(len.saturating_sub(room));
    }
    Vec::new()
}
