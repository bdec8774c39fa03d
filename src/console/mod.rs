//! The screen: a model, what changes it, and a drawing of it. It knows no terminal, no clock and no file.
//!
//! [`update`] takes a [`Msg`](msg::Msg) in and says which [`Effect`](effect::Effect)s it has; [`view`] draws the
//! [`Model`]. Keys are looked up in one table of actions, which also makes the bottom line, the palette and the
//! help.

mod act;
mod action;
mod answers;
mod bell;
mod boxes;
mod case;
mod choose;
mod contexts;
mod copy;
mod detail;
pub mod draft;
pub mod effect;
mod entry;
mod field;
mod field_view;
mod form;
mod found;
mod fuzzy;
mod guard;
mod home;
mod incident;
mod item;
pub mod key;
mod keymap;
mod list;
mod marked;
mod message;
mod model;
mod mouse;
mod moving;
pub mod msg;
mod page;
mod pick_view;
mod picture;
mod places;
mod scroll;
mod search;
mod search_view;
mod send;
mod sheet;
mod sheet_view;
mod table;
#[cfg(test)]
mod testing;
#[cfg(test)]
mod tests;
mod theme;
mod tick;
mod top;
mod update;
mod view;
mod when;
mod width;
mod words;

pub use action::{ActionRow, actions, key_table_markdown};
pub(crate) use detail::detail;
pub use keymap::{KeyFault, KeyLine, Keymap};
pub use model::{LEAST, Model, Settings};
pub use theme::Look;
pub use update::update;
pub use view::view;
