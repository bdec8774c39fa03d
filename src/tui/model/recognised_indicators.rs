//! Indicators that are recognised in what people write into the log, and wait to be taken in.

use super::open_case::CaseScreen;
use crate::domain::{
    case::Case,
    event::{Event, IndicatorNoted},
    id::EntryId,
    indicator::{IndicatorKind, recognise},
    record::Record,
};

/// Entries that are looked through when a case is opened.
const LATEST: usize = 50;
/// The most that is kept.
const MOST: usize = 100;

/// An indicator that stands in an entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Found {
    /// The entry.
    pub(crate) entry: EntryId,
    /// What sort of trace it is.
    pub(crate) kind: IndicatorKind,
    /// The trace, as it is meant.
    pub(crate) value: String,
}

impl Found {
    /// As it would be noted.
    pub(crate) fn noted(&self, case: &Case) -> IndicatorNoted {
        let source = format!("in {}", case.cite(&self.entry));
        IndicatorNoted { kind: self.kind, value: self.value.clone(), about: String::new(), source }
    }
}

/// Looks through the latest entries of a case that was opened.
pub(crate) fn look_back(screen: &mut CaseScreen) {
    let CaseScreen { case, found, at_hand, .. } = screen;
    at_hand.iter().skip(at_hand.len().saturating_sub(LATEST)).for_each(|record| look(case, found, record));
}

/// Takes in what an entry has that the case does not. What is noted by now waits no more.
pub(crate) fn look(case: &Case, found: &mut Vec<Found>, record: &Record) {
    if matches!(record.event, Event::IndicatorNoted(_) | Event::RecordCorrected(_)) {
        found.retain(|found| case.indicator(&found.noted(case)).is_none() && !case.undone(&found.entry));
    }
    for (kind, value) in record.event.observed().into_iter().flat_map(recognise) {
        let new = Found { entry: record.id.clone(), kind, value };
        let known = found.iter().any(|known| known.kind == kind && known.value == new.value);
        if !known && found.len() < MOST && case.indicator(&new.noted(case)).is_none() {
            found.push(new);
        }
    }
}

/// `; 2 indicators in it: I takes them in`, or nothing.
pub(crate) fn offer(count: usize) -> String {
    match count {
        0 => String::new(),
        1 => "; an indicator in it: I takes it in".into(),
        count => format!("; {count} indicators in it: I takes them in"),
    }
}
