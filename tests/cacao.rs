//! CACAO 2.0 both ways.
#![allow(clippy::unwrap_used, missing_docs)]

use carecert_react::domain::time::Time;
use carecert_react::playbook::{builtin, cacao, duties, examine};

#[test]
fn dump() {
    let at = Time::parse("2026-11-22T03:14:07.5Z").unwrap();
    for source in builtin() {
        let playbook = examine(source.text, duties()).playbook.unwrap();
        let text = cacao::export(&playbook, duties(), at).unwrap();
        std::fs::write(format!("/tmp/cacao-tried/own-{}.json", playbook.id), text).unwrap();
    }
}
