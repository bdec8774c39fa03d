//! The command line. This file has the list of commands; each stands in a file of its own, with its options, what it does
//! and what it prints, and uses only what stands beside this file, never another command's.
//!
//! Parsing, `--help`, shell completions, the manual page and the README's table of commands come from these definitions.
//!
//! A new command is a file in the folder of its topic, a `mod` line here and a line in `Command` or one of its parts.

// A new failure, answer or state is not passed over in silence: every match over ours names what it means. Tests may.
#![cfg_attr(not(test), deny(clippy::wildcard_enum_match_arm))]

/// Writes an enum of commands, and how each is run: a line for each. What `--help` says of a command is the doc comment of
/// its type, in its own file.
macro_rules! commands {
    ($(#[$about:meta])* enum $Commands:ident {
        $($(#[$attribute:meta])* $Name:ident($Command:ty),)+
    }) => {
        $(#[$about])*
        #[derive(Debug, clap::Subcommand)]
        pub(crate) enum $Commands {
            $($(#[$attribute])* $Name($Command),)+
        }

        impl $Commands {
            pub(crate) fn run(self, context: &mut $crate::cli::context::Context) -> $crate::cli::failure::CommandResult {
                match self {
                    $(Self::$Name(command) => command.run(context),)+
                }
            }
        }
    };
}

mod context;
mod duty_lines;
mod failure;
mod leftover_lines;
mod progress;
mod references;
mod stderr;
mod text_output;
mod times;
mod usage;
mod values;

mod case {
    pub(crate) mod amend;
    pub(crate) mod attach;
    pub(crate) mod cases;
    pub(crate) mod close_reopen;
    pub(crate) mod export;
    pub(crate) mod handover;
    pub(crate) mod log;
    pub(crate) mod new;
    pub(crate) mod status;
    mod status_subjects;
    mod status_text;
    pub(crate) mod verify;
}

mod duty {
    pub(crate) mod clock;
}

mod entry {
    pub(crate) mod correct;
    pub(crate) mod countersign;
    pub(crate) mod decide;
    pub(crate) mod follow_up;
    pub(crate) mod note;
    pub(crate) mod notify;
    pub(crate) mod undo;
}

mod playbook {
    pub(crate) mod check;
    pub(crate) mod diff;
    pub(crate) mod export;
    pub(crate) mod guide;
    pub(crate) mod import;
    pub(crate) mod list;
    pub(crate) mod new;
    pub(crate) mod show;
    pub(crate) mod walk;
}

mod program {
    pub(crate) mod console;
    pub(crate) mod keys;
    pub(crate) mod manual;
    pub(crate) mod tidy;
}

#[expect(clippy::module_inception, reason = "the topic and the command have one name")]
mod step {
    pub(crate) mod answer;
    pub(crate) mod step;
    pub(crate) mod why;
}

mod subject {
    pub(crate) mod asset;
    pub(crate) mod contact;
    pub(crate) mod evidence;
    pub(crate) mod impact;
    pub(crate) mod indicator;
}

use crate::runtime::environment::{self, BadVariable};
use clap::{CommandFactory as _, Parser, ValueHint};
use context::{Context, Who};
use failure::{CommandResult, Failure};
use std::{ffi::OsString, path::PathBuf, process::ExitCode};

commands! {
    /// The commands of the program, in the order in which `--help` lists them.
    enum Command {
        New(case::new::NewCommand),
        Cases(case::cases::CasesCommand),
        Open(program::console::OpenCommand),
        Status(case::status::StatusCommand),
        Why(step::why::WhyCommand),
        Log(case::log::LogCommand),
        Note(entry::note::NoteCommand),
        Step(step::step::StepCommand),
        Answer(step::answer::AnswerCommand),
        Decide(entry::decide::DecideCommand),
        Notify(entry::notify::NotifyCommand),
        #[command(subcommand)]
        Clock(duty::clock::ClockCommand),
        #[command(subcommand)]
        Evidence(subject::evidence::EvidenceCommand),
        Correct(entry::correct::CorrectCommand),
        Undo(entry::undo::UndoCommand),
        FollowUp(entry::follow_up::FollowUpCommand),
        Asset(subject::asset::AssetCommand),
        Indicator(subject::indicator::IndicatorCommand),
        Contact(subject::contact::ContactCommand),
        Impact(subject::impact::ImpactCommand),
        Countersign(entry::countersign::CountersignCommand),
        Amend(case::amend::AmendCommand),
        Attach(case::attach::AttachCommand),
        Close(case::close_reopen::CloseCommand),
        Reopen(case::close_reopen::ReopenCommand),
        Handover(case::handover::HandoverCommand),
        Export(case::export::ExportCommand),
        Tidy(program::tidy::TidyCommand),
        Verify(case::verify::VerifyCommand),
        #[command(subcommand)]
        Playbook(PlaybookCommand),
        Keys(program::keys::KeysCommand),
        Completions(program::manual::CompletionsCommand),
        Man(program::manual::ManCommand),
        Demo(program::console::DemoCommand),
    }
}

commands! {
    /// List, show, check, rehearse, compare, begin and exchange playbooks.
    enum PlaybookCommand {
        List(playbook::list::ListPlaybooks),
        Show(playbook::show::ShowPlaybook),
        Check(playbook::check::CheckPlaybooks),
        Walk(playbook::walk::WalkPlaybook),
        Diff(playbook::diff::DiffPlaybooks),
        New(playbook::new::NewPlaybook),
        Guide(playbook::guide::PrintGuide),
        Export(playbook::export::ExportPlaybook),
        Import(playbook::import::ImportPlaybook),
    }
}

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
struct Cli {
    /// Keep everything under this folder, such as a USB stick, or CARECERT_HOME in the environment.
    #[arg(long, global = true, value_name = "DIR", value_hint = ValueHint::DirPath)]
    home: Option<PathBuf>,
    /// Print one JSON document on standard output.
    #[arg(long, global = true)]
    json: bool,
    /// Who acts.
    #[command(flatten)]
    who: Who,
    /// What to do; the console without one.
    #[command(subcommand)]
    command: Option<Command>,
}

const AFTER: &str = "Exit status: 0 done; 1 refused or failed, with the reason and a hint on standard error, \
or verify could not check everything; 2 wrong usage; 3 verify found damage.";

impl Cli {
    /// What was not given, as the environment has it. Read here and not by the parser, which would name these options
    /// in every line of usage as if they had to be given.
    ///
    /// # Errors
    ///
    /// A variable that is needed and is not UTF-8: taken for none, an entry would stand under another name, or at
    /// another time.
    fn fill_from_environment(mut self) -> Result<Self, BadVariable> {
        let or_variable =
            |given: Option<String>, name| given.map_or_else(|| environment::read_variable(name), |text| Ok(Some(text)));
        self.home = self.home.or_else(|| std::env::var_os("CARECERT_HOME").map(PathBuf::from));
        self.who.by = or_variable(self.who.by, "CARECERT_BY")?;
        self.who.role = or_variable(self.who.role, "CARECERT_ROLE")?;
        self.who.organisation = or_variable(self.who.organisation, "CARECERT_ORGANISATION")?;
        environment::read_variable("TZ")?;
        Ok(self)
    }
}

/// Every command and option, as clap knows them.
pub fn define_commands() -> clap::Command {
    Cli::command()
}

/// Runs the program on these arguments, and gives its exit status.
pub fn main(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    let cli = match Cli::try_parse_from(usage::name_program(arguments)) {
        Ok(cli) => cli.fill_from_environment(),
        Err(why) => return usage::print_usage(why),
    };
    let failure = match cli.map_err(Failure::from).and_then(run_command) {
        Ok(status) => return ExitCode::from(status),
        Err(failure) => failure,
    };
    if !failure.quiet {
        stderr::print_remark(&failure.to_string());
    }
    ExitCode::from(if failure.quiet { 0 } else { failure.status })
}

fn run_command(cli: Cli) -> CommandResult {
    let mut context = Context::new(cli.home.as_deref(), cli.json, cli.who, define_commands)?;
    match cli.command {
        Some(command) => command.run(&mut context),
        None => program::console::open_console(&context, None, false),
    }
}
