//! What is done next, once an action was done.

use crate::tui::{keys::table::ActionId, model::effect::Effect};

/// What comes of an action.
#[derive(Debug)]
pub(crate) enum Next {
    /// It is done, and this is to be done outside.
    Effects(Vec<Effect>),
    /// Another action was chosen by it, and is to be performed.
    Perform(ActionId),
}

impl From<Vec<Effect>> for Next {
    fn from(effects: Vec<Effect>) -> Self {
        Self::Effects(effects)
    }
}
