//! The command line: one file for each command, each thin.

pub mod args;
mod context;
mod duty_lines;
mod failure;
pub mod options;
mod playbook;
mod progress;
mod step;
mod text_output;
mod usage;

mod case {
    pub(crate) mod attach;
    pub(crate) mod cases;
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
    pub(crate) mod act;
    pub(crate) mod countersign;
    pub(crate) mod follow_up;
    pub(crate) mod undo;
}

/// Commands about the program itself.
pub mod program {
    pub(crate) mod console;
    pub(crate) mod keys;
    pub(crate) mod manual;
    pub mod tidy;
}

mod subject {
    pub(crate) mod asset;
    pub(crate) mod contact;
    pub(crate) mod evidence;
    pub(crate) mod impact;
    pub(crate) mod indicator;
}

use args::{Cli, Command};
use clap::Parser as _;
use context::Context;
use failure::Failure;
use std::{ffi::OsString, process::ExitCode};

/// What a command comes to: an exit status, or a failure that is told on standard error.
type Done = Result<u8, Failure>;

/// Runs the program on these arguments.
pub fn main(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    let cli = match Cli::try_parse_from(usage::named(arguments)) {
        Ok(cli) => cli.with_environment(),
        Err(why) => return usage::tell(why),
    };
    let failure = match cli.map_err(Failure::from).and_then(run) {
        Ok(status) => return ExitCode::from(status),
        Err(failure) => failure,
    };
    if !failure.quiet {
        context::tell(&failure.to_string());
    }
    ExitCode::from(if failure.quiet { 0 } else { failure.status })
}

fn run(cli: Cli) -> Done {
    let mut context = Context::new(cli.home.as_deref(), cli.json, cli.who)?;
    match cli.command {
        None => program::console::open(&mut context, None, false),
        Some(Command::Open { case, watch }) => program::console::open(&mut context, Some(&case), watch),
        Some(Command::Demo) => program::console::demo(&mut context),
        Some(Command::New(new)) => case::new::run(&mut context, new),
        Some(Command::Cases) => case::cases::run(&mut context),
        Some(Command::Status { case }) => case::status::run(&mut context, &case),
        Some(Command::Log(log)) => case::log::run(&mut context, &log),
        Some(Command::Note(note)) => entry::act::note(&mut context, note),
        Some(Command::Step(step)) => step::run(&mut context, step),
        Some(Command::Decide(decide)) => entry::act::decide(&mut context, decide),
        Some(Command::Notify(notify)) => entry::act::notify(&mut context, notify),
        Some(Command::Correct(correct)) => entry::act::correct(&mut context, correct),
        Some(Command::Undo(undo)) => entry::undo::run(&mut context, undo),
        Some(Command::FollowUp(mark)) => entry::follow_up::run(&mut context, mark),
        Some(Command::Asset(asset)) => subject::asset::run(&mut context, asset),
        Some(Command::Indicator(found)) => subject::indicator::run(&mut context, found),
        Some(Command::Contact(contact)) => subject::contact::run(&mut context, contact),
        Some(Command::Impact { case, text }) => subject::impact::run(&mut context, &case, text),
        Some(Command::Countersign(signed)) => entry::countersign::run(&mut context, signed),
        Some(Command::Amend(amend)) => entry::act::amend(&mut context, amend),
        Some(Command::Answer(answer)) => entry::act::answer(&mut context, answer),
        Some(Command::Why { case, step }) => step::why::run(&mut context, &case, step.as_deref()),
        Some(Command::Attach { case, playbook, why }) => case::attach::run(&mut context, &case, &playbook, why),
        Some(Command::Close { case, why }) => entry::act::close(&mut context, &case, why),
        Some(Command::Reopen { case, why }) => entry::act::reopen(&mut context, &case, why),
        Some(Command::Clock(clock)) => duty::clock::run(&mut context, clock),
        Some(Command::Evidence(options::Evidence::Add(add))) => subject::evidence::add(&mut context, add),
        Some(Command::Evidence(options::Evidence::List { case })) => subject::evidence::list(&mut context, &case),
        Some(Command::Export(export)) => case::export::run(&mut context, &export),
        Some(Command::Handover(handover)) => case::handover::run(&mut context, handover),
        Some(Command::Tidy(wanted)) => program::tidy::run(&mut context, &wanted),
        Some(Command::Verify { path }) => case::verify::run(&mut context, &path),
        Some(Command::Playbook(command)) => playbook::run(&mut context, command),
        Some(Command::Keys { check }) => program::keys::run(&mut context, check),
        Some(Command::Completions { shell }) => program::manual::completions(shell),
        Some(Command::Man) => program::manual::man(),
    }
}
