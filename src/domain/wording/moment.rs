//! Moments as they are shown and read aloud: 24 hours, with the zone where it is not plain, and how long ago.

use super::duration::{distance_span, spoken_span};
use crate::domain::time::{Now, Time, zone_label};

/// `03:41`, or `21 Nov 23:10` on another day than today; with its zone where the clocks were changed in between, since
/// the zone of now stands in the top line: `24 Oct 19:05 +01:00`.
pub(crate) fn clock_time(at: Time, now: Now) -> String {
    format!("{}{}", day_clock(at, now), now.zone.other_label(at, now.at))
}

/// The same where every cell counts: `24 Oct 19:05+01`, with minutes of the zone only where it has any.
pub(crate) fn tight_clock(at: Time, now: Now) -> String {
    let zone = now.zone.other_label(at, now.at);
    let zone = zone.trim_start();
    format!("{}{}", day_clock(at, now), zone.strip_suffix(":00").unwrap_or(zone))
}

fn day_clock(at: Time, now: Now) -> String {
    local_time(at, now, "%-d %b %H:%M")
}

/// `at` by the clocks of here: hours and minutes today, in the form `other` on another day.
fn local_time(at: Time, now: Now, other: &str) -> String {
    let (local, today) = (now.zone.local(at), now.zone.local(now.at));
    let form = if local.date_naive() == today.date_naive() { "%H:%M" } else { other };
    local.format(form).to_string()
}

/// `03:41 +01:00 02:41Z`: this moment on this machine's clock and in UTC.
pub(crate) fn local_and_utc(now: Now) -> String {
    let utc = now.at.utc().format("%H:%MZ");
    if !now.zone.is_known() {
        return format!("{utc} zone unknown");
    }
    format!("{} {} {utc}", now.zone.local(now.at).format("%H:%M"), zone_label(now.offset()))
}

/// `2026-11-22 03:41:07 +01:00 (02:41:07Z)`, with the offset that this machine had then; UTC before the clock is known.
pub(crate) fn full_time(at: Time, now: Option<Now>) -> String {
    full_at(at, now.map_or(0, |now| now.zone.offset_at(at)))
}

/// The same of a moment that an entry names which was `recorded` by a clock `offset` minutes east of UTC: by that clock,
/// where it went by another zone than this machine's.
pub(crate) fn full_beside(at: Time, recorded: Time, offset: i32, now: Option<Now>) -> String {
    full_at(at, now.map_or(offset, |now| now.zone.offset_beside(at, recorded, offset)))
}

fn full_at(at: Time, offset: i32) -> String {
    format!("{} ({}Z)", at.local(offset).format("%Y-%m-%d %H:%M:%S %:z"), at.utc().format("%H:%M:%S"))
}

/// `just now`, `5 min ago`; `in 4 min` for what lies ahead. In whole minutes, so that it does not run.
pub(crate) fn time_ago(at: Time, now: Now) -> String {
    match now.at.seconds_since(at) {
        seconds @ ..0 => format!("in {}", distance_span(-seconds)),
        0..60 => "just now".into(),
        seconds => format!("{} ago", distance_span(seconds)),
    }
}

/// `03:36 +01:00, 5 min ago`: how a typed time was understood.
pub(crate) fn word_understood_time(at: Time, now: Now) -> String {
    format!("{} {}, {}", day_clock(at, now), zone_label(now.zone.offset_at(at)), time_ago(at, now))
}

/// `03:41 +01:00`, or `25 November 03:41 +01:00` on another day than today: to be read aloud.
pub(crate) fn spoken_moment(at: Time, now: Now) -> String {
    format!("{} {}", local_time(at, now, "%-d %B %H:%M"), zone_label(now.zone.offset_at(at)))
}

/// `12 minutes ago`; for what lies behind, to be read aloud.
pub(crate) fn spoken_ago(at: Time, now: Now) -> String {
    format!("{} ago", spoken_span(now.at.seconds_since(at)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn now() -> Now {
        Now::fixed(Time::parse("2026-11-22T02:41:07Z").unwrap(), 60)
    }

    fn at(text: &str) -> Time {
        Time::parse(text).unwrap()
    }

    #[test]
    fn times_have_their_zone_and_their_distance() {
        assert_eq!(local_and_utc(now()), "03:41 +01:00 02:41Z");
        assert_eq!(clock_time(at("2026-11-22T02:36:00Z"), now()), "03:36");
        assert_eq!(clock_time(at("2026-11-21T22:10:00Z"), now()), "21 Nov 23:10");
        assert_eq!(word_understood_time(at("2026-11-22T02:36:00Z"), now()), "03:36 +01:00, 5 min ago");
        assert_eq!(full_time(at("2026-11-22T02:36:00Z"), Some(now())), "2026-11-22 03:36:00 +01:00 (02:36:00Z)");
        assert_eq!(spoken_moment(at("2026-11-25T02:05:00Z"), now()), "25 November 03:05 +01:00");
        assert_eq!(spoken_ago(at("2026-11-22T02:30:00Z"), now()), "11 minutes ago");
    }

    #[test]
    fn what_lies_behind_or_ahead_is_told_in_whole_minutes() {
        let forms = [
            ("2026-11-22T02:41:00Z", "just now"),
            ("2026-11-22T02:41:08Z", "in less than 1 min"),
            ("2026-11-22T02:45:14Z", "in 4 min"),
            ("2026-11-22T03:00:07Z", "in 19 min"),
            ("2026-11-22T00:35:07Z", "2 h 6 min ago"),
            ("2026-11-20T21:41:07Z", "29 h ago"),
            ("2026-11-25T02:41:07Z", "in 3 days"),
            ("2026-11-18T22:41:00Z", "3 days 4 h ago"),
        ];
        for (moment, words) in forms {
            assert_eq!(time_ago(at(moment), now()), words, "{moment}");
        }
    }
}
