//! Full disks, with every amount of room from none to 200 KiB.

use super::{
    acts::{ACTS, Act, Allow, judge},
    bench::{Bench, Rows, Scenario, Start, Trial, World, acknowledged},
    error::judge_look,
    kill::before,
    machine::How,
    tally::{Tally, Wrong},
};
use crate::support;
use std::{fs, io::Write as _, path::PathBuf, process::Command};

/// Steps of room, KiB.
const STEP: u64 = 4;
/// The most room that is tried, KiB.
const MOST: u64 = 200;

/// A small disk of its own, where this machine lets us make one.
struct SmallDisk(PathBuf);

impl SmallDisk {
    fn mount(place: PathBuf) -> Option<Self> {
        let mounted =
            Command::new("mount").args(["-t", "tmpfs", "-o", "size=6m,mode=0700", "tmpfs"]).arg(&place).output();
        mounted.is_ok_and(|output| output.status.success()).then_some(Self(place))
    }

    /// Fills it but for so many KiB.
    fn fill(&self, room: u64) {
        let path = self.0.join("filling");
        let mut file = fs::File::create(&path).unwrap();
        let mut block = 1 << 16;
        while block > 0 {
            if file.write_all(&vec![1; block]).is_err() {
                block /= 2;
            }
        }
        let size = file.metadata().unwrap().len();
        file.set_len(size.saturating_sub(room << 10)).unwrap();
    }

    fn empty(&self) {
        fs::remove_file(self.0.join("filling")).unwrap();
    }
}

impl Drop for SmallDisk {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg("-l").arg(&self.0).status();
    }
}

/// Every scenario of this kind; none where no small disk can be made.
pub(crate) fn scenarios(bench: &Bench, tally: &mut Tally) -> Vec<Scenario> {
    let folder = bench.machine.folder();
    if SmallDisk::mount(folder.path().to_owned()).is_none() {
        tally.skip("full", "a small disk can be mounted by root only");
        return Vec::new();
    }
    let mut all: Vec<Scenario> = ACTS
        .iter()
        .map(|act| Scenario::new(format!("full/{}", act.name), 4, move |bench, trial| fill_and_act(bench, trial, act)))
        .collect();
    for (name, start) in
        [("small", Start::Small), ("led", Start::Led), ("hot", Start::Hot), ("journal", Start::Journal)]
    {
        all.push(Scenario::new(format!("full/read-{name}"), 4, move |bench, trial| fill_and_read(bench, trial, start)));
    }
    all
}

/// The home of a try on a small disk with so much room; the folder for temporary files there too, in half of them.
fn on_small_disk(bench: &Bench, trial: &mut Trial, start: Start) -> (SmallDisk, World, bool) {
    let template = bench.world(start);
    let world = bench.world(Start::Empty);
    let disk = SmallDisk::mount(world.disk()).unwrap();
    if template.home.exists() {
        support::copy(&template.home, &world.home);
    }
    let mut world = world;
    template.case.clone_into(&mut world.case);
    let room = STEP * trial.pick((MOST / STEP) as usize + 1) as u64;
    let own = trial.dice.chance(50);
    let tmp = world.disk().join("tmp");
    fs::create_dir(&tmp).unwrap();
    disk.fill(room);
    trial.note(&format!(
        "-- the disk has {room} KiB of room{}",
        if own { "; so has the folder for temporary files" } else { "" }
    ));
    (disk, world, own)
}

fn fill_and_act(bench: &Bench, trial: &mut Trial, act: &'static Act) {
    let (disk, world, own) = on_small_disk(bench, trial, act.start);
    let known = before(bench, act, &world);
    let tmp = world.disk().join("tmp");
    let mut program = act.program(&world);
    if own {
        program = program.variable("TMPDIR", &tmp);
    }
    let ended = world.run(trial, program);
    let mut rows = known.rows.clone();
    trial.note("-- while it is full:");
    if !world.case.is_empty() {
        // What it says that it recorded counts for the readers too.
        let read = read_all(trial, &world, own, &rows);
        rows = read.unwrap_or(rows);
        let cites = acknowledged(&ended.out);
        let there = cites.iter().all(|cite| rows.cited(cite).is_some());
        trial.check(there, Wrong::Lost, || format!("acknowledged and not read on the full disk: {cites:?}"));
    }
    disk.empty();
    let left = fs::read_dir(&tmp).unwrap().count();
    trial.check(left == 0, Wrong::Left, || format!("{left} files in the folder for temporary files"));
    judge(trial, &world, act, &known, &ended, Allow::default());
}

fn fill_and_read(bench: &Bench, trial: &mut Trial, start: Start) {
    let (disk, world, own) = on_small_disk(bench, trial, start);
    let rows = bench.template(start).rows.clone();
    read_all(trial, &world, own, &rows);
    disk.empty();
    let next = world.command(trial, ["note", &world.case, "there is room again"]);
    trial.check(next.how == How::Exit(0), Wrong::Status, || format!("the next note fails: {}", next.err));
}

/// A full disk keeps no reader out.
fn read_all(trial: &mut Trial, world: &World, own: bool, known: &Rows) -> Option<Rows> {
    let tmp = world.disk().join("tmp");
    let case = world.case.clone();
    let mut read = None;
    let looks: [(&str, &[&str]); 5] = [
        ("log", &["log", &case, "--json"]),
        ("status", &["status", &case, "--json"]),
        ("verify", &["verify", &case]),
        ("cases", &["cases", "--json"]),
        ("handover", &["handover", &case]),
    ];
    for (name, arguments) in looks {
        let mut program = world.carecert().arguments(arguments);
        if own {
            program = program.variable("TMPDIR", &tmp);
        }
        let ended = world.run(trial, program);
        // The log says how many there are now: the others must say the same.
        if name == "log" {
            read = Rows::read(&ended.out).ok().filter(|_| ended.how == How::Exit(0));
        }
        judge_look(trial, world, name, read.as_ref().unwrap_or(known), &ended);
        // A journal has to be rolled back in a copy, and there is room for none where the other folder is full too.
        let no_room = own && world.file("case.sqlite3-journal").exists();
        trial.check(ended.how != How::Exit(1) || no_room, Wrong::Status, || format!("a full disk keeps {name} out"));
    }
    read
}
