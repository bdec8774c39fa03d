//! Texts of the environment. A path may be any bytes; a text that is recorded or read may not.

use std::env::{VarError, var};

/// A variable of the environment that is needed as text, and is none.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{name} in the environment is not UTF-8 text")]
pub struct BadVariable {
    /// Its name.
    pub name: &'static str,
}

impl BadVariable {
    /// What to do.
    pub fn hint(self) -> String {
        format!("set {0} again in a terminal whose character set is UTF-8, or `unset {0}`", self.name)
    }
}

/// The text of a variable; `None` where it is not set.
///
/// # Errors
///
/// It is set, and is not UTF-8.
pub fn read_variable(name: &'static str) -> Result<Option<String>, BadVariable> {
    match var(name) {
        Ok(text) => Ok(Some(text)),
        Err(VarError::NotPresent) => Ok(None),
        Err(VarError::NotUnicode(_)) => Err(BadVariable { name }),
    }
}
