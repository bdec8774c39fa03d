//! The repository itself: its layers, its documentation and its pictures.
#![allow(clippy::unwrap_used, clippy::panic, clippy::print_stdout, missing_docs)]

#[path = "../support/svg.rs"]
mod svg;

mod contributing;
mod house;
mod imports;
mod pictures;
mod readme;
mod scan;
mod sub_rooms;
mod variants;
mod wording;
