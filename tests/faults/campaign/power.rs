//! Power cuts between any two operations of commands, under strict and under ordered folders.

use super::{
    acts::{CHANGES, act, first_line, judge_evidence},
    bench::{Bench, Rows, Scenario, Start, Trial, World, acknowledged},
    disk::{Disk, Rules},
    machine::{Deed, How, Step, Strike, read_steps},
    screen::{Noted, SIZE, Screen},
    tally::Wrong,
};
use std::{
    collections::HashMap,
    fs,
    path::Path,
    sync::{Arc, Mutex, OnceLock},
};

/// Some commands in a row: each is run to its end, killed at a random step, or has a sync that fails.
struct Story {
    name: &'static str,
    acts: &'static [(&'static str, Fate)],
}

/// What happens to a command of a story before the power is cut.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Fate {
    /// It ends well.
    Ends,
    /// It is killed at a random step.
    Killed,
    /// One of its syncs fails, and writes nothing.
    SyncFails,
}

use Fate::{Ends, Killed, SyncFails};

const STORIES: &[Story] = &[
    Story { name: "first", acts: &[("first", Ends)] },
    Story { name: "new", acts: &[("new", Ends)] },
    Story { name: "note", acts: &[("note", Ends)] },
    Story { name: "note-long", acts: &[("note-long", Ends)] },
    Story { name: "note-hot", acts: &[("note-hot", Ends)] },
    Story { name: "note-journal", acts: &[("note-journal", Ends)] },
    Story { name: "evidence", acts: &[("evidence", Ends)] },
    Story { name: "evidence-large", acts: &[("evidence-large", Ends)] },
    Story { name: "evidence-again", acts: &[("evidence-again", Ends)] },
    Story { name: "step", acts: &[("step", Ends)] },
    Story { name: "close", acts: &[("close", Ends)] },
    Story { name: "export-bundle", acts: &[("export-bundle", Ends)] },
    Story { name: "several", acts: &[("note", Ends), ("evidence", Ends), ("note", Ends), ("close", Ends)] },
    Story { name: "killed-evidence", acts: &[("evidence", Killed), ("evidence", Ends)] },
    Story { name: "killed-note", acts: &[("note", Killed), ("note", Ends)] },
    Story { name: "killed-new", acts: &[("first", Killed), ("first", Ends)] },
    Story { name: "killed-twice", acts: &[("evidence", Killed), ("note", Killed), ("evidence", Ends)] },
    Story { name: "failed-sync", acts: &[("note", SyncFails), ("note", Ends)] },
    Story { name: "failed-sync-evidence", acts: &[("evidence", SyncFails), ("evidence", Ends)] },
];

/// How many recordings of a story with chance in it there are; each is cut in many ways.
const RECORDINGS: u64 = 60;

/// What the commands of a story did, and what they acknowledged.
struct Recording {
    disk: Disk,
    /// Every entry at the end.
    rows: Rows,
    /// For each case that was made its folder's name, by the identifier that was printed.
    made: Vec<String>,
    told: String,
}

type Recordings = Mutex<HashMap<(&'static str, u64), Arc<OnceLock<Option<Arc<Recording>>>>>>;

/// Every scenario of this kind.
pub(crate) fn scenarios() -> Vec<Scenario> {
    let recordings: Arc<Recordings> = Arc::default();
    let mut all = Vec::new();
    for story in STORIES {
        for (name, rules) in [("strict", Rules::Strict), ("ordered", Rules::Ordered)] {
            let recordings = Arc::clone(&recordings);
            all.push(Scenario::new(format!("power/{name}/{}", story.name), 4, move |bench, trial| {
                cut_story(bench, trial, story, rules, &recordings);
            }));
        }
    }
    for (name, rules) in [("strict", Rules::Strict), ("ordered", Rules::Ordered)] {
        let recordings = Arc::clone(&recordings);
        all.push(Scenario::new(format!("power/{name}/console"), 6, move |bench, trial| {
            let recording = find_recording(&recordings, ("console", 0), || record_console(bench));
            cut(bench, trial, (Start::Led, false), rules, &recording);
        }));
    }
    all
}

/// The recording of that name and number, made once; `None` where there is nothing to cut.
fn find_recording(
    recordings: &Recordings,
    key: (&'static str, u64),
    make: impl FnOnce() -> Option<Recording>,
) -> Option<Arc<Recording>> {
    let cell = recordings.lock().unwrap().entry(key).or_default().clone();
    cell.get_or_init(|| make().map(Arc::new)).clone()
}

fn cut_story(bench: &Bench, trial: &mut Trial, story: &'static Story, rules: Rules, recordings: &Recordings) {
    let chance = story.acts.iter().any(|(_, fate)| *fate != Ends);
    // A few cuts of each recording at a time.
    let number = if chance { trial.number / 3 % RECORDINGS } else { 0 };
    let recording = find_recording(recordings, (story.name, number), || record(bench, trial, story, number));
    cut(bench, trial, (act(story.acts[0].0).start, chance), rules, &recording);
}

/// Cuts the power somewhere in a recording that began with that home; where there is chance in it, rather at its end.
fn cut(
    bench: &Bench,
    trial: &mut Trial,
    (start, chance): (Start, bool),
    rules: Rules,
    recording: &Option<Arc<Recording>>,
) {
    let Some(recording) = recording else { return };
    trial.note(&recording.told);
    let disk = &recording.disk;
    let answers = disk.answers();
    // First the worst: right after an answer all is lost that was not synced.
    let worst = trial.number.is_multiple_of(3);
    let cut = match trial.number % 3 {
        0 => answers[answers.len() - 1 - trial.number as usize / 3 % answers.len()],
        // Only the last command of a story is cut where the others have stories of their own.
        1 if chance => {
            disk.last_command() + trial.dice.below((disk.length() - disk.last_command()) as u64 + 1) as usize
        }
        1 => *trial.dice.of(&answers),
        _ => trial.dice.below(disk.length() as u64 + 1) as usize,
    };
    let mut world = bench.world(Start::Empty);
    let lost = disk.cut(cut, rules, worst, &mut trial.dice, &world.disk());
    trial.note(&format!("-- the power is cut before operation {cut} of {}; lost: {lost}", disk.length()));
    bench.template(start).case.clone_into(&mut world.case);
    judge_cut(trial, &world, recording, &disk.said_before(cut), bench.template(start).rows.clone());
}

/// Runs the commands of a story and keeps what they did.
fn record(bench: &Bench, trial: &mut Trial, story: &Story, number: u64) -> Option<Recording> {
    let first = act(story.acts[0].0);
    let world = bench.world(first.start);
    let mut disk = Disk::find(&world.disk());
    let mut dice = super::bench::Dice::new(number ^ 0x0d15_c000);
    let mut silent = Trial::new(format!("power/record/{}", story.name), number, 0);
    let (mut told, mut rows) = (String::new(), bench.template(first.start).rows.clone());
    for (name, fate) in story.acts {
        let act = act(name);
        let program = act.program(&world).groups(CHANGES).recorded();
        let program = match fate {
            Ends => program,
            Killed => {
                let steps = super::kill::steps(bench, act, CHANGES);
                // First come the kills right before a folder is synced, the rarest first: then most is unfinished.
                let folders = folder_syncs_of(&steps);
                let any = 1 + dice.below(steps.len() as u64);
                let at = folders.get(number as usize).copied().unwrap_or(any);
                program.struck(Strike::once(at, Deed::Kill))
            }
            SyncFails => {
                let steps = super::kill::steps(bench, act, CHANGES);
                program.struck(Strike::once(*dice.of(&syncs_of(&steps)), Deed::Error(5)))
            }
        };
        // Exports go to another disk.
        let _ = fs::remove_dir_all(world.out());
        fs::create_dir(world.out()).unwrap();
        let ended = world.run(&mut silent, program);
        told.push_str(&format!("$ {}\n  {:?}\n  out: {}\n", ended.shown, ended.how, ended.out.trim()));
        if *fate == Ends && ended.how != How::Exit(0) {
            // What came before is held by other kinds; here nothing follows from it.
            trial.note(&format!("not recorded: {} {:?} {}", ended.shown, ended.how, ended.err));
            return None;
        }
        disk.take(&ended.list);
    }
    if !world.case.is_empty() {
        rows = world.rows(&mut silent, &world.case).ok()?;
    }
    Some(Recording { disk, rows, made: world.cases(), told })
}

/// Records notes in the console, all of them in one write-ahead log, and keeps what it did; an entry is acknowledged
/// when the screen says that it is recorded.
fn record_console(bench: &Bench) -> Option<Recording> {
    let world = bench.world(Start::Led);
    let mut disk = Disk::find(&world.disk());
    let mut silent = Trial::new(String::new(), 0, 0);
    let program = world.carecert().arguments(["open", &world.case]).groups(CHANGES).recorded().limit(120);
    let mut screen = Screen::start(&world, program);
    assert!(screen.opens(), "the console opens the case");
    for round in 0..4 {
        let noted = screen.note(&format!("round {round} of the console"));
        assert!(matches!(noted, Noted::Recorded(_)), "{noted:?}");
    }
    let ended = screen.leave(&mut silent);
    assert_eq!(ended.how, How::Exit(0));
    let mut steps = read_steps(&world.notes());
    let mut parser = vt100::Parser::new(SIZE.1.try_into().unwrap(), SIZE.0.try_into().unwrap(), 0);
    let mut last = String::new();
    for step in steps.iter_mut().filter(|step| step.group == 'a') {
        parser.process(&std::mem::take(&mut step.data));
        let frame = parser.screen().contents();
        let cite: String = frame
            .split("recorded as ")
            .nth(1)
            .unwrap_or_default()
            .chars()
            .take_while(|c| c.is_ascii_alphanumeric())
            .collect();
        if !cite.is_empty() && cite != last {
            step.data = format!("recorded {cite}\n").into_bytes();
            last = cite;
        }
    }
    steps.retain(|step| step.group != 'a' || !step.data.is_empty());
    assert_eq!(steps.iter().filter(|step| step.group == 'a').count(), 4, "every note is seen to be recorded");
    disk.take(&steps);
    let rows = world.rows(&mut silent, &world.case).ok()?;
    Some(Recording { disk, rows, made: world.cases(), told: format!("$ {}\n  four notes", ended.shown) })
}

/// The numbers of the steps that sync a folder, those first whose folder is synced least often.
fn folder_syncs_of(steps: &[Step]) -> Vec<u64> {
    let is_folder =
        |path: &Path| steps.iter().any(|step| [step.path.parent(), step.other.parent()].contains(&Some(path)));
    let syncs = || steps.iter().filter(|step| step.group == 's' && is_folder(&step.path));
    let mut found: Vec<(usize, u64)> =
        syncs().map(|step| (syncs().filter(|other| other.path == step.path).count(), step.number)).collect();
    found.sort_unstable();
    found.into_iter().map(|(_, number)| number).collect()
}

/// The numbers of the steps that sync.
fn syncs_of(steps: &[Step]) -> Vec<u64> {
    steps.iter().filter(|step| step.group == 's').map(|step| step.number).collect()
}

/// What was acknowledged before the cut is there, with its evidence, and nothing is called damaged that is not lost.
fn judge_cut(trial: &mut Trial, world: &World, recording: &Recording, said: &str, before: Rows) {
    let printed: Vec<&str> = said.lines().filter(|line| line.len() == 16 && !line.contains(' ')).collect();
    for id in &printed {
        trial.acknowledged += 1;
        let case = recording.made.iter().find(|name| name.ends_with(&format!("-{}", &id[..4])));
        let there = case.filter(|name| world.cases().contains(name));
        match there {
            Some(case) => match world.rows(trial, case) {
                Ok(rows) => {
                    trial.check(rows.0.len() == 3, Wrong::Lost, || format!("{} entries of the new case", rows.0.len()))
                }
                Err(why) => trial.fail(Wrong::Lost, format!("the new case was printed and cannot be read: {why}")),
            },
            None => trial.fail(Wrong::Lost, "a case whose id was printed is not there"),
        }
    }
    if !world.case.is_empty() {
        let cites = acknowledged(said);
        trial.acknowledged += cites.len() as u64;
        let mut wanted = before;
        wanted.0.extend(cites.iter().filter_map(|cite| recording.rows.cited(cite)).cloned());
        match world.rows(trial, &world.case) {
            Ok(rows) => {
                let lost: Vec<String> = wanted.without(&rows).into_iter().map(|row| row.cite).collect();
                trial.check(lost.is_empty(), Wrong::Lost, || "acknowledged entries are gone".to_owned());
                judge_evidence(trial, world, &rows);
            }
            Err(why) => trial.fail(Wrong::Lost, format!("the log cannot be read: {why}")),
        }
    }
    let lost = trial.failed();
    for case in world.cases() {
        let verified = world.command(trial, ["verify", &case]);
        let said = first_line(&verified.out, &verified.err);
        match verified.how {
            How::Exit(0) => {
                trial.check(!lost, Wrong::Status, || "intact, and something acknowledged is gone".to_owned())
            }
            _ => trial.check(lost, Wrong::Status, || format!("verify finds fault, and nothing is lost: {said}")),
        }
        let next = world.command(trial, ["note", &case, "and it goes on"]);
        trial.check(next.how == How::Exit(0), Wrong::Status, || {
            format!("the next note fails: {}", first_line(&next.err, ""))
        });
    }
    if world.cases().is_empty() {
        let next = world.command(trial, ["new", "--title", "another"]);
        trial.check(next.how == How::Exit(0), Wrong::Status, || {
            format!("the next new fails: {}", first_line(&next.err, ""))
        });
    }
    let listed = world.command(trial, ["cases"]);
    trial.check(listed.how == How::Exit(0), Wrong::Status, || format!("cases fails: {}", first_line(&listed.err, "")));
}
