//! What every front says is worded once, in `src/domain/wording`.

use super::scan::{is_tests, quoted, root, rust_files, without_tests};
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
            if code[..at].ends_with(['<', '>', '=']) {
                continue;
            }
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

/// What keys are said to do.
const DOES: &[&str] = &[
    "adds", "answers", "asks", "back", "begins", "checks", "chooses", "clears", "compares", "decides", "ends",
    "exports", "finds", "for", "gives", "goes", "hands", "is", "keeps", "leads", "leaves", "lists", "marks", "meets",
    "notes", "on", "opens", "puts", "quits", "reads", "records", "removes", "reopens", "says", "shows", "starts",
    "states", "stays", "stops", "takes", "throws", "undoes", "uses", "waives", "when", "writes",
];

/// Where texts of the screen are written.
const SCREEN: &[&str] = &["src/tui/", "src/runtime/", "src/domain/"];

/// Where keys have their names, and where those are listed by which one writes, which no setting changes.
const NAMES_KEYS: &[&str] = &["src/tui/keys/", "src/tui/text/theme.rs", "src/tui/screens/page/mod.rs"];

/// The texts in the code.
fn texts(code: &str) -> Vec<&str> {
    let (mut texts, mut rest) = (Vec::new(), code);
    while let Some(at) = rest.find('"') {
        let (before, from) = rest.split_at(at);
        if before.ends_with('\'') {
            rest = &from[1..];
            continue;
        }
        let end = quoted(from);
        texts.push(from[..end].trim_matches('"'));
        rest = &from[end..];
    }
    texts
}

/// Keys that a text names, and that a setting may have changed.
fn keys_by_hand(text: &str) -> Vec<String> {
    let words: Vec<&str> = text.split(' ').collect();
    let names = |at: usize, word: &str| {
        let word = word.trim_matches([',', ';', ':', '(', ')', '“', '”', '.']);
        let next = words.get(at + 1).map_or("", |next| next.trim_end_matches([',', ';', '.', ':']));
        let alone = word.chars().count() == 1 && word.chars().all(char::is_alphanumeric);
        let article = matches!(word, "a" | "I") && matches!(next, "is" | "for" | "on" | "back" | "when");
        let number = word.chars().all(|c| c.is_ascii_digit()) && matches!(next, "for" | "on" | "back" | "when");
        let said = alone && DOES.contains(&next) && !article && !number;
        let last = alone && at + 1 == words.len() && at > 0 && words[at - 1].ends_with(':');
        said || last
            || ["Esc", "⏎", "PgUp", "PgDn"].contains(&word)
            || word.starts_with("Ctrl-")
            || word.starts_with("Alt-")
    };
    words.iter().enumerate().filter(|(at, word)| names(*at, word)).map(|(_, word)| (*word).to_owned()).collect()
}

#[test]
fn no_text_writes_down_a_key_that_can_be_remapped() {
    let within = |path: &str, folders: &[&str]| folders.iter().any(|folder| path.starts_with(folder));
    let code = code_elsewhere();
    let mut wrong = Vec::new();
    for (path, code) in code.iter().filter(|(path, _)| within(path, SCREEN) && !within(path, NAMES_KEYS)) {
        for text in texts(code) {
            wrong.extend(keys_by_hand(text).into_iter().map(|key| format!("{path}: {key} in \"{text}\"")));
        }
    }
    assert!(wrong.is_empty(), "ask the keymap, by Ways:\n{}", wrong.join("\n"));
}

#[test]
fn the_search_for_keys_sees_them() {
    for text in [
        "e takes a file in",
        "press Ctrl-S",
        "Esc stops it.",
        "3 is the log",
        "I takes them in",
        " {n} more: 2 shows all",
    ] {
        assert!(!keys_by_hand(text).is_empty(), "{text}");
    }
    for text in ["{key} takes a file in", "a note is", "2 days", "Enter goes on", "↑ ↓ choose", "{} of {} is shown"]
    {
        assert!(keys_by_hand(text).is_empty(), "{text}: {:?}", keys_by_hand(text));
    }
    assert_eq!(texts("let quote = '\"'; let said = \"one \\\" two\"; // none"), ["one \\\" two"]);
}
