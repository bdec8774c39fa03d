//! A playbook in use and how its steps stand. It knows no case.

pub mod attached_playbook;
pub mod status;
