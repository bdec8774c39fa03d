//! What an incident is: pure values and rules, with no clock, no files and no screen.
//!
//! [`decide`](decide::decide) turns a [`Command`](command::Command) into [`Event`](event::Event)s or a
//! [`Refusal`](refusal::Refusal); a console stamps and chains those into [`Record`](record::Record)s; and
//! [`Case::apply`](case::Case::apply) folds records into what the case is now, live and on replay alike.

mod about;
pub mod answer;
pub mod asset;
pub mod case;
pub mod chain;
pub mod clock;
pub mod command;
pub mod decide;
mod decide_picture;
mod decide_step;
mod decide_undo;
pub mod describe;
pub mod difference;
pub mod duty;
pub mod event;
mod event_macro;
mod event_picture;
pub mod explain;
pub mod export;
pub mod finding;
pub mod handover;
mod handover_rest;
#[cfg(test)]
mod handover_tests;
mod handover_words;
pub mod id;
pub mod index;
pub mod indicator;
mod indicator_shape;
pub mod json_line;
pub mod leftover;
pub mod marking;
pub mod odd_times;
pub mod past;
mod past_log;
pub mod person;
pub mod picture;
#[cfg(test)]
mod picture_tests;
pub mod plan;
pub mod playbook;
pub mod progress;
pub mod record;
pub mod refusal;
pub mod seal;
pub mod standing;
pub mod stated;
pub mod summary;
pub mod text;
pub mod time;
pub mod turn;
pub mod when;
pub mod words;
pub mod zone;
