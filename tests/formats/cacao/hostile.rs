//! Whatever bytes come in: findings, in bounded time, and never a panic.

use super::random::Dice;
use super::{exported, fixture, taken};
use carecert_react::playbook::cacao::{self, IMPORT_LIMIT, Import};
use carecert_react::playbook::{Code, Level, builtin_duties, examine_playbook};
use proptest::collection::vec;
use proptest::prelude::*;
use serde_json::{Map, Value, json};
use std::time::{Duration, Instant};

fn code(text: &str) -> Code {
    let import = taken(text);
    assert_eq!(import.playbook, None);
    import.findings.iter().find(|finding| finding.level == Level::Error).unwrap().code
}

/// What must hold for any bytes.
fn holds(bytes: &[u8]) -> Import {
    let import = cacao::import_playbook(bytes, builtin_duties());
    let broken = import.findings.iter().any(|finding| finding.level == Level::Error);
    assert_eq!(import.playbook.is_none(), broken, "{:?}", import.findings);
    if let Some(playbook) = &import.playbook {
        let read = examine_playbook(&import.ron, builtin_duties());
        assert!(read.usable() && read.playbook.as_ref() == Some(playbook));
    }
    for finding in &import.findings {
        assert!(finding.start + finding.length <= bytes.len() && finding.line > 0, "{finding:?}");
    }
    import
}

/// A workflow of `number` actions in a row, with `more` in each.
fn row(number: usize, more: &Value) -> String {
    let id = |at: usize| format!("action--{at:08x}-0000-4000-8000-000000000000");
    let mut workflow = Map::new();
    for at in 0..number {
        let mut step = json!({ "type": "action", "name": "Again", "on_completion": id(at + 1) });
        step.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        workflow.insert(id(at), step);
    }
    json!({ "type": "playbook", "name": "Row", "workflow_start": id(0), "workflow": workflow }).to_string()
}

#[test]
fn what_is_no_playbook_is_said_to_be_none() {
    assert_eq!(code(""), Code::Syntax);
    assert_eq!(code("{"), Code::Syntax);
    assert_eq!(code("[]"), Code::WrongType);
    assert_eq!(code("{}"), Code::MissingField);
    assert_eq!(code(r#"{"workflow": {}}"#), Code::EmptyPhase);
    assert_eq!(code(r#"{"workflow": []}"#), Code::EmptyPhase);
    assert_eq!(code(&"[".repeat(1_000_000)), Code::Syntax);
    assert_eq!(code(&"{\"a\":".repeat(100_000)), Code::Syntax);
    assert_eq!(code(&format!("[{}0]", "0,".repeat(2_000_000))), Code::TooLarge);
    let large = vec![b' '; IMPORT_LIMIT + 1];
    assert_eq!(cacao::import_playbook(&large, builtin_duties()).findings[0].code, Code::TooLarge);
    assert_eq!(cacao::import_playbook(b"\xff\xfe{", builtin_duties()).findings[0].code, Code::BadText);
    let import = taken("{\n  \"type\": 1,, \n}");
    assert_eq!((import.findings[0].line, import.findings[0].column), (2, 13));
}

#[test]
fn long_workflows_end_in_bounded_time() {
    let begun = Instant::now();
    assert_eq!(code(&row(20_000, &json!({}))), Code::TooLarge);
    assert_eq!(code(&row(4_900, &json!({ "description": "x".repeat(300) }))), Code::TooLarge, "too much to be read");
    let import = taken(&row(1_500, &json!({})));
    assert_eq!(import.playbook.unwrap().steps().count(), 1_500);
    // Each step leads to all: as many ways as a file can hold.
    let id = |at: usize| format!("action--{at:08x}-0000-4000-8000-000000000000");
    let all: Vec<String> = (0..400).map(id).collect();
    taken(&row(400, &json!({ "type": "parallel", "next_steps": all })));
    let cases: Map<String, Value> = all.iter().take(200).map(|id| (id.clone(), json!(id))).collect();
    taken(&row(200, &json!({ "type": "switch-condition", "switch": "x", "cases": cases })));
    assert!(begun.elapsed() < Duration::from_secs(60), "{:?}", begun.elapsed());
}

#[test]
fn values_and_targets_do_not_multiply_without_bound() {
    let begun = Instant::now();
    let long = "x".repeat(100_000);
    let mut value: Value = serde_json::from_str(&row(
        900,
        &json!({
            "targets": vec!["linux--1"; 100], "commands": [{ "type": "manual", "command": "__a__:value ".repeat(30) }],
        }),
    ))
    .unwrap();
    value["playbook_variables"] = json!({ "__a__": { "type": "string", "value": "y".repeat(190) } });
    value["target_definitions"] = json!({ "linux--1": { "type": "linux", "name": long } });
    let import = holds(value.to_string().as_bytes());
    assert_eq!(import.findings.iter().find(|finding| finding.level == Level::Error).unwrap().code, Code::TooLarge);
    assert!(begun.elapsed() < Duration::from_secs(60), "{:?}", begun.elapsed());
}

/// One random change of a text: a byte, a cut, a doubled part, or a value put in the place of another.
fn mutated(text: &str, picks: &[u16]) -> Vec<u8> {
    let mut bytes = text.as_bytes().to_vec();
    for pick in picks.chunks_exact(3) {
        if bytes.is_empty() {
            break;
        }
        let at = usize::from(pick[1]) * 7 % bytes.len();
        let to = (at + usize::from(pick[2]) % 200).min(bytes.len());
        match pick[0] % 6 {
            0 => bytes[at] = pick[2].to_le_bytes()[0],
            1 => drop(bytes.drain(at..to)),
            2 => {
                let part = bytes[at..to].to_vec();
                bytes.splice(at..at, part);
            }
            _ => {
                // A change that keeps the JSON whole: one value for another.
                if let Ok(mut value) = serde_json::from_slice::<Value>(&bytes) {
                    swap(&mut value, usize::from(pick[1]), usize::from(pick[2]));
                    bytes = value.to_string().into_bytes();
                }
            }
        }
    }
    bytes
}

/// Puts the `from`-th value of a tree in the place of the `to`-th.
fn swap(value: &mut Value, from: usize, to: usize) {
    fn all(value: &Value, path: String, into: &mut Vec<String>) {
        into.push(path.clone());
        match value {
            Value::Object(members) => members.iter().for_each(|(key, value)| {
                all(value, format!("{path}/{}", key.replace('~', "~0").replace('/', "~1")), into);
            }),
            Value::Array(list) => {
                list.iter().enumerate().for_each(|(at, value)| all(value, format!("{path}/{at}"), into))
            }
            _ => {}
        }
    }
    let mut paths = Vec::new();
    all(value, String::new(), &mut paths);
    let taken = value.pointer(&paths[from % paths.len()]).cloned().unwrap();
    let small = taken.to_string().len() < 2_000;
    *value.pointer_mut(&paths[to % paths.len()]).unwrap() = if small { taken } else { Value::Null };
}

fn fuzz_cases() -> ProptestConfig {
    ProptestConfig { cases: 150, failure_persistence: None, ..ProptestConfig::default() }
}

proptest! {
    #![proptest_config(fuzz_cases())]

    #[test]
    fn any_bytes_end_in_findings(bytes in vec(any::<u8>(), 0..300)) {
        holds(&bytes);
    }

    #[test]
    fn any_change_to_an_export_or_a_fixture_is_taken_or_found(
        seed in vec(any::<u8>(), 0..300),
        which in 0..6_usize,
        picks in vec(any::<u16>(), 3..30),
    ) {
        let names = ["commands.json", "structure.json", "marked.json", "older.json", "tangled.json"];
        let text = names.get(which).map_or_else(|| exported(&Dice::new(&seed).playbook()), |name| fixture(name));
        holds(&mutated(&text, &picks));
    }
}

/// Goes on for `CARECERT_FUZZ_SECONDS`, from a seed of the clock; without it, it does nothing.
#[test]
fn a_long_run_finds_nothing() {
    use proptest::strategy::ValueTree as _;
    use proptest::test_runner::{Config, TestRunner};
    let seconds = std::env::var("CARECERT_FUZZ_SECONDS").ok().and_then(|seconds| seconds.parse().ok());
    let Some(seconds) = seconds.map(Duration::from_secs) else { return };
    let (begun, mut count) = (Instant::now(), 0_u64);
    let mut runner = TestRunner::new(Config { failure_persistence: None, ..Config::default() });
    let strategy = (vec(any::<u8>(), 0..900), 0..7_usize, vec(any::<u16>(), 0..60));
    let names = ["commands.json", "structure.json", "marked.json", "older.json", "tangled.json"].map(fixture);
    while begun.elapsed() < seconds {
        let (seed, which, picks) = strategy.new_tree(&mut runner).unwrap().current();
        let own = || exported(&Dice::new(&seed).playbook());
        let bytes = match which {
            6 => seed.clone(),
            _ => mutated(&names.get(which).cloned().unwrap_or_else(own), &picks),
        };
        let outcome = std::panic::catch_unwind(|| {
            let turn = Instant::now();
            holds(&bytes);
            assert!(turn.elapsed() < Duration::from_secs(10), "slow: {:?}", turn.elapsed());
        });
        if outcome.is_err() {
            let path = std::env::temp_dir().join(format!("carecert-cacao-{count}.json"));
            std::fs::write(&path, &bytes).unwrap();
            panic!("see {}", path.display());
        }
        count += 1;
    }
    println!("{count} files in {seconds:?}");
}
