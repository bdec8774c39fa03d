//! The console at a terminal under whatever can be thrown at it: random keys, words, pastes, bytes that are no keys,
//! windows of every size, clicks, STOP and CONT, kills, other processes that write, and files that move. Nothing that was
//! said to be recorded is lost, nothing panics, nothing hangs, and the terminal comes back.
//!
//! `cargo test` does that for 20 seconds. `CARECERT_MONKEY_SECONDS=7200 cargo test --release --test terminal monkey:: -- --nocapture`
//! goes on for two hours; `CARECERT_MONKEY_SEED=3` begins elsewhere.

mod dice;
mod moves;
mod run;
mod world;

use std::time::{Duration, Instant};

/// A number of the environment.
fn number(name: &str, otherwise: u64) -> u64 {
    std::env::var(name).ok().and_then(|text| text.parse().ok()).unwrap_or(otherwise)
}

/// How long one home is used: the cases in it do not grow without end.
const ROUND: Duration = Duration::from_secs(600);

#[test]
fn whatever_is_thrown_at_the_console_nothing_acknowledged_is_lost() {
    let (seconds, seed) = (number("CARECERT_MONKEY_SECONDS", 20), number("CARECERT_MONKEY_SEED", 1));
    let (began, all) = (Instant::now(), Duration::from_secs(seconds));
    let mut total = run::Counts::default();
    let mut wrong = Vec::new();
    for round in 0.. {
        let left = all.saturating_sub(began.elapsed());
        if left.is_zero() || !wrong.is_empty() {
            break;
        }
        let mut run = run::Run::new(seed.wrapping_add(round));
        run.go_on_for(left.min(ROUND));
        wrong = run.finish();
        total.add(&run.counts);
        println!("round {round}, seed {}: {}", seed.wrapping_add(round), run.counts);
        if !wrong.is_empty() {
            println!("the last acts, oldest first:\n{}", run.trail());
        }
    }
    println!("monkey: seed {seed}, {} s: {total}", began.elapsed().as_secs());
    assert!(wrong.is_empty(), "seed {seed}:\n{}", wrong.join("\n"));
    assert!(total.acknowledged > 0, "nothing was recorded at all");
}
