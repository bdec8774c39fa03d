//! The playbooks inside the binary are whole, and a broken one is shown with its place and its mend.

use carecert_react::domain::duty::{Duty, Threshold};
use carecert_react::domain::playbook::{Playbook, StepKind};
use carecert_react::playbook::{
    Code, Level, Library, Origin, builtin_duties, builtin_playbooks, draw_findings, examine_playbook, read_playbook,
};
use std::collections::BTreeSet;

fn built_in(name: &str) -> (&'static str, Playbook) {
    let source = builtin_playbooks().iter().find(|source| source.name == name).unwrap();
    let examined = examine_playbook(source.text, builtin_duties());
    assert!(examined.findings.is_empty(), "{}", draw_findings(name, source.text, &examined.findings, false));
    (source.text, examined.playbook.unwrap())
}

#[test]
fn the_built_in_playbooks_have_no_finding() {
    assert!(builtin_duties().len() >= 8);
    for source in builtin_playbooks() {
        let (_, playbook) = built_in(source.name);
        assert_eq!(format!("{}.ron", playbook.id), source.name);
        assert!((12..=60).contains(&playbook.steps().count()), "{}", playbook.id);
        for (phase, step) in playbook.steps() {
            let name = format!("{}/{}", playbook.id, step.id);
            let recurs = matches!(step.kind, StepKind::Recur { .. });
            assert!((step.due.is_some() || recurs) && !step.why.is_empty(), "{name} says by when and why");
            assert!(step.title.chars().count() <= 44 && step.id.len() <= 16, "{name} fits the column");
            assert!(!phase.needs.contains(&phase.id), "{name}");
        }
        let first = playbook.steps().next().unwrap().1;
        assert!(first.needs.is_empty() && first.due <= Some(5), "{}: one can start at once", playbook.id);
        for duty in &playbook.duties {
            assert!(builtin_duties().iter().any(|known| known.id == *duty));
        }
    }
    let order = "ransomware phishing data-breach worm ddos lost-device medical-device supplier insider clinical-system";
    let ids = builtin_playbooks().iter().map(|source| source.name.trim_end_matches(".ron"));
    let places: Vec<_> = ids.map(|id| order.split(' ').position(|known| known == id)).collect();
    assert!(places.is_sorted() && places.iter().all(Option::is_some), "{places:?}");
}

#[test]
fn what_was_not_read_in_a_source_is_marked() {
    for duty in builtin_duties() {
        let read = ["2026-11-22", "2026-11-23"].contains(&duty.checked_on.as_str());
        assert!(!duty.source.is_empty() && read, "{}", duty.id);
        assert_eq!(
            duty.confirmed,
            !["ncsc-police", "candour", "dspt-grade", "dspt-dhsc", "nis-scotland"].contains(&duty.id.as_str()),
            "{}",
            duty.id
        );
    }
    let hours =
        |id: &str| builtin_duties().iter().find(|duty| duty.id == id).unwrap().limit.map(|minutes| minutes / 60);
    assert_eq!((hours("ico-72h"), hours("nis-72h"), hours("nhs-alert-48h")), (Some(72), Some(72), Some(48)));
    assert_eq!(hours("csoc"), None);
}

#[test]
fn only_numbers_that_were_read_are_given() {
    let read = ["0300 303 5222", "0333 200 1133", "03000 200 973", "0300 244 9700"];
    for text in builtin_playbooks().iter().map(|source| source.text).chain([include_str!("../../playbooks/duties.ron")])
    {
        let mut rest = text.to_owned();
        for number in read {
            rest = rest.replace(number, "");
        }
        let digits = rest.split(|c: char| !c.is_ascii_digit() && c != ' ').map(str::trim);
        let numbers: Vec<_> = digits.filter(|run| run.replace(' ', "").len() >= 7).collect();
        assert!(numbers.is_empty(), "{numbers:?}");
    }
}

#[test]
fn each_broken_playbook_is_shown_with_its_place_and_its_mend() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/broken");
    let mut names: Vec<_> =
        std::fs::read_dir(folder).unwrap().map(|f| f.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    assert!(names.len() >= 110);
    let threshold = Threshold { question: "impact".into(), at_least: 3 };
    let duty = |id: &str, gate| Duty { id: id.into(), gate, ..Duty::default() };
    // Of its own, so that a change of the law changes no example.
    let known = [duty("csoc", vec![]), duty("ico-72h", vec![]), duty("gate-of-tests", vec![threshold])];
    let mut codes = BTreeSet::new();
    for name in names {
        let text = std::fs::read_to_string(format!("{folder}/{name}")).unwrap();
        let examined = examine_playbook(&text, &known);
        codes.extend(examined.findings.iter().map(|finding| finding.code.name()));
        assert_eq!(examined.findings.len(), 1, "{name} has one fault: {:#?}", examined.findings);
        assert!(!examined.findings[0].hint.is_empty(), "{name} says how to mend it");
        let drawn = draw_findings(&name, &text, &examined.findings, false);
        let place = format!("{name}:{}:{}", examined.findings[0].line, examined.findings[0].column);
        assert!(drawn.contains(&place), "{place} in {drawn}");
        insta::assert_snapshot!(name.trim_end_matches(".ron"), drawn);
    }
    let elsewhere = [Code::TooLarge, Code::More].map(Code::name);
    let missed: Vec<_> = Code::ALL.iter().map(|code| code.name()).filter(|code| !codes.contains(code)).collect();
    assert_eq!(missed, elsewhere, "every sort of finding has its example");
}

#[test]
fn a_library_finds_by_id_or_prefix_and_lets_the_organisation_override() {
    let own = builtin_playbooks()[1].text.replace("title: \"Phishing and account compromise\"", "title: \"Ours\"");
    let files = vec![
        ("own/phish.ron".to_owned(), own.clone()),
        ("own/phish2.ron".to_owned(), own),
        ("own/broken.ron".to_owned(), "(id: \"ransomware\")".to_owned()),
        ("own/duties.ron".to_owned(), "[(id: \"csoc\", title: \"T\", to: \"X\", starts: \"s\", limit: 15, source: \"s\", checked_on: \"2026-12-01\")]".to_owned()),
    ];
    let library = Library::new(files);
    let entry = library.find("phi").unwrap();
    assert_eq!((entry.playbook.title.as_str(), entry.overrides), ("Ours", true));
    assert_eq!(entry.origin, Origin::Own("own/phish.ron".into()));
    assert_eq!(entry.duties[0].limit, Some(15), "the organisation's duty stands in for the built-in one");
    assert_eq!(library.find("ransomware").unwrap().origin, Origin::BuiltIn, "a broken file overrides nothing");
    let faults: Vec<_> = library.faults().iter().map(|f| (f.name.as_str(), f.twin.as_deref())).collect();
    assert_eq!(faults, [("own/phish2.ron", Some("phishing")), ("own/broken.ron", None)]);
    let missed = library.find("ransomwear").unwrap_err();
    assert_eq!(missed.near, ["ransomware"]);
    assert_eq!(missed.to_string(), "there is no playbook \"ransomwear\"");
    assert_eq!(library.find("").unwrap_err().known.len(), builtin_playbooks().len());
}

#[test]
fn warnings_do_not_prevent_use_and_errors_do() {
    let text = builtin_playbooks()[1].text.replacen("due: 15", "due: 1", 2);
    let examined = examine_playbook(&text, builtin_duties());
    assert!(
        examined.findings.iter().all(|f| f.level == Level::Warning && f.code == Code::DueBeforeNeed),
        "{examined:#?}"
    );
    assert!(!examined.findings.is_empty() && read_playbook(&text, builtin_duties()).is_ok());
    let errors =
        read_playbook(&builtin_playbooks()[1].text.replace("owner: \"desk\"", "owner: \"dekk\""), builtin_duties())
            .unwrap_err();
    assert!(errors.len() > 3 && errors.iter().all(|f| f.code == Code::UnknownOwner && f.hint.contains("`desk`")));
}

#[test]
fn findings_are_plain_data_for_scripts() {
    let text = include_str!("../broken/unknown_option.ron");
    let json = serde_json::to_value(examine_playbook(text, builtin_duties()).findings).unwrap();
    assert_eq!(json[0]["level"], "error");
    assert_eq!(json[0]["code"], "unknown-option");
    assert_eq!((json[0]["line"].as_u64(), json[0]["column"].as_u64()), (Some(41), Some(46)));
    let start = json[0]["start"].as_u64().unwrap() as usize;
    assert_eq!(&text[start..start + json[0]["length"].as_u64().unwrap() as usize], "\"not\"");
}
