//! `carecert export`.

use crate::{
    cli::{
        Done,
        context::{Context, now, tell},
        failure::Failure,
        options::Export,
        progress::told,
    },
    domain::{text::safe, wording::number},
    exchange::Format,
    runtime::{export, interrupt::Interrupt, report},
};
use serde::Serialize;

/// Writes the case to a file, and records that it left.
pub(crate) fn run(context: &mut Context, wanted: &Export) -> Done {
    let Some(format) = Format::parse(&wanted.format) else {
        let names: Vec<&str> = Format::ALL.iter().map(|format| format.name()).collect();
        let what = format!("there is no export format {:?}", wanted.format);
        return Err(Failure { status: 2, ..Failure::new(what, format!("use one of: {}", names.join(", "))) });
    };
    let folder = context.folder(&wanted.case)?;
    let interrupt = Interrupt::listen()?;
    let mut unwritable = String::new();
    let writable = match context.open(&wanted.case) {
        Ok(session) => Some(session),
        Err(why) if why.read_only => {
            unwritable = why.report.what;
            None
        }
        Err(why) => return Err(why),
    };
    let exported =
        export::export(&context.home, &folder, format, wanted.out.as_deref(), &mut told("writing", &interrupt))?;
    if let Some(why) = &exported.unsynced {
        let (path, why) = (exported.path.display().to_string(), report::one_line(why));
        tell(&format!(
            "carecert: warning: {} was written, but may not survive a power cut: {}",
            safe(&path),
            safe(&why)
        ));
    }
    let mut entry = None;
    match writable {
        Some(mut session) => {
            // The file is there whatever becomes of its entry: a script that tried again would only find its name taken.
            match session.execute(0, exported.command().into(), now()) {
                Ok(records) => entry = records.last().map(|record| session.case().cite(&record.id)),
                Err(why) => {
                    let Failure { report, .. } = Failure::from(why);
                    let why: Vec<String> = std::iter::once(report.what).chain(report.causes).collect();
                    let path = exported.path.display().to_string();
                    tell(&format!("carecert: warning: {} was written, but {}", safe(&path), safe(&why.join(": "))));
                }
            }
            context.close(session);
        }
        None => tell(&format!(
            "carecert: warning: {}: that it was exported is not recorded in the case; write down when, to whom and the \
             SHA-256",
            safe(&unwritable)
        )),
    }
    let written = exported.path.display().to_string();
    let printed = if context.json {
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
        })
    } else {
        let size = number::size(exported.made.size);
        context.print(&format!(
            "{}\n{size}, {} entries, seal {}\nSHA-256 {}\n{}",
            exported.path.display(),
            exported.made.records,
            exported.made.seal,
            exported.made.sha256,
            entry.map_or_else(|| "NOT RECORDED in the case".to_owned(), |entry| format!("recorded {entry}"))
        ))
    };
    printed.map_err(|why| why.although_recorded(&[format!("the export, written to {written}")])).map(|()| 0)
}
