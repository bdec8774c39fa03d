//! How far lists are scrolled. A list stays where it is while the cursor moves inside it: what was under the mouse, or
//! under the eye, is still there.

use super::cursor;
use crate::tui::{
    keys::action::Id,
    model::{Model, overlays::Overlay},
    screens::{
        self, Place,
        find::{picker, search_view},
        home,
    },
    view,
};
use ratatui::layout::Rect;

/// Rows that are kept in view before and after the cursor where keys move it.
const MARGIN: usize = 2;

/// How the lines of a list lie in a window.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Shape {
    /// The line with the cursor.
    pub(crate) at: usize,
    /// How many lines there are.
    pub(crate) len: usize,
    /// How many have room.
    pub(crate) room: usize,
}

impl Shape {
    /// The first line in view where that was `before`: no other while the cursor is in view. Out of view, it comes in with
    /// a margin; far away, into the middle.
    pub(crate) fn top(self, before: usize) -> usize {
        let before = before.min(self.last());
        if (before..before + self.room).contains(&self.at) { before } else { self.ahead(before) }
    }

    /// The same, and the cursor never comes nearer to the edge than the margin.
    fn ahead(self, before: usize) -> usize {
        let (at, room) = (self.at, self.room.max(1));
        let before = before.min(self.last());
        if at + room < before || at >= before + 2 * room {
            return at.saturating_sub(room / 2).min(self.last());
        }
        let margin = MARGIN.min((room - 1) / 2);
        let (least, most) = ((at + margin + 1).saturating_sub(room), at.saturating_sub(margin));
        before.clamp(least, most).min(self.last())
    }

    /// The furthest that can be the first line in view.
    fn last(self) -> usize {
        self.len.saturating_sub(self.room)
    }
}

/// How the list on top lies in the window, if there is one.
fn shape(model: &Model) -> Option<Shape> {
    let (width, height) = view::screen::at_least(model.size);
    let height = usize::from(view::screen::middle(Rect::new(0, 0, width, height)).height);
    match (model.over.last(), &model.case) {
        (Some(Overlay::List(list)), _) => Some(picker::shape(list, list.rows(model).len(), height)),
        (Some(Overlay::Search(search)), _) => Some(search_view::shape(search, height)),
        (Some(_), _) => None,
        (None, None) => Some(home::shape(model, height)),
        (None, Some(screen)) => screens::shape(model, screen),
    }
}

/// Where it is kept how far that list is scrolled.
fn kept(model: &mut Model) -> Option<&mut usize> {
    match (model.over.last_mut(), &mut model.case) {
        (Some(Overlay::List(list)), _) => Some(&mut list.top),
        (Some(Overlay::Search(search)), _) => Some(&mut search.top),
        (Some(_), _) => None,
        (None, None) => Some(&mut model.home.top),
        (None, Some(screen)) => screen.tops.get_mut(screen.place as usize),
    }
}

/// Scrolls the list on top where its cursor has left the window.
pub(crate) fn settle(model: &mut Model) {
    scroll(model, Shape::top);
}

/// Scrolls the list on top where a key has brought its cursor near the edge.
pub(crate) fn ahead(model: &mut Model) {
    scroll(model, Shape::ahead);
}

fn scroll(model: &mut Model, to: fn(Shape, usize) -> usize) {
    let shape = shape(model);
    if let Some((shape, top)) = shape.zip(kept(model)) {
        *top = to(shape, *top);
    }
}

/// Turns the list on top by so many rows; the cursor stays on its row while that is in view. Where all rows are in view,
/// and in the tree of steps, which unfolds where the cursor is, the cursor moves instead.
pub(crate) fn wheel(model: &mut Model, up: bool, rows: usize) {
    let tree = model.over.is_empty() && model.case.as_ref().is_some_and(|screen| screen.place == Place::Playbook);
    let long = shape(model).filter(|shape| shape.len > shape.room && !tree);
    let Some((first, before)) = long.zip(kept(model).copied()) else {
        let id = if up { Id::Up } else { Id::Down };
        (0..rows).for_each(|_| _ = cursor::moved(model, id));
        return;
    };
    let to = if up { before.saturating_sub(rows) } else { (before + rows).min(first.last()) };
    // Headings are stepped over: it is in view after as many steps as it was turned by, at most.
    for _ in 0..rows {
        let id = match shape(model).map(|shape| shape.top(to).cmp(&to)) {
            Some(std::cmp::Ordering::Less) => Id::Down,
            Some(std::cmp::Ordering::Greater) => Id::Up,
            _ => break,
        };
        cursor::step(model, id);
    }
    if let Some(top) = kept(model) {
        *top = to;
    }
}

#[cfg(test)]
mod tests {
    use super::Shape;

    #[test]
    fn a_list_moves_only_where_the_cursor_leaves_it() {
        let shape = |at| Shape { at, len: 100, room: 10 };
        let (top, ahead) = (|at, before| shape(at).top(before), |at, before| shape(at).ahead(before));
        assert_eq!((top(20, 20), top(29, 20), ahead(25, 20), ahead(22, 20)), (20, 20, 20, 20), "in view nothing moves");
        assert_eq!((ahead(21, 20), ahead(28, 20)), (19, 21), "near the edge only keys turn it");
        assert_eq!((top(19, 20), top(30, 20)), (17, 23), "out of view");
        assert_eq!((ahead(0, 5), ahead(99, 85)), (0, 90), "there is nothing before the first or after the last");
        assert_eq!((top(60, 20), top(2, 80)), (55, 0), "far away it comes into the middle");
    }

    #[test]
    fn no_list_is_too_small_or_too_short() {
        for (len, room) in (0..8).flat_map(|len| (0..8).map(move |room| (len, room))) {
            for (at, before) in (0..8).flat_map(|at| (0..20).map(move |before| (at, before))) {
                let shape = Shape { at, len, room };
                for top in [shape.top(before), shape.ahead(before)] {
                    assert!(top <= len.saturating_sub(room));
                    let seen = at >= len || room == 0 || (top..top + room).contains(&at);
                    assert!(seen, "{at} of {len} in {room} from {before}");
                }
            }
        }
    }
}
