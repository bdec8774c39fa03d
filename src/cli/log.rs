//! `carecert log`.

use super::{Done, context::Context, options::Log};
use crate::domain::{describe, record::Record, text::safe, time::zone_label};
use serde::Serialize;
use serde_json::value::RawValue;

/// Prints the log, oldest first.
pub(super) fn run(context: &mut Context, log: &Log) -> Done {
    let loaded = context.read(&log.case, log.last.unwrap_or(usize::MAX))?;
    let case = &loaded.case;
    if context.json {
        #[derive(Serialize)]
        struct Row<'a> {
            entry: String,
            hash: String,
            what: String,
            corrected_by: Vec<String>,
            record: &'a RawValue,
        }
        let mut rows = Vec::new();
        for record in &loaded.tail {
            let Ok(raw) = serde_json::from_str::<&RawValue>(record.text()) else { continue };
            rows.push(Row {
                entry: case.cite(&record.id),
                hash: record.hash.to_string(),
                what: describe::headline(case, record),
                corrected_by: corrections(case, record),
                record: raw,
            });
        }
        context.print_json(&rows)?;
        return Ok(0);
    }
    for record in &loaded.tail {
        let at = record.at.local(record.offset).format("%Y-%m-%d %H:%M:%S");
        let mut line = format!(
            "{:<5} {at} {}  {:<13} {}  [{}]",
            case.cite(&record.id),
            zone_label(record.offset),
            describe::label(&record.event),
            safe(&describe::headline(case, record)),
            safe(&record.by.label())
        );
        if let Some(occurred) = record.occurred {
            let occurred = occurred.local(record.offset).format("%Y-%m-%d %H:%M:%S");
            line.push_str(&format!("  (happened {occurred} {})", zone_label(record.offset)));
        }
        let corrected = corrections(case, record);
        if !corrected.is_empty() {
            line.push_str(&format!("  (CORRECTED by {})", corrected.join(", ")));
        }
        context.print(&line)?;
    }
    Ok(0)
}

fn corrections(case: &crate::domain::case::Case, record: &Record) -> Vec<String> {
    let corrections = case.corrections.get(&record.id).into_iter().flatten();
    corrections.map(|correction| case.cite(&correction.entry)).collect()
}
