//! Times as people state them: RFC 3339, `14:05`, `yesterday 14:05` or `-20m`.
//!
//! A clock time without a zone is read by the zone of this machine on the day that is meant, not on the day on which it
//! is typed. Where that zone shows it twice, never, or is not known, it is refused with every spelling that would do: a
//! record is evidence, and a guess in it cannot be told from what was known.

use super::{
    time::{Now, Time, zone_label},
    zone::{Resolved, Zone, moment_at_offset},
};
use chrono::{Days, NaiveDate, NaiveDateTime, NaiveTime};
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
    /// The clocks went back over it, so that there are two.
    #[error("{given:?} occurred twice on {}, when the clocks went back", format_day(*local))]
    Twice {
        /// As typed.
        given: String,
        /// The date and time that is meant.
        local: NaiveDateTime,
        /// The offset of the first, minutes east of UTC.
        first: i32,
        /// The offset of the second.
        second: i32,
    },
    /// The clocks went forward over it, so that there is none.
    #[error("{given:?} did not occur on {}, when the clocks went forward", format_day(*local))]
    Never {
        /// As typed.
        given: String,
        /// The date and time that is meant.
        local: NaiveDateTime,
        /// The offset before the clocks went forward, minutes east of UTC.
        before: i32,
        /// The offset from then on.
        after: i32,
    },
    /// The zone of this machine is not known, and a clock time means nothing without one.
    #[error("{0:?} has no zone, and the time zone of this machine is not known")]
    ZoneUnknown(String),
    /// Nothing of the forms that are known.
    #[error("{0:?} is not a time")]
    Unknown(String),
}

fn format_day(local: NaiveDateTime) -> String {
    local.format("%-d %B %Y").to_string()
}

/// `2026-10-25T01:30+01:00`; seconds where there are any.
fn format_with_offset(local: NaiveDateTime, offset: i32) -> String {
    let form = if local.format("%S").to_string() == "00" { "%Y-%m-%dT%H:%M" } else { "%Y-%m-%dT%H:%M:%S" };
    format!("{}{}", local.format(form), zone_label(offset))
}

impl BadTime {
    /// What would work.
    pub fn hint(&self, now: Now) -> String {
        match self {
            Self::NoZone(text) => no_zone(text, now.zone),
            Self::NoSeconds(text) => format!("add the seconds: {}:00", text.trim()),
            Self::Twice { local, first, second, .. } => {
                let (first, second) = (format_with_offset(*local, *first), format_with_offset(*local, *second));
                format!("write {first} for the first, or {second} for the second")
            }
            Self::Never { local, before, after, .. } => {
                let means = |by: i32, on: i32| {
                    let at = moment_at_offset(*local, by.into()).map(|at| at.local(on).naive_local());
                    let form = |at: &NaiveDateTime| if at.date() == local.date() { "%H:%M" } else { "%-d %B %H:%M" };
                    at.map_or_else(String::new, |at| format!(", which was {}", at.format(form(&at))))
                };
                let (early, late) = (format_with_offset(*local, *before), format_with_offset(*local, *after));
                format!(
                    "write {early}{}, if the clock that was read had not gone forward, or {late}{}, if it had",
                    means(*before, *after),
                    means(*after, *before)
                )
            }
            Self::ZoneUnknown(_) => {
                let example = now.at.utc().format("%Y-%m-%d");
                format!(
                    "write the date, the time and the offset of the clock that was read, such as {example}T14:05+01:00, or -20m"
                )
            }
            Self::Unknown(_) => {
                let example = now.zone.local(now.at).format("%Y-%m-%dT%H:%M%:z");
                format!("write 14:05, yesterday 14:05, -20m, or {example}")
            }
        }
    }
}

/// What to add to a date and time: the offset of that day, or each that it could have.
fn no_zone(text: &str, zone: Zone) -> String {
    let text = text.trim().replacen(' ', "T", 1);
    let offsets = match whole_local(&text).filter(|_| zone.is_known()).map(|local| (local, zone.resolve(local))) {
        None => vec![],
        Some((_, Resolved::Once(at))) => vec![zone.offset_at(at)],
        Some((_, Resolved::Twice(first, second))) => vec![zone.offset_at(first), zone.offset_at(second)],
        Some((local, Resolved::Never { before, after, .. })) => {
            vec![offset_of(local, before), offset_of(local, after)]
        }
    };
    let offsets: Vec<String> = offsets.into_iter().map(|offset| format!("{text}{}", zone_label(offset))).collect();
    match offsets.as_slice() {
        [] => format!("add the zone: {text}+01:00, with the offset of the clock that was read, or {text}Z for UTC"),
        [one] => format!("add the zone: {one} for this machine's, {text}Z for UTC"),
        several => {
            format!(
                "add the zone: the clocks changed then, so this machine's is {}; {text}Z is UTC",
                several.join(" or ")
            )
        }
    }
}

/// The offset of a clock that shows `local` at `at`, minutes east of UTC.
fn offset_of(local: NaiveDateTime, at: Time) -> i32 {
    i32::try_from((local - at.utc().naive_utc()).num_minutes()).unwrap_or(0)
}

/// How far ahead of now a clock time may be before it is taken for yesterday's, minutes.
const AHEAD: i64 = 1;

/// Reads a stated time. `14:05` is the latest such moment on this machine's clock: today's, or yesterday's where
/// today's lies more than a minute ahead; `-20m`, `-2h`, `-1d` count back from now, `d` being 24 hours.
///
/// # Errors
/// A clock time that came twice before now, or never on the day that is meant, names both moments that it may mean.
pub fn parse_stated_time(text: &str, now: Now) -> Result<Time, BadTime> {
    let text = text.trim();
    let unknown = || BadTime::Unknown(text.to_owned());
    if text.eq_ignore_ascii_case("now") {
        return Ok(now.at);
    }
    if let Some(back) = text.strip_prefix('-') {
        return parse_span_back(back, now).ok_or_else(unknown);
    }
    let today = now.zone.local(now.at).date_naive();
    let yesterday = today.checked_sub_days(Days::new(1));
    if let Some(clock) = text.strip_prefix("yesterday ") {
        let clock = clock_time(clock).ok_or_else(unknown)?;
        return on_days(text, clock, [yesterday], now);
    }
    if let Some(clock) = clock_time(text) {
        return on_days(text, clock, [Some(today), yesterday], now);
    }
    parse_whole_time(text)
        .ok_or_else(|| if whole_local(text).is_some() { BadTime::NoZone(text.to_owned()) } else { unknown() })
}

/// The latest moment, not ahead of now, at which this machine's clock showed `clock` on the first of these days that has
/// such a moment.
fn on_days<const N: usize>(
    text: &str,
    clock: NaiveTime,
    days: [Option<NaiveDate>; N],
    now: Now,
) -> Result<Time, BadTime> {
    if !now.zone.is_known() {
        return Err(BadTime::ZoneUnknown(text.to_owned()));
    }
    let (zone, latest) = (now.zone, now.at.plus_minutes(AHEAD));
    let given = || text.to_owned();
    for local in days.into_iter().flatten().map(|day| day.and_time(clock)) {
        match zone.resolve(local) {
            Resolved::Once(at) if at <= latest => return Ok(at),
            Resolved::Twice(first, second) if second <= latest => {
                let (first, second) = (zone.offset_at(first), zone.offset_at(second));
                return Err(BadTime::Twice { given: given(), local, first, second });
            }
            // The second is still to come: only the first can be meant.
            Resolved::Twice(first, _) if first <= latest => return Ok(first),
            Resolved::Never { change, before, after } if change <= latest => {
                let (before, after) = (offset_of(local, before), offset_of(local, after));
                return Err(BadTime::Never { given: given(), local, before, after });
            }
            Resolved::Once(_) | Resolved::Twice(..) | Resolved::Never { .. } => {}
        }
    }
    Err(BadTime::Unknown(given()))
}

/// Reads what another clock shows: a whole time, or `03:41:07` on this machine's zone, or with `Z` or `+01:00` behind it,
/// without a date: then the such moment that is nearest to now, before it or after it.
///
/// # Errors
/// Also a time that this machine's clock never shows on the days around now.
pub fn parse_clock_reading(text: &str, now: Now) -> Result<Time, BadTime> {
    let text = text.trim();
    if let Ok(time) = Time::parse(text) {
        return Ok(time);
    }
    let unknown = || BadTime::Unknown(text.to_owned());
    let end = text.find(['Z', 'z', '+', '-']).unwrap_or(text.len());
    let (clock, offset) = text.split_at_checked(end).ok_or_else(unknown)?;
    let Some(clock) = clock_time(clock) else { return parse_stated_time(text, now).and(Err(unknown())) };
    let seconds = text.matches(':').count() - offset.matches(':').count();
    if seconds < 2 {
        return Err(BadTime::NoSeconds(text.to_owned()));
    }
    let zone = match offset {
        "" if !now.zone.is_known() => return Err(BadTime::ZoneUnknown(text.to_owned())),
        "" => now.zone,
        "Z" | "z" => Zone::UTC,
        offset => Zone::fixed(chrono::FixedOffset::from_str(offset).map_err(|_| unknown())?.local_minus_utc() / 60),
    };
    find_nearest(text, clock, zone, now.at)
}

/// The moment nearest to `now` at which a clock in that zone shows `clock`.
fn find_nearest(text: &str, clock: NaiveTime, zone: Zone, now: Time) -> Result<Time, BadTime> {
    let today = zone.local(now).date_naive();
    let days = [today.pred_opt(), Some(today), today.succ_opt()];
    let away = |at: &Time| (at.micros() - now.micros()).abs();
    let mut moments = Vec::new();
    let mut never = None;
    for local in days.into_iter().flatten().map(|day| day.and_time(clock)) {
        match zone.resolve(local) {
            Resolved::Once(at) => moments.push(at),
            Resolved::Twice(first, second) => moments.extend([first, second]),
            Resolved::Never { change, before, after } => {
                let (before, after) = (offset_of(local, before), offset_of(local, after));
                never = Some((change, BadTime::Never { given: text.to_owned(), local, before, after }));
            }
        }
    }
    let best = moments.into_iter().min_by_key(away);
    match (best, never) {
        // What the clock skipped is nearer than any moment at which it shows this.
        (Some(at), Some((change, why))) if away(&change) < away(&at) => Err(why),
        (Some(at), _) => Ok(at),
        (None, Some((_, why))) => Err(why),
        (None, None) => Err(BadTime::Unknown(text.to_owned())),
    }
}

fn parse_whole_time(text: &str) -> Option<Time> {
    let with_seconds = || {
        let zone = text.find(['Z', 'z']).or_else(|| text.get(11..)?.find(['+', '-']).map(|at| at + 11))?;
        let (clock, zone) = text.split_at_checked(zone)?;
        Time::parse(&format!("{clock}:00{zone}")).ok()
    };
    Time::parse(text).ok().or_else(with_seconds)
}

/// A date and time without a zone.
fn whole_local(text: &str) -> Option<NaiveDateTime> {
    let forms = ["%Y-%m-%dT%H:%M:%S%.f", "%Y-%m-%d %H:%M:%S%.f", "%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M"];
    forms.iter().find_map(|form| NaiveDateTime::parse_from_str(text, form).ok())
}

fn clock_time(text: &str) -> Option<NaiveTime> {
    let text = text.trim();
    NaiveTime::parse_from_str(text, "%H:%M").or_else(|_| NaiveTime::parse_from_str(text, "%H:%M:%S")).ok()
}

fn parse_span_back(back: &str, now: Now) -> Option<Time> {
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
    use crate::domain::zone::samples::{apia, london, troll};

    fn now() -> Now {
        Now::fixed(Time::parse("2026-11-22T02:41:07Z").unwrap(), 60)
    }

    fn read(text: &str) -> String {
        parse_stated_time(text, now()).map_or_else(|why| why.to_string(), |time| time.to_string())
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

    fn in_zone(zone: Zone, at: &str) -> Now {
        Now { at: Time::parse(at).unwrap(), zone }
    }

    #[test]
    fn a_clock_time_has_the_offset_of_the_day_that_is_meant() {
        let now = in_zone(london(), "2026-10-25T09:00:00Z");
        let read =
            |text: &str| parse_stated_time(text, now).map_or_else(|why| why.to_string(), |time| time.to_string());
        assert_eq!(read("yesterday 14:05"), "2026-10-24T13:05:00.000000Z", "that was still summer time");
        assert_eq!(read("08:30"), "2026-10-25T08:30:00.000000Z");
        assert_eq!(read("00:30"), "2026-10-24T23:30:00.000000Z", "today, before the change");
        assert_eq!(read("23:10"), "2026-10-24T22:10:00.000000Z", "yesterday's");
        assert_eq!(read("-1d"), "2026-10-24T09:00:00.000000Z", "24 hours, whatever the clocks did");
        let spring = in_zone(london(), "2026-03-29T09:00:00Z");
        let read = |text: &str| parse_stated_time(text, spring).unwrap().to_string();
        assert_eq!(
            [read("yesterday 14:05"), read("00:30"), read("02:30")],
            ["2026-03-28T14:05:00.000000Z", "2026-03-29T00:30:00.000000Z", "2026-03-29T01:30:00.000000Z"]
        );
        let read = |text: &str| parse_stated_time(text, in_zone(troll(), "2026-10-25T09:00:00Z")).unwrap().to_string();
        assert_eq!(read("yesterday 14:05"), "2026-10-24T12:05:00.000000Z", "two hours");
    }

    #[test]
    fn a_time_that_came_twice_is_asked_about_and_names_both() {
        let now = in_zone(london(), "2026-10-25T09:00:00Z");
        let why = parse_stated_time("01:30", now).unwrap_err();
        assert_eq!(why.to_string(), "\"01:30\" occurred twice on 25 October 2026, when the clocks went back");
        let hint = why.hint(now);
        assert_eq!(hint, "write 2026-10-25T01:30+01:00 for the first, or 2026-10-25T01:30+00:00 for the second");
        // Both spellings are read, and mean two moments an hour apart.
        let spelled: Vec<Time> = hint
            .split([' ', ','])
            .filter(|word| word.starts_with("2026"))
            .map(|word| parse_stated_time(word, now).unwrap())
            .collect();
        assert_eq!(spelled[1].seconds_since(spelled[0]), 3600);
        let later = in_zone(london(), "2026-10-26T09:00:00Z");
        assert_eq!(parse_stated_time("yesterday 01:30", later).unwrap_err().hint(later), hint);
        assert_eq!(
            parse_stated_time("01:30:07", now).unwrap_err().hint(now),
            "write 2026-10-25T01:30:07+01:00 for the first, or 2026-10-25T01:30:07+00:00 for the second"
        );
        // While the second is still to come, only the first can be meant.
        for typed_at in ["2026-10-25T00:45:00Z", "2026-10-25T01:10:00Z"] {
            let first = parse_stated_time("01:30", in_zone(london(), typed_at)).unwrap();
            assert_eq!(first.to_string(), "2026-10-25T00:30:00.000000Z", "typed at {typed_at}");
        }
    }

    #[test]
    fn a_time_that_never_came_is_asked_about_and_names_what_it_may_mean() {
        let now = in_zone(london(), "2026-03-29T09:00:00Z");
        let why = parse_stated_time("01:30", now).unwrap_err();
        assert_eq!(why.to_string(), "\"01:30\" did not occur on 29 March 2026, when the clocks went forward");
        assert_eq!(
            why.hint(now),
            "write 2026-03-29T01:30+00:00, which was 02:30, if the clock that was read had not gone forward, or \
             2026-03-29T01:30+01:00, which was 00:30, if it had"
        );
        let before = parse_stated_time("01:30", in_zone(london(), "2026-03-29T00:30:00Z")).unwrap();
        assert_eq!(before.to_string(), "2026-03-28T01:30:00.000000Z", "not skipped yet: yesterday's");
        let skipped = parse_stated_time("yesterday 14:05", in_zone(apia(), "2011-12-30T22:00:00Z")).unwrap_err();
        assert!(skipped.to_string().contains("did not occur on 30 December 2011"), "{skipped}");
        let hint = skipped.hint(in_zone(apia(), "2011-12-30T22:00:00Z"));
        assert!(hint.contains("2011-12-30T14:05-10:00, which was 31 December 14:05, if"), "{hint}");
    }

    #[test]
    fn the_zone_that_is_offered_is_the_one_of_that_day() {
        let now = in_zone(london(), "2026-11-02T09:00:00Z");
        let hint = |text: &str| parse_stated_time(text, now).unwrap_err().hint(now);
        assert!(hint("2026-10-20 14:05").contains("2026-10-20T14:05+01:00 for this machine's"));
        assert!(hint("2026-10-30T14:05").contains("2026-10-30T14:05+00:00 for this machine's"));
        assert!(hint("2026-10-25 01:30").contains("2026-10-25T01:30+01:00 or 2026-10-25T01:30+00:00"));
        assert!(hint("2026-03-29 01:30").contains("2026-03-29T01:30+00:00 or 2026-03-29T01:30+01:00"));
    }

    #[test]
    fn without_a_known_zone_no_clock_time_is_taken_for_utc() {
        let now = in_zone(Zone::UNKNOWN, "2026-10-25T09:00:00Z");
        for text in ["08:30", "yesterday 14:05"] {
            let why = parse_stated_time(text, now).unwrap_err();
            assert_eq!(why, BadTime::ZoneUnknown(text.into()));
            assert!(why.hint(now).contains("2026-10-25T14:05+01:00"), "{}", why.hint(now));
        }
        assert_eq!(parse_clock_reading("08:59:58", now), Err(BadTime::ZoneUnknown("08:59:58".into())));
        for text in ["-20m", "now", "2026-10-25T08:30+01:00", "2026-10-25T08:30Z"] {
            assert!(parse_stated_time(text, now).is_ok(), "{text} says its zone, or needs none");
        }
        assert!(parse_clock_reading("09:59:58+01:00", now).is_ok() && parse_clock_reading("08:59:58Z", now).is_ok());
        assert!(!parse_stated_time("2026-10-25 08:30", now).unwrap_err().hint(now).contains("this machine's"));
    }

    #[test]
    fn another_clock_is_read_across_a_change_by_the_moment_nearest_to_now() {
        let read = |text: &str, at: &str| {
            parse_clock_reading(text, in_zone(london(), at)).map_or_else(|why| why.to_string(), |time| time.to_string())
        };
        let (first, second) = ("2026-10-25T00:30:00Z", "2026-10-25T01:30:00Z");
        assert_eq!(read("01:30:02", first), "2026-10-25T00:30:02.000000Z");
        assert_eq!(read("01:30:02", second), "2026-10-25T01:30:02.000000Z");
        assert_eq!(read("23:59:58", "2026-10-24T23:00:03Z"), "2026-10-24T22:59:58.000000Z");
        assert!(read("01:30:02", "2026-03-29T01:30:00Z").contains("did not occur on 29 March 2026"));
        assert_eq!(read("02:30:02", "2026-03-29T01:30:00Z"), "2026-03-29T01:30:02.000000Z");
    }

    #[test]
    fn another_clock_reads_the_moment_nearest_to_now() {
        let read = |text: &str, now: Now| {
            parse_clock_reading(text, now).map_or_else(|why| why.to_string(), |time| time.to_string())
        };
        assert_eq!(read("03:41:09", now()), "2026-11-22T02:41:09.000000Z", "ahead of this machine, not yesterday");
        assert_eq!(read("03:41:00", now()), "2026-11-22T02:41:00.000000Z");
        assert_eq!(read("02:41:05Z", now()), "2026-11-22T02:41:05.000000Z");
        assert_eq!(read("04:41:05+02:00", now()), "2026-11-22T02:41:05.000000Z");
        assert_eq!(read("2026-11-22T03:41:05+01:00", now()), "2026-11-22T02:41:05.000000Z");
        let midnight = Now::fixed(Time::parse("2026-11-21T23:00:03Z").unwrap(), 60);
        assert_eq!(read("23:59:58", midnight), "2026-11-21T22:59:58.000000Z", "the day before, five seconds ago");
        assert_eq!(parse_clock_reading("03:41", now()), Err(BadTime::NoSeconds("03:41".into())));
        assert!(BadTime::NoSeconds("03:41".into()).hint(now()).contains("03:41:00"));
        assert_eq!(
            parse_clock_reading("2026-11-22 03:41:05", now()),
            Err(BadTime::NoZone("2026-11-22 03:41:05".into()))
        );
        for text in ["", "-20m", "now", "yesterday 03:41:07", "25:00:00", "soon", "é", "+", "03:41:07+é"] {
            assert!(matches!(parse_clock_reading(text, now()), Err(BadTime::Unknown(_))), "{text:?}");
        }
    }

    #[test]
    fn a_time_that_could_mean_several_is_refused() {
        let bad = parse_stated_time("2026-11-22 03:36", now()).unwrap_err();
        assert_eq!(bad, BadTime::NoZone("2026-11-22 03:36".into()));
        assert!(bad.hint(now()).contains("2026-11-22T03:36+01:00"));
        for text in ["", "-", "-é", "25:00", "soon", "-99999999999999999999d", "yesterday", "+20m", "2026-13-01T00:00Z"]
        {
            assert!(parse_stated_time(text, now()).is_err(), "{text:?}");
        }
    }
}
