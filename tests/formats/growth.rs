//! Playbooks as large as they may be, made to cost as much as they can: reading each takes time in proportion to its
//! text.

use crate::survive::{SOON, survive};
use carecert_react::domain::duty::{Duty, Threshold};
use carecert_react::playbook::{Code, FINDINGS_MAX, TEXT_LIMIT, builtin_duties, examine_playbook, read_duties};
use std::time::{Duration, Instant};

/// A playbook of one phase with these steps.
fn phase_of(steps: &str) -> String {
    format!(
        "(id: \"a\", version: \"1\", title: \"t\", roles: [(id: \"r\", title: \"R\")], phases: [(id: \"p\", title: \"P\", steps: [{steps}])])"
    )
}

fn step(id: &str, rest: &str) -> String {
    format!("(id:\"{id}\",title:\"t\",what:\"w\",owner:\"r\",{rest}),")
}

/// As many of `make` as fit.
fn as_many_as_fit(make: impl Fn(usize) -> String) -> String {
    let mut all = String::new();
    for number in 0.. {
        let next = make(number);
        if all.len() + next.len() > TEXT_LIMIT - 400 {
            break;
        }
        all.push_str(&next);
    }
    all
}

#[test]
fn a_huge_file_is_refused_at_once() {
    let huge = "(".repeat(50 * 1024 * 1024);
    let million = phase_of(&step("s", "").repeat(1_000_000));
    let began = Instant::now();
    assert_eq!(examine_playbook(&huge, &[]).findings[0].code, Code::TooLarge);
    assert_eq!(examine_playbook(&million, &[]).findings[0].code, Code::TooLarge);
    assert!(read_duties(&huge).is_err());
    assert!(began.elapsed() < Duration::from_millis(100), "{:?}", began.elapsed());
}

#[test]
fn what_grows_ends_soon() {
    let chain = as_many_as_fit(|n| step(&format!("s{n}"), &format!("needs:[\"s{}\"]", n + 1)));
    let circle = chain.clone() + &step("last", "needs:[\"s0\"],when:Done(\"s0\")");
    let wide = step("a", "") + &step("b", &format!("needs:[{}]", "\"a\",".repeat(250_000)));
    let strangers = as_many_as_fit(|n| step(&format!("s{n}"), &format!("needs:[\"x{n}\"],each:\"y{n}\"")));
    let long_strangers = as_many_as_fit(|n| {
        step(&format!("step-with-a-very-long-name-{n:09}"), &format!("needs:[\"stop-with-a-very-long-name-{n:09}\"]"))
    });
    let bad = as_many_as_fit(|n| format!("(id:\"S {n}\",title:\"\",what:\"{{x}}{{\",needs:[\"s{n}\"]),"));
    // Each condition looks at the one before many times: without a memory, as many ways as there are paths.
    let looks = |n: usize| format!("when:All([{}])", format!("Done(\"s{}\"),", n - 1).repeat(400));
    let paths: String =
        (0..90).map(|n| step(&format!("s{n}"), &if n == 0 { String::new() } else { looks(n) })).collect();
    let decisions: String = (0..3000)
        .map(|n| step(&format!("s{n}"), "kind:Decision(question:\"q\",options:[(id:\"a\",label:\"a\"),(id:\"b\",label:\"b\"),(id:\"c\",label:\"c\")])"))
        .collect();
    let all: String = (0..9).map(|n| format!("Chose(\"s{n}\",\"a\"),")).collect();
    let tried = |n| step(&format!("t{n}"), &format!("when:All([{all}Not(Chose(\"s0\",\"a\"))])"));
    let tries: String = decisions + &(0..2000).map(tried).collect::<String>();
    let big = step("q", "asks:[(id:\"n\",ask:\"n\",form:Number)]")
        + &step("t", &format!("when:Any([{}])", as_many_as_fit(|n| format!("AtLeast(\"n\",{n}),"))));
    let deep = step("t", &format!("when:{}Always{}", "Not(".repeat(20), ")".repeat(20)));
    let braces = step("t", &format!("why:\"{}\"", as_many_as_fit(|n| format!("{{q{n}}}"))));
    let open = step("t", &format!("why:\"{}\"", "{".repeat(999_999)));
    let questions = as_many_as_fit(|n| {
        step(&format!("s{n}"), &format!("asks:[(id:\"q{n}\",ask:\"q\",form:List)],each:\"q{}\"", n + 1))
    });
    let forward = as_many_as_fit(|n| {
        format!("(id:\"s{n}\",title:\"t\",what:\"{{q}}\",owner:\"r\",needs:[\"s{}\"]),", n.saturating_sub(1))
    }) + &step("z", "asks:[(id:\"q\",ask:\"q\")]");
    let all = [
        ("chain", chain),
        ("circle", circle),
        ("wide", wide),
        ("strangers", strangers),
        ("long", long_strangers),
        ("bad", bad),
        ("paths", paths),
        ("tries", tries),
        ("big", big),
        ("deep", deep),
        ("braces", braces),
        ("open", open),
        ("questions", questions),
        ("forward", forward),
    ];
    for (name, steps) in all {
        let examined = survive(&phase_of(&steps));
        assert!(examined.playbook.is_some(), "{name} is well formed: {:?}", examined.findings);
    }
}

#[test]
fn phases_and_gates_that_grow_end_soon() {
    let phase = |n: usize| {
        format!(
            "(id:\"p{n}\",title:\"t\",needs:[\"p{}\",\"p{}\"],steps:[{}]),",
            n.saturating_sub(1),
            n / 2,
            step(&format!("s{n}"), "")
        )
    };
    let whole = |phases: &str, duties: &str| {
        format!(
            "(id:\"a\",version:\"1\",title:\"t\",roles:[(id:\"r\",title:\"R\")],duties:[{duties}],phases:[{phases}])"
        )
    };
    let examined = survive(&whole(&as_many_as_fit(phase), ""));
    assert_eq!(examined.findings.iter().map(|finding| finding.code).collect::<Vec<_>>(), [Code::NeedsItself; 2]);

    let gate: Vec<Threshold> = (0..12).map(|n| Threshold { question: format!("q{n}"), at_least: 2 }).collect();
    let duty = Duty { id: "g".into(), gate, ..Duty::default() };
    let asks: String = (0..12).map(|n| format!("(id:\"q{n}\",ask:\"q\",form:Number),")).collect();
    let asked = step("q", &format!("asks:[{asks}]"));
    let gated: String = (0..13_000).map(|n| step(&format!("s{n}"), "when:Not(Gate(\"g\"))")).collect();
    let steps = asked + &gated;
    let began = Instant::now();
    let examined = examine_playbook(&whole(&format!("(id:\"p\",title:\"P\",steps:[{steps}])"), "\"g\""), &[duty]);
    assert!(
        examined.findings.is_empty() && began.elapsed() < SOON,
        "{:?} {:?}",
        began.elapsed(),
        examined.findings.first()
    );
    let thresholds = "(question: \"q\", at_least: 1),".repeat(13);
    let wide = format!(
        "[(id: \"g\", title: \"G\", to: \"x\", starts: \"s\", source: \"s\", checked_on: \"2026-11-22\", gate: [{thresholds}])]"
    );
    assert!(read_duties(&wide).unwrap_err().iter().any(|finding| finding.code == Code::BadThreshold));
}

#[test]
fn a_very_bad_and_a_very_long_playbook_end_soon() {
    let step = |n: usize| format!("(id: \"s{n}\", title: \"\", what: \"\", needs: [\"s{}\", \"x{n}\"]),", n + 1);
    let steps: String = (0..9000).map(step).collect();
    let text =
        format!("(id: \"a\", version: \"1\", title: \"t\", phases: [(id: \"p\", title: \"P\", steps: [{steps}])])");
    let examined = examine_playbook(&text, builtin_duties());
    assert_eq!(examined.findings.len(), FINDINGS_MAX + 1);
    assert!(examined.findings[FINDINGS_MAX].what.contains("more findings"));
    let step = |n: usize| {
        format!("(id: \"s{n}\", title: \"t\", what: \"w\", owner: \"r\", needs: [\"s{}\"]),", (n + 1) % 9000)
    };
    let steps: String = (0..9000).map(step).collect();
    let circle = format!(
        "(id: \"a\", version: \"1\", title: \"t\", roles: [(id: \"r\", title: \"R\")], phases: [(id: \"p\", title: \"P\", steps: [{steps}])])"
    );
    let findings = examine_playbook(&circle, builtin_duties()).findings;
    assert_eq!(findings.iter().map(|f| f.code).collect::<Vec<_>>(), [Code::Cycle], "one circle, however long");
    assert!(findings[0].what.len() < 400 && findings[0].what.ends_with('…'), "{}", findings[0].what);
}
