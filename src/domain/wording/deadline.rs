//! Times as the screen shows them: 24 hours, with the zone, and relative beside it.

use crate::domain::{
    event::describe::bytes,
    record::Record,
    time::{Now, Time, zone_label},
};

/// Seconds before a deadline from which it is near.
const NEAR: i64 = 3600;
/// Seconds before a deadline under which every second is shown; then it rings too.
pub(crate) const CLOSE: i64 = 600;

/// `03:41`, or `21 Nov 23:10` on another day than today; with its zone where the clocks were changed in between, since
/// the zone of now stands in the top line: `24 Oct 19:05 +01:00`.
pub(crate) fn clock(at: Time, now: Now) -> String {
    format!("{}{}", day_clock(at, now), now.zone.other_label(at, now.at))
}

/// The same where every cell counts: `24 Oct 19:05+01`, with minutes of the zone only where it has any.
pub(crate) fn tight_clock(at: Time, now: Now) -> String {
    let zone = now.zone.other_label(at, now.at);
    let zone = zone.trim_start();
    format!("{}{}", day_clock(at, now), zone.strip_suffix(":00").unwrap_or(zone))
}

fn day_clock(at: Time, now: Now) -> String {
    let (local, today) = (now.zone.local(at), now.zone.local(now.at));
    let form = if local.date_naive() == today.date_naive() { "%H:%M" } else { "%-d %b %H:%M" };
    local.format(form).to_string()
}

/// `03:41 +01:00 02:41Z`: this moment on this machine's clock and in UTC.
pub(crate) fn both(now: Now) -> String {
    let utc = now.at.utc().format("%H:%MZ");
    if !now.zone.is_known() {
        return format!("{utc} zone unknown");
    }
    format!("{} {} {utc}", now.zone.local(now.at).format("%H:%M"), zone_label(now.offset()))
}

/// `2026-11-22 03:41:07 +01:00 (02:41:07Z)`, with the offset that this machine had then; UTC before the clock is known.
pub(crate) fn full(at: Time, now: Option<Now>) -> String {
    full_at(at, now.map_or(0, |now| now.zone.offset_at(at)))
}

/// The same of what an entry says: by the clock that recorded it, where that went by another zone than this machine's.
pub(crate) fn full_in(record: &Record, at: Time, now: Option<Now>) -> String {
    full_at(at, now.map_or(record.offset, |now| now.zone.offset_beside(at, record.at, record.offset)))
}

fn full_at(at: Time, offset: i32) -> String {
    format!("{} ({}Z)", at.local(offset).format("%Y-%m-%d %H:%M:%S %:z"), at.utc().format("%H:%M:%S"))
}

/// `27 min`, `2:10 h`, or `3 d 4:05 h`: how long something lasts, in whole minutes that are over.
pub(crate) fn span(seconds: i64) -> String {
    let (figures, unit) = figures_of(seconds);
    format!("{figures} {unit}")
}

/// The figures of a length, and the unit of the last of them.
fn figures_of(seconds: i64) -> (String, &'static str) {
    let minutes = seconds.max(0) / 60;
    match (minutes / (24 * 60), minutes / 60 % 24, minutes % 60) {
        (0, 0, minutes) => (minutes.to_string(), "min"),
        (0, hours, minutes) => (format!("{hours}:{minutes:02}"), "h"),
        (days, hours, minutes) => (format!("{days} d {hours}:{minutes:02}"), "h"),
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
    format!("{} {}, {}", day_clock(at, now), zone_label(now.zone.offset_at(at)), ago(at, now))
}

/// How a deadline stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Pressure {
    /// There is more than an hour.
    Calm,
    /// An hour or less.
    Near,
    /// Less than ten minutes: the seconds count.
    Close,
    /// It is over.
    Passed,
}

/// Whole seconds until then, never more than there are; `None` once it is over.
fn left(at: Time, now: Now) -> Option<i64> {
    let micros = at.micros() - now.at.micros();
    (micros >= 0).then_some(micros / 1_000_000)
}

/// How the deadline `at` stands.
pub(crate) fn pressure(at: Time, now: Now) -> Pressure {
    match left(at, now) {
        None => Pressure::Passed,
        Some(..CLOSE) => Pressure::Close,
        Some(..=NEAR) => Pressure::Near,
        Some(_) => Pressure::Calm,
    }
}

impl Pressure {
    /// `!` within an hour, `!!` within ten minutes, `‼` for passed.
    pub(crate) fn sign(self) -> &'static str {
        match self {
            Self::Calm => "",
            Self::Near => "!",
            Self::Close => "!!",
            Self::Passed => "‼",
        }
    }
}

/// `in 2:10 h`, `in 48 min !` within an hour, `in 9:41 min !!` within ten minutes, `PASSED 12 min ‼`: how far away a
/// deadline is. What is left is never rounded up: hours and minutes, minutes, and under ten minutes minutes and seconds.
pub(crate) fn distance(at: Time, now: Now) -> (String, Pressure) {
    let (figures, unit, pressure) = parts(at, now);
    (format!("{figures}{}", tail(unit, pressure)), pressure)
}

fn parts(at: Time, now: Now) -> (String, &'static str, Pressure) {
    let pressure = pressure(at, now);
    let (before, (figures, unit)) = match left(at, now) {
        None => ("PASSED", figures_of(now.at.seconds_since(at))),
        Some(left @ ..CLOSE) => ("in", (format!("{}:{:02}", left / 60, left % 60), "min")),
        Some(left @ ..=NEAR) => ("in", ((left / 60).to_string(), "min")),
        Some(left) => ("in", figures_of(left)),
    };
    (format!("{before} {figures}"), unit, pressure)
}

fn tail(unit: &str, pressure: Pressure) -> String {
    match pressure.sign() {
        "" => format!(" {unit}"),
        sign => format!(" {unit} {sign}"),
    }
}

/// The same for each of a list, filled with spaces so that their last digits line up where they stand at the right.
pub(crate) fn distances(deadlines: &[Time], now: Now) -> Vec<(String, Pressure)> {
    let parts: Vec<_> = deadlines.iter().map(|at| parts(*at, now)).collect();
    let wide = parts.iter().map(|(_, unit, pressure)| tail(unit, *pressure).chars().count()).max().unwrap_or(0);
    let lined_up = |(figures, unit, pressure): (String, &str, Pressure)| {
        (format!("{figures}{:<wide$}", tail(unit, pressure)), pressure)
    };
    parts.into_iter().map(lined_up).collect()
}

/// `1.3 GiB`: a size as the reports say it too.
pub(crate) fn size(size: u64) -> String {
    bytes(size)
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
        assert_eq!(both(now()), "03:41 +01:00 02:41Z");
        assert_eq!(clock(at("2026-11-22T02:36:00Z"), now()), "03:36");
        assert_eq!(clock(at("2026-11-21T22:10:00Z"), now()), "21 Nov 23:10");
        assert_eq!(understood(at("2026-11-22T02:36:00Z"), now()), "03:36 +01:00, 5 min ago");
        assert_eq!(full(at("2026-11-22T02:36:00Z"), Some(now())), "2026-11-22 03:36:00 +01:00 (02:36:00Z)");
    }

    #[test]
    fn seconds_show_only_under_ten_minutes() {
        assert_eq!(relative(at("2026-11-22T02:45:14Z"), now()), "in 4:07 min");
        assert_eq!(relative(at("2026-11-22T03:00:07Z"), now()), "in 19 min");
        assert_eq!(relative(at("2026-11-22T02:41:00Z"), now()), "0:07 min ago");
        assert_eq!(relative(at("2026-11-25T02:41:07Z"), now()), "in 3 days");
        assert_eq!(relative(at("2026-11-23T05:41:07Z"), now()), "in 1 day 3 h");
        assert_eq!(ago(at("2026-11-22T02:41:00Z"), now()), "just now");
        assert_eq!(span(27 * 60 + 5), "27 min");
        assert_eq!(span(3600), "1:00 h");
        assert_eq!(span(3 * 86400 + 3600), "3 d 1:00 h");
    }

    /// The moment so many seconds after now.
    fn in_seconds(seconds: i64) -> Time {
        Time::from_micros(now().at.micros() + seconds * 1_000_000).unwrap()
    }

    #[test]
    fn deadlines_change_their_form_at_an_hour_ten_minutes_and_when_they_pass() {
        let forms = [
            (3 * 86_400 + 4 * 3600, "in 3 d 4:00 h", Pressure::Calm),
            (7859, "in 2:10 h", Pressure::Calm),
            (3601, "in 1:00 h", Pressure::Calm),
            (3600, "in 60 min !", Pressure::Near),
            (3599, "in 59 min !", Pressure::Near),
            (2939, "in 48 min !", Pressure::Near),
            (600, "in 10 min !", Pressure::Near),
            (599, "in 9:59 min !!", Pressure::Close),
            (581, "in 9:41 min !!", Pressure::Close),
            (1, "in 0:01 min !!", Pressure::Close),
            (0, "in 0:00 min !!", Pressure::Close),
            (-1, "PASSED 0 min ‼", Pressure::Passed),
            (-725, "PASSED 12 min ‼", Pressure::Passed),
            (-3900, "PASSED 1:05 h ‼", Pressure::Passed),
            (-90_000, "PASSED 1 d 1:00 h ‼", Pressure::Passed),
        ];
        for (seconds, text, pressure) in forms {
            assert_eq!(distance(in_seconds(seconds), now()), (text.to_owned(), pressure), "{seconds} s");
        }
        let part = Time::from_micros(now().at.micros() + 1).unwrap();
        assert_eq!(distance(part, now()).0, "in 0:00 min !!", "what is left is never rounded up");
        let part = Time::from_micros(now().at.micros() - 1).unwrap();
        assert_eq!(pressure(part, now()), Pressure::Passed);
    }

    #[test]
    fn each_second_of_the_last_hour_has_the_width_of_its_form() {
        for seconds in -3000..3600 {
            let (text, pressure) = distance(in_seconds(seconds), now());
            let wide = match pressure {
                Pressure::Calm => panic!("{seconds} s: {text}"),
                Pressure::Near => 11,
                Pressure::Close => 14,
                Pressure::Passed if seconds > -600 => 14,
                Pressure::Passed => 15,
            };
            assert_eq!(text.chars().count(), wide, "{seconds} s: {text}");
        }
    }

    #[test]
    fn the_digits_of_a_list_line_up_at_its_right() {
        let times = [-725, 581, 2880, 7800, 200_000].map(in_seconds);
        let texts: Vec<String> = distances(&times, now()).into_iter().map(|(text, _)| format!("{text:>20}")).collect();
        let ends =
            texts.iter().map(|text| text.chars().collect::<Vec<_>>().iter().rposition(char::is_ascii_digit).unwrap());
        assert_eq!(ends.collect::<Vec<_>>(), [12; 5], "{texts:#?}");
    }
}
