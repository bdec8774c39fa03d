//! Puts the frame together: its lines, the screen of the place, and what lies over it.

mod frame_lines;
pub(crate) mod notice;
pub(crate) mod screen;

pub(crate) mod form {
    mod field;
    pub(crate) mod open_form;
    mod pick;
    mod preview;
}
