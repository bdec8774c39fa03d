//! The bundle: all of a case as a BagIt bag in a zip, for a reader who may not have this program.
//!
//! It is the same byte for byte for the same case, so that a check can make it again: nothing here looks at the machine,
//! its clock or its zone.

pub(crate) mod bag;
pub(crate) mod container;
pub(crate) mod derived;
mod evidence_csv;
#[cfg(test)]
mod frozen_tests;
pub(crate) mod names;

use crate::{
    domain::{case::Case, record::Record, text::make_safe},
    exchange::error::ExchangeError,
    store::{error::StoreError, snapshot::Snapshot, watch::Watch},
};
use bag::Bag;
use derived::Derived;
use std::{
    fmt::Write as _,
    io::{self, Seek, Write},
};

/// The hashed records, one a line.
pub(super) const RECORDS: &str = "data/records.jsonl";
/// Where each log ends, and the seal.
pub(super) const HEADS: &str = "data/heads.txt";
/// The labels in `bag-info.txt` that a check compares.
pub(super) const OXUM: &str = "Payload-Oxum";
/// The seal's label.
pub(super) const SEAL: &str = "Carecert-Seal";
/// The label of the number of entries.
pub(super) const COUNT: &str = "Carecert-Records";
/// The label of the case's identifier.
pub(super) const CASE: &str = "External-Identifier";
/// The label of what made the bundle.
pub(super) const AGENT: &str = "Bag-Software-Agent";

/// Writes the bundle of a case. Fails, naming the item, where evidence is missing or not as it was taken in:
/// a bundle never holds other bytes than were recorded. The same case and seal give the same bytes.
pub fn write_bundle(snapshot: &Snapshot, out: &mut (impl Write + Seek), watch: Watch<'_>) -> Result<(), ExchangeError> {
    let case = &snapshot.case;
    let items = names::list_evidence(case);
    let lines: u64 = snapshot.records.iter().map(|record| record.text().len() as u64 + 1).sum();
    let copied = items.iter().filter(|item| item.path.is_some()).map(|item| item.noted.what.size);
    let total = copied.fold(lines, u64::saturating_add);
    check_lines(snapshot)?;
    let mut bag = Bag::new(out, names::top_folder(case), case.updated, total, watch)?;
    bag.add_stream(RECORDS, &mut RecordLines::of(&snapshot.records), lines, &mut ExchangeError::Write)?;
    for item in &items {
        add_evidence(&mut bag, snapshot, item)?;
    }
    let add = |bag: &mut Bag<'_, _>, derived: &Derived| bag.add_file(derived.path, &derived.render(snapshot)?);
    derived::BEFORE_PLAYBOOKS.iter().try_for_each(|derived| add(&mut bag, derived))?;
    for (path, source) in names::list_playbooks(case) {
        bag.add_file(&path, source.as_bytes())?;
    }
    derived::AFTER_PLAYBOOKS.iter().try_for_each(|derived| add(&mut bag, derived))?;
    bag.finish(|octets, files| render_info(snapshot, octets, files))
}

/// Refuses a case with an entry that is not one line. Nobody could read it back.
pub(super) fn check_lines(snapshot: &Snapshot) -> Result<(), ExchangeError> {
    match snapshot.records.iter().find(|record| record.text().contains(['\n', '\r'])) {
        Some(record) => Err(ExchangeError::NotOneLine { place: snapshot.case.cite(&record.id) }),
        None => Ok(()),
    }
}

/// Adds an item of evidence, if the case has a copy, and compares its bytes with the record while they are copied.
fn add_evidence<W: Write + Seek>(
    bag: &mut Bag<'_, W>,
    snapshot: &Snapshot,
    item: &names::EvidenceFile<'_>,
) -> Result<(), ExchangeError> {
    let Some(path) = &item.path else { return Ok(()) };
    let what = &item.noted.what;
    let sha256 = what.sha256.to_string();
    let changed = || ExchangeError::ChangedEvidence { place: item.place(), sha256: sha256.clone() };
    let mut fault = |source: io::Error| {
        if source.kind() == io::ErrorKind::NotFound {
            ExchangeError::MissingEvidence { place: item.place(), sha256: sha256.clone() }
        } else {
            ExchangeError::Read { place: format!("evidence {}", item.place()), source }
        }
    };
    let (mut file, metadata) = snapshot.vault.open_item(&what.sha256).map_err(|why| {
        let source = if let StoreError::Io { source, .. } = why { source } else { io::Error::other(why.to_string()) };
        fault(source)
    })?;
    // Before a byte is copied: what is too long would be read to its end for nothing.
    if metadata.len() != what.size {
        return Err(changed());
    }
    let found = bag.add_stream(path, &mut file, what.size, &mut fault)?;
    if found == (what.sha256, what.size) { Ok(()) } else { Err(changed()) }
}

/// The records as a stream of lines, without a copy of them all.
struct RecordLines<'a> {
    records: std::slice::Iter<'a, Record>,
    rest: &'a [u8],
    end: bool,
}

impl<'a> RecordLines<'a> {
    /// A stream that has not begun.
    fn of(records: &'a [Record]) -> Self {
        Self { records: records.iter(), rest: &[], end: false }
    }
}

impl io::Read for RecordLines<'_> {
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
pub(super) fn render_heads(case: &Case) -> String {
    let mut text = String::new();
    for (console, head) in case.heads() {
        let _ = writeln!(text, "{} {console} {} {}", case.letter(&console), head.seq, head.hash);
    }
    let seal = case.seal();
    let _ = writeln!(text, "seal {seal} {}", seal.hash());
    text
}

/// The text of `bag-info.txt` for a payload of so many bytes and files, as this version makes it.
pub(super) fn render_info(snapshot: &Snapshot, octets: u64, files: u64) -> String {
    let case = &snapshot.case;
    let organisation = snapshot.records.first().map_or("", |record| record.by.organisation.as_str());
    let date = case.updated.map_or_else(String::new, |at| at.utc().format("%Y-%m-%d").to_string());
    let fields = [
        ("Source-Organization", make_safe(organisation).into_owned()),
        (CASE, case.id.to_string()),
        ("External-Description", make_safe(&case.title).into_owned()),
        ("Bagging-Date", date),
        (OXUM, format!("{octets}.{files}")),
        (SEAL, case.seal().to_string()),
        (COUNT, case.records.to_string()),
        ("Carecert-Marking", case.tlp.to_string()),
        (AGENT, derived::agent_label(derived::RENDERING)),
    ];
    let mut text = String::new();
    for (label, value) in fields.iter().filter(|(_, value)| !value.trim().is_empty()) {
        let _ = writeln!(text, "{label}: {}", value.trim());
    }
    text
}

#[cfg(test)]
mod tests;

/// Cases for the tests of this room.
#[cfg(test)]
pub(super) use tests::sample;
