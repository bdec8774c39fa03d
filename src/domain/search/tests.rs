use super::*;
use crate::domain::{
    event::{CaseOpened, DecisionMade, EvidenceAdded, FollowUpSet, Note, RecordCorrected, UnknownEntry},
    id::{CaseId, Hash},
    marking::{Severity, Tlp},
    record::Draft,
    time::Now,
    time::Time,
};
use proptest::prelude::*;

/// A case with its index and its records.
struct Desk {
    case: Case,
    index: Index,
    records: Vec<Record>,
}

fn at(second: i64) -> Time {
    Time::from_micros(1_700_000_000_000_000 + second * 1_000_000).unwrap()
}

fn person(name: &str, role: &str) -> Person {
    Person { name: name.into(), role: role.into(), organisation: "RX1".into() }
}

impl Desk {
    fn new() -> Self {
        let case = Case::new(CaseId::from_random([1; 10]));
        Self { case, index: Index::default(), records: Vec::new() }
    }

    /// Records an event at a console, a second after the one before.
    fn add(&mut self, console: u8, by: &Person, occurred: Option<Time>, event: Event) -> EntryId {
        let console = ConsoleId::from_random([console; 10]);
        let (head, order) = (self.case.head(&console), self.case.order());
        let now = Now::fixed(at(self.records.len() as i64), 0);
        let draft = Draft { by: by.clone(), occurred, begun: None, event };
        let record = Record::write(&self.case.id, &console, head, order.after(now.at), now, draft).unwrap();
        self.case.apply(&record);
        self.index.take(&record, &self.case);
        self.records.push(record.clone());
        record.id
    }

    fn note(&mut self, text: &str) -> EntryId {
        self.add(1, &person("J. Patel", "lead"), None, Note { text: text.into() }.into())
    }

    fn rows(&self, typed: &str) -> Vec<u32> {
        self.index.matching(&Filter::parse(typed), None).rows().to_vec()
    }

    /// What a filter of plain words should give, by looking at every text of every record.
    fn naive(&self, words: &[String]) -> Vec<u32> {
        let has = |record: &&Record, word: &String| {
            let (line, sign) = (record.event.line(&record.by, &self.case), record.event.sign());
            let mut all: Vec<String> = record.event.texts().into_iter().map(str::to_owned).collect();
            all.extend(record.event.sha256().map(|hash| hash.to_string()));
            all.extend([line, sign.tag.into(), sign.label.into(), record.by.label()]);
            all.iter().any(|text| fold_text(text).contains(word.as_str()))
        };
        let every = |record: &Record| words.iter().all(|word| has(&record, word));
        (0..).zip(&self.records).filter(|(_, record)| every(record)).map(|(row, _)| row).collect()
    }
}

fn decision(label: &str, rationale: &str) -> Event {
    let (label, rationale) = (label.to_owned(), rationale.to_owned());
    let decided_by = person("A. Osei", "director on call");
    let (question, choice) = ("How far?".into(), String::new());
    DecisionMade { step: None, question, choice, label, rationale, decided_by, unmet: Vec::new() }.into()
}

fn evidence(name: &str, about: &str) -> Event {
    let (name, about, origin) = (name.to_owned(), about.to_owned(), "/var/log/Auth.log".into());
    let (sha256, source) = (Hash::of(b"abc"), "DC01".into());
    EvidenceAdded { name, sha256, size: 3, copied: true, origin, source, about, modified: None, step: None }.into()
}

#[test]
fn a_row_says_what_the_entry_says() {
    let mut desk = Desk::new();
    let opened = CaseOpened { title: "Wards".into(), severity: Severity::High, tlp: Tlp::Amber, exercise: false };
    desk.add(1, &person("J. Patel", "lead"), None, opened.into());
    desk.add(2, &person("A. Osei", ""), Some(at(-60)), decision("Segment", "Theatres share VLAN 40"));
    let row = desk.index.row(1).unwrap();
    assert_eq!(
        (row.cite(), row.tag(), row.label(), row.kind()),
        ("B1".into(), "decision", "decision", Some("decision.made"))
    );
    assert_eq!(row.line(500), "Segment. “Theatres share VLAN 40”");
    assert_eq!(row.line(10), "Segment. ", "a curly quote is not cut in two");
    assert_eq!(row.more(), "How far?\nA. Osei\ndirector on call\nRX1", "what the line has is not there twice");
    assert_eq!((row.at(), row.happened(), row.person().name.as_str()), (at(1), at(-60), "A. Osei"));
    assert_eq!((row.id(), desk.index.find(&row.id())), (desk.records[1].id.clone(), Some(1)));
    assert!(desk.index.row(2).is_none());
    assert_eq!(desk.index.by_happened(Vec::new()), [1, 0]);
}

#[test]
fn words_are_found_in_texts_types_and_names() {
    let mut desk = Desk::new();
    desk.note("Theatre 2 finishing list on PAPER");
    desk.note("Ward 7 Ärzte informed\ntheatre 3 open");
    desk.add(2, &person("A. Osei", "lead"), None, evidence("auth.log", "failed log-ins"));
    for (typed, rows) in [
        ("theatre", vec![0, 1]),
        ("THEATRE paper", vec![0]),
        ("ärzte", vec![1]),
        ("ÄRZTE 7", vec![1]),
        ("dc01", vec![2]),
        ("ba7816bf8f01", vec![2]),
        ("evidence", vec![2]),
        ("osei", vec![2]),
        ("lead", vec![0, 1, 2]),
        ("paperward", vec![]),
        ("nowhere", vec![]),
        ("", vec![0, 1, 2]),
        ("kind:note", vec![0, 1]),
        ("kind:note kind:evi", vec![0, 1, 2]),
        ("by:osei", vec![2]),
        ("by:j.-pat theatre kind:note open", vec![1]),
        ("kind: by: is:", vec![0, 1, 2]),
        ("is:follow", vec![]),
        ("http://theatre", vec![]),
    ] {
        assert_eq!(desk.rows(typed), rows, "{typed}");
    }
    let offers = desk.index.offers();
    assert_eq!(offers.kinds, [("note".into(), 2), ("evidence".into(), 1)]);
    assert_eq!(offers.people, [("J. Patel".into(), 2), ("A. Osei".into(), 1)]);
}

#[test]
fn what_is_told_one_by_one_is_found_without_a_walk() {
    let mut desk = Desk::new();
    desk.note("before");
    assert!(desk.index.rare(Some("clock.jumped")).is_empty() && desk.index.rare(None).is_empty());
    desk.add(2, &person("J. Patel", ""), None, ClockJumped { by_ms: 90_000 }.into());
    desk.note("between");
    desk.add(1, &person("A. Osei", ""), None, ClockJumped { by_ms: -5_000 }.into());
    let newer = Event::Unknown(UnknownEntry { kind: "pager.rung".into(), version: 1, data: serde_json::json!({}) });
    desk.add(1, &person("A. Osei", ""), None, newer);
    assert_eq!((desk.index.rare(Some("clock.jumped")), desk.index.rare(None)), (&[1, 3][..], &[4][..]));
    assert!(desk.index.rare(Some("note")).is_empty(), "only what is told one by one is kept so");
}

#[test]
fn corrections_and_marks_are_known_both_ways() {
    let mut desk = Desk::new();
    let wrong = desk.note("Ward 6");
    desk.note("other");
    let hash = desk.records[0].hash;
    let correct = |text: &str| RecordCorrected { entry: wrong.clone(), hash, text: text.into(), why: "slip".into() };
    desk.add(1, &person("J. Patel", ""), None, correct("Ward 7").into());
    desk.add(2, &person("J. Patel", ""), None, correct("Ward 8").into());
    assert_eq!(desk.index.corrected_by(0), [2, 3]);
    assert_eq!((desk.index.row(0).unwrap().corrected_by(), desk.index.row(3).unwrap().corrects()), (Some(3), Some(0)));
    assert_eq!(desk.rows("is:corr"), [0, 2, 3]);
    let (entry, hash) = (desk.records[1].id.clone(), desk.records[1].hash);
    let set = |on| FollowUpSet { entry: entry.clone(), hash, on, why: "ring them".into() };
    desk.add(2, &person("J. Patel", ""), None, set(true).into());
    assert!(desk.index.row(1).unwrap().follow_up());
    assert_eq!(desk.rows("is:follow"), [1]);
    assert_eq!(desk.index.follow_ups().collect::<Vec<_>>(), [1]);
    desk.add(2, &person("J. Patel", ""), None, set(false).into());
    assert_eq!(desk.rows("is:follow-up"), [0_u32; 0]);
}

#[test]
fn what_is_not_kept_whole_is_counted() {
    let mut desk = Desk::new();
    desk.index = Index::up_to(300);
    desk.note("short");
    assert_eq!(desk.index.cut(), 0);
    desk.note(&format!("{} the end", "x".repeat(300)));
    assert_eq!((desk.index.cut(), desk.rows("end")), (1, vec![]));
    assert_eq!(desk.rows("xxx"), [1], "its beginning is there");
}

#[test]
fn an_endless_line_is_found_to_its_end() {
    let mut desk = Desk::new();
    let text = format!("{}éclair{} the end", "x".repeat(65_534), "y".repeat(30_000));
    desk.note(&text);
    desk.note("next");
    assert_eq!(desk.rows("end"), [0]);
    assert_eq!(desk.rows("next"), [1]);
    assert_eq!(desk.rows("xéclairy"), [0], "also where the line is cut");
    let row = desk.index.row(0).unwrap();
    assert_eq!(row.line(usize::MAX).len(), 65_534, "a character is not cut");
    assert!(row.more().ends_with("the end"));
}

#[test]
fn a_search_from_the_newest_stops_early() {
    let mut desk = Desk::new();
    for number in 0..5000 {
        desk.note(&format!("entry {number} {}", if number % 7 == 0 { "ward" } else { "" }));
    }
    assert_eq!(desk.index.search("WARD entry", usize::MAX, 3), [4998, 4991, 4984]);
    assert_eq!(desk.index.search("ward", 4991, 2), [4984, 4977]);
    assert_eq!(desk.index.search("", usize::MAX, 2), [4999, 4998]);
    let all: Vec<u32> = desk.rows("ward").into_iter().rev().collect();
    assert_eq!(desk.index.search("ward", usize::MAX, usize::MAX), all);
}

/// Pieces that meet in many ways: at the ends of rows, within each other, in either case.
fn piece() -> impl Strategy<Value = String> {
    let known =
        prop::sample::select(vec!["ward", "Ward 7", "a", "aa", "é", "É", "ÅSA", "lead", "note", "\n", " ", "k", "K"]);
    prop_oneof![4 => known.prop_map(str::to_owned), 1 => any::<char>().prop_map(String::from)]
}

fn said() -> impl Strategy<Value = String> {
    prop::collection::vec(piece(), 1..6).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn a_filter_gives_what_looking_at_everything_gives(
        entries in prop::collection::vec((0..4_u8, said(), said(), -100..100_i64), 1..60),
        typed in said(),
        split in 0..60_usize,
    ) {
        let mut desk = Desk::new();
        let mut matches: Option<Matches> = None;
        // Typed a character at a time, while the log grows: what was found before is used again.
        let keys: Vec<usize> = typed.char_indices().map(|(at, c)| at + c.len_utf8()).collect();
        for (number, (kind, one, two, ago)) in entries.iter().enumerate() {
            let event = match kind {
                0 => Note { text: one.clone() }.into(),
                1 => decision(one, two),
                _ => evidence(one, two),
            };
            desk.add(kind % 2, &person(if two.len() > 6 { two } else { "Åsa" }, "lead"), Some(at(*ago)), event);
            if number == split || number + 1 == entries.len() {
                for end in &keys {
                    let filter = Filter { words: fold_text(&typed[..*end]).split_whitespace().map(str::to_owned).collect(), ..Filter::default() };
                    let now = desk.index.matching(&filter, matches.as_ref());
                    prop_assert_eq!(now.rows(), desk.naive(&filter.words), "{:?}", filter);
                    let newest = desk.index.search(&typed[..*end], usize::MAX, usize::MAX);
                    prop_assert_eq!(newest.into_iter().rev().collect::<Vec<_>>(), now.rows());
                    matches = Some(now);
                }
            }
        }
        let whole = desk.index.by_happened(Vec::new());
        let part: Vec<u32> = desk.index.by_happened(Vec::new()).into_iter().filter(|row| (*row as usize) < split).collect();
        prop_assert_eq!(desk.index.by_happened(part), whole.clone(), "rows since are put in their places");
        let mut naive: Vec<u32> = (0..entries.len() as u32).collect();
        naive.sort_by_key(|row| desk.records[*row as usize].happened());
        prop_assert_eq!(whole, naive);
        for (row, record) in (0..).zip(&desk.records) {
            prop_assert_eq!(desk.index.find(&record.id), Some(row));
            let row = desk.index.row(row).unwrap();
            prop_assert_eq!((row.cite(), row.person()), (desk.case.cite(&record.id), &record.by));
            prop_assert_eq!(row.line(usize::MAX), record.event.line(&record.by, &desk.case));
        }
    }
}
