//! Hostile playbooks: whatever a text holds, reading it ends soon, in a playbook or in findings that are safe to print.
//!
//! `CARECERT_FUZZ_SECONDS=600 cargo test --test formats hostile::` goes on for as long as that.

use crate::survive::survive;
use carecert_react::playbook::{builtin_playbooks, write_template};
use proptest::prelude::*;
use proptest::test_runner::{TestCaseError, TestRunner};
use std::sync::LazyLock;
use std::time::{Duration, Instant};

/// The texts that changes are made to.
static BASES: LazyLock<Vec<String>> = LazyLock::new(|| {
    let mut bases: Vec<String> = builtin_playbooks().iter().map(|source| source.text.to_owned()).collect();
    bases.push(write_template("power-cut"));
    bases.push(include_str!("../../playbooks/duties.ron").to_owned());
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/broken");
    let files = std::fs::read_dir(folder).unwrap().map(|file| file.unwrap().path());
    bases.extend(files.map(|file| std::fs::read_to_string(file).unwrap()));
    bases.sort();
    bases
});

/// Places are parts of 65536 of the text, so that a change fits any text.
#[derive(Clone, Debug)]
enum Change {
    Flip(u16, u8),
    Delete(u16, u16),
    Copy(u16, u16, u16),
    SwapTokens(u16, u16),
    /// One text in quotes in the place of another: wrong names, and circles.
    Rename(u16, u16),
    Put(u16, &'static str),
    Nest(u16, &'static str, u16),
}

const PIECES: &[&str] = &[
    "(",
    ")",
    "[",
    "]",
    "{",
    "}",
    "\"",
    "\\",
    "'",
    ",",
    ":",
    "//",
    "/*",
    "*/",
    "r#\"",
    "\"#",
    "#![enable(unwrap_newtypes)]",
    "{{",
    "{item}",
    "{wards}",
    "{ ",
    "\u{202e}",
    "\u{0}",
    "\u{1b}[2J",
    "\u{feff}",
    "é",
    "病",
    "Some(",
    "None",
    "Not(",
    "All([",
    "Any([])",
    "Always",
    "Done(\"\")",
    "Yes(\"x\")",
    "AtLeast(\"wards\", -9223372036854775808)",
    "AtLeast(\"wards\", 9223372036854775807)",
    "Gate(\"dspt-grade\")",
    "99999999999999999999999999",
    "-1",
    "0",
    "1e999",
    "0x",
    "4294967295",
    "true",
    "()",
    "[]",
    "\"\"",
    "each: \"wards\",",
    "kind: Recur(every: 60),",
    "kind: Task,",
    "due_after: Case,",
    "asks: [],",
    "phases: [],",
    "\r\n",
    "\t",
];

fn change() -> impl Strategy<Value = Change> {
    let openers = prop::sample::select(vec!["(", "[", "{", "Not(", "All([", "Some(", "/*", "\"", "(id:", "phases:[("]);
    prop_oneof![
        (any::<u16>(), 0..8_u8).prop_map(|(at, bit)| Change::Flip(at, bit)),
        (any::<u16>(), 0..200_u16).prop_map(|(at, length)| Change::Delete(at, length)),
        (any::<u16>(), any::<u16>(), 0..3000_u16).prop_map(|(at, to, length)| Change::Copy(at, to, length)),
        (any::<u16>(), any::<u16>()).prop_map(|(one, other)| Change::SwapTokens(one, other)),
        (any::<u16>(), any::<u16>()).prop_map(|(one, other)| Change::Rename(one, other)),
        (any::<u16>(), prop::sample::select(PIECES)).prop_map(|(at, piece)| Change::Put(at, piece)),
        (any::<u16>(), openers, 0..3000_u16).prop_map(|(at, opener, times)| Change::Nest(at, opener, times)),
    ]
}

/// The words, numbers, texts and signs of a text.
fn tokens(bytes: &[u8]) -> Vec<(usize, usize)> {
    let word = |b: u8| b.is_ascii_alphanumeric() || b == b'_' || b == b'-';
    let mut tokens = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        let start = at;
        at += 1;
        if word(bytes[start]) {
            at += bytes[at..].iter().take_while(|b| word(**b)).count();
        } else if bytes[start] == b'"' {
            at += bytes[at..].iter().take_while(|b| **b != b'"').count() + 1;
        }
        at = at.min(bytes.len());
        if !bytes[start].is_ascii_whitespace() {
            tokens.push((start, at));
        }
    }
    tokens
}

fn apply(bytes: &mut Vec<u8>, change: &Change) {
    let place = |part: u16, of: usize| usize::from(part) * of / 65536;
    let length = bytes.len();
    match *change {
        _ if length == 0 => {}
        Change::Flip(at, bit) => bytes[place(at, length)] ^= 1 << bit,
        Change::Delete(at, count) => {
            let at = place(at, length);
            bytes.drain(at..(at + usize::from(count)).min(length));
        }
        Change::Copy(at, to, count) => {
            let at = place(at, length);
            let part = bytes[at..(at + usize::from(count)).min(length)].to_vec();
            let to = place(to, length);
            bytes.splice(to..to, part);
        }
        Change::SwapTokens(one, other) => swap(bytes, &tokens(bytes), one, other),
        Change::Rename(one, other) => {
            let texts: Vec<_> = tokens(bytes).into_iter().filter(|(start, _)| bytes[*start] == b'"').collect();
            if !texts.is_empty() {
                let (from, to) = (texts[place(one, texts.len())], texts[place(other, texts.len())]);
                let name = bytes[from.0..from.1].to_vec();
                bytes.splice(to.0..to.1, name);
            }
        }
        Change::Put(at, piece) => {
            let at = place(at, length);
            bytes.splice(at..at, piece.bytes());
        }
        Change::Nest(at, opener, times) => {
            let at = place(at, length);
            bytes.splice(at..at, opener.repeat(usize::from(times)).into_bytes());
        }
    }
}

fn swap(bytes: &mut Vec<u8>, tokens: &[(usize, usize)], one: u16, other: u16) {
    let place = |part: u16| usize::from(part) * tokens.len() / 65536;
    let (first, last) = (place(one.min(other)), place(one.max(other)));
    if first < last {
        let ((a, b), (c, d)) = (tokens[first], tokens[last]);
        let swapped = [&bytes[c..d], &bytes[b..c], &bytes[a..b]].concat();
        bytes.splice(a..d, swapped);
    }
}

fn changed() -> impl Strategy<Value = String> {
    (0..BASES.len(), prop::collection::vec(change(), 1..6)).prop_map(|(base, changes)| {
        let mut bytes = BASES[base].clone().into_bytes();
        changes.iter().for_each(|change| apply(&mut bytes, change));
        String::from_utf8_lossy(&bytes).into_owned()
    })
}

/// Random bytes, and random pieces of the format, which go deeper.
fn random() -> impl Strategy<Value = String> {
    prop_oneof![
        prop::collection::vec(any::<u8>(), 0..400).prop_map(|bytes| String::from_utf8_lossy(&bytes).into_owned()),
        "\\PC{0,200}",
        "[(\\[{}\\]),:\"a-zr#/*\\\\ \n]{0,200}",
        prop::collection::vec(prop::sample::select(PIECES), 0..60).prop_map(|pieces| pieces.concat()),
    ]
}

/// Runs a test on some texts, or for as many seconds as the environment says.
fn run(cases: u32, texts: impl Strategy<Value = String>) {
    let seconds = std::env::var("CARECERT_FUZZ_SECONDS").ok().and_then(|text| text.parse().ok());
    let end = Instant::now() + Duration::from_secs(seconds.unwrap_or(0));
    loop {
        let config = ProptestConfig { cases, failure_persistence: None, ..ProptestConfig::default() };
        let done = TestRunner::new(config).run(&texts, |text| {
            survive(&text);
            Ok::<(), TestCaseError>(())
        });
        assert!(done.is_ok(), "{}", done.unwrap_err());
        if Instant::now() >= end {
            return;
        }
    }
}

#[test]
fn a_changed_playbook_ends_in_findings() {
    run(1000, changed());
}

#[test]
fn random_texts_end_in_findings() {
    run(2000, random());
}

/// What longer runs have found, kept.
#[test]
fn what_was_found_once_stays_mended() {
    // A hint that repeated a program's name of ten thousand letters.
    let whole = include_str!("../broken/command_in_one.ron");
    survive(&whole.replacen("ping -n", &format!("{}ping -n", "Not(".repeat(3000)), 1));
    // A field that nobody knows, near to none, brought no hint.
    survive(&write_template("x").replacen("owner:", "t:", 1));
}
