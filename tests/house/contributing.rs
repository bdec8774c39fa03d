//! What `.github/CONTRIBUTING.md` says is true: it is the map that a newcomer walks by.

use std::{fs, path::Path};

const GUIDE: &str = include_str!("../../.github/CONTRIBUTING.md");

/// What begins a path in the repository.
const BEGINNINGS: &[&str] = &["src/", "tests/", "assets/", "playbooks/", ".ci/", ".github/", ".cargo/"];

/// Every text in backticks outside of blocks of code.
fn code_spans() -> impl Iterator<Item = &'static str> {
    let prose = GUIDE.split("```").step_by(2);
    prose.flat_map(|prose| prose.split('`').skip(1).step_by(2))
}

/// The part of a path that must be there: of `src/domain/event/<family>.rs` or `tests/frozen/*.jsonl` the folder.
fn fixed_part(path: &str) -> &str {
    match path.find(['<', '*']) {
        Some(open) => path.get(..open).and_then(|before| before.rsplit_once('/')).map_or("", |(folder, _)| folder),
        None => path,
    }
}

#[test]
fn every_path_that_is_named_is_there() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let named: Vec<&str> =
        code_spans().filter(|span| BEGINNINGS.iter().any(|beginning| span.starts_with(beginning))).collect();
    assert!(named.len() > 60, "{named:?}");
    let missing: Vec<&&str> = named.iter().filter(|path| !root.join(fixed_part(path)).exists()).collect();
    assert!(missing.is_empty(), "CONTRIBUTING names what is not there: {missing:?}");
}

#[test]
fn every_room_is_on_the_map() {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    for entry in fs::read_dir(source).unwrap().map(Result::unwrap).filter(|entry| entry.path().is_dir()) {
        let room = format!("src/{}", entry.file_name().into_string().unwrap());
        assert!(code_spans().any(|span| span == room), "{room} is not on the map");
    }
    for entry in fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests")).unwrap().map(Result::unwrap) {
        let folder = entry.path();
        let program = folder.join("main.rs").exists();
        let name = format!("tests/{}", entry.file_name().into_string().unwrap());
        assert!(!program || code_spans().any(|span| span == name), "the test program {name} is not on the map");
    }
}

#[test]
fn a_placeholder_leaves_its_folder() {
    assert_eq!(fixed_part("src/domain/event/<family>.rs"), "src/domain/event");
    assert_eq!(fixed_part("tests/frozen/*.jsonl"), "tests/frozen");
    assert_eq!(fixed_part("src/lib.rs"), "src/lib.rs");
}
