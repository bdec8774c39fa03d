//! `carecert`, `carecert open` and `carecert demo`: the console.

use crate::{
    cli::{
        context::Context,
        failure::{CommandResult, Failure},
        stderr::warn_although_recorded,
        times::read_clock,
    },
    domain::problem::Problem,
    runtime::{
        app::{self, Start},
        demo, settings, zone,
    },
    tui::{Look, Settings},
};
use clap::Args;
use std::{io::IsTerminal as _, path::PathBuf};

/// Open the console on a case.
#[derive(Debug, Args)]
pub(crate) struct OpenCommand {
    #[arg(value_name = "CASE")]
    case: String,
    /// Only show it, and follow what others record: for a wall in the incident room. Nothing is written.
    #[arg(long)]
    watch: bool,
}

impl OpenCommand {
    pub(crate) fn run(self, context: &mut Context) -> CommandResult {
        let folder = context.find_case_folder(&self.case)?;
        open_console(context, Some(folder), self.watch)
    }
}

/// Make a finished sample case and open it in the console.
#[derive(Debug, Args)]
pub(crate) struct DemoCommand {}

impl DemoCommand {
    /// Without a terminal its id is printed.
    pub(crate) fn run(self, context: &mut Context) -> CommandResult {
        let made = demo::make_demo(&context.home, read_clock()).map_err(Failure::from)?;
        made.warnings.iter().for_each(warn_although_recorded);
        let (folder, case) = (made.folder, made.case);
        if context.json || !std::io::stdout().is_terminal() {
            if context.json {
                context.print_json(&serde_json::json!({
                    "case": case.id, "folder": folder.display().to_string(),
                    "records": case.records, "seal": case.seal().to_string(),
                }))?;
            } else {
                context.print(case.id.as_str())?;
            }
            return Ok(0);
        }
        open_console(context, Some(folder), false)
    }
}

/// Opens the console, on the case in this folder where one is given; with `watch` only to look.
pub(crate) fn open_console(context: &Context, case: Option<PathBuf>, watch: bool) -> CommandResult {
    // A home that cannot be written is said before the screen is taken.
    context.home.console()?;
    // No file of the organisation's own is passed over in silence. Without one there is nothing to be said, and the
    // first frame does not wait for a check of the built-in playbooks.
    let (own, unreadable) = context.home.playbooks();
    if !(own.is_empty() && unreadable.is_empty()) {
        drop(context.read_usable_playbooks());
    }
    let (chosen, faults) = settings::read_settings(&context.home.config);
    let in_a_line =
        |why: &Problem| std::iter::once(&why.what).chain(&why.causes).cloned().collect::<Vec<_>>().join(": ");
    let unknown = context.unknown.iter().filter(|_| !context.named).map(|why| format!("{}.", in_a_line(why)));
    let settings = Settings {
        look: if std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty()) {
            chosen.theme
        } else {
            Look::Monochrome
        },
        bell: chosen.bell,
        mouse: chosen.mouse,
        asks_name: !watch && !context.named && !context.known,
        keymap: chosen.keymap,
        here: std::env::current_dir().map(|here| here.display().to_string()).unwrap_or_default(),
        faults: zone::zone_fault().into_iter().chain(unknown).chain(faults.iter().map(settings::Fault::told)).collect(),
        ascii: std::env::var_os("TERM").is_some_and(|term| term == "linux" || term == "dumb"),
    };
    let start = Start {
        home: context.home.clone(),
        case,
        watch,
        responder: context.who.clone(),
        named: context.named,
        settings,
    };
    app::run_console(start)?;
    Ok(0)
}
