//! What the check of every built-in playbook costs, against plain parsing of the same texts by the RON parser in the
//! same run.
//!
//! `cargo bench --bench playbooks` prints it.
#![allow(clippy::unwrap_used, clippy::print_stdout, missing_docs)]

use carecert_react::{
    domain::playbook::Playbook,
    playbook::{builtin_duties, builtin_playbooks, examine_playbook},
};
use std::{
    hint::black_box,
    time::{Duration, Instant},
};

const ROUNDS: usize = 200;

fn main() {
    let plain = ron::Options::default().with_default_extension(ron::extensions::Extensions::IMPLICIT_SOME);
    let texts: Vec<&str> = builtin_playbooks().iter().map(|source| source.text).collect();
    let bytes: usize = texts.iter().map(|text| text.len()).sum();
    assert!(!builtin_duties().is_empty());
    let (mut parsed, mut checked) = (Vec::new(), Vec::new());
    // In turn, so that whatever else the machine does falls on both.
    for _ in 0..ROUNDS {
        parsed.push(timed(|| {
            for text in &texts {
                black_box(plain.from_str::<Playbook>(text).unwrap());
            }
        }));
        checked.push(timed(|| {
            for text in &texts {
                let examined = examine_playbook(text, builtin_duties());
                assert!(examined.findings.is_empty(), "{:?}", examined.findings);
                black_box(examined);
            }
        }));
    }
    let (parsed, checked) = (median(parsed), median(checked));
    println!("{} playbooks, {bytes} bytes", texts.len());
    println!("plain parsing  {:>8.2} ms", parsed.as_secs_f64() * 1e3);
    println!("whole check    {:>8.2} ms, {:.1} times as long", checked.as_secs_f64() * 1e3, ratio(checked, parsed));
    // About 2.4 with optimisation, and 6 without.
    assert!(ratio(checked, parsed) < 9.0, "the check costs more than a few times the parsing");
    assert!(checked < Duration::from_millis(50), "all of them are checked in 50 ms");
}

fn timed(work: impl FnOnce()) -> Duration {
    let began = Instant::now();
    work();
    began.elapsed()
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort_unstable();
    times.get(times.len() / 2).copied().unwrap()
}

fn ratio(one: Duration, other: Duration) -> f64 {
    one.as_secs_f64() / other.as_secs_f64()
}
