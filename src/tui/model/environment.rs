//! What the console knows of its user, its window and the time: no case, and nothing that is written.

use crate::{
    domain::{event::ContactNoted, person::Person, problem::Problem, time::Now},
    tui::{
        forms::context::PlaybookRow,
        keys::keymap::Keymap,
        text::theme::{Look, Theme},
    },
};

/// What the terminal and its user want.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Settings {
    /// How the screen is coloured; monochrome under `NO_COLOR`.
    pub look: Look,
    /// Signs are kept to ASCII.
    pub ascii: bool,
    /// Which key does what.
    pub keymap: Keymap,
    /// What is wrong in the settings' file, a text each: shown first.
    pub faults: Vec<String>,
    /// Nobody has said yet who works here: it is asked first.
    pub asks_name: bool,
    /// It rings when a deadline comes near and when it passes.
    pub bell: bool,
    /// It listens to the mouse.
    pub mouse: bool,
    /// The folder in which the program was started: where exports go that are given no other; empty if not known.
    pub here: String,
}

/// What the console knows of its surroundings.
#[derive(Clone, Debug)]
pub(crate) struct Environment {
    /// How the screen is coloured.
    pub(crate) theme: Theme,
    /// Which key does what.
    pub(crate) keymap: Keymap,
    /// It listens to the mouse.
    pub(crate) mouse: bool,
    /// The folder in which the program was started; empty if not known.
    pub(crate) here: String,
    /// The name of the place of the cases.
    pub(crate) home_label: String,
    /// The time; `None` before it was told.
    pub(crate) now: Option<Now>,
    /// The window's columns and rows; `(0, 0)` before they were told.
    pub(crate) size: (u16, u16),
    /// Who is logged in where no case is open.
    pub(crate) responder: Person,
    /// The playbooks that a case can use.
    pub(crate) playbooks: Vec<PlaybookRow>,
    /// The organisation's contacts.
    pub(crate) contacts: Vec<ContactNoted>,
    /// Why its file of them could not be read.
    pub(crate) contacts_fault: Option<Problem>,
}
