//! `carecert export`.

use super::{
    Done,
    context::{Context, tell},
    failure::Failure,
    options::Export,
    progress::told,
};
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
    let folder = context.folder(&wanted.case)?;
    let writable = match context.open(&wanted.case) {
        Ok(session) => Some(session),
        Err(why) if why.read_only => None,
        Err(why) => return Err(why),
    };
    let exported = export::export(&folder, format, wanted.out.as_deref(), &mut told("writing"))?;
    let mut entry = None;
    match writable {
        Some(mut session) => {
            let records = session.execute(0, exported.command().into(), clock::now())?;
            entry = records.last().map(|record| session.case().cite(&record.id));
            session.close()?;
        }
        None => tell(
            "carecert: warning: the case can be read but not written: that it was exported is not recorded in it; \
             write down when, to whom and the SHA-256",
        ),
    }
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
            case: exported.case.to_string(),
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
            "{}\n{size}, {} entries, seal {}\nSHA-256 {}\n{}",
            exported.path.display(),
            exported.made.records,
            exported.made.seal,
            exported.made.sha256,
            entry.map_or_else(|| "NOT RECORDED in the case".to_owned(), |entry| format!("recorded {entry}"))
        ))?;
    }
    Ok(0)
}
