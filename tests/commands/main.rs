//! The command line, as a process.
#![allow(clippy::unwrap_used, clippy::panic, clippy::print_stdout, missing_docs)]

#[path = "../support/mod.rs"]
mod support;
#[path = "../support/terminal.rs"]
mod terminal;

mod help;
mod incident;
mod playbook_commands;
mod safe_output;
mod settings;
mod times;
mod unchecked;
