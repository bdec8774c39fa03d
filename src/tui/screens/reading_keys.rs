//! The keys that scroll what is read, by their names.

use crate::tui::{
    keys::{table::ActionId, ways::KeyNames},
    widgets::reading::Keys,
};

/// The names of the keys that scroll what is read.
pub(super) fn reading_keys(ways: KeyNames<'_>) -> Keys {
    Keys {
        up: ways.key(ActionId::Up),
        down: ways.key(ActionId::Down),
        page_up: ways.key(ActionId::PageUp),
        page_down: ways.key(ActionId::PageDown),
    }
}
