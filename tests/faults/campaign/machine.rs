//! Runs programs under `fault.c`: with a watchdog, limits, a list of their file operations, and a fault at one of them.

use std::{
    ffi::{OsStr, OsString},
    fs::{self, File},
    os::unix::ffi::OsStrExt as _,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

/// Seconds after which a command that may wait for a lock (10 s) is taken to be one that never ends.
pub(crate) const PATIENCE: u64 = 30;
/// The same for a command that has nothing to wait for.
pub(crate) const SOON: u64 = 20;

thread_local! {
    /// Seconds that any program of this thread may take: less than it asks for where it is known never to end.
    static MOST: std::cell::Cell<u64> = const { std::cell::Cell::new(u64::MAX) };
}

/// Lets every program of this thread run for so many seconds at most; `None` for as long as it asks for.
pub(crate) fn limit_thread(seconds: Option<u64>) {
    MOST.set(seconds.unwrap_or(u64::MAX));
}

/// The compiled `fault.c`, and where the tries stand.
pub(crate) struct Machine {
    /// The program that runs others.
    pub(crate) fault: PathBuf,
    base: tempfile::TempDir,
}

impl Machine {
    /// Compiles what runs the programs; the error says why that cannot be done here.
    pub(crate) fn prepare() -> Result<Self, String> {
        let base = tempfile::Builder::new().prefix("campaign-").tempdir_in(fast_folder()).unwrap();
        let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/faults/campaign/fault.c");
        let fault = base.path().join("fault");
        let built = Command::new("cc").args(["-O1", "-o"]).arg(&fault).arg(&source).output();
        let built = built.map_err(|why| format!("a C compiler (cc) is not here: {why}"))?;
        if !built.status.success() {
            return Err(format!("cc does not compile fault.c: {}", String::from_utf8_lossy(&built.stderr)));
        }
        let machine = Self { fault, base };
        let tried = machine.program("true").below(Path::new("/")).groups("o").run(machine.base.path());
        match tried.how {
            How::Exit(0) => Ok(machine),
            how => Err(format!("processes cannot be traced here: {how:?} {}", tried.err)),
        }
    }

    /// A new empty folder.
    pub(crate) fn folder(&self) -> tempfile::TempDir {
        tempfile::tempdir_in(self.base.path()).unwrap()
    }

    /// A program to run.
    pub(crate) fn program(&self, path: impl Into<OsString>) -> Program {
        Program {
            fault: self.fault.clone(),
            path: path.into(),
            arguments: Vec::new(),
            variables: Vec::new(),
            stdin: None,
            folder: None,
            below: Vec::new(),
            groups: String::new(),
            list: List::No,
            strike: None,
            limit: PATIENCE,
            space: 0,
            largest: 0,
        }
    }
}

/// A folder in memory where there is a large one, else the system's own for temporary files.
fn fast_folder() -> PathBuf {
    let memory = Path::new("/dev/shm");
    let room = rustix::fs::statvfs(memory).map_or(0, |disk| disk.f_bavail.saturating_mul(disk.f_frsize));
    let writable = tempfile::tempdir_in(memory).is_ok();
    if writable && room > 1 << 30 { memory.to_owned() } else { std::env::temp_dir() }
}

/// What is done to a program.
#[derive(Clone, Debug)]
pub(crate) enum Deed {
    /// It is killed.
    Kill,
    /// It gets a signal.
    Signal(i32),
    /// The call fails with this error number and has no effect.
    Error(i32),
    /// The call writes half of what it should.
    Short,
    /// A command of the shell runs while it stands still.
    Run(String),
}

/// A deed at one step of a program.
#[derive(Clone, Debug)]
pub(crate) struct Strike {
    /// The step, from 1.
    pub(crate) at: u64,
    /// What is done.
    pub(crate) deed: Deed,
    /// The groups of calls that it is done to from then on too.
    pub(crate) on: &'static str,
}

impl Strike {
    /// The deed at that step only.
    pub(crate) fn once(at: u64, deed: Deed) -> Self {
        Self { at, deed, on: "" }
    }
}

/// How much of the steps is listed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum List {
    No,
    Steps,
    Data,
}

/// A program that is to be run.
#[derive(Clone, Debug)]
pub(crate) struct Program {
    fault: PathBuf,
    path: OsString,
    arguments: Vec<OsString>,
    variables: Vec<(OsString, OsString)>,
    stdin: Option<PathBuf>,
    folder: Option<PathBuf>,
    below: Vec<PathBuf>,
    groups: String,
    list: List,
    strike: Option<Strike>,
    limit: u64,
    space: u64,
    largest: u64,
}

impl Program {
    /// Another program in its place.
    pub(crate) fn in_place_of(mut self, path: &str) -> Self {
        self.path = path.into();
        self
    }

    /// With more arguments.
    pub(crate) fn arguments<T: AsRef<OsStr>>(mut self, arguments: impl IntoIterator<Item = T>) -> Self {
        self.arguments.extend(arguments.into_iter().map(|argument| argument.as_ref().to_owned()));
        self
    }

    /// With a variable of the environment, in place of the one that may be there.
    pub(crate) fn variable(mut self, name: &str, value: impl AsRef<OsStr>) -> Self {
        self.variables.retain(|(known, _)| known != name);
        self.variables.push((name.into(), value.as_ref().to_owned()));
        self
    }

    /// Without a variable.
    pub(crate) fn without(mut self, name: &str) -> Self {
        self.variables.retain(|(known, _)| known != name);
        self
    }

    /// With that file as its standard input.
    pub(crate) fn stdin(mut self, file: &Path) -> Self {
        self.stdin = Some(file.to_owned());
        self
    }

    /// In that folder.
    pub(crate) fn folder(mut self, folder: &Path) -> Self {
        self.folder = Some(folder.to_owned());
        self
    }

    /// Calls on files below this are steps.
    pub(crate) fn below(mut self, folder: &Path) -> Self {
        self.below.push(folder.to_owned());
        self
    }

    /// Calls of these groups are steps.
    pub(crate) fn groups(mut self, groups: &str) -> Self {
        self.groups = groups.to_owned();
        self
    }

    /// With a list of its steps.
    pub(crate) fn listed(mut self) -> Self {
        self.list = List::Steps;
        self
    }

    /// With a list of its steps and of what it wrote.
    pub(crate) fn recorded(mut self) -> Self {
        self.list = List::Data;
        self
    }

    /// With something done to it.
    pub(crate) fn struck(mut self, strike: Strike) -> Self {
        self.strike = Some(strike);
        self
    }

    /// Killed after so many seconds.
    pub(crate) fn limit(mut self, seconds: u64) -> Self {
        self.limit = seconds;
        self
    }

    /// With at most so many bytes of address space, and of each file.
    pub(crate) fn bounded(mut self, space: u64, largest: u64) -> Self {
        (self.space, self.largest) = (space, largest);
        self
    }

    /// The command line under `fault.c`, for a shell or a terminal; reports and lists stand in `notes`.
    pub(crate) fn command_line(&self, notes: &Path) -> Vec<OsString> {
        let mut line: Vec<OsString> = vec![self.fault.clone().into()];
        let mut option = |name: &str, value: &OsStr| line.extend([name.into(), value.to_owned()]);
        option("--report", notes.join("report").as_os_str());
        option("--limit", self.limit.min(MOST.get()).to_string().as_ref());
        for (name, bytes) in [("--space", self.space), ("--largest", self.largest)] {
            if bytes > 0 {
                option(name, bytes.to_string().as_ref());
            }
        }
        self.below.iter().for_each(|folder| option("--below", folder.as_os_str()));
        if !self.groups.is_empty() {
            option("--groups", self.groups.as_ref());
        }
        if self.list != List::No {
            option("--log", notes.join("list").as_os_str());
        }
        if let Some(strike) = &self.strike {
            option("--at", strike.at.to_string().as_ref());
            let deed = match &strike.deed {
                Deed::Kill => "kill".to_owned(),
                Deed::Signal(number) => format!("signal:{number}"),
                Deed::Error(number) => format!("error:{number}"),
                Deed::Short => "short".to_owned(),
                Deed::Run(command) => {
                    option("--run", command.as_ref());
                    "run".to_owned()
                }
            };
            option("--do", deed.as_ref());
            if !strike.on.is_empty() {
                option("--of", strike.on.as_ref());
                line.push("--on".into());
            }
        }
        if self.list == List::Data {
            line.push("--data".into());
        }
        line.push("--".into());
        line.push(self.path.clone());
        line.extend(self.arguments.iter().cloned());
        line
    }

    /// Runs it to its end. Reports and lists stand in `notes`, a folder that nobody else uses now.
    pub(crate) fn run(self, notes: &Path) -> Ended {
        let line = self.command_line(notes);
        let mut command = Command::new(&line[0]);
        command.args(&line[1..]).env_clear().env("PATH", std::env::var_os("PATH").unwrap_or_default());
        command.envs(self.variables.iter().cloned());
        if let Some(folder) = &self.folder {
            command.current_dir(folder);
        }
        command.stdin(self.stdin.as_ref().map_or_else(Stdio::null, |file| File::open(file).unwrap().into()));
        let output = command.output().unwrap();
        let list = if self.list == List::No { Vec::new() } else { fs::read(notes.join("list")).unwrap() };
        let report = read_report(&notes.join("report"));
        Ended {
            shown: self.shown(),
            how: report.0,
            out: String::from_utf8_lossy(&output.stdout).into_owned(),
            err: String::from_utf8_lossy(&output.stderr).into_owned(),
            done: report.1[0],
            memory: report.1[1],
            millis: report.1[2],
            list: read_list(&list),
        }
    }

    /// The command in a form that a person can repeat.
    pub(crate) fn shown(&self) -> String {
        let word = |text: &OsStr| {
            let text = text.to_string_lossy();
            let plain = !text.is_empty() && text.chars().all(|c| c.is_alphanumeric() || "/-_.:,=@+".contains(c));
            if plain { text.into_owned() } else { format!("'{}'", text.replace('\'', "'\\''")) }
        };
        let mut shown: Vec<String> = self
            .variables
            .iter()
            .filter(|(name, _)| ["CARECERT_HOME", "TZ"].contains(&&*name.to_string_lossy()))
            .map(|(name, value)| format!("{}={}", name.to_string_lossy(), word(value)))
            .collect();
        shown.push(word(&self.path));
        shown.extend(self.arguments.iter().map(|argument| word(argument)));
        if let Some(file) = &self.stdin {
            shown.push(format!("< {}", word(file.as_os_str())));
        }
        if let Some(Strike { at, deed, on }) = &self.strike {
            let how = if on.is_empty() { String::new() } else { format!(" and at each of {on} after it") };
            shown.push(format!("  [{deed:?} at step {at} of {}{how}]", self.groups));
        }
        shown.join(" ")
    }
}

/// How a program ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum How {
    /// With that status.
    Exit(i32),
    /// By that signal.
    Signal(i32),
    /// It did not, and was killed by the watchdog.
    Never,
}

/// A program that was run.
#[derive(Clone, Debug)]
pub(crate) struct Ended {
    /// The command, for people.
    pub(crate) shown: String,
    /// How it ended.
    pub(crate) how: How,
    /// Standard output.
    pub(crate) out: String,
    /// Standard error.
    pub(crate) err: String,
    /// How many times something was done to it.
    pub(crate) done: u64,
    /// The most memory that it held, KiB.
    pub(crate) memory: u64,
    /// How long it took, milliseconds.
    pub(crate) millis: u64,
    /// Its steps, where they were listed.
    pub(crate) list: Vec<Step>,
}

/// Reads what `fault.c` reports: how the program ended; deeds, memory (KiB) and milliseconds.
pub(crate) fn read_report(path: &Path) -> (How, [u64; 3]) {
    let text = fs::read_to_string(path).unwrap_or_default();
    let words: Vec<&str> = text.split_whitespace().collect();
    let number = |place: usize| words.get(place).and_then(|word| word.parse::<u64>().ok()).unwrap_or(0);
    let how = match words.first() {
        Some(&"exit") => How::Exit(number(1) as i32),
        Some(&"signal") => How::Signal(number(1) as i32),
        _ => How::Never,
    };
    (how, [number(3), number(4), number(5)])
}

/// A call of a program on a file.
#[derive(Clone, Debug)]
pub(crate) struct Step {
    /// Its number, from 1.
    pub(crate) number: u64,
    /// Its group, as in `fault.c`.
    pub(crate) group: char,
    /// The call.
    pub(crate) name: String,
    /// What it answered.
    pub(crate) value: i64,
    /// The file.
    pub(crate) path: PathBuf,
    /// The other file of a rename or a link.
    pub(crate) other: PathBuf,
    /// Of a write where it began; of a change of size the new size; of an opening its flags.
    pub(crate) a: i64,
    /// What was written.
    pub(crate) data: Vec<u8>,
}

/// The steps of a program that ran on a terminal, from its folder of notes.
pub(crate) fn read_steps(notes: &Path) -> Vec<Step> {
    read_list(&fs::read(notes.join("list")).unwrap())
}

fn read_list(bytes: &[u8]) -> Vec<Step> {
    let (mut steps, mut rest) = (Vec::new(), bytes);
    while let Some(end) = rest.iter().position(|byte| *byte == b'\n') {
        let parts: Vec<&[u8]> = rest[..end].split(|byte| *byte == b'\t').collect();
        rest = &rest[end + 1..];
        let Ok(parts) = <[&[u8]; 9]>::try_from(parts) else { break };
        let text = |place: usize| String::from_utf8_lossy(parts[place]).into_owned();
        let number = |place: usize| text(place).parse::<i64>().unwrap_or(0);
        let path = |place: usize| PathBuf::from(OsStr::from_bytes(parts[place]));
        let length = usize::try_from(number(8)).unwrap_or(0).min(rest.len());
        let data = rest[..length].to_vec();
        rest = if length > 0 { rest.get(length + 1..).unwrap_or_default() } else { rest };
        steps.push(Step {
            number: number(0) as u64,
            group: text(1).chars().next().unwrap_or('?'),
            name: text(2),
            value: number(3),
            path: path(4),
            other: path(5),
            a: number(6),
            data,
        });
    }
    steps
}
