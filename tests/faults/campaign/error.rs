//! Input and output errors at every system call on files of the case, the home and the exports: once, and from there on.

use super::{
    acts::{ACTS, Act, Allow, acknowledged_by, first_line, judge},
    bench::{Bench, Rows, Scenario, Start, Trial, World},
    kill::{before, say_where, steps},
    machine::{Deed, Ended, How, PATIENCE, Step, Strike},
    tally::Wrong,
};

/// Every group of calls.
const ALL: &str = "oecrwtsnumlkqfda";
/// The groups of calls that are struck: what the program answers is none of the disk.
const DISK: &str = "oecrwtsnumlkqfd";

const EINTR: i32 = 4;
const EIO: i32 = 5;
const ENOMEM: i32 = 12;
const EACCES: i32 = 13;
const EMFILE: i32 = 24;
const ENOSPC: i32 = 28;
const EROFS: i32 = 30;
const ENOLCK: i32 = 37;
const EDQUOT: i32 = 122;
const EPERM: i32 = 1;

/// An error, its name, the groups of calls that it can happen in, and those that it goes on in.
struct Fault {
    name: &'static str,
    number: i32,
    once: &'static str,
    on: &'static str,
}

const FAULTS: &[Fault] = &[
    Fault { name: "EIO", number: EIO, once: DISK, on: "oecrwtsnumqfd" },
    Fault { name: "ENOSPC", number: ENOSPC, once: "cwtsn", on: "cwtn" },
    Fault { name: "EDQUOT", number: EDQUOT, once: "cwtsn", on: "cwtn" },
    Fault { name: "EROFS", number: EROFS, once: "ecwtnum", on: "ecwtnum" },
    Fault { name: "EACCES", number: EACCES, once: "oecnumq", on: "oecnumq" },
    Fault { name: "EPERM", number: EPERM, once: "num", on: "num" },
    Fault { name: "EMFILE", number: EMFILE, once: "oec", on: "oec" },
    Fault { name: "ENOMEM", number: ENOMEM, once: "oecrn", on: "" },
    Fault { name: "ENOLCK", number: ENOLCK, once: "lk", on: "lk" },
    Fault { name: "EINTR", number: EINTR, once: "oecrwl", on: "" },
];

/// A command that only reads.
#[derive(Clone, Copy)]
struct Look {
    name: &'static str,
    start: Start,
    arguments: fn(&World) -> Vec<String>,
}

fn with_case(world: &World, before: &[&str], after: &[&str]) -> Vec<String> {
    before.iter().copied().chain([&*world.case]).chain(after.iter().copied()).map(str::to_owned).collect()
}

const LOOKS: &[Look] = &[
    Look { name: "status", start: Start::Led, arguments: |world| with_case(world, &["status"], &["--json"]) },
    Look { name: "log", start: Start::Small, arguments: |world| with_case(world, &["log"], &["--json"]) },
    Look { name: "log-hot", start: Start::Hot, arguments: |world| with_case(world, &["log"], &["--json"]) },
    Look { name: "log-journal", start: Start::Journal, arguments: |world| with_case(world, &["log"], &["--json"]) },
    Look { name: "cases", start: Start::Small, arguments: |_| vec!["cases".into(), "--json".into()] },
    Look {
        name: "evidence-list",
        start: Start::Small,
        arguments: |world| with_case(world, &["evidence", "list"], &["--json"]),
    },
    Look { name: "handover-print", start: Start::Led, arguments: |world| with_case(world, &["handover"], &[]) },
    Look { name: "verify", start: Start::Small, arguments: |world| with_case(world, &["verify"], &[]) },
    Look { name: "verify-hot", start: Start::Hot, arguments: |world| with_case(world, &["verify"], &[]) },
    Look { name: "verify-journal", start: Start::Journal, arguments: |world| with_case(world, &["verify"], &[]) },
];

/// Every scenario of this kind.
pub(crate) fn scenarios() -> Vec<Scenario> {
    let mut all = Vec::new();
    for act in ACTS {
        for (mode, few) in [("once", 5), ("on", 3)] {
            let on = mode == "on";
            all.push(Scenario::new(format!("error/{mode}/{}", act.name), few, move |bench, trial| {
                strike_act(bench, trial, act, on);
            }));
        }
    }
    for look in LOOKS {
        for (mode, few) in [("once", 4), ("on", 2)] {
            let on = mode == "on";
            all.push(Scenario::new(format!("error/{mode}/{}", look.name), few, move |bench, trial| {
                strike_look(bench, trial, look, on);
            }));
        }
    }
    all
}

/// An error that fits a step, and what it does.
fn choose<'a>(trial: &mut Trial, steps: &'a [Step], on: bool) -> (&'a Step, &'static Fault, Strike) {
    let mut turns: Vec<(&Step, &'static Fault)> = Vec::new();
    for step in steps {
        for fault in FAULTS {
            let groups = if on { fault.on } else { fault.once };
            if groups.contains(step.group) {
                turns.push((step, fault));
            }
        }
    }
    let (step, fault) = turns[trial.pick(turns.len())];
    // Half of a write is what a disk that fills up does.
    let short = !on && step.group == 'w' && fault.number == ENOSPC && trial.dice.chance(50);
    let deed = if short { Deed::Short } else { Deed::Error(fault.number) };
    (step, fault, Strike { at: step.number, deed, on: if on { fault.on } else { "" } })
}

/// Seconds that a command may take. Where no lock can be had, SQLite tries again for ten seconds at each opening.
fn limit_of(fault: &Fault) -> u64 {
    if fault.number == ENOLCK { 4 * PATIENCE } else { PATIENCE }
}

fn strike_act(bench: &Bench, trial: &mut Trial, act: &'static Act, on: bool) {
    let steps = steps(bench, act, ALL);
    let (step, fault, strike) = choose(trial, &steps, on);
    let world = bench.world(act.start);
    let before = before(bench, act, &world);
    let nameless = strike.on.contains('u');
    let ended = world.run(trial, act.program(&world).groups(ALL).limit(limit_of(fault)).struck(strike));
    trial.note(&format!("  ({} is error {})", fault.name, fault.number));
    say_where(trial, &steps, step.number, &ended);
    // Where the disk fails for good, nothing can be taken away; a single failing removal leaves what it was to remove.
    let leftovers = on || step.group == 'u';
    judge(trial, &world, act, &before, &ended, Allow { leftovers, nameless, ..Allow::default() });
}

fn strike_look(bench: &Bench, trial: &mut Trial, look: &'static Look, on: bool) {
    let steps = bench.plan(look.name, || {
        let world = bench.world(look.start);
        let mut silent = Trial::new(String::new(), 0, 0);
        let program = world.carecert().arguments((look.arguments)(&world)).below(&world.tmp()).groups(ALL).listed();
        let ended = world.run(&mut silent, program);
        assert_eq!(ended.how, How::Exit(0), "{}: {}{}", ended.shown, ended.out, ended.err);
        ended.list
    });
    let (step, fault, strike) = choose(trial, &steps, on);
    let world = bench.world(look.start);
    let program = world.carecert().arguments((look.arguments)(&world)).below(&world.tmp()).groups(ALL);
    let program = program.limit(limit_of(fault)).struck(strike);
    let ended = world.run(trial, program);
    trial.note(&format!("  ({} is error {})", fault.name, fault.number));
    say_where(trial, &steps, step.number, &ended);
    let rows = &bench.template(look.start).rows;
    judge_look(trial, &world, look.name, rows, &ended);
    if look.name.starts_with("verify") && ended.how == How::Exit(0) {
        // Without these bytes nothing can have been checked.
        let content = step.path.starts_with(world.file("evidence")) && step.group == 'r';
        trial.check(!content, Wrong::Status, || "intact, though an item of evidence could not be read".to_owned());
    }
    // A copy that cannot be looked at any more cannot be taken away.
    let leftovers = on || step.group == 'u' || in_tmp(step);
    look_again(trial, &world, rows, leftovers);
}

/// Whether a step of the plan was on the reader's own copy: the plan was made in another folder.
fn in_tmp(step: &Step) -> bool {
    step.path.components().any(|part| part.as_os_str() == "tmp")
        && !step.path.components().any(|part| part.as_os_str() == "disk")
}

/// A command that reads tells all of it with exit 0, or says with exit 1 why it cannot; it never takes trouble with the
/// disk for damage.
pub(crate) fn judge_look(trial: &mut Trial, world: &World, name: &str, rows: &Rows, ended: &Ended) {
    match ended.how {
        How::Exit(0) => {
            let count = rows.0.len();
            let complete = match name.split('-').next().unwrap_or(name) {
                "status" => ended.out.contains(&format!("\"records\": {count}")),
                "log" => Rows::read(&ended.out).is_ok_and(|read| rows.without(&read).is_empty()),
                "cases" => ended.out.contains(&world.case) && ended.out.contains(&format!("\"records\": {count}")),
                "evidence" => ended.out.contains("ransom.txt"),
                "verify" => ended.out.contains("intact") && ended.out.contains(&format!("{count} entries")),
                _ => ended.out.contains("Wards cannot log in"),
            };
            trial.check(complete, Wrong::Status, || "exit 0, and the answer is not complete".to_owned());
        }
        How::Exit(1) => {
            let why = ended.err.contains("carecert: ") || ended.out.contains("not checked");
            trial.check(why, Wrong::Status, || "exit 1 without a reason".to_owned());
        }
        How::Exit(3) => {
            let said = first_line(&ended.out, &ended.err);
            trial.fail(Wrong::Status, format!("damage, and nothing is damaged: {said}"));
        }
        How::Never => {}
        how => trial.fail(Wrong::Status, format!("ended with {how:?}")),
    }
}

/// Once the fault is gone all is as it was, and the next command works.
fn look_again(trial: &mut Trial, world: &World, rows: &Rows, leftovers: bool) {
    trial.note("-- after it, without a fault:");
    match world.rows(trial, &world.case) {
        Ok(read) => {
            let lost = rows.without(&read);
            trial.check(lost.is_empty(), Wrong::Lost, || format!("reading lost {} entries", lost.len()));
        }
        Err(why) => trial.fail(Wrong::Lost, format!("the log cannot be read: {why}")),
    }
    let verified = world.command(trial, ["verify", &world.case]);
    trial.check(verified.how == How::Exit(0), Wrong::Status, || {
        format!("verify does not find it intact: {}", first_line(&verified.out, &verified.err))
    });
    let next = world.command(trial, ["note", &world.case, "and it goes on"]);
    trial.acknowledged += acknowledged_by(&next);
    trial.check(next.how == How::Exit(0), Wrong::Status, || {
        format!("the next note fails: {}", first_line(&next.err, &next.out))
    });
    if !leftovers {
        let left = world.leftovers();
        trial.check(left.is_empty(), Wrong::Left, || format!("reading left {left:?}"));
    }
}
