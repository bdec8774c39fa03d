//! An entry in full: what it says, what was said of it since, when and by whom, and how it is chained.

use crate::{
    domain::{event::Event, id::EntryId, record::Record, search::EntryRow, time::Now, wording::moment::full_beside},
    tui::{
        model::open_case::OpenCase,
        text::{hanging::hang_text, theme::Theme},
    },
};
use ratatui::{style::Style, text::Line};

/// The most entries that are named as speaking of it.
const NAMED: usize = 12;
/// Bytes of the line of another entry.
const LINE: usize = 400;

/// Its lines in so many cells.
pub(crate) fn lay_entry(
    screen: &OpenCase,
    record: &Record,
    theme: Theme,
    now: Option<Now>,
    cells: usize,
) -> Vec<Line<'static>> {
    let case = &screen.case;
    let cells = cells.saturating_sub(2);
    let cite = case.cite(&record.id);
    let mut lines =
        vec![Line::styled(format!(" {cite}  {}", record.event.sign().label), theme.strong()), Line::default()];
    let mut add = |name: &str, text: &str, style: Style| {
        for line in hang_text(&format!(" {name:<11}"), text, theme, style, cells) {
            lines.push(line);
        }
    };
    for (name, text) in record.event.rows(case) {
        add(name, &text, Style::new());
    }
    add("", "", Style::new());
    for (name, text) in list_later_remarks(screen, record) {
        add(name, &text, theme.near());
    }
    for (name, text) in list_references(screen, record) {
        add(name, &text, Style::new());
    }
    if let Some(occurred) = record.occurred {
        add("Happened", &full_beside(occurred, record.at, record.offset, now), Style::new());
    }
    if let Some(begun) = record.begun {
        add("Begun", &full_beside(begun, record.at, record.offset, now), Style::new());
    }
    add("Recorded", &full_beside(record.at, record.at, record.offset, now), Style::new());
    let organisation =
        if record.by.organisation.is_empty() { String::new() } else { format!(", {}", record.by.organisation) };
    add("By", &format!("{}{organisation}", record.by.label()), Style::new());
    add("Console", &format!("{} ({})", case.letter(&record.id.console), record.id.console), Style::new());
    add("Hash", &record.hash.to_string(), theme.quiet());
    add("After", &record.prev.to_string(), theme.quiet());
    add("", "", Style::new());
    add("The line", record.text(), theme.quiet());
    lines
}

/// What was said of it since: corrections, the follow-up mark, and who confirmed it.
fn list_later_remarks(screen: &OpenCase, record: &Record) -> Vec<(&'static str, String)> {
    let case = &screen.case;
    let mut all = Vec::new();
    for correction in case.corrections.get(&record.id).into_iter().flatten() {
        let by = case.cite(&correction.entry);
        all.push(("Corrected", format!("by {by}, {}: {}", correction.by.label(), correction.what.text)));
        if !correction.what.why.is_empty() {
            all.push(("", format!("because: {}", correction.what.why)));
        }
    }
    if let Some(mark) = case.follow_ups.get(&record.id) {
        let why = if mark.what.why.is_empty() { String::new() } else { format!(": {}", mark.what.why) };
        all.push(("⚑ Follow up", format!("{}, {}{why}", case.cite(&mark.entry), mark.by.label())));
    }
    for sign in case.countersigned(&record.id) {
        all.push(("Confirmed", format!("by {}, {}", case.cite(&sign.entry), sign.what.person.label())));
    }
    all
}

/// The entry that it is about, and those that speak of it.
fn list_references(screen: &OpenCase, record: &Record) -> Vec<(&'static str, String)> {
    let index = &screen.index;
    let said = |row: EntryRow<'_>| format!("{}  {}  {}", row.cite(), row.tag(), row.line(LINE));
    let named = |entry: &EntryId| index.find(entry).and_then(|row| index.row(row)).map(said);
    let mut all: Vec<(&'static str, String)> =
        record.event.entry().and_then(named).map(|text| ("About", text)).into_iter().collect();
    if matches!(record.event, Event::RecordCorrected(_)) {
        // What it replaces is told above all: both are shown.
        all.iter_mut().for_each(|(name, _)| *name = "Was");
    }
    let cite = screen.case.cite(&record.id);
    let mut first = true;
    for row in find_mentions(screen, &cite) {
        let Some(row) = index.row(row).filter(|row| !is_told_already(screen, record, &row.id())) else { continue };
        all.push((if first { "Named in" } else { "" }, said(row)));
        first = false;
    }
    all
}

/// Whether another row says already what this entry says of it.
fn is_told_already(screen: &OpenCase, record: &Record, entry: &EntryId) -> bool {
    let case = &screen.case;
    let corrections = case.corrections.get(&record.id).into_iter().flatten().map(|correction| &correction.entry);
    let marks = case.follow_ups.get(&record.id).map(|mark| &mark.entry);
    let signs = case.countersigned(&record.id);
    let signs = signs.iter().map(|sign| &sign.entry);
    *entry == record.id || corrections.chain(marks).chain(signs).any(|known| known == entry)
}

/// The latest entries that name a citation as a word of its own.
fn find_mentions(screen: &OpenCase, cite: &str) -> Vec<u32> {
    let alone = |text: &str| {
        text.match_indices(cite).any(|(at, _)| {
            let part = |c: char| c.is_alphanumeric();
            !text[..at].ends_with(part) && !text[at + cite.len()..].starts_with(part)
        })
    };
    let found = screen.index.search(cite, usize::MAX, NAMED * 4);
    let names = |row: &u32| {
        let row = screen.index.row(*row);
        row.is_some_and(|row| alone(&row.line(usize::MAX)) || alone(&row.more()))
    };
    found.into_iter().filter(names).take(NAMED).collect()
}
