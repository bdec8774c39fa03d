//! Everything that waits: the event loop, the terminal, the writer thread and jobs, and the machine's clock.
//!
//! [`app`] is the console at work; [`session`] is the write path that it shares with the command line. What a screen
//! shows is not decided here: see [`tui`](crate::tui).

// A new effect, message or answer of the writer is not passed over in silence: every match over ours names what it means. Tests may.
#![cfg_attr(not(test), deny(clippy::wildcard_enum_match_arm))]

pub mod actor;
pub mod app;
mod case_list;
pub mod clock;
mod contacts;
pub mod create;
#[cfg(unix)]
mod decode;
pub mod demo;
mod demo_script;
mod drafts;
pub mod environment;
mod evidence_preview;
pub mod export;
pub mod follow;
mod frame;
pub mod home;
mod input;
pub mod intake;
pub mod interrupt;
mod job_control;
mod jobs;
pub mod jump;
mod keys;
mod paths;
pub mod session;
pub mod settings;
mod signals;
mod terminal;
pub mod tidy;
mod writer;
pub mod zone;
