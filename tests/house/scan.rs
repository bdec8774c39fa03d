//! What the tests of the house read: the Rust files, and their code without comments, texts and tests.

use std::{
    fs,
    path::{Path, PathBuf},
};

pub(crate) fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

pub(crate) fn rust_files(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).unwrap().map(Result::unwrap) {
        let path = entry.path();
        if path.is_dir() {
            files.extend(rust_files(&path));
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            files.push(path);
        }
    }
    files.sort();
    files
}

/// The code of a file: without comments, the contents of texts, and the tests at its end.
pub(crate) fn code(text: &str) -> String {
    let mut out = String::new();
    let mut rest = without_tests(text);
    while let Some(at) = rest.find(['/', '"', '\'']) {
        let (before, from) = rest.split_at(at);
        out.push_str(before);
        let skipped = if from.starts_with("//") {
            from.find('\n').unwrap_or(from.len())
        } else if from.starts_with('"') {
            let raw = before.trim_end_matches('#');
            let hashes = before.len() - raw.len();
            if raw.ends_with('r') { raw_text(from, hashes) } else { quoted(from) }
        } else if from.starts_with("'\"'") {
            3
        } else if from.starts_with("'\\'") {
            4
        } else {
            out.push_str(&from[..1]);
            1
        };
        rest = &from[skipped..];
    }
    out.push_str(rest);
    out
}

fn quoted(from: &str) -> usize {
    let mut escaped = false;
    for (at, c) in from.char_indices().skip(1) {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '"' => return at + 1,
            _ => {}
        }
    }
    from.len()
}

fn raw_text(from: &str, hashes: usize) -> usize {
    let end = format!("\"{}", "#".repeat(hashes));
    from[1..].find(&end).map_or(from.len(), |at| 1 + at + end.len())
}

/// The text up to its test module. A whole file of tests, declared by `mod tests;`, is left out by its name.
pub(crate) fn without_tests(text: &str) -> &str {
    let inline = text.match_indices("#[cfg(test)]").find(|(at, mark)| {
        let after = text[at + mark.len()..].trim_start();
        after.starts_with("mod ") && after.find('{') < after.find(';').or(Some(usize::MAX))
    });
    inline.map_or(text, |(at, _)| &text[..at])
}

/// Whether the file is one of tests as a whole, by itself or with a folder around it.
pub(crate) fn is_tests(path: &Path) -> bool {
    let inside = path.strip_prefix(root()).unwrap_or(path);
    inside.ancestors().any(|part| part.ends_with("tests") || declared_as_tests(&root().join(part)))
}

/// Whether `#[cfg(test)] mod NAME;` declares the file or folder, in the `mod.rs` beside it or, for a folder that has
/// none, in that of the folder around it.
fn declared_as_tests(path: &Path) -> bool {
    let (Some(folder), Some(stem)) = (path.parent(), path.file_stem().and_then(|stem| stem.to_str())) else {
        return false;
    };
    let own = fs::read_to_string(folder.join("mod.rs"));
    let declared = own.or_else(|_| fs::read_to_string(folder.join("../mod.rs"))).unwrap_or_default();
    declared.split("#[cfg(test)]").skip(1).any(|rest| {
        let item = rest.trim_start().trim_start_matches("pub(crate) ");
        item.starts_with(&format!("mod {stem};"))
    })
}
