//! The world taken away from under the program: kills, full and broken disks, replaced files.
#![allow(clippy::unwrap_used, clippy::panic, clippy::print_stdout, missing_docs)]

#[path = "../support/mod.rs"]
mod support;
#[path = "../support/terminal.rs"]
mod terminal;

#[cfg(target_os = "linux")]
mod campaign;
mod durability;
mod promises;
mod refused;
#[cfg(target_os = "linux")]
mod sticks;
