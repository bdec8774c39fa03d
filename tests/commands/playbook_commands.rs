//! The commands around playbooks: every kind of step in a case, and playbooks shown, rehearsed, compared, begun and
//! exchanged.

use crate::support::{self, fails, json, ok, run, texts};
use serde_json::{Value, json as value};
use std::path::Path;

const KINDS: &str = r#"(
    id: "kinds", version: "1", title: "Every kind", sources: ["none"],
    roles: [(id: "lead", title: "Lead"), (id: "siro", title: "SIRO")], duties: ["ico-72h"],
    phases: [(id: "one", title: "One", steps: [
        (id: "count", title: "Count", what: "Count.", owner: "lead", due: 5, asks: [
            (id: "wards", ask: "Which wards?", form: List), (id: "data", ask: "Is data affected?", form: YesNo, optional: true),
        ]),
        (id: "look", title: "Look at {wards}", what: "Look.", owner: "lead", due: 10, needs: ["count"],
         kind: Command(lines: [(system: Windows, argv: ["hostname"]), (system: Linux, argv: ["uname", "-a"])])),
        (id: "agree", title: "Ask", what: "Ask.", owner: "lead", due: 20, needs: ["count"],
         kind: Approve(by: "siro", question: "May we cut off {wards}?")),
        (id: "isolate", title: "Cut off {item}", what: "Cut off {item}.", owner: "lead", due: 30, each: "wards",
         needs: ["agree"], when: Chose("agree", "agreed")),
        (id: "dpo", title: "Ring the DPO", what: "Ring.", owner: "lead", due: 30, needs: ["count"], when: Yes("data")),
        (id: "report", title: "Report", what: "Read.", owner: "lead", due: 30, kind: Recur(every: 60, until: "end")),
        (id: "end", title: "End", what: "End.", owner: "lead", due: 300, needs: ["isolate"]),
    ])],
)"#;

/// A home whose own playbooks are these.
fn home(books: &[(&str, &str)]) -> tempfile::TempDir {
    let home = tempfile::tempdir().unwrap();
    let own = home.path().join("config/playbooks");
    std::fs::create_dir_all(&own).unwrap();
    for (name, text) in books {
        std::fs::write(own.join(name), text).unwrap();
    }
    home
}

fn step(status: &Value, id: &str) -> Value {
    status["steps"].as_array().unwrap().iter().find(|row| row["id"] == id).unwrap_or(&Value::Null).clone()
}

#[test]
fn every_kind_of_step_has_its_command() {
    let home = home(&[("kinds.ron", KINDS)]);
    let home = home.path();
    let case = ok(home, &["new", "--title", "x", "--playbook", "kinds"]).trim().to_owned();
    let done = |arguments: &[&str]| ok(home, &[&["step", &case], arguments].concat());
    let refused = |status: i32, arguments: &[&str], wanted: &[&str]| {
        let before = json(home, &["status", &case])["records"].clone();
        let err = fails(home, status, &[&["step", &case], arguments].concat());
        assert!(wanted.iter().all(|wanted| err.contains(wanted)), "{arguments:?}: {err}");
        assert_eq!(json(home, &["status", &case])["records"], before, "nothing half-written");
    };
    refused(1, &["count", "done"], &["still asks: wards", "--answer wards="]);
    refused(1, &["count", "done", "--answer", "wards=x", "--answer", "data=perhaps"], &["neither yes nor no"]);
    refused(1, &["count", "done", "--answer", "wards=x", "--answer", "people=2"], &["no question", "wards"]);
    refused(2, &["count", "done", "--answer", "wards"], &["NAME=VALUE"]);
    done(&["count", "done", "--answer", "wards=Ward 7, Ward 9"]);
    refused(1, &["count", "done"], &["done already", "say why"]);
    refused(1, &["look", "done"], &["kind command", "--succeeded"]);
    refused(2, &["look", "done", "--succeeded", "--note", "x"], &["--system windows or --system linux"]);
    refused(
        1,
        &["look", "done", "--succeeded", "--system", "macos", "--note", "x"],
        &["no command for macOS", "Linux"],
    );
    refused(1, &["look", "done", "--failed", "--system", "linux"], &["what came of it"]);
    refused(2, &["look", "start", "--failed"], &["goes with `done`"]);
    refused(2, &["look", "done", "--failed", "--succeeded"], &["cannot be used with"]);
    refused(1, &["agree", "done", "--succeeded"], &["kind approve, not command"]);
    done(&["look", "done", "--failed", "--system", "linux", "--note", "no such host"]);
    refused(1, &["agree", "done"], &["kind approve", "--agreed or --refused"]);
    refused(2, &["agree", "done", "--agreed"], &["--who"]);
    refused(1, &["agree", "done", "--agreed", "--who", "a. osei"], &["another person"]);
    refused(2, &["agree", "done", "--answer", "wards=x"], &["carecert answer"]);
    done(&[
        "agree",
        "done",
        "--agreed",
        "--who",
        "R. Khan",
        "--in-role",
        "SIRO",
        "--means",
        "mobile",
        "--note",
        "go on",
    ]);
    refused(1, &["isolate@Ward 8", "done"], &["no step", "isolate@Ward"]);
    done(&["isolate@Ward 7", "done"]);
    let halfway = json(home, &["status", &case]);
    assert_eq!(
        (step(&halfway, "isolate@Ward 7")["state"].clone(), step(&halfway, "isolate@Ward 9")["state"].clone()),
        ("done".into(), "open".into())
    );
    assert_eq!(step(&halfway, "isolate@Ward 9")["item"], "Ward 9");
    done(&["isolate", "done"]);
    done(&["report", "done"]);
    done(&["report", "done"]);
    done(&["count", "done", "--why", "counted again"]);

    let err = fails(home, 1, &["answer", &case, "dta", "yes"]);
    assert!(err.contains("did you mean data?"), "{err}");
    ok(home, &["answer", &case, "data", "yes", "--why", "found on a share"]);
    let status = json(home, &["status", &case]);
    assert_eq!(step(&status, "isolate@Ward 9")["state"], "done");
    assert_eq!(step(&status, "report")["state"], "repeats");
    assert_eq!(step(&status, "report")["times"], 2);
    assert_eq!(
        (step(&status, "look")["choice"].clone(), step(&status, "agree")["choice"].clone()),
        ("failed".into(), "agreed".into())
    );
    assert_eq!(status["answers"][0]["answer"], "Ward 7 and Ward 9");
    assert_eq!(status["approvals"][0]["person"], value!({"name": "R. Khan", "role": "SIRO", "organisation": ""}));
    let text = ok(home, &["status", &case]);
    for wanted in [
        "✓ isolate@Ward 7",
        "Look at Ward 7 and Ward 9: failed",
        "↻ report",
        "done 2 times",
        "Is data affected? yes",
        "○ dpo",
    ] {
        assert!(text.contains(wanted), "{wanted}: {text}");
    }
    let why = json(home, &["why", &case, "dpo"]);
    assert!(why["steps"][0]["reasons"].to_string().contains("was answered yes"), "{why}");
    assert!(ok(home, &["why", &case]).contains("It is the first open step"), "the next one");
    assert_eq!(json(home, &["why", &case, "isolate"])["steps"].as_array().unwrap().len(), 2, "all its things");
    assert!(fails(home, 1, &["why", &case, "dpoo"]).contains("did you mean dpo?"));
}

#[test]
fn a_newer_version_is_attached_with_its_differences() {
    let home = home(&[("kinds.ron", KINDS)]);
    let home = home.path();
    let case = ok(home, &["new", "--title", "x", "--playbook", "kinds"]).trim().to_owned();
    ok(home, &["step", &case, "count", "done", "--answer", "wards=Ward 7"]);
    let newer = home.join("newer.ron");
    std::fs::write(&newer, KINDS.replace(r#"version: "1""#, r#"version: "2""#).replace("Ring the DPO", "Ring at once"))
        .unwrap();
    let newer = newer.to_str().unwrap();
    let told = ok(home, &["playbook", "diff", "kinds", newer]);
    assert!(told.contains("step dpo, its title was: Ring the DPO") && told.contains("version"), "{told}");
    assert_eq!(json(home, &["playbook", "diff", "kinds", "kinds"])["same"], true);
    let attached = json(home, &["attach", &case, newer, "--why", "after the drill"]);
    assert_eq!((attached["from"].clone(), attached["version"].clone()), ("1".into(), "2".into()));
    assert!(attached["changes"].to_string().contains("Ring at once"), "{attached}");
    assert_eq!(step(&json(home, &["status", &case]), "count")["state"], "done", "what is done stays done");
    assert!(fails(home, 1, &["attach", &case, newer]).contains("attached already"));
    assert!(fails(home, 1, &["playbook", "diff", "kinds", "/no/such.ron"]).contains("cannot read"));
}

#[test]
fn clocks_say_when_they_are_passed_and_met_late_and_what_the_grading_suggests() {
    let home = home(&[]);
    let home = home.path();
    let case = ok(home, &["new", "--title", "x", "--playbook", "ransomware", "--occurred", "-6d"]).trim().to_owned();
    let clock = || {
        json(home, &["clock", "list", &case])
            .as_array()
            .unwrap()
            .iter()
            .find(|row| row["duty"] == "ico-72h")
            .unwrap()
            .clone()
    };
    assert_eq!(clock()["state"], "not started");
    ok(home, &["clock", "start", &case, "ico-72h", "--aware", "-5d"]);
    assert_eq!(clock()["state"], "passed");
    assert!(ok(home, &["status", &case]).contains("PASSED"));
    ok(home, &["clock", "meet", &case, "ico-72h", "--reference", "IC-1", "--text", "Dear ICO"]);
    assert_eq!(clock()["state"], "met late");
    assert!(ok(home, &["clock", "list", &case]).contains("MET LATE"));
    let log = json(home, &["log", &case]);
    assert_eq!(log.as_array().unwrap().last().unwrap()["record"]["data"]["text"], "Dear ICO", "kept as sent");
    if clock()["gated"] == true {
        ok(home, &["answer", &case, "impact", "serious"]);
        ok(home, &["answer", &case, "likelihood", "likely"]);
        assert_eq!(clock()["suggested"], true);
        assert!(
            ok(home, &["clock", "list", &case])
                .contains("suggests that this duty applies (guidance, not legal advice)")
        );
    }
}

#[test]
fn playbooks_are_rehearsed_without_a_case() {
    let home = home(&[("kinds.ron", KINDS)]);
    let home = home.path();
    let told = ok(home, &["playbook", "walk", "kinds"]);
    for wanted in ["(a sample)", "→ agreed", "0:05 count", "opens", "nothing is left to do"] {
        assert!(told.contains(wanted), "{wanted}: {told}");
    }
    let walked = json(home, &["playbook", "walk", "kinds", "--choose", "agree=refused", "--answer", "wards=A, B"]);
    let state =
        |id: &str| walked["state"].as_array().unwrap().iter().find(|row| row["id"] == id).unwrap()["state"].clone();
    assert_eq!((state("isolate@A"), walked["end"].clone()), ("closed".into(), "settled".into()));
    for (arguments, wanted) in [
        (["--choose", "agre=refused"], "did you mean agree?"),
        (["--choose", "agree=perhaps"], "agreed, refused"),
        (["--answer", "ward=x"], "did you mean wards?"),
        (["--answer", "data=perhaps"], "neither yes nor no"),
    ] {
        let err = fails(home, 1, &[&["playbook", "walk", "kinds"], arguments.as_slice()].concat());
        assert!(err.contains(wanted), "{arguments:?}: {err}");
    }
    let all = json(home, &["playbook", "walk", "kinds", "--all"]);
    assert_eq!(
        (all["ok"].clone(), all["unreached"].clone(), all["untaken"].clone()),
        (true.into(), value!([]), value!([]))
    );
    assert!(!home.join("cases").exists(), "no case comes of it");
}

#[test]
fn playbooks_are_shown_as_text_flow_and_picture() {
    let hostile =
        KINDS.replace("Ring the DPO", r#"Ring <script>alert(1)</script> & "co""#.replace('"', "\\\"").as_str());
    let home = home(&[("kinds.ron", &hostile)]);
    let home = home.path();
    let text = ok(home, &["playbook", "show", "ransomware"]);
    assert!(text.contains("England") && text.contains("opens csoc") && text.contains("closes"), "{text}");
    let flow = ok(home, &["playbook", "show", "ransomware", "--flow"]);
    assert!(flow.contains("◇ nation") && flow.contains("└─ elsewhere"), "{flow}");
    assert!(flow.lines().all(|line| line.chars().count() <= 80), "{flow}");
    let ascii = ok(home, &["playbook", "show", "ransomware", "--flow", "--ascii"]);
    assert!(ascii.is_ascii() && ascii.contains("? nation"), "{ascii}");
    let svg = ok(home, &["playbook", "show", "kinds", "--svg"]);
    assert!(svg.starts_with("<svg ") && svg.contains("<desc") && svg.contains("&lt;script&gt;"), "{svg}");
    assert!(!svg.contains("<script"), "texts are escaped");
    let out = home.join("flow.svg");
    let out = out.to_str().unwrap();
    ok(home, &["playbook", "show", "ransomware", "--svg", "--out", out]);
    let err = fails(home, 1, &["playbook", "show", "kinds", "--svg", "--out", out]);
    assert!(err.contains("is there already") && err.contains("--force"), "{err}");
    ok(home, &["playbook", "show", "kinds", "--svg", "--out", out, "--force"]);
    assert_eq!(std::fs::read_to_string(out).unwrap(), svg);
    let mut here = support::command(home, &["playbook", "show", "kinds", "--svg", "--out", "here.svg", "--force"]);
    assert!(here.current_dir(home).output().unwrap().status.success(), "a plain name is in the folder where one is");
    assert_eq!(std::fs::read_to_string(home.join("here.svg")).unwrap(), svg);
}

#[test]
fn a_playbook_of_ones_own_begins_from_a_template_and_is_checked_with_all() {
    let home = home(&[]);
    let home = home.path();
    assert!(ok(home, &["playbook", "check"]).lines().all(|line| line.contains("fit for use, 0 errors, 0 warnings")));
    let path = ok(home, &["playbook", "new", "our-own"]).trim().to_owned();
    assert_eq!(Path::new(&path), home.join("config/playbooks/our-own.ron"));
    assert!(ok(home, &["playbook", "list"]).contains("our-own"));
    assert_eq!(json(home, &["playbook", "walk", "our-own", "--all"])["ok"], true);
    assert!(ok(home, &["playbook", "check"]).contains("our-own.ron: fit for use"));
    std::fs::write(&path, "mine").unwrap();
    assert!(fails(home, 1, &["playbook", "new", "our-own"]).contains("is there already"));
    assert_eq!(std::fs::read_to_string(&path).unwrap(), "mine", "nothing is written over");
    let output = run(home, &["playbook", "check"]);
    let (out, err) = texts(&output);
    assert_eq!(output.status.code(), Some(1), "{out}{err}");
    assert!(out.contains("our-own.ron: NOT fit for use"), "{out}");
    for id in ["../evil", "Big", "", "a b"] {
        assert!(fails(home, 1, &["playbook", "new", id]).contains("is not fit for the id"), "{id}");
    }
    assert!(ok(home, &["playbook", "guide"]).contains("Decision"));
}

#[test]
fn playbooks_leave_as_cacao_and_come_back() {
    let home = home(&[]);
    let home = home.path();
    let (cacao, ron) = (home.join("p.json"), home.join("p.ron"));
    let (cacao, ron) = (cacao.to_str().unwrap(), ron.to_str().unwrap());
    ok(home, &["playbook", "export", "ransomware", "--format", "cacao", "--out", cacao]);
    let document: Value = serde_json::from_str(&std::fs::read_to_string(cacao).unwrap()).unwrap();
    assert_eq!(document["spec_version"], "cacao-2.0");
    let output = run(home, &["playbook", "import", cacao, "--out", ron]);
    let (out, err) = texts(&output);
    assert!(output.status.success() && out.trim() == ron && err.contains("kept"), "{out}{err}");
    assert_eq!(json(home, &["playbook", "diff", "ransomware", ron])["same"], true, "nothing is lost on the way");
    assert!(json(home, &["playbook", "import", cacao])["ron"].as_str().unwrap().contains("ransomware"));
    std::fs::write(cacao, "{").unwrap();
    let err = fails(home, 1, &["playbook", "import", cacao]);
    assert!(err.contains("not fit for use"), "{err}");
}

#[test]
fn one_begun_in_the_place_of_a_built_in_one_is_a_copy_of_it() {
    let home = tempfile::tempdir().unwrap();
    let path = ok(home.path(), &["playbook", "new", "phishing"]);
    let text = std::fs::read_to_string(path.trim()).unwrap();
    let source =
        carecert_react::playbook::builtin_playbooks().iter().find(|source| source.name == "phishing.ron").unwrap();
    assert_eq!(text, source.text, "nobody is led by an example instead");
}
