//! What every front says is worded once, in `src/domain/wording`.

use super::house::{is_tests, root, rust_files, without_tests};
use std::fs;

/// Where numbers and times are worded.
const WORDING: &str = "src/domain/wording";

/// The code of each file outside [`WORDING`], with single spaces and without its tests.
fn code_elsewhere() -> Vec<(String, String)> {
    let files = rust_files(&root().join("src")).into_iter().filter(|path| !is_tests(path));
    let files = files.filter(|path| !path.starts_with(root().join(WORDING)));
    let text = |path: std::path::PathBuf| {
        let text = fs::read_to_string(&path).unwrap();
        let lines = without_tests(&text).lines().filter(|line| !line.trim_start().starts_with("//"));
        let code = lines.flat_map(str::split_whitespace).collect::<Vec<_>>().join(" ");
        (path.strip_prefix(root()).unwrap().display().to_string(), code)
    };
    files.map(text).collect()
}

/// Choices between one thing and several that end in a text, as they are written by hand.
fn plurals_by_hand(code: &str) -> Vec<String> {
    let mut found = Vec::new();
    for choice in ["== 1 { ", "!= 1 { ", " 1 => ", "(1) => ", "== 1 => "] {
        for (at, _) in code.match_indices(choice) {
            let arm = &code[at + choice.len()..];
            let inner = ["Some(", "Ok(", "Err(", "String::from(", "lines.push("].iter();
            let text = inner.fold(arm, |text, wrap| text.strip_prefix(wrap).unwrap_or(text));
            if text.starts_with(['"', '\'']) || text.starts_with("format!(") {
                let from = code[..at].char_indices().rev().nth(20).map_or(0, |(from, _)| from);
                found.push(code[from..].chars().take(90).collect());
            }
        }
    }
    found
}

#[test]
fn one_and_many_are_told_apart_in_one_place() {
    let wrong: Vec<String> = code_elsewhere()
        .iter()
        .flat_map(|(path, code)| plurals_by_hand(code).into_iter().map(move |found| format!("{path}: …{found}…")))
        .collect();
    assert!(wrong.is_empty(), "use counted() or its like from {WORDING}/number.rs:\n{}", wrong.join("\n"));
}

#[test]
fn the_search_for_plurals_sees_them() {
    for by_hand in [
        "let s = if n == 1 { \"step\" } else { \"steps\" };",
        "let count = if left.len() == 1 { format!(\"1 file\") } else { many };",
        "match n { 0 => none(), 1 => Some(format!(\"1 {one}\")), n => many(n) }",
        "match open { Some(1) => \"1 case open\".into(), other => several(other) }",
    ] {
        assert_eq!(plurals_by_hand(by_hand).len(), 1, "{by_hand}");
    }
    for other in
        ["if parts.len() == 1 { parts.pop() } else { None }", "counted(n, \"step\", \"steps\")", "1 => Some(Self::Act)"]
    {
        assert!(plurals_by_hand(other).is_empty(), "{other}");
    }
}
