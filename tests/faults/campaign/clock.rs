//! Clocks that are wrong, clocks that jump, time zones that are odd or not there, and the days on which they change.

use super::{
    acts::{Act, act, first_line, judge_evidence},
    bench::{Bench, Scenario, Start, Trial, World, acknowledged},
    machine::{Ended, How, Program, SOON},
    tally::{Tally, Wrong},
};
use crate::support;
use std::sync::OnceLock;

/// Moments (UTC) that a clock may show.
const MOMENTS: &[&str] = &[
    "1901-12-13 20:45:52",
    "1903-06-01 12:00:00",
    "1969-12-31 23:59:58",
    "1970-01-01 00:00:00",
    "1980-01-01 00:00:00",
    "2000-02-29 12:00:00",
    "2016-12-31 23:59:59",
    "2026-03-29 00:59:58",
    "2026-10-25 00:59:58",
    "2038-01-19 03:14:06",
    "2106-02-07 06:28:14",
    "2262-04-11 23:47:15",
    "3000-01-01 00:00:00",
    "9999-12-31 23:59:57",
];

/// Values of `TZ`; `None` is none at all.
const ZONES: &[(&str, Option<&str>)] = &[
    ("unset", None),
    ("empty", Some("")),
    ("london", Some("Europe/London")),
    ("colon", Some(":Europe/London")),
    ("missing", Some("Nowhere/Land")),
    ("missing-colon", Some(":Nowhere/Land")),
    ("no-file", Some("/no/such/file")),
    ("zero", Some("/dev/zero")),
    ("zero-colon", Some(":/dev/zero")),
    ("null", Some("/dev/null")),
    ("folder", Some("/")),
    ("up", Some("../../../etc/passwd")),
    ("posix", Some("GMT0BST,M3.5.0/1,M10.5.0")),
    ("posix-far", Some("AAA+99BBB+99,J1/0,J365/167")),
    ("half", Some("<+0530>-5:30")),
    ("apia", Some("Pacific/Apia")),
    ("troll", Some("Antarctica/Troll")),
    ("monrovia", Some("Africa/Monrovia")),
    ("word", Some("X")),
    ("line", Some("Europe/London\nX")),
    ("escape", Some("\u{1b}]52;c;UFdO\u{7}")),
];

/// Commands that read.
const LOOKS: &[(&str, &[&str])] = &[
    ("status", &["status", "CASE"]),
    ("log", &["log", "CASE"]),
    ("log-json", &["log", "CASE", "--json"]),
    ("cases", &["cases"]),
    ("handover", &["handover", "CASE"]),
    ("verify", &["verify", "CASE"]),
    ("clocks", &["clock", "list", "CASE"]),
    ("why", &["why", "CASE"]),
];

/// Commands that record, with times in them.
const TIMED: &[(&str, &[&str])] = &[
    ("occurred", &["note", "CASE", "x", "--occurred", "-20m"]),
    ("today", &["note", "CASE", "x", "--occurred", "00:00"]),
    ("yesterday", &["note", "CASE", "x", "--occurred", "yesterday 23:59"]),
    ("far", &["note", "CASE", "x", "--occurred", "-999999999999m"]),
    ("aware", &["clock", "start", "CASE", "ico-72h", "--aware", "-30m"]),
    ("compared", &["clock", "check", "CASE", "--reads", "00:00:01", "--reference", "speaking clock"]),
    ("started", &["step", "CASE", "take-lead", "start"]),
];

/// Every scenario of this kind; none where the clock cannot be faked.
pub(crate) fn scenarios(tally: &mut Tally) -> Vec<Scenario> {
    if std::process::Command::new("faketime").arg("--version").output().is_err() {
        assert!(std::env::var_os("CI").is_none(), "faketime is missing");
        tally.skip("clock", "faketime is not here");
        return Vec::new();
    }
    let mut all = Vec::new();
    for name in [
        "note",
        "evidence",
        "new",
        "step",
        "export-bundle",
        "export-html",
        "export-md",
        "export-csv",
        "handover",
        "close",
    ] {
        let act = act(name);
        all.push(Scenario::new(format!("clock/act/{name}"), 3, move |bench, trial| act_at(bench, trial, act)));
    }
    for (name, arguments) in LOOKS {
        all.push(Scenario::new(format!("clock/look/{name}"), 3, move |bench, trial| look_at(bench, trial, arguments)));
    }
    for (name, arguments) in TIMED {
        all.push(Scenario::new(format!("clock/timed/{name}"), 4, move |bench, trial| {
            record_at(bench, trial, arguments)
        }));
    }
    for (name, zone) in ZONES {
        all.push(Scenario::new(format!("clock/zone/{name}"), 2, move |bench, trial| {
            in_zone(bench, trial, name, *zone)
        }));
    }
    all.push(Scenario::new("clock/jumps".to_owned(), 6, jumps));
    for (place, _) in STATED.iter().enumerate() {
        all.push(Scenario::new(format!("clock/stated/{place}"), 1, move |bench, trial| {
            state_time(bench, trial, place)
        }));
    }
    all.push(Scenario::new("clock/change/rows".to_owned(), 1, rows_over_change));
    all.push(Scenario::new("clock/change/deadline".to_owned(), 1, deadline_over_change));
    all
}

/// The program where the clock shows that moment (UTC) and goes on from there.
fn at(world: &World, moment: &str, zone: Option<&str>, program: &[String]) -> Program {
    let wanted = chrono::NaiveDateTime::parse_from_str(moment, "%Y-%m-%d %H:%M:%S").unwrap().and_utc();
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap();
    // As an offset: a moment would be read in the zone of the program.
    let offset = wanted.timestamp() - now.as_secs() as i64;
    let mut arguments = vec![format!("LD_PRELOAD={}", faker()), format!("FAKETIME={offset:+}")];
    match zone {
        Some(zone) => arguments.push(format!("TZ={zone}")),
        None => arguments.extend(["-u".to_owned(), "TZ".to_owned()]),
    }
    arguments.push(support::CARECERT.to_owned());
    arguments.extend(program.iter().cloned());
    world.other("env").arguments(arguments).limit(SOON)
}

/// The library that fakes the clock, as `faketime` itself names it: without that program around it, for many of them at
/// once get into each other's way.
fn faker() -> &'static str {
    static FOUND: OnceLock<String> = OnceLock::new();
    FOUND.get_or_init(|| {
        let output = std::process::Command::new("faketime").args(["-f", "+0", "env"]).output().unwrap();
        let text = String::from_utf8_lossy(&output.stdout).into_owned();
        text.lines().find_map(|line| line.strip_prefix("LD_PRELOAD=")).unwrap_or_default().to_owned()
    })
}

fn with_case(world: &World, arguments: &[&str]) -> Vec<String> {
    arguments.iter().map(|word| if *word == "CASE" { world.case.clone() } else { (*word).to_owned() }).collect()
}

/// No crash; the status is what happened; nothing is lost; the case is intact by any clock.
fn judge(bench: &Bench, trial: &mut Trial, world: &World, start: Start, ended: &Ended, reads: bool) {
    match ended.how {
        How::Exit(0) | How::Never => {}
        How::Exit(1) if !reads => {
            trial.check(ended.err.contains("carecert: "), Wrong::Status, || "exit 1 without a reason".to_owned());
        }
        How::Exit(status) if reads => {
            let said = first_line(&ended.err, &ended.out);
            trial.fail(Wrong::Status, format!("exit {status}, and all of it can be read: {said}"));
        }
        how => trial.fail(Wrong::Status, format!("ended with {how:?}")),
    }
    if world.case.is_empty() {
        return;
    }
    trial.note("-- by the right clock:");
    let cites = acknowledged(&ended.out);
    trial.acknowledged += cites.len() as u64;
    let before = &bench.template(start).rows;
    match world.rows(trial, &world.case) {
        Ok(rows) => {
            let lost = before.without(&rows).len();
            trial.check(lost == 0, Wrong::Lost, || "entries that stood before are gone".to_owned());
            let gone = cites.iter().any(|cite| rows.cited(cite).is_none());
            trial.check(!gone, Wrong::Lost, || "acknowledged, and not there".to_owned());
            let there = rows.0.len() > before.0.len();
            trial.check(!(there && ended.how == How::Exit(1)), Wrong::Status, || {
                "exit 1, and an entry is there".to_owned()
            });
            judge_evidence(trial, world, &rows);
        }
        Err(why) => trial.fail(Wrong::Lost, format!("the log cannot be read: {why}")),
    }
    let verified = world.command(trial, ["verify", &world.case]);
    trial.check(verified.how == How::Exit(0), Wrong::Status, || {
        format!("verify does not find it intact: {}", first_line(&verified.out, &verified.err))
    });
    let next = world.command(trial, ["note", &world.case, "and it goes on"]);
    trial.check(next.how == How::Exit(0), Wrong::Status, || {
        format!("the next note fails: {}", first_line(&next.err, ""))
    });
}

fn act_at(bench: &Bench, trial: &mut Trial, act: &'static Act) {
    let world = bench.world(act.start);
    let moment = MOMENTS[trial.pick(MOMENTS.len())];
    let ended = world.run(trial, at(&world, moment, Some("Europe/London"), &act.words(&world)));
    if let (Some(name), How::Exit(0)) = (act.writes, ended.how) {
        let path = world.out().join(name);
        trial.check(path.exists(), Wrong::Lost, || format!("exit 0, and {name} is not there"));
        if name.ends_with(".zip") {
            let verified = world.command(trial, ["verify".as_ref(), path.as_os_str()]);
            let said = first_line(&verified.out, &verified.err);
            trial
                .check(verified.how == How::Exit(0), Wrong::Status, || format!("its own bundle is not intact: {said}"));
        }
    }
    if act.records.is_empty() {
        let made = ended.out.trim().to_owned();
        if ended.how == How::Exit(0) {
            let verified = world.command(trial, ["verify", &made]);
            trial.check(verified.how == How::Exit(0), Wrong::Status, || "the new case is not intact".to_owned());
        }
    }
    judge(bench, trial, &world, act.start, &ended, false);
}

fn look_at(bench: &Bench, trial: &mut Trial, arguments: &[&str]) {
    let world = bench.world(Start::Led);
    let moment = MOMENTS[trial.pick(MOMENTS.len())];
    let ended = world.run(trial, at(&world, moment, Some("Europe/London"), &with_case(&world, arguments)));
    judge(bench, trial, &world, Start::Led, &ended, true);
}

fn record_at(bench: &Bench, trial: &mut Trial, arguments: &[&str]) {
    let world = bench.world(Start::Led);
    let moment = MOMENTS[trial.pick(MOMENTS.len())];
    let ended = world.run(trial, at(&world, moment, Some("Europe/London"), &with_case(&world, arguments)));
    judge(bench, trial, &world, Start::Led, &ended, false);
}

fn in_zone(bench: &Bench, trial: &mut Trial, name: &str, zone: Option<&str>) {
    let world = bench.world(Start::Led);
    let reads = trial.number % 2 == 1;
    let arguments: &[&str] = if reads { LOOKS[trial.pick(LOOKS.len())].1 } else { TIMED[0].1 };
    let mut program = world.carecert().arguments(with_case(&world, arguments)).limit(SOON);
    program = match zone {
        Some(zone) => program.variable("TZ", zone),
        None => program.without("TZ"),
    };
    let ended = world.run(trial, program);
    // Where local times are told, or were meant.
    let tells = !reads || ended.out.contains("+00:00");
    if name.starts_with("missing") && ended.how == How::Exit(0) && tells {
        let said = ended.err.contains("Nowhere/Land") || ended.err.contains("zone");
        trial.check(said, Wrong::Status, || "a zone that is not installed is taken for UTC in silence".to_owned());
    }
    // A name that is refused is a reason not to go on, where it is said.
    let refused = ended.how == How::Exit(1) && ended.err.contains("zone");
    judge(bench, trial, &world, Start::Led, &ended, reads && !refused);
}

/// The clock jumps between commands: what was acknowledged stays, in its order, and a jump back is noticed.
fn jumps(bench: &Bench, trial: &mut Trial) {
    let world = bench.world(Start::Small);
    let mut cites = Vec::new();
    let mut before: Option<usize> = None;
    for round in 0..4 {
        let place = trial.dice.below(MOMENTS.len() as u64) as usize;
        let text = format!("round {round}");
        let words = with_case(&world, &["note", "CASE", &text]);
        let ended = world.run(trial, at(&world, MOMENTS[place], Some("Europe/London"), &words));
        match ended.how {
            How::Exit(0 | 1) | How::Never => {}
            how => trial.fail(Wrong::Status, format!("ended with {how:?}")),
        }
        let own = acknowledged(&ended.out);
        trial.acknowledged += own.len() as u64;
        if before.is_some_and(|before| place < before) && !own.is_empty() {
            let rows = world.rows(trial, &world.case).unwrap_or_default();
            let noticed = ended.err.contains("clock") || rows.0.iter().any(|row| row.kind == "clock.jumped");
            trial.check(noticed, Wrong::Status, || {
                "a clock that went back since the last entry is not noticed".to_owned()
            });
        }
        if !own.is_empty() {
            before = Some(place);
        }
        cites.extend(own);
    }
    match world.rows(trial, &world.case) {
        Ok(rows) => {
            let places: Vec<Option<usize>> =
                cites.iter().map(|cite| rows.0.iter().position(|row| row.cite == *cite)).collect();
            trial.check(places.iter().all(Option::is_some), Wrong::Lost, || "acknowledged, and not there".to_owned());
            trial.check(places.is_sorted(), Wrong::Lost, || "the entries stand in another order".to_owned());
        }
        Err(why) => trial.fail(Wrong::Lost, format!("the log cannot be read: {why}")),
    }
    let verified = world.command(trial, ["verify", &world.case]);
    trial.check(verified.how == How::Exit(0), Wrong::Status, || {
        format!("verify does not find it intact: {}", first_line(&verified.out, ""))
    });
}

/// Now (UTC), the time as it is stated, and what it means (UTC): one of these, or a question where it is none or two.
const STATED: &[(&str, &str, &[&str])] = &[
    ("2026-10-25 09:00:00", "yesterday 14:05", &["2026-10-24T13:05:00"]),
    ("2026-03-29 09:00:00", "yesterday 14:05", &["2026-03-28T14:05:00"]),
    ("2026-10-25 09:00:00", "00:30", &["2026-10-24T23:30:00"]),
    ("2026-10-25 09:00:00", "02:30", &["2026-10-25T02:30:00"]),
    ("2026-10-25 09:00:00", "01:30", &["2026-10-25T00:30:00", "2026-10-25T01:30:00", "asked"]),
    ("2026-03-29 09:00:00", "00:30", &["2026-03-29T00:30:00"]),
    ("2026-03-29 09:00:00", "02:30", &["2026-03-29T01:30:00"]),
    ("2026-03-29 09:00:00", "01:30", &["2026-03-29T00:30:00", "2026-03-29T01:30:00", "asked"]),
    ("2026-10-26 00:10:00", "yesterday 00:30", &["2026-10-24T23:30:00"]),
    ("2026-03-30 00:10:00", "yesterday 00:30", &["2026-03-29T00:30:00"]),
    ("2026-10-25 00:30:00", "01:10", &["2026-10-25T00:10:00", "asked"]),
    ("2026-10-25 01:30:00", "01:10", &["2026-10-25T01:10:00", "2026-10-25T00:10:00", "asked"]),
];

fn state_time(bench: &Bench, trial: &mut Trial, place: usize) {
    let (now, text, means) = STATED[place];
    let world = bench.world(Start::Small);
    let words = with_case(&world, &["note", "CASE", "told later", "--occurred", text]);
    let ended = world.run(trial, at(&world, now, Some("Europe/London"), &words));
    if ended.how == How::Exit(1) {
        trial.check(means.contains(&"asked"), Wrong::Status, || {
            format!("{text:?} is refused: {}", first_line(&ended.err, ""))
        });
        return;
    }
    let read = world.command(trial, ["log", &world.case, "--json"]);
    let rows: serde_json::Value = serde_json::from_str(&read.out).unwrap_or_default();
    let occurred = rows.as_array().and_then(|rows| rows.last()).map(|row| row["record"]["occurred"].to_string());
    let occurred = occurred.unwrap_or_default();
    trial.acknowledged += 1;
    trial.check(means.iter().any(|means| occurred.contains(means)), Wrong::Status, || {
        format!("{text:?} at {now} UTC in London is recorded as {occurred}, not {}", means.join(" or "))
    });
}

/// Entries on both sides of a change stand with the offset of their own moment, in every form.
fn rows_over_change(bench: &Bench, trial: &mut Trial) {
    let world = bench.world(Start::Empty);
    let london = Some("Europe/London");
    let words = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect::<Vec<_>>();
    let made =
        world.run(trial, at(&world, "2026-10-24 12:00:00", london, &words(&["new", "--title", "Over the change"])));
    let case = made.out.trim().to_owned();
    world.run(trial, at(&world, "2026-10-24 13:00:00", london, &words(&["note", &case, "in summer"])));
    world.run(trial, at(&world, "2026-10-25 13:00:00", london, &words(&["note", &case, "in winter"])));
    let log = world.run(trial, at(&world, "2026-10-25 13:10:00", london, &words(&["log", &case])));
    let line = |text: &str| log.out.lines().find(|line| line.contains(text)).unwrap_or_default().to_owned();
    let (summer, winter) = (line("in summer"), line("in winter"));
    trial.check(summer.contains("14:00") && summer.contains("+01:00"), Wrong::Status, || {
        format!("the log says {summer:?}")
    });
    trial.check(winter.contains("13:00") && winter.contains("+00:00"), Wrong::Status, || {
        format!("the log says {winter:?}")
    });
    for format in ["html", "md", "handover"] {
        let out = world.out().join(format!("x.{format}"));
        let words = words(&["export", &case, "--format", format, "--out", out.to_str().unwrap()]);
        world.run(trial, at(&world, "2026-10-25 13:20:00", london, &words));
        let text = std::fs::read_to_string(&out).unwrap_or_default();
        let wrong = text.contains("which was local time too");
        trial.check(!wrong, Wrong::Status, || format!("{format} says that UTC was local time"));
        if format != "handover" {
            let offsets = text.contains("+01:00") || text.contains("BST");
            trial.check(offsets, Wrong::Status, || format!("{format} does not say that there was another offset"));
        }
    }
}

/// A deadline on the other side of a change is said with the offset of its own moment.
fn deadline_over_change(bench: &Bench, trial: &mut Trial) {
    let world = bench.world(Start::Led);
    let london = Some("Europe/London");
    let aware = "2026-10-23T18:00+01:00";
    let words = with_case(&world, &["clock", "start", "CASE", "ico-72h", "--aware", aware, "--basis", "x"]);
    world.run(trial, at(&world, "2026-10-23 17:30:00", london, &words));
    for words in [&["clock", "list", "CASE"][..], &["status", "CASE"], &["handover", "CASE"]] {
        let told = world.run(trial, at(&world, "2026-10-24 09:00:00", london, &with_case(&world, words)));
        let wrong = told.out.lines().find(|line| line.contains("26 Oct") && line.contains("18:00"));
        let wrong = wrong.or_else(|| told.out.lines().find(|line| line.contains("2026-10-26 18:00")));
        trial.check(wrong.is_none(), Wrong::Status, || {
            format!("{} tells the deadline by the offset of now: {}", words[0], wrong.unwrap_or_default())
        });
    }
}
