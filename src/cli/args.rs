//! The one table of commands and options: parsing, `--help`, shell completions and the manual page come from it.

use super::{
    options::{
        Amend, Answer, Clock, Correct, Decide, Evidence, Export, Handover, Log, New, Note, Notify, Step,
        playbook::Playbook,
        subject::{Asset, Contact, Countersign, FollowUp, Indicator, Undo},
    },
    program::tidy::Tidy,
};
use crate::runtime::environment::{self, BadVariable};
use clap::{Args, Parser, Subcommand, ValueHint};
use std::path::PathBuf;

/// Leads a health organisation through a cyber incident, step by step, and records every action.
///
/// Without a command, the console opens. CASE is an id or its beginning, any part of a folder's name that no other case
/// has, or a case's folder.
///
/// Times are RFC 3339 (2026-11-22T14:05+01:00), 14:05, "yesterday 14:05", or -20m, -2h, -1d (24 hours) back from now.
/// 14:05 is today's, or yesterday's if today's is still to come, with the offset that this machine's zone has on that
/// day. A time that occurred twice or never, because the clocks were changed, is refused with both ways to write it.
#[derive(Debug, Parser)]
#[command(name = "carecert", version, max_term_width = 100, after_help = AFTER)]
pub struct Cli {
    /// Keep everything under this folder, such as a USB stick, or CARECERT_HOME in the environment.
    #[arg(long, global = true, value_name = "DIR", value_hint = ValueHint::DirPath)]
    pub home: Option<PathBuf>,
    /// Print one JSON document on standard output.
    #[arg(long, global = true)]
    pub json: bool,
    /// Who acts.
    #[command(flatten)]
    pub who: Who,
    /// What to do; the console without one.
    #[command(subcommand)]
    pub command: Option<Command>,
}

const AFTER: &str = "Exit status: 0 done; 1 refused or failed, with the reason and a hint on standard error, \
or verify could not check everything; 2 wrong usage; 3 verify found damage.";

/// Who acts: remembered from the console's first use, or given here.
#[derive(Clone, Debug, Default, Args)]
pub struct Who {
    /// Your name in the record, or CARECERT_BY in the environment.
    #[arg(long, global = true, value_name = "NAME")]
    pub by: Option<String>,
    /// Your role in this incident, or CARECERT_ROLE in the environment.
    #[arg(long, global = true, value_name = "ROLE")]
    pub role: Option<String>,
    /// Your organisation, such as an ODS code, or CARECERT_ORGANISATION in the environment.
    #[arg(long, global = true, value_name = "NAME")]
    pub organisation: Option<String>,
}

impl Cli {
    /// What was not given, as the environment has it. Read here and not by the parser, which would name these options
    /// in every line of usage as if they had to be given.
    ///
    /// # Errors
    ///
    /// A variable that is needed and is not UTF-8: taken for none, an entry would stand under another name, or at
    /// another time.
    pub fn with_environment(mut self) -> Result<Self, BadVariable> {
        let or_variable =
            |given: Option<String>, name| given.map_or_else(|| environment::text(name), |text| Ok(Some(text)));
        self.home = self.home.or_else(|| std::env::var_os("CARECERT_HOME").map(PathBuf::from));
        self.who.by = or_variable(self.who.by, "CARECERT_BY")?;
        self.who.role = or_variable(self.who.role, "CARECERT_ROLE")?;
        self.who.organisation = or_variable(self.who.organisation, "CARECERT_ORGANISATION")?;
        environment::text("TZ")?;
        Ok(self)
    }
}

/// A command of the program.
#[derive(Debug, Subcommand)]
#[allow(missing_docs, reason = "the help texts are the docs")]
pub enum Command {
    /// Open a case and print its id.
    New(New),
    /// List the cases.
    Cases,
    /// Open the console on a case.
    Open {
        #[arg(value_name = "CASE")]
        case: String,
        /// Only show it, and follow what others record: for a wall in the incident room. Nothing is written.
        #[arg(long)]
        watch: bool,
    },
    /// Say where a case stands.
    Status {
        #[arg(value_name = "CASE")]
        case: String,
    },
    /// Say why a step is next, waits, is closed or stands as it does.
    Why {
        #[arg(value_name = "CASE")]
        case: String,
        /// The step; the next one where it is left out.
        #[arg(value_name = "STEP")]
        step: Option<String>,
    },
    /// Print the log of a case.
    Log(Log),
    /// Record a note.
    Note(Note),
    /// Act on a step of a playbook.
    Step(Step),
    /// Answer a question of a playbook, before its step is done or anew.
    Answer(Answer),
    /// Record a decision that no step asks for.
    Decide(Decide),
    /// Record that someone was told, by a step of a playbook or on your own account.
    Notify(Notify),
    /// List, start, meet or waive the duties' clocks, or check this machine's clock.
    #[command(subcommand)]
    Clock(Clock),
    /// Take evidence in, or list it.
    #[command(subcommand)]
    Evidence(Evidence),
    /// Correct an entry: it stays, and both are shown.
    Correct(Correct),
    /// Undo an entry: it stays, is said not to count, and what it changed is put back where that can be.
    Undo(Undo),
    /// Mark an entry as one to be looked at again, or take the mark off.
    FollowUp(FollowUp),
    /// Say how a system, device, account, service, site or network stands from now on.
    Asset(Asset),
    /// Note an address, a hash or a file's name by which the attack can be known elsewhere.
    Indicator(Indicator),
    /// Note who can be reached, and how.
    Contact(Contact),
    /// Say what the incident means for patients from now on.
    Impact {
        #[arg(value_name = "CASE")]
        case: String,
        /// In words, or - for standard input.
        #[arg(value_name = "TEXT", allow_hyphen_values = true)]
        text: String,
    },
    /// Record that another person confirms what is logged of a decision.
    Countersign(Countersign),
    /// Change severity, title, summary or mark of a case.
    Amend(Amend),
    /// Use another playbook in a case, or go on with a newer version of one.
    Attach {
        #[arg(value_name = "CASE")]
        case: String,
        /// Its id, or a file.
        #[arg(value_name = "PLAYBOOK")]
        playbook: String,
        /// Why another version takes the place of the one in use.
        #[arg(long, value_name = "TEXT", default_value = "", hide_default_value = true)]
        why: String,
    },
    /// Close a case.
    Close {
        #[arg(value_name = "CASE")]
        case: String,
        #[arg(long, value_name = "TEXT")]
        why: String,
    },
    /// Reopen a case.
    Reopen {
        #[arg(value_name = "CASE")]
        case: String,
        #[arg(long, value_name = "TEXT")]
        why: String,
    },
    /// Print what the next responder needs, ready to read aloud; with --to, record that the case is handed over.
    Handover(Handover),
    /// Write a case to a file for others.
    Export(Export),
    /// Remove what interrupted work left: temporary files that no process writes any more.
    Tidy(Tidy),
    /// Check a case or a bundle, finding by finding.
    Verify {
        #[arg(value_name = "PATH", value_hint = ValueHint::AnyPath)]
        path: PathBuf,
    },
    /// List, show, check, rehearse, compare, begin and exchange playbooks.
    #[command(subcommand)]
    Playbook(Playbook),
    /// Say which key does what in the console, as console.ron has it.
    Keys {
        /// Say what is wrong in console.ron instead; status 1 where something is.
        #[arg(long)]
        check: bool,
    },
    /// Print completions for a shell.
    Completions {
        #[arg(value_name = "SHELL")]
        shell: clap_complete::Shell,
    },
    /// Print the manual page.
    Man,
    /// Make a finished sample case and open it in the console.
    Demo,
}
