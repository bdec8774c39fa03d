//! How far lists are scrolled. A list stays where it is while the cursor moves inside it: what was under the mouse, or
//! under the eye, is still there.

use super::cursor;
use crate::tui::{
    keys::{action::Motion, place::Place},
    model::{Model, overlays::Overlay},
    screens::{
        self,
        find::{picker_rows, picker_view, search_view},
        home,
    },
    widgets::{
        layout::{Scene, lay_out},
        scroll::Shape,
    },
};

/// How the list on top lies in the window, if there is one.
fn shape_on_top(model: &Model) -> Option<Shape> {
    let height = usize::from(lay_out(model.env.size, Scene::Whole).body.height);
    match (model.overlays.stack.last(), &model.case) {
        (Some(Overlay::List(list)), _) => {
            Some(picker_view::shape_of_picker(list, picker_rows::list_matching_rows(list, model).len(), height))
        }
        (Some(Overlay::Search(search)), _) => Some(search_view::shape_of_search(search, height)),
        (Some(_), _) => None,
        (None, None) => Some(home::shape_of_cases(model, height)),
        (None, Some(screen)) => screens::shape_of_place(model, screen),
    }
}

/// Where it is kept how far that list is scrolled.
fn find_scroll(model: &mut Model) -> Option<&mut usize> {
    match (model.overlays.stack.last_mut(), &mut model.case) {
        (Some(Overlay::List(list)), _) => Some(&mut list.top),
        (Some(Overlay::Search(search)), _) => Some(&mut search.top),
        (Some(_), _) => None,
        (None, None) => Some(&mut model.home.top),
        (None, Some(screen)) => screen.tops.get_mut(screen.place as usize),
    }
}

/// Moves the cursor of whatever is on top; the rows stay where they are unless it comes near their edge.
pub(crate) fn move_cursor(model: &mut Model, motion: Motion) {
    cursor::move_cursor(model, motion);
    scroll_list(model, Shape::ahead);
}

/// Scrolls the list on top where its cursor has left the window.
pub(crate) fn scroll_to_cursor(model: &mut Model) {
    scroll_list(model, Shape::top);
}

fn scroll_list(model: &mut Model, to: fn(Shape, usize) -> usize) {
    let shape = shape_on_top(model);
    if let Some((shape, top)) = shape.zip(find_scroll(model)) {
        *top = to(shape, *top);
    }
}

/// Turns the list on top by so many rows; the cursor stays on its row while that is in view. Where all rows are in view,
/// and in the tree of steps, which unfolds where the cursor is, the cursor moves instead.
pub(crate) fn turn_wheel(model: &mut Model, up: bool, rows: usize) {
    let tree =
        model.overlays.stack.is_empty() && model.case.as_ref().is_some_and(|screen| screen.place == Place::Playbook);
    let long = shape_on_top(model).filter(|shape| shape.len > shape.room && !tree);
    let Some((first, before)) = long.zip(find_scroll(model).copied()) else {
        let motion = if up { Motion::Up } else { Motion::Down };
        (0..rows).for_each(|_| move_cursor(model, motion));
        return;
    };
    let to = if up { before.saturating_sub(rows) } else { (before + rows).min(first.last()) };
    // Headings are stepped over: it is in view after as many steps as it was turned by, at most.
    for _ in 0..rows {
        let motion = match shape_on_top(model).map(|shape| shape.top(to).cmp(&to)) {
            Some(std::cmp::Ordering::Less) => Motion::Down,
            Some(std::cmp::Ordering::Greater) => Motion::Up,
            _ => break,
        };
        cursor::move_cursor(model, motion);
    }
    if let Some(top) = find_scroll(model) {
        *top = to;
    }
}
