//! `carecert export`.

use crate::{
    cli::{
        context::Context,
        failure::{CommandResult, Failure},
        progress::watch_progress,
        stderr::print_warning,
        times::read_clock,
    },
    domain::{problem::Problem, wording::number},
    exchange::Format,
    runtime::{
        export::{self, Exported},
        interrupt::Interrupt,
        session::Session,
    },
};
use clap::{Args, ValueHint};
use serde::Serialize;
use std::path::PathBuf;

/// Write a case to a file for others.
#[derive(Debug, Args)]
pub(crate) struct ExportCommand {
    #[arg(value_name = "CASE")]
    case: String,
    /// bundle, html, md, jsonl, csv or handover.
    #[arg(long, value_name = "F", default_value = "bundle")]
    format: String,
    /// The file to write, or a folder to put it in.
    #[arg(long, value_name = "PATH", value_hint = ValueHint::AnyPath)]
    out: Option<PathBuf>,
}

/// What was written, as JSON.
#[derive(Serialize)]
struct ExportAnswer {
    case: String,
    path: String,
    format: &'static str,
    sha256: String,
    size: u64,
    seal: String,
    records: u64,
    /// The entry that says that it left; none where the case could not be written.
    entry: Option<String>,
}

impl ExportCommand {
    /// The case's log then says that it left. Where the case cannot be written, the file is made all the same.
    pub(crate) fn run(self, context: &mut Context) -> CommandResult {
        let Some(format) = Format::parse(&self.format) else {
            let names: Vec<&str> = Format::ALL.iter().map(|format| format.name()).collect();
            let what = format!("there is no export format {:?}", self.format);
            return Err(Failure::wrong_usage(what, format!("use one of: {}", names.join(", "))));
        };
        let folder = context.find_case_folder(&self.case)?;
        let interrupt = Interrupt::listen()?;
        let mut unwritable = String::new();
        let writable = match context.open_case(&self.case) {
            Ok(session) => Some(session),
            Err(why) if why.read_only => {
                unwritable = why.problem.what;
                None
            }
            Err(why) => return Err(why),
        };
        let exported = export::export_case(
            &context.home,
            &folder,
            format,
            self.out.as_deref(),
            &mut watch_progress("writing", &interrupt),
        )?;
        if let Some(why) = &exported.unsynced {
            let (path, why) = (exported.path.display(), Problem::from(why).without_hint());
            print_warning(&format!("{path} was written, but may not survive a power cut: {why}"));
        }
        let entry = match writable {
            Some(session) => record_export(context, session, &exported),
            None => {
                print_warning(&format!(
                    "{unwritable}: that it was exported is not recorded in the case; write down when, to whom and the \
                     SHA-256"
                ));
                None
            }
        };
        let path = exported.path.display().to_string();
        let printed = print_export(context, &exported, format, entry);
        printed.map_err(|why| why.although_recorded(&[format!("the export, written to {path}")])).map(|()| 0)
    }
}

/// Records that the case left, and gives the citation of that entry.
fn record_export(context: &Context, mut session: Session, exported: &Exported) -> Option<String> {
    // The file is there whatever becomes of its entry: a script that tried again would only find its name taken.
    let entry = match session.execute(0, exported.command().into(), read_clock()) {
        Ok(records) => records.last().map(|record| session.case().cite(&record.id)),
        Err(why) => {
            let Failure { problem, .. } = Failure::from(why);
            let why: Vec<String> = std::iter::once(problem.what).chain(problem.causes).collect();
            print_warning(&format!("{} was written, but {}", exported.path.display(), why.join(": ")));
            None
        }
    };
    context.close_case(session);
    entry
}

fn print_export(context: &Context, exported: &Exported, format: Format, entry: Option<String>) -> Result<(), Failure> {
    let Exported { case, path, made, .. } = exported;
    if context.json {
        return context.print_json(&ExportAnswer {
            case: case.to_string(),
            path: path.display().to_string(),
            format: format.name(),
            sha256: made.sha256.to_string(),
            size: made.size,
            seal: made.seal.clone(),
            records: made.records,
            entry,
        });
    }
    context.print(&format!(
        "{}\n{}, {} entries, seal {}\nSHA-256 {}\n{}",
        path.display(),
        number::byte_size(made.size),
        made.records,
        made.seal,
        made.sha256,
        entry.map_or_else(|| "NOT RECORDED in the case".to_owned(), |entry| format!("recorded {entry}"))
    ))
}
