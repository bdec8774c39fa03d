//! `carecert verify`.

use super::{Done, context::Context, failure::Failure, progress::told};
use crate::{
    domain::{
        finding::{Finding, Level, intact},
        text::safe,
    },
    exchange::check,
    runtime::interrupt::Interrupt,
    store::{
        cases,
        inspect::{Inspection, inspect},
        layout,
    },
};
use serde::Serialize;
use std::{fs::File, io::Read as _, path::Path};

/// Checks a case folder, a case file or a bundle; status 3 where something is changed, lost or unreadable.
pub(super) fn run(context: &mut Context, path: &Path) -> Done {
    let inspection = inspect_any(context, path)?;
    let ok = intact(&inspection.findings);
    if context.json {
        #[derive(Serialize)]
        struct Answer<'a> {
            ok: bool,
            case: Option<String>,
            records: u64,
            evidence: u64,
            seal: Option<&'a str>,
            findings: &'a [Finding],
        }
        context.print_json(&Answer {
            ok,
            case: inspection.case.as_ref().map(|case| case.id.to_string()),
            records: inspection.records,
            evidence: inspection.evidence,
            seal: inspection.seal.as_deref(),
            findings: &inspection.findings,
        })?;
    } else {
        context.print(&text(&inspection, ok))?;
    }
    Ok(if ok { 0 } else { 3 })
}

fn inspect_any(context: &Context, path: &Path) -> Result<Inspection, Failure> {
    if path.is_file() && !is_case_file(path) {
        let file = File::open(path).map_err(|why| crate::store::error::StoreError::io("read", path, why))?;
        let name = path.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned());
        return check::check_bundle(
            std::io::BufReader::new(file),
            &name,
            &mut told("checking the bundle", &Interrupt::listen()?),
        )
        .map_err(|why| Failure::new(why.to_string(), why.hint()));
    }
    // An id works here too, as everywhere.
    let folder = match path.to_str() {
        Some(given) if !path.exists() => cases::find(&context.home.cases, given)?,
        _ => path.to_owned(),
    };
    if folder.is_dir() && !folder.join(layout::DATABASE).exists() {
        let why = format!("it holds no {}", layout::DATABASE);
        return Err(crate::store::error::StoreError::NotACase { path: folder, why }.into());
    }
    Ok(inspect(&folder, &mut told("checking the case", &Interrupt::listen()?))?)
}

/// A database by its name or by its first bytes; everything else is taken for a bundle.
fn is_case_file(path: &Path) -> bool {
    let mut start = [0; 16];
    let magic = File::open(path)
        .and_then(|mut file| file.read_exact(&mut start))
        .is_ok_and(|()| &start == b"SQLite format 3\0");
    magic || path.file_name().is_some_and(|name| name == layout::DATABASE)
}

fn text(inspection: &Inspection, ok: bool) -> String {
    let mut lines = Vec::new();
    for finding in &inspection.findings {
        let level = match finding.level {
            Level::Damage => "DAMAGE",
            Level::Unchecked => "not checked",
            Level::Notice => "notice",
        };
        lines.push(format!("{level}  {}: {}", safe(&finding.place), safe(&finding.what)));
    }
    let damage = inspection.findings.iter().filter(|finding| finding.level == Level::Damage).count();
    let count = |number: u64, one: &str, many: &str| format!("{number} {}", if number == 1 { one } else { many });
    let verdict =
        if ok { "intact".to_owned() } else { format!("DAMAGED: {}", count(damage as u64, "finding", "findings")) };
    lines.push(format!(
        "{verdict}; {}, {}, seal {}",
        count(inspection.records, "entry", "entries"),
        count(inspection.evidence, "item of evidence", "items of evidence"),
        inspection.seal.as_deref().unwrap_or("none")
    ));
    if ok {
        lines.push("compare the seal with one that was noted on paper or told by phone".into());
    }
    lines.join("\n")
}
