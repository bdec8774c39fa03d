//! What an incident is: pure values and rules, with no clock, no files and no screen.

pub mod duty;
pub mod id;
pub mod marking;
pub mod person;
pub mod playbook;
pub mod text;
pub mod time;
