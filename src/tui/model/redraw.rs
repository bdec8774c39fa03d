//! What tells whether the screen is to be drawn again, and whether to ring.

use super::bell::Bell;

/// What was drawn and rung.
#[derive(Clone, Debug)]
pub(crate) struct Redraw {
    /// Something that is drawn has changed.
    pub(crate) dirty: bool,
    /// Every running time on screen, as it was last drawn.
    pub(crate) shown_times: String,
    /// What has rung; `None` where nothing is to ring.
    pub(crate) bell: Option<Bell>,
}
