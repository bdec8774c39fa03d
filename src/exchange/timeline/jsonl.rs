//! The timeline for Timesketch: one JSON object on each line; the file's name must end in `.jsonl`.
//!
//! An entry with a stated time gives two rows, `Event occurred` and `Recorded by responder`; any other gives the
//! second alone. Text has its control and deceptive characters made visible; nothing else is changed.

use crate::{
    domain::{
        record::Record,
        text::{escape_json, make_safe},
        time::Time,
    },
    store::snapshot::Snapshot,
};
use serde::Serialize;
use std::io::{self, Write};

/// Bytes of a message: Timesketch does not index fields over 32,766 bytes, and this leaves room for the note.
const MESSAGE_LIMIT: usize = 32_000;

/// A row. The names of the fields are those that Timesketch asks for.
#[derive(Serialize)]
struct TimelineRow<'a> {
    message: &'a str,
    datetime: String,
    timestamp: i64,
    timestamp_desc: &'static str,
    tag: [&'a str; 1],
    entry: &'a str,
    by: &'a str,
    #[serde(rename = "type")]
    kind: &'a str,
}

/// Writes the rows in the order of the case. `datetime` is UTC with `+00:00`, `timestamp` microseconds since 1970.
/// Fails where `out` does.
pub fn write_jsonl(snapshot: &Snapshot, out: &mut dyn Write) -> io::Result<()> {
    for record in &snapshot.records {
        let cite = snapshot.case.cite(&record.id);
        let message = cut_message(&record.event.sentence(&snapshot.case), &cite);
        let by = make_safe(&record.by.label()).into_owned();
        let kind = make_safe(record.event.kind()).into_owned();
        for (at, timestamp_desc) in list_times(record) {
            let row = TimelineRow {
                message: &message,
                datetime: at.utc().to_rfc3339_opts(chrono::SecondsFormat::Micros, false),
                timestamp: at.micros(),
                timestamp_desc,
                tag: [record.event.sign().label],
                entry: &cite,
                by: &by,
                kind: &kind,
            };
            writeln!(out, "{}", escape_json(&serde_json::to_string(&row)?))?;
        }
    }
    out.flush()
}

/// The moments that an entry gives a row each, with what Timesketch is to call them.
fn list_times(record: &Record) -> impl Iterator<Item = (Time, &'static str)> {
    let occurred = record.occurred.map(|at| (at, "Event occurred"));
    occurred.into_iter().chain(std::iter::once((record.at, "Recorded by responder")))
}

/// The sentence, cut where Timesketch could no longer search it. Never empty: Timesketch wants a message.
fn cut_message(text: &str, cite: &str) -> String {
    let text = make_safe(text);
    if text.trim().is_empty() {
        return format!("entry {cite}");
    }
    if text.len() <= MESSAGE_LIMIT {
        return text.into_owned();
    }
    // Cut between two characters, or the text would not be UTF-8.
    let end = (0..=MESSAGE_LIMIT).rev().find(|end| text.is_char_boundary(*end)).unwrap_or(0);
    format!("{}… (cut; the whole text is in entry {cite})", text.get(..end).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exchange::sample;
    use serde_json::Value;

    fn rows(snapshot: &Snapshot) -> Vec<Value> {
        let mut bytes = Vec::new();
        write_jsonl(snapshot, &mut bytes).unwrap();
        String::from_utf8(bytes).unwrap().lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    }

    #[test]
    fn rows_carry_zone_and_microseconds() {
        let snapshot = sample::hospital();
        let rows = rows(&snapshot);
        let stated = snapshot.records.iter().filter(|record| record.occurred.is_some()).count();
        assert!(stated > 0);
        assert_eq!(rows.len(), snapshot.records.len() + stated);
        for row in &rows {
            let text = row["datetime"].as_str().unwrap();
            assert!(text.ends_with("+00:00"), "{text}");
            assert_eq!(Time::parse(text).unwrap().micros(), row["timestamp"].as_i64().unwrap());
            assert!(row["tag"].is_array() && !row["message"].as_str().unwrap().is_empty());
        }
        let both: Vec<_> = rows.iter().filter(|row| row["entry"] == rows[0]["entry"]).collect();
        assert_eq!(both.len(), 2, "the opening entry has a stated time");
        assert_eq!(both[0]["timestamp_desc"], "Event occurred");
        assert_eq!(both[1]["timestamp_desc"], "Recorded by responder");
    }

    #[test]
    fn hostile_text_stays_one_readable_row() {
        for row in rows(&sample::hostile()) {
            let message = row["message"].as_str().unwrap();
            assert!(!message.contains(['\u{1b}', '\u{202e}', '\n']), "{message:?}");
        }
    }

    #[test]
    fn a_message_stays_searchable() {
        let long = cut_message(&"é".repeat(30_000), "A7");
        assert!(long.len() < 32_766 && long.ends_with("entry A7)"));
        assert_eq!(cut_message(" ", "A7"), "entry A7");
    }
}
