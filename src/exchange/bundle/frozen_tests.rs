//! Holds what is rendered to the number of its rendering. A bundle that was made last year is checked by rendering its
//! records again: a changed rendering under the same number would call it damaged.

use super::derived;
use crate::{
    domain::{
        case::Case,
        event::Event,
        finding::Level,
        id::Hash,
        record::{Record, chain::Chain, odd_times::OddTimes},
        time::Time,
    },
    exchange::bundle,
    store::{snapshot::Snapshot, vault::Vault},
};
use std::{collections::BTreeSet, path::Path};

/// The hash of what each rendering makes of the cases below, one a line: the number, two spaces, and the hash.
const HELD: &str = include_str!("../../../tests/frozen/renderings.txt");

/// Cases that stay as they are, whatever becomes of playbooks and samples: a line of every type of entry, in four logs;
/// a night of ransomware; and a case in which each text is hostile.
const FROZEN: [&str; 6] = [
    include_str!("../../../tests/frozen/records.jsonl"),
    include_str!("../../../tests/frozen/records-2.jsonl"),
    include_str!("../../../tests/frozen/records-3.jsonl"),
    include_str!("../../../tests/frozen/records-4.jsonl"),
    include_str!("../../../tests/frozen/night.jsonl"),
    include_str!("../../../tests/frozen/hostile.jsonl"),
];

fn frozen(log: &str) -> Snapshot {
    let records: Vec<Record> = log.lines().map(|line| Record::read(line).unwrap()).collect();
    let mut case = Case::new(records[0].case.clone());
    records.iter().for_each(|record| case.apply(record));
    Snapshot { case, records, vault: Vault::of_case(Path::new("case")) }
}

fn cases() -> Vec<Snapshot> {
    FROZEN.into_iter().map(frozen).collect()
}

/// Everything that is rendered from a case, and the names and the order of all files.
fn rendered(snapshot: &Snapshot) -> String {
    let mut text = derived::payload_paths(&snapshot.case).join("\n");
    for derived in derived::all_derived() {
        let bytes = derived.render(snapshot).unwrap();
        text.push_str(&format!("\n{} {}", derived.path, Hash::of(&bytes)));
    }
    text + "\n" + &bundle::render_info(snapshot, 1_234, 5)
}

#[test]
fn a_changed_rendering_has_a_new_number() {
    let all: Vec<String> = cases().iter().map(rendered).collect();
    let line = format!("{}  {}", derived::RENDERING, Hash::of(all.join("\n\n").as_bytes()));
    let last = HELD.lines().last().unwrap_or_default();
    assert_eq!(
        last,
        line,
        "what a bundle is rendered to has changed. If a program with rendering {} was ever given to anyone, add one to \
         RENDERING in src/exchange/bundle/derived.rs and a line to tests/frozen/renderings.txt; else change its last line",
        derived::RENDERING
    );
    let numbers: Vec<u32> = HELD.lines().map(|line| line.split_once("  ").unwrap().0.parse().unwrap()).collect();
    assert!(numbers.iter().copied().eq(1..=derived::RENDERING), "one line for each rendering, in order: {numbers:?}");
}

#[test]
fn every_type_of_entry_is_among_the_cases_that_hold_the_rendering() {
    let cases = cases();
    let kinds: BTreeSet<&str> = cases.iter().flat_map(|case| &case.records).map(|record| record.event.kind()).collect();
    let missing: Vec<_> = Event::KINDS.iter().filter(|kind| !kinds.contains(*kind)).collect();
    assert!(missing.is_empty(), "{missing:?}");
}

#[test]
fn what_is_rendered_depends_on_nothing_but_the_records() {
    for (one, two) in cases().iter().zip(cases()) {
        assert_eq!(rendered(one), rendered(&two));
    }
}

#[test]
fn nothing_within_a_frozen_case_is_years_off() {
    let mut log = FROZEN.map(|text| {
        let mut times = OddTimes::default();
        for line in text.lines() {
            let record = Record::read(line).unwrap();
            times.look(&record, &|entry| entry.seq.to_string());
        }
        times.finish(Time::parse("2026-12-01T00:00:00Z").unwrap(), &|entry| entry.seq.to_string())
    });
    let found: Vec<_> = log.iter_mut().flatten().map(|finding| &finding.what).collect();
    assert_eq!(found, Vec::<&String>::new());
}

#[test]
fn the_frozen_cases_are_logs_as_this_program_writes_them() {
    for log in FROZEN {
        let mut chain = Chain::of_spelling_too();
        assert!(log.lines().all(|line| chain.line(line).is_some()));
        let damage: Vec<_> = chain.finish().into_iter().filter(|finding| finding.level == Level::Damage).collect();
        assert_eq!(damage, []);
    }
}
