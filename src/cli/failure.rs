//! What went wrong, and the exit status that says so.

use crate::{
    domain::{case::refusal::Refusal, problem::Problem, text::safe_start, time_input::BadTime},
    runtime::{clock, environment::BadVariable, session::Fault},
    store::error::StoreError,
};
use std::{fmt, io};

/// What a command comes to: an exit status, or a failure that is told on standard error.
pub(crate) type CommandResult = Result<u8, Failure>;

/// A failure of a command.
#[derive(Debug)]
pub(crate) struct Failure {
    /// What, why and what to do.
    pub(super) problem: Problem,
    /// The exit status.
    pub(super) status: u8,
    /// Standard output was closed by its reader: nothing more is said.
    pub(super) quiet: bool,
    /// The case can be read, and not written now.
    pub(super) read_only: bool,
}

impl Failure {
    /// A failure of which nothing more is known.
    pub(super) fn new(what: impl Into<String>, hint: impl Into<String>) -> Self {
        Problem::new(what, hint).into()
    }

    /// The command cannot be meant as it was written: status 2.
    pub(super) fn wrong_usage(what: impl Into<String>, hint: impl Into<String>) -> Self {
        Self { status: 2, ..Self::new(what, hint) }
    }

    /// The answer failed, but what it would have told stands: the status is 0, so that no script records it again.
    pub(super) fn although_recorded(self, cited: &[String]) -> Self {
        if self.quiet || cited.is_empty() {
            return self;
        }
        Self { status: 0, ..self.after(cited) }
    }

    /// This failed after something else was recorded, which is said with it.
    pub(super) fn after(mut self, cited: &[String]) -> Self {
        if !cited.is_empty() {
            self.problem.what = format!("recorded {}, but {}", cited.join(", "), self.problem.what);
        }
        self
    }
}

impl From<Problem> for Failure {
    fn from(problem: Problem) -> Self {
        Self { problem, status: 1, quiet: false, read_only: false }
    }
}

impl From<StoreError> for Failure {
    fn from(fault: StoreError) -> Self {
        let read_only = matches!(fault, StoreError::ReadOnly { .. } | StoreError::Full { .. });
        Self { read_only, ..Problem::from(&fault).into() }
    }
}

impl From<Refusal> for Failure {
    fn from(refusal: Refusal) -> Self {
        let mut problem = Problem::from(&refusal);
        if let Refusal::Unanswered { questions, .. } = &refusal {
            let answers: Vec<String> = questions.iter().map(|question| format!("--answer {question}=…")).collect();
            problem.hint = Some(format!("add {}, or say with --why why it is done without", answers.join(" ")));
        }
        problem.into()
    }
}

impl From<Fault> for Failure {
    fn from(fault: Fault) -> Self {
        match fault {
            Fault::Refused(refusal) => refusal.into(),
            Fault::NotRecorded(why) => {
                let mut problem = Problem::from(&why);
                problem.what = format!("NOT RECORDED: {}", problem.what);
                problem.into()
            }
            Fault::Unknown(why) => {
                let mut problem = Problem::from(&why);
                problem.what = format!("it is not known whether this was recorded: {}", problem.what);
                problem.hint = Some("look at the log before you record it again".into());
                problem.into()
            }
        }
    }
}

impl From<BadVariable> for Failure {
    fn from(why: BadVariable) -> Self {
        Self::wrong_usage(why.to_string(), why.hint())
    }
}

impl From<BadTime> for Failure {
    fn from(why: BadTime) -> Self {
        Self::new(why.to_string(), why.hint(clock::now()))
    }
}

impl From<io::Error> for Failure {
    fn from(why: io::Error) -> Self {
        let quiet = why.kind() == io::ErrorKind::BrokenPipe;
        let failure = Self::new(format!("cannot print the answer: {why}"), "check where standard output goes");
        Self { quiet, ..failure }
    }
}

/// Characters of each part that are shown: a path may be as long.
const SHOWN: usize = 4096;

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "carecert: {}", safe_start(&self.problem.what, SHOWN))?;
        for cause in &self.problem.causes {
            write!(f, "\n  because: {}", safe_start(cause, SHOWN))?;
        }
        if let Some(hint) = &self.problem.hint {
            write!(f, "\n  hint: {}", safe_start(hint, SHOWN))?;
        }
        Ok(())
    }
}
