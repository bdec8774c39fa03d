//! The table of evidence as CSV, for spreadsheets: one row for each item, in the order of the case.

use super::names;
use crate::{
    domain::{case::Case, time::Time},
    exchange::{error::ExchangeError, timeline},
};

/// All that the records say of the evidence, also of what was taken by reference.
pub(super) fn render_evidence_csv(case: &Case) -> Result<Vec<u8>, ExchangeError> {
    let fault = |why: csv::Error| ExchangeError::make("the table of evidence", why);
    let mut table = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(Vec::new());
    let columns = [
        "entry",
        "console",
        "seq",
        "file",
        "name",
        "sha256",
        "size_bytes",
        "copied",
        "origin",
        "source",
        "about",
        "modified_utc",
        "playbook",
        "step",
        "recorded_utc",
        "occurred_utc",
        "by",
        "role",
        "organisation",
    ];
    table.write_record(columns).map_err(fault)?;
    let moment = |at: Option<Time>| at.map_or_else(String::new, |at| at.to_string());
    for item in names::list_evidence(case) {
        let (noted, what) = (item.noted, &item.noted.what);
        let step = what.step.as_ref();
        let cells = [
            case.cite(&noted.entry),
            noted.entry.console.to_string(),
            noted.entry.seq.to_string(),
            item.path.clone().unwrap_or_default(),
            what.name.clone(),
            what.sha256.to_string(),
            what.size.to_string(),
            if what.copied { "yes" } else { "no" }.to_owned(),
            what.origin.clone(),
            what.source.clone(),
            what.about.clone(),
            moment(what.modified),
            step.map_or_else(String::new, |step| step.playbook.clone()),
            step.map_or_else(String::new, |step| step.step.clone()),
            noted.at.to_string(),
            moment(noted.occurred),
            noted.by.name.clone(),
            noted.by.role.clone(),
            noted.by.organisation.clone(),
        ];
        // As in the timeline: safe to show, and nothing that a spreadsheet runs.
        table.write_record(cells.iter().map(|text| timeline::csv::safe_cell(text).into_owned())).map_err(fault)?;
    }
    table.into_inner().map_err(|why| ExchangeError::make("the table of evidence", why.into_error()))
}
