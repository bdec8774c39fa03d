use super::*;
use crate::{
    domain::finding::is_intact,
    exchange::bundle::{derived, sample},
    store::watch::unwatched,
};
use std::io::Cursor;

fn good() -> Vec<u8> {
    let folder = tempfile::tempdir().unwrap();
    let mut out = Cursor::new(Vec::new());
    bundle::write_bundle(&sample(folder.path()), &mut out, &mut unwatched()).unwrap();
    out.into_inner()
}

/// When the bundles here are checked.
fn now() -> Time {
    Time::parse("2026-12-01T00:00:00Z").unwrap()
}

fn check(bytes: &[u8]) -> Inspection {
    check_bundle(Cursor::new(bytes), "case.zip", now(), &mut unwatched()).unwrap()
}

fn kinds(bytes: &[u8]) -> Vec<Kind> {
    check(bytes).findings.iter().map(|finding| finding.kind).collect()
}

/// The bundle packed anew by our own writer, with consistent manifests, after `edit` changed its payload.
fn forged(bytes: &[u8], mut edit: impl FnMut(&str, &mut Vec<u8>) -> bool) -> Vec<u8> {
    let mut zip = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let at = check(bytes).case.unwrap().updated;
    let mut out = Cursor::new(Vec::new());
    let mut watch = unwatched();
    let top = zip.by_index(0).unwrap().name().unwrap().split('/').next().unwrap().to_owned();
    let mut bag = bag::Bag::new(&mut out, top, at, 0, &mut watch).unwrap();
    let mut info = String::new();
    for index in 0..zip.len() {
        let mut entry = zip.by_index(index).unwrap();
        let path = entry.name().unwrap().split_once('/').unwrap().1.to_owned();
        let mut content = Vec::new();
        entry.read_to_end(&mut content).unwrap();
        if path == bag::INFO {
            info = String::from_utf8(content).unwrap();
        } else if path.starts_with(bag::DATA) && edit(&path, &mut content) {
            bag.add_file(&path, &content).unwrap();
        }
    }
    let oxum = |octets: u64, files: u64| {
        let lines = info.lines().map(|line| match line.starts_with(bundle::OXUM) {
            true => format!("{}: {octets}.{files}\n", bundle::OXUM),
            false => format!("{line}\n"),
        });
        lines.collect()
    };
    bag.finish(oxum).unwrap();
    out.into_inner()
}

#[test]
fn a_good_bundle_has_no_findings() {
    let inspection = check(&good());
    assert_eq!(inspection.findings, []);
    assert_eq!((inspection.records, inspection.evidence), (7, 2));
    assert_eq!(inspection.seal, inspection.case.map(|case| case.seal().to_string()));
    assert_eq!(forged(&good(), |_, _| true), good(), "the forger writes as we do");
}

/// Where the files that are rendered are in a bundle, as stretches of its bytes.
fn rendered(bytes: &[u8]) -> Vec<std::ops::Range<usize>> {
    let mut zip = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut stretches = Vec::new();
    for index in 0..zip.len() {
        let entry = zip.by_index(index).unwrap();
        let path = entry.name().unwrap().split_once('/').unwrap().1.to_owned();
        if derived::all_derived().any(|derived| derived.path == path) {
            let start = usize::try_from(entry.data_start().unwrap()).unwrap();
            stretches.push(start..start + usize::try_from(entry.size()).unwrap());
        }
    }
    stretches
}

#[test]
fn every_changed_byte_is_found() {
    let good = good();
    // Of what is rendered, every byte counts the same: some will do.
    let rendered = rendered(&good);
    let tried: Vec<usize> = (0..good.len())
        .filter(|place| place % 61 == 0 || !rendered.iter().any(|stretch| stretch.contains(place)))
        .collect();
    assert!(tried.len() > 8_000, "{}", tried.len());
    let workers = 4;
    let missed: Vec<usize> = std::thread::scope(|scope| {
        let work = |worker: usize| {
            let mut bytes = good.clone();
            let mut missed = Vec::new();
            for place in tried.iter().copied().skip(worker).step_by(workers) {
                bytes[place] ^= u8::try_from(place % 255 + 1).unwrap();
                if is_intact(&check(&bytes).findings) {
                    missed.push(place);
                }
                bytes[place] = good[place];
            }
            missed
        };
        let threads: Vec<_> = (0..workers).map(|worker| scope.spawn(move || work(worker))).collect();
        threads.into_iter().flat_map(|thread| thread.join().unwrap()).collect()
    });
    assert!(missed.is_empty(), "{} of {} bytes: {missed:?}", missed.len(), tried.len());
}

#[test]
fn every_cut_is_found() {
    let good = good();
    for length in (0..good.len()).step_by(97).chain([good.len() - 1]) {
        assert!(!is_intact(&check(&good[..length]).findings), "cut after {length} of {}", good.len());
    }
}

#[test]
fn what_is_added_around_the_contents_is_found() {
    let good = good();
    let longer = [good.as_slice(), b"x"].concat();
    let before = [b"x", good.as_slice()].concat();
    assert!(!is_intact(&check(&longer).findings));
    assert!(!is_intact(&check(&before).findings));
}

#[test]
fn manifests_that_agree_do_not_hide_a_change() {
    let good = good();
    let found = |edit: &dyn Fn(&str, &mut Vec<u8>) -> bool| kinds(&forged(&good, edit));
    let evidence = found(&|path, content| {
        if path.contains("A3-") {
            content[0] = b'P';
        }
        true
    });
    assert_eq!(evidence, [Kind::ChangedEvidence]);
    assert_eq!(found(&|path, _| !path.contains("A3-")), [Kind::MissingEvidence]);
    assert_eq!(found(&|path, _| path != "data/report.html"), [Kind::MissingFile]);
    let playbook = found(&|path, content| {
        if path.ends_with("-1.ron") {
            content.push(b' ');
        }
        true
    });
    assert_eq!(playbook, [Kind::ChangedFile]);
    let cut = found(&|path, content| {
        if path == bundle::RECORDS {
            let last = content[..content.len() - 1].iter().rposition(|byte| *byte == b'\n').unwrap();
            content.truncate(last + 1);
        }
        true
    });
    assert!(cut.contains(&Kind::DamagedHeads) && cut.contains(&Kind::ChangedFile), "{cut:?}");
    assert_eq!(cut[0], Kind::EntriesMissing);
    let changed = found(&|path, content| {
        if path == bundle::RECORDS {
            let text = String::from_utf8(content.clone()).unwrap().replacen("log in", "log on", 1);
            *content = text.into_bytes();
        }
        true
    });
    assert_eq!(changed, [Kind::ChangedRecord, Kind::NotChecked], "what is made of damaged records says nothing");
}

#[test]
fn no_byte_of_any_file_can_be_changed_though_every_manifest_is_made_to_fit() {
    let good = good();
    let mut tried = 0;
    for nth in 0..40 {
        let changed = forged(&good, |path, content| {
            // In each round, another byte of one of the files, in turn.
            let files = ["records", "A3-", "B1-", "evidence.csv", "short-1", "short-2", "report.html", "report.md"];
            let more = ["timeline.csv", "timeline.jsonl", "heads.txt", "README.txt"];
            let wanted = files.iter().chain(&more).nth(nth % 12).unwrap();
            if path.contains(wanted) {
                let place = (nth * 7919) % content.len();
                content[place] ^= 1 << (nth % 7);
                tried += 1;
            }
            true
        });
        assert!(!is_intact(&check(&changed).findings), "round {nth}");
    }
    assert!(tried >= 40, "{tried}");
}

/// An entry of a zip that no honest writer makes.
struct Odd<'a> {
    name: &'a str,
    method: u16,
    mode: u32,
    bytes: &'a [u8],
    claims: u32,
}

fn odd<'a>(name: &'a str, bytes: &'a [u8]) -> Odd<'a> {
    Odd { name, method: 0, mode: 0o100_644, bytes, claims: bytes.len() as u32 }
}

fn zip_of(entries: &[Odd<'_>]) -> Vec<u8> {
    let (mut bytes, mut directory) = (Vec::new(), Vec::new());
    for Odd { name, method, mode, bytes: content, claims } in entries {
        let offset = bytes.len() as u32;
        let mut common = Vec::new();
        for part in [20, 0x800, *method, 0, 0x21] {
            common.extend(u16::to_le_bytes(part));
        }
        for part in [0, content.len() as u32, *claims] {
            common.extend(part.to_le_bytes());
        }
        common.extend((name.len() as u16).to_le_bytes());
        common.extend([0, 0]);
        bytes.extend(b"PK\x03\x04");
        bytes.extend(&common);
        bytes.extend(name.as_bytes());
        bytes.extend(*content);
        directory.extend(b"PK\x01\x02\x14\x03");
        directory.extend(&common);
        directory.extend([0; 6]);
        directory.extend((mode << 16).to_le_bytes());
        directory.extend(offset.to_le_bytes());
        directory.extend(name.as_bytes());
    }
    let (at, size, count) = (bytes.len() as u32, directory.len() as u32, entries.len() as u16);
    bytes.extend(directory);
    bytes.extend(b"PK\x05\x06\0\0\0\0");
    bytes.extend([count.to_le_bytes(), count.to_le_bytes()].concat());
    bytes.extend([size.to_le_bytes(), at.to_le_bytes()].concat());
    bytes.extend([0, 0]);
    bytes
}

fn said(entries: &[Odd<'_>]) -> String {
    let inspection = check(&zip_of(entries));
    assert!(!is_intact(&inspection.findings));
    inspection.findings.iter().map(|finding| format!("{}: {}\n", finding.place, finding.what)).collect()
}

#[test]
fn names_that_could_do_harm_are_refused() {
    for name in [
        "../evil",
        "/etc/passwd",
        "top/../../evil",
        "top\\..\\evil",
        "C:/evil",
        "top/a\u{1b}[2Jb",
        "top//a",
        "top",
        "top/./a",
        "top/a/",
        "top/a\u{202e}b",
    ] {
        let said = said(&[odd(name, b"x")]);
        assert!(said.contains("its name is not one that a bundle has"), "{name:?}: {said}");
        assert!(!said.contains('\u{1b}') && !said.contains('\u{202e}'), "{said:?}");
    }
}

#[test]
fn files_that_hide_each_other_are_found() {
    let said_of = |second| said(&[odd("top/data/a", b"x"), odd(second, b"y")]);
    assert!(said_of("top/data/A").contains("another mix of cases"));
    assert!(said_of("top/data/a").contains("one hides the other"));
    assert!(said_of("other/data/a").contains("another mix of cases"), "also from another top folder");
}

#[test]
fn links_and_bombs_are_not_followed() {
    let link = Odd { mode: 0o120_777, ..odd("top/data/link", b"/etc/passwd") };
    assert!(said(&[link]).contains("it is a link"));
    let bomb = Odd { method: 8, claims: u32::MAX - 1, ..odd("top/data/bomb", &[0x4b; 64]) };
    assert!(said(&[bomb]).contains("it was packed again by something else"));
}

#[test]
fn a_zip_of_overlapping_files_is_not_read_over_and_over() {
    let mut zip = zip_of(&[odd("t/a", &[b'x'; 4000]), odd("t/b", b""), odd("t/c", b"")]);
    let directory = zip.len() - 22 - 3 * (46 + 3);
    for entry in 1..3 {
        let place = directory + entry * (46 + 3);
        zip[place + 20..place + 24].copy_from_slice(&4000_u32.to_le_bytes());
        zip[place + 24..place + 28].copy_from_slice(&4000_u32.to_le_bytes());
        zip[place + 42..place + 46].copy_from_slice(&0_u32.to_le_bytes());
    }
    let found = check(&zip).findings;
    assert!(found.iter().any(|finding| finding.what.contains("claim more bytes than it has")), "{found:?}");
}

#[test]
fn a_lie_about_the_number_of_files_takes_no_memory() {
    for (count, size, start) in
        [(1_u64 << 40, 46_u64 << 40, 1_u64 << 41), (u64::MAX, u64::MAX, 0), (1 << 33, 46 << 33, 0)]
    {
        let mut bytes = vec![0; 1000];
        bytes.extend(b"PK\x06\x06");
        bytes.extend(44_u64.to_le_bytes());
        bytes.extend([45, 0, 45, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
        for part in [count, count, size, start] {
            bytes.extend(part.to_le_bytes());
        }
        bytes.extend(b"PK\x06\x07\0\0\0\0");
        bytes.extend(1000_u64.to_le_bytes());
        bytes.extend([1, 0, 0, 0]);
        bytes.extend(b"PK\x05\x06\0\0\0\0");
        bytes.extend([0xff; 12]);
        bytes.extend([0, 0]);
        assert_eq!(kinds(&bytes), [Kind::ChangedContainer]);
    }
}

#[test]
fn what_is_no_zip_is_a_finding_and_no_error() {
    for bytes in [&b""[..], b"hello", &[0; 100_000]] {
        assert_eq!(kinds(bytes), [Kind::ChangedContainer]);
    }
}

#[test]
fn entries_cut_from_the_end_are_cited() {
    let cut = forged(&good(), |path, content| {
        if path == bundle::RECORDS {
            let lines: Vec<&[u8]> = content.split_inclusive(|byte| *byte == b'\n').collect();
            *content = lines[..lines.len() - 1].concat();
        }
        true
    });
    let case = check(&good()).case.unwrap();
    let found = check(&cut);
    let missing: Vec<_> = found.findings.iter().filter(|finding| finding.kind == Kind::EntriesMissing).collect();
    let here = found.case.unwrap();
    let lost: Vec<String> = case
        .heads()
        .into_iter()
        .filter(|(console, head)| here.heads().get(console) != Some(head))
        .map(|(console, head)| format!("{}{}", case.letter(&console), head.seq))
        .collect();
    assert_eq!(missing.iter().map(|finding| finding.place.clone()).collect::<Vec<_>>(), lost);
    assert!(missing[0].what.contains("was recorded, but the records"), "{missing:?}");
}

#[test]
fn a_cut_bundle_still_says_what_it_holds() {
    let good = good();
    let found = check(&good[..good.len() - 100]);
    assert!(found.findings[0].what.contains("cut off or damaged"), "{:#?}", found.findings);
    assert_eq!((found.records, found.evidence), (7, 2));
    assert_eq!(found.findings.len(), 1, "every file is there: {:#?}", found.findings);
    assert_eq!(found.seal, check(&good).seal);
    let place = |text: &[u8]| good.windows(text.len()).position(|part| part == text).unwrap();
    let inside = check(&good[..place(b"pay us") + 3]);
    assert_eq!((inside.records, inside.evidence), (7, 0));
    assert_eq!(inside.findings[0].kind, Kind::ChangedContainer);
    let kinds: Vec<Kind> = inside.findings.iter().map(|finding| finding.kind).collect();
    assert!(kinds.contains(&Kind::MissingFile) && kinds.contains(&Kind::MissingEvidence), "{kinds:?}");
    let records = check(&good[..place(b"records.jsonl") + 1000]);
    assert!(records.findings.iter().any(|finding| finding.what.contains("cut off")), "{:#?}", records.findings);
    assert!(records.records < 6, "{}", records.records);
}

#[test]
fn what_a_salvage_reads_is_bounded_and_refused_like_the_rest() {
    let cut = |entries: &[Odd<'_>]| {
        let whole = zip_of(entries);
        let found = check(&whole[..whole.len() - 10]).findings;
        found.iter().map(|finding| format!("{}: {}\n", finding.place, finding.what)).collect::<String>()
    };
    assert!(cut(&[odd("../evil", b"x")]).contains("its name is not one that a bundle has"));
    let hidden = cut(&[odd("top/data/a", b""), odd("top/data/A", b"")]);
    assert!(hidden.contains("another mix of cases"), "{hidden}");
    let bomb = Odd { method: 8, claims: u32::MAX - 1, ..odd("top/data/bomb", &[0x4b; 64]) };
    let bombed = cut(&[bomb, odd("top/data/a", b"")]);
    assert!(bombed.contains("it was packed again by something else") && bombed.contains("\ndata/a: "), "{bombed}");
    let mut claims = zip_of(&[odd("top/data/a", b"x")]);
    claims.truncate(30 + 10 + 1);
    claims[18..26].copy_from_slice(&[0xfe, 0xff, 0xff, 0x7f, 0xfe, 0xff, 0xff, 0x7f]);
    let mut read = 0;
    let found = check_bundle(Cursor::new(claims), "case.zip", now(), &mut |done, _| {
        read = read.max(done);
        true
    });
    assert!(found.unwrap().findings.iter().any(|finding| finding.place == "data/a" && finding.what.contains("byte 1")));
    assert_eq!(read, 41);
}

#[test]
fn a_check_can_be_cancelled() {
    let good = good();
    for bytes in [&good[..], &good[..good.len() - 100]] {
        let cancelled = check_bundle(Cursor::new(bytes), "case.zip", now(), &mut |_, _| false);
        assert!(matches!(cancelled, Err(ExchangeError::Cancelled)));
    }
}
