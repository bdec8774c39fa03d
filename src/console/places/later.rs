//! What was said of an entry later: what is right instead, and that it is to be looked at again.

use super::paired::{Row, at};
use crate::{
    console::theme::Theme,
    domain::{case::Case, id::EntryId, time::Now},
};

/// Corrections of an entry, oldest first, and its follow-up mark.
pub(super) fn rows(case: &Case, entry: &EntryId, theme: Theme, now: Option<Now>) -> Vec<Row> {
    let because = |why: &str| if why.is_empty() { String::new() } else { format!(" (because: {why})") };
    let corrections = case.corrections.get(entry).into_iter().flatten();
    let mut rows: Vec<Row> = corrections
        .map(|fix| {
            let by = format!("by {}, {}, {}", case.cite(&fix.entry), fix.by.name, at(fix.at, now));
            ("Corrected", format!("{by}: {}{}", fix.what.text, because(&fix.what.why)), theme.near())
        })
        .collect();
    if let Some(mark) = case.follow_ups.get(entry) {
        let why = if mark.what.why.is_empty() { String::new() } else { format!(": {}", mark.what.why) };
        let by = format!("{}, {}, {}", case.cite(&mark.entry), mark.by.name, at(mark.at, now));
        rows.push(("Look at", format!("again, marked by {by}{why}"), theme.near()));
    }
    rows
}
