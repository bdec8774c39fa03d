//! Assets and how they stand.

use super::{
    macros::payload,
    said::{About, DetailRow, Mark, Names, Said, Sign, Slot, Undo, join_with_colon},
};
use crate::domain::{
    asset::{AssetKind, AssetState, Importance},
    person::Person,
};

payload! {
    "asset.noted" 1
    /// How an asset stands from now on. The same kind and name, in whatever case, is the same asset.
    AssetNoted {
        /// What it is called, such as `PACS` or `svc-backup`.
        name: String,
        /// What sort of thing it is.
        kind: AssetKind,
        /// What hangs on it.
        importance: Importance,
        /// How it stands.
        state: AssetState,
        /// Anything to add; may be empty.
        about: String,
    }
}

impl Said for AssetNoted {
    fn sign(&self) -> Sign {
        Sign::word("asset", Mark::Note)
    }

    fn line(&self, _: &Person, _: &dyn Names) -> String {
        join_with_colon(&format!("{} is {}", self.name, self.state), &self.about)
    }

    fn sentence(&self, _: &dyn Names) -> String {
        let (name, kind, importance, state) = (&self.name, self.kind, self.importance, self.state);
        join_with_colon(&format!("{name} ({kind}, importance {importance}) is {state}"), &self.about)
    }

    fn rows(&self, _: &dyn Names) -> Vec<DetailRow> {
        vec![
            ("Name", self.name.clone()),
            ("Kind", self.kind.to_string()),
            ("Importance", self.importance.to_string()),
            ("State", self.state.to_string()),
            ("About", self.about.clone()),
        ]
    }

    fn texts(&self) -> Vec<&str> {
        vec![&self.name, &self.about]
    }

    fn observed(&self) -> Vec<&str> {
        vec![&self.about]
    }

    fn about(&self) -> About<'_> {
        About::NOTHING
    }

    fn undo(&self) -> Undo {
        Undo::PutsBack(Slot::of("asset", &format!("{}/{}", self.kind, self.name.trim())))
    }

    fn needs_open_case(&self) -> bool {
        true
    }

    fn written_by_itself(&self) -> bool {
        false
    }
}
