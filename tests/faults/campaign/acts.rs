//! The commands that change something, and what must be true after one of them, whatever happened to it.

use super::{
    bench::{Row, Rows, Start, Trial, World, acknowledged, is_known_leftover},
    machine::{Ended, How, Program},
    tally::Wrong,
};
use std::{fs, path::PathBuf};

/// The groups of calls that change something on disk, and the answer.
pub(crate) const CHANGES: &str = "cwtsnumla";

/// A command that changes something.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Act {
    /// A short name.
    pub(crate) name: &'static str,
    /// The home that it begins with.
    pub(crate) start: Start,
    /// Its arguments.
    arguments: fn(&World) -> Vec<String>,
    /// What stands on its standard input.
    input: &'static [u8],
    /// The type of the entry that it records; empty for `new`.
    pub(crate) records: &'static str,
    /// The file that it writes outside the home.
    pub(crate) writes: Option<&'static str>,
}

fn words(world: &World, command: &[&str], rest: &[&str]) -> Vec<String> {
    command.iter().copied().chain([&*world.case]).chain(rest.iter().copied()).map(str::to_owned).collect()
}

fn note(world: &World) -> Vec<String> {
    words(world, &["note"], &["Ward 7 rang: screens are black"])
}

fn long_note(world: &World) -> Vec<String> {
    words(world, &["note"], &[&"Ward 7 rang: screens are black. ".repeat(600)])
}

fn small_item(world: &World) -> Vec<String> {
    let path = world.source("firewall.log", &b"deny tcp any any\n".repeat(40));
    words(world, &["evidence", "add"], &[path.to_str().unwrap(), "--source", "FW01"])
}

/// Larger than one chunk of copying.
fn large_item(world: &World) -> Vec<String> {
    let path = world.source("disk.img", &[7; (1 << 20) + 4097]);
    words(world, &["evidence", "add"], &[path.to_str().unwrap()])
}

fn two_items(world: &World) -> Vec<String> {
    let paths = [world.source("one.txt", b"one"), world.source("two.txt", b"two")];
    words(world, &["evidence", "add"], &[paths[0].to_str().unwrap(), paths[1].to_str().unwrap()])
}

/// The bytes of an item that the case has already.
fn same_item(world: &World) -> Vec<String> {
    let path = world.source("again.txt", b"pay us in 72 hours");
    words(world, &["evidence", "add"], &[path.to_str().unwrap()])
}

fn piped_item(world: &World) -> Vec<String> {
    words(world, &["evidence", "add"], &["-", "--name", "memory"])
}

fn export(world: &World, format: &str, name: &str) -> Vec<String> {
    words(world, &["export"], &["--format", format, "--out", world.out().join(name).to_str().unwrap()])
}

fn new(_: &World) -> Vec<String> {
    ["new", "--title", "Lifts stand still", "--playbook", "phishing"].map(str::to_owned).to_vec()
}

/// Every command that changes something in a case, or makes one.
pub(crate) const ACTS: &[Act] = &[
    Act { name: "note", start: Start::Small, arguments: note, input: b"", records: "note", writes: None },
    Act { name: "note-long", start: Start::Small, arguments: long_note, input: b"", records: "note", writes: None },
    Act { name: "note-hot", start: Start::Hot, arguments: note, input: b"", records: "note", writes: None },
    Act { name: "note-journal", start: Start::Journal, arguments: note, input: b"", records: "note", writes: None },
    Act {
        name: "evidence",
        start: Start::Small,
        arguments: small_item,
        input: b"",
        records: "evidence.added",
        writes: None,
    },
    Act {
        name: "evidence-large",
        start: Start::Small,
        arguments: large_item,
        input: b"",
        records: "evidence.added",
        writes: None,
    },
    Act {
        name: "evidence-two",
        start: Start::Small,
        arguments: two_items,
        input: b"",
        records: "evidence.added",
        writes: None,
    },
    Act {
        name: "evidence-again",
        start: Start::Small,
        arguments: same_item,
        input: b"",
        records: "evidence.added",
        writes: None,
    },
    Act {
        name: "evidence-piped",
        start: Start::Small,
        arguments: piped_item,
        input: b"what the memory held",
        records: "evidence.added",
        writes: None,
    },
    Act {
        name: "step",
        start: Start::Led,
        arguments: |world| words(world, &["step"], &["take-lead", "done", "--note", "Night site manager rang"]),
        input: b"",
        records: "step.done",
        writes: None,
    },
    Act {
        name: "attach",
        start: Start::Led,
        arguments: |world| words(world, &["attach"], &["phishing"]),
        input: b"",
        records: "playbook.attached",
        writes: None,
    },
    Act {
        name: "close",
        start: Start::Small,
        arguments: |world| words(world, &["close"], &["--why", "All wards are back"]),
        input: b"",
        records: "case.closed",
        writes: None,
    },
    Act {
        name: "handover",
        start: Start::Led,
        arguments: |world| words(world, &["handover"], &["--to", "B. Bee", "--in-role", "Incident lead"]),
        input: b"",
        records: "handover.made",
        writes: None,
    },
    Act {
        name: "export-bundle",
        start: Start::Small,
        arguments: |world| export(world, "bundle", "case.zip"),
        input: b"",
        records: "export.made",
        writes: Some("case.zip"),
    },
    Act {
        name: "export-html",
        start: Start::Small,
        arguments: |world| export(world, "html", "case.html"),
        input: b"",
        records: "export.made",
        writes: Some("case.html"),
    },
    Act {
        name: "export-md",
        start: Start::Small,
        arguments: |world| export(world, "md", "case.md"),
        input: b"",
        records: "export.made",
        writes: Some("case.md"),
    },
    Act {
        name: "export-jsonl",
        start: Start::Small,
        arguments: |world| export(world, "jsonl", "case.jsonl"),
        input: b"",
        records: "export.made",
        writes: Some("case.jsonl"),
    },
    Act {
        name: "export-csv",
        start: Start::Small,
        arguments: |world| export(world, "csv", "case.csv"),
        input: b"",
        records: "export.made",
        writes: Some("case.csv"),
    },
    Act {
        name: "export-handover",
        start: Start::Small,
        arguments: |world| export(world, "handover", "case.txt"),
        input: b"",
        records: "export.made",
        writes: Some("case.txt"),
    },
    Act { name: "new", start: Start::Small, arguments: new, input: b"", records: "", writes: None },
    Act { name: "first", start: Start::Empty, arguments: new, input: b"", records: "", writes: None },
];

/// The console, which says on the screen what it recorded: its status says nothing of an entry.
pub(crate) const CONSOLE: Act =
    Act { name: "console", start: Start::Led, arguments: note, input: b"", records: "", writes: None };

/// The command of that name.
pub(crate) fn act(name: &str) -> &'static Act {
    ACTS.iter().find(|act| act.name == name).unwrap()
}

impl Act {
    /// The command's words.
    pub(crate) fn words(&self, world: &World) -> Vec<String> {
        (self.arguments)(world)
    }

    /// The command, ready to run in that world.
    pub(crate) fn program(&self, world: &World) -> Program {
        let program = world.carecert().arguments((self.arguments)(world));
        if self.input.is_empty() { program } else { program.stdin(&world.source("input", self.input)) }
    }
}

/// What a try allows after something was done to a command.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Allow {
    /// The command may have been ended by that signal.
    pub(crate) signal: i32,
    /// Unfinished files may be left: the command had no way to take them away.
    pub(crate) leftovers: bool,
    /// No name could be changed or taken away any more: what was begun stays, also under the name that was asked for.
    pub(crate) nameless: bool,
    /// Its standard output may have been refused: what it says on standard error counts too.
    pub(crate) mute: bool,
}

/// What a try knows before: every entry that stands.
pub(crate) struct Before {
    /// The entries.
    pub(crate) rows: Rows,
    /// The folders of cases.
    pub(crate) cases: Vec<String>,
}

/// Holds a command against what is on disk once the fault is gone: nothing acknowledged is lost, the status is what
/// happened, the case is intact, the next command works, and nothing is left lying about. Gives the entries.
pub(crate) fn judge(trial: &mut Trial, world: &World, act: &Act, before: &Before, ended: &Ended, allow: Allow) -> Rows {
    trial.note("-- after it, without a fault:");
    if act.records.is_empty() {
        judge_new(trial, world, before, ended, allow);
    }
    let rows =
        if world.case.is_empty() { Rows::default() } else { judge_entries(trial, world, act, before, ended, allow) };
    judge_rest(trial, world, allow);
    rows
}

/// The case is intact, the next command works, and nothing is left lying about.
pub(crate) fn judge_rest(trial: &mut Trial, world: &World, allow: Allow) {
    if !world.case.is_empty() {
        let verified = world.command(trial, ["verify", &world.case]);
        let said = first_line(&verified.out, &verified.err);
        trial.check(verified.how == How::Exit(0), Wrong::Status, || format!("verify does not find it intact: {said}"));
        let next = world.command(trial, ["note", &world.case, "and it goes on"]);
        let well = next.how == How::Exit(0) && !acknowledged(&next.out).is_empty();
        trial.check(well, Wrong::Status, || format!("the next note fails: {}", first_line(&next.err, &next.out)));
    }
    let left = world.leftovers();
    let strange: Vec<&String> = left.iter().filter(|path| !is_known_leftover(path)).collect();
    trial.check(strange.is_empty(), Wrong::Left, || format!("files of unknown names are left: {strange:?}"));
    if !allow.leftovers {
        trial.check(left.is_empty(), Wrong::Left, || format!("left: {}", names_of(&left)));
    } else if !left.is_empty() {
        // What could not be taken away is named and removed by a command of its own; a small file without a lock counts
        // as left only after a minute.
        let tidied = world.command(trial, ["tidy"]);
        trial.check(tidied.how == How::Exit(0), Wrong::Status, || {
            format!("tidy fails: {}", first_line(&tidied.err, ""))
        });
        // A case that nobody was told of is not written to here, which is what folds its log.
        let beside = |path: &String| {
            world.case.is_empty() && ["-wal", "-shm", "-journal"].iter().any(|ending| path.ends_with(ending))
        };
        let out_of_sight =
            |path: &String| path.contains("/.write-") || (allow.nameless && path.contains("/.export-")) || beside(path);
        let left: Vec<String> = world.leftovers().into_iter().filter(|path| !out_of_sight(path)).collect();
        trial.check(left.is_empty(), Wrong::Left, || format!("left by tidy: {}", names_of(&left)));
    }
}

/// The names without the random parts, so that the same fault reads the same each time.
fn names_of(left: &[String]) -> String {
    let plain = |path: &String| {
        let parts: Vec<&str> = path.split('/').filter(|part| !part.is_empty()).collect();
        let name = parts.iter().rev().find(|part| part.starts_with('.')).or(parts.last()).copied().unwrap_or_default();
        match name.split_once('-') {
            Some((first, _)) if name.starts_with('.') => format!("{first}-*"),
            _ => name.to_owned(),
        }
    };
    let mut names: Vec<String> = left.iter().map(plain).collect();
    names.sort();
    names.dedup();
    names.join(" ")
}

/// The entries of the case: what stood before is there, what was acknowledged is there, and the status is true.
pub(crate) fn judge_entries(
    trial: &mut Trial,
    world: &World,
    act: &Act,
    before: &Before,
    ended: &Ended,
    allow: Allow,
) -> Rows {
    let rows = match world.rows(trial, &world.case) {
        Ok(rows) => rows,
        Err(why) => {
            trial.fail(Wrong::Lost, format!("the log cannot be read: {why}"));
            return Rows::default();
        }
    };
    let lost: Vec<String> = before.rows.without(&rows).into_iter().map(|row| row.cite).collect();
    trial.check(lost.is_empty(), Wrong::Lost, || format!("entries that stood before are gone: {}", lost.join(", ")));
    let cited = acknowledged(&ended.out);
    trial.acknowledged += cited.len() as u64;
    let lost: Vec<&String> = cited.iter().filter(|cite| rows.cited(cite).is_none()).collect();
    trial.check(lost.is_empty(), Wrong::Lost, || format!("acknowledged and not there: {lost:?}"));
    judge_evidence(trial, world, &rows);
    if !act.records.is_empty() {
        let new: Vec<Row> = rows.without(&before.rows).into_iter().filter(|row| row.kind == act.records).collect();
        judge_status(trial, act, &new, ended, allow);
        judge_written(trial, world, act, ended, allow);
    }
    rows
}

/// Every item that an entry claims to be copied is there with its bytes.
pub(crate) fn judge_evidence(trial: &mut Trial, world: &World, rows: &Rows) {
    for row in rows.0.iter().filter(|row| row.kind == "evidence.added" && row.data["copied"] == true) {
        let sha256 = row.data["sha256"].as_str().unwrap_or_default();
        let path = world.file("evidence").join(sha256);
        let fits =
            fs::read(&path).is_ok_and(|bytes| carecert_react::domain::id::Hash::of(&bytes).to_string() == sha256);
        trial.check(fits, Wrong::Lost, || format!("the bytes of the item of {} are not there", row.cite));
    }
}

/// Exit 0 means that the entry is there, exit 1 that it is not, unless it is said that it is, or that this is unknown.
fn judge_status(trial: &mut Trial, act: &Act, new: &[Row], ended: &Ended, allow: Allow) {
    let there = !new.is_empty();
    let said = &ended.err;
    let told = !acknowledged(&ended.out).is_empty();
    match ended.how {
        How::Exit(0) => {
            let unrecorded = act.writes.is_some() && ended.out.contains("NOT RECORDED");
            trial.check(there || unrecorded, Wrong::Status, || "exit 0, and the entry is not there".to_owned());
            trial.check(told || unrecorded || allow.mute, Wrong::Status, || {
                "exit 0, and nothing was acknowledged".to_owned()
            });
        }
        How::Exit(1) => {
            trial.check(said.contains("carecert: "), Wrong::Status, || "exit 1 without a reason".to_owned());
            let unknown = said.contains("not known whether");
            // A second item that fails leaves the first recorded, and says so.
            let part = act.name == "evidence-two" && told && said.contains("before it recorded");
            let muted = allow.mute && said.contains("recorded");
            trial.check(!there || unknown || part || muted, Wrong::Status, || {
                let because = said.lines().find(|line| !line.contains("warning")).unwrap_or_default();
                let how = if told { "said to be recorded" } else { "not said" };
                format!("exit 1, and the entry is there ({how}): a script records it twice: {because}")
            });
        }
        How::Signal(number) if number == allow.signal => {}
        How::Never => {}
        how => trial.fail(Wrong::Status, format!("ended with {how:?}")),
    }
}

/// A file that was to be written is whole or not there; after exit 0 it is whole.
fn judge_written(trial: &mut Trial, world: &World, act: &Act, ended: &Ended, allow: Allow) {
    let Some(name) = act.writes else { return };
    let path = world.out().join(name);
    let there = path.exists();
    if ended.how == How::Exit(0) {
        trial.check(there, Wrong::Lost, || format!("exit 0, and {name} is not there"));
    }
    if ended.how == How::Exit(1) && there {
        let says = ended.err.contains(name) || ended.err.contains("written");
        trial.check(says, Wrong::Status, || format!("exit 1 does not say that {name} was written"));
    }
    if there && !(allow.nameless && ended.how == How::Exit(1)) {
        let whole = is_whole(trial, world, &path);
        trial.check(whole, Wrong::Lost, || format!("{name} is half-written"));
    }
}

fn is_whole(trial: &mut Trial, world: &World, path: &PathBuf) -> bool {
    let bytes = fs::read(path).unwrap_or_default();
    let ends = |end: &[u8]| bytes.trim_ascii_end().ends_with(end);
    match path.extension().and_then(|end| end.to_str()) {
        Some("zip") => world.command(trial, ["verify".as_ref(), path.as_os_str()]).how == How::Exit(0),
        Some("html") => ends(b"</html>"),
        Some("jsonl") => bytes.ends_with(b"}\n"),
        _ => bytes.len() > 100 && bytes.ends_with(b"\n"),
    }
}

/// The case that `new` printed is there and can be read; one that it did not print is not, unless it was killed.
fn judge_new(trial: &mut Trial, world: &World, before: &Before, ended: &Ended, allow: Allow) {
    let cases = world.cases();
    let lost: Vec<&String> = before.cases.iter().filter(|name| !cases.contains(name)).collect();
    trial.check(lost.is_empty(), Wrong::Lost, || format!("cases that stood before are gone: {lost:?}"));
    let made: Vec<&String> = cases.iter().filter(|name| !before.cases.contains(name)).collect();
    let printed = ended.out.lines().next().unwrap_or_default().trim().to_owned();
    if let Some(case) = made.first() {
        let case = case.as_str();
        match world.rows(trial, case) {
            Ok(rows) => {
                let kinds: Vec<&str> = rows.0.iter().map(|row| row.kind.as_str()).collect();
                let whole = kinds == ["case.opened", "responder.joined", "playbook.attached"];
                trial.check(whole, Wrong::Lost, || format!("the new case has {kinds:?}"));
            }
            Err(why) => trial.fail(Wrong::Lost, format!("the new case cannot be read: {why}")),
        }
        let verified = world.command(trial, ["verify", case]);
        let said = first_line(&verified.out, &verified.err);
        trial.check(verified.how == How::Exit(0), Wrong::Status, || format!("verify of the new case: {said}"));
        let next = world.command(trial, ["note", case, "the first note"]);
        let said = first_line(&next.err, "");
        trial.check(next.how == How::Exit(0), Wrong::Status, || format!("a note in the new case fails: {said}"));
    }
    let here = made.iter().any(|name| printed.len() > 4 && name.ends_with(&format!("-{}", &printed[..4])));
    if !printed.is_empty() {
        trial.acknowledged += 1;
        trial.check(here, Wrong::Lost, || format!("new printed {printed:?}, and that case is not there"));
    }
    match ended.how {
        How::Exit(0) => trial.check(here || allow.mute, Wrong::Status, || "exit 0 without a case".to_owned()),
        How::Exit(1) => {
            trial.check(ended.err.contains("carecert: "), Wrong::Status, || "exit 1 without a reason".to_owned());
            let said = made.iter().any(|name| ended.err.contains(name.as_str()) || !printed.is_empty());
            trial.check(made.is_empty() || said, Wrong::Status, || {
                format!("exit 1 without an id, and the case is there: {}", ended.err.lines().next().unwrap_or_default())
            });
            trial.check(printed.is_empty(), Wrong::Status, || "exit 1, and an id was printed".to_owned());
        }
        How::Signal(number) if number == allow.signal => {}
        How::Never => {}
        how => trial.fail(Wrong::Status, format!("ended with {how:?}")),
    }
    let next = world.command(trial, ["new", "--title", "another"]);
    trial.check(next.how == How::Exit(0), Wrong::Status, || {
        format!("the next new fails: {}", first_line(&next.err, ""))
    });
    let listed = world.command(trial, ["cases"]);
    trial.check(listed.how == How::Exit(0), Wrong::Status, || format!("cases fails: {}", first_line(&listed.err, "")));
}

/// How many entries a command acknowledged.
pub(crate) fn acknowledged_by(ended: &Ended) -> u64 {
    acknowledged(&ended.out).len() as u64
}

/// The first line of the first of two texts that has one.
pub(crate) fn first_line(one: &str, other: &str) -> String {
    one.lines().chain(other.lines()).find(|line| !line.trim().is_empty()).unwrap_or_default().to_owned()
}
