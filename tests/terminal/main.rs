//! The console, at a pseudo-terminal.
#![allow(clippy::unwrap_used, clippy::panic, clippy::print_stdout, missing_docs)]

#[path = "../support/process.rs"]
mod process;
#[path = "../support/mod.rs"]
mod support;
#[path = "../support/terminal.rs"]
mod terminal;

mod console;
mod drafts;
mod first;
mod handover;
#[cfg(unix)]
mod monkey;
mod mouse;
mod reach;
mod responder;
