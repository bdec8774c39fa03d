//! A check of a case on disk that goes on after a fault and lists all that it finds.

use super::{heads::check_heads, inspection::Inspection, log::LogCheck};
use crate::{
    domain::{
        case::{Case, Noted},
        event::EvidenceAdded,
        finding::{Finding, Findings, Kind, Level},
        text::make_safe,
        time::Time,
    },
    store::{
        error::StoreError,
        folder_check::{Claim, check_evidence, check_names},
        in_progress,
        inspect::CaseFolder,
        layout,
        watch::Watch,
    },
};
use std::path::Path;

/// Checks the case in `path` as [`check_case`] does, and once more if its database seems to be damaged: SQLite calls a
/// file malformed also if the disk failed once while it was read. Damage is what is seen twice.
pub fn confirm_case(path: &Path, now: Time, watch: Watch<'_>) -> Result<Inspection, StoreError> {
    let unreadable = |found: &Inspection| {
        let of_database = |finding: &&Finding| finding.kind == Kind::UnreadableDatabase;
        found.findings.iter().filter(of_database).any(|finding| finding.level == Level::Damage)
    };
    let first = check_case(path, now, watch)?;
    if !unreadable(&first) {
        return Ok(first);
    }
    let second = check_case(path, now, watch)?;
    Ok(if unreadable(&second) { first } else { second })
}

/// Checks the case in `path` (its folder or its database), on a machine whose clock says `now`. Fails only if there is
/// no case to check, or only a newer program can.
pub fn check_case(path: &Path, now: Time, watch: Watch<'_>) -> Result<Inspection, StoreError> {
    let folder = CaseFolder::of(path)?;
    let mut findings = Findings::default();
    // The head file first: whatever it names was in the database before.
    let promised = folder.read_heads(&mut findings);
    let promises = promised.as_ref().is_some_and(|heads| heads.values().any(|head| head.seq > 0));
    let mut inspection = Inspection::default();
    match folder.open_log(&mut findings)? {
        Some(rows) => {
            let mut log = LogCheck::new(false);
            let to_the_end = rows.read(&mut findings, &mut |row| match row {
                Ok(text) => log.line(text),
                Err(why) => log.skip(why),
            });
            let mut log = log.finish(now);
            if to_the_end {
                check_heads(promised.as_ref(), folder.latest_heads().as_ref(), &log, &mut findings);
                if log.lines == 0 && !promises {
                    let what = "it holds no entries, and a case has at least the entry that opened it";
                    findings.push(Finding::damage(Kind::EntriesMissing, layout::DATABASE, what));
                }
                let claims = log.case.as_ref().map(list_claims).unwrap_or_default();
                inspection.evidence = check_evidence(folder.path(), claims, &mut findings, watch)?;
            } else {
                findings.push(note_unread());
            }
            findings.extend(std::mem::take(&mut log.findings).finish());
            inspection.records = log.lines;
            inspection.seal = log.case.as_ref().map(|case| case.seal().to_string());
            inspection.case = log.case;
        }
        None => findings.push(note_unread()),
    }
    check_names(folder.path(), &mut findings);
    // A kill leaves any of the files half made, and nothing in them was acknowledged.
    inspection.findings = if inspection.records == 0 && !promises && folder.is_unfinished() {
        vec![note_unfinished()]
    } else {
        findings.finish()
    };
    inspection.findings.sort_by_key(|finding| (std::cmp::Reverse(finding.level), finding.kind));
    Ok(inspection)
}

/// Every item of evidence, with whether the case keeps a copy.
fn list_claims(case: &Case) -> Vec<Claim> {
    let claim = |item: &Noted<EvidenceAdded>| Claim {
        entry: case.cite(&item.entry),
        name: make_safe(&item.what.name).into_owned(),
        sha256: item.what.sha256,
        size: item.what.size,
        copied: item.what.copied,
    };
    case.evidence.iter().map(claim).collect()
}

/// Without all entries, nothing says what evidence there should be.
fn note_unread() -> Finding {
    let what = "it was not checked, since the entries that name it could not all be read";
    Finding::unchecked(Kind::NotChecked, layout::EVIDENCE, what)
}

/// All that is said of a case of which only the beginning was made.
fn note_unfinished() -> Finding {
    let what = "the case has no entries yet: it is being opened just now, or opening it was cut off. Nothing was \
                recorded in it; `carecert tidy` removes it if it was cut off";
    Finding::unchecked(Kind::NotChecked, in_progress::MAKING, what)
}
