//! Rows in, lines out: lists with a cursor, and what is read from its top.

pub(crate) mod grouped_list;
pub(crate) mod layout;
pub(crate) mod list;
pub(crate) mod list_with_detail;
pub(crate) mod reading;
pub(crate) mod scroll;
