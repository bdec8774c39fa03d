//! The screen: a model, what changes it, and a drawing of it. It knows no terminal, no clock and no file.
//!
//! [`update`] takes a [`Msg`](model::msg::Msg) in and says which [`Effect`](model::effect::Effect)s it has; [`draw_screen`]
//! draws the [`Model`]. Keys are looked up in one table of actions, which also makes the bottom line, the palette and
//! the help.

// A new place, overlay, message or action is not passed over in silence: every match over ours names what it means. Tests may.
#![cfg_attr(not(test), deny(clippy::wildcard_enum_match_arm))]

mod form;
mod forms;
pub mod keys;
pub mod model;
mod screens;
#[cfg(test)]
mod testing;
#[cfg(test)]
mod tests;
mod text;
mod update;
mod view;
mod widgets;

pub use keys::{
    key_table::{ActionRow, key_table_markdown, list_action_rows},
    keymap::{KeyFault, KeyLine, Keymap},
};
pub use model::{Model, Settings};
pub use text::theme::Look;
pub use update::{drafts::list_drafts as drafts_of, update};
pub use view::screen::draw_screen;
