//! The keys that scroll what is read, by their names.

use crate::tui::{
    keys::{table::Id, ways::Ways},
    widgets::reading::Keys,
};

/// The names of the keys that scroll what is read.
pub(super) fn reading_keys(ways: Ways<'_>) -> Keys {
    Keys {
        up: ways.key(Id::Up),
        down: ways.key(Id::Down),
        page_up: ways.key(Id::PageUp),
        page_down: ways.key(Id::PageDown),
    }
}
