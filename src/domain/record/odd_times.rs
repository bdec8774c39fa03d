//! Times that an honest log does not have, or has only where a clock was set wrong: each is worth a look, none is damage.

use super::{Order, Record};
use crate::domain::{
    event::{ClockChecked, ClockStarted, Event, EvidenceAdded},
    finding::{Finding, Findings, Kind},
    id::{ConsoleId, EntryId},
    time::Time,
    wording::number::count_of,
};
use std::collections::BTreeMap;

/// Minutes.
const DAY: i64 = 24 * 60;
/// Minutes.
const YEAR: i64 = 365 * DAY;
/// How far back someone may say that something happened, minutes; what is recorded is held to ten years.
const LONG_AGO: i64 = 11 * YEAR;
/// No zone is further from UTC, minutes; the widest is 14 hours.
const WIDEST_ZONE: u32 = 14 * 60;
/// Before this program: 2025-01-01, microseconds since 1970.
const TOO_EARLY: i64 = 1_735_689_600_000_000;

/// A look at the times of a log, entry by entry in the order of the case.
#[derive(Debug, Default)]
pub struct OddTimes {
    before: Option<(EntryId, Time)>,
    /// The last entry of each log.
    logs: BTreeMap<ConsoleId, (u64, Time)>,
    order: Order,
    latest: Option<(EntryId, Time)>,
    early: Option<(EntryId, Time)>,
    findings: Findings,
}

/// A time that an entry states beside that of its recording.
struct Claim {
    /// What it is, in words that go before it.
    says: &'static str,
    time: Time,
    /// How long before the recording it may be, minutes.
    back: i64,
    /// How long after it, minutes.
    ahead: i64,
}

/// Every time that an entry states.
fn list_stated_times(record: &Record) -> Vec<Claim> {
    let claim = |says, time, back, ahead| Claim { says, time, back, ahead };
    let mut claims = Vec::new();
    claims.extend(record.occurred.map(|time| claim("of something that happened at", time, LONG_AGO, DAY)));
    claims.extend(record.begun.map(|time| claim("and begun at", time, YEAR, DAY)));
    if let Event::ClockStarted(ClockStarted { duty, aware, deadline, .. }) = &record.event {
        claims.push(claim("of an awareness at", *aware, YEAR, DAY));
        // A duty may give years, and no honest one gives more than one looks back.
        let limit = i64::from(duty.limit.unwrap_or_default()).saturating_add(DAY).clamp(YEAR, LONG_AGO);
        claims.extend(deadline.map(|time| claim("with a deadline at", time, YEAR, limit)));
    } else if let Event::ClockChecked(ClockChecked { read, machine, .. }) = &record.event {
        claims.push(claim("of another clock that said", *read, YEAR, YEAR));
        claims.push(claim("when this machine is said to have said", *machine, YEAR, YEAR));
    } else if let Event::EvidenceAdded(EvidenceAdded { modified, .. }) = &record.event {
        // A file may be as old as it says.
        claims.extend(modified.map(|time| claim("of a file that was last changed at", time, i64::MAX, DAY)));
    }
    claims
}

/// How an entry is cited.
type Cite<'a> = &'a dyn Fn(&EntryId) -> String;

impl OddTimes {
    /// Looks at the next entry.
    pub fn look(&mut self, record: &Record, cite: Cite<'_>) {
        let (at, id) = (record.at, &record.id);
        if !record.order.fits(self.order, at) {
            let (order, cite) = (record.order, cite(id));
            self.note(
                &cite,
                format!("{cite} was recorded at {at}, which its place in the order, {order}, contradicts"),
            );
        }
        // Consoles may differ by years; each is then said once, and not with every entry.
        let last = self.logs.insert(id.console.clone(), (id.seq, at));
        let last = last.map(|(seq, at)| (EntryId { console: id.console.clone(), seq }, at));
        let before = self.before.replace((id.clone(), at));
        if let Some((other, then)) = last.or(before)
            && let Some(apart) = years_apart(then, at)
        {
            let (other, cite) = (cite(&other), cite(id));
            self.note(&cite, format!("{cite} was recorded at {at}, {apart} {other}, the entry before it"));
        }
        self.look_at_claims(record, cite);
        if self.latest.as_ref().is_none_or(|(_, latest)| *latest < at) {
            self.latest = Some((id.clone(), at));
        }
        if at.micros() < TOO_EARLY && self.early.is_none() {
            self.early = Some((id.clone(), at));
        }
        self.order = self.order.max(record.order);
    }

    /// What a person, a file or another clock claims, against when it was recorded.
    fn look_at_claims(&mut self, record: &Record, cite: Cite<'_>) {
        let at = record.at;
        for Claim { says, time, back, ahead } in list_stated_times(record) {
            if time < at.plus_minutes(-back) || time > at.plus_minutes(ahead) {
                let cite = cite(&record.id);
                self.note(&cite, format!("{cite} was recorded at {at}, {says} {time}"));
            }
        }
        if record.offset.unsigned_abs() > WIDEST_ZONE {
            let (cite, offset) = (cite(&record.id), record.offset);
            self.note(&cite, format!("{cite} was recorded {offset} minutes from UTC, further than any time zone"));
        }
    }

    fn note(&mut self, cite: &str, what: String) {
        self.findings.push(Finding::notice(Kind::OddTime, cite, what));
    }

    /// What was found, on a machine whose clock says `now`.
    pub fn finish(mut self, now: Time, cite: Cite<'_>) -> Vec<Finding> {
        if let Some((entry, at)) = self.latest.take().filter(|(_, at)| *at > now.plus_minutes(YEAR)) {
            let cite = cite(&entry);
            let what = format!("{cite} was recorded at {at}; this machine's clock says {now}: one of the two is wrong");
            self.note(&cite, what);
        }
        if let Some((entry, at)) = self.early.take() {
            let cite = cite(&entry);
            let what = format!("{cite} was recorded at {at}, before there was a carecert: that clock was not set");
            self.note(&cite, what);
        }
        self.findings.finish()
    }
}

/// How far `at` is from `other`, in words, if that is a year or more.
fn years_apart(other: Time, at: Time) -> Option<String> {
    let (earlier, later, word) = if at < other { (at, other, "before") } else { (other, at, "after") };
    if later < earlier.plus_minutes(YEAR) {
        return None;
    }
    let years = later.seconds_since(earlier) / 60 * 4 / (1461 * DAY);
    let years = years.max(1);
    Some(format!("{} or more {word}", count_of(years, "year", "years")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{
        event::Note,
        id::CaseId,
        person::Person,
        record::{Draft, Head},
        time::Now,
    };

    fn time(text: &str) -> Time {
        Time::parse(text).unwrap()
    }

    /// The entry that follows the other ones of that console at that time.
    struct Log(OddTimes, Order, u64);

    impl Log {
        fn entry(&mut self, console: u8, at: Time, change: impl FnOnce(&mut Record)) -> &mut Self {
            self.1 = self.1.after(at);
            self.2 += 1;
            let draft = Draft {
                by: Person::named("A. Osei"),
                occurred: None,
                begun: None,
                event: Note { text: "x".into() }.into(),
            };
            let (case, console) = (CaseId::from_random([1; 10]), ConsoleId::from_random([console; 10]));
            let now = Now::fixed(at, 60);
            let head = Head { seq: self.2 - 1, ..Head::EMPTY };
            let mut record = Record::write(&case, &console, head, self.1, now, draft).unwrap();
            change(&mut record);
            self.0.look(&record, &cite);
            self
        }

        fn at(&mut self, text: &str) -> &mut Self {
            self.entry(1, time(text), |_| ())
        }

        fn found(&mut self) -> Vec<String> {
            let found = std::mem::take(&mut self.0).finish(time("2026-12-01T00:00:00Z"), &cite);
            assert!(found.iter().all(|finding| finding.level == crate::domain::finding::Level::Notice));
            found.into_iter().map(|finding| finding.what).collect()
        }
    }

    /// Entries are numbered through, whatever their console.
    fn cite(entry: &EntryId) -> String {
        format!("A{}", entry.seq)
    }

    fn log() -> Log {
        Log(OddTimes::default(), Order::default(), 0)
    }

    #[test]
    fn a_clock_that_is_set_back_by_an_hour_is_not_odd() {
        let mut log = log();
        log.at("2026-11-22T03:00:00Z").at("2026-11-22T02:00:00Z").at("2026-11-22T02:00:00Z");
        log.at("2026-11-22T02:30:00Z").at("2026-11-22T04:00:00Z");
        assert_eq!(log.found(), Vec::<String>::new());
    }

    #[test]
    fn an_order_that_no_clock_gave_is_noticed() {
        let (early, late) = (time("2026-11-22T03:00:00Z"), time("2026-11-22T05:00:00Z"));
        // Recorded after its own place in the order; and placed late, with nothing as late before it.
        for (at, order) in [(late, early), (early, late)] {
            let mut log = log();
            log.at("2026-11-22T02:00:00Z").entry(1, at, |record| record.order = Order::default().after(order));
            let found = log.found();
            assert!(found.len() == 1 && found[0].contains("contradicts"), "{found:?}");
        }
    }

    #[test]
    fn years_between_neighbours_are_noticed_and_counted_once_for_each_console() {
        let mut log = log();
        log.at("2026-11-22T02:00:00Z").at("2019-11-22T02:00:00Z").at("2019-11-22T02:01:00Z");
        for minute in 0..30 {
            log.entry(2, time("2026-11-22T03:00:00Z").plus_minutes(minute), |_| ());
            log.entry(1, time("2019-11-22T03:00:00Z").plus_minutes(minute), |_| ());
        }
        let found = log.found();
        assert_eq!(found.len(), 3, "{found:#?}");
        assert!(found[0].starts_with("A2 was recorded at 2019") && found[0].contains("7 years or more before A1"));
        assert!(found[1].starts_with("A4 was recorded at 2026") && found[2].contains("before there was a carecert"));
    }

    #[test]
    fn the_future_and_claims_of_no_use_are_noticed() {
        let mut log = log();
        let at = time("2029-11-22T02:00:00Z");
        log.entry(1, at, |record| record.occurred = Some(time("1931-01-01T00:00:00Z")));
        log.entry(1, at, |record| record.occurred = Some(at.plus_minutes(2 * DAY)));
        log.entry(1, at, |record| record.begun = Some(at.plus_minutes(-2 * YEAR)));
        log.entry(1, at, |record| record.offset = 1000);
        let found = log.found();
        assert_eq!(found.len(), 5, "{found:#?}");
        assert!(found[4].contains("this machine's clock says 2026-12-01"), "{found:#?}");
    }

    #[test]
    fn each_time_that_an_entry_states_is_looked_at() {
        let frozen = [
            include_str!("../../../tests/frozen/records.jsonl"),
            include_str!("../../../tests/frozen/records-2.jsonl"),
            include_str!("../../../tests/frozen/records-3.jsonl"),
            include_str!("../../../tests/frozen/records-4.jsonl"),
            include_str!("../../../tests/frozen/night.jsonl"),
        ];
        let mut looked_at = 0;
        for line in frozen.iter().flat_map(|log| log.lines()) {
            let record = Record::read(line).unwrap();
            let read: serde_json::Value = serde_json::from_str(line).unwrap();
            let of = |value: &serde_json::Value| value.as_str().is_some_and(|text| Time::parse(text).is_ok());
            let data = read["data"].as_object().unwrap().values().filter(|value| of(value)).count();
            let stated = data + [&read["occurred"], &read["begun"]].into_iter().filter(|value| of(value)).count();
            assert_eq!(list_stated_times(&record).len(), stated, "{line}");
            looked_at += data;
        }
        assert!(looked_at > 5, "{looked_at}");
    }

    #[test]
    fn a_thousand_odd_times_are_not_a_thousand_lines() {
        let mut log = log();
        for year in 0..1000 {
            log.at(if year % 2 == 0 { "2026-11-22T02:00:00Z" } else { "2036-11-22T02:00:00Z" });
        }
        let found = log.found();
        assert!(found.len() == 11 && found[10].contains("more findings of this kind"), "{found:#?}");
    }
}
