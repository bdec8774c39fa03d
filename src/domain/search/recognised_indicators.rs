//! Indicators that are recognised in what people write into the log, and wait to be taken in.

use crate::domain::{
    case::Case,
    event::{Event, IndicatorNoted},
    id::EntryId,
    indicator::{IndicatorKind, recognise_indicators},
    record::Record,
};

/// Entries that are looked through when a case is opened.
const LATEST: usize = 50;
/// The most that is kept.
const MOST: usize = 100;

/// An indicator that stands in an entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recognised {
    /// The entry.
    pub entry: EntryId,
    /// What sort of trace it is.
    pub kind: IndicatorKind,
    /// The trace, as it is meant.
    pub value: String,
}

impl Recognised {
    /// As it would be noted.
    pub fn noted(&self, case: &Case) -> IndicatorNoted {
        let source = format!("in {}", case.cite(&self.entry));
        IndicatorNoted { kind: self.kind, value: self.value.clone(), about: String::new(), source }
    }
}

/// Those in the latest of these entries, oldest first, that the case does not have.
pub fn recognise_in<'a>(case: &Case, records: impl ExactSizeIterator<Item = &'a Record>) -> Vec<Recognised> {
    let (mut found, earlier) = (Vec::new(), records.len().saturating_sub(LATEST));
    records.skip(earlier).for_each(|record| take_recognised(case, &mut found, record));
    found
}

/// Takes in what an entry has that the case does not. What is noted by now waits no more.
pub fn take_recognised(case: &Case, found: &mut Vec<Recognised>, record: &Record) {
    if matches!(record.event, Event::IndicatorNoted(_) | Event::RecordCorrected(_)) {
        found.retain(|found| case.indicator(&found.noted(case)).is_none() && !case.undone(&found.entry));
    }
    for (kind, value) in record.event.observed().into_iter().flat_map(recognise_indicators) {
        let new = Recognised { entry: record.id.clone(), kind, value };
        let known = found.iter().any(|known| known.kind == kind && known.value == new.value);
        if !known && found.len() < MOST && case.indicator(&new.noted(case)).is_none() {
            found.push(new);
        }
    }
}
