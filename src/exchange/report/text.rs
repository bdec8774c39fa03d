//! How a report says a moment, a length of time, the state of a clock and any text that comes from the case.
//!
//! The lowest part of the report: it knows no row, no drawing and no markup.

use crate::domain::{
    case::{Case, Clock, ClockState},
    text::{make_safe, safe_lines},
    time::{Time, zone_label},
};
use serde::Serialize;

/// A moment in UTC, and on the local clock with its offset: whole for a sentence, in parts for a narrow column.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Moment {
    pub(super) utc: String,
    pub(super) local: String,
    pub(super) day: String,
    pub(super) time: String,
    pub(super) local_day: String,
    pub(super) local_time: String,
}

/// The word for a clock that runs. The style sheet and [`is_running`] know it.
const RUNNING: &str = "running";
/// The word for a clock that runs and whose deadline had passed at the last entry.
const OVERDUE: &str = "OVERDUE";

/// Whether the word of a clock says that it has not ended.
pub(super) fn is_running(state: &str) -> bool {
    matches!(state, RUNNING | OVERDUE)
}

/// How a clock stands as of the last entry, in a word or two.
pub(super) fn clock_state_word(clock: &Clock, case: &Case) -> &'static str {
    let past = |at: Option<Time>| clock.deadline.zip(at).is_some_and(|(deadline, at)| at > deadline);
    match clock.state {
        ClockState::Running if past(case.updated) => OVERDUE,
        ClockState::Running => RUNNING,
        ClockState::Met if past(Some(clock.since)) => "met late",
        ClockState::Met => "met",
        ClockState::Waived => "waived",
    }
}

/// A moment in UTC and in local time, `offset` minutes east of UTC.
pub(super) fn format_moment(at: Time, offset: i32) -> Moment {
    let (utc, local) = (at.utc(), at.local(offset));
    let (day, local_day) = (utc.format("%Y-%m-%d").to_string(), local.format("%Y-%m-%d").to_string());
    let time = utc.format("%H:%M:%S UTC").to_string();
    let local_time = format!("{} {}", local.format("%H:%M:%S"), zone_label(offset));
    let (whole, whole_local) = (format!("{day} {time}"), format!("{local_day} {local_time}"));
    let local_day = if local_day == day { String::new() } else { local_day };
    Moment { utc: whole, local: whole_local, day, time, local_day, local_time }
}

/// The text on one line, safe to show (see [`safe`]).
pub(super) fn safe_line(text: &str) -> String {
    make_safe(text).into_owned()
}

/// The text with its line ends, safe to show (see [`safe_lines`]).
pub(super) fn safe_paragraph(text: &str) -> String {
    safe_lines(text).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exchange::sample;

    #[test]
    fn a_clock_is_judged_by_the_last_entry() {
        let mut case = sample::hospital().case;
        let words = |case: &Case| case.clocks.iter().map(|clock| clock_state_word(clock, case)).collect::<Vec<_>>();
        assert_eq!(words(&case), ["running", "waived", "met"]);
        case.updated = case.clocks[0].deadline.map(|at| at.plus_minutes(1));
        assert_eq!(words(&case)[0], "OVERDUE");
        case.clocks[0].state = ClockState::Met;
        case.clocks[0].since = case.updated.unwrap();
        assert_eq!(words(&case)[0], "met late");
    }
}
