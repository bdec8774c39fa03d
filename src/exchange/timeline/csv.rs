//! The timeline as CSV, for spreadsheets: one row for each entry, in the order of the case.
//!
//! Text is made safe as on screen. A cell that a spreadsheet could run as a formula (it begins with `=`, `+`, `-`,
//! `@` or their full-width forms, also after white space, or with a tab or a carriage return) gets a leading apostrophe, so `-5` reads `'-5`. Whoever needs the text as
//! recorded takes `records.jsonl` from the bundle. Lines end in `\r\n`, as RFC 4180 says.

use crate::{
    domain::{text::make_safe, time::zone_label},
    exchange::error::ExchangeError,
    store::snapshot::Snapshot,
};
use std::{borrow::Cow, io::Write};

/// The columns. `happened_utc` and `recorded_utc` are RFC 3339 with `Z`; `offset` is the recording machine's zone
/// such as `UTC+01:00`; `order` sorts the entries of all consoles; `corrected_by` cites corrections, `;` between them.
pub const COLUMNS: [&str; 11] = [
    "entry",
    "happened_utc",
    "recorded_utc",
    "offset",
    "order",
    "name",
    "role",
    "organisation",
    "type",
    "what",
    "corrected_by",
];

/// Writes the header and a row for each entry. Fails where `out` does.
pub fn write_csv(snapshot: &Snapshot, out: &mut dyn Write) -> Result<(), ExchangeError> {
    let case = &snapshot.case;
    let mut table = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(out);
    table.write_record(COLUMNS)?;
    for record in &snapshot.records {
        let corrections = case.corrections.get(&record.id).map(Vec::as_slice).unwrap_or_default();
        let corrected_by: Vec<String> = corrections.iter().map(|correction| case.cite(&correction.entry)).collect();
        let cells = [
            case.cite(&record.id),
            record.happened().to_string(),
            record.at.to_string(),
            format!("UTC{}", zone_label(record.offset)),
            record.order.to_string(),
            record.by.name.clone(),
            record.by.role.clone(),
            record.by.organisation.clone(),
            record.event.kind().to_owned(),
            record.event.sentence(case),
            // A comma would need quotes in every row.
            corrected_by.join(";"),
        ];
        table.write_record(cells.iter().map(|text| safe_cell(text).into_owned()))?;
    }
    table.flush()?;
    Ok(())
}

/// The text safe to show and no formula. The tab and the carriage return are looked for before they are shown as
/// marks.
pub(crate) fn safe_cell(text: &str) -> Cow<'_, str> {
    if is_formula(text) { Cow::Owned(format!("'{}", make_safe(text))) } else { make_safe(text) }
}

/// Whether a spreadsheet could run a cell with this text: they skip leading space of every kind, and some read the
/// full-width signs as the plain ones.
fn is_formula(text: &str) -> bool {
    let skipped = |c: char| c.is_whitespace() || matches!(c, '\u{200b}' | '\u{feff}');
    text.trim_start_matches(skipped).starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠'])
        || text.trim_start_matches(' ').starts_with(['\t', '\r'])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exchange::sample;

    fn rows(snapshot: &Snapshot) -> Vec<csv::StringRecord> {
        let mut bytes = Vec::new();
        write_csv(snapshot, &mut bytes).unwrap();
        let text = String::from_utf8(bytes).unwrap();
        assert_eq!(text.matches('\n').count(), text.matches("\r\n").count(), "line ends are all alike");
        csv::Reader::from_reader(text.as_bytes()).into_records().map(Result::unwrap).collect()
    }

    #[test]
    fn every_entry_is_a_row_that_is_read_back() {
        let snapshot = sample::hospital();
        let rows = rows(&snapshot);
        assert_eq!(rows.len(), snapshot.records.len());
        assert!(rows.iter().all(|row| row[1].ends_with('Z') && row[2].ends_with('Z')));
        assert!(rows.iter().all(|row| &row[3] == "UTC+01:00"));
        let corrected = rows.iter().find(|row| !row[10].is_empty()).unwrap();
        assert!(corrected[9].contains("Ward 7"), "the wrong entry stays: {}", &corrected[9]);
        assert!(rows.iter().any(|row| row[0] == corrected[10] && row[9].contains("Ward 17")));
    }

    #[test]
    fn no_cell_is_a_formula_and_no_mark_is_hidden() {
        for row in rows(&sample::hostile()) {
            for cell in &row {
                assert!(!cell.starts_with(['=', '+', '-', '@', '\t', '\r']), "{cell:?} would be run");
                assert!(!cell.contains(['\u{1b}', '\u{202e}', '\n']), "{cell:?} hides something");
            }
        }
        assert_eq!(safe_cell("=cmd|' /C calc'!A0"), "'=cmd|' /C calc'!A0");
        assert_eq!(safe_cell("\tx"), "'⇥x");
        assert_eq!(safe_cell("5 - 3"), "5 - 3");
        for start in ["＝", "＋", "－", "＠", "\n=", "\u{a0}+", "\u{3000}－", " \r\n@", "\u{feff}="] {
            let text = format!("{start}1");
            assert!(safe_cell(&text).starts_with('\''), "{text:?}");
        }
        assert_eq!(safe_cell(" 5 ＝ 3"), " 5 ＝ 3");
    }
}
