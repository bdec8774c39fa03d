//! Where a try stands: homes that are copied for it, commands that are run in it, and what the log says after it.

use super::{
    machine::{Deed, Ended, How, Machine, Program, Step, Strike},
    tally::{Failure, Wrong},
};
use crate::support;
use serde_json::Value;
use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    fs,
    path::{Path, PathBuf},
    sync::{Arc, Mutex, OnceLock},
};

/// The most memory that a command may hold, KiB: many times what it needs.
const MEMORY: u64 = 400 << 10;
/// The most address space, bytes, so that a command that takes all memory harms nobody else.
const SPACE: u64 = 3 << 29;
/// The largest file that a command may write, bytes; none needs one of that size.
const LARGEST: u64 = 256 << 20;

/// Numbers that look random and are the same for the same seed (SplitMix64).
#[derive(Clone, Debug)]
pub(crate) struct Dice(u64);

impl Dice {
    /// From a seed.
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// The next number.
    pub(crate) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut x = self.0;
        x = (x ^ (x >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        x = (x ^ (x >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        x ^ (x >> 31)
    }

    /// A number below `limit`; 0 where that is 0.
    pub(crate) fn below(&mut self, limit: u64) -> u64 {
        if limit == 0 { 0 } else { self.next() % limit }
    }

    /// One of these.
    pub(crate) fn of<'a, T>(&mut self, all: &'a [T]) -> &'a T {
        &all[self.below(all.len() as u64) as usize]
    }

    /// Whether, in so many of a hundred times.
    pub(crate) fn chance(&mut self, percent: u64) -> bool {
        self.below(100) < percent
    }
}

/// A home with a case in it, that tries begin with.
#[derive(Debug)]
pub(crate) struct Template {
    home: PathBuf,
    /// The name of the case's folder; empty where there is none.
    pub(crate) case: String,
    /// Its entries.
    pub(crate) rows: Rows,
}

/// Which home a try begins with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Start {
    /// None at all.
    Empty,
    /// A case without a playbook, with a note and an item of evidence.
    Small,
    /// A case that the ransomware playbook leads.
    Led,
    /// As [`Start::Small`], but a process was killed right after its last entry: the write-ahead log is left.
    Hot,
    /// As [`Start::Small`], but a process was killed as it closed the case: SQLite's rollback journal is left.
    Journal,
}

/// What all tries share.
pub(crate) struct Bench {
    pub(crate) machine: Machine,
    templates: BTreeMap<Start, Template>,
    _folder: tempfile::TempDir,
    plans: Mutex<HashMap<String, Plan>>,
}

/// Steps that are found out once.
type Plan = Arc<OnceLock<Arc<Vec<Step>>>>;

/// Runs a try.
type Run = Box<dyn Fn(&Bench, &mut Trial) + Send + Sync>;

impl Bench {
    /// Makes the homes that tries begin with.
    pub(crate) fn prepare(machine: Machine) -> Self {
        let folder = machine.folder();
        let mut bench = Self { machine, templates: BTreeMap::new(), _folder: folder, plans: Mutex::default() };
        for start in [Start::Empty, Start::Small, Start::Led, Start::Hot, Start::Journal] {
            let template = bench.make_template(start);
            bench.templates.insert(start, template);
        }
        bench
    }

    fn make_template(&self, start: Start) -> Template {
        let world = World::empty(&self.machine);
        let mut silent = Trial::new(String::new(), 0, 0);
        let mut ok = |arguments: &[&str]| {
            let ended = world.run(&mut silent, world.carecert().arguments(arguments));
            assert_eq!(ended.how, How::Exit(0), "{}: {}{}", ended.shown, ended.out, ended.err);
            ended
        };
        match start {
            Start::Empty => {}
            Start::Small | Start::Hot | Start::Journal => {
                ok(&["new", "--title", "Wards cannot log in"]);
                let case = world.only_case();
                ok(&["note", &case, "Theatre 2 finishing list on paper"]);
                let source = world.source("ransom.txt", b"pay us in 72 hours");
                ok(&["evidence", "add", &case, source.to_str().unwrap(), "--source", "WARD7-PC3"]);
            }
            Start::Led => {
                ok(&["new", "--title", "Wards cannot log in", "--playbook", "ransomware"]);
                let case = world.only_case();
                ok(&["note", &case, "Theatre 2 finishing list on paper"]);
            }
        }
        let case = if start == Start::Empty { String::new() } else { world.only_case() };
        // Killed as it answers, and as it takes away the last journal.
        let last =
            |steps: &[Step], fits: &dyn Fn(&Step) -> bool| steps.iter().rev().find(|step| fits(step)).unwrap().number;
        if matches!(start, Start::Hot | Start::Journal) {
            let program = world.carecert().arguments(["note", &case, "the last before the kill"]).groups("wua");
            let steps = {
                let other = World::copy_of(&self.machine, &world.home, &case);
                let program = other.carecert().arguments(["note", &case, "the last before the kill"]).groups("wua");
                other.run(&mut silent, program.listed()).list
            };
            let at = match start {
                Start::Hot => last(&steps, &|step| step.group == 'a') + 1,
                _ => last(&steps, &|step| step.path.to_string_lossy().ends_with("-journal") && step.group == 'u'),
            };
            let struck = program.struck(Strike::once(at, Deed::Kill));
            assert_eq!(world.run(&mut silent, struck).how, How::Signal(9));
        }
        let rows = if case.is_empty() { Rows::default() } else { world.rows(&mut silent, &case).unwrap() };
        let home = self._folder.path().join(format!("{start:?}"));
        if world.home.exists() {
            support::copy(&world.home, &home);
        }
        Template { home, case, rows }
    }

    /// A home to begin with.
    pub(crate) fn template(&self, start: Start) -> &Template {
        &self.templates[&start]
    }

    /// A copy of a home for one try.
    pub(crate) fn world(&self, start: Start) -> World {
        let template = self.template(start);
        World::copy_of(&self.machine, &template.home, &template.case)
    }

    /// The steps of something, found out once.
    pub(crate) fn plan(&self, name: &str, find: impl FnOnce() -> Vec<Step>) -> Arc<Vec<Step>> {
        let cell = self.plans.lock().unwrap().entry(name.to_owned()).or_default().clone();
        cell.get_or_init(|| Arc::new(find())).clone()
    }
}

/// A folder of one try: the program's home, sources of evidence, exports, and a folder for temporary files.
pub(crate) struct World {
    fault: Program,
    folder: tempfile::TempDir,
    /// What `CARECERT_HOME` says.
    pub(crate) home: PathBuf,
    /// The name of the case's folder.
    pub(crate) case: String,
}

/// The program's home below the folder of a try: the folders above it are not there before the first case.
const HOME: &str = "disk/stick/carecert";

impl World {
    fn empty(machine: &Machine) -> Self {
        Self::at(machine, machine.folder())
    }

    fn at(machine: &Machine, folder: tempfile::TempDir) -> Self {
        for name in ["disk", "out", "src", "tmp", "notes"] {
            fs::create_dir(folder.path().join(name)).unwrap();
        }
        let home = folder.path().join(HOME);
        let fault = machine.program(support::CARECERT);
        Self { fault, folder, home, case: String::new() }
    }

    fn copy_of(machine: &Machine, home: &Path, case: &str) -> Self {
        let mut world = Self::empty(machine);
        if home.exists() {
            support::copy(home, &world.home);
        }
        case.clone_into(&mut world.case);
        world
    }

    /// The whole folder of the try.
    pub(crate) fn root(&self) -> &Path {
        self.folder.path()
    }

    /// What stands for a disk: the home is below it.
    pub(crate) fn disk(&self) -> PathBuf {
        self.root().join("disk")
    }

    /// Where exports go.
    pub(crate) fn out(&self) -> PathBuf {
        self.root().join("out")
    }

    /// The folder for temporary files.
    pub(crate) fn tmp(&self) -> PathBuf {
        self.root().join("tmp")
    }

    /// Where reports and lists of runs stand.
    pub(crate) fn notes(&self) -> PathBuf {
        self.root().join("notes")
    }

    /// The case's folder.
    pub(crate) fn folder(&self) -> PathBuf {
        self.home.join("cases").join(&self.case)
    }

    /// A file of the case.
    pub(crate) fn file(&self, name: &str) -> PathBuf {
        self.folder().join(name)
    }

    /// Makes a file outside the home.
    pub(crate) fn source(&self, name: &str, bytes: &[u8]) -> PathBuf {
        let path = self.root().join("src").join(name);
        fs::write(&path, bytes).unwrap();
        path
    }

    /// The names of the folders of all cases; one that is still being made is none.
    pub(crate) fn cases(&self) -> Vec<String> {
        let folders = fs::read_dir(self.home.join("cases")).into_iter().flatten().flatten();
        let mut names: Vec<String> = folders.map(|entry| entry.file_name().to_string_lossy().into_owned()).collect();
        let has = |name: &str, file: &str| self.home.join("cases").join(name).join(file).exists();
        let is_case = |name: &str| has(name, "case.sqlite3") || has(name, "case.heads");
        names.retain(|name| !name.starts_with('.') && is_case(name) && !has(name, ".making"));
        names.sort();
        names
    }

    fn only_case(&self) -> String {
        let cases = self.cases();
        assert_eq!(cases.len(), 1, "{cases:?}");
        cases[0].clone()
    }

    /// The program, with its home here and nothing of this machine's own settings; its steps are the calls on files of
    /// the home and of the exports.
    pub(crate) fn carecert(&self) -> Program {
        self.settings(self.fault.clone())
    }

    /// Another program, in the same settings.
    pub(crate) fn other(&self, path: &str) -> Program {
        self.settings(self.fault.clone().in_place_of(path))
    }

    fn settings(&self, program: Program) -> Program {
        program
            .variable("CARECERT_HOME", &self.home)
            .variable("CARECERT_BY", "A. Osei")
            .variable("HOME", self.root())
            .variable("TMPDIR", self.tmp())
            .variable("TZ", "Europe/London")
            .below(&self.disk())
            .below(&self.out())
            .folder(self.root())
            .bounded(SPACE, LARGEST)
    }

    /// Runs a program, and tells the try of it. A panic, a crash, an endless run and one that takes too much memory are
    /// noted as failures.
    pub(crate) fn run(&self, trial: &mut Trial, program: Program) -> Ended {
        let ended = program.run(&self.notes());
        trial.tell(&ended);
        ended
    }

    /// Runs a command of the program.
    pub(crate) fn command<T: AsRef<std::ffi::OsStr>>(
        &self,
        trial: &mut Trial,
        arguments: impl IntoIterator<Item = T>,
    ) -> Ended {
        self.run(trial, self.carecert().arguments(arguments))
    }

    /// Every entry of a case, by `log --json`; the error is what the command said.
    pub(crate) fn rows(&self, trial: &mut Trial, case: &str) -> Result<Rows, String> {
        let ended = self.command(trial, ["log", case, "--json"]);
        if ended.how != How::Exit(0) {
            return Err(format!("log: {:?}: {}", ended.how, ended.err.trim()));
        }
        Rows::read(&ended.out)
    }

    /// Files that stand in the home, the exports or the folder for temporary files and that no clean command leaves.
    pub(crate) fn leftovers(&self) -> Vec<String> {
        let mut left = Vec::new();
        for path in self.files() {
            let name = path.rsplit('/').next().unwrap_or(&path);
            let evidence =
                path.contains("/evidence/") && name.len() == 64 && name.bytes().all(|c| c.is_ascii_hexdigit());
            let ours = ["case.sqlite3", "case.heads", "case.lock", "console.id", "console.lock"];
            let config = path.starts_with("home/config/") && name.ends_with(".ron");
            let state = path.starts_with("home/drafts/") || path.starts_with("home/clocks/");
            let state = state && !name.starts_with('.');
            let out = path.starts_with("out/") && !name.starts_with('.');
            if !(evidence || ours.contains(&name) || config || state || out) {
                left.push(path);
            }
        }
        left
    }

    /// Every file of the home, the exports and the folder for temporary files.
    fn files(&self) -> BTreeSet<String> {
        let mut files = BTreeSet::new();
        for (top, name) in [(&self.home, "home"), (&self.out(), "out"), (&self.tmp(), "tmp")] {
            list_files(top, name, &mut files);
        }
        files
    }
}

fn list_files(folder: &Path, name: &str, files: &mut BTreeSet<String>) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let name = format!("{name}/{}", entry.file_name().to_string_lossy());
        let is_folder = entry.file_type().is_ok_and(|kind| kind.is_dir());
        if !is_folder {
            files.insert(name);
            continue;
        }
        // A folder of a case that has no name yet is a leftover as a whole.
        if entry.file_name().to_string_lossy().starts_with('.') {
            files.insert(format!("{name}/"));
        }
        list_files(&entry.path(), &name, files);
    }
}

/// Whether a file's name is one of those that the program or SQLite gives to what it has not finished.
pub(crate) fn is_known_leftover(path: &str) -> bool {
    let name = path.trim_end_matches('/').rsplit('/').next().unwrap_or(path);
    let beginnings = [".part-", ".export-", ".making", ".write-", "carecert-copy-", "damaged-", "exports/folder-"];
    let endings = ["-wal", "-shm", "-journal"];
    let inside = |beginning: &&str| path.contains(&format!("/{beginning}"));
    beginnings.iter().any(inside) || endings.iter().any(|ending| name == format!("case.sqlite3{ending}"))
}

/// An entry as `log --json` tells it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Row {
    /// Such as A17.
    pub(crate) cite: String,
    /// Its hash.
    pub(crate) hash: String,
    /// Such as `note`.
    pub(crate) kind: String,
    /// What it says, as JSON.
    pub(crate) data: Value,
}

/// The entries of a case.
#[derive(Clone, Debug, Default)]
pub(crate) struct Rows(pub(crate) Vec<Row>);

impl Rows {
    /// Reads what `log --json` prints.
    pub(crate) fn read(text: &str) -> Result<Self, String> {
        let rows: Vec<Value> = serde_json::from_str(text).map_err(|why| format!("log --json is not JSON: {why}"))?;
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        let row = |row: Value| Row {
            cite: text(&row["entry"]),
            hash: text(&row["hash"]),
            kind: text(&row["record"]["type"]),
            data: row["record"]["data"].clone(),
        };
        Ok(Self(rows.into_iter().map(row).collect()))
    }

    /// Whether an entry of that citation and hash is there.
    pub(crate) fn has(&self, wanted: &Row) -> bool {
        self.0.iter().any(|row| row.cite == wanted.cite && row.hash == wanted.hash)
    }

    /// The entries that the other lacks.
    pub(crate) fn without(&self, other: &Self) -> Vec<Row> {
        self.0.iter().filter(|row| !other.has(row)).cloned().collect()
    }

    /// The entry that is cited.
    pub(crate) fn cited(&self, cite: &str) -> Option<&Row> {
        self.0.iter().find(|row| row.cite == cite)
    }
}

/// Whether all the damage that `verify` names is damage that an entry tells of: the program saw it and said so.
pub(crate) fn tells_recorded_damage(out: &str) -> bool {
    let mut damage = out.lines().map(str::trim_start).filter(|line| line.starts_with("DAMAGE ")).peekable();
    damage.peek().is_some() && damage.all(|line| line.contains(" records damage: "))
}

/// What was acknowledged: the citations after `recorded` on standard output.
pub(crate) fn acknowledged(out: &str) -> Vec<String> {
    let mut cites = Vec::new();
    for line in out.lines() {
        // A line that was cut off acknowledges nothing.
        let Some(rest) = line.strip_prefix("recorded ") else { continue };
        for word in rest.split_whitespace() {
            let cite = word.trim_end_matches(',');
            let letters = cite.trim_end_matches(|c: char| c.is_ascii_digit());
            let number = &cite[letters.len()..];
            if letters.is_empty() || number.is_empty() || !letters.chars().all(|c| c.is_ascii_uppercase()) {
                break;
            }
            cites.push(cite.to_owned());
            if !word.ends_with(',') {
                break;
            }
        }
    }
    cites
}

/// One try: its numbers, and what it came to.
pub(crate) struct Trial {
    scenario: String,
    seed: u64,
    /// Which try of its scenario it is, from 0.
    pub(crate) number: u64,
    /// Numbers of its own.
    pub(crate) dice: Dice,
    /// How many entries or items were acknowledged in it.
    pub(crate) acknowledged: u64,
    offset: u64,
    failures: Vec<Failure>,
    story: String,
}

impl Trial {
    /// A try of a scenario.
    pub(crate) fn new(scenario: String, number: u64, seed: u64) -> Self {
        let mix = |mixed: u64, byte: u8| (mixed ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        let mut scenarios = Dice::new(scenario.bytes().fold(seed, mix));
        let offset = scenarios.next();
        let dice = Dice::new(scenarios.next() ^ number);
        let (failures, story) = (Vec::new(), String::new());
        Self { scenario, seed, number, dice, acknowledged: 0, offset, failures, story }
    }

    /// A place among `count`: as the tries of a scenario go on, every place is chosen once before one is again, and the
    /// first few are spread over all of them.
    pub(crate) fn pick(&self, count: usize) -> usize {
        let count = count as u64;
        if count < 2 {
            return 0;
        }
        let mut stride = (count as f64 * 0.618_034) as u64;
        while stride < 1 || common_divisor(stride, count) != 1 {
            stride += 1;
        }
        ((u128::from(self.number) * u128::from(stride) + u128::from(self.offset)) % u128::from(count)) as usize
    }

    /// Notes something that a reader of a failure needs to repeat it.
    pub(crate) fn note(&mut self, text: &str) {
        self.story.push_str(text);
        self.story.push('\n');
    }

    /// Notes that the try failed.
    pub(crate) fn fail(&mut self, wrong: Wrong, what: impl Into<String>) {
        let what = what.into();
        // A crash has no right status to hold it against.
        let crashed = self.failures.iter().any(|known| known.wrong == Wrong::Panic);
        if crashed && wrong == Wrong::Status && (what.contains("ended with") || what.starts_with("exit 101")) {
            return;
        }
        if self.failures.iter().any(|known| known.wrong == wrong && known.what == what) {
            return;
        }
        self.failures.push(Failure {
            name: format!("{}#{}", self.scenario, self.number),
            seed: self.seed,
            wrong,
            what,
            story: String::new(),
        });
    }

    /// Notes that the try failed unless `holds`.
    pub(crate) fn check(&mut self, holds: bool, wrong: Wrong, what: impl FnOnce() -> String) {
        if !holds {
            self.fail(wrong, what());
        }
    }

    /// Whether it failed so far.
    pub(crate) fn failed(&self) -> bool {
        !self.failures.is_empty()
    }

    /// Tells of a program that was run, and notes what is always wrong.
    pub(crate) fn tell(&mut self, ended: &Ended) {
        let how = match ended.how {
            How::Exit(status) => format!("exit {status}"),
            How::Signal(number) => format!("ended by signal {number}"),
            How::Never => "NEVER ENDED".to_owned(),
        };
        let head = format!("$ {}\n  {how} after {} ms, {} KiB\n", ended.shown, ended.millis, ended.memory);
        let (out, err) = (&ended.out, &ended.err);
        self.story.push_str(&head);
        let mut cut = |name: &str, text: &str| {
            let most = if ended.how == How::Never {
                4000
            } else if text.starts_with(['[', '{']) {
                250
            } else {
                700
            };
            let shown: String = text.chars().take(most).collect();
            if !shown.trim().is_empty() {
                let shown = shown.trim_end().replace('\n', "\n    ");
                self.story.push_str(&format!("  {name}: {shown}\n"));
            }
        };
        cut("out", out);
        cut("err", err);
        let command = command_of(&ended.shown);
        if ended.how == How::Never {
            self.fail(Wrong::Never, format!("{command} did not end within {} s", ended.millis / 1000));
        }
        let crash = [4, 6, 7, 8, 11, 25];
        let crashed = match ended.how {
            How::Exit(status) => [101, 134, 139].contains(&status),
            How::Signal(number) => crash.contains(&number),
            How::Never => false,
        };
        if crashed || ended.err.contains("panicked at") || ended.out.contains("panicked at") {
            self.fail(Wrong::Panic, format!("{command} panicked or crashed: {how}"));
        }
        if ended.memory > MEMORY {
            self.fail(Wrong::Greedy, format!("{command} held {} MiB of memory", ended.memory >> 10));
        }
    }

    /// What happened so far.
    pub(crate) fn story(&self) -> &str {
        &self.story
    }

    /// What it came to: acknowledged entries and failures, each with the story so far.
    pub(crate) fn finish(mut self) -> (u64, Vec<Failure>) {
        let story = std::mem::take(&mut self.story);
        self.failures.iter_mut().for_each(|failure| failure.story.clone_from(&story));
        (self.acknowledged, self.failures)
    }
}

fn common_divisor(a: u64, b: u64) -> u64 {
    if b == 0 { a } else { common_divisor(b, a % b) }
}

/// The words of a command line that say what was asked: `evidence add`.
fn command_of(shown: &str) -> String {
    let words = shown.split_whitespace().skip_while(|word| word.contains('=') || !word.ends_with("carecert"));
    let words = words.skip(1).take_while(|word| word.chars().all(|c| c.is_ascii_lowercase()));
    let words: Vec<&str> = words.take(2).collect();
    if words.is_empty() { "the console".to_owned() } else { words.join(" ") }
}

/// A scenario: something that is tried again and again, each time at another place.
pub(crate) struct Scenario {
    /// Kind and scenario: `kill/note`.
    pub(crate) name: String,
    /// How many tries the small size has.
    pub(crate) few: u64,
    /// Runs a try.
    pub(crate) run: Run,
}

impl Scenario {
    /// A scenario with so many tries in the small size.
    pub(crate) fn new(name: String, few: u64, run: impl Fn(&Bench, &mut Trial) + Send + Sync + 'static) -> Self {
        Self { name, few, run: Box::new(run) }
    }
}
