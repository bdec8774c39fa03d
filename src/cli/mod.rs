//! The command line: one file for each command, each thin.

mod act;
pub mod args;
mod asset;
mod attach;
mod cases;
mod clock;
mod console;
mod contact;
mod context;
mod countersign;
mod create;
mod duties;
mod evidence;
mod export;
mod failure;
mod follow_up;
mod handover;
mod impact;
mod indicator;
mod keys;
mod log;
mod manual;
pub mod options;
pub mod options_picture;
pub mod options_playbook;
mod playbook;
mod playbook_exchange;
mod playbook_show;
mod playbook_walk;
mod progress;
mod status;
mod status_picture;
mod status_text;
mod step;
pub mod tidy;
mod undo;
mod usage;
mod verify;
mod why;
mod written;

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
        None => console::open(&mut context, None, false),
        Some(Command::Open { case, watch }) => console::open(&mut context, Some(&case), watch),
        Some(Command::Demo) => console::demo(&mut context),
        Some(Command::New(new)) => create::run(&mut context, new),
        Some(Command::Cases) => cases::run(&mut context),
        Some(Command::Status { case }) => status::run(&mut context, &case),
        Some(Command::Log(log)) => log::run(&mut context, &log),
        Some(Command::Note(note)) => act::note(&mut context, note),
        Some(Command::Step(step)) => step::run(&mut context, step),
        Some(Command::Decide(decide)) => act::decide(&mut context, decide),
        Some(Command::Notify(notify)) => act::notify(&mut context, notify),
        Some(Command::Correct(correct)) => act::correct(&mut context, correct),
        Some(Command::Undo(undo)) => undo::run(&mut context, undo),
        Some(Command::FollowUp(mark)) => follow_up::run(&mut context, mark),
        Some(Command::Asset(asset)) => asset::run(&mut context, asset),
        Some(Command::Indicator(found)) => indicator::run(&mut context, found),
        Some(Command::Contact(contact)) => contact::run(&mut context, contact),
        Some(Command::Impact { case, text }) => impact::run(&mut context, &case, text),
        Some(Command::Countersign(signed)) => countersign::run(&mut context, signed),
        Some(Command::Amend(amend)) => act::amend(&mut context, amend),
        Some(Command::Answer(answer)) => act::answer(&mut context, answer),
        Some(Command::Why { case, step }) => why::run(&mut context, &case, step.as_deref()),
        Some(Command::Attach { case, playbook, why }) => attach::run(&mut context, &case, &playbook, why),
        Some(Command::Close { case, why }) => act::close(&mut context, &case, why),
        Some(Command::Reopen { case, why }) => act::reopen(&mut context, &case, why),
        Some(Command::Clock(clock)) => clock::run(&mut context, clock),
        Some(Command::Evidence(options::Evidence::Add(add))) => evidence::add(&mut context, add),
        Some(Command::Evidence(options::Evidence::List { case })) => evidence::list(&mut context, &case),
        Some(Command::Export(export)) => export::run(&mut context, &export),
        Some(Command::Handover(handover)) => handover::run(&mut context, handover),
        Some(Command::Tidy(wanted)) => tidy::run(&mut context, &wanted),
        Some(Command::Verify { path }) => verify::run(&mut context, &path),
        Some(Command::Playbook(command)) => playbook::run(&mut context, command),
        Some(Command::Keys { check }) => keys::run(&mut context, check),
        Some(Command::Completions { shell }) => manual::completions(shell),
        Some(Command::Man) => manual::man(),
    }
}
