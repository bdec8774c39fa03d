//! What an incident is: steps, decisions, undoing, the index and the walks through every playbook.
#![allow(clippy::unwrap_used, clippy::panic, clippy::print_stdout, missing_docs)]

#[path = "../support/many.rs"]
mod many;
#[path = "../support/mod.rs"]
mod support;

mod engine;
mod index;
mod replay;
mod standing;
mod walk;
