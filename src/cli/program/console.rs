//! `carecert`, `carecert open` and `carecert demo`: the console.

use crate::{
    cli::{
        Done,
        context::{Context, now, warn_although_recorded},
        failure::Failure,
    },
    runtime::{
        app::{self, Start},
        demo, settings, zone,
    },
    tui::{Look, Settings, model::msg::Report},
};
use std::{io::IsTerminal as _, path::PathBuf};

/// Opens the console, on a case where one is named.
pub(crate) fn open(context: &mut Context, case: Option<&str>, watch: bool) -> Done {
    let folder = case.map(|case| context.folder(case)).transpose()?;
    start(context, folder, watch)
}

/// Makes a sample case and opens it. Without a terminal its id is printed.
pub(crate) fn demo(context: &mut Context) -> Done {
    let made = demo::make(&context.home, now()).map_err(Failure::from)?;
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
    start(context, Some(folder), false)
}

fn start(context: &Context, case: Option<PathBuf>, watch: bool) -> Done {
    // A home that cannot be written is said before the screen is taken.
    context.home.console()?;
    // No file of the organisation's own is passed over in silence. Without one there is nothing to be said, and the
    // first frame does not wait for a check of the built-in playbooks.
    let (own, unreadable) = context.home.playbooks();
    if !(own.is_empty() && unreadable.is_empty()) {
        drop(context.library());
    }
    let (chosen, faults) = settings::read(&context.home.config);
    let told = |why: &Report| std::iter::once(&why.what).chain(&why.causes).cloned().collect::<Vec<_>>().join(": ");
    let unknown = context.unknown.iter().filter(|_| !context.named).map(|why| format!("{}.", told(why)));
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
        faults: zone::fault().into_iter().chain(unknown).chain(faults.iter().map(settings::Fault::told)).collect(),
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
    app::run(start)?;
    Ok(0)
}
