//! A bundle is checked by others' means: a script that knows SHA-256 and JSON only, and the BagIt project's own
//! validator.

#![allow(clippy::unwrap_used, clippy::panic, clippy::print_stderr, missing_docs)]

use carecert_react::{
    domain::{
        case::Case,
        event::{CaseOpened, Event, EvidenceAdded, Note},
        finding::{Level, Verdict},
        id::{CaseId, ConsoleId},
        marking::{Severity, Tlp},
        person::Person,
        record::Draft,
        time::{Now, Time},
    },
    exchange::{self, Format},
    store::{
        file::{Appended, CaseFile},
        read::Reader,
        vault::Vault,
        watch::unwatched,
    },
};
use std::{
    io::Cursor,
    path::{Path, PathBuf},
    process::Command,
};

/// A case of two consoles on disk, with evidence.
fn make_case(folder: &Path) {
    let vault = Vault::of_case(folder);
    let evidence = |name: &str, bytes: &[u8]| -> Event {
        let taken = vault.take_stream(&mut &*bytes, Path::new(name), &mut unwatched()).unwrap();
        let added = EvidenceAdded {
            name: name.into(),
            sha256: taken.sha256,
            size: taken.size,
            copied: true,
            origin: format!("/media/usb/{name}"),
            source: "WS-0417".into(),
            about: String::new(),
            modified: None,
            step: None,
        };
        added.into()
    };
    let evidence = [evidence("100% Größe\r\n\u{202e}.txt", b"pay us"), evidence("empty", b"")];
    let opened = CaseOpened {
        title: "Wards cannot log in\n<script>".into(),
        severity: Severity::High,
        tlp: Tlp::AmberStrict,
        exercise: true,
    };
    let id = CaseId::from_random([9; 10]);
    let mut case = Case::new(id.clone());
    let note = |text: &str| Event::from(Note { text: text.into() });
    let [first, second] = evidence;
    let consoles = [
        (1, vec![opened.into(), first, note("Isolated, not powered off")]),
        (2, vec![second, note("Handed over"), note("Restored")]),
    ];
    for (console, events) in consoles {
        let console = ConsoleId::from_random([console; 10]);
        let mut file = match case.records {
            0 => CaseFile::create(folder, &id, &console).unwrap(),
            _ => CaseFile::open(folder, &console, 0).unwrap().0,
        };
        for event in events {
            let at = Time::from_micros(1_795_000_000_000_000 + case.records as i64 * 60_000_000).unwrap();
            let draft = Draft { by: Person::named("A. Osei"), occurred: None, begun: None, event };
            match file.append(case.order(), &[draft], Now::fixed(at, 60)).unwrap() {
                Appended::Recorded(records) => records.iter().for_each(|record| case.apply(record)),
                Appended::Moved(_) => panic!("nobody else writes"),
            }
        }
        file.close().unwrap();
    }
}

/// The case's bundle, unpacked by Python; `None` where there is no Python here.
fn unpacked(folder: &Path) -> Option<PathBuf> {
    let place = folder.join("case");
    std::fs::create_dir(&place).unwrap();
    make_case(&place);
    let (snapshot, findings) = Reader::open(&place).unwrap().snapshot().unwrap();
    assert_eq!(findings, []);
    let mut out = Cursor::new(Vec::new());
    exchange::write_format(
        Format::Bundle,
        &snapshot,
        Now::fixed(snapshot.case.updated.unwrap(), 60),
        &mut out,
        &mut unwatched(),
    )
    .unwrap();
    let bytes = out.into_inner();
    let now = snapshot.case.updated.unwrap();
    assert_eq!(exchange::check_bundle(Cursor::new(&bytes), "x.zip", now, &mut unwatched()).unwrap().findings, []);
    let zip = folder.join("bundle.zip");
    std::fs::write(&zip, bytes).unwrap();
    if !python(&["-c", "import bagit"]).0 {
        assert!(std::env::var_os("CI").is_none(), "CI needs python3 with the package bagit");
        eprintln!("skipped: python3 with the package bagit is not here");
        return None;
    }
    let target = folder.join("out");
    let (done, said) = python(&["-m", "zipfile", "-e", &zip.display().to_string(), &target.display().to_string()]);
    assert!(done, "{said}");
    Some(target.join(format!("carecert-{}", snapshot.case.id.short())))
}

fn python(arguments: &[&str]) -> (bool, String) {
    match Command::new("python3").args(arguments).env("PYTHONUTF8", "1").output() {
        Ok(output) => {
            let said = [output.stdout, output.stderr].concat();
            (output.status.success(), String::from_utf8_lossy(&said).trim().to_owned())
        }
        Err(why) => (false, why.to_string()),
    }
}

fn chain(records: &Path, heads: Option<&Path>) -> (bool, String) {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/chain.py");
    let mut arguments = vec![script.display().to_string(), records.display().to_string()];
    arguments.extend(heads.map(|heads| heads.display().to_string()));
    python(&arguments.iter().map(String::as_str).collect::<Vec<_>>())
}

#[test]
fn a_short_script_checks_the_chain() {
    let folder = tempfile::tempdir().unwrap();
    let Some(bag) = unpacked(folder.path()) else { return };
    let (records, heads) = (bag.join("data/records.jsonl"), bag.join("data/heads.txt"));
    assert_eq!(chain(&records, Some(&heads)), (true, "6 records, 2 logs: intact".into()));
    let good = std::fs::read_to_string(&records).unwrap();
    let lines: Vec<&str> = good.split_inclusive('\n').collect();
    let changed = good.replacen("log in", "log on", 1);
    let swapped = [lines[1], lines[0]].concat() + &lines[2..].concat();
    let dropped = lines[0].to_owned() + &lines[2..].concat();
    let twice = lines[0].to_owned() + &good;
    let broken = good.replacen('{', "", 1);
    for (tampered, place) in [
        (changed, "line 2: "),
        (swapped, "line 1: "),
        (dropped, "line 2: "),
        (twice, "line 2: "),
        (broken, "line 1: not JSON"),
    ] {
        std::fs::write(&records, tampered).unwrap();
        let (intact, said) = chain(&records, None);
        assert!(!intact && said.starts_with(place), "{said}");
    }
    for end in [lines[..5].concat(), good.replacen("Restored", "Restarted", 1)] {
        std::fs::write(&records, end).unwrap();
        assert!(chain(&records, None).0, "a chain alone cannot show a changed end");
        let (intact, said) = chain(&records, Some(&heads));
        assert!(!intact && said.starts_with("heads: B "), "{said}");
    }
}

#[test]
fn the_bagit_validator_accepts_a_bundle_and_sees_a_change() {
    let folder = tempfile::tempdir().unwrap();
    let Some(bag) = unpacked(folder.path()) else { return };
    let validate = || python(&["-m", "bagit", "--validate", &bag.display().to_string()]);
    let (valid, said) = validate();
    assert!(valid, "{said}");
    let report = bag.join("data/report.md");
    let mut text = std::fs::read_to_string(&report).unwrap();
    text.push(' ');
    std::fs::write(&report, text).unwrap();
    assert!(!validate().0);
}

/// A bundle as it was before bundles stated their rendering.
const EARLY: &[u8] = include_bytes!("../frozen/early-bundle.zip");

#[test]
fn a_bundle_of_before_renderings_were_stated_is_never_called_damaged() {
    let now = Time::parse("2026-12-01T00:00:00Z").unwrap();
    let found = exchange::check_bundle(Cursor::new(EARLY), "early.zip", now, &mut unwatched()).unwrap();
    assert_eq!((found.records, found.evidence), (6, 1));
    // Its bag-info.txt lacks a line that this version writes; what else is rendered otherwise by now is listed, too.
    let listed = [
        "bag-info.txt",
        "data/report.html",
        "data/report.md",
        "data/timeline.csv",
        "data/timeline.jsonl",
        "data/evidence.csv",
    ];
    assert_eq!(found.verdict(), Verdict::Unchecked, "{:?}", found.findings);
    for finding in &found.findings {
        assert_eq!(finding.level, Level::Unchecked, "{finding:?}");
        assert!(listed.contains(&finding.place.as_str()) && finding.what.contains("an early version"), "{finding:?}");
    }
    let at = EARLY.windows(9).position(|part| part == b"Theatre 2").unwrap();
    let changed = [&EARLY[..at], b"Theatre 9", &EARLY[at + 9..]].concat();
    let found = exchange::check_bundle(Cursor::new(&changed), "early.zip", now, &mut unwatched()).unwrap();
    assert_eq!(found.verdict(), Verdict::Damaged, "{:?}", found.findings);
}
