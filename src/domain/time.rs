//! Moments, always in UTC and always with microseconds, so that a moment read back equals the one written.

use chrono::{DateTime, FixedOffset, SecondsFormat, TimeDelta, Utc};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::fmt;

/// A moment in UTC with microsecond precision; written as `2026-11-22T03:14:07.123456Z`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Time(DateTime<Utc>);

impl Time {
    /// The moment `at`, with anything finer than a microsecond cut off.
    pub fn new(at: DateTime<Utc>) -> Self {
        DateTime::from_timestamp_micros(at.timestamp_micros()).map_or(Self(at), Self)
    }

    /// Microseconds since 1970-01-01T00:00:00Z.
    pub fn micros(self) -> i64 {
        self.0.timestamp_micros()
    }

    /// The moment `micros` microseconds after 1970; `None` beyond what a calendar can hold.
    pub fn from_micros(micros: i64) -> Option<Self> {
        DateTime::from_timestamp_micros(micros).map(Self)
    }

    /// The underlying calendar value.
    pub fn utc(self) -> DateTime<Utc> {
        self.0
    }

    /// This moment on a clock `offset` minutes east of UTC (0 where the offset is impossible).
    pub fn local(self, offset: i32) -> DateTime<FixedOffset> {
        let zone = FixedOffset::east_opt(offset.saturating_mul(60)).or_else(|| FixedOffset::east_opt(0));
        match zone {
            Some(zone) => self.0.with_timezone(&zone),
            None => self.0.fixed_offset(),
        }
    }

    /// This moment moved by `minutes`; saturates at the end of the calendar.
    pub fn plus_minutes(self, minutes: i64) -> Self {
        TimeDelta::try_minutes(minutes).and_then(|by| self.0.checked_add_signed(by)).map_or(self, Self)
    }

    /// Whole seconds from `earlier` to this moment; negative when `earlier` is later.
    pub fn seconds_since(self, earlier: Self) -> i64 {
        (self.0 - earlier.0).num_seconds()
    }

    /// Reads RFC 3339 with a zone.
    pub fn parse(text: &str) -> Result<Self, chrono::ParseError> {
        DateTime::parse_from_rfc3339(text).map(|at| Self::new(at.with_timezone(&Utc)))
    }
}

/// `+01:00` for 60 minutes east of UTC.
pub fn zone_label(offset: i32) -> String {
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

/// What a machine's clock said: the moment, and the local zone as minutes east of UTC.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Now {
    /// The machine's clock.
    pub at: Time,
    /// The machine's local zone, minutes east of UTC.
    pub offset: i32,
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
    fn zones_are_named_by_their_offset() {
        assert_eq!(zone_label(60), "+01:00");
        assert_eq!(zone_label(-210), "-03:30");
        assert_eq!(zone_label(0), "+00:00");
    }
}
