//! Completes a path that is being typed.

use super::intake;
use crate::tui::model::msg::PathRow;
use std::path::{MAIN_SEPARATOR, Path};

/// Rows shown at most.
const LIMIT: usize = 200;

/// What a typed path could become, folders first, each as it would stand in the field.
pub(super) fn complete_path(typed: &str) -> Vec<PathRow> {
    let cut = typed.rfind(std::path::is_separator).map_or(0, |at| at + 1);
    let (shown_folder, beginning) = typed.split_at(cut);
    let folder = if shown_folder.is_empty() { Path::new(".").to_owned() } else { intake::expand_home(shown_folder) };
    let mut rows: Vec<PathRow> = std::fs::read_dir(folder)
        .into_iter()
        .flatten()
        .flatten()
        .filter_map(|entry| {
            let name = entry.file_name().into_string().ok()?;
            let hidden = name.starts_with('.') && !beginning.starts_with('.');
            if hidden || !name.starts_with(beginning) {
                return None;
            }
            let metadata = entry.metadata().ok()?;
            let folder = metadata.is_dir();
            let end = if folder { String::from(MAIN_SEPARATOR) } else { String::new() };
            Some(PathRow { path: format!("{shown_folder}{name}{end}"), folder, size: metadata.len() })
        })
        .collect();
    rows.sort_by(|a, b| b.folder.cmp(&a.folder).then_with(|| a.path.cmp(&b.path)));
    rows.truncate(LIMIT);
    rows
}

/// The last part of a path as it was typed: what a line of progress has room for.
pub(super) fn file_name(path: &str) -> String {
    Path::new(path).file_name().map_or_else(|| path.to_owned(), |name| name.to_string_lossy().into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_beginning_is_completed_with_type_and_size() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("ransom.txt"), b"pay").unwrap();
        std::fs::create_dir(folder.path().join("raw")).unwrap();
        std::fs::write(folder.path().join("other"), b"").unwrap();
        let base = format!("{}{MAIN_SEPARATOR}", folder.path().display());
        let rows = complete_path(&format!("{base}ra"));
        let wanted = vec![(format!("{base}raw{MAIN_SEPARATOR}"), true), (format!("{base}ransom.txt"), false)];
        assert_eq!(rows.iter().map(|row| (row.path.clone(), row.folder)).collect::<Vec<_>>(), wanted);
        assert_eq!(rows[1].size, 3);
        assert!(complete_path("/no/such/folder/x").is_empty());
    }
}
