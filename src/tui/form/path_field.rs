//! A field for a path, and what the path could become.

use super::{
    field::{FieldEdit, FieldView, FormField, Head, Words},
    text_field::Field,
};

/// What a path that is being typed could become.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PathRow {
    /// The whole path, as it would stand in the field; a folder ends with a separator.
    pub path: String,
    /// Whether it is a folder.
    pub folder: bool,
    /// Its size, bytes.
    pub size: u64,
}

/// A path that is being typed.
#[derive(Clone, Debug, Default)]
pub(crate) struct PathInput {
    /// The text.
    pub(crate) field: Field,
    /// What it could become.
    pub(crate) rows: Vec<PathRow>,
    /// The text that those were asked for, and the number under which they were.
    pub(crate) asked: Option<(u64, String)>,
}

impl PathInput {
    /// Whether what it names is a folder, as far as the console was told.
    pub(crate) fn is_folder(&self) -> bool {
        let (text, ends) = (self.field.text(), std::path::is_separator);
        let typed = text.trim();
        typed.ends_with(ends) || self.rows.iter().any(|row| row.folder && row.path.trim_end_matches(ends) == typed)
    }

    /// Fills in what all candidates share. Says whether the path is whole, so that Tab goes on.
    pub(crate) fn complete(&mut self) -> bool {
        let text = self.field.text();
        if self.rows.iter().any(|row| row.path == text && !row.folder) {
            return true;
        }
        let fits: Vec<&str> = self.rows.iter().map(|row| row.path.as_str()).filter(|p| p.starts_with(&text)).collect();
        let Some(first) = fits.first() else { return false };
        let shared = fits.iter().fold(first.len(), |shared, path| {
            let same = first.char_indices().zip(path.chars()).take_while(|((_, a), b)| a == b).count();
            shared.min(first.char_indices().nth(same).map_or(first.len(), |(at, _)| at))
        });
        if let Some(more) = first.get(..shared).filter(|more| more.len() > text.len()) {
            let more = more.to_owned();
            self.field.set(&more);
        }
        false
    }
}

/// A path.
#[derive(Clone, Debug)]
pub(crate) struct PathField {
    head: Head,
    input: PathInput,
}

impl PathField {
    /// An empty one.
    pub(crate) fn new(id: impl Into<Words>, label: impl Into<Words>, hint: impl Into<Words>) -> Self {
        Self { head: Head::new(id, label, hint), input: PathInput::default() }
    }

    /// The path, as typed.
    pub(crate) fn text(&self) -> String {
        self.input.field.text()
    }
}

impl FormField for PathField {
    fn head(&self) -> &Head {
        &self.head
    }

    fn head_mut(&mut self) -> &mut Head {
        &mut self.head
    }

    fn view(&self) -> FieldView<'_> {
        FieldView::Path(&self.input)
    }

    fn edit(&mut self) -> FieldEdit<'_> {
        FieldEdit::Path(&mut self.input)
    }
}
