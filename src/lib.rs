//! CareCERT React: carries a health organisation through a cyber incident, and records every step.
//!
//! # Rooms
//!
//! | room | what is in it |
//! |---|---|
//! | [`domain`] | what an incident is: events, records, the fold, what a command comes to. Pure values and rules |
//! | [`playbook`] | RON to playbooks, with findings that name the place and how to fix it; the built-in set |
//! | [`store`] | the case file and the evidence vault; the only room that knows SQL |
//! | [`exchange`] | what leaves: bundle, reports, timelines; and the check of a case and of a bundle |
//! | [`tui`] | the screen: a model, what changes it, and a drawing of it |
//! | [`runtime`] | all that waits: event loop, terminal, writer thread, jobs, the machine's clock |
//! | [`cli`] | one file for each command |
//!
//! No room uses one below it; `tests/house/house.rs` holds which it may use, and `tests/house/sub_rooms.rs` the order inside
//! a room. `.github/CONTRIBUTING.md` has the whole map, with recipes for changes.
//!
//! # One key press
//!
//! A key becomes a [`Msg`](tui::model::msg::Msg); [`tui::update`] turns it into
//! [`Effect`](tui::model::effect::Effect)s; the writer thread asks [`decide`](domain::decide::decide) what the command
//! comes to, stamps and chains the events as [`Record`](domain::record::Record)s and commits them; and only then the
//! console hears of them and applies them by [`Case::apply`](domain::case::Case::apply), the very fold that replays
//! a case from disk. [`runtime::session::Session`] is that path for the console and the command line alike.

pub mod cli;
pub mod domain;
pub mod exchange;
pub mod playbook;
pub mod runtime;
pub mod store;
pub mod tui;
