//! The console on a terminal of its own, under `fault.c`, driven by keys.

use super::{
    bench::{Trial, World},
    machine::{Ended, How, Program, read_report},
};
use crate::terminal::{self, Terminal};
use std::{
    path::PathBuf,
    time::{Duration, Instant},
};

/// Columns and rows of its window.
pub(crate) const SIZE: (u16, u16) = (100, 30);
/// How long the console may take to answer; far more than it needs.
const ANSWER: Duration = Duration::from_secs(20);

/// The console, running.
pub(crate) struct Screen {
    terminal: Terminal,
    notes: PathBuf,
    shown: String,
    began: Instant,
    /// What was recorded by it, as standard output would say it.
    said: String,
    /// It did not answer in time.
    stuck: bool,
}

/// What came of a note.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Noted {
    /// It was acknowledged under that citation.
    Recorded(String),
    /// The console says that it is not recorded, or that it cannot know.
    Refused(String),
    /// The console ended before it said anything.
    Ended,
    /// Nothing was said in time.
    Silent,
}

impl Screen {
    /// Starts a program on a terminal.
    pub(crate) fn start(world: &World, program: Program) -> Self {
        let notes = world.notes();
        let quote = |word: &std::ffi::OsString| format!("'{}'", word.to_string_lossy().replace('\'', "'\\''"));
        let line: Vec<String> = program.command_line(&notes).iter().map(quote).collect();
        let script = format!("exec {}", line.join(" "));
        let setup = terminal::console(world.root(), SIZE).shell(&script);
        let setup = setup.variable("CARECERT_HOME", world.home.to_str().unwrap());
        let setup =
            setup.variable("TMPDIR", world.tmp().to_str().unwrap()).variable("HOME", world.root().to_str().unwrap());
        let shown = program.shown();
        let (said, began) = (String::new(), Instant::now());
        Self { terminal: setup.start(), notes, shown, began, said, stuck: false }
    }

    /// Waits for one of these texts: which it was, or `None` where the program ended or said nothing.
    pub(crate) fn wait(&mut self, texts: &[&str]) -> Option<usize> {
        if self.stuck {
            return None;
        }
        let mut which = None;
        let seen = self.terminal.shows_before_end(ANSWER, |frame| {
            which = texts.iter().position(|text| frame.contains(text));
            which.is_some()
        });
        self.stuck |= seen.is_none();
        which.filter(|_| seen == Some(true))
    }

    /// Waits until the case is shown, with what is to be read before it read; whether it is.
    pub(crate) fn opens(&mut self) -> bool {
        let shown = self.wait(&["READ THIS FIRST", "b blocked"]);
        if shown == Some(0) {
            self.keys("\x1b");
            return self.wait(&["b blocked"]).is_some();
        }
        shown.is_some()
    }

    /// Presses keys.
    pub(crate) fn keys(&self, keys: &str) {
        // A program that has ended reads none.
        let _ = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| self.terminal.keys(keys)));
    }

    /// Writes a note and waits for what comes of it.
    pub(crate) fn note(&mut self, text: &str) -> Noted {
        self.keys("n");
        if self.wait(&["Enter begins a new line"]).is_none() {
            return if self.stuck { Noted::Silent } else { Noted::Ended };
        }
        self.keys(text);
        if self.wait(&[text]).is_none() {
            return if self.stuck { Noted::Silent } else { Noted::Ended };
        }
        self.keys(terminal::RECORD);
        let found = self.wait(&["NOT RECORDED", "not known whether", "recorded as"]);
        let frame = self.terminal.frame();
        match found {
            Some(2) => {
                let after = frame.split("recorded as ").nth(1).unwrap_or_default();
                let cite: String = after.chars().take_while(|c| c.is_ascii_alphanumeric()).collect();
                self.said.push_str(&format!("recorded {cite}\n"));
                Noted::Recorded(cite)
            }
            Some(_) => {
                let line = frame.lines().find(|line| line.contains("ECORDED") || line.contains("known whether"));
                Noted::Refused(line.unwrap_or_default().trim().to_owned())
            }
            None if self.stuck => Noted::Silent,
            None => Noted::Ended,
        }
    }

    /// Leaves the console, from wherever it is, and waits for its end.
    pub(crate) fn leave(mut self, trial: &mut Trial) -> Ended {
        if !self.stuck {
            // What is to be read first is left by a key of its own.
            if self.terminal.frame().contains("READ THIS FIRST") {
                self.keys("\x1b");
                self.stuck |=
                    self.terminal.shows_before_end(ANSWER, |frame| !frame.contains("READ THIS FIRST")).is_none();
            }
            self.keys(terminal::QUIT);
            // It asks where something typed would be lost.
            let asked = self.terminal.shows_before_end(ANSWER, |frame| frame.contains("Leave?"));
            if asked == Some(true) {
                self.keys("y");
            }
        }
        self.finish(trial)
    }

    /// Waits for its end; one that does not come is a failure.
    pub(crate) fn finish(mut self, trial: &mut Trial) -> Ended {
        let limit = if self.stuck { Duration::ZERO } else { ANSWER };
        self.stuck |= self.terminal.shows_before_end(limit, |_| false).is_none();
        let last = self.terminal.frame();
        if self.stuck {
            // What runs it kills it too.
            let _ = std::process::Command::new("kill").args(["-KILL", &self.terminal.pid().to_string()]).status();
        }
        let (how, numbers) = if self.stuck { (How::Never, [0; 3]) } else { read_report(&self.notes.join("report")) };
        let [done, memory, _] = numbers;
        let millis = self.began.elapsed().as_millis() as u64;
        // A panic is told on the terminal itself.
        let raw = String::from_utf8_lossy(&self.terminal.raw()).into_owned();
        let panicked = if raw.contains("panicked at") { "panicked at" } else { "" };
        let err = format!("{panicked}{}", if self.stuck { last } else { String::new() });
        let list = Vec::new();
        let ended = Ended { shown: self.shown.clone(), how, out: self.said.clone(), err, done, memory, millis, list };
        trial.tell(&ended);
        ended
    }
}
