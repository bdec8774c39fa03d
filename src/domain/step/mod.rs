//! A playbook in use and how its steps stand. It knows no case.

pub mod attached_playbook;
mod evaluate;
pub mod status;
