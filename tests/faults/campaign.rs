//! The fault campaign: the world is taken away from under the program in every way that we know of, at every step, and
//! what was acknowledged is looked for afterwards.
//!
//! `cargo test --test faults campaign::` takes a minute and always tries the same. An hour, or as long as one likes, with other
//! places in each round:
//!
//! ```sh
//! CARECERT_CAMPAIGN_SECONDS=3600 cargo test --release --test faults campaign:: -- --nocapture
//! ```
//!
//! `CARECERT_CAMPAIGN_SEED` gives the seed, `CARECERT_CAMPAIGN_ONLY=kill,power/note` some kinds or scenarios, and
//! `CARECERT_CAMPAIGN_ONLY='kill/note#17'` repeats one try.

mod acts;
mod bench;
mod clock;
mod disk;
mod error;
mod forge;
mod full;
mod interrupt;
mod kill;
mod known;
mod machine;
mod odd;
mod power;
mod schema;
mod screen;
mod swap;
mod tally;

use bench::{Bench, Scenario, Trial};
use known::KNOWN;
use machine::{Machine, limit_thread};
use std::{
    io::Write as _,
    sync::{
        Mutex,
        atomic::{AtomicU64, Ordering},
    },
    time::{Duration, Instant},
};
use tally::Tally;

/// The seed of the small size.
const SEED: u64 = 20_261_130;

/// Seconds that a command may take where one is known never to end.
const HANGS: u64 = 5;

/// What is asked of this run.
struct Asked {
    seed: u64,
    /// How long it goes on; one round where this is not said.
    seconds: Option<Duration>,
    only: Vec<String>,
    threads: usize,
}

impl Asked {
    fn of_environment() -> Self {
        let number = |name: &str| std::env::var(name).ok().and_then(|text| text.parse::<u64>().ok());
        let only = std::env::var("CARECERT_CAMPAIGN_ONLY").unwrap_or_default();
        let cores = std::thread::available_parallelism().map_or(2, usize::from);
        Self {
            seed: number("CARECERT_CAMPAIGN_SEED").unwrap_or(SEED),
            seconds: number("CARECERT_CAMPAIGN_SECONDS").map(Duration::from_secs),
            only: only.split(',').map(|part| part.trim().to_owned()).filter(|part| !part.is_empty()).collect(),
            threads: number("CARECERT_CAMPAIGN_THREADS").map_or(cores + 1, |threads| threads as usize),
        }
    }

    /// Whether a scenario is asked for.
    fn wants(&self, scenario: &str) -> bool {
        let begins = |part: &String| {
            let part = part.split('#').next().unwrap_or(part);
            scenario == part || scenario.strip_prefix(part).is_some_and(|rest| rest.starts_with('/'))
        };
        self.only.is_empty() || self.only.iter().any(begins)
    }

    /// The one try that is to be repeated.
    fn number(&self) -> Option<u64> {
        self.only.first().and_then(|part| part.split_once('#')).and_then(|(_, number)| number.parse().ok())
    }
}

/// Prints past the test harness, which keeps what a passing test prints to itself.
fn say(text: &str) {
    let _ = writeln!(std::io::stderr().lock(), "{text}");
}

fn all_scenarios(bench: &Bench, tally: &mut Tally) -> Vec<Scenario> {
    let kinds = [
        kill::scenarios(),
        power::scenarios(),
        error::scenarios(),
        full::scenarios(bench, tally),
        swap::scenarios(),
        odd::scenarios(),
        schema::scenarios(),
        forge::scenarios(),
        clock::scenarios(tally),
        interrupt::scenarios(),
    ];
    kinds.into_iter().flatten().collect()
}

/// Runs rounds until the time is up; one without a time. Each round takes every scenario further.
fn run_rounds(bench: &Bench, scenarios: &[Scenario], asked: &Asked, tally: &Mutex<Tally>) {
    let began = Instant::now();
    let over = |round: u64| match asked.seconds {
        Some(limit) => began.elapsed() >= limit,
        None => round > 0,
    };
    // In turn through all scenarios, so that no kind waits for another.
    let most = scenarios.iter().map(|scenario| scenario.few).max().unwrap_or(0);
    let mut order = Vec::new();
    for turn in 0..most {
        order.extend(scenarios.iter().filter(|scenario| turn < scenario.few).map(|scenario| (scenario, turn)));
    }
    if let Some(number) = asked.number() {
        // That one try, told in full.
        order = scenarios.iter().map(|scenario| (scenario, number)).collect();
    }
    let next = AtomicU64::new(0);
    let told = Mutex::new(began);
    std::thread::scope(|scope| {
        for _ in 0..asked.threads.min(order.len()) {
            scope.spawn(|| {
                loop {
                    let place = next.fetch_add(1, Ordering::Relaxed);
                    let (round, place) = (place / order.len() as u64, place as usize % order.len());
                    if over(round) {
                        return;
                    }
                    let (scenario, turn) = order[place];
                    run_try(bench, scenario, turn + round * scenario.few, asked, tally);
                    tell_progress(&told, began, tally);
                }
            });
        }
    });
}

fn run_try(bench: &Bench, scenario: &Scenario, number: u64, asked: &Asked, tally: &Mutex<Tally>) {
    let kind = kind_of(&scenario.name);
    // What is known never to end is not waited for again and again in the minute of the small size.
    let hangs = asked.seconds.is_none() && KNOWN.iter().any(|known| known.hangs(&scenario.name));
    limit_thread(hangs.then_some(HANGS));
    let mut trial = Trial::new(scenario.name.clone(), number, asked.seed);
    (scenario.run)(bench, &mut trial);
    if asked.number().is_some() {
        say(trial.story());
    }
    let (acknowledged, failures) = trial.finish();
    tally.lock().unwrap().count(kind, &scenario.name, acknowledged, failures, KNOWN);
}

const KINDS: &[&str] = &["kill", "power", "error", "full", "swap", "odd", "schema", "forge", "clock", "interrupt"];

fn kind_of(scenario: &str) -> &'static str {
    KINDS.iter().find(|kind| scenario.split('/').next() == Some(**kind)).copied().unwrap_or("other")
}

fn report_file() -> std::path::PathBuf {
    std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join("campaign.txt")
}

fn tell_progress(told: &Mutex<Instant>, began: Instant, tally: &Mutex<Tally>) {
    let mut told = told.lock().unwrap();
    if told.elapsed() >= Duration::from_secs(60) {
        *told = Instant::now();
        let tally = tally.lock().unwrap();
        // So that a long run that is given up has told what it found.
        let _ = std::fs::write(report_file(), tally.everything());
        let minutes = began.elapsed().as_secs() / 60;
        say(&format!("after {minutes} min: {} tries, {} failures that no list knows", tally.tries(), tally.unknown()));
    }
}

#[test]
fn nothing_acknowledged_is_lost_whatever_happens() {
    let asked = Asked::of_environment();
    let machine = match Machine::prepare() {
        Ok(machine) => machine,
        Err(why) => {
            assert!(std::env::var_os("CI").is_none(), "{why}");
            return say(&format!("skipped: {why}"));
        }
    };
    let began = Instant::now();
    let bench = Bench::prepare(machine);
    let mut tally = Tally::default();
    let mut scenarios = all_scenarios(&bench, &mut tally);
    scenarios.retain(|scenario| asked.wants(&scenario.name));
    assert!(!scenarios.is_empty(), "there is no scenario {:?}", asked.only);
    let tally = Mutex::new(tally);
    run_rounds(&bench, &scenarios, &asked, &tally);
    let tally = tally.into_inner().unwrap();
    let report = tally.report(KNOWN);
    let seconds = began.elapsed().as_secs();
    say(&format!("{report}\nfault campaign, seed {}, {seconds} s\n\n{}", asked.seed, tally.table()));
    let file = report_file();
    // A folder that cannot be written keeps no copy of what is printed in part above.
    let _ = std::fs::write(&file, tally.everything());
    assert_eq!(tally.unknown(), 0, "failures that no list knows; all of them are in {}", file.display());
}
