//! Playbooks of others: every value is carried or in the account, and nothing that runs is trusted.

use super::{every_text, fixture, taken};
use carecert_react::domain::playbook::{Playbook, StepKind, When};
use carecert_react::playbook::cacao::{self, Fate, Import};
use carecert_react::playbook::{Code, Level, builtin_duties};
use serde_json::Value;

const FIXTURES: &[&str] = &["commands.json", "structure.json", "marked.json", "older.json"];

/// The pointers of all values that hold no others.
fn leaves(value: &Value, path: &str, into: &mut Vec<(String, Value)>) {
    let escaped = |key: &str| key.replace('~', "~0").replace('/', "~1");
    match value {
        Value::Object(members) if !members.is_empty() => {
            members.iter().for_each(|(key, value)| leaves(value, &format!("{path}/{}", escaped(key)), into));
        }
        Value::Array(list) if !list.is_empty() => {
            list.iter().enumerate().for_each(|(at, value)| leaves(value, &format!("{path}/{at}"), into));
        }
        value => into.push((path.to_owned(), value.clone())),
    }
}

/// What the account says of a value: the entry for it, or for one that holds it.
fn fate(import: &Import, path: &str) -> Option<Fate> {
    let holds = |item: &&cacao::Item| path == item.path || path.starts_with(&format!("{}/", item.path));
    import.account.iter().filter(holds).map(|item| item.fate).max()
}

fn usable(name: &str) -> (Value, Import, Playbook) {
    let text = fixture(name);
    let import = taken(&text);
    assert!(!import.findings.iter().any(|finding| finding.level == Level::Error), "{name}: {:?}", import.findings);
    let playbook = import.playbook.clone().unwrap();
    (serde_json::from_str(&text).unwrap(), import, playbook)
}

#[test]
fn every_value_is_carried_or_in_the_account() {
    for name in FIXTURES {
        let (value, import, playbook) = usable(name);
        let (texts, mut all) = (every_text(&playbook), Vec::new());
        leaves(&value, "", &mut all);
        assert!(all.len() > 20);
        for (path, leaf) in all {
            let said = fate(&import, &path).unwrap_or_else(|| panic!("{name}: nothing is said of {path}"));
            let key = path.rsplit('/').next().unwrap();
            let in_words = ["name", "description", "command", "content", "statement", "url", "ipv4", "external_id"];
            if let (Fate::Kept, Value::String(leaf)) = (said, &leaf)
                && in_words.contains(&key)
            {
                let leaf = leaf.replace("{braces}", "{{braces}").replace("\"{", "\"{{").replace("{\"", "{{\"");
                let leaf = leaf.replace("__host__:value", "{host}").replace("__ip__:value", "{ip}");
                let leaf = leaf.replace("__limit__:value", "42");
                assert!(texts.contains(&leaf), "{name}: {path} is said to be kept, but {leaf:?} is not in\n{texts}");
            }
        }
    }
}

#[test]
fn a_key_that_nobody_knows_is_in_the_account_wherever_it_stands() {
    for name in FIXTURES {
        let value: Value = serde_json::from_str(&fixture(name)).unwrap();
        let mut objects = Vec::new();
        fn walk(value: &Value, path: &str, into: &mut Vec<String>) {
            match value {
                Value::Object(members) => {
                    into.push(path.to_owned());
                    members.iter().for_each(|(key, value)| walk(value, &format!("{path}/{key}"), into));
                }
                Value::Array(list) => {
                    list.iter().enumerate().for_each(|(at, value)| walk(value, &format!("{path}/{at}"), into));
                }
                _ => {}
            }
        }
        walk(&value, "", &mut objects);
        for path in objects {
            let mut changed = value.clone();
            let object = changed.pointer_mut(&path).unwrap().as_object_mut().unwrap();
            object.insert("zz_unknown".to_owned(), Value::String("zebra crossing".to_owned()));
            let import = taken(&changed.to_string());
            let said = fate(&import, &format!("{path}/zz_unknown")).unwrap_or_else(|| panic!("{name} {path}"));
            let there = import.playbook.is_some_and(|playbook| every_text(&playbook).contains("zebra crossing"));
            assert!(said != Fate::Kept || there, "{name}: {path}/zz_unknown is said to be kept and is not there");
        }
    }
}

#[test]
fn commands_come_in_as_text_with_a_warning_and_never_as_commands() {
    let (_, _, playbook) = usable("commands.json");
    assert_eq!(playbook.steps().count(), 17);
    let texts = every_text(&playbook);
    let unpacked = [
        "Read the notice aloud",
        "Get-Process | Stop-Process",
        "packed body",
        "{{\"action\": \"deny\"}",
        "notebook cells",
        "title: sigma rule",
        "rule yara_rule {{}",
        "kestrel hunt",
        "elastic query",
        "ss -tunap | head",
        "robot, fetch",
        "X-Case: one, two",
        "https://example.org/ss",
    ];
    for text in unpacked {
        assert!(texts.contains(text), "{text} is missing in\n{texts}");
    }
    for (_, step) in playbook.steps() {
        assert_eq!(step.kind, StepKind::Task, "{}", step.id);
        assert_eq!(step.owner, "duty-engineer");
        let manual = step.id.starts_with("do-manual");
        assert_eq!(step.care.contains("read each command before you run it"), !manual, "{}", step.id);
    }
}

#[test]
fn branches_loops_and_joins_keep_their_meaning() {
    let (_, import, playbook) = usable("structure.json");
    let step = |id: &str| playbook.step(id).unwrap_or_else(|| panic!("{id} in {:#?}", import.ron));
    let chose = |step: &str, option: &str| When::Chose(step.to_owned(), option.to_owned());
    assert_eq!(step("first-branch").needs, ["look-around"]);
    assert_eq!(step("second-branch").needs, ["look-around"], "both branches may begin at once");
    assert_eq!(step("is-it-out").needs, ["first-branch", "second-branch"]);
    assert_eq!(step("leak-found").when, chose("is-it-out", "yes"));
    assert_eq!(step("no-leak").when, chose("is-it-out", "no"));
    let loops = playbook.steps().find(|(_, step)| step.title.starts_with("Does this still hold")).unwrap().1;
    assert_eq!((&loops.when, loops.needs.len()), (&When::Always, 3), "{loops:?}");
    assert_eq!(step("clean-the-next-one").when, chose(&loops.id, "yes"));
    let StepKind::Decision { options, .. } = &step("which-site").kind else { panic!("{:?}", step("which-site")) };
    assert_eq!(options.iter().map(|option| option.id.as_str()).collect::<Vec<_>>(), ["north", "south", "default"]);
    assert_eq!(step("go-south").when, chose("which-site", "south"));
    assert!(step("run-the-other-one").what.contains("playbook--00000aaa-0000-4000-8000-000000000000"));
    assert_eq!(step("call-the-vendor").when, chose("restart-it", "failed"));
    assert_eq!(step("say-that-it-runs").when, When::Always, "both ways lead to it");
    assert!(step("stop-everything").care.contains("Only where another step went wrong"));
    assert!(step("look-around").care.contains("600000 ms") && step("look-around").why.contains("page 4"));
    assert_eq!(playbook.roles[0].title, "Night team");
    let asked: Vec<_> = playbook.questions().map(|(step, question)| (step.id.as_str(), question.id.as_str())).collect();
    assert_eq!(asked, [("know-first", "leak"), ("know-first", "left")]);
}

#[test]
fn marks_sources_variables_and_credentials_are_treated_as_they_should_be() {
    let (_, import, playbook) = usable("marked.json");
    for mark in ["TLP:AMBER+STRICT", "TLP:GREEN", "For the trust alone", "REVOKED", "severity: 70", "night, ward"] {
        assert!(playbook.summary.contains(mark), "{mark} in {}", playbook.summary);
    }
    assert_eq!(playbook.sources.len(), 3);
    let dropped = |path: &str, why: &str| {
        let item = import.account.iter().find(|item| item.path == path).unwrap();
        assert!(item.fate == Fate::Dropped && item.what.contains(why), "{item:?}");
    };
    dropped("/signatures", "not verified");
    dropped("/authentication_info_definitions", "credentials");
    assert!(!import.ron.contains("__pw__"), "no credential comes in");
    let block = playbook.step("block-ip-value").unwrap();
    assert_eq!((block.title.as_str(), block.owner.as_str()), ("Block {ip}", "jump-host"));
    assert!(block.what.contains("block {ip}") && block.what.contains("192.0.2.2") && block.what.contains("vlan: 7"));
    assert_eq!(block.asks[0].id, "done");
    let ask = playbook.step("ask-for-the-address").unwrap();
    assert_eq!(ask.what.split("\n\n").next().unwrap(), "Find the address of {host}; 42 at most");
    assert_eq!(ask.why, "Needs {{braces} and {host}");
}

#[test]
fn what_is_tangled_is_found_and_still_taken_in() {
    let text = fixture("tangled.json");
    let import = taken(&text);
    let codes: Vec<Code> = import.findings.iter().map(|finding| finding.code).collect();
    for code in [
        Code::Cycle,
        Code::UnknownStep,
        Code::NeverApplies,
        Code::UnknownVariant,
        Code::WrongType,
        Code::BadId,
        Code::BadText,
        Code::MissingField,
    ] {
        assert!(codes.contains(&code), "{code:?} is not among {codes:?}");
    }
    for finding in &import.findings {
        assert!(finding.line > 1 || finding.start == 0, "{finding:?}");
        assert!(!finding.hint.is_empty());
    }
    let playbook = import.playbook.unwrap();
    assert!(playbook.step("try-again").unwrap().what.contains("Then go back to: Try it"));
    assert_eq!(playbook.steps().count(), 4);
}

#[test]
fn a_key_that_stands_twice_is_an_error() {
    let text = fixture("commands.json").replacen("\"name\":", "\"name\": \"Another\", \"name\":", 1);
    let import = cacao::import_playbook(text.as_bytes(), builtin_duties());
    let finding = import.findings.iter().find(|finding| finding.code == Code::DuplicateField).unwrap();
    assert!(finding.level == Level::Error && finding.what.contains("/name") && finding.line > 1, "{finding:?}");
    assert_eq!(import.playbook, None);
    assert!(import.ron.contains("Another"), "the text is there to be mended");
}
