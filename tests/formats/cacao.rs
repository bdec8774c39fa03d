//! CACAO 2.0 both ways.

mod edited;
mod foreign;
mod hostile;
mod random;
mod rules;

use carecert_react::domain::playbook::Playbook;
use carecert_react::domain::time::Time;
use carecert_react::playbook::cacao::{self, Fate, Import};
use carecert_react::playbook::{builtin_duties, builtin_playbooks, examine_playbook};
use proptest::collection::vec;
use proptest::prelude::*;
use random::Dice;

fn at() -> Time {
    Time::parse("2026-11-22T03:14:07.5Z").unwrap()
}

fn built_in() -> Vec<Playbook> {
    builtin_playbooks().iter().map(|source| examine_playbook(source.text, builtin_duties()).playbook.unwrap()).collect()
}

fn exported(playbook: &Playbook) -> String {
    cacao::export_playbook(playbook, builtin_duties(), at()).unwrap()
}

fn taken(text: &str) -> Import {
    cacao::import_playbook(text.as_bytes(), builtin_duties())
}

fn fixture(name: &str) -> String {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/formats/cacao");
    std::fs::read_to_string(folder.join(name)).unwrap()
}

/// Every text of a playbook, one a paragraph.
fn every_text(playbook: &Playbook) -> String {
    fn walk(value: &serde_json::Value, into: &mut String) {
        match value {
            serde_json::Value::String(text) => into.push_str(&format!("{text}\n\n")),
            serde_json::Value::Array(list) => list.iter().for_each(|value| walk(value, into)),
            serde_json::Value::Object(members) => members.values().for_each(|value| walk(value, into)),
            _ => {}
        }
    }
    let mut texts = String::new();
    walk(&serde_json::to_value(playbook).unwrap(), &mut texts);
    texts
}

fn not_kept(import: &Import) -> Vec<String> {
    let items = import.account.iter().filter(|item| item.fate != Fate::Kept);
    items.map(|item| format!("{:?} {}: {}", item.fate, item.path, item.what)).collect()
}

#[test]
fn the_built_in_playbooks_come_back_identical() {
    for playbook in built_in() {
        let text = exported(&playbook);
        assert_eq!(text, exported(&playbook), "the same playbook gives the same text");
        assert_eq!(rules::faults(&text), [""; 0], "{}", playbook.id);
        let import = cacao::import_playbook(text.as_bytes(), builtin_duties());
        assert_eq!(import.findings, [], "{}", playbook.id);
        assert_eq!(not_kept(&import), [""; 0], "{}", playbook.id);
        assert_eq!(import.playbook.as_ref(), Some(&playbook));
        assert_eq!(examine_playbook(&import.ron, builtin_duties()).playbook, Some(playbook));
    }
}

/// The schemas say more about texts and identifiers than our own rules do; in CI they must be there to be asked.
#[test]
fn exports_and_fixtures_keep_to_the_published_schemas() {
    let folder = tempfile::tempdir().unwrap();
    let seeds = (0..40_u8).map(|seed| (0..200_u8).map(|at| at.wrapping_mul(seed).wrapping_add(at / 3)).collect());
    let random = seeds.map(|seed: Vec<u8>| exported(&Dice::new(&seed).playbook()));
    let fixtures = ["commands.json", "structure.json", "marked.json"].map(fixture);
    let texts = built_in().iter().map(exported).chain(random).chain(fixtures).collect::<Vec<_>>();
    let mut check = std::process::Command::new("python3");
    check.arg(std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/formats/cacao/check.py"));
    for (at, text) in texts.iter().enumerate() {
        let path = folder.path().join(format!("{at}.json"));
        std::fs::write(&path, text).unwrap();
        check.arg(path);
    }
    let output = check.output();
    let missing = output.as_ref().map_or(true, |output| output.status.code() == Some(77));
    if missing && std::env::var_os("CI").is_none() {
        println!("not checked: this needs python3 with jsonschema (pip install jsonschema referencing)");
        return;
    }
    let output = output.unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stdout));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    /// Whatever our format can say comes back from CACAO just so.
    #[test]
    fn any_playbook_comes_back_identical(bytes in vec(any::<u8>(), 0..900)) {
        let playbook = Dice::new(&bytes).playbook();
        let text = exported(&playbook);
        prop_assert_eq!(rules::faults(&text), Vec::<String>::new());
        let import = cacao::import_playbook(text.as_bytes(), builtin_duties());
        let read = examine_playbook(&import.ron, builtin_duties()).playbook;
        prop_assert_eq!(read.as_ref(), Some(&playbook), "{:?}", import.findings);
        prop_assert_eq!(not_kept(&import), Vec::<String>::new());
        if examine_playbook(&import.ron, builtin_duties()).usable() {
            prop_assert_eq!(import.playbook, Some(playbook));
        }
    }
}
