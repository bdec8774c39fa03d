//! The console on a case of 100,000 entries, through a pseudo-terminal, beside a bare ratatui program that lists as many
//! lines, and beside `less`, `tig` and `gitui` where they are installed. All are measured in turn in one run, so that
//! whatever else the machine does falls on all of them.
//!
//! `cargo bench --bench console` prints it. `CARECERT_BENCH_SHOW=1` prints the screens that are measured, too.
#![allow(clippy::unwrap_used, clippy::panic, clippy::print_stdout, missing_docs, unreachable_pub)]

#[path = "../support/many.rs"]
mod many;
mod process;
mod programs;
mod pty;
#[path = "../support/mod.rs"]
mod support;

use programs::{Program, programs};
use pty::Pty;
use std::{
    fmt::Display,
    time::{Duration, Instant},
};

/// The console's keys: to the log, into the search, and out of it.
const LOG: &str = "3";
const SEARCH: &str = "/";
const END_SEARCH: &str = "\x1b";
/// What is typed to search.
const WORDS: [&str; 5] = ["theatre finishing", "lockd", "nowhere", "patel", "the"];

const ENTRIES: usize = 100_000;
const SIZE: (u16, u16) = (120, 40);
const STARTS: usize = 20;
const KEYS: usize = 200;
const IDLE: Duration = Duration::from_secs(10);

fn main() {
    // Beside the build, so that the disk is a real one and not memory.
    let home = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).unwrap();
    let case = many::many(&home.path().join("cases"), ENTRIES);
    let (programs, missing) = programs(home.path(), &case);
    println!("{ENTRIES} entries, window {} x {}", SIZE.0, SIZE.1);
    missing.iter().for_each(|name| println!("{name}: not installed"));
    if !cfg!(target_os = "linux") {
        println!("processor time and memory are told on Linux only");
    }
    starts(&programs);
    let mut running: Vec<Pty> = programs.iter().map(open).collect();
    keys(&programs, &mut running);
    search(&programs[0], &mut running[0]);
    idle(&programs, &mut running);
    memory(&programs, &running);
    running.into_iter().zip(&programs).for_each(|(pty, program)| pty.end(program.quit));
}

/// Starts a program and waits until its list is on screen.
fn open(program: &Program) -> Pty {
    let mut pty = Pty::start(program.command(), SIZE);
    begin(program, &mut pty);
    pty.settle();
    pty.press(program.to_list);
    pty.settle();
    pty
}

/// From its start to its first frame, and to its rows.
fn begin(program: &Program, pty: &mut Pty) -> (Duration, Duration) {
    let frame = pty.until(program.name, |screen| !screen.trim().is_empty());
    pty.press(program.at_once);
    (frame, pty.until(program.name, |screen| screen.contains(&program.ready)))
}

/// From the start of the process to its first frame, and to its rows.
fn starts(programs: &[Program]) {
    let mut first: Vec<Vec<Duration>> = vec![Vec::new(); programs.len()];
    let mut ready = first.clone();
    for round in 0..=STARTS {
        for (at, program) in programs.iter().enumerate() {
            let mut pty = Pty::start(program.command(), SIZE);
            let (frame, rows) = begin(program, &mut pty);
            // The first round fills the system's caches.
            if round > 0 {
                first[at].push(frame);
                ready[at].push(rows);
            } else {
                show(program, "started", &pty);
            }
            pty.end(program.quit);
        }
    }
    table(&format!("process start to first frame, {STARTS} starts"), programs, &first, Some((2.0, false)));
    table("process start to its rows on screen (in carecert and bare the latest entry)", programs, &ready, None);
}

/// One key to the last byte of what it draws, in the list.
fn keys(programs: &[Program], running: &mut [Pty]) {
    for (program, pty) in programs.iter().zip(running.iter_mut()) {
        for _ in 0..20 {
            pty.key(program.inwards);
        }
        show(program, "in its list", pty);
    }
    let mut times: Vec<Vec<Duration>> = vec![Vec::new(); programs.len()];
    let mut work = vec![Duration::ZERO; programs.len()];
    let mut dice = 7_u64;
    for _ in 0..KEYS {
        dice = dice.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let which = (dice >> 33) as usize % 4;
        for (at, (program, pty)) in programs.iter().zip(running.iter_mut()).enumerate() {
            let before = process::cpu(pty.pid());
            times[at].extend(pty.key(program.keys[which]));
            let used = process::cpu(pty.pid()).zip(before).map(|(after, before)| after.saturating_sub(before));
            work[at] += used.unwrap_or_default();
        }
    }
    let title = format!("key to the last byte of its frame, {KEYS} keys at random: down, up, page down, page up");
    table(&title, programs, &times, Some((1.5, true)));
    let each = work.iter().map(|work| ms(*work / KEYS as u32));
    let each: Vec<String> =
        programs.iter().zip(each).map(|(program, each)| format!("{} {each}", program.name)).collect();
    println!("  own work a key: {}", each.join(", "));
}

/// A key of the search to the last byte of its frame, and the program's own work for it.
fn search(console: &Program, pty: &mut Pty) {
    println!("\nsearch as one types");
    let (mut times, mut works) = (Vec::new(), Vec::new());
    for word in WORDS {
        let before = process::cpu(pty.pid());
        pty.key(SEARCH);
        let mut dearest = Duration::ZERO;
        let began = process::cpu(pty.pid());
        for letter in word.chars() {
            let before = process::cpu(pty.pid());
            times.extend(pty.key(&letter.to_string()));
            let used = process::cpu(pty.pid()).zip(before).map(|(after, before)| after.saturating_sub(before));
            dearest = dearest.max(used.unwrap_or_default());
            works.extend(used);
        }
        let all = process::cpu(pty.pid()).zip(began).map(|(after, began)| after.saturating_sub(began));
        let opening = began.zip(before).map(|(began, before)| began.saturating_sub(before));
        show(console, word, pty);
        let each = all.unwrap_or_default() / word.chars().count() as u32;
        println!(
            "  {word:?}: own work {} a key, dearest key {}, opening the search {}",
            ms(each),
            ms(dearest),
            ms(opening.unwrap_or_default())
        );
        pty.key(END_SEARCH);
        pty.key(END_SEARCH);
    }
    let work = works.iter().sum::<Duration>() / works.len().max(1) as u32;
    let (half, most) = (percentile(&times, 50), percentile(&times, 99));
    println!("  key to the last byte: {} at the 50th percentile, {} at the 99th", ms(half), ms(most));
    let worst = works.iter().max().copied().unwrap_or_default();
    println!(
        "  own work: {} a key, {} the dearest (goal: under 5 ms: {})",
        ms(work),
        ms(worst),
        met(worst.as_millis() < 5)
    );
}

/// Processor time with nothing pressed. All of them idle at the same time. The console counts the seconds of a deadline
/// that is minutes away: it draws a digit each second.
fn idle(programs: &[Program], running: &mut [Pty]) {
    running.iter_mut().for_each(Pty::settle);
    let used = |running: &[Pty]| -> Vec<_> {
        running.iter().map(|pty| Some((process::cpu(pty.pid())?, process::sleeps(pty.pid())?))).collect()
    };
    let before = used(running);
    let began = Instant::now();
    while began.elapsed() < IDLE {
        std::thread::sleep(IDLE.saturating_sub(began.elapsed()));
    }
    let seconds = began.elapsed().as_secs_f64();
    println!("\nidle for {seconds:.1} s");
    let mut bare = None;
    let rows: Vec<_> = before.into_iter().zip(used(running)).map(|(before, after)| before.zip(after)).collect();
    let drew: Vec<(usize, usize)> = running.iter_mut().map(Pty::drew).collect();
    for ((program, row), (pieces, bytes)) in programs.iter().zip(rows.iter()).zip(drew) {
        let Some(((cpu, slept), (cpu_after, slept_after))) = row else { continue };
        let (work, wakes) = (cpu_after.saturating_sub(*cpu), (slept_after - slept) as f64 / seconds);
        if program.name == "bare" {
            bare = Some(work);
        }
        println!(
            "  {:<9} {:>10} of processor time, woken {wakes:.1} times a second, drew {pieces} times, {bytes} bytes",
            program.name,
            ms(work)
        );
    }
    let console = rows.first().and_then(|row| row.map(|((before, _), (after, _))| after.saturating_sub(before)));
    if let Some((console, bare)) = console.zip(bare) {
        // A thousandth of a processor is what the clock's tick and the look at others' entries may take.
        let share = console.as_secs_f64() / seconds * 100.0;
        println!(
            "  carecert {share:.3} % of a processor, {} more than bare (goal: none beyond the clock's tick, here \
             under 0.1 %: {})",
            ms(console.saturating_sub(bare)),
            met(share < 0.1)
        );
    }
}

fn memory(programs: &[Program], running: &[Pty]) {
    println!("\nmemory after all of that, MiB");
    for (program, pty) in programs.iter().zip(running) {
        let figures = process::memory(pty.pid(), "VmRSS").zip(process::memory(pty.pid(), "VmHWM"));
        let Some((now, most)) = figures else { continue };
        let goal = if program.name == "carecert" {
            format!("  (goal: under 48: {})", met(most < 48.0))
        } else {
            String::new()
        };
        println!("  {:<9} {now:>7.1} resident, {most:>7.1} at most{goal}", program.name);
    }
}

/// Prints a figure of each program. `goal` is how many times bare's the console's may be, and whether the 99th
/// percentile counts, too.
fn table(title: &str, programs: &[Program], times: &[Vec<Duration>], goal: Option<(f64, bool)>) {
    println!("\n{title}");
    println!("  {:<9} {:>10} {:>10}  to bare: 50th   99th", "", "50th", "99th");
    let bare = &times[1];
    for (program, times) in programs.iter().zip(times) {
        let (half, most) = (percentile(times, 50), percentile(times, 99));
        let (to_half, to_most) = (ratio(half, percentile(bare, 50)), ratio(most, percentile(bare, 99)));
        println!("  {:<9} {:>10} {:>10}  {to_half:>13.2} {to_most:>6.2}", program.name, ms(half), ms(most));
    }
    let Some((limit, both)) = goal else { return };
    let within = |part| ratio(percentile(&times[0], part), percentile(bare, part)) <= limit;
    println!("  goal: at most {limit} of bare: {}", met(within(50) && (!both || within(99))));
    if let Some(at) = programs.iter().position(|program| program.name == "gitui") {
        let ahead = |part| percentile(&times[0], part) < percentile(&times[at], part);
        println!("  goal: ahead of gitui: {}", met(ahead(50) && (!both || ahead(99))));
    }
}

fn percentile(times: &[Duration], part: usize) -> Duration {
    let mut times = times.to_vec();
    times.sort_unstable();
    times.get((times.len() * part / 100).min(times.len().saturating_sub(1))).copied().unwrap_or_default()
}

fn ratio(one: Duration, other: Duration) -> f64 {
    one.as_secs_f64() / other.as_secs_f64()
}

fn ms(time: Duration) -> String {
    format!("{:.3} ms", time.as_secs_f64() * 1e3)
}

fn met(met: bool) -> impl Display {
    if met { "met" } else { "NOT met" }
}

fn show(program: &Program, what: &str, pty: &Pty) {
    if std::env::var_os("CARECERT_BENCH_SHOW").is_some() {
        println!("--- {}, {what}\n{}", program.name, pty.screen());
    }
}
