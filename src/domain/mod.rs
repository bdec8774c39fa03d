//! What an incident is: pure values and rules, with no clock, no files and no screen.
//!
//! [`decide`](decide::decide) turns a [`Command`](decide::Command) into [`Event`](event::Event)s or a
//! [`Refusal`](case::refusal::Refusal); a console stamps and chains those into [`Record`](record::Record)s; and
//! [`Case::apply`](case::Case::apply) folds records into what the case is now, live and on replay alike.

// A new kind of entry, step or answer is not passed over in silence: every match over ours names what it means. Tests may.
#![cfg_attr(not(test), deny(clippy::wildcard_enum_match_arm))]

pub mod asset;
pub mod case;
pub mod decide;
pub mod duty;
pub mod event;
pub mod export_name;
pub mod finding;
pub mod handover;
pub mod id;
pub mod indicator;
pub mod leftover;
pub mod marking;
pub mod person;
pub mod playbook;
pub mod problem;
pub mod record;
pub mod search;
pub mod step;
pub mod text;
pub mod time;
pub mod time_input;
pub(crate) mod wording;
pub mod zone;
