//! Every built-in playbook is walked in every way, to an end where nothing is left; and what could go wrong with one
//! is found by walking it.

use carecert_react::{
    domain::{case::steps::StepStatus, playbook::Playbook},
    playbook::{
        Asked, Chosen, End, Library, Limits, builtin_duties, builtin_playbooks, examine_playbook, find_coverage,
        walk_playbook,
    },
};

/// Parses without the checks, which would refuse what is broken on purpose.
fn parse(text: &str) -> Playbook {
    examine_playbook(text, builtin_duties()).playbook.unwrap()
}

fn first(playbook: &Playbook) -> carecert_react::playbook::Walk {
    walk_playbook(playbook, builtin_duties(), &mut |_: &Asked<'_>| Chosen::First, Limits::default())
}

/// Walks a built-in playbook in every way, to an end where nothing is left.
fn walk_every_way(id: &str) {
    let library = Library::new(Vec::new());
    let entry = library.list().iter().find(|entry| entry.playbook.id == id).unwrap();
    let coverage = find_coverage(&entry.playbook, &entry.duties, Limits::default());
    assert_eq!((&coverage.unreached, &coverage.untaken), (&Vec::new(), &Vec::new()));
    assert!(!coverage.cut && coverage.walks.len() > 5, "{} walks", coverage.walks.len());
    for walk in &coverage.walks {
        assert_eq!(walk.end, End::Settled);
        let quiet = |standing: &StepStatus| {
            matches!(standing, StepStatus::Done | StepStatus::Skipped | StepStatus::Closed | StepStatus::Repeats)
        };
        let left: Vec<_> = walk.state.iter().filter(|(_, standing)| !quiet(standing)).collect();
        assert!(left.is_empty() && !walk.state.is_empty(), "{left:?}");
        assert!(walk.rows.is_sorted_by_key(|row| row.minute), "the clock goes one way");
        let refused: Vec<_> = walk.rows.iter().filter_map(|row| row.skipped.as_ref()).collect();
        assert!(refused.iter().all(|why| *why == "left out in this walk"), "{refused:?}");
    }
}

macro_rules! walk_every_way {
    ($($test:ident $id:literal,)*) => {
        $(#[test]
        fn $test() {
            walk_every_way($id);
        })*

        #[test]
        fn every_built_in_playbook_is_walked() {
            let library = Library::new(Vec::new());
            let mut walked = vec![$($id),*];
            let mut known: Vec<&str> = library.list().iter().map(|entry| &*entry.playbook.id).collect();
            (walked.sort_unstable(), known.sort_unstable());
            assert_eq!((walked, library.list().len()), (known, builtin_playbooks().len()), "{:?}", library.faults());
        }
    };
}

walk_every_way! {
    every_way_through_clinical_system_ends "clinical-system",
    every_way_through_data_breach_ends "data-breach",
    every_way_through_ddos_ends "ddos",
    every_way_through_insider_ends "insider",
    every_way_through_lost_device_ends "lost-device",
    every_way_through_medical_device_ends "medical-device",
    every_way_through_phishing_ends "phishing",
    every_way_through_ransomware_ends "ransomware",
    every_way_through_supplier_ends "supplier",
    every_way_through_worm_ends "worm",
}

#[test]
fn broken_conditions_are_found_by_walking() {
    assert!(find_coverage(&parse(KINDS), builtin_duties(), Limits::default()).unreached.is_empty());
    let broken = |from: &str, to: &str| {
        let text = KINDS.replacen(from, to, 1);
        assert_ne!(text, KINDS);
        find_coverage(&parse(&text), builtin_duties(), Limits::default())
    };
    let both = r#"when: All([Chose("agree", "agreed"), Chose("agree", "refused")])"#;
    let never = broken(r#"when: Chose("agree", "agreed")"#, both);
    assert_eq!((never.unreached, never.untaken.len()), (vec!["isolate".to_owned()], 0));
    // Outcomes that no walk can take, since their step is never come to.
    let hidden = broken(r#"needs: ["count"],"#, &format!(r#"needs: ["count"], {both},"#));
    assert_eq!(hidden.unreached, ["look", "rare"]);
    let untaken: Vec<_> = hidden.untaken.iter().map(|(of, way)| (of.as_str(), way.id.as_str())).collect();
    assert_eq!(untaken, [("look", "succeeded"), ("look", "failed")]);
    // The real one, with a circle: nothing waits for ever without being said.
    let text = builtin_playbooks().iter().find(|source| source.name == "phishing.ron").unwrap().text;
    let mut playbook = parse(text);
    let [one, other, ..] = playbook.phases[0].steps.as_mut_slice() else { panic!("two steps") };
    one.needs.push(other.id.clone());
    other.needs.push(one.id.clone());
    let last = other.id.clone();
    let end = first(&playbook).end;
    assert!(matches!(&end, End::Stuck(left) if left.contains(&last)), "{end:?}");
}

const KINDS: &str = r#"(
    id: "kinds", version: "1", title: "Every kind", roles: [(id: "lead", title: "Lead"), (id: "siro", title: "SIRO")],
    phases: [
        (id: "one", title: "One", steps: [
            (id: "count", title: "Count", what: "Count.", owner: "lead", due: 5, asks: [
                (id: "wards", ask: "Which wards?", form: List),
                (id: "people", ask: "How many people?", form: Number),
                (id: "data", ask: "Is personal data affected?", form: YesNo, optional: true),
            ]),
            (id: "look", title: "Look", what: "Look.", owner: "lead", due: 10, needs: ["count"],
             kind: Command(lines: [(system: Windows, argv: ["hostname"])])),
            (id: "agree", title: "Ask", what: "Ask.", owner: "lead", due: 20, needs: ["count"],
             kind: Approve(by: "siro", question: "May we cut off {wards}?")),
            (id: "isolate", title: "Cut off", what: "Cut off {item}.", owner: "lead", each: "wards", when: Chose("agree", "agreed")),
            (id: "rare", title: "Ask for help", what: "Ring.", owner: "lead",
             when: All([AtLeast("wards", 3), Not(AtLeast("people", 100)), Chose("look", "failed"), Chose("agree", "refused"), Not(Yes("data"))])),
            (id: "instead", title: "Do it otherwise", what: "Do.", owner: "lead", when: Not(Done("rare"))),
            (id: "missed", title: "Do what was missed", what: "Do.", owner: "lead", when: Not(Done("count"))),
            (id: "report", title: "Report", what: "Read.", owner: "lead", due: 30, kind: Recur(every: 60, until: "end")),
            (id: "end", title: "End", what: "End.", owner: "lead", due: 300, needs: ["isolate"]),
        ]),
    ],
)"#;

#[test]
fn every_kind_is_walked_and_rare_combinations_are_looked_for() {
    let playbook = parse(KINDS);
    let usual = first(&playbook);
    assert_eq!(usual.end, End::Settled);
    let acts: Vec<(i64, &str)> = usual.rows.iter().map(|row| (row.minute, row.step.as_str())).collect();
    assert_eq!(&acts[..3], [(5, "count"), (10, "look"), (20, "agree")]);
    assert!(acts.contains(&(30, "report")) && acts.contains(&(90, "report")), "it recurs: {acts:?}");
    assert!(acts.iter().any(|(_, step)| *step == "isolate@wards C"), "each thing by itself: {acts:?}");
    let agree = &usual.rows[2];
    assert_eq!(agree.asked[0].ask, "May we cut off wards A, wards B and wards C?", "answers stand in the texts");
    assert_eq!(agree.opened, ["isolate@wards A", "isolate@wards B", "isolate@wards C"]);
    let rare = usual.state.iter().find(|(step, _)| step == "rare").unwrap();
    assert_eq!(rare.1, StepStatus::Closed);

    let coverage = find_coverage(&playbook, builtin_duties(), Limits::default());
    assert_eq!((&coverage.unreached, &coverage.untaken, coverage.cut), (&Vec::new(), &Vec::new(), false));
    let walked = |step: &str| coverage.walks.iter().filter(|walk| walk.reached().any(|id| id == step)).count();
    assert!(walked("rare") > 0 && walked("rare") < coverage.walks.len() / 2, "four choices at once open it");
    assert!(walked("missed") > 0, "a step that only leaving another out opens");
}

#[test]
fn choices_that_do_not_fit_are_refused_as_in_a_case() {
    let playbook = parse(KINDS);
    let mut odd = |asked: &Asked<'_>| match asked.question {
        Some(question) if question.id == "people" => Chosen::Way("many".into()),
        _ => Chosen::First,
    };
    let walk = walk_playbook(&playbook, builtin_duties(), &mut odd, Limits::default());
    let skipped = walk.rows[0].skipped.as_ref().unwrap();
    assert!(skipped.contains("no whole number"), "{skipped}");
    assert_eq!(walk.end, End::Settled, "the rest goes on");
}

#[test]
fn hostile_playbooks_do_not_hold_the_walks_up() {
    let step = |id: usize, more: &str| format!(r#"(id: "s{id}", title: "T", what: "w", owner: "lead", {more}),"#);
    let book = |steps: &str| {
        format!(
            r#"(id: "x", version: "1", title: "X", roles: [(id: "lead", title: "Lead")], phases: [(id: "p", title: "P", steps: [{steps}])])"#
        )
    };
    let options = |count: usize| {
        let options: String = (0..count).map(|at| format!(r#"(id: "o{at}", label: "O"),"#)).collect();
        format!(r#"kind: Decision(question: "q", options: [{options}])"#)
    };
    let ever = step(0, "kind: Recur(every: 1)");
    let many: String = (0..400).map(|id| step(id, &options(3))).collect();
    let chain: String =
        (1..400).map(|id| step(id, &format!(r#"when: Not(Chose("s{}", "o0")), {}"#, id - 1, options(2)))).collect();
    let wide: String = (0..3000).map(|_| r#"Not(Done("s0")),"#).collect();
    let any: String = (0..14)
        .map(|_| format!(r#"Any([{}]),"#, (0..9).map(|at| format!(r#"Chose("s0","o{at}"),"#)).collect::<String>()))
        .collect();
    let circle = step(0, r#"needs: ["s1"]"#) + &step(1, r#"needs: ["s0"]"#);
    let things: String = (0..150).map(|id| step(id, r#"each: "l""#)).collect();
    let lists = step(900, r#"asks: [(id: "l", ask: "?", form: List)]"#)
        + &things
        + &step(901, r#"when: AtLeast("l", 200)"#)
        + &step(902, r#"when: AtLeast("l", 9223372036854775807)"#);
    for (name, steps) in [
        ("recurs for ever", ever),
        ("many decisions", many),
        ("one option", step(0, &options(2000))),
        ("a chain", step(0, &options(2)) + &chain),
        ("a wide condition", step(0, "") + &step(1, &format!("when: All([{wide}])"))),
        ("many combinations", step(0, &options(9)) + &step(1, &format!("when: All([{any}Done(\"s9\")])"))),
        ("a circle", circle),
        ("many things", lists),
    ] {
        let playbook = parse(&book(&steps));
        let coverage = find_coverage(&playbook, builtin_duties(), Limits::default());
        assert!(!coverage.walks.is_empty(), "{name}");
        let rows: usize = coverage.walks.iter().map(|walk| walk.rows.len()).sum();
        println!("{name}: {} walks, {rows} acts, cut {}", coverage.walks.len(), coverage.cut);
        // The work is bounded by its amount, whatever the machine: hours of it would show as many more acts.
        assert!(rows <= 2 * Limits::default().acts, "{name}: {rows} acts");
        let stuck = matches!(first(&playbook).end, End::Stuck(_));
        assert_eq!(stuck, name == "a circle", "{name}");
    }
}
