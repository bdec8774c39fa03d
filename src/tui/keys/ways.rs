//! The names of keys, for texts that say what can be done: no text writes a key down, since each can be remapped.

use super::{
    action::{Context, list_actions},
    keymap::Keymap,
    table::ActionId,
};

/// The keys of one place.
#[derive(Clone, Copy)]
pub(crate) struct KeyNames<'a> {
    keymap: &'a Keymap,
    context: Context,
}

impl<'a> KeyNames<'a> {
    /// The keys that `context` has in `keymap`.
    pub(crate) fn new(keymap: &'a Keymap, context: Context) -> Self {
        Self { keymap, context }
    }

    /// The first key that does this here, as it is written; the way through the list of all actions where it has none.
    pub(crate) fn key(self, id: ActionId) -> String {
        self.keymap.key_text(self.context, id)
    }

    /// Every key that does this here: `⏎ or v`.
    pub(crate) fn keys(self, id: ActionId) -> String {
        let own =
            list_actions(self.context).filter(|action| action.id == id).flat_map(|action| self.keymap.keys(action));
        let own: Vec<String> = own.map(|key| key.written()).collect();
        if own.is_empty() { self.key(id) } else { own.join(" or ") }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tui::keys::place::Place;

    #[test]
    fn a_text_names_the_keys_of_the_place() {
        let keymap = Keymap::default();
        let at = |place| KeyNames::new(&keymap, Context::At(place));
        assert_eq!(
            (at(Place::Now).key(ActionId::Impact), at(Place::Log).key(ActionId::Impact)),
            ("i".into(), ": what it means for patients".into())
        );
        assert_eq!(
            (at(Place::Integrity).keys(ActionId::Check), at(Place::Log).keys(ActionId::Check)),
            ("⏎ or v".into(), "v".into())
        );
        assert_eq!(at(Place::Now).keys(ActionId::Severity), ": change severity");
    }
}
