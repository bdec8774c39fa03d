//! Holds the house to its plan: which room may use which, where each outside crate may be used, and how large a file
//! may be. A line that fails here is a design question, not a formality.

use crate::scan::{code, is_tests, root, rust_files, without_tests};
use std::{collections::BTreeSet, fs, path::Path, process::Command};

/// Most lines of a file without its tests.
const LINES_MAX: usize = 400;

/// A room of `src/`, the rooms that it may use, and the crates that it may use.
struct Room {
    name: &'static str,
    rooms: &'static [&'static str],
    crates: &'static [&'static str],
    /// Whether it may touch files, clocks, the environment and other processes.
    world: bool,
}

const HOUSE: &[Room] = &[
    Room {
        name: "domain",
        rooms: &[],
        // Both are pure functions: memchr finds a word in 100,000 entries between two keys, strsim tells how far two are apart.
        // schemars is for tests, which hold the guide to the types; no program is built with it.
        crates: &["chrono", "memchr", "schemars", "serde", "serde_json", "sha2", "strsim", "thiserror"],
        world: false,
    },
    Room {
        name: "playbook",
        rooms: &["domain"],
        crates: &[
            "annotate_snippets",
            "base64",
            "chrono",
            "ron",
            "schemars",
            "serde",
            "serde_json",
            "thiserror",
            "uuid",
        ],
        world: false,
    },
    Room {
        name: "store",
        rooms: &["domain"],
        crates: &[
            "file_id",
            "fs4",
            "getrandom",
            "rusqlite",
            "rustix",
            "serde",
            "serde_json",
            "sha2",
            "tempfile",
            "thiserror",
        ],
        world: true,
    },
    Room {
        name: "exchange",
        rooms: &["domain", "store", "playbook"],
        crates: &[
            "chrono",
            "csv",
            "minijinja",
            "serde",
            "serde_json",
            "sha2",
            "tempfile",
            "thiserror",
            "unicode_segmentation",
            "zip",
        ],
        world: true,
    },
    Room {
        name: "tui",
        rooms: &["domain"],
        // nucleo-matcher is a pure function: letters in, the letters that fit out. A draft is plain data.
        crates: &["nucleo_matcher", "ratatui", "ratatui_textarea", "serde", "unicode_segmentation", "unicode_width"],
        world: false,
    },
    Room {
        name: "runtime",
        rooms: &["domain", "playbook", "store", "exchange", "tui"],
        crates: &[
            "chrono",
            "crossterm",
            "directories",
            "filedescriptor",
            "jiff",
            "ratatui",
            "ratatui_crossterm",
            "ron",
            "rustix",
            "serde",
            "serde_json",
            "sha2",
            "tempfile",
            "thiserror",
            "tokio",
        ],
        world: true,
    },
    Room {
        name: "cli",
        rooms: &["domain", "playbook", "store", "exchange", "tui", "runtime"],
        crates: &["clap", "clap_complete", "clap_mangen", "serde", "serde_json", "thiserror"],
        world: true,
    },
];

/// Parts of the standard library that reach out of the program.
const WORLD: &[&str] = &["fs", "env", "process", "thread", "os"];
/// Names that read a clock, whichever way they are imported.
const CLOCKS: &[&str] = &["Instant", "SystemTime", "Utc::now", "Local::now"];

/// What may stand at the top of the repository.
const TOP: &[&str] = &[
    ".ci",
    ".clippy.toml",
    ".gitattributes",
    ".cargo",
    ".github",
    ".gitignore",
    ".rustfmt.toml",
    "Cargo.lock",
    "Cargo.toml",
    "LICENSE",
    "README.md",
    "assets",
    "playbooks",
    "src",
    "tests",
];

/// Whether `at` begins a word that is no continuation of another path or word.
fn begins(code: &str, at: usize) -> bool {
    !code[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_' || c == ':')
}

/// The names that directly follow `prefix::`, also where several stand in braces.
fn after(code: &str, prefix: &str) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    let pattern = format!("{prefix}::");
    for (at, _) in code.match_indices(&pattern).filter(|(at, _)| begins(code, *at)) {
        let rest = code[at + pattern.len()..].trim_start();
        match rest.strip_prefix('{') {
            Some(group) => names.extend(group_names(group)),
            None => names.extend(word(rest)),
        }
    }
    names
}

fn word(text: &str) -> Option<String> {
    let end = text.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(text.len());
    (end > 0).then(|| text[..end].to_owned())
}

/// The first word of each part of `a::b, c, d::{e, f}}`.
fn group_names(group: &str) -> Vec<String> {
    let (mut depth, mut names, mut fresh) = (0_u32, Vec::new(), true);
    for (at, c) in group.char_indices() {
        match c {
            '{' => depth += 1,
            '}' if depth == 0 => break,
            '}' => depth -= 1,
            ',' if depth == 0 => fresh = true,
            c if fresh && depth == 0 && !c.is_whitespace() => {
                names.extend(word(&group[at..]));
                fresh = false;
            }
            _ => {}
        }
    }
    names
}

/// How many modules lie between the crate and this file: 1 for a room's `mod.rs`.
fn depth(path: &Path) -> usize {
    let inside = path.strip_prefix(root().join("src")).unwrap();
    let parts = inside.components().count();
    if path.file_name().is_some_and(|name| name == "mod.rs") { parts - 1 } else { parts }
}

/// Rooms reached by `crate::` or by climbing all the way out with `super::`.
fn rooms_used(path: &Path, code: &str) -> BTreeSet<String> {
    let mut used = after(code, "crate");
    used.extend(after(code, &vec!["super"; depth(path)].join("::")));
    used
}

fn crates_known() -> Vec<String> {
    let manifest = fs::read_to_string(root().join("Cargo.toml")).unwrap();
    let mut known = Vec::new();
    let mut inside = false;
    for line in manifest.lines() {
        if line.starts_with('[') {
            inside = line.ends_with("dependencies]");
        } else if let (true, Some((name, _))) = (inside, line.split_once(" =")) {
            known.push(name.replace('-', "_"));
        }
    }
    assert!(known.iter().any(|name| name == "rusqlite") && known.len() > 20, "{known:?}");
    known
}

fn crates_used(code: &str, known: &[String]) -> Vec<String> {
    let used = |name: &&String| {
        let path = !after(code, name).is_empty();
        path || code.contains(&format!("use {name};")) || code.contains(&format!("use {name} as "))
    };
    known.iter().filter(used).cloned().collect()
}

#[test]
fn rooms_use_only_what_the_plan_allows() {
    let known = crates_known();
    let mut wrong = Vec::new();
    for room in HOUSE {
        for path in rust_files(&root().join("src").join(room.name)) {
            if is_tests(&path) {
                continue;
            }
            let code = code(&fs::read_to_string(&path).unwrap());
            let place = path.strip_prefix(root()).unwrap().display().to_string();
            for used in rooms_used(&path, &code) {
                if HOUSE.iter().any(|known| known.name == used) && used != room.name && !room.rooms.contains(&&*used) {
                    wrong.push(format!("{place} uses the room {used}"));
                }
            }
            for used in crates_used(&code, &known) {
                if !room.crates.contains(&&*used) {
                    wrong.push(format!("{place} uses the crate {used}"));
                }
            }
            if after(&code, "std").contains("net") || after(&code, "tokio").contains("net") {
                wrong.push(format!("{place} reaches the network, which no room does"));
            }
            if !room.world {
                let reached = after(&code, "std");
                wrong.extend(
                    WORLD
                        .iter()
                        .filter(|part| reached.contains(**part))
                        .map(|part| format!("{place} uses std::{part}")),
                );
                wrong.extend(
                    CLOCKS.iter().filter(|name| code.contains(**name)).map(|name| format!("{place} uses {name}")),
                );
            }
        }
    }
    assert!(wrong.is_empty(), "the plan does not allow this:\n{}", wrong.join("\n"));
}

#[test]
fn every_room_is_in_the_plan() {
    let rooms = fs::read_dir(root().join("src")).unwrap().map(Result::unwrap);
    for entry in rooms {
        let name = entry.file_name().into_string().unwrap();
        let planned = HOUSE.iter().any(|room| room.name == name) || ["main.rs", "lib.rs"].contains(&&*name);
        assert!(planned, "src/{name} is in no plan");
    }
    for room in HOUSE {
        assert!(root().join("src").join(room.name).is_dir(), "the room {} is missing", room.name);
    }
}

#[test]
fn the_program_only_opens_the_door() {
    let main = code(&fs::read_to_string(root().join("src/main.rs")).unwrap());
    assert_eq!(after(&main, "carecert_react"), BTreeSet::from(["cli".to_owned()]));
}

#[test]
fn files_stay_small_and_safe() {
    let mut wrong = Vec::new();
    let files = ["src", "tests"].map(|folder| rust_files(&root().join(folder)));
    for path in files.concat() {
        let text = fs::read_to_string(&path).unwrap();
        let place = path.strip_prefix(root()).unwrap().display();
        let lines = without_tests(&text).lines().count();
        // A file under `tests` is a test as a whole, and so is one that is declared as such.
        if lines > LINES_MAX && !path.starts_with(root().join("tests")) && !is_tests(&path) {
            wrong.push(format!("{place} has {lines} lines without its tests"));
        }
        let code = code(&text);
        let mut words = code.split(|c: char| !c.is_alphanumeric() && c != '_');
        if words.any(|word| word == concat!("un", "safe")) {
            wrong.push(format!("{place} holds unsafe code"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn only_what_belongs_there_stands_at_the_top() {
    let listed = Command::new("git")
        .args(["ls-files", "--cached", "--others", "--exclude-standard"])
        .current_dir(root())
        .output()
        .ok()
        .filter(|output| output.status.success() && !output.stdout.is_empty());
    let names: BTreeSet<String> = match listed {
        Some(output) => {
            let text = String::from_utf8(output.stdout).unwrap();
            text.lines().map(|line| line.split('/').next().unwrap().to_owned()).collect()
        }
        // An unpacked archive has no list of its files; what a build leaves is no part of it.
        None => {
            let built = ["target", ".git"];
            let names = fs::read_dir(root()).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
            names.filter(|name| !built.contains(&&**name)).collect()
        }
    };
    let strange: Vec<_> = names.iter().filter(|name| !TOP.contains(&name.as_str())).collect();
    assert!(strange.is_empty(), "these do not belong at the top: {strange:?}");
}

#[test]
fn the_scan_sees_what_it_should() {
    let text = "use crate::{domain::{id::Hash, text}, store::error}; // crate::cli\nlet x = \"crate::cli\"; \
                fn f() { super::super::runtime::go(); std::fs::read(r#\"std::net::x\"#) }\n\
                #[cfg(test)]\nmod tests { use crate::cli; }";
    let code = code(text);
    assert_eq!(after(&code, "crate"), BTreeSet::from(["domain".to_owned(), "store".to_owned()]));
    assert_eq!(after(&code, "super::super"), BTreeSet::from(["runtime".to_owned()]));
    assert_eq!(after(&code, "std"), BTreeSet::from(["fs".to_owned()]));
    assert_eq!(depth(&root().join("src/tui/keys/key.rs")), 3);
    assert_eq!(depth(&root().join("src/tui/mod.rs")), 1);
}
