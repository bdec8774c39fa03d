//! The console as a whole: what keys do, and what a tired person sees.

/// Holds what is on screen against the frames that were looked at, in the least size and in a usual one.
macro_rules! frames {
    ($desk:expr, $name:literal) => {
        insta::assert_snapshot!(concat!($name, "_80x23"), $desk.sized(80, 23));
        insta::assert_snapshot!(concat!($name, "_120x40"), $desk.sized(120, 40));
    };
}

mod clock_change;
mod deadlines;
mod decisions;
mod evidence;
mod export;
mod extras;
mod frame;
mod frames;
mod handover;
mod hostile;
mod incident;
mod integrity;
mod keys;
mod kinds;
mod line_feed;
mod log;
mod many;
mod marks;
mod messages;
mod mouse;
mod night;
mod old_drafts;
mod people;
mod proposed;
mod random;
mod read_only;
mod remapped;
mod screens;
mod systems;

use crate::{
    domain::decide::command::Command,
    tui::{model::msg::Msg, testing::Desk, update},
};

/// Writes as another process does, so that the screen takes it in.
fn elsewhere(desk: &mut Desk, time: &str, command: Command) {
    let records = desk.wrote(time, command);
    update(&mut desk.model, Msg::Entries(records));
}
