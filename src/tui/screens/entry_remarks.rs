//! What is said of an entry beside what it says itself: who logged it and when, and later what is right instead and
//! that it is to be looked at again.

use crate::{
    domain::{
        case::{Case, Noted},
        id::EntryId,
        time::{Now, Time},
        wording::moment::full_time,
    },
    tui::{
        text::theme::Theme,
        widgets::list_with_detail::{Row, at},
    },
};
use ratatui::style::Style;

/// Who logged it and when, in a row of that name; the moment that it speaks of, where that is another.
pub(super) fn logged<T>(name: &'static str, case: &Case, entry: &Noted<T>, now: Option<Now>) -> [Row; 2] {
    let when = |time: Time| full_time(time, now);
    let by = format!("{}, {}, {}", case.cite(&entry.entry), entry.by.label(), when(entry.at));
    [(name, by, Style::new()), ("Happened", entry.occurred.map(when).unwrap_or_default(), Style::new())]
}

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
