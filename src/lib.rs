//! CareCERT React: carries a health organisation through a cyber incident, and records every step.

pub mod console;
pub mod domain;
pub mod exchange;
pub mod playbook;
pub mod runtime;
pub mod store;
