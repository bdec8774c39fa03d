//! CareCERT React: carries a health organisation through a cyber incident, and records every step.

pub mod domain;
