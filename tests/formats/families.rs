//! What every kind of entry says of itself, held by every frozen line: a new kind is held by the line that it needs, and
//! by no code of its own.

use carecert_react::domain::{
    case::Case,
    event::{
        Event,
        said::{Names, Undo},
    },
    id::EntryId,
    person::Person,
    playbook::StepRef,
    record::Record,
};
use serde_json::Value;
use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
};

/// A case that knows nobody's title.
struct Nameless;

impl Names for Nameless {
    fn cite(&self, entry: &EntryId) -> String {
        format!("A{}", entry.seq)
    }

    fn step_title(&self, step: &StepRef) -> String {
        step.to_string()
    }

    fn duty_title(&self, duty: &str) -> String {
        duty.to_owned()
    }
}

/// Every line of every frozen log, with the file that it stands in.
fn frozen_lines() -> Vec<(String, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/frozen");
    let mut lines = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|ending| ending == "jsonl") {
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            let text = std::fs::read_to_string(&path).unwrap();
            lines.extend(text.lines().map(|line| (name.clone(), line.to_owned())));
        }
    }
    lines
}

/// The payload of a line, and what this program reads in it.
fn payloads() -> Vec<(String, Value, Event)> {
    let read = |(name, line): (String, String)| {
        let value: Value = serde_json::from_str(&line).unwrap();
        let event = Record::read(line).unwrap().event;
        (format!("{name}: {}", event.kind()), value["data"].clone(), event)
    };
    frozen_lines().into_iter().map(read).collect()
}

/// The texts that people put into a payload: hashes, identifiers, words of a list and moments apart, and what a playbook or
/// a duty says of itself, which is no part of what happened.
fn typed_texts(value: &Value, texts: &mut Vec<String>) {
    const NOT_TYPED: &[&str] = &[
        "sha256",
        "hash",
        "entry",
        "step",
        "duty",
        "severity",
        "tlp",
        "from",
        "to_severity",
        "kind",
        "importance",
        "state",
        "system",
        "choice",
        "value",
        "modified",
        "read",
        "machine",
        "unmet",
    ];
    match value {
        Value::String(text) if !text.is_empty() => texts.push(text.clone()),
        Value::Array(all) => all.iter().for_each(|value| typed_texts(value, texts)),
        Value::Object(fields) => {
            for (_, value) in fields.iter().filter(|(field, _)| !NOT_TYPED.contains(&field.as_str())) {
                typed_texts(value, texts);
            }
        }
        _ => {}
    }
}

#[test]
fn every_kind_has_a_frozen_line_and_is_written_again_as_it_is() {
    let mut kinds = BTreeSet::new();
    for (name, line) in frozen_lines() {
        let value: Value = serde_json::from_str(&line).unwrap();
        let event = Record::read(line.clone()).unwrap().event;
        if let Event::Unknown(_) = event {
            continue;
        }
        kinds.insert(event.kind().to_owned());
        if value["v"] == event.version() {
            let written = serde_json::to_string(&event).unwrap();
            assert!(line.ends_with(&format!("\"data\":{written}}}")), "{name}: {line}\nis written as {written}");
        }
    }
    let known: BTreeSet<String> = Event::KINDS.iter().map(|kind| (*kind).to_owned()).collect();
    assert_eq!(kinds, known, "each kind has a line in tests/frozen");
}

#[test]
fn every_text_that_people_typed_is_found_by_a_search() {
    for (name, data, event) in payloads().into_iter().filter(|(_, _, event)| !matches!(event, Event::Unknown(_))) {
        // What a playbook says is looked up in the playbook; its name and where it came from are found.
        if name.contains("playbook.") || name.contains("clock.started") {
            assert!(!event.texts().is_empty(), "{name}");
            continue;
        }
        let mut typed = Vec::new();
        typed_texts(&data, &mut typed);
        // The identifier of the question; what was asked stands beside it.
        typed.retain(|text| event.kind() != "answer.given" || *text != data["question"]);
        let line = event.line(&Person::default(), &Nameless);
        let found =
            |text: &String| event.texts().iter().any(|said| said.contains(text.as_str())) || line.contains(text);
        let missing: Vec<&String> = typed.iter().filter(|text| !found(text)).collect();
        assert!(missing.is_empty(), "{name}: a search does not find {missing:?}");
    }
}

#[test]
fn what_an_entry_names_it_is_about() {
    for (name, data, event) in payloads() {
        let about = event.about();
        assert_eq!(data["step"].is_object(), about.step.is_some(), "{name}: the step");
        assert_eq!(data["entry"].is_object(), about.entry.is_some(), "{name}: the earlier entry");
        // The hash of a playbook is that of its own text, which stands beside it.
        let file = data["sha256"].is_string() && !name.contains("playbook.");
        assert_eq!(file, about.sha256.is_some(), "{name}: the file");
    }
}

#[test]
fn every_kind_is_told_in_few_cells_and_says_something() {
    for (name, _, event) in payloads() {
        let (sign, who) = (event.sign(), Person::named("J. Patel"));
        assert!(!sign.label.is_empty() && (1..=9).contains(&sign.tag.chars().count()), "{name}: {sign:?}");
        assert!(!event.line(&who, &Nameless).is_empty(), "{name}: its line");
        assert!(!event.sentence(&Nameless).is_empty(), "{name}: its sentence");
        assert!(!event.rows(&Nameless).is_empty(), "{name}: its rows");
        if let Undo::Stays { why, instead } = event.undo() {
            assert!(!why.is_empty() && !instead.is_empty(), "{name}: why it stays");
        }
    }
}

/// What every entry changes in a case, of whatever kind it is.
const COMMON: &[&str] = &["logs", "order", "past", "records", "updated"];

/// What a case holds, each field by its name.
fn fields_of(case: &Case) -> BTreeMap<String, String> {
    let mut fields: BTreeMap<String, String> = BTreeMap::new();
    let mut name = String::new();
    for line in format!("{case:#?}").lines() {
        if let Some((field, _)) = line
            .strip_prefix("    ")
            .filter(|line| !line.starts_with([' ', '}', ']']))
            .and_then(|line| line.split_once(": "))
        {
            name = field.to_owned();
        }
        fields.entry(name.clone()).or_default().push_str(line);
    }
    fields
}

#[test]
fn every_kind_changes_what_the_case_holds_or_says_that_it_does_not() {
    // They stand in the log, and nothing that is kept follows from them.
    let in_the_log_only = BTreeSet::from(["clock.jumped"]);
    let (mut folds, mut kinds) = (BTreeSet::new(), BTreeSet::new());
    let mut files: BTreeMap<String, Vec<String>> = BTreeMap::new();
    frozen_lines().into_iter().for_each(|(file, line)| files.entry(file).or_default().push(line));
    for lines in files.values() {
        let first = Record::read(lines[0].clone()).unwrap();
        let mut case = Case::new(first.case.clone());
        for line in lines {
            let record = Record::read(line.clone()).unwrap();
            let kind = record.event.kind().to_owned();
            // The same entry of a kind that nobody knows leaves what every entry leaves.
            let stranger = line.replace(&format!("\"type\":\"{kind}\""), "\"type\":\"of.nobody\"");
            let mut without = case.clone();
            without.apply(&Record::read(stranger).unwrap());
            case.apply(&record);
            let (with, without) = (fields_of(&case), fields_of(&without));
            let changed =
                with.iter().filter(|(name, text)| without.get(*name) != Some(text)).map(|(name, _)| name.as_str());
            if changed.filter(|name| !COMMON.contains(name)).count() > 0 {
                folds.insert(kind.clone());
            }
            if !matches!(record.event, Event::Unknown(_)) {
                kinds.insert(kind);
            }
        }
    }
    let idle: BTreeSet<&str> = kinds.difference(&folds).map(String::as_str).collect();
    assert_eq!(idle, in_the_log_only);
}
