//! Keys, actions, and which key does what where.

pub(crate) mod action;
pub(crate) mod contexts;
pub mod key;
pub(crate) mod key_table;
pub(crate) mod keymap;
pub(crate) mod place;
pub(crate) mod table;
