//! A machine's zone as a value: which offset it has at which moment, and which moments a local time can mean.
//!
//! Nothing here knows where a zone comes from: `runtime` reads the system's, and tests write their own.

use super::time::{Time, zone_label};
use chrono::{DateTime, FixedOffset, NaiveDateTime, TimeDelta};
use std::fmt;

/// A change of a zone's offset.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Change {
    /// From when on (UTC).
    pub at: Time,
    /// The offset from then on, minutes east of UTC.
    pub offset: i32,
}

/// The offset of a place over the years.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Zone {
    /// The offset before the first change, minutes east of UTC.
    first: i32,
    /// Sorted by their moment.
    changes: &'static [Change],
    known: bool,
}

/// Which moments a local date and time can mean.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Resolved {
    /// One moment.
    Once(Time),
    /// Two: the clocks went back over it.
    Twice(Time, Time),
    /// None: the clocks went forward over it.
    Never {
        /// The moment of that change.
        change: Time,
        /// What is meant where the clock that was read had not gone forward.
        before: Time,
        /// What is meant where it had.
        after: Time,
    },
}

impl Zone {
    /// UTC.
    pub const UTC: Self = Self::fixed(0);

    /// The zone of a machine that names one which cannot be read: shown as UTC, and no local time is taken for a moment.
    pub const UNKNOWN: Self = Self { known: false, ..Self::UTC };

    /// A zone that is always `offset` minutes east of UTC.
    pub const fn fixed(offset: i32) -> Self {
        Self { first: offset, changes: &[], known: true }
    }

    /// A zone with the offset `first`, minutes east of UTC, before its first change. `changes` are sorted by their moment.
    /// They live as long as the program, as a zone does, so that a moment and its zone can be copied about.
    pub const fn of(first: i32, changes: &'static [Change]) -> Self {
        Self { first, changes, known: true }
    }

    /// Whether this is the machine's zone, and not UTC in place of one that cannot be read.
    pub fn is_known(self) -> bool {
        self.known
    }

    /// The offset at a moment, minutes east of UTC.
    pub fn offset_at(self, at: Time) -> i32 {
        let passed = self.changes.partition_point(|change| change.at <= at);
        self.before(passed)
    }

    /// The offset before the change with that number.
    fn before(self, change: usize) -> i32 {
        change.checked_sub(1).and_then(|last| self.changes.get(last)).map_or(self.first, |change| change.offset)
    }

    /// A moment on the clocks of this place.
    pub fn local(self, at: Time) -> DateTime<FixedOffset> {
        at.local(self.offset_at(at))
    }

    /// ` +01:00` where the offset of `at` is not the one of `now`; nothing otherwise.
    pub fn other_label(self, at: Time, now: Time) -> String {
        let offset = self.offset_at(at);
        if offset == self.offset_at(now) { String::new() } else { format!(" {}", zone_label(offset)) }
    }

    /// The offset of `moment` as an entry means it that was recorded at `recorded` on a clock with `offset`: this
    /// zone's where the clock went by this zone then, else the one of that clock, which is all that is known of it.
    pub fn offset_beside(self, moment: Time, recorded: Time, offset: i32) -> i32 {
        if self.offset_at(recorded) == offset { self.offset_at(moment) } else { offset }
    }

    /// Which moments the clocks of this place showed, or will show, as `local`.
    pub fn resolve(self, local: NaiveDateTime) -> Resolved {
        // No offset is a day or more, so only the changes within a day can decide it.
        let near = |days: i64| Time::new(local.and_utc()).plus_minutes(days * 24 * 60);
        let from = self.changes.partition_point(|change| change.at < near(-1));
        let to = self.changes.partition_point(|change| change.at <= near(1));
        let mut moments = (from..=to).filter_map(|change| {
            let at = moment_at_offset(local, i64::from(self.before(change)))?;
            (self.offset_at(at) == self.before(change)).then_some(at)
        });
        match (moments.next(), moments.next_back()) {
            (Some(first), Some(last)) if first != last => Resolved::Twice(first.min(last), first.max(last)),
            (Some(at), _) => Resolved::Once(at),
            (None, _) => self.skipped(local, from, to),
        }
    }

    /// The change among those numbered `from` up to `to` that went over `local`.
    fn skipped(self, local: NaiveDateTime, from: usize, to: usize) -> Resolved {
        let over = (from..to).find_map(|number| {
            let change = self.changes.get(number)?;
            let before = moment_at_offset(local, i64::from(self.before(number)))?;
            let after = moment_at_offset(local, i64::from(change.offset))?;
            (before >= change.at && after < change.at).then_some(Resolved::Never { change: change.at, before, after })
        });
        // Only a calendar that ends there has neither.
        over.unwrap_or(Resolved::Once(moment_at_offset(local, i64::from(self.first)).unwrap_or(Time::EPOCH)))
    }
}

/// The moment at which a clock `offset` minutes east of UTC shows `local`; `None` outside the years 0000 to 9999.
pub(super) fn moment_at_offset(local: NaiveDateTime, offset: i64) -> Option<Time> {
    let utc = local.checked_sub_signed(TimeDelta::try_minutes(offset)?)?;
    Time::from_micros(utc.and_utc().timestamp_micros())
}

/// Short: a zone may have hundreds of changes.
impl fmt::Debug for Zone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (known, count) = (if self.known { "" } else { "unknown, " }, self.changes.len());
        write!(f, "Zone({known}{} and {count} changes)", zone_label(self.first))
    }
}

/// Zones for tests, as the system would give them.
#[cfg(test)]
pub(crate) mod samples {
    use super::*;

    fn of(first: i32, changes: &[(&str, i32)]) -> Zone {
        let change = |(at, offset): &(&str, i32)| Change { at: Time::parse(at).unwrap(), offset: *offset };
        Zone::of(first, changes.iter().map(change).collect::<Vec<_>>().leak())
    }

    /// London in 2026: summer time from 29 March to 25 October.
    pub(crate) fn london() -> Zone {
        of(0, &[("2026-03-29T01:00:00Z", 60), ("2026-10-25T01:00:00Z", 0), ("2027-03-28T01:00:00Z", 60)])
    }

    /// Apia, where 30 December 2011 was left out.
    pub(crate) fn apia() -> Zone {
        of(-660, &[("2010-09-26T11:00:00Z", -600), ("2011-12-30T10:00:00Z", 840), ("2012-03-31T14:00:00Z", 780)])
    }

    /// Troll, whose clocks change by two hours.
    pub(crate) fn troll() -> Zone {
        of(0, &[("2026-03-29T01:00:00Z", 120), ("2026-10-25T01:00:00Z", 0)])
    }

    /// St John's, which is no whole hour from UTC.
    pub(crate) fn st_johns() -> Zone {
        of(-210, &[("2026-03-08T05:30:00Z", -150), ("2026-11-01T04:30:00Z", -210)])
    }
}

#[cfg(test)]
mod tests {
    use super::{samples::*, *};
    use proptest::prelude::*;

    fn at(text: &str) -> Time {
        Time::parse(text).unwrap()
    }

    fn local(text: &str) -> NaiveDateTime {
        NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M").unwrap()
    }

    #[test]
    fn the_offset_is_the_one_of_the_moment_that_is_asked_for() {
        let zone = london();
        assert_eq!(zone.offset_at(at("2026-10-25T00:59:59Z")), 60);
        assert_eq!(zone.offset_at(at("2026-10-25T01:00:00Z")), 0);
        assert_eq!(zone.offset_at(at("2020-01-01T00:00:00Z")), 0, "before the first change");
        assert_eq!(zone.offset_at(at("2030-01-01T00:00:00Z")), 60, "after the last change");
        assert_eq!(zone.local(at("2026-10-24T13:05:00Z")).to_string(), "2026-10-24 14:05:00 +01:00");
        assert_eq!(zone.other_label(at("2026-10-24T13:05:00Z"), at("2026-10-25T09:00:00Z")), " +01:00");
        assert_eq!(zone.other_label(at("2026-10-25T08:00:00Z"), at("2026-10-25T09:00:00Z")), "");
    }

    #[test]
    fn a_local_time_is_one_moment_or_two_or_none() {
        let zone = london();
        assert_eq!(zone.resolve(local("2026-10-25 09:00")), Resolved::Once(at("2026-10-25T09:00:00Z")));
        assert_eq!(zone.resolve(local("2026-10-24 14:05")), Resolved::Once(at("2026-10-24T13:05:00Z")));
        let twice = Resolved::Twice(at("2026-10-25T00:30:00Z"), at("2026-10-25T01:30:00Z"));
        assert_eq!(zone.resolve(local("2026-10-25 01:30")), twice);
        assert_eq!(zone.resolve(local("2026-10-25 02:00")), Resolved::Once(at("2026-10-25T02:00:00Z")));
        let (change, before, after) =
            (at("2026-03-29T01:00:00Z"), at("2026-03-29T01:30:00Z"), at("2026-03-29T00:30:00Z"));
        assert_eq!(zone.resolve(local("2026-03-29 01:30")), Resolved::Never { change, before, after });
        assert_eq!(zone.resolve(local("2026-03-29 02:00")), Resolved::Once(change));
        let change = at("2011-12-30T10:00:00Z");
        let (before, after) = (at("2011-12-30T22:00:00Z"), at("2011-12-29T22:00:00Z"));
        assert_eq!(apia().resolve(local("2011-12-30 12:00")), Resolved::Never { change, before, after });
        assert_eq!(Zone::fixed(345).resolve(local("2026-10-25 01:30")), Resolved::Once(at("2026-10-24T19:45:00Z")));
    }

    #[test]
    fn an_entry_of_another_zone_keeps_the_offset_of_the_clock_that_wrote_it() {
        let (recorded, claimed) = (at("2026-10-25T09:00:00Z"), at("2026-10-24T13:05:00Z"));
        assert_eq!(london().offset_beside(claimed, recorded, 0), 60, "written by this zone: it was summer time then");
        assert_eq!(london().offset_beside(claimed, recorded, 345), 345, "written in Kathmandu");
    }

    fn zones() -> impl Strategy<Value = Zone> {
        prop_oneof![
            Just(london()),
            Just(apia()),
            Just(troll()),
            Just(st_johns()),
            (-1439..1440_i32).prop_map(Zone::fixed),
            // Any changes at all, at least a day apart.
            (any::<i16>(), proptest::collection::vec((0..40_i64, -1439..1440_i32), 0..6)).prop_map(|(first, steps)| {
                let mut day = 20_000;
                let change = |(days, offset): (i64, i32)| {
                    day += days + 3;
                    Change { at: Time::from_micros(day * 86_400_000_000 + 3_600_000_000).unwrap(), offset }
                };
                let changes: Vec<Change> = steps.into_iter().map(change).collect();
                Zone::of(i32::from(first) % 1440, changes.leak())
            }),
        ]
    }

    /// Moments around the changes of these zones, and any others.
    fn moments() -> impl Strategy<Value = Time> {
        let changes = [
            "2011-12-30T10:00:00Z",
            "2026-03-29T01:00:00Z",
            "2026-10-25T01:00:00Z",
            "2026-03-08T05:30:00Z",
            "2026-11-01T04:30:00Z",
        ];
        let near = proptest::sample::select(changes.to_vec());
        prop_oneof![
            (near, -2000..2000_i64).prop_map(|(change, by)| at(change).plus_minutes(by)),
            (20_000..20_300_i64, 0..1440_i64)
                .prop_map(|(day, minute)| { Time::from_micros((day * 1440 + minute) * 60_000_000).unwrap() }),
            any::<i64>().prop_map(|micros| Time::from_micros(micros / 1000).unwrap_or(Time::EPOCH)),
        ]
    }

    proptest! {
        #![proptest_config(ProptestConfig {
            cases: 4000,
            failure_persistence: None,
            rng_seed: proptest::test_runner::RngSeed::Fixed(20_261_025),
            ..ProptestConfig::default()
        })]

        #[test]
        fn every_moment_is_found_again_by_its_local_time_and_told_by_it_with_its_zone(zone in zones(), at in moments()) {
            let local = zone.local(at);
            match zone.resolve(local.naive_local()) {
                Resolved::Once(found) => prop_assert_eq!(found, at),
                Resolved::Twice(first, second) => {
                    prop_assert!(first == at || second == at);
                    prop_assert!(first < second);
                    // Two moments that read alike differ in the zone beside them.
                    prop_assert_ne!(zone.offset_at(first), zone.offset_at(second));
                    prop_assert_eq!(zone.local(first).naive_local(), zone.local(second).naive_local());
                }
                Resolved::Never { .. } => prop_assert!(false, "{at} exists"),
            }
            prop_assert_eq!(Time::parse(&local.to_rfc3339()), Ok(at));
        }

        #[test]
        fn no_local_time_makes_it_panic(zone in zones(), minutes in -2_000_000_000..4_300_000_000_i64) {
            let Some(moment) = Time::from_micros(minutes.saturating_mul(60_000_000)) else { return Ok(()) };
            let local = moment.utc().naive_utc();
            if let Resolved::Never { change, before, after } = zone.resolve(local) {
                prop_assert!(after < change && change <= before);
            }
        }
    }
}
