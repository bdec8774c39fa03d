//! What is wrong with a field.

use std::borrow::Cow;

/// What is wrong with a field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Fault {
    /// The field, by its name in the code.
    pub(crate) id: Cow<'static, str>,
    /// What is wrong, and what would work.
    pub(crate) text: String,
}
