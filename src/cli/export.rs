//! `carecert export`.

use super::{Done, context::Context, failure::Failure, options::Export, progress::told};
use crate::{
    domain::describe,
    exchange::Format,
    runtime::{clock, export},
};
use serde::Serialize;

/// Writes the case to a file, and records that it left.
pub(super) fn run(context: &mut Context, wanted: &Export) -> Done {
    let Some(format) = Format::parse(&wanted.format) else {
        let names: Vec<&str> = Format::ALL.iter().map(|format| format.name()).collect();
        let what = format!("there is no export format {:?}", wanted.format);
        return Err(Failure { status: 2, ..Failure::new(what, format!("use one of: {}", names.join(", "))) });
    };
    let mut session = context.open(&wanted.case)?;
    let folder = session.file().folder().to_owned();
    let exported = export::export(&folder, format, wanted.out.as_deref(), &mut told("writing"))?;
    let records = session.execute(0, exported.command().into(), clock::now())?;
    let entry = records.last().map(|record| session.case().cite(&record.id));
    if context.json {
        #[derive(Serialize)]
        struct Answer {
            case: String,
            path: String,
            format: &'static str,
            sha256: String,
            size: u64,
            seal: String,
            records: u64,
            entry: Option<String>,
        }
        context.print_json(&Answer {
            case: session.case().id.to_string(),
            path: exported.path.display().to_string(),
            format: format.name(),
            sha256: exported.made.sha256.to_string(),
            size: exported.made.size,
            seal: exported.made.seal.clone(),
            records: exported.made.records,
            entry,
        })?;
    } else {
        let size = describe::bytes(exported.made.size);
        context.print(&format!(
            "{}\n{size}, {} entries, seal {}\nSHA-256 {}\nrecorded {}",
            exported.path.display(),
            exported.made.records,
            exported.made.seal,
            exported.made.sha256,
            entry.unwrap_or_default()
        ))?;
    }
    session.close()?;
    Ok(0)
}
