//! Puts the frame together: its lines, the screen of the place, and what lies over it.

mod frame_lines;
pub(crate) mod notice;
pub(crate) mod screen;

pub(crate) mod form {
    mod field;
    mod pick;
    mod preview;
    pub(crate) mod sheet;
}
