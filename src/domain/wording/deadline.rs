//! How a deadline stands, and how far away it is.

use super::{
    duration::{clock_figures, minutes_and_seconds, spoken_span},
    moment::{spoken_ago, spoken_moment},
};
use crate::domain::time::{Now, Time};

/// Seconds before a deadline from which it is near.
const NEAR: i64 = 3600;
/// Seconds before a deadline under which every second is shown; then it rings too.
pub(crate) const CLOSE: i64 = 600;

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
fn seconds_left(at: Time, now: Now) -> Option<i64> {
    let micros = at.micros() - now.at.micros();
    (micros >= 0).then_some(micros / 1_000_000)
}

/// How the deadline `at` stands.
pub(crate) fn judge_pressure(at: Time, now: Now) -> Pressure {
    match seconds_left(at, now) {
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
pub(crate) fn word_countdown(at: Time, now: Now) -> (String, Pressure) {
    let (figures, unit, pressure) = split_countdown(at, now);
    (format!("{figures}{}", unit_with_mark(unit, pressure)), pressure)
}

fn split_countdown(at: Time, now: Now) -> (String, &'static str, Pressure) {
    let pressure = judge_pressure(at, now);
    let (before, (figures, unit)) = match seconds_left(at, now) {
        None => ("PASSED", clock_figures(now.at.seconds_since(at))),
        Some(left @ ..CLOSE) => ("in", (minutes_and_seconds(left), "min")),
        Some(left @ ..=NEAR) => ("in", ((left / 60).to_string(), "min")),
        Some(left) => ("in", clock_figures(left)),
    };
    (format!("{before} {figures}"), unit, pressure)
}

fn unit_with_mark(unit: &str, pressure: Pressure) -> String {
    match pressure.sign() {
        "" => format!(" {unit}"),
        sign => format!(" {unit} {sign}"),
    }
}

/// The same for each of a list, filled with spaces so that their last digits line up where they stand at the right.
pub(crate) fn align_countdowns(deadlines: &[Time], now: Now) -> Vec<(String, Pressure)> {
    let parts: Vec<_> = deadlines.iter().map(|at| split_countdown(*at, now)).collect();
    let wide =
        parts.iter().map(|(_, unit, pressure)| unit_with_mark(unit, *pressure).chars().count()).max().unwrap_or(0);
    let lined_up = |(figures, unit, pressure): (String, &str, Pressure)| {
        (format!("{figures}{:<wide$}", unit_with_mark(unit, pressure)), pressure)
    };
    parts.into_iter().map(lined_up).collect()
}

/// `4 minutes` until then, to be read aloud: whole minutes, never more than there are.
pub(crate) fn spoken_left(at: Time, now: Now) -> String {
    spoken_span(at.seconds_since(now.at))
}

/// `due by 03:45 +01:00, in 4 minutes`, or `OVERDUE since 03:30 +01:00, 11 minutes ago`: to be read aloud.
pub(crate) fn spoken_deadline(at: Time, now: Now) -> String {
    if at < now.at {
        format!("OVERDUE since {}, {}", spoken_moment(at, now), spoken_ago(at, now))
    } else {
        format!("due by {}, in {}", spoken_moment(at, now), spoken_left(at, now))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::zone::samples::london;

    fn now() -> Now {
        Now::fixed(Time::parse("2026-11-22T02:41:07Z").unwrap(), 60)
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
            assert_eq!(word_countdown(in_seconds(seconds), now()), (text.to_owned(), pressure), "{seconds} s");
        }
        let part = Time::from_micros(now().at.micros() + 1).unwrap();
        assert_eq!(word_countdown(part, now()).0, "in 0:00 min !!", "what is left is never rounded up");
        let part = Time::from_micros(now().at.micros() - 1).unwrap();
        assert_eq!(judge_pressure(part, now()), Pressure::Passed);
    }

    #[test]
    fn each_second_of_the_last_hour_has_the_width_of_its_form() {
        for seconds in -3000..3600 {
            let (text, pressure) = word_countdown(in_seconds(seconds), now());
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
        let texts: Vec<String> =
            align_countdowns(&times, now()).into_iter().map(|(text, _)| format!("{text:>20}")).collect();
        let ends =
            texts.iter().map(|text| text.chars().collect::<Vec<_>>().iter().rposition(char::is_ascii_digit).unwrap());
        assert_eq!(ends.collect::<Vec<_>>(), [12; 5], "{texts:#?}");
    }

    #[test]
    fn a_deadline_can_be_read_aloud() {
        let at = |text: &str| Time::parse(text).unwrap();
        assert_eq!(spoken_deadline(at("2026-11-22T02:45:30Z"), now()), "due by 03:45 +01:00, in 4 minutes");
        assert_eq!(spoken_deadline(at("2026-11-22T02:30:00Z"), now()), "OVERDUE since 03:30 +01:00, 11 minutes ago");
    }

    #[test]
    fn a_time_on_the_other_side_of_a_change_is_said_as_the_clocks_show_it_then() {
        let at = |text: &str| Time::parse(text).unwrap();
        let summer = Now { at: at("2026-10-23T17:00:00Z"), zone: london() };
        let deadline = at("2026-10-26T17:00:00Z");
        assert_eq!(spoken_moment(summer.at, summer), "18:00 +01:00");
        assert_eq!(spoken_deadline(deadline, summer), "due by 26 October 17:00 +00:00, in 3 days");
        let winter = Now { at: at("2026-10-25T09:00:00Z"), zone: london() };
        assert_eq!(spoken_moment(summer.at, winter), "23 October 18:00 +01:00");
        assert_eq!(spoken_moment(at("2026-10-25T00:30:00Z"), winter), "01:30 +01:00", "the first half past one");
        assert_eq!(spoken_moment(at("2026-10-25T01:30:00Z"), winter), "01:30 +00:00", "the second");
    }
}
