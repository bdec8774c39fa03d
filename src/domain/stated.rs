//! Times as people state them: RFC 3339, `14:05`, `yesterday 14:05` or `-20m`.

use super::time::{Now, Time, zone_label};
use chrono::{Days, NaiveDateTime, NaiveTime, TimeDelta};
use std::str::FromStr as _;

/// A time that cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BadTime {
    /// A date and time without a zone could be meant in several.
    #[error("{0:?} has no zone")]
    NoZone(String),
    /// A reading of a clock is of no use without seconds.
    #[error("{0:?} has no seconds")]
    NoSeconds(String),
    /// Nothing of the forms that are known.
    #[error("{0:?} is not a time")]
    Unknown(String),
}

impl BadTime {
    /// What would work.
    pub fn hint(&self, now: Now) -> String {
        match self {
            Self::NoZone(text) => {
                let text = text.trim().replacen(' ', "T", 1);
                format!("add the zone: {text}{} for this machine's, {text}Z for UTC", zone_label(now.offset))
            }
            Self::NoSeconds(text) => format!("add the seconds: {}:00", text.trim()),
            Self::Unknown(_) => {
                format!(
                    "write 14:05, yesterday 14:05, -20m, or {}",
                    now.at.local(now.offset).format("%Y-%m-%dT%H:%M%:z")
                )
            }
        }
    }
}

/// Reads a stated time. `14:05` is the latest such moment on this machine's clock: today's, or yesterday's where
/// today's lies more than a minute ahead; `-20m`, `-2h`, `-1d` count back from now.
pub fn stated(text: &str, now: Now) -> Result<Time, BadTime> {
    let text = text.trim();
    let unknown = || BadTime::Unknown(text.to_owned());
    if text.eq_ignore_ascii_case("now") {
        return Ok(now.at);
    }
    if let Some(back) = text.strip_prefix('-') {
        return ago(back, now).ok_or_else(unknown);
    }
    let local = now.at.local(now.offset);
    if let Some(clock) = text.strip_prefix("yesterday ") {
        let at = clock_time(clock).ok_or_else(unknown)?;
        let day = local.date_naive().checked_sub_days(Days::new(1)).ok_or_else(unknown)?;
        return at_local(day.and_time(at), now).ok_or_else(unknown);
    }
    if let Some(clock) = clock_time(text) {
        let mut day = local.date_naive();
        if day.and_time(clock) > local.naive_local() + TimeDelta::minutes(1) {
            day = day.checked_sub_days(Days::new(1)).ok_or_else(unknown)?;
        }
        return at_local(day.and_time(clock), now).ok_or_else(unknown);
    }
    whole(text).ok_or_else(|| {
        let naive = ["%Y-%m-%dT%H:%M:%S%.f", "%Y-%m-%d %H:%M:%S%.f", "%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M"];
        if naive.iter().any(|form| NaiveDateTime::parse_from_str(text, form).is_ok()) {
            BadTime::NoZone(text.to_owned())
        } else {
            unknown()
        }
    })
}

/// Reads what another clock shows: a whole time, or `03:41:07` on this machine's zone, or with `Z` or `+01:00` behind it,
/// without a date: then the such moment that is nearest to now, before it or after it.
pub fn reading(text: &str, now: Now) -> Result<Time, BadTime> {
    let text = text.trim();
    if let Ok(time) = Time::parse(text) {
        return Ok(time);
    }
    let unknown = || BadTime::Unknown(text.to_owned());
    let zone = text.find(['Z', 'z', '+', '-']).unwrap_or(text.len());
    let (clock, zone) = text.split_at_checked(zone).ok_or_else(unknown)?;
    let Some(clock) = clock_time(clock) else { return stated(text, now).and(Err(unknown())) };
    let seconds = text.matches(':').count() - zone.matches(':').count();
    if seconds < 2 {
        return Err(BadTime::NoSeconds(text.to_owned()));
    }
    let offset = match zone {
        "" => now.offset,
        "Z" | "z" => 0,
        zone => chrono::FixedOffset::from_str(zone).map_err(|_| unknown())?.local_minus_utc() / 60,
    };
    let there = Now { offset, ..now };
    let today = now.at.local(offset).date_naive();
    let days = [today.pred_opt(), Some(today), today.succ_opt()];
    let moments = days.into_iter().flatten().filter_map(|day| at_local(day.and_time(clock), there));
    moments.min_by_key(|time| (time.micros() - now.at.micros()).abs()).ok_or_else(unknown)
}

fn whole(text: &str) -> Option<Time> {
    let with_seconds = || {
        let zone = text.find(['Z', 'z']).or_else(|| text.get(11..)?.find(['+', '-']).map(|at| at + 11))?;
        let (clock, zone) = text.split_at_checked(zone)?;
        Time::parse(&format!("{clock}:00{zone}")).ok()
    };
    Time::parse(text).ok().or_else(with_seconds)
}

fn clock_time(text: &str) -> Option<NaiveTime> {
    let text = text.trim();
    NaiveTime::parse_from_str(text, "%H:%M").or_else(|_| NaiveTime::parse_from_str(text, "%H:%M:%S")).ok()
}

fn at_local(naive: NaiveDateTime, now: Now) -> Option<Time> {
    let utc = naive.checked_sub_signed(TimeDelta::try_minutes(i64::from(now.offset))?)?;
    Some(Time::new(utc.and_utc()))
}

fn ago(back: &str, now: Now) -> Option<Time> {
    let unit = back.chars().last()?;
    let count: i64 = back.get(..back.len() - unit.len_utf8())?.trim().parse().ok().filter(|count| *count >= 0)?;
    let minutes = match unit {
        'm' => count,
        'h' => count.checked_mul(60)?,
        'd' => count.checked_mul(24 * 60)?,
        _ => return None,
    };
    (minutes < 1_000_000_000).then(|| now.at.plus_minutes(-minutes))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn now() -> Now {
        Now { at: Time::parse("2026-11-22T02:41:07Z").unwrap(), offset: 60 }
    }

    fn read(text: &str) -> String {
        stated(text, now()).map_or_else(|why| why.to_string(), |time| time.to_string())
    }

    #[test]
    fn people_state_times_in_four_ways() {
        assert_eq!(read("03:36"), "2026-11-22T02:36:00.000000Z");
        assert_eq!(read("14:05"), "2026-11-21T13:05:00.000000Z", "14:05 at 03:41 was yesterday");
        assert_eq!(read("yesterday 23:10"), "2026-11-21T22:10:00.000000Z");
        assert_eq!(read("-20m"), "2026-11-22T02:21:07.000000Z");
        assert_eq!(read("-2h"), "2026-11-22T00:41:07.000000Z");
        assert_eq!(read("2026-11-22T03:36+01:00"), "2026-11-22T02:36:00.000000Z");
        assert_eq!(read("2026-11-22T02:36:05Z"), "2026-11-22T02:36:05.000000Z");
    }

    #[test]
    fn another_clock_reads_the_moment_nearest_to_now() {
        let read =
            |text: &str, now: Now| reading(text, now).map_or_else(|why| why.to_string(), |time| time.to_string());
        assert_eq!(read("03:41:09", now()), "2026-11-22T02:41:09.000000Z", "ahead of this machine, not yesterday");
        assert_eq!(read("03:41:00", now()), "2026-11-22T02:41:00.000000Z");
        assert_eq!(read("02:41:05Z", now()), "2026-11-22T02:41:05.000000Z");
        assert_eq!(read("04:41:05+02:00", now()), "2026-11-22T02:41:05.000000Z");
        assert_eq!(read("2026-11-22T03:41:05+01:00", now()), "2026-11-22T02:41:05.000000Z");
        let midnight = Now { at: Time::parse("2026-11-21T23:00:03Z").unwrap(), offset: 60 };
        assert_eq!(read("23:59:58", midnight), "2026-11-21T22:59:58.000000Z", "the day before, five seconds ago");
        assert_eq!(reading("03:41", now()), Err(BadTime::NoSeconds("03:41".into())));
        assert!(BadTime::NoSeconds("03:41".into()).hint(now()).contains("03:41:00"));
        assert_eq!(reading("2026-11-22 03:41:05", now()), Err(BadTime::NoZone("2026-11-22 03:41:05".into())));
        for text in ["", "-20m", "now", "yesterday 03:41:07", "25:00:00", "soon", "é", "+", "03:41:07+é"] {
            assert!(matches!(reading(text, now()), Err(BadTime::Unknown(_))), "{text:?}");
        }
    }

    #[test]
    fn a_time_that_could_mean_several_is_refused() {
        let bad = stated("2026-11-22 03:36", now()).unwrap_err();
        assert_eq!(bad, BadTime::NoZone("2026-11-22 03:36".into()));
        assert!(bad.hint(now()).contains("2026-11-22T03:36+01:00"));
        for text in ["", "-", "-é", "25:00", "soon", "-99999999999999999999d", "yesterday", "+20m", "2026-13-01T00:00Z"]
        {
            assert!(stated(text, now()).is_err(), "{text:?}");
        }
    }
}
