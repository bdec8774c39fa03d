//! The bundle: all of a case as a BagIt bag in a zip, for a reader who may not have this program.

use super::{bag::Bag, error::ExchangeError, names, report_html, report_md, timeline_csv, timeline_jsonl};
use crate::{
    domain::{case::Case, record::Record, text::safe, time::Time},
    store::{snapshot::Snapshot, watch::Watch},
};
use std::{
    fmt::Write as _,
    fs::File,
    io::{self, Seek, Write},
};

/// The hashed records, one a line.
pub(super) const RECORDS: &str = "data/records.jsonl";
/// Where each log ends, and the seal.
pub(super) const HEADS: &str = "data/heads.txt";
/// What every bundle holds besides evidence and playbooks.
pub(super) const ALWAYS: &[&str] = &[
    RECORDS,
    "data/evidence.csv",
    "data/report.html",
    "data/report.md",
    "data/timeline.csv",
    "data/timeline.jsonl",
    HEADS,
    "data/README.txt",
];
/// The labels in `bag-info.txt` that a check compares.
pub(super) const OXUM: &str = "Payload-Oxum";
/// The seal's label.
pub(super) const SEAL: &str = "Carecert-Seal";
/// The label of the number of entries.
pub(super) const COUNT: &str = "Carecert-Records";
/// The label of the case's identifier.
pub(super) const CASE: &str = "External-Identifier";

/// Writes the bundle of a case. Fails, naming the item, where evidence is missing or not as it was taken in:
/// a bundle never holds other bytes than were recorded. The same case and seal give the same bytes.
pub fn write(snapshot: &Snapshot, out: &mut (impl Write + Seek), watch: Watch<'_>) -> Result<(), ExchangeError> {
    let case = &snapshot.case;
    let items = names::evidence(case);
    let html = report_html::render(snapshot)?;
    let markdown = report_md::render(snapshot);
    let timelines = (timeline_csv(snapshot)?, timeline_jsonl(snapshot)?);
    let lines: u64 = snapshot.records.iter().map(|record| record.text().len() as u64 + 1).sum();
    let copied: u64 = items.iter().filter(|item| item.path.is_some()).map(|item| item.noted.what.size).sum();
    let mut bag = Bag::new(out, names::top(case), case.updated, lines + copied, watch)?;
    bag.stream(RECORDS, &mut Lines::of(&snapshot.records), lines, &mut ExchangeError::Write)?;
    for item in &items {
        add_evidence(&mut bag, snapshot, item)?;
    }
    bag.add("data/evidence.csv", &evidence_table(case, &items)?)?;
    for (path, source) in names::playbooks(case) {
        bag.add(&path, source.as_bytes())?;
    }
    bag.add("data/report.html", html.as_bytes())?;
    bag.add("data/report.md", markdown.as_bytes())?;
    bag.add("data/timeline.csv", &timelines.0)?;
    bag.add("data/timeline.jsonl", &timelines.1)?;
    bag.add(HEADS, heads(case).as_bytes())?;
    bag.add("data/README.txt", include_str!("bundle_readme.txt").as_bytes())?;
    bag.finish(|octets, files| info(snapshot, octets, files))
}

fn timeline_csv(snapshot: &Snapshot) -> Result<Vec<u8>, ExchangeError> {
    let mut bytes = Vec::new();
    timeline_csv::write(snapshot, &mut bytes)?;
    Ok(bytes)
}

fn timeline_jsonl(snapshot: &Snapshot) -> Result<Vec<u8>, ExchangeError> {
    let mut bytes = Vec::new();
    timeline_jsonl::write(snapshot, &mut bytes)?;
    Ok(bytes)
}

fn add_evidence<W: Write + Seek>(
    bag: &mut Bag<'_, W>,
    snapshot: &Snapshot,
    item: &names::Item<'_>,
) -> Result<(), ExchangeError> {
    let Some(path) = &item.path else { return Ok(()) };
    let what = &item.noted.what;
    let sha256 = what.sha256.to_string();
    let changed = || ExchangeError::ChangedEvidence { place: item.place(), sha256: sha256.clone() };
    let mut fault = |source: io::Error| match source.kind() {
        io::ErrorKind::NotFound => ExchangeError::MissingEvidence { place: item.place(), sha256: sha256.clone() },
        _ => ExchangeError::Read { place: format!("evidence {}", item.place()), source },
    };
    let mut file = File::open(snapshot.vault.path(&what.sha256)).map_err(&mut fault)?;
    if file.metadata().map_err(&mut fault)?.len() != what.size {
        return Err(changed());
    }
    let found = bag.stream(path, &mut file, what.size, &mut fault)?;
    if found == (what.sha256, what.size) { Ok(()) } else { Err(changed()) }
}

/// The records as a stream of lines, without a copy of them all.
struct Lines<'a> {
    records: std::slice::Iter<'a, Record>,
    rest: &'a [u8],
    end: bool,
}

impl<'a> Lines<'a> {
    fn of(records: &'a [Record]) -> Self {
        Self { records: records.iter(), rest: &[], end: false }
    }
}

impl io::Read for Lines<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let mut filled = 0;
        while filled < buffer.len() {
            if self.rest.is_empty() {
                if self.end {
                    (self.rest, self.end) = (b"\n", false);
                } else if let Some(record) = self.records.next() {
                    (self.rest, self.end) = (record.text().as_bytes(), true);
                } else {
                    break;
                }
            }
            let count = self.rest.len().min(buffer.len() - filled);
            let (now, later) = self.rest.split_at(count);
            buffer[filled..filled + count].copy_from_slice(now);
            self.rest = later;
            filled += count;
        }
        Ok(filled)
    }
}

/// Where each log ends, sorted by console, and the seal over that.
pub(super) fn heads(case: &Case) -> String {
    let mut text = String::new();
    for (console, head) in case.heads() {
        let _ = writeln!(text, "{} {console} {} {}", case.letter(&console), head.seq, head.hash);
    }
    let seal = case.seal();
    let _ = writeln!(text, "seal {seal} {}", seal.hash());
    text
}

fn info(snapshot: &Snapshot, octets: u64, files: u64) -> String {
    let case = &snapshot.case;
    let organisation = snapshot.records.first().map_or("", |record| record.by.organisation.as_str());
    let date = case.updated.map_or_else(String::new, |at| at.utc().format("%Y-%m-%d").to_string());
    let fields = [
        ("Source-Organization", safe(organisation).into_owned()),
        (CASE, case.id.to_string()),
        ("External-Description", safe(&case.title).into_owned()),
        ("Bagging-Date", date),
        (OXUM, format!("{octets}.{files}")),
        (SEAL, case.seal().to_string()),
        (COUNT, case.records.to_string()),
        ("Carecert-Marking", case.tlp.to_string()),
    ];
    let mut text = String::new();
    for (label, value) in fields.iter().filter(|(_, value)| !value.trim().is_empty()) {
        let _ = writeln!(text, "{label}: {}", value.trim());
    }
    text
}

/// All that the records say of the evidence, also of what was taken by reference.
fn evidence_table(case: &Case, items: &[names::Item<'_>]) -> Result<Vec<u8>, ExchangeError> {
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
    for item in items {
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
        table.write_record(cells.iter().map(|text| timeline_csv::cell(text).into_owned())).map_err(fault)?;
    }
    table.into_inner().map_err(|why| ExchangeError::make("the table of evidence", why.into_error()))
}

#[cfg(test)]
#[path = "bundle_tests.rs"]
mod tests;

/// Cases for the tests of this room.
#[cfg(test)]
pub(super) use tests::sample;
