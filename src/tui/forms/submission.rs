//! What a form comes to: something to be recorded, or a job to be done.

use crate::domain::{
    decide::Command,
    marking::{Severity, Tlp},
    person::Person,
    playbook::StepRef,
    time::Time,
};

/// What a form sends.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Submission {
    /// A command.
    Commit(Commit),
    /// A file.
    Evidence(TakeEvidence),
    /// An export.
    Export(Export),
    /// A new case.
    New(NewCase),
    /// A playbook, by its identifier, and why another version takes the place of one.
    Attach(String, String),
    /// Who works here.
    Who(Person),
}

impl Submission {
    /// A command for something that happened then, or now.
    pub(crate) fn command(command: Command, occurred: Option<Time>) -> Self {
        Self::Commit(Commit { command, occurred, begun: None })
    }

    /// Whether it runs as a job.
    pub(crate) fn is_job(&self) -> bool {
        match self {
            Self::Evidence(_) | Self::Export(_) => true,
            Self::Commit(_) | Self::New(_) | Self::Attach(..) | Self::Who(_) => false,
        }
    }
}

/// A case to make.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewCase {
    /// What is wrong.
    pub title: String,
    /// How bad it is.
    pub severity: Severity,
    /// Who may see it.
    pub tlp: Tlp,
    /// When it happened (UTC), where that is known.
    pub occurred: Option<Time>,
    /// Identifiers of playbooks.
    pub playbooks: Vec<String>,
    /// Who opens it.
    pub responder: Person,
}

/// A command with the times that belong to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Commit {
    /// What is asked.
    pub command: Command,
    /// When it happened (UTC); `None` for now.
    pub occurred: Option<Time>,
    /// When the form was opened (UTC): the key press.
    pub begun: Option<Time>,
}

/// A file to take in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TakeEvidence {
    /// Its path, as typed.
    pub path: String,
    /// What to call it; empty for the file's name.
    pub name: String,
    /// What it shows.
    pub about: String,
    /// The system that it comes from.
    pub source: String,
    /// The step that it was collected for.
    pub step: Option<StepRef>,
    /// Hash, size and place only, no copy.
    pub by_reference: bool,
    /// When the form was opened (UTC).
    pub begun: Option<Time>,
}

/// An export to write.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Export {
    /// `bundle`, `html`, `md`, `jsonl` or `csv`.
    pub format: String,
    /// Where to; empty for a name made from the case, in the current folder.
    pub path: String,
}
