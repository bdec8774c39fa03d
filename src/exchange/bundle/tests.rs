use super::*;
use crate::{
    domain::{
        event::{CaseOpened, Event, EvidenceAdded, Note, PlaybookAttached, PlaybookUpdated},
        id::{CaseId, ConsoleId, Hash},
        marking::{Severity, Tlp},
        person::Person,
        record::{Draft, Order},
        time::{Now, Time},
    },
    playbook::parse_playbook,
    store::{vault::Vault, watch::unwatched},
};
use std::{
    io::{Cursor, Read as _},
    path::Path,
};

/// An item of evidence of that name and content; kept where `copied`.
fn item(vault: &Vault, name: &str, bytes: &[u8], copied: bool) -> Event {
    if copied {
        vault.take_stream(&mut &*bytes, Path::new(name), &mut unwatched()).unwrap();
    }
    let added = EvidenceAdded {
        name: name.into(),
        sha256: Hash::of(bytes),
        size: bytes.len() as u64,
        copied,
        origin: "=cmd|' /C calc'!A0".into(),
        source: "WS-0417".into(),
        about: "Ransom note".into(),
        modified: None,
        step: None,
    };
    added.into()
}

/// The text of a playbook of that version, short as it can be.
pub(in crate::exchange) fn short(version: &str) -> String {
    format!("(id: \"short\", version: \"{version}\", title: \"Short\", phases: [])")
}

/// Version 1 is used.
fn attached() -> PlaybookAttached {
    let source = short("1");
    PlaybookAttached {
        sha256: Hash::of(source.as_bytes()),
        playbook: parse_playbook(&source).unwrap(),
        source,
        origin: "own.ron".into(),
        duties: vec![],
    }
}

/// Version 2 takes its place.
fn newer() -> PlaybookUpdated {
    let source = short("2");
    PlaybookUpdated {
        sha256: Hash::of(source.as_bytes()),
        playbook: parse_playbook(&source).unwrap(),
        source,
        origin: "own.ron".into(),
        from: "1".into(),
        duties: vec![],
        changes: vec!["the version was: 1 — and is: 2".into()],
        why: String::new(),
    }
}

/// A small case of two consoles in `folder`: two names for the same bytes, one item by reference, one playbook.
pub(in crate::exchange) fn sample(folder: &Path) -> Snapshot {
    let vault = Vault::of_case(folder);
    let events: Vec<(u8, Event)> = vec![
        (
            1,
            CaseOpened {
                title: "Wards cannot\nlog in".into(),
                severity: Severity::High,
                tlp: Tlp::Amber,
                exercise: true,
            }
            .into(),
        ),
        (1, attached().into()),
        (1, item(&vault, "README\u{202e}txt.exe", b"pay us", true)),
        (2, item(&vault, "../aux", b"pay us", true)),
        (2, item(&vault, "disk.E01", b"a whole disk", false)),
        (1, Note { text: "Handed over \u{1b}[2J".into() }.into()),
        (1, newer().into()),
    ];
    let id = CaseId::from_random([7; 10]);
    let mut case = Case::new(id.clone());
    let mut records = Vec::new();
    for (place, (console, event)) in events.into_iter().enumerate() {
        let console = ConsoleId::from_random([console; 10]);
        let at = Time::from_micros(1_795_000_000_123_456 + place as i64 * 60_000_000).unwrap();
        let by = Person { name: "A. Osei".into(), role: String::new(), organisation: "Northvale NHS Trust".into() };
        let draft = Draft { by, occurred: None, begun: None, event };
        let order: Order = case.order().after(at);
        let now = Now::fixed(at, 0);
        let record = Record::write(&id, &console, case.head(&console), order, now, draft).unwrap();
        case.apply(&record);
        records.push(record);
    }
    Snapshot { case, records, vault }
}

fn bundle(snapshot: &Snapshot) -> Vec<u8> {
    let mut out = Cursor::new(Vec::new());
    write_bundle(snapshot, &mut out, &mut unwatched()).unwrap();
    out.into_inner()
}

fn file(bytes: &[u8], path: &str) -> String {
    let mut zip = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let name = zip.file_names().map(|name| name.unwrap().into_owned()).find(|name| name.ends_with(path)).unwrap();
    let mut text = String::new();
    zip.by_name(&name).unwrap().read_to_string(&mut text).unwrap();
    text
}

#[test]
fn the_same_case_gives_the_same_bytes() {
    let (one, two) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    assert_eq!(bundle(&sample(one.path())), bundle(&sample(two.path())));
}

#[test]
fn a_bundle_holds_what_was_recorded() {
    let folder = tempfile::tempdir().unwrap();
    let snapshot = sample(folder.path());
    let bytes = bundle(&snapshot);
    let names: Vec<String> =
        zip::ZipArchive::new(Cursor::new(&bytes)).unwrap().file_names().map(|name| name.unwrap().into()).collect();
    let top = format!("carecert-{}/", snapshot.case.id.short());
    assert!(names.iter().all(|name| name.starts_with(&top)), "{names:?}");
    assert_eq!(file(&bytes, "data/evidence/A3-README‹U+202E›txt.exe"), "pay us");
    assert_eq!(file(&bytes, "data/evidence/B1-.._aux"), "pay us", "two entries with one hash both appear");
    assert!(!names.iter().any(|name| name.contains("disk.E01")), "by reference: listed, not there");
    assert_eq!(file(&bytes, "data/playbooks/short-1.ron"), short("1"));
    assert_eq!(file(&bytes, "data/playbooks/short-2.ron"), short("2"), "each version");
    let lines: Vec<String> = snapshot.records.iter().map(|record| format!("{}\n", record.text())).collect();
    assert_eq!(file(&bytes, RECORDS), lines.concat());
    let info = file(&bytes, "bag-info.txt");
    for line in [
        "Source-Organization: Northvale NHS Trust\n",
        "External-Description: Wards cannot⏎log in\n",
        "Bagging-Date: 2026-11-18\n",
        &format!("Carecert-Seal: {}\n", snapshot.case.seal()),
        "Carecert-Records: 7\n",
        "Carecert-Marking: TLP:AMBER\n",
    ] {
        assert!(info.contains(line), "{line:?} in {info}");
    }
    let table = file(&bytes, "data/evidence.csv");
    assert!(table.contains(",'=cmd|'") && !table.contains(",=cmd"), "no cell is a formula: {table}");
    assert!(table.contains("B2,") && table.contains("disk.E01"), "{table}");
}

#[test]
fn the_seal_in_the_bundle_can_be_computed_by_hand() {
    let folder = tempfile::tempdir().unwrap();
    let snapshot = sample(folder.path());
    let heads = render_heads(&snapshot.case);
    let (logs, seal) = heads.trim_end().rsplit_once('\n').unwrap();
    let by_hand: String = logs.lines().map(|line| format!("{}\n", line.split_once(' ').unwrap().1)).collect();
    assert_eq!(seal, format!("seal {} {}", snapshot.case.seal(), Hash::of(by_hand.as_bytes())));
}

#[test]
fn other_bytes_than_recorded_are_never_exported() {
    let folder = tempfile::tempdir().unwrap();
    let snapshot = sample(folder.path());
    let path = snapshot.vault.path(&Hash::of(b"pay us"));
    let refused = || write_bundle(&snapshot, &mut Cursor::new(Vec::new()), &mut unwatched()).unwrap_err();
    for other in ["pay UK", "pay", "pay us more"] {
        std::fs::remove_file(&path).unwrap();
        std::fs::write(&path, other).unwrap();
        let why = refused();
        assert!(matches!(why, ExchangeError::ChangedEvidence { .. }), "{why}");
        assert!(why.to_string().contains("A3 README‹U+202E›txt.exe"), "{why}");
    }
    std::fs::remove_file(&path).unwrap();
    assert!(matches!(refused(), ExchangeError::MissingEvidence { .. }));
}

#[test]
fn an_export_can_be_cancelled() {
    let folder = tempfile::tempdir().unwrap();
    let snapshot = sample(folder.path());
    let why = write_bundle(&snapshot, &mut Cursor::new(Vec::new()), &mut |_, _| false).unwrap_err();
    assert!(matches!(why, ExchangeError::Cancelled));
}
