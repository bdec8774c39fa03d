//! Frozen examples: one line for every type of entry, byte for byte as version 1 writes it. A case that was recorded
//! years ago is read by what these lines say, so they are never changed: a new shape is a new version beside them.

use carecert_react::domain::{
    asset::{AssetKind, AssetState, Importance},
    duty::{Duty, Threshold},
    event::{self, Event},
    finding::Finding,
    id::{CaseId, ConsoleId, EntryId, Hash},
    indicator::IndicatorKind,
    marking::{Severity, Tlp},
    person::Person,
    playbook::{
        Choice, CommandLine, Form, Phase, Playbook, Question, Role, Start, Step, StepKind, StepRef, System, When,
        answer::Value,
    },
    record::{Draft, Head, Order, Record, chain::Chain},
    time::{Now, Time},
};
use std::collections::BTreeSet;

/// The shapes of version 1.
const FROZEN: &str = include_str!("../frozen/records.jsonl");
/// The shapes of version 2, and of types that came later.
const LATER: &str = include_str!("../frozen/records-2.jsonl");
/// The types that paint the picture of an incident.
const PICTURE: &str = include_str!("../frozen/records-3.jsonl");
/// The type that tells of damage.
const DAMAGE: &str = include_str!("../frozen/records-4.jsonl");

fn time(text: &str) -> Time {
    Time::parse(text).unwrap()
}

fn person(name: &str, role: &str) -> Person {
    Person { name: name.into(), role: role.into(), organisation: "RXX".into() }
}

fn step(id: &str) -> StepRef {
    StepRef { playbook: "ransomware".into(), step: id.into() }
}

fn entry(seq: u64) -> EntryId {
    EntryId { console: ConsoleId::from_random([2; 10]), seq }
}

fn duty() -> Duty {
    Duty {
        id: "ico-72h".into(),
        title: "Tell the ICO".into(),
        to: "Information Commissioner's Office".into(),
        reach: "through the form".into(),
        starts: "when you are aware".into(),
        limit: Some(4320),
        content: vec!["what happened".into(), "about how many people".into()],
        source: "UK GDPR article 33".into(),
        checked_on: "2026-11-22".into(),
        confirmed: true,
        ..Duty::default()
    }
}

fn plain_step(id: &str, kind: StepKind, when: When) -> Step {
    Step {
        id: id.into(),
        title: format!("Do {id}"),
        what: "What to do.".into(),
        why: "Why it matters.".into(),
        care: "What to be careful of.".into(),
        owner: "lead".into(),
        due: Some(30),
        needs: vec!["first".into()],
        when,
        expects: vec!["a list".into()],
        kind,
        ..Step::default()
    }
}

/// Every kind of step and every kind of condition, because the playbook stands in the record as it was read.
fn playbook() -> Playbook {
    let chose = || When::Chose("second".into(), "yes".into());
    let option = |id: &str| Choice { id: id.into(), label: id.to_uppercase(), means: "What follows.".into() };
    let decision = StepKind::Decision { question: "Cut?".into(), options: vec![option("yes"), option("no")] };
    let notify = StepKind::Notify { duty: Some("ico-72h".into()), to: "ICO".into(), say: "This is (name).".into() };
    let first = Step { needs: Vec::new(), due: None, ..plain_step("first", StepKind::Task, When::Always) };
    let steps = vec![
        first,
        plain_step("second", decision, When::Done("first".into())),
        plain_step("third", StepKind::Collect, When::All(vec![chose(), When::Not(Box::new(When::Always))])),
        plain_step("fourth", notify, When::Any(vec![chose()])),
    ];
    Playbook {
        id: "ransomware".into(),
        version: "1".into(),
        title: "Ransomware".into(),
        summary: "When files are encrypted.".into(),
        sources: vec!["practice".into()],
        roles: vec![Role { id: "lead".into(), title: "Incident lead".into(), does: "Leads.".into() }],
        duties: vec!["ico-72h".into()],
        phases: vec![Phase { id: "detect".into(), title: "Detect".into(), steps, ..Phase::default() }],
    }
}

/// One event of every type of version 1.
fn examples() -> Vec<Event> {
    let why = || "Because \"of\" this.".to_owned();
    let note = || "Line one\nline two \u{1b}[31m \u{202e}é".to_owned();
    let hash = Hash::of(b"example");
    let aware = time("2026-11-22T02:00:00Z");
    let source = "( id: \"ransomware\" )".to_owned();
    let sha256 = Hash::of(source.as_bytes());
    let (title, severity) = ("Wards cannot log in".to_owned(), Severity::High);
    vec![
        event::CaseOpened { title, severity, tlp: Tlp::Amber, exercise: true }.into(),
        event::CaseAmended { title: None, summary: Some("All wards".into()), tlp: Some(Tlp::AmberStrict) }.into(),
        event::SeverityChanged { from: Severity::High, to: Severity::Critical, why: why() }.into(),
        event::CaseClosed { why: why() }.into(),
        event::CaseReopened { why: why() }.into(),
        event::ResponderJoined { responder: person("A. Osei", "loggist") }.into(),
        event::PlaybookAttached {
            source,
            sha256,
            origin: "built-in".into(),
            playbook: playbook(),
            duties: vec![duty(), Duty { limit: None, confirmed: false, ..duty() }],
        }
        .into(),
        event::StepStarted { step: step("first"), note: note() }.into(),
        event::StepDone { step: step("third"), note: note(), why: why(), unmet: vec!["first".into()] }.into(),
        event::StepSkipped { step: step("first"), why: why() }.into(),
        event::StepBlocked { step: step("first"), why: why() }.into(),
        event::StepReopened { step: step("first"), why: why() }.into(),
        event::DecisionMade {
            step: Some(step("second")),
            question: "Cut?".into(),
            choice: "yes".into(),
            label: "YES".into(),
            rationale: "Theatres share it.".into(),
            decided_by: person("J. Patel", "lead"),
            unmet: Vec::new(),
        }
        .into(),
        event::Note { text: note() }.into(),
        event::EvidenceAdded {
            name: "note.txt".into(),
            sha256: hash,
            size: 7,
            copied: true,
            origin: "E:\\note.txt".into(),
            source: "WARD7-PC3".into(),
            about: "The ransom note".into(),
            modified: Some(time("2026-11-22T01:59:59.000001Z")),
            step: Some(step("third")),
        }
        .into(),
        event::NotificationMade {
            step: Some(step("fourth")),
            duty: Some("ico-72h".into()),
            to: "ICO".into(),
            means: "telephone".into(),
            reference: "REF-1".into(),
            text: note(),
            unmet: vec!["first".into()],
        }
        .into(),
        event::ClockStarted { duty: duty(), aware, deadline: duty().deadline(aware), basis: "the note".into() }.into(),
        event::ClockMet {
            duty: "ico-72h".into(),
            reference: "REF-1".into(),
            note: "told ICO".into(),
            text: String::new(),
        }
        .into(),
        event::ClockWaived { duty: "ico-72h".into(), why: why() }.into(),
        event::ClockChecked {
            reference: "speaking clock".into(),
            read: time("2026-11-22T03:00:00Z"),
            machine: time("2026-11-22T03:00:01.5Z"),
            ahead_ms: 1500,
        }
        .into(),
        event::ClockJumped { by_ms: -3_600_000 }.into(),
        event::RecordCorrected { entry: entry(14), hash, text: "Eleven.".into(), why: why() }.into(),
        event::ExportMade {
            format: "bundle".into(),
            name: "k7qd.zip".into(),
            sha256: hash,
            size: 123_456,
            seal: "7KQ2-M4XD-9PTR-0H3V".into(),
            records: 22,
        }
        .into(),
        event::EntriesMissing { after: 20, last: 23, hash, kept: "damaged-1".into() }.into(),
    ]
}

/// The examples as one log. Every other one has the times that a person claims and a key press gives.
fn written(events: Vec<Event>) -> Vec<Record> {
    let case = CaseId::from_random([1; 10]);
    let console = entry(1).console;
    let (mut head, mut order) = (Head::EMPTY, Order::default());
    let mut records = Vec::new();
    for (place, event) in events.into_iter().enumerate() {
        let at = time("2026-11-22T03:00:00.000007Z").plus_minutes(place as i64);
        order = order.after(at);
        let claimed = (place % 2 == 1).then(|| at.plus_minutes(-5));
        let by = person("J. Patel", "lead");
        let draft = Draft { by, occurred: claimed, begun: claimed.map(|at| at.plus_minutes(4)), event };
        let record = Record::write(&case, &console, head, order, Now::fixed(at, 60), draft).unwrap();
        head = record.head();
        records.push(record);
    }
    records
}

/// A playbook with everything that version 2 brought: every kind, question, condition and start of a due time.
fn later_playbook() -> Playbook {
    let text = |text: &str| text.to_owned();
    let option = |id: &str| Choice { id: id.into(), label: id.to_uppercase(), means: String::new() };
    let question =
        |id: &str, form| Question { id: id.into(), ask: "Which?".into(), help: "Look.".into(), optional: true, form };
    let asks = vec![
        question("words", Form::Text),
        question("number", Form::Number),
        question("yes", Form::YesNo),
        question("impact", Form::OneOf(vec![option("none"), option("minor")])),
        question("wards", Form::List),
    ];
    let line = |system| CommandLine { system, argv: vec!["arp".into(), "-a".into()], folder: "/tmp".into() };
    let lines = [System::Any, System::Windows, System::Linux, System::MacOs].map(line).to_vec();
    let all = vec![
        When::Yes(text("yes")),
        When::Answered(text("impact"), text("minor")),
        When::AtLeast(text("number"), 3),
        When::Gate(text("ico-72h")),
    ];
    let of = |id: &str, kind| Step { needs: Vec::new(), ..plain_step(id, kind, When::Always) };
    let steps = vec![
        Step { asks, shared: Some(text("ask")), ..of("first", StepKind::Task) },
        Step { when: When::All(all), due_after: Start::Case, ..of("second", StepKind::Command { lines }) },
        Step {
            each: Some(text("wards")),
            due_after: Start::Step(text("first")),
            ..of("third", StepKind::Approve { by: "lead".into(), question: "Cut {item}?".into() })
        },
        Step {
            due_after: Start::Aware(text("ico-72h")),
            ..of("fourth", StepKind::Recur { every: 60, until: Some(text("second")) })
        },
    ];
    let before = Phase { id: text("before"), title: text("Before"), ..Phase::default() };
    let needs = vec![text("before")];
    let phase =
        Phase { id: text("detect"), title: text("Detect"), needs, when: When::Not(Box::new(When::Always)), steps };
    Playbook { phases: vec![before, phase], version: text("2"), ..playbook() }
}

/// One event of every type that came, or changed its shape, after version 1 was frozen.
fn later_examples() -> Vec<Event> {
    let gate = vec![Threshold { question: "impact".into(), at_least: 2 }];
    let gated = || Duty { gate: gate.clone(), ..duty() };
    let aware = time("2026-11-22T02:00:00Z");
    let (source, origin) = ("( id: \"ransomware\" )".to_owned(), "own.ron".to_owned());
    let sha256 = Hash::of(source.as_bytes());
    let (playbook, duties) = (later_playbook(), vec![gated()]);
    let answer = |value: Value, words: &str| event::AnswerGiven {
        step: step("first"),
        question: "wards".into(),
        ask: "Which?".into(),
        value,
        words: words.into(),
        why: "One more.".into(),
    };
    let wards = vec!["Ward 7".to_owned(), "ICU".to_owned()];
    vec![
        event::PlaybookAttached {
            source: source.clone(),
            sha256,
            origin: origin.clone(),
            playbook: playbook.clone(),
            duties: duties.clone(),
        }
        .into(),
        event::PlaybookUpdated {
            source,
            sha256,
            origin,
            playbook,
            duties,
            from: "1".into(),
            changes: vec!["the version was: 1 — and is: 2".into()],
            why: "Newer.".into(),
        }
        .into(),
        answer(Value::List(wards), "Ward 7 and ICU").into(),
        answer(Value::Text("words".into()), "words").into(),
        answer(Value::Number(-3), "-3").into(),
        answer(Value::YesNo(true), "yes").into(),
        answer(Value::OneOf("minor".into()), "MINOR").into(),
        event::ApprovalGiven {
            step: step("third@Ward 7"),
            question: "Cut Ward 7?".into(),
            agreed: true,
            person: person("A. Osei", "SIRO"),
            means: "telephone".into(),
            words: "Go on.".into(),
            why: "It spreads.".into(),
            unmet: vec!["phase before".into()],
        }
        .into(),
        event::CommandReported {
            step: step("second"),
            system: System::Windows,
            argv: vec!["arp".into(), "-a".into()],
            succeeded: false,
            outcome: "No such command.".into(),
            why: String::new(),
            unmet: Vec::new(),
        }
        .into(),
        event::ClockStarted { duty: gated(), aware, deadline: duty().deadline(aware), basis: "the note".into() }.into(),
        event::ClockMet {
            duty: "ico-72h".into(),
            reference: "REF-1".into(),
            note: "by the form".into(),
            text: "As sent.".into(),
        }
        .into(),
    ]
}

/// One event of every type that paints the picture of an incident, with every word that it may hold.
fn picture_examples() -> Vec<Event> {
    let hash = Hash::of(b"example");
    let about = || "Line one\nline two \u{1b}[31m \u{202e}é".to_owned();
    let mut events: Vec<Event> = vec![
        event::FollowUpSet { entry: entry(14), hash, on: true, why: "Ring Ward 7.".into() }.into(),
        event::FollowUpSet { entry: entry(14), hash, on: false, why: String::new() }.into(),
    ];
    let states = AssetState::ALL.iter().enumerate().map(|(place, state)| event::AssetNoted {
        name: "PACS".into(),
        kind: AssetKind::ALL[place % AssetKind::ALL.len()],
        importance: Importance::ALL[place % Importance::ALL.len()],
        state: *state,
        about: about(),
    });
    events.extend(states.map(Event::from));
    let kinds = IndicatorKind::ALL.iter().map(|kind| event::IndicatorNoted {
        kind: *kind,
        value: "hxxp://evil[.]example/x".into(),
        about: about(),
        source: "WARD7-PC3".into(),
    });
    events.extend(kinds.map(Event::from));
    events.extend([
        event::ContactNoted {
            name: "R. Khan".into(),
            role: "supplier on-call".into(),
            organisation: "RXX".into(),
            reach: "bleep 123, room 4".into(),
            about: about(),
        }
        .into(),
        event::ImpactStated { text: "No results on the wards.".into() }.into(),
        event::DecisionCountersigned {
            entry: entry(13),
            hash,
            person: person("M. Ellery", "on-call executive"),
            means: "telephone".into(),
            words: "Just so.".into(),
        }
        .into(),
        event::HandoverMade { to: person("A. Osei", "lead"), text: about(), seal: "7KQ2-M4XD-9PTR-0H3V".into() }.into(),
    ]);
    events
}

/// Damage as it was seen, put right and not.
fn damage_examples() -> Vec<Event> {
    let seen = |what: &str, mended| event::DamageSeen { what: what.into(), mended }.into();
    vec![seen("the head file was damaged", true), seen("Line one\nline two \u{1b}[31m \u{202e}é", false)]
}

/// Every frozen line, with the record that this program makes of the same event.
fn all() -> impl Iterator<Item = (&'static str, Record)> {
    let pair = |frozen: &'static str, events| frozen.lines().zip(written(events));
    let earlier = pair(FROZEN, examples()).chain(pair(LATER, later_examples()));
    earlier.chain(pair(PICTURE, picture_examples())).chain(pair(DAMAGE, damage_examples()))
}

fn kind_and_version(line: &str) -> (String, u32) {
    let event = Record::read(line).unwrap().event;
    let value: serde_json::Value = serde_json::from_str(line).unwrap();
    (event.kind().to_owned(), u32::try_from(value["v"].as_u64().unwrap()).unwrap())
}

#[test]
fn every_version_of_every_type_has_a_frozen_line() {
    let frozen: BTreeSet<(String, u32)> =
        [FROZEN, LATER, PICTURE, DAMAGE].into_iter().flat_map(str::lines).map(kind_and_version).collect();
    for event in examples().into_iter().chain(later_examples()).chain(picture_examples()).chain(damage_examples()) {
        for version in 1..=event.version() {
            assert!(frozen.contains(&(event.kind().to_owned(), version)), "{} version {version}", event.kind());
        }
    }
}

#[test]
fn entries_are_written_as_they_ever_were() {
    let mut written_as_frozen = 0;
    for (line, record) in all() {
        // An earlier version is read for ever, and no longer written.
        if kind_and_version(line).1 == record.event.version() {
            let data = |text: &str| text.split_once("\"data\":").unwrap().1.to_owned();
            assert_eq!(data(line), data(record.text()), "{} is not written as it was frozen", record.event.kind());
            written_as_frozen += 1;
        }
    }
    assert_eq!(written_as_frozen, all().count() - 3, "three types have a version 2");
    for (line, record) in all().skip(FROZEN.lines().count()) {
        assert_eq!(line, record.text(), "the line of {} is not as it was frozen", record.event.kind());
    }
}

#[test]
fn frozen_lines_are_read_as_they_were_meant() {
    for (line, record) in all() {
        let read = Record::read(line).unwrap();
        assert!(!matches!(read.event, Event::Unknown(_)), "{line}");
        assert_eq!(read.event, record.event);
        assert_eq!(
            (read.at, read.by, read.occurred, read.begun),
            (record.at, record.by, record.occurred, record.begun)
        );
    }
    assert_eq!((FROZEN.lines().count(), LATER.lines().count()), (examples().len(), later_examples().len()));
    assert_eq!(PICTURE.lines().count(), picture_examples().len());
    assert_eq!(DAMAGE.lines().count(), damage_examples().len());
}

#[test]
fn the_frozen_logs_are_whole_chains() {
    for frozen in [FROZEN, LATER, PICTURE, DAMAGE] {
        let mut chain = Chain::new();
        frozen.lines().for_each(|line| {
            chain.line(line);
        });
        let nothing: Vec<Finding> = Vec::new();
        assert_eq!(chain.finish(), nothing);
    }
}

#[test]
fn frozen_lines_have_the_one_spelling_that_a_check_asks_for() {
    for line in [FROZEN, LATER, PICTURE, DAMAGE].into_iter().flat_map(str::lines) {
        assert_eq!(Record::read(line).unwrap().check_spelling(), Ok(()), "{line}");
        let odd = Record::read(format!("{line} ")).unwrap();
        assert!(odd.check_spelling().is_err());
    }
}
