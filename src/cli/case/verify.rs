//! `carecert verify`.

use crate::{
    cli::{
        context::Context,
        failure::{CommandResult, Failure},
        progress::watch_progress,
        stderr::print_remark,
    },
    domain::{
        finding::{Finding, Level, Verdict},
        text::make_safe,
        wording::number::count_of,
    },
    exchange::{Inspection, check_bundle, confirm_case, is_unpacked_bundle, verify::inspection::UNSEEN},
    runtime::{clock, interrupt::Interrupt},
    store::{cases, error::StoreError, inspect::CaseFolder, layout, regular::open_regular},
};
use clap::{Args, ValueHint};
use serde::Serialize;
use std::{
    io::Read as _,
    path::{Path, PathBuf},
};

/// Check a case or a bundle, finding by finding.
#[derive(Debug, Args)]
pub(crate) struct VerifyCommand {
    #[arg(value_name = "PATH", value_hint = ValueHint::AnyPath)]
    path: PathBuf,
}

/// What was found, as JSON.
#[derive(Serialize)]
struct VerifyAnswer<'a> {
    ok: bool,
    verdict: Verdict,
    case: Option<String>,
    records: u64,
    evidence: u64,
    seal: Option<&'a str>,
    findings: &'a [Finding],
    /// What no check of this case alone can see.
    unseen: [&'a str; 2],
}

impl VerifyCommand {
    /// A case folder, a case file or a bundle; status 3 if something is changed or lost, else 1 if something could
    /// not be checked.
    pub(crate) fn run(self, context: &mut Context) -> CommandResult {
        let inspection = inspect_any(context, &self.path)?;
        let verdict = inspection.verdict();
        if context.json {
            context.print_json(&VerifyAnswer {
                ok: verdict == Verdict::Intact,
                verdict,
                case: inspection.case.as_ref().map(|case| case.id.to_string()),
                records: inspection.records,
                evidence: inspection.evidence,
                seal: inspection.seal.as_deref(),
                findings: &inspection.findings,
                unseen: UNSEEN,
            })?;
        } else {
            context.print(&describe_inspection(&inspection, verdict))?;
        }
        Ok(match verdict {
            Verdict::Intact => 0,
            Verdict::Unchecked => {
                print_remark(
                    "carecert: not everything could be checked: what is marked \"not checked\" may be intact or damaged",
                );
                1
            }
            Verdict::Damaged => 3,
        })
    }
}

fn inspect_any(context: &Context, path: &Path) -> Result<Inspection, Failure> {
    let now = clock::now().at;
    if path.is_file() && !looks_like_case_file(path) {
        // A link that was given by name is followed, once.
        let target = path.canonicalize().map_err(|why| StoreError::io("read", path, why))?;
        let (file, _) = open_regular(&target)?;
        let name = path.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned());
        return check_bundle(
            std::io::BufReader::new(file),
            &name,
            now,
            &mut watch_progress("checking the bundle", &Interrupt::listen()?),
        )
        .map_err(|why| Failure::new(why.to_string(), why.hint()));
    }
    // An id works here too, as everywhere.
    let folder = match path.to_str() {
        Some(given) if path.symlink_metadata().is_err() => cases::find_case(&context.home.cases, given)?,
        _ => path.to_owned(),
    };
    // A case stays one, whatever was put into its folder.
    if is_unpacked_bundle(&folder) && CaseFolder::of(&folder).is_err() {
        let what = format!("{} is an unpacked bundle, and only the zip can be checked", folder.display());
        let hint = "verify the zip as it was sent, or follow data/README.txt in this folder";
        return Err(Failure::new(what, hint));
    }
    Ok(confirm_case(&folder, now, &mut watch_progress("checking the case", &Interrupt::listen()?))?)
}

/// A database by its name or by its first bytes; everything else is taken for a bundle.
fn looks_like_case_file(path: &Path) -> bool {
    let mut start = [0; 16];
    let magic = open_regular(path).is_ok_and(|(mut file, _)| file.read_exact(&mut start).is_ok())
        && &start == b"SQLite format 3\0";
    magic || path.file_name().is_some_and(|name| name == layout::DATABASE)
}

/// The findings, what they come to, and what no finding can say.
fn describe_inspection(inspection: &Inspection, verdict: Verdict) -> String {
    let mut lines = Vec::new();
    for finding in &inspection.findings {
        let level = match finding.level {
            Level::Damage => "DAMAGE",
            Level::Unchecked => "not checked",
            Level::Notice => "notice",
        };
        lines.push(format!("{level}  {}: {}", make_safe(&finding.place), make_safe(&finding.what)));
    }
    let of = |level| inspection.findings.iter().filter(|finding| finding.level == level).count() as u64;
    let (damage, unchecked) = (of(Level::Damage), of(Level::Unchecked));
    let closing = match verdict {
        Verdict::Intact => "intact".to_owned(),
        Verdict::Unchecked => {
            let findings = count_of(unchecked, "finding", "findings");
            format!("NOT ALL CHECKED: {findings}; no damage in what was checked")
        }
        Verdict::Damaged if unchecked > 0 => {
            format!("DAMAGED: {}, and {unchecked} not checked", count_of(damage, "finding", "findings"))
        }
        Verdict::Damaged => format!("DAMAGED: {}", count_of(damage, "finding", "findings")),
    };
    lines.push(format!(
        "{closing}; {}, {}, seal {}",
        count_of(inspection.records, "entry", "entries"),
        count_of(inspection.evidence, "item of evidence", "items of evidence"),
        inspection.seal.as_deref().unwrap_or("none")
    ));
    lines.extend(UNSEEN.map(str::to_owned));
    lines.join("\n")
}
