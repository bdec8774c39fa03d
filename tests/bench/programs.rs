//! The programs that are measured side by side, each on 100,000 rows of the same incident: how each is started, what
//! shows that it is ready, and its keys.

use super::{LOG, support};
use portable_pty::CommandBuilder;
use std::{
    fmt::Write as _,
    fs,
    io::Write as _,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

/// A program to be measured.
pub struct Program {
    pub name: &'static str,
    pub path: PathBuf,
    arguments: Vec<String>,
    folder: PathBuf,
    home: PathBuf,
    /// Pressed at the first frame, where the rows are elsewhere.
    pub at_once: &'static str,
    /// On screen when the first rows are there.
    pub ready: String,
    /// Pressed then to have the list for itself.
    pub to_list: &'static str,
    /// Pressed before anything is measured, so that keys lead somewhere.
    pub inwards: &'static str,
    /// Down, up, page down, page up.
    pub keys: [&'static str; 4],
    pub quit: &'static str,
}

const ARROWS: [&str; 4] = ["\x1b[B", "\x1b[A", "\x1b[6~", "\x1b[5~"];
/// For programs that wait for other arrows than those.
const LETTERS: [&str; 4] = ["j", "k", "\x1b[6~", "\x1b[5~"];

impl Program {
    /// How it is started.
    pub fn command(&self) -> CommandBuilder {
        let mut command = CommandBuilder::new(&self.path);
        command.args(&self.arguments);
        command.cwd(&self.folder);
        for name in ["NO_COLOR", "CARECERT_ROLE", "CARECERT_ORGANISATION", "COLUMNS", "LINES", "LESS", "LESSOPEN"] {
            command.env_remove(name);
        }
        for name in ["HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME"] {
            command.env(name, &self.home);
        }
        command.env("CARECERT_HOME", &self.home);
        for (name, value) in [
            ("TERM", "xterm-256color"),
            ("TZ", "Europe/London"),
            ("CARECERT_BY", "A. Osei"),
            ("LESSHISTFILE", "-"),
            ("GIT_CONFIG_NOSYSTEM", "1"),
        ] {
            command.env(name, value);
        }
        command
    }
}

/// The programs, those that are not installed by name only.
pub fn programs(home: &Path, case: &Path) -> (Vec<Program>, Vec<&'static str>) {
    let log = support::ok(home, &["log", case.to_str().unwrap()]);
    let file = home.join("log.txt");
    fs::write(&file, &log).unwrap();
    let shown = |line: Option<&str>| line.unwrap().chars().take(60).collect::<String>().trim_end().to_owned();
    let (first, last) = (shown(log.lines().next()), shown(log.lines().last()));
    let text = file.display().to_string();
    let program = |name, path: PathBuf, arguments: &[&str], ready: &str| Program {
        name,
        path,
        arguments: arguments.iter().map(|argument| (*argument).to_owned()).collect(),
        folder: home.to_owned(),
        home: home.to_owned(),
        at_once: "",
        ready: ready.to_owned(),
        to_list: "",
        inwards: ARROWS[3],
        keys: ARROWS,
        quit: "q",
    };
    // The citation of the latest entry: it is there once the case is.
    let latest = format!("A{}", log.lines().count());
    let mut carecert = program("carecert", support::CARECERT.into(), &["open", case.to_str().unwrap()], &latest);
    (carecert.to_list, carecert.quit) = (LOG, "\x11");
    let bare = program("bare", bare(), &[&text], &last);
    let (mut found, mut missing) = (vec![carecert, bare], Vec::new());
    for name in ["less", "tig", "gitui"] {
        let Some(path) = installed(name) else {
            missing.push(name);
            continue;
        };
        let mut other = program(name, path, &[], "");
        (other.keys, other.inwards) = (LETTERS, LETTERS[2]);
        if name == "less" {
            (other.arguments, other.ready) = (vec![text.clone()], first.clone());
        } else {
            (other.folder, other.ready) = repository(home, &log);
            other.quit = "Q";
        }
        if name == "gitui" {
            (other.keys, other.at_once, other.quit) = (ARROWS, "2", "\x03");
        }
        found.push(other);
    }
    (found, missing)
}

fn installed(name: &str) -> Option<PathBuf> {
    let folders = std::env::var_os("PATH")?;
    std::env::split_paths(&folders).map(|folder| folder.join(name)).find(|path| path.is_file())
}

/// Builds the bare program with the settings of a release, and gives its path.
fn bare() -> PathBuf {
    let arguments = ["build", "--quiet", "--release", "--example", "bare", "--message-format", "json"];
    let built = Command::new(env!("CARGO"))
        .args(arguments)
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .stderr(Stdio::inherit())
        .output()
        .unwrap();
    assert!(built.status.success(), "the bare program cannot be built");
    let messages = String::from_utf8(built.stdout).unwrap();
    let mut paths = messages.lines().filter_map(|line| {
        let message: serde_json::Value = serde_json::from_str(line).ok()?;
        let bare = message["target"]["name"] == "bare";
        message["executable"].as_str().filter(|_| bare).map(PathBuf::from)
    });
    paths.next_back().unwrap()
}

/// An entry's kind and text, from its line in the log.
fn subject(line: &str) -> String {
    line.split_whitespace().skip(4).collect::<Vec<_>>().join(" ")
}

/// A repository with a commit for each line of the log, made once; and a piece of its latest commit's subject.
fn repository(home: &Path, log: &str) -> (PathBuf, String) {
    let folder = home.join("repository");
    let ready = subject(log.lines().last().unwrap()).chars().take(16).collect::<String>().trim_end().to_owned();
    if folder.exists() {
        return (folder, ready);
    }
    let git = |arguments: &[&str]| {
        let mut command = Command::new("git");
        command.arg("-C").arg(home).args(arguments).stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null());
        command.spawn().unwrap()
    };
    assert!(git(&["init", "-q", "-b", "main", "repository"]).wait().unwrap().success());
    let mut stream = String::new();
    for (number, line) in log.lines().enumerate() {
        let (time, message) = (1_700_000_000 + number, subject(line));
        let length = message.len();
        let _ = write!(
            stream,
            "commit refs/heads/main\ncommitter A. Osei <osei@example.org> {time} +0000\ndata {length}\n{message}\n"
        );
        if number == 0 {
            stream.push_str("M 100644 inline log.txt\ndata 1\nx\n");
        }
    }
    let mut import = git(&["-C", "repository", "fast-import", "--quiet"]);
    import.stdin.take().unwrap().write_all(stream.as_bytes()).unwrap();
    assert!(import.wait().unwrap().success(), "git fast-import");
    assert!(git(&["-C", "repository", "reset", "-q", "--hard"]).wait().unwrap().success());
    (folder, ready)
}
