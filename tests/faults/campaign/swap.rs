//! The world moves under the program: files and folders are replaced, moved, linked and turned into pipes between any
//! two of its calls, and while a console stands open.

use super::{
    acts::{Act, act, first_line, judge_evidence},
    bench::{Bench, Rows, Scenario, Start, Trial, World, acknowledged},
    kill::before,
    machine::{Deed, Ended, How, Step, Strike},
    screen::{Noted, Screen},
    tally::Wrong,
};
use crate::support;
use std::{fs, path::Path, process::Command};

/// A change of the world by somebody else.
#[derive(Clone, Copy)]
struct Swap {
    name: &'static str,
    /// The shell's script; `$P` is the case's folder, `$OLD` a copy of it as it stood before, `$OUT` where exports go.
    script: &'static str,
    /// Puts back what the script moved, where that is not what is to be looked at.
    back: &'static str,
    /// The script itself destroys something: `verify` may say so.
    harms: bool,
    /// It is of use to commands that record something in the case only.
    console: bool,
}

const fn swap(name: &'static str, script: &'static str, back: &'static str) -> Swap {
    Swap { name, script, back, harms: false, console: true }
}

/// Puts the original of a file back, unless the program has made a file of its own there.
macro_rules! thing {
    ($name:literal, $file:literal, $make:literal) => {
        swap(
            $name,
            concat!("F=$P/", $file, "; if [ -e $F ]; then mv $F $F.orig; fi; ", $make),
            concat!(
                "F=$P/",
                $file,
                "; if [ -f $F ] && [ ! -L $F ]; then rm -f $F.orig; else rm -rf $F; ",
                "if [ -e $F.orig ]; then mv $F.orig $F; fi; fi"
            ),
        )
    };
}

const SWAPS: &[Swap] = &[
    swap("file-replaced", "cp -p $P/case.sqlite3 $P/t && mv $P/t $P/case.sqlite3", ""),
    swap(
        "files-replaced",
        "for f in case.sqlite3 case.sqlite3-wal case.heads; do if [ -e $P/$f ]; then cp -p $P/$f $P/t && mv $P/t $P/$f; fi; done",
        "",
    ),
    swap("folder-copied", "mv $P $P-moved && cp -a $P-moved $P", ""),
    swap("folder-older", "mv $P $P-moved && cp -a $OLD $P", ""),
    swap("folder-gone", "mv $P $P-moved", "if [ ! -e $P ]; then mv $P-moved $P; fi"),
    swap("folder-linked", "mv $P $P-moved && ln -s $P-moved $P", "if [ -L $P ]; then rm $P && mv $P-moved $P; fi"),
    swap("cases-copied", "D=${P%/*}; mv $D $D-moved && cp -a $D-moved $D", ""),
    swap("lock-replaced", "cp -p $P/case.lock $P/t && mv $P/t $P/case.lock", ""),
    swap(
        "wal-replaced",
        "if [ -e $P/case.sqlite3-wal ]; then cp -p $P/case.sqlite3-wal $P/t && mv $P/t $P/case.sqlite3-wal; fi",
        "",
    ),
    swap("shm-gone", "rm -f $P/case.sqlite3-shm", ""),
    Swap { harms: true, ..swap("heads-older", "cp -p $OLD/case.heads $P/t && mv $P/t $P/case.heads", "") },
    Swap { harms: true, ..swap("heads-gone", "rm -f $P/case.heads", "") },
    Swap { harms: true, ..swap("wal-gone", "rm -f $P/case.sqlite3-wal $P/case.sqlite3-shm", "") },
    swap(
        "evidence-linked",
        "mv $P/evidence $P-evidence && ln -s $P-evidence $P/evidence",
        "if [ -L $P/evidence ]; then rm $P/evidence && mv $P-evidence $P/evidence; fi",
    ),
    thing!("database-linked", "case.sqlite3", "ln -s $F.orig $F"),
    thing!("database-fifo", "case.sqlite3", "mkfifo $F"),
    thing!("database-folder", "case.sqlite3", "mkdir $F"),
    thing!("database-zero", "case.sqlite3", "ln -s /dev/zero $F"),
    thing!("heads-linked", "case.heads", "ln -s $F.orig $F"),
    thing!("heads-fifo", "case.heads", "mkfifo $F"),
    thing!("heads-folder", "case.heads", "mkdir $F"),
    thing!("heads-zero", "case.heads", "ln -s /dev/zero $F"),
    thing!("lock-fifo", "case.lock", "mkfifo $F"),
    thing!("lock-linked", "case.lock", "ln -s $F.orig $F"),
    thing!("lock-folder", "case.lock", "mkdir $F"),
    thing!("wal-fifo", "case.sqlite3-wal", "mkfifo $F"),
    thing!("wal-linked", "case.sqlite3-wal", "ln -s $F.orig $F"),
    thing!("wal-folder", "case.sqlite3-wal", "mkdir $F"),
    thing!("shm-fifo", "case.sqlite3-shm", "mkfifo $F"),
    thing!("shm-linked", "case.sqlite3-shm", "ln -s $F.orig $F"),
];

/// Swaps that concern exports only.
const OUTSIDE: &[Swap] = &[
    Swap {
        console: false,
        ..swap("target-appears", "if [ ! -e $OUT/case.zip ]; then echo theirs > $OUT/case.zip; fi", "")
    },
    Swap {
        console: false,
        ..swap("target-linked", "if [ ! -e $OUT/case.zip ]; then ln -s $OUT/elsewhere $OUT/case.zip; fi", "")
    },
    Swap { console: false, ..swap("out-moved", "mv $OUT $OUT-moved && mkdir $OUT", "") },
];

/// Every group of calls that a swap can come before.
const CALLS: &str = "oecrwtsnumlkqfda";
const ACTS: [&str; 4] = ["note", "evidence", "export-bundle", "close"];

/// Every scenario of this kind.
pub(crate) fn scenarios() -> Vec<Scenario> {
    let mut all = Vec::new();
    for swap in SWAPS {
        for name in ACTS {
            let act = act(name);
            all.push(Scenario::new(format!("swap/{}/{name}", swap.name), 1, move |bench, trial| {
                swap_under_command(bench, trial, act, swap);
            }));
        }
        if swap.console {
            all.push(Scenario::new(format!("swap/{}/console", swap.name), 1, move |bench, trial| {
                swap_under_console(bench, trial, swap);
            }));
        }
    }
    for swap in OUTSIDE {
        let act = act("export-bundle");
        all.push(Scenario::new(format!("swap/{}/export-bundle", swap.name), 3, move |bench, trial| {
            swap_under_command(bench, trial, act, swap);
        }));
    }
    all
}

/// The script with the folders of this try in it.
fn script(world: &World, text: &str, old: &Path) -> String {
    let (case, out) = (world.folder(), world.out());
    format!("P={}; OLD={}; OUT={}; {text}", case.display(), old.display(), out.display())
}

fn run_script(script: &str) -> bool {
    Command::new("sh").args(["-c", script]).output().unwrap().status.success()
}

/// A copy of the case as it stands, outside the home.
fn keep_old(world: &World) -> std::path::PathBuf {
    let old = world.root().join("old");
    support::copy(&world.folder(), &old);
    old
}

fn swap_under_command(bench: &Bench, trial: &mut Trial, act: &'static Act, swap: &'static Swap) {
    let steps = super::kill::steps(bench, act, CALLS);
    // Before the program has looked at anything there is nothing to swap under it.
    let first = steps.iter().position(|step| step.path.ends_with("case.lock")).unwrap_or(0);
    let at = steps[first + trial.pick(steps.len() - first)].number;
    let world = bench.world(act.start);
    let known = before(bench, act, &world);
    let old = keep_old(&world);
    let deed = Deed::Run(script(&world, swap.script, &old));
    let ended = world.run(trial, act.program(&world).groups(CALLS).listed().struck(Strike::once(at, deed)));
    super::kill::say_where(trial, &steps, at, &ended);
    match ended.how {
        How::Exit(0 | 1) | How::Never => {}
        how => trial.fail(Wrong::Status, format!("ended with {how:?}")),
    }
    if ended.how == How::Exit(1) {
        trial.check(ended.err.contains("carecert: "), Wrong::Status, || "exit 1 without a reason".to_owned());
    }
    if !swap.console {
        judge_outside(trial, &world, act, swap, &ended);
    }
    let moment = moment_of(&ended.list, at);
    judge_swap(trial, &world, swap, &old, &known.rows, &ended, moment);
}

/// When a swap came.
#[derive(Clone, Copy, Debug)]
struct Moment {
    /// Nobody could have seen it: it came after the last look at the path that has to come before an answer, or before
    /// the closing of the file.
    excused: bool,
    /// The answer was given already, of files that were the right ones then.
    answered: bool,
}

fn moment_of(steps: &[Step], at: u64) -> Moment {
    let number = |fits: &dyn Fn(&Step) -> bool| steps.iter().filter(|step| fits(step)).map(|step| step.number).next();
    let last =
        |fits: &dyn Fn(&Step) -> bool| steps.iter().rev().filter(|step| fits(step)).map(|step| step.number).next();
    let ends = |step: &Step, end: &str| step.path.to_string_lossy().ends_with(end);
    let in_case = |step: &Step| ["case.sqlite3", "case.sqlite3-wal", "case.heads"].iter().any(|end| ends(step, end));
    let answer = number(&|step| step.group == 'a' && step.path == Path::new("stdout")).unwrap_or(u64::MAX);
    let heads = last(&|step| step.group == 's' && ends(step, "case.heads")).unwrap_or(0);
    let database = |step: &Step| ends(step, "case.sqlite3") || ends(step, "case.sqlite3-wal");
    let closing =
        number(&|step| step.number > heads && "wst".contains(step.group) && database(step)).unwrap_or(u64::MAX);
    // The looks at the files come one after the other: a swap between the first and the last of them may go unseen.
    let look = |from: u64, until: u64| {
        number(&|step| {
            step.group == 'q' && (in_case(step) || step.path.is_dir()) && step.number > from && step.number < until
        })
    };
    // Some commands answer before they close the file, some after it.
    let excused = match at {
        _ if at > closing => true,
        _ if at > answer => look(answer, closing).is_some_and(|look| at > look),
        _ => look(heads, answer.min(closing)).is_some_and(|look| at > look),
    };
    Moment { excused, answered: at > answer }
}

/// What was there already, or came while the export was written, is never overwritten.
fn judge_outside(trial: &mut Trial, world: &World, act: &Act, swap: &Swap, ended: &Ended) {
    let path = world.out().join(act.writes.unwrap_or_default());
    let text = fs::read(&path).unwrap_or_default();
    let theirs = text == b"theirs\n" || path.is_symlink();
    if ended.how == How::Exit(0) {
        let there = !text.is_empty() && !theirs;
        trial
            .check(there || swap.name == "out-moved", Wrong::Lost, || "exit 0, and the export is not there".to_owned());
    }
}

fn judge_swap(trial: &mut Trial, world: &World, swap: &Swap, old: &Path, before: &Rows, ended: &Ended, moment: Moment) {
    let Moment { excused, answered } = moment;
    if swap.name == "folder-gone" && world.folder().exists() {
        trial.fail(Wrong::Left, "the folder that was moved away was made again");
        run_script(&script(world, "rm -rf $P", old));
    }
    // What is acknowledged is in the files at the path, be it through a link, not in those that were moved away.
    let stands = |name: &str| fs::metadata(world.file(name)).is_ok_and(|found| found.is_file());
    let away = ["case.sqlite3", "case.heads"].iter().any(|name| !stands(name));
    let harmed = swap.harms && stands("case.sqlite3");
    trial.check(!away || harmed || excused || answered || acknowledged(&ended.out).is_empty(), Wrong::Lost, || {
        "acknowledged, and what is at the path is not the file that was written".to_owned()
    });
    if !swap.back.is_empty() {
        trial.note("-- what was moved away is put back");
        assert!(run_script(&script(world, swap.back, old)), "{}", swap.back);
    }
    trial.note("-- after it:");
    // By its path: beside a folder with a longer name, its own name is not taken for it.
    let path = world.folder().to_string_lossy().into_owned();
    let moved = world.folder().with_file_name(format!("{}-moved", world.case));
    let cites = acknowledged(&ended.out);
    trial.acknowledged += cites.len() as u64;
    match world.rows(trial, &path) {
        Ok(rows) => {
            let lost = before.without(&rows).len();
            trial.check(lost == 0, Wrong::Lost, || "entries that stood before are gone".to_owned());
            let gone = cites.iter().any(|cite| rows.cited(cite).is_none());
            // What is swapped after the answer takes away what was at the path when it was acknowledged.
            trial.check(!gone || excused || answered, Wrong::Lost, || {
                "acknowledged, and not in the case at the path".to_owned()
            });
            judge_evidence(trial, world, &rows);
        }
        Err(why) => trial.fail(Wrong::Lost, format!("the log cannot be read: {why}")),
    }
    judge_copy(trial, world, "the case at the path", &path, swap, excused);
    if moved.exists() {
        let moved = moved.to_string_lossy().into_owned();
        match world.rows(trial, &moved) {
            Ok(rows) => {
                let lost = before.without(&rows).len();
                trial.check(lost == 0, Wrong::Lost, || "entries of the folder that was moved are gone".to_owned());
            }
            Err(why) => trial.fail(Wrong::Lost, format!("the log of the folder that was moved cannot be read: {why}")),
        }
        judge_copy(trial, world, "the folder that was moved", &moved, swap, excused);
    }
    let next = world.command(trial, ["note", &path, "and it goes on"]);
    trial.check(next.how == How::Exit(0) || swap.harms, Wrong::Status, || {
        format!("the next note fails: {}", first_line(&next.err, &next.out))
    });
}

/// A copy is not damaged by what the program did.
fn judge_copy(trial: &mut Trial, world: &World, what: &str, case: &str, swap: &Swap, excused: bool) {
    let verified = world.command(trial, ["verify", case]);
    let fine = match verified.how {
        How::Exit(0) => true,
        How::Exit(1 | 3) => swap.harms || excused,
        How::Exit(_) | How::Signal(_) | How::Never => false,
    };
    trial.check(fine, Wrong::Lost, || format!("{what} is damaged: {}", first_line(&verified.out, &verified.err)));
}

fn swap_under_console(bench: &Bench, trial: &mut Trial, swap: &'static Swap) {
    let world = bench.world(Start::Led);
    let rows = bench.template(Start::Led).rows.clone();
    let old = keep_old(&world);
    let mut screen = Screen::start(&world, world.carecert().arguments(["open", &world.case]).limit(120));
    if !screen.opens() {
        trial.fail(Wrong::Status, "the console does not open the case");
        screen.finish(trial);
        return;
    }
    // Half of the tries swap before anything is written.
    let first = if trial.number.is_multiple_of(2) { screen.note("before the swap") } else { Noted::Ended };
    trial.note(&format!("-- a note before: {first:?}; then: {}", swap.script));
    assert!(run_script(&script(&world, swap.script, &old)), "{}", swap.script);
    let second = screen.note("after the swap");
    trial.note(&format!("-- a note after: {second:?}"));
    trial.check(second != Noted::Silent, Wrong::Never, || "the console does not answer".to_owned());
    let ended = screen.leave(trial);
    trial.check(ended.how == How::Exit(0) || ended.how == How::Never, Wrong::Status, || {
        format!("ended with {:?}", ended.how)
    });
    // What an older copy never had is not lost by the program, and what was acknowledged before is judged where it went.
    let mut counted = ended.clone();
    if swap.name == "folder-older" || swap.harms || !swap.back.is_empty() {
        counted.out = match &second {
            Noted::Recorded(cite) => format!("recorded {cite}"),
            Noted::Refused(_) | Noted::Ended | Noted::Silent => String::new(),
        };
    }
    judge_swap(trial, &world, swap, &old, &rows, &counted, Moment { excused: false, answered: false });
}
