//! Problems in the words of this room.

use crate::{domain::problem::Problem, store::error::StoreError};

/// What is wrong with its causes, in one line and without a hint.
pub fn one_line(why: &StoreError) -> String {
    Problem::from(why).without_hint()
}

/// A report of which nothing more is known.
pub fn plain(what: impl Into<String>, hint: impl Into<String>) -> Problem {
    Problem::new(what, hint)
}
