//! Times as the screen shows them: 24 hours, with the zone, and relative beside it.

use crate::domain::{
    describe::bytes,
    time::{Now, Time, zone_label},
};

/// Minutes before a deadline from which it is called near.
const NEAR: i64 = 15;

/// `03:41`, or `21 Nov 23:10` on another day than today.
pub(crate) fn clock(at: Time, now: Now) -> String {
    let (local, today) = (at.local(now.offset), now.at.local(now.offset));
    let form = if local.date_naive() == today.date_naive() { "%H:%M" } else { "%-d %b %H:%M" };
    local.format(form).to_string()
}

/// `03:41 +01:00 02:41Z`: this moment on this machine's clock and in UTC.
pub(crate) fn both(now: Now) -> String {
    format!("{} {} {}Z", now.at.local(now.offset).format("%H:%M"), zone_label(now.offset), now.at.utc().format("%H:%M"))
}

/// `2026-11-22 03:41:07 +01:00 (02:41:07Z)`.
pub(crate) fn full(at: Time, offset: i32) -> String {
    format!("{} ({}Z)", at.local(offset).format("%Y-%m-%d %H:%M:%S %:z"), at.utc().format("%H:%M:%S"))
}

/// `0:27`, or `3 d 4:05`: how long something lasts.
pub(crate) fn span(seconds: i64) -> String {
    let minutes = seconds.max(0) / 60;
    match minutes / (24 * 60) {
        0 => format!("{}:{:02}", minutes / 60, minutes % 60),
        days => format!("{days} d {}:{:02}", minutes / 60 % 24, minutes % 60),
    }
}

/// `4 min`, `2 h 10 min`, `3 days`, and under ten minutes `4:07 min`.
pub(crate) fn about(seconds: i64) -> String {
    let seconds = seconds.abs();
    match seconds / 60 {
        0..10 => format!("{}:{:02} min", seconds / 60, seconds % 60),
        minutes @ 10..60 => format!("{minutes} min"),
        minutes @ 60..1440 => format!("{} h {:02} min", minutes / 60, minutes % 60),
        minutes @ 1440..2880 => format!("1 day {} h", minutes / 60 - 24),
        minutes => format!("{} days", minutes / 1440),
    }
}

/// `in 4:07 min`, or `12 min ago`.
pub(crate) fn relative(at: Time, now: Now) -> String {
    let seconds = at.seconds_since(now.at);
    if seconds < 0 { format!("{} ago", about(seconds)) } else { format!("in {}", about(seconds)) }
}

/// `just now`, `5 min ago`: for what lies behind, in whole minutes, so that it does not run.
pub(crate) fn ago(at: Time, now: Now) -> String {
    match now.at.seconds_since(at) / 60 {
        ..=-1 => relative(at, now),
        0 => "just now".into(),
        minutes @ 1..60 => format!("{minutes} min ago"),
        minutes => format!("{} ago", about(minutes * 60)),
    }
}

/// `03:36 +01:00, 5 min ago`: how a typed time was understood.
pub(crate) fn understood(at: Time, now: Now) -> String {
    let local = at.local(now.offset);
    let today = local.date_naive() == now.at.local(now.offset).date_naive();
    let form = if today { "%H:%M" } else { "%-d %b %H:%M" };
    format!("{} {}, {}", local.format(form), zone_label(now.offset), ago(at, now))
}

/// How a deadline stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Pressure {
    /// There is time.
    Calm,
    /// A quarter of an hour or less.
    Near,
    /// It is over.
    Passed,
}

/// How the deadline `at` stands.
pub(crate) fn pressure(at: Time, now: Now) -> Pressure {
    match at.seconds_since(now.at) {
        ..0 => Pressure::Passed,
        left if left <= NEAR * 60 => Pressure::Near,
        _ => Pressure::Calm,
    }
}

impl Pressure {
    /// ` !` for near, ` ‼` for passed.
    pub(crate) fn sign(self) -> &'static str {
        match self {
            Self::Calm => "",
            Self::Near => " !",
            Self::Passed => " ‼",
        }
    }
}

/// `1.3 GiB`: a size as the reports say it too.
pub(crate) fn size(size: u64) -> String {
    bytes(size)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn now() -> Now {
        Now { at: Time::parse("2026-11-22T02:41:07Z").unwrap(), offset: 60 }
    }

    fn at(text: &str) -> Time {
        Time::parse(text).unwrap()
    }

    #[test]
    fn times_have_their_zone_and_their_distance() {
        assert_eq!(both(now()), "03:41 +01:00 02:41Z");
        assert_eq!(clock(at("2026-11-22T02:36:00Z"), now()), "03:36");
        assert_eq!(clock(at("2026-11-21T22:10:00Z"), now()), "21 Nov 23:10");
        assert_eq!(understood(at("2026-11-22T02:36:00Z"), now()), "03:36 +01:00, 5 min ago");
        assert_eq!(full(at("2026-11-22T02:36:00Z"), 60), "2026-11-22 03:36:00 +01:00 (02:36:00Z)");
    }

    #[test]
    fn seconds_show_only_under_ten_minutes() {
        assert_eq!(relative(at("2026-11-22T02:45:14Z"), now()), "in 4:07 min");
        assert_eq!(relative(at("2026-11-22T03:00:07Z"), now()), "in 19 min");
        assert_eq!(relative(at("2026-11-22T02:41:00Z"), now()), "0:07 min ago");
        assert_eq!(relative(at("2026-11-25T02:41:07Z"), now()), "in 3 days");
        assert_eq!(relative(at("2026-11-23T05:41:07Z"), now()), "in 1 day 3 h");
        assert_eq!(ago(at("2026-11-22T02:41:00Z"), now()), "just now");
        assert_eq!(span(27 * 60 + 5), "0:27");
        assert_eq!(span(3 * 86400 + 3600), "3 d 1:00");
    }

    #[test]
    fn deadlines_press() {
        assert_eq!(pressure(at("2026-11-22T02:50:00Z"), now()), Pressure::Near);
        assert_eq!(pressure(at("2026-11-22T02:41:06Z"), now()), Pressure::Passed);
        assert_eq!(pressure(at("2026-11-22T04:41:06Z"), now()), Pressure::Calm);
    }
}
