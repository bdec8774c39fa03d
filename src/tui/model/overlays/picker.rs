//! A list that narrows as one types: what is in it, what was typed, and where its cursor is.

use crate::tui::{
    form::text_field::Field,
    keys::{action::Context, keymap::Keymap, table::ActionId, ways::KeyNames},
};

/// The list.
#[derive(Clone, Debug)]
pub(crate) struct List {
    /// What is in it.
    pub(crate) kind: ListKind,
    /// What was typed to narrow it.
    pub(crate) field: Field,
    /// The row with the cursor, among those that are left.
    pub(crate) at: usize,
    /// Rows that are scrolled away.
    pub(crate) top: usize,
    /// The draft that goes when it is thrown away once more.
    pub(crate) sure: Option<usize>,
}

/// What a list has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ListKind {
    /// What is typed and not recorded.
    Drafts,
    /// What the log can be filtered by.
    Filters,
    /// The questions of the playbooks.
    Questions,
    /// The playbooks that could be used.
    Playbooks,
}

impl List {
    /// The whole list.
    pub(crate) fn new(kind: ListKind) -> Self {
        Self { kind, field: Field::line(""), at: 0, top: 0, sure: None }
    }

    /// Moves by so many rows.
    pub(crate) fn step(&mut self, by: isize, len: usize) {
        self.at = self.at.saturating_add_signed(by).min(len.saturating_sub(1));
        self.sure = None;
    }

    /// Its heading.
    pub(crate) fn title(&self, keymap: &Keymap) -> String {
        let key = |id| KeyNames::new(keymap, Context::List).key(id);
        match self.kind {
            ListKind::Drafts => format!(
                "Not recorded: typed before. {} goes on, {} throws away, {} keeps all",
                key(ActionId::Choose),
                key(ActionId::ThrowAway),
                key(ActionId::Back)
            ),
            ListKind::Filters => "What is to be shown?".into(),
            ListKind::Questions => "Which question?".into(),
            ListKind::Playbooks => "Which playbook?".into(),
        }
    }
}
