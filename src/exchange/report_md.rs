//! The report as Markdown.

use crate::store::snapshot::Snapshot;

/// Placeholder.
pub fn render(_: &Snapshot) -> String {
    "# placeholder\n".into()
}
