//! Moments, always in UTC and always with microseconds, so that a moment read back equals the one written.

use super::zone::Zone;
use chrono::{DateTime, FixedOffset, SecondsFormat, TimeDelta, Utc};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::{fmt, time::Duration};

/// A moment in UTC with microsecond precision; written as `2026-11-22T03:14:07.123456Z`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Time(DateTime<Utc>);

/// Microseconds since 1970 of the first moment that RFC 3339 can write: 0000-01-01T00:00:00Z.
const FIRST: i64 = -62_167_219_200_000_000;
/// The same of the last: 9999-12-31T23:59:59.999999Z.
const LAST: i64 = 253_402_300_799_999_999;

/// A text that is no moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NoTime {
    /// It is not RFC 3339 with a zone.
    #[error(transparent)]
    Text(#[from] chrono::ParseError),
    /// In UTC it could not be written in four digits of a year, so it could not be read back.
    #[error("in UTC its year is not between 0000 and 9999")]
    Year,
}

impl Time {
    /// The moment `at`, with anything finer than a microsecond cut off; the first or last moment of the years 0000 to
    /// 9999 (UTC) for one beyond them.
    pub fn new(at: DateTime<Utc>) -> Self {
        let micros = at.timestamp_micros().clamp(FIRST, LAST);
        DateTime::from_timestamp_micros(micros).map_or(Self::EPOCH, Self)
    }

    /// 1970-01-01T00:00:00Z.
    pub const EPOCH: Self = Self(DateTime::UNIX_EPOCH);

    /// Microseconds since 1970-01-01T00:00:00Z; negative before.
    pub fn micros(self) -> i64 {
        self.0.timestamp_micros()
    }

    /// The moment `micros` microseconds after 1970; `None` outside the years 0000 to 9999 (UTC).
    pub fn from_micros(micros: i64) -> Option<Self> {
        DateTime::from_timestamp_micros(micros).filter(|_| (FIRST..=LAST).contains(&micros)).map(Self)
    }

    /// The moment so long after 1970-01-01T00:00:00Z, or, as an error has it, before; the first or last moment of the
    /// years 0000 to 9999 (UTC) where it would be beyond them.
    pub fn from_epoch(distance: Result<Duration, Duration>) -> Self {
        let micros = |by: Duration| i64::try_from(by.as_micros()).unwrap_or(i64::MAX);
        let micros = distance.map_or_else(|before| -micros(before), micros);
        Self::from_micros(micros.clamp(FIRST, LAST)).unwrap_or(Self::EPOCH)
    }

    /// The underlying calendar value.
    pub fn utc(self) -> DateTime<Utc> {
        self.0
    }

    /// This moment on a clock `offset` minutes east of UTC (0 where the offset is impossible).
    pub fn local(self, offset: i32) -> DateTime<FixedOffset> {
        let zone = FixedOffset::east_opt(possible_offset(offset) * 60);
        zone.map_or_else(|| self.0.fixed_offset(), |zone| self.0.with_timezone(&zone))
    }

    /// This moment moved by `minutes`; the first or last moment of the years 0000 to 9999 (UTC) where it would be beyond
    /// them.
    pub fn plus_minutes(self, minutes: i64) -> Self {
        let moved = TimeDelta::try_minutes(minutes).and_then(|by| self.0.checked_add_signed(by));
        let end = if minutes < 0 { DateTime::<Utc>::MIN_UTC } else { DateTime::<Utc>::MAX_UTC };
        Self::new(moved.unwrap_or(end))
    }

    /// Whole seconds from `earlier` to this moment; negative when `earlier` is later.
    pub fn seconds_since(self, earlier: Self) -> i64 {
        (self.0 - earlier.0).num_seconds()
    }

    /// Reads RFC 3339 with a zone, in the years 0000 to 9999 (UTC).
    pub fn parse(text: &str) -> Result<Self, NoTime> {
        let at = DateTime::parse_from_rfc3339(text)?.with_timezone(&Utc);
        Self::from_micros(at.timestamp_micros()).ok_or(NoTime::Year)
    }
}

/// `offset` in minutes, or 0 where no clock could be that far from UTC: a day or more.
fn possible_offset(offset: i32) -> i32 {
    if offset.unsigned_abs() < 24 * 60 { offset } else { 0 }
}

/// `+01:00` for 60 minutes east of UTC; `+00:00` where the offset is impossible, as [`Time::local`] takes it.
pub fn zone_label(offset: i32) -> String {
    let offset = possible_offset(offset);
    let sign = if offset < 0 { '-' } else { '+' };
    let minutes = offset.unsigned_abs();
    format!("{sign}{:02}:{:02}", minutes / 60, minutes % 60)
}

impl fmt::Display for Time {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.to_rfc3339_opts(SecondsFormat::Micros, true))
    }
}

impl fmt::Debug for Time {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl Serialize for Time {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Time {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::parse(&text).map_err(|why| serde::de::Error::custom(format!("{text:?} is not a time: {why}")))
    }
}

/// What a machine's clock said, and the zone by which this machine tells local time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Now {
    /// The machine's clock.
    pub at: Time,
    /// The machine's zone: its offset at any moment, not only at this one.
    pub zone: Zone,
}

impl Now {
    /// `at` on a machine whose zone is always `offset` minutes east of UTC.
    pub const fn fixed(at: Time, offset: i32) -> Self {
        Self { at, zone: Zone::fixed(offset) }
    }

    /// The offset of this moment, minutes east of UTC. For any other moment ask [`Zone::offset_at`].
    pub fn offset(self) -> i32 {
        self.zone.offset_at(self.at)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_is_read_back_as_written() {
        let time = Time::parse("2026-11-22T03:14:07.1234567+01:00").unwrap();
        assert_eq!(time.to_string(), "2026-11-22T02:14:07.123456Z");
        assert_eq!(Time::parse(&time.to_string()).unwrap(), time);
        assert!(Time::parse("2026-11-22T03:14:07").is_err(), "a time without a zone is no moment");
    }

    #[test]
    fn whatever_can_be_made_can_be_read_back() {
        for text in ["0000-01-01T00:00:00+01:00", "9999-12-31T23:59:59-00:01"] {
            assert_eq!(Time::parse(text), Err(NoTime::Year), "{text}: in UTC its year has more than four digits");
        }
        let (first, last) = (Time::from_micros(FIRST).unwrap(), Time::from_micros(LAST).unwrap());
        assert_eq!(first.to_string(), "0000-01-01T00:00:00.000000Z");
        assert_eq!(last.to_string(), "9999-12-31T23:59:59.999999Z");
        assert_eq!((Time::from_micros(FIRST - 1), Time::from_micros(LAST + 1)), (None, None));
        let now = Time::parse("2026-10-25T01:00:00Z").unwrap();
        for minutes in [0, 1, -1, i64::from(u32::MAX), -i64::from(u32::MAX), i64::MAX, i64::MIN] {
            let moved = now.plus_minutes(minutes);
            assert_eq!(Time::parse(&moved.to_string()), Ok(moved), "{minutes} minutes");
            assert!(minutes == 0 || (moved > now) == (minutes > 0), "{minutes} minutes");
            // No clock can be so far from UTC that a moment has no local time.
            for offset in [0, 60, -1439, 1439, i32::MAX, i32::MIN] {
                assert!(moved.local(offset).to_string().ends_with(&zone_label(offset)), "{offset}");
            }
        }
        assert_eq!(first.plus_minutes(-1), first);
        assert_eq!(last.plus_minutes(1), last);
        assert_eq!(Time::from_epoch(Ok(Duration::MAX)), last);
        assert_eq!(Time::from_epoch(Err(Duration::MAX)), first);
        assert_eq!(Time::from_epoch(Err(Duration::from_secs(3600))).to_string(), "1969-12-31T23:00:00.000000Z");
        assert_eq!(Time::new(DateTime::<Utc>::MAX_UTC), last);
        assert_eq!(Time::new(DateTime::<Utc>::MIN_UTC), first);
    }

    #[test]
    fn zones_are_named_by_their_offset() {
        assert_eq!(zone_label(60), "+01:00");
        assert_eq!(zone_label(-210), "-03:30");
        assert_eq!(zone_label(0), "+00:00");
    }
}
