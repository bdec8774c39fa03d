//! CACAO 2.0 both ways.
#![allow(clippy::unwrap_used, missing_docs)]

use carecert_react::domain::playbook::Playbook;
use carecert_react::domain::time::Time;
use carecert_react::playbook::cacao::{self, Fate, Import};
use carecert_react::playbook::{builtin, duties, examine};

fn at() -> Time {
    Time::parse("2026-11-22T03:14:07.5Z").unwrap()
}

fn built_in() -> Vec<Playbook> {
    builtin().iter().map(|source| examine(source.text, duties()).playbook.unwrap()).collect()
}

fn exported(playbook: &Playbook) -> String {
    cacao::export(playbook, duties(), at()).unwrap()
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
        let import = cacao::import(text.as_bytes(), duties());
        assert_eq!(import.findings, [], "{}", playbook.id);
        assert_eq!(not_kept(&import), [""; 0], "{}", playbook.id);
        assert_eq!(import.playbook.as_ref(), Some(&playbook));
        assert_eq!(examine(&import.ron, duties()).playbook, Some(playbook));
    }
}
