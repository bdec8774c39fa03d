//! The console as a whole: what keys do, and what a tired person sees.

mod clock_change;
mod deadlines;
mod decisions;
mod editing;
mod evidence;
mod export;
mod extras;
mod forms;
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
    domain::decide::Command,
    tui::{model::msg::Msg, testing::Desk, update},
};

/// Writes as another process does, so that the screen takes it in.
fn elsewhere(desk: &mut Desk, time: &str, command: Command) {
    let records = desk.wrote(time, command);
    update(&mut desk.model, Msg::Entries(records));
}
