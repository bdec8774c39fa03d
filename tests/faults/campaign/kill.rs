//! Kills at every system call that changes something.

use super::{
    acts::{ACTS, Act, Allow, Before, CHANGES, CONSOLE, judge, judge_entries, judge_rest},
    bench::{Bench, Scenario, Start, Trial, World},
    machine::{Deed, Ended, How, PATIENCE, Step, Strike},
    screen::{Noted, Screen},
    tally::Wrong,
};
use std::sync::Arc;

/// The number of the signal that kills.
const KILL: i32 = 9;

/// Every scenario of this kind.
pub(crate) fn scenarios() -> Vec<Scenario> {
    let mut all: Vec<Scenario> = ACTS
        .iter()
        .map(|act| Scenario::new(format!("kill/{}", act.name), 4, move |bench, trial| kill(bench, trial, act)))
        .collect();
    let twice = ["note", "evidence", "new"];
    all.extend(ACTS.iter().filter(|act| twice.contains(&act.name)).map(|act| {
        Scenario::new(format!("kill/twice-{}", act.name), 4, move |bench, trial| kill_twice(bench, trial, act))
    }));
    all.push(Scenario::new("kill/console".to_owned(), 8, kill_console));
    all.push(Scenario::new("kill/demo".to_owned(), 2, kill_demo));
    all
}

/// The console records a note, and is killed somewhere on the way.
fn kill_console(bench: &Bench, trial: &mut Trial) {
    let open = |world: &World| world.carecert().arguments(["open", &world.case]).groups(CHANGES).limit(PATIENCE);
    let steps = bench.plan("console", || {
        let world = bench.world(Start::Led);
        let mut silent = Trial::new(String::new(), 0, 0);
        let mut screen = Screen::start(&world, open(&world).listed());
        assert!(screen.opens(), "the console opens the case");
        let noted = screen.note("screens are black");
        assert!(matches!(noted, Noted::Recorded(_)), "{noted:?}");
        let ended = screen.leave(&mut silent);
        assert_eq!(ended.how, How::Exit(0));
        super::machine::read_steps(&world.notes())
    });
    let at = 1 + trial.pick(steps.len()) as u64;
    let world = bench.world(Start::Led);
    let before = Before { rows: bench.template(Start::Led).rows.clone(), cases: world.cases() };
    let mut screen = Screen::start(&world, open(&world).struck(Strike::once(at, Deed::Kill)));
    if screen.opens() {
        let noted = screen.note("screens are black");
        trial.note(&format!("-- a note: {noted:?}"));
    }
    let ended = screen.leave(trial);
    say_where(trial, &steps, at, &ended);
    let rows = judge_entries(trial, &world, &CONSOLE, &before, &ended, Allow::default());
    trial.note(&format!("-- {} entries", rows.0.len()));
    judge_rest(trial, &world, Allow { signal: KILL, leftovers: true, ..Allow::default() });
}

/// The sample case is made, and killed on the way: it is whole, or not there.
fn kill_demo(bench: &Bench, trial: &mut Trial) {
    let demo = |world: &World| world.carecert().arguments(["demo"]).groups(CHANGES).limit(3 * PATIENCE);
    let steps = bench.plan("demo", || {
        let world = bench.world(Start::Empty);
        let mut silent = Trial::new(String::new(), 0, 0);
        let mut screen = Screen::start(&world, demo(&world).listed());
        assert!(screen.wait(&["b blocked", "EXERCISE"]).is_some(), "the sample case is shown");
        assert_eq!(screen.leave(&mut silent).how, How::Exit(0));
        super::machine::read_steps(&world.notes())
    });
    let at = 1 + trial.pick(steps.len()) as u64;
    let world = bench.world(Start::Empty);
    let mut screen = Screen::start(&world, demo(&world).struck(Strike::once(at, Deed::Kill)));
    screen.wait(&["b blocked", "EXERCISE"]);
    let ended = screen.leave(trial);
    say_where(trial, &steps, at, &ended);
    trial.check(ended.how != How::Never, Wrong::Never, || "the sample case is not shown".to_owned());
    trial.note("-- after it, without a fault:");
    let listed = world.command(trial, ["cases"]);
    trial.check(listed.how == How::Exit(0), Wrong::Status, || format!("cases fails: {}", listed.err));
    for case in world.cases() {
        let verified = world.command(trial, ["verify", &case]);
        trial.check(verified.how == How::Exit(0), Wrong::Status, || {
            format!("the sample case is damaged: {}", verified.out)
        });
    }
    judge_rest(trial, &world, Allow { signal: KILL, leftovers: true, ..Allow::default() });
}

/// The steps of a command that change something, with locks of parts of files too.
pub(crate) fn steps(bench: &Bench, act: &'static Act, groups: &str) -> Arc<Vec<Step>> {
    bench.plan(&format!("{} {groups}", act.name), || {
        let world = bench.world(act.start);
        let mut silent = Trial::new(String::new(), 0, 0);
        let ended = world.run(&mut silent, act.program(&world).groups(groups).listed());
        assert_eq!(ended.how, How::Exit(0), "{}: {}{}", ended.shown, ended.out, ended.err);
        ended.list
    })
}

/// What stands in a world before a command.
pub(crate) fn before(bench: &Bench, act: &Act, world: &World) -> Before {
    Before { rows: bench.template(act.start).rows.clone(), cases: world.cases() }
}

fn kill(bench: &Bench, trial: &mut Trial, act: &'static Act) {
    let steps = steps(bench, act, CHANGES);
    let at = 1 + trial.pick(steps.len()) as u64;
    let world = bench.world(act.start);
    let before = before(bench, act, &world);
    let program = act.program(&world).groups(CHANGES).struck(Strike::once(at, Deed::Kill));
    let ended = world.run(trial, program);
    say_where(trial, &steps, at, &ended);
    let allow = Allow { signal: KILL, leftovers: true, ..Allow::default() };
    judge(trial, &world, act, &before, &ended, allow);
}

/// The command that comes after a kill is killed too.
fn kill_twice(bench: &Bench, trial: &mut Trial, act: &'static Act) {
    let steps = steps(bench, act, CHANGES);
    let world = bench.world(act.start);
    let mut before = before(bench, act, &world);
    let count = steps.len() as u64;
    let (first, second) = (1 + trial.dice.below(count), 1 + trial.dice.below(count + 20));
    let killed = |at| act.program(&world).groups(CHANGES).struck(Strike::once(at, Deed::Kill));
    let one = world.run(trial, killed(first));
    if !world.case.is_empty() {
        match world.rows(trial, &world.case) {
            Ok(rows) => {
                let lost = before.rows.without(&rows);
                trial.check(lost.is_empty(), Wrong::Lost, || format!("lost after the first kill: {lost:?}"));
                let acknowledged = super::bench::acknowledged(&one.out);
                let there = acknowledged.iter().all(|cite| rows.cited(cite).is_some());
                trial.check(there, Wrong::Lost, || {
                    format!("acknowledged and lost after the first kill: {acknowledged:?}")
                });
                trial.acknowledged += acknowledged.len() as u64;
                before.rows = rows;
            }
            Err(why) => trial.fail(Wrong::Lost, format!("the log cannot be read after the first kill: {why}")),
        }
    }
    before.cases = world.cases();
    if act.writes.is_some() || act.records.is_empty() {
        let _ = std::fs::remove_dir_all(world.out());
        std::fs::create_dir(world.out()).unwrap();
    }
    let two = world.run(trial, killed(second));
    let allow = Allow { signal: KILL, leftovers: true, ..Allow::default() };
    judge(trial, &world, act, &before, &two, allow);
}

/// Says at which call something was done.
pub(crate) fn say_where(trial: &mut Trial, steps: &[Step], at: u64, ended: &Ended) {
    if let Some(step) = steps.get(at as usize - 1) {
        let path = step.path.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned());
        let came = if ended.done > 0 { "" } else { ", and did not come this time" };
        trial.note(&format!("  (step {at} is {} of {path}{came})", step.name));
    }
}
