//! Holds that a new variant of one of our own enums is not passed over in silence.
//!
//! `clippy::wildcard_enum_match_arm`, denied in every room, sees `_ =>` in a match over an enum itself. It sees neither
//! one within an `Option` or a tuple nor a `matches!` that lists variants: those are looked for here, by how rustfmt lays
//! them out.

use crate::scan::{code, is_tests, root, rust_files};
use std::{collections::BTreeSet, fs};

/// Lists of variants in which a new one need not be thought about, with the reason: the file, and the list as it stands.
const IRRELEVANT: &[(&str, &str)] = &[
    // Exit from anything and help: those few keep their room in the bottom line, whatever else there is.
    ("src/tui/view/frame_lines.rs", "id, ActionId::Palette | ActionId::Help | ActionId::Back | ActionId::Quit"),
    // Of these an export by the command line says that it is not recorded; any other fault ends it.
    ("src/cli/failure.rs", "fault, StoreError::ReadOnly { .. } | StoreError::Full { .. }"),
    // Any other fault is told as it is: there is no other way to read what has it.
    ("src/store/read.rs", "why, StoreError::ReadOnly { .. } | StoreError::Sql { .. } | StoreError::Full { .. }"),
    // Any other entry counts as recorded by somebody, and the case is kept: the safe side.
    (
        "src/store/leftovers.rs",
        "record.event, Event::CaseOpened(_) | Event::ResponderJoined(_) | Event::PlaybookAttached(_)",
    ),
    // Only those two note indicators or take them back; at any other entry a look at all that was found is for nothing.
    (
        "src/domain/search/recognised_indicators.rs",
        "record.event, Event::IndicatorNoted(_) | Event::RecordCorrected(_)",
    ),
];

/// The path of each file that ships, with its code.
fn files() -> Vec<(String, String)> {
    let files = rust_files(&root().join("src")).into_iter().filter(|path| !is_tests(path));
    let read = |path: std::path::PathBuf| {
        (path.strip_prefix(root()).unwrap().display().to_string(), code(&fs::read_to_string(path).unwrap()))
    };
    files.map(read).collect()
}

/// The first word of a text.
fn word(text: &str) -> &str {
    text.split(|c: char| !c.is_alphanumeric() && c != '_').next().unwrap_or("")
}

/// The words that follow each `mark`.
fn words_after<'a>(code: &'a str, mark: &'a str) -> impl Iterator<Item = &'a str> {
    code.match_indices(mark).map(move |(at, _)| word(&code[at + mark.len()..])).filter(|word| !word.is_empty())
}

/// Our enums: those that are declared, and those that a macro makes.
fn own_enums(files: &[(String, String)]) -> BTreeSet<&str> {
    let declared = files.iter().flat_map(|(_, code)| words_after(code, "enum "));
    let made =
        ["AssetKind", "AssetState", "Importance", "Severity", "Tlp", "IndicatorKind", "FormName", "ActionId", "Self"];
    declared.chain(made).collect()
}

/// The same, with the names that a file gives them.
fn names_in<'a>(own: &BTreeSet<&'a str>, code: &'a str) -> BTreeSet<&'a str> {
    let renamed = code.match_indices(" as ").filter(|(at, _)| {
        let before = &code[..*at];
        own.contains(before.rsplit(|c: char| !c.is_alphanumeric() && c != '_').next().unwrap_or(""))
    });
    own.iter().copied().chain(renamed.map(|(at, mark)| word(&code[at + mark.len()..]))).collect()
}

/// What follows each variant of ours in a pattern, after what it holds in brackets.
fn after_variants<'a>(own: &BTreeSet<&str>, pattern: &'a str) -> Vec<&'a str> {
    let mut found = Vec::new();
    for (at, path) in pattern.match_indices("::") {
        let owner = pattern[..at].rsplit(|c: char| !c.is_alphanumeric() && c != '_').next().unwrap_or("");
        let variant = word(&pattern[at + path.len()..]);
        if own.contains(owner) && variant.starts_with(char::is_uppercase) {
            let rest = pattern[at + path.len() + variant.len()..].trim_start();
            found.push(rest[held(rest)..].trim_start());
        }
    }
    found
}

/// The bytes of a text that stand in brackets at its beginning, with these.
fn held(text: &str) -> usize {
    let mut depth = 0;
    for (at, c) in text.char_indices() {
        match c {
            '(' | '{' | '[' => depth += 1,
            ')' | '}' | ']' => depth -= 1,
            _ => {}
        }
        if depth <= 0 {
            return if at == 0 { 0 } else { at + 1 };
        }
    }
    text.len()
}

/// The lists of variants in `matches!`, with single spaces.
fn lists(own: &BTreeSet<&str>, code: &str) -> Vec<String> {
    let calls = code.match_indices("matches!").map(|(at, mark)| {
        let rest = &code[at + mark.len()..];
        rest[1..held(rest) - 1].split_whitespace().collect::<Vec<_>>().join(" ").trim_end_matches(',').to_owned()
    });
    let is_list =
        |call: &String| after_variants(own, call).iter().any(|rest| rest.starts_with('|') && !rest.starts_with("||"));
    calls.filter(is_list).collect()
}

/// The matches that name variants and end in `_ =>`: the line of each.
fn wildcards(own: &BTreeSet<&str>, code: &str) -> Vec<usize> {
    let lines: Vec<&str> = code.lines().collect();
    let depth = |line: &str| line.len() - line.trim_start().len();
    let is_wildcard = |line: &str| line.trim_start().starts_with("_ =>") || line.trim_start().starts_with("(_, _) =>");
    let names_variants = |(at, line): &(usize, &&str)| {
        let arms = lines[..*at].iter().rev().filter(|line| !line.trim().is_empty());
        let own_arms = arms.take_while(|arm| depth(arm) >= depth(line)).filter(|arm| depth(arm) == depth(line));
        let patterns = own_arms.map(|arm| arm.split(" =>").next().unwrap_or(""));
        patterns.map(|arm| arm.split(" if ").next().unwrap_or("")).any(|arm| !after_variants(own, arm).is_empty())
    };
    let found = lines.iter().enumerate().filter(|(_, line)| is_wildcard(line)).filter(names_variants);
    found.map(|(at, _)| at + 1).collect()
}

#[test]
fn no_new_variant_is_passed_over_in_silence() {
    let files = files();
    let own = own_enums(&files);
    let (mut wrong, mut listed) = (Vec::new(), BTreeSet::new());
    for (path, code) in &files {
        let names = names_in(&own, code);
        for list in lists(&names, code) {
            match IRRELEVANT.iter().find(|(place, known)| path == place && list == *known) {
                Some(known) => _ = listed.insert(known),
                None => wrong.push(format!("{path}: matches!({list})")),
            }
        }
        // A macro's arms match what it is given, not variants of one enum.
        if !path.ends_with("macros.rs") {
            wrong.extend(wildcards(&names, code).iter().map(|line| format!("{path}: the `_ =>` near line {line}")));
        }
    }
    assert!(wrong.is_empty(), "name the other variants, or say in IRRELEVANT why none matters:\n{}", wrong.join("\n"));
    assert_eq!(listed.len(), IRRELEVANT.len(), "each of IRRELEVANT still stands where it says");
}

#[test]
fn every_room_denies_wildcards_over_enums() {
    for room in
        fs::read_dir(root().join("src")).unwrap().map(|entry| entry.unwrap().path()).filter(|path| path.is_dir())
    {
        let text = fs::read_to_string(room.join("mod.rs")).unwrap();
        let denies = "#![cfg_attr(not(test), deny(clippy::wildcard_enum_match_arm))]";
        assert!(text.lines().any(|line| line == denies), "{} denies them", room.display());
    }
}

#[test]
fn the_search_for_variants_sees_them() {
    let own = BTreeSet::from(["Kind", "Standing"]);
    for list in [
        "let a = matches!(kind, Kind::Task | Kind::Collect);",
        "matches!(\n    point.kind,\n    Kind::Decision { .. }\n        | Kind::Approve { .. }\n)",
        "matches!(pair, (Standing::Repeats, Kind::Skip { why: Some(_) } | Kind::Block(_)))",
        "matches!(of(x), Some(Kind::Task | Kind::Collect)) || other",
    ] {
        assert_eq!(lists(&own, list).len(), 1, "{list}");
    }
    for other in [
        "matches!(kind, Kind::Task)",
        "matches!(kind, Kind::Recur { until: Some(until), .. } if *until == next)",
        "matches!(why.kind(), io::ErrorKind::NotFound | io::ErrorKind::Other)",
        "matches!(task, Kind::Task(all) if all.iter().any(|one| one == Kind::Collect || other))",
        "matches!(c, 'a' | 'b')",
    ] {
        assert!(lists(&own, other).is_empty(), "{other}");
    }
    let option = "match kind {\n    Some(Kind::Task) => {\n        1\n    }\n    _ => 2,\n}";
    let tuple = "match (kind, x) {\n    (\n        Kind::Task,\n        1,\n    ) => 1,\n    (Kind::Collect, _) => 2,\n    _ => 2,\n}";
    for wildcard in [option, tuple] {
        assert_eq!(wildcards(&own, wildcard).len(), 1, "{wildcard}");
    }
    let guard = "match step {\n    Some(step) if step.kind == Kind::Task => 1,\n    _ => 2,\n}";
    let texts = "match kind {\n    Kind::Task => match text {\n        1 => 1,\n        _ => 2,\n    },\n    Kind::Collect => 3,\n}";
    for other in [guard, texts] {
        assert!(wildcards(&own, other).is_empty(), "{other}");
    }
    assert_eq!(names_in(&own, "use x::{Kind as StepKind, Other};").len(), 3);
}
