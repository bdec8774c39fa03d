//! The options of each command.
#![allow(missing_docs, reason = "the help texts are the docs")]

pub mod playbook;
pub mod subject;

use crate::domain::marking::{Severity, Tlp};
use clap::{Args, Subcommand, ValueEnum, ValueHint};
use std::path::PathBuf;

/// Options of `new`.
#[derive(Debug, Args)]
pub struct New {
    /// What is wrong, in a line.
    #[arg(long, value_name = "TEXT")]
    pub title: String,
    /// A playbook to follow; may be given again.
    #[arg(long = "playbook", value_name = "ID")]
    pub playbooks: Vec<String>,
    /// How bad it is; take the higher when unsure.
    #[arg(long, default_value = "high", value_parser = severity)]
    pub severity: Severity,
    /// Who may see it (TLP 2.0).
    #[arg(long, default_value = "TLP:AMBER", value_name = "MARK", value_parser = tlp)]
    pub tlp: Tlp,
    /// When it happened, if that is known.
    #[arg(long, value_name = "TIME", allow_hyphen_values = true)]
    pub occurred: Option<String>,
    /// An exercise, not a real incident.
    #[arg(long)]
    pub exercise: bool,
}

/// Options of `log`.
#[derive(Debug, Args)]
pub struct Log {
    #[arg(value_name = "CASE")]
    pub case: String,
    /// This entry alone, such as A17, with all that it says.
    #[arg(value_name = "ENTRY", conflicts_with_all = ["last", "follow"])]
    pub entry: Option<String>,
    /// Only the latest entries.
    #[arg(long, value_name = "N")]
    pub last: Option<usize>,
    /// Then print each new entry as it is recorded, by whatever process, until interrupted; with --json, one JSON
    /// object a line.
    #[arg(long, short)]
    pub follow: bool,
}

/// Options of `note`.
#[derive(Debug, Args)]
pub struct Note {
    #[arg(value_name = "CASE")]
    pub case: String,
    /// The text, or - for standard input.
    #[arg(value_name = "TEXT", allow_hyphen_values = true)]
    pub text: String,
    /// When it happened.
    #[arg(long, value_name = "TIME", allow_hyphen_values = true)]
    pub occurred: Option<String>,
}

/// What is done with a step.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
#[allow(missing_docs, reason = "the names say it")]
pub enum Act {
    Start,
    Done,
    Skip,
    Block,
    Reopen,
}

/// Options of `step`.
#[derive(Debug, Args)]
pub struct Step {
    #[arg(value_name = "CASE")]
    pub case: String,
    /// The step's id, the unique beginning of one, or PLAYBOOK/STEP; STEP@THING for one of several things, such as
    /// "isolate@Ward 7".
    #[arg(value_name = "STEP")]
    pub step: String,
    #[arg(value_enum, value_name = "ACT")]
    pub act: Act,
    /// Anything to add; what came of it, where the step is a command; what they said, where it is an approval.
    #[arg(long, value_name = "TEXT", default_value = "", hide_default_value = true)]
    pub note: String,
    /// The reason: for skip, block, reopen, a decision, or doing it early, again or without an answer.
    #[arg(long, value_name = "TEXT", default_value = "", hide_default_value = true)]
    pub why: String,
    /// An answer to a question of the step; may be given again. A list has commas: --answer "wards=Ward 7, Ward 9".
    #[arg(long = "answer", value_name = "QUESTION=VALUE", value_parser = pair)]
    pub answers: Vec<(String, String)>,
    /// The option, where the step is a decision.
    #[arg(long, value_name = "OPTION")]
    pub choose: Option<String>,
    /// Who decided, where that was not you.
    #[arg(long, value_name = "NAME")]
    pub decided_by: Option<String>,
    /// The person who was asked agrees, where the step needs another's word.
    #[arg(long, requires = "person", conflicts_with = "refused")]
    pub agreed: bool,
    /// The person who was asked does not agree.
    #[arg(long, requires = "person")]
    pub refused: bool,
    /// Who was asked to agree: not you.
    #[arg(id = "person", long = "who", value_name = "NAME")]
    pub person: Option<String>,
    /// In which role they were asked.
    #[arg(long, value_name = "ROLE", default_value = "", hide_default_value = true, requires = "person")]
    pub in_role: String,
    /// The command did what it should; say in --note what came of it.
    #[arg(long, conflicts_with = "failed")]
    pub succeeded: bool,
    /// The command did not do what it should.
    #[arg(long)]
    pub failed: bool,
    /// On which sort of system it was run; may be left out where the step has one command only.
    #[arg(long, value_enum, value_name = "SYSTEM")]
    pub system: Option<On>,
    /// Whom you told, where the step is to tell someone.
    #[arg(long, value_name = "WHOM")]
    pub to: Option<String>,
    /// By what means.
    #[arg(long, value_name = "HOW", default_value = "", hide_default_value = true)]
    pub means: String,
    /// Their reference number.
    #[arg(long, value_name = "REF", default_value = "", hide_default_value = true)]
    pub reference: String,
    /// When it happened.
    #[arg(long, value_name = "TIME", allow_hyphen_values = true)]
    pub occurred: Option<String>,
}

/// A sort of system.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
#[allow(missing_docs, reason = "the names say it")]
pub enum On {
    Windows,
    Linux,
    Macos,
    Any,
}

/// Options of `answer`.
#[derive(Debug, Args)]
pub struct Answer {
    #[arg(value_name = "CASE")]
    pub case: String,
    /// The question's id, or PLAYBOOK/QUESTION.
    #[arg(value_name = "QUESTION")]
    pub question: String,
    /// The answer, or - for standard input; a list has commas or lines.
    #[arg(value_name = "VALUE", allow_hyphen_values = true)]
    pub value: String,
    /// Why it is not what it was.
    #[arg(long, value_name = "TEXT", default_value = "", hide_default_value = true)]
    pub why: String,
}

/// Options of `decide`.
#[derive(Debug, Args)]
pub struct Decide {
    #[arg(value_name = "CASE")]
    pub case: String,
    /// What had to be decided.
    #[arg(long, value_name = "TEXT")]
    pub question: String,
    /// What was decided.
    #[arg(long, value_name = "TEXT")]
    pub choice: String,
    /// The reasons.
    #[arg(long, value_name = "TEXT")]
    pub why: String,
    /// Who decided, where that was not you.
    #[arg(long, value_name = "NAME")]
    pub decided_by: Option<String>,
    /// When it happened.
    #[arg(long, value_name = "TIME", allow_hyphen_values = true)]
    pub occurred: Option<String>,
}

/// Options of `notify`.
#[derive(Debug, Args)]
pub struct Notify {
    #[arg(value_name = "CASE")]
    pub case: String,
    /// Whom you told.
    #[arg(long, value_name = "WHOM")]
    pub to: String,
    /// By what means.
    #[arg(long, value_name = "HOW", default_value = "", hide_default_value = true)]
    pub means: String,
    /// Their reference number.
    #[arg(long, value_name = "REF", default_value = "", hide_default_value = true)]
    pub reference: String,
    /// The text as sent or said, or - for standard input.
    #[arg(long, value_name = "TEXT", default_value = "", hide_default_value = true, allow_hyphen_values = true)]
    pub text: String,
    /// The duty that this meets.
    #[arg(long, value_name = "ID")]
    pub duty: Option<String>,
    /// When it happened.
    #[arg(long, value_name = "TIME", allow_hyphen_values = true)]
    pub occurred: Option<String>,
}

/// What is done with a clock.
#[derive(Debug, Subcommand)]
pub enum Clock {
    /// List the duties: which clocks run, are passed, were met in time or late, and what the grading suggests.
    List {
        #[arg(value_name = "CASE")]
        case: String,
    },
    /// State when the organisation became aware, so that a duty's clock runs.
    Start {
        #[arg(value_name = "CASE")]
        case: String,
        #[arg(value_name = "DUTY")]
        duty: String,
        /// When the organisation became aware.
        #[arg(long, value_name = "TIME", allow_hyphen_values = true)]
        aware: String,
        /// What that rests on.
        #[arg(long, value_name = "TEXT", default_value = "", hide_default_value = true)]
        basis: String,
    },
    /// The duty is met.
    Meet {
        #[arg(value_name = "CASE")]
        case: String,
        #[arg(value_name = "DUTY")]
        duty: String,
        /// The receiver's reference.
        #[arg(long, value_name = "REF", default_value = "", hide_default_value = true)]
        reference: String,
        /// How it was met.
        #[arg(long, value_name = "TEXT", default_value = "", hide_default_value = true)]
        note: String,
        /// The text as sent or said, to be kept, or - for standard input.
        #[arg(long, value_name = "TEXT", default_value = "", hide_default_value = true, allow_hyphen_values = true)]
        text: String,
        /// When it happened.
        #[arg(long, value_name = "TIME", allow_hyphen_values = true)]
        occurred: Option<String>,
    },
    /// The duty does not apply.
    Waive {
        #[arg(value_name = "CASE")]
        case: String,
        #[arg(value_name = "DUTY")]
        duty: String,
        #[arg(long, value_name = "TEXT")]
        why: String,
    },
    /// Record how far this machine's clock is from a reference that you read just now.
    Check {
        #[arg(value_name = "CASE")]
        case: String,
        /// What the reference said, with seconds: 03:41:07, 02:41:07Z, or with date and zone.
        #[arg(long, value_name = "TIME")]
        reads: String,
        /// What it is, such as "speaking clock 123".
        #[arg(long, value_name = "TEXT")]
        reference: String,
    },
}

/// What is done with evidence.
#[derive(Debug, Subcommand)]
pub enum Evidence {
    /// Take files in; each is copied, hashed and made durable before it is recorded.
    Add(EvidenceAdd),
    /// List the items.
    List {
        #[arg(value_name = "CASE")]
        case: String,
    },
}

/// Options of `evidence add`.
#[derive(Debug, Args)]
pub struct EvidenceAdd {
    #[arg(value_name = "CASE")]
    pub case: String,
    /// Files, or - for standard input.
    #[arg(value_name = "PATH", required = true, value_hint = ValueHint::FilePath)]
    pub paths: Vec<PathBuf>,
    /// What to call it; the file's own name otherwise.
    #[arg(long, value_name = "NAME")]
    pub name: Option<String>,
    /// What it shows.
    #[arg(long, value_name = "TEXT", default_value = "", hide_default_value = true)]
    pub about: String,
    /// The system that it comes from.
    #[arg(long, value_name = "HOST", default_value = "", hide_default_value = true)]
    pub source: String,
    /// The step that it was collected for.
    #[arg(long, value_name = "STEP")]
    pub step: Option<String>,
    /// Record hash, size and place only, without a copy; for very large items.
    #[arg(long)]
    pub by_reference: bool,
    /// When it was collected.
    #[arg(long, value_name = "TIME", allow_hyphen_values = true)]
    pub occurred: Option<String>,
}

/// Options of `correct`.
#[derive(Debug, Args)]
pub struct Correct {
    #[arg(value_name = "CASE")]
    pub case: String,
    /// The entry, such as A17.
    #[arg(value_name = "ENTRY")]
    pub entry: String,
    /// What is right.
    #[arg(value_name = "TEXT")]
    pub text: String,
    /// Why it was wrong.
    #[arg(long, value_name = "TEXT")]
    pub why: String,
}

/// Options of `amend`.
#[derive(Debug, Args)]
pub struct Amend {
    #[arg(value_name = "CASE")]
    pub case: String,
    /// The new severity; needs --why.
    #[arg(long, value_parser = severity)]
    pub severity: Option<Severity>,
    /// The reason for a new severity.
    #[arg(long, value_name = "TEXT", default_value = "", hide_default_value = true)]
    pub why: String,
    #[arg(long, value_name = "TEXT")]
    pub title: Option<String>,
    #[arg(long, value_name = "TEXT")]
    pub summary: Option<String>,
    #[arg(long, value_name = "MARK", value_parser = tlp)]
    pub tlp: Option<Tlp>,
}

/// Options of `export`.
#[derive(Debug, Args)]
pub struct Export {
    #[arg(value_name = "CASE")]
    pub case: String,
    /// bundle, html, md, jsonl, csv or handover.
    #[arg(long, value_name = "F", default_value = "bundle")]
    pub format: String,
    /// The file to write, or a folder to put it in.
    #[arg(long, value_name = "PATH", value_hint = ValueHint::AnyPath)]
    pub out: Option<PathBuf>,
}

/// Options of `handover`.
#[derive(Debug, Args)]
pub struct Handover {
    #[arg(value_name = "CASE")]
    pub case: String,
    /// Record that the case is handed over to this person; without it the handover is only printed.
    #[arg(long, value_name = "NAME")]
    pub to: Option<String>,
    /// In which role they take over.
    #[arg(long, value_name = "ROLE", default_value = "", hide_default_value = true, requires = "to")]
    pub in_role: String,
    /// Of which organisation they are.
    #[arg(long, value_name = "NAME", default_value = "", hide_default_value = true, requires = "to")]
    pub of: String,
}

/// `NAME=VALUE`.
pub(super) fn pair(text: &str) -> Result<(String, String), String> {
    let (name, value) = text.split_once('=').ok_or("write NAME=VALUE")?;
    Ok((name.trim().to_owned(), value.trim().to_owned()))
}

fn severity(text: &str) -> Result<Severity, String> {
    Severity::parse(text).ok_or_else(|| "use low, moderate, high or critical".into())
}

fn tlp(text: &str) -> Result<Tlp, String> {
    Tlp::parse_lenient(text).ok_or_else(|| "use TLP:RED, TLP:AMBER+STRICT, TLP:AMBER, TLP:GREEN or TLP:CLEAR".into())
}
