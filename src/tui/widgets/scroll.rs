//! How the lines of a list lie in a window, and which is the first in view.

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
    pub(crate) fn ahead(self, before: usize) -> usize {
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
    pub(crate) fn last(self) -> usize {
        self.len.saturating_sub(self.room)
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
