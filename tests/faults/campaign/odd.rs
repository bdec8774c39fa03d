//! Files that are not what they should be before a command begins: pipes, links, devices, folders, huge and empty ones,
//! in the place of every file that the program opens.

use super::{
    acts::{first_line, judge_evidence},
    bench::{Bench, Rows, Scenario, Start, Trial, World, acknowledged, tells_recorded_damage},
    machine::{Ended, How, SOON},
    screen::Screen,
    tally::Wrong,
};
use crate::support;
use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

/// What stands in the place of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Thing {
    Fifo,
    /// A link to the file itself, which was moved elsewhere.
    Link,
    Dangling,
    /// A link to `/dev/zero`.
    Endless,
    /// A device of its own; root only.
    Device,
    Folder,
    Socket,
    /// Of 8 GiB that take no room.
    Huge,
    Empty,
}

const THINGS: [(&str, Thing); 9] = [
    ("fifo", Thing::Fifo),
    ("link", Thing::Link),
    ("dangling", Thing::Dangling),
    ("endless", Thing::Endless),
    ("device", Thing::Device),
    ("folder", Thing::Folder),
    ("socket", Thing::Socket),
    ("huge", Thing::Huge),
    ("empty", Thing::Empty),
];

/// A file that the program opens.
#[derive(Clone, Copy)]
struct Place {
    name: &'static str,
    path: fn(&World) -> PathBuf,
    /// The commands that are tried with it.
    commands: &'static [&'static str],
    /// What the file says where it is no such thing; empty where it stands there already, or does not.
    text: &'static str,
}

const IN_CASE: &[&str] = &[
    "note",
    "evidence",
    "status",
    "log",
    "verify",
    "cases",
    "export-bundle",
    "export-jsonl",
    "handover",
    "close",
    "console",
];
const IN_HOME: &[&str] = &["note", "status", "cases", "new", "console"];
const PLAYBOOKS: &[&str] = &["playbook-list", "playbook-check", "new", "console"];

const PLACES: &[Place] = &[
    Place { name: "item", path: item, commands: IN_CASE, text: "" },
    Place { name: "evidence", path: |world| world.file("evidence"), commands: IN_CASE, text: "" },
    Place { name: "database", path: |world| world.file("case.sqlite3"), commands: IN_CASE, text: "" },
    Place { name: "heads", path: |world| world.file("case.heads"), commands: IN_CASE, text: "" },
    Place { name: "lock", path: |world| world.file("case.lock"), commands: IN_CASE, text: "" },
    Place { name: "wal", path: |world| world.file("case.sqlite3-wal"), commands: IN_CASE, text: "" },
    Place { name: "shm", path: |world| world.file("case.sqlite3-shm"), commands: IN_CASE, text: "" },
    Place { name: "journal", path: |world| world.file("case.sqlite3-journal"), commands: IN_CASE, text: "" },
    Place { name: "console-id", path: |world| world.home.join("console.id"), commands: IN_HOME, text: "" },
    Place {
        name: "responder",
        path: |world| world.home.join("config/responder.ron"),
        commands: IN_HOME,
        text: "(name: \"A. Osei\", role: \"lead\", organisation: \"RX1\")",
    },
    Place {
        name: "contacts",
        path: |world| world.home.join("config/contacts.ron"),
        commands: &["console", "status"],
        text: "[(name: \"B. Bee\")]",
    },
    Place {
        name: "console-ron",
        path: |world| world.home.join("config/console.ron"),
        commands: &["keys", "keys-check", "console"],
        text: "(bell: false)",
    },
    Place {
        name: "duties",
        path: |world| world.home.join("config/playbooks/duties.ron"),
        commands: PLAYBOOKS,
        text: "",
    },
    Place { name: "playbook", path: |world| world.home.join("config/playbooks/x.ron"), commands: PLAYBOOKS, text: "" },
    Place {
        name: "source",
        path: |world| world.root().join("src/source.bin"),
        commands: &["evidence-of"],
        text: "bytes",
    },
    Place { name: "target", path: |world| world.out().join("target.zip"), commands: &["export-to"], text: "theirs" },
    Place { name: "bundle", path: |world| world.out().join("bundle.zip"), commands: &["verify-of"], text: "" },
    Place { name: "checked", path: |world| world.root().join("src/checked.ron"), commands: &["check-of"], text: "(" },
];

fn item(world: &World) -> PathBuf {
    let items = fs::read_dir(world.file("evidence")).unwrap().flatten();
    items.map(|entry| entry.path()).next().unwrap()
}

/// Every scenario of this kind.
pub(crate) fn scenarios() -> Vec<Scenario> {
    let mut all = Vec::new();
    for place in PLACES {
        for (name, thing) in THINGS {
            // Hashing or copying so much is what is asked for there.
            if thing == Thing::Huge && place.name == "source" {
                continue;
            }
            // A folder is what belongs there; what is added to it would go when this try puts the old one back.
            if thing == Thing::Folder && place.name == "evidence" {
                continue;
            }
            all.push(Scenario::new(format!("odd/{}/{name}", place.name), 1, move |bench, trial| {
                try_thing(bench, trial, place, thing);
            }));
        }
    }
    all
}

/// Puts the thing there; gives where the file itself went. `None` where this machine does not let us.
fn put(thing: Thing, path: &Path, kept: &Path) -> Option<()> {
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    if path.exists() {
        fs::rename(path, kept).unwrap();
    }
    let link = |to: &Path| std::os::unix::fs::symlink(to, path).unwrap();
    match thing {
        Thing::Fifo => Command::new("mkfifo").arg(path).status().ok().filter(|status| status.success()).map(drop)?,
        Thing::Link => link(kept),
        Thing::Dangling => link(&kept.with_extension("nowhere")),
        Thing::Endless => link(Path::new("/dev/zero")),
        Thing::Device => {
            let made = Command::new("mknod").arg(path).args(["c", "1", "5"]).output().ok()?;
            // A disk may be mounted so that its devices are none.
            (made.status.success() && fs::File::open(path).is_ok()).then_some(())?;
        }
        Thing::Folder => fs::create_dir(path).unwrap(),
        Thing::Socket => drop(std::os::unix::net::UnixListener::bind(path).ok()?),
        Thing::Huge => fs::File::create(path).unwrap().set_len(8 << 30).unwrap(),
        Thing::Empty => fs::write(path, "").unwrap(),
    }
    Some(())
}

fn try_thing(bench: &Bench, trial: &mut Trial, place: &'static Place, thing: Thing) {
    let world = bench.world(Start::Small);
    let mut rows = bench.template(Start::Small).rows.clone();
    // A good case beside the one with the thing in it.
    let good = bench.world(Start::Led);
    support::copy(&good.folder(), &world.home.join("cases").join(&good.case));
    let path = (place.path)(&world);
    let kept = world.root().join("src/kept");
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    if place.name == "bundle" {
        world.command(trial, ["export", &world.case, "--out", path.to_str().unwrap()]);
        rows = world.rows(trial, &world.case).unwrap_or(rows);
    } else if !place.text.is_empty() {
        fs::write(&path, place.text).unwrap();
    }
    let was_there = path.exists();
    if put(thing, &path, &kept).is_none() {
        return;
    }
    let command = place.commands[trial.pick(place.commands.len())];
    trial.note(&format!("-- {thing:?} in the place of {}", path.display()));
    let ended = run(trial, &world, command, &path);
    judge(trial, &world, place, thing, command, &ended, &good.case);
    // What the program has put there itself stays.
    if fs::symlink_metadata(&path).is_ok_and(|found| is_same_thing(thing, &found)) {
        let gone = if path.is_dir() && !path.is_symlink() { fs::remove_dir_all(&path) } else { fs::remove_file(&path) };
        gone.unwrap();
        if was_there {
            fs::rename(&kept, &path).unwrap();
        }
    }
    judge_after(trial, &world, command, &ended, &rows);
}

fn is_same_thing(thing: Thing, found: &fs::Metadata) -> bool {
    match thing {
        Thing::Huge => found.is_file() && found.len() == 8 << 30,
        Thing::Empty => found.is_file() && found.len() == 0,
        Thing::Folder => found.is_dir(),
        Thing::Link | Thing::Dangling | Thing::Endless => found.is_symlink(),
        Thing::Fifo | Thing::Device | Thing::Socket => !found.is_file(),
    }
}

fn run(trial: &mut Trial, world: &World, command: &str, path: &Path) -> Ended {
    let case = world.case.as_str();
    let there = path.to_str().unwrap();
    let source = world.source("new.txt", b"a new item");
    let out = |name: &str| world.out().join(name).to_string_lossy().into_owned();
    let jsonl = out("x.jsonl");
    let zip = out("x.zip");
    let arguments: Vec<&str> = match command {
        "note" => vec!["note", case, "with an odd file"],
        "evidence" => vec!["evidence", "add", case, source.to_str().unwrap()],
        "evidence-of" => vec!["evidence", "add", case, there],
        "status" => vec!["status", case, "--json"],
        "log" => vec!["log", case, "--json"],
        "verify" => vec!["verify", case],
        "verify-of" => vec!["verify", there],
        "cases" => vec!["cases"],
        "export-bundle" => vec!["export", case, "--out", &zip],
        "export-jsonl" => vec!["export", case, "--format", "jsonl", "--out", &jsonl],
        "export-to" => vec!["export", case, "--out", there],
        "handover" => vec!["handover", case],
        "close" => vec!["close", case, "--why", "over"],
        "new" => vec!["new", "--title", "another"],
        "playbook-list" => vec!["playbook", "list"],
        "playbook-check" => vec!["playbook", "check"],
        "check-of" => vec!["playbook", "check", there],
        "keys" => vec!["keys"],
        "keys-check" => vec!["keys", "--check"],
        _ => vec!["open", case],
    };
    let mut program = world.carecert().arguments(arguments).limit(SOON);
    if path.ends_with("responder.ron") {
        // Otherwise it would not be asked for.
        program = program.without("CARECERT_BY").variable("USER", "root");
    }
    if command != "console" {
        return world.run(trial, program);
    }
    let mut screen = Screen::start(world, program.limit(90));
    let first = format!(" {} ", &case[case.len() - 4..]);
    screen.wait(&["READ THIS FIRST", "could not be opened", "Who works here", &first]);
    screen.leave(trial)
}

/// A sentence and the right status; nothing that was not checked is called intact.
fn judge(trial: &mut Trial, world: &World, place: &Place, thing: Thing, command: &str, ended: &Ended, good: &str) {
    let verifies = command.starts_with("verify");
    match ended.how {
        How::Exit(0) | How::Never => {}
        How::Exit(1) => {
            let why = ended.err.contains("carecert: ")
                || ended.err.contains("warning")
                || ended.out.contains("checked")
                || command == "console"
                || command.contains("check");
            trial.check(why, Wrong::Status, || "exit 1 without a reason".to_owned());
        }
        // Something that stands in the place of a file is damage; what stands beside is none.
        How::Exit(3) if verifies && ["item", "evidence", "database", "heads", "bundle"].contains(&place.name) => {}
        How::Exit(3) if verifies => {
            trial.fail(Wrong::Status, format!("damage, and nothing is damaged: {}", first_line(&ended.out, "")));
        }
        how => trial.fail(Wrong::Status, format!("ended with {how:?}")),
    }
    let zero = ended.how == How::Exit(0);
    // The bytes are the right ones behind a link; it must not be followed all the same.
    let core = ["item", "evidence", "database", "heads"].contains(&place.name)
        || (place.name == "bundle" && thing != Thing::Link);
    if verifies && core {
        trial.check(!zero, Wrong::Status, || {
            format!("verify calls it intact with {thing:?} in the place of the {}", place.name)
        });
    }
    if place.name == "database" && !["cases", "console", "verify"].contains(&command) {
        trial.check(!zero, Wrong::Status, || format!("{thing:?} in the place of the database is read"));
    }
    if command == "export-bundle" && ["item", "evidence"].contains(&place.name) {
        trial.check(!zero, Wrong::Status, || format!("{thing:?} in the place of an item leaves in a bundle"));
    }
    if ["evidence-of", "check-of"].contains(&command) && thing != Thing::Empty {
        trial.check(!zero, Wrong::Status, || format!("{thing:?} is taken for a file"));
    }
    if command == "export-to" && thing != Thing::Folder {
        trial.check(!zero, Wrong::Lost, || format!("{thing:?} that was there is overwritten"));
    }
    if command == "cases" && ended.how != How::Never {
        let listed = ended.out.contains(&good[good.len() - 4..]);
        trial.check(listed, Wrong::Status, || "a bad case hides the good one".to_owned());
        if place.name == "database" && ended.how != How::Never {
            let named = ended.err.contains(&world.case);
            trial.check(named, Wrong::Status, || "the case that cannot be read is left out in silence".to_owned());
        }
    }
    // A file that is not used is named.
    let used = ["playbook", "duties", "console-ron"].contains(&place.name)
        || (place.name == "responder" && ["note", "new"].contains(&command));
    if used && thing != Thing::Empty && command != "console" && zero {
        let name = (place.path)(world).file_name().unwrap().to_string_lossy().into_owned();
        let said = ended.err.contains(&name) || ended.out.contains(&name);
        trial.check(said, Wrong::Status, || format!("{thing:?} in the place of {name} is passed over in silence"));
    }
}

/// With the file back in its place: nothing is lost, what was acknowledged is there, and all goes on.
fn judge_after(trial: &mut Trial, world: &World, command: &str, ended: &Ended, before: &Rows) {
    trial.note("-- with the file back in its place:");
    let cites = acknowledged(&ended.out);
    trial.acknowledged += cites.len() as u64;
    match world.rows(trial, &world.case) {
        Ok(rows) => {
            let lost = before.without(&rows).len();
            trial.check(lost == 0, Wrong::Lost, || "entries that stood before are gone".to_owned());
            let gone = cites.iter().any(|cite| rows.cited(cite).is_none());
            trial.check(!gone, Wrong::Lost, || "acknowledged, and not there".to_owned());
            judge_evidence(trial, world, &rows);
            let added = rows.0.len() > before.0.len() && !["console", "close"].contains(&command);
            trial.check(!(added && ended.how == How::Exit(1)), Wrong::Status, || {
                "exit 1, and an entry is there".to_owned()
            });
        }
        Err(why) => trial.fail(Wrong::Lost, format!("the log cannot be read: {why}")),
    }
    let verified = world.command(trial, ["verify", &world.case]);
    // What an emptied head file promised is gone for good, whatever is put in its place.
    let told = verified.how == How::Exit(3) && tells_recorded_damage(&verified.out);
    trial.check(verified.how == How::Exit(0) || told, Wrong::Status, || {
        format!("verify does not find it intact: {}", first_line(&verified.out, &verified.err))
    });
    let next = world.command(trial, ["note", &world.case, "and it goes on"]);
    trial.check(next.how == How::Exit(0), Wrong::Status, || {
        format!("the next note fails: {}", first_line(&next.err, ""))
    });
    let left: Vec<String> = world.leftovers().into_iter().filter(|path| path.starts_with("tmp/")).collect();
    trial.check(left.is_empty(), Wrong::Left, || format!("{} files in the folder for temporary files", left.len()));
}
