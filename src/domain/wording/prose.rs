//! How a handover says times, lengths, names and what others wrote.

use crate::domain::{
    case::steps::Standpoint,
    text::safe,
    time::{Now, Time, zone_label},
};

/// Characters of what others wrote that are read out; the citation beside it has the rest.
const SPOKEN: usize = 160;

/// What others wrote, on one line, safe, and cut after [`SPOKEN`] characters with `…`.
pub(crate) fn said(text: &str) -> String {
    cut(text, SPOKEN)
}

/// The same, cut after `most` characters.
pub(crate) fn cut(text: &str, most: usize) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let safe = safe(&line);
    if safe.chars().count() <= most {
        return safe.into_owned();
    }
    let cut: String = safe.chars().take(most - 1).collect();
    // At the end of a word, where one is near.
    let end = cut.rfind(' ').filter(|at| *at > cut.len() / 2).unwrap_or(cut.len());
    format!("{}…", cut.get(..end).unwrap_or(&cut))
}

/// The same as a sentence: with a full stop where it has no end yet.
pub(crate) fn stop(text: String) -> String {
    let ends = |text: &str| text.ends_with(['.', '!', '?', '…']);
    if ends(&text) || text.strip_suffix('”').is_some_and(ends) { text } else { format!("{text}.") }
}

/// `03:41 +01:00`, or `25 November 03:41 +01:00` on another day than today.
pub(crate) fn moment(at: Time, now: Now) -> String {
    let (local, today) = (now.zone.local(at), now.zone.local(now.at));
    let form = if local.date_naive() == today.date_naive() { "%H:%M" } else { "%-d %B %H:%M" };
    format!("{} {}", local.format(form), zone_label(now.zone.offset_at(at)))
}

/// `1 minute`, `2 hours 10 minutes`, `3 days 4 hours`: how long something lasts, never less than nothing.
pub(crate) fn lasts(seconds: i64) -> String {
    let minutes = seconds.max(0) / 60;
    let many = |count: i64, one: &str| if count == 1 { format!("1 {one}") } else { format!("{count} {one}s") };
    let both = |first: String, count: i64, one: &str| match count {
        0 => first,
        count => format!("{first} {}", many(count, one)),
    };
    match minutes {
        0 => "less than a minute".into(),
        1..60 => many(minutes, "minute"),
        60..1440 => both(many(minutes / 60, "hour"), minutes % 60, "minute"),
        _ => both(many(minutes / 1440, "day"), minutes % 1440 / 60, "hour"),
    }
}

/// `12 minutes ago`; for what lies behind.
pub(crate) fn ago(at: Time, now: Now) -> String {
    format!("{} ago", lasts(now.at.seconds_since(at)))
}

/// `4 minutes` until then: whole minutes, never more than there are.
pub(crate) fn left(at: Time, now: Now) -> String {
    lasts(at.seconds_since(now.at))
}

/// `due by 03:45 +01:00, in 4 minutes`, or `OVERDUE since 03:30 +01:00, 11 minutes ago`.
pub(crate) fn ahead(at: Time, now: Now) -> String {
    if at < now.at {
        format!("OVERDUE since {}, {}", moment(at, now), ago(at, now))
    } else {
        format!("due by {}, in {}", moment(at, now), left(at, now))
    }
}

/// `, for the incident lead`, or nothing where no role owns the step.
pub(crate) fn owner(point: &Standpoint<'_>) -> String {
    match point.step.owner.as_str() {
        "" => String::new(),
        role => format!(", for {}", said(point.plan.playbook.role_title(role))),
    }
}

/// The first few of several, and how many are left.
pub(crate) struct Few<T> {
    first: Vec<T>,
    left: usize,
}

impl<T> Few<T> {
    /// The first `most`; where only one more would be left, that one as well.
    pub(crate) fn of(all: impl IntoIterator<Item = T>, most: usize) -> Self {
        let mut first: Vec<T> = all.into_iter().collect();
        let left = if first.len() > most + 1 { first.split_off(most).len() } else { 0 };
        Self { first, left }
    }

    /// A line for each, and one that says how many `more` there are.
    pub(crate) fn lines(&self, more: &str, line: impl Fn(&T) -> String) -> Vec<String> {
        let mut lines: Vec<String> = self.first.iter().map(line).collect();
        if self.left > 0 {
            lines.push(format!("{} {more}.", self.left));
        }
        lines
    }

    /// All on one line: `a, b, and 3 more`.
    pub(crate) fn listed(&self, more: &str, name: impl Fn(&T) -> String) -> String {
        let mut names: Vec<String> = self.first.iter().map(name).collect();
        if self.left > 0 {
            names.push(format!("and {} {more}", self.left));
        }
        names.join(", ")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::zone::samples::london;

    fn now() -> Now {
        Now::fixed(Time::parse("2026-11-22T02:41:07Z").unwrap(), 60)
    }

    #[test]
    fn lengths_and_times_can_be_read_aloud() {
        let minutes = [0, 1, 45, 60, 61, 130, 1440, 1500, 4330];
        assert_eq!(
            minutes.map(|minutes| lasts(minutes * 60)),
            [
                "less than a minute",
                "1 minute",
                "45 minutes",
                "1 hour",
                "1 hour 1 minute",
                "2 hours 10 minutes",
                "1 day",
                "1 day 1 hour",
                "3 days"
            ]
        );
        let at = |text: &str| Time::parse(text).unwrap();
        assert_eq!(ahead(at("2026-11-22T02:45:30Z"), now()), "due by 03:45 +01:00, in 4 minutes");
        assert_eq!(ahead(at("2026-11-22T02:30:00Z"), now()), "OVERDUE since 03:30 +01:00, 11 minutes ago");
        assert_eq!(moment(at("2026-11-25T02:05:00Z"), now()), "25 November 03:05 +01:00");
    }

    #[test]
    fn a_time_on_the_other_side_of_a_change_is_said_as_the_clocks_show_it_then() {
        let at = |text: &str| Time::parse(text).unwrap();
        let summer = Now { at: at("2026-10-23T17:00:00Z"), zone: london() };
        let deadline = at("2026-10-26T17:00:00Z");
        assert_eq!(moment(summer.at, summer), "18:00 +01:00");
        assert_eq!(ahead(deadline, summer), "due by 26 October 17:00 +00:00, in 3 days");
        let winter = Now { at: at("2026-10-25T09:00:00Z"), zone: london() };
        assert_eq!(moment(summer.at, winter), "23 October 18:00 +01:00");
        assert_eq!(moment(at("2026-10-25T00:30:00Z"), winter), "01:30 +01:00", "the first half past one");
        assert_eq!(moment(at("2026-10-25T01:30:00Z"), winter), "01:30 +00:00", "the second");
    }

    #[test]
    fn what_is_long_or_hostile_becomes_a_short_safe_line() {
        assert_eq!(said("one\n two\u{1b}[2J \u{202e}x"), "one two␛[2J ‹U+202E›x");
        let long = said(&"word ".repeat(100));
        assert!(long.chars().count() <= SPOKEN && long.ends_with("word…"), "{long}");
        assert_eq!(said(&"é".repeat(1000)).chars().count(), SPOKEN);
        assert_eq!(stop("Wards cannot log in".into()), "Wards cannot log in.");
        assert_eq!(stop("He said “go.”".into()), "He said “go.”");
    }

    #[test]
    fn the_last_one_is_never_only_counted() {
        assert_eq!(Few::of(1..=3, 2).listed("more", ToString::to_string), "1, 2, 3");
        assert_eq!(Few::of(1..=4, 2).listed("more", ToString::to_string), "1, 2, and 2 more");
    }
}
