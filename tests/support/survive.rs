//! What must hold for any text that is read as a playbook.

use carecert_react::{
    domain::{step::attached_playbook::AttachedPlaybook, text::make_safe, time::Time},
    playbook::{Examined, FINDINGS_MAX, builtin_duties, draw_findings, examine_playbook, read_duties},
};
use std::time::{Duration, Instant};

/// What reading one text may take, without optimisation and on a machine that does other things too; the limit is
/// there to catch what grows with the square of the text or worse.
pub(crate) const SOON: Duration = Duration::from_secs(20);

/// Reads a text in every way, and holds what must hold for any text.
pub(crate) fn survive(text: &str) -> Examined {
    let began = Instant::now();
    let examined = examine_playbook(text, builtin_duties());
    let _may_fail = read_duties(text);
    assert!(examined.findings.len() <= FINDINGS_MAX + 1);
    assert!(examined.playbook.is_some() || !examined.findings.is_empty());
    assert_eq!(examined, examine_playbook(text, builtin_duties()), "the same text brings the same findings");
    for finding in &examined.findings {
        let place = text.get(finding.start..finding.start + finding.length);
        assert!(place.is_some() && finding.line >= 1 && finding.column >= 1, "{finding:?}");
        for said in [&finding.what, &finding.hint] {
            assert!(make_safe(said) == said.as_str() && said.len() < 4000, "{finding:?}");
        }
        assert!(!finding.what.is_empty() && !finding.hint.is_empty(), "{finding:?}");
    }
    let drawn = draw_findings("x.ron", text, &examined.findings, false);
    assert!(drawn.len() < 400_000, "{}", drawn.len());
    assert!(drawn.lines().all(|line| make_safe(line) == line), "{drawn}");
    if examined.usable() && text.len() < 200_000 {
        let playbook = examined.playbook.clone().unwrap();
        let plan = AttachedPlaybook::new(
            playbook.clone(),
            builtin_duties().to_vec(),
            Time::from_micros(0).unwrap(),
            String::new(),
            "x".into(),
        );
        for (_, step) in playbook.steps() {
            plan.status_of(step, None);
            plan.fill(&step.what, None);
        }
    }
    assert!(began.elapsed() < SOON, "{:?} for {} bytes", began.elapsed(), text.len());
    examined
}
