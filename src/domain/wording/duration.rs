//! How long something lasts, in the forms that the fronts say it. Each has a purpose of its own; the test shows all of
//! them side by side.
//!
//! All are whole minutes that are over: what is left is never rounded up. No length is less than nothing.

use super::number::count_of;

const HOUR: i64 = 60;
const DAY: i64 = 24 * HOUR;
/// Minutes from which days are counted where hours were: until then a night's work reads better in hours.
const IN_DAYS: i64 = 2 * DAY;

/// Whole minutes of `seconds`, never less than none.
fn whole_minutes(seconds: i64) -> i64 {
    seconds.max(0) / 60
}

/// `27 min`, `2:10 h`, `3 d 4:05 h`, of `seconds`: for the screen, where figures line up and every cell counts.
pub(crate) fn clock_span(seconds: i64) -> String {
    let (figures, unit) = clock_figures(seconds);
    format!("{figures} {unit}")
}

/// The figures of a [`clock_span`], and the unit of the last of them.
pub(super) fn clock_figures(seconds: i64) -> (String, &'static str) {
    match whole_minutes(seconds) {
        minutes @ 0..HOUR => (minutes.to_string(), "min"),
        minutes => (hours_and_minutes(minutes), "h"),
    }
}

/// `0:05`, `2:10`, `3 d 4:05`, of `minutes`: the figures alone, for a column of times since something began.
pub(crate) fn hours_and_minutes(minutes: i64) -> String {
    let minutes = minutes.max(0);
    match (minutes / DAY, minutes / HOUR % 24, minutes % HOUR) {
        (0, hours, minutes) => format!("{hours}:{minutes:02}"),
        (days, hours, minutes) => format!("{days} d {hours}:{minutes:02}"),
    }
}

/// `9:41`, of `seconds`: for what is so near its end that the seconds count.
pub(super) fn minutes_and_seconds(seconds: i64) -> String {
    let seconds = seconds.max(0);
    format!("{}:{:02}", seconds / 60, seconds % 60)
}

/// `45 min`, `3 h`, `2 h 10 min`, `70 h`, `3 days`, of `minutes`: a time that was planned, said exactly. Hours stay
/// hours unless they are whole days, since 70 h is meant to leave two of the 72 that a law allows.
pub(crate) fn short_span(minutes: u32) -> String {
    match (minutes / 60, minutes % 60) {
        (0, minutes) => format!("{minutes} min"),
        (hours, 0) if hours >= 48 && hours % 24 == 0 => format!("{} days", hours / 24),
        (hours, 0) => format!("{hours} h"),
        (hours, minutes) => format!("{hours} h {minutes} min"),
    }
}

/// The same of a distance from now, in `seconds`, which nobody planned: `less than 1 min`, `2 h 10 min`, and from two
/// days on `3 days 4 h`, without the minutes.
pub(crate) fn distance_span(seconds: i64) -> String {
    match whole_minutes(seconds) {
        0 => "less than 1 min".into(),
        minutes @ 1..IN_DAYS => short_span(minutes as u32),
        minutes => {
            let (days, hours) = (minutes / DAY, minutes / HOUR % 24);
            if hours == 0 { format!("{days} days") } else { format!("{days} days {hours} h") }
        }
    }
}

/// `5 min`, `3 h 5 min`, `2 d 3 h 5 min`, of `seconds`: for a report, which is compared with others line by line.
pub(crate) fn report_span(seconds: i64) -> String {
    let minutes = whole_minutes(seconds);
    match (minutes / DAY, minutes / HOUR % 24, minutes % HOUR) {
        (0, 0, minutes) => format!("{minutes} min"),
        (0, hours, minutes) => format!("{hours} h {minutes} min"),
        (days, hours, minutes) => format!("{days} d {hours} h {minutes} min"),
    }
}

/// `1 minute`, `2 hours 10 minutes`, `3 days 4 hours`, of `seconds`: to be read aloud.
pub(crate) fn spoken_span(seconds: i64) -> String {
    let both = |first: String, count: i64, one: &str, many: &str| match count {
        0 => first,
        count => format!("{first} {}", count_of(count, one, many)),
    };
    match whole_minutes(seconds) {
        0 => "less than a minute".into(),
        minutes @ 1..HOUR => count_of(minutes, "minute", "minutes"),
        minutes @ HOUR..DAY => both(count_of(minutes / HOUR, "hour", "hours"), minutes % HOUR, "minute", "minutes"),
        minutes => both(count_of(minutes / DAY, "day", "days"), minutes % DAY / HOUR, "hour", "hours"),
    }
}

/// `72 hours from awareness`, `90 minutes from awareness`, of the minutes that a duty allows, which the law counts in
/// hours however many they are; `without undue delay` where it names none.
pub(crate) fn allowed_span(minutes: Option<u32>) -> String {
    let span = minutes.map(|minutes| match (minutes / 60, minutes % 60) {
        (hours @ 1.., 0) => count_of(hours, "hour", "hours"),
        _ => count_of(minutes, "minute", "minutes"),
    });
    span.map_or_else(|| "without undue delay".into(), |span| format!("{span} from awareness"))
}

/// How far a clock is from another: `1.5 s ahead`, `2.0 s behind`, `exact`, of `ms` that it is ahead.
pub(crate) fn clock_difference(ms: i64) -> String {
    let seconds = ms.unsigned_abs() as f64 / 1000.0;
    match ms {
        0 => "exact".into(),
        1.. => format!("{seconds:.1} s ahead"),
        _ => format!("{seconds:.1} s behind"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{
        time::{Now, Time},
        wording::deadline::word_countdown,
    };

    /// A row for each length: every form of it, so that whoever changes one sees the others beside it.
    #[test]
    fn every_form_of_every_length() {
        let now = Now::fixed(Time::parse("2026-11-22T02:41:07Z").unwrap(), 60);
        let heading = ["seconds", "clock", "planned", "distance", "report", "spoken", "allowed", "countdown"];
        let mut table = vec![heading.map(str::to_owned)];
        let (minute, hour, day) = (60, 3600, 86_400);
        let lengths = [
            -5 * day,
            -hour,
            -1,
            0,
            1,
            59,
            minute,
            9 * minute + 41,
            10 * minute,
            59 * minute + 59,
            hour,
            hour + 5 * minute,
            2 * hour + 10 * minute,
            day,
            day + hour,
            2 * day - 1,
            2 * day,
            70 * hour,
            3 * day,
            3 * day + 4 * hour + 5 * minute,
            400 * day,
        ];
        for seconds in lengths {
            let minutes = u32::try_from(seconds / 60).unwrap_or(0);
            table.push([
                seconds.to_string(),
                clock_span(seconds),
                short_span(minutes),
                distance_span(seconds),
                report_span(seconds),
                spoken_span(seconds),
                allowed_span(Some(minutes)),
                word_countdown(Time::from_micros(now.at.micros() + seconds * 1_000_000).unwrap(), now).0,
            ]);
        }
        let wide: [usize; 8] =
            std::array::from_fn(|column| table.iter().map(|row| row[column].chars().count()).max().unwrap_or(0));
        let line = |row: &[String; 8]| {
            let cells = row.iter().zip(wide).map(|(cell, wide)| format!("{cell:<wide$}"));
            cells.collect::<Vec<_>>().join(" | ").trim_end().to_owned()
        };
        let table = table.iter().map(line).collect::<Vec<_>>().join("\n");
        insta::assert_snapshot!(table);
    }

    #[test]
    fn a_duty_without_a_time_is_met_without_delay() {
        assert_eq!(allowed_span(None), "without undue delay");
    }

    #[test]
    fn a_clock_is_ahead_behind_or_exact() {
        assert_eq!([1500, -2000, 0, 40].map(clock_difference), ["1.5 s ahead", "2.0 s behind", "exact", "0.0 s ahead"]);
    }

    #[test]
    fn figures_of_a_walk_keep_their_hours() {
        assert_eq!([-1, 5, 125, 1565].map(hours_and_minutes), ["0:00", "0:05", "2:05", "1 d 2:05"]);
        assert_eq!([-1, 7, 581].map(minutes_and_seconds), ["0:00", "0:07", "9:41"]);
    }
}
