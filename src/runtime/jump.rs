//! Notices, when a case is opened, that this machine's clock was set since this console was last at work in it. While the
//! console is open, [`JumpWatch`](super::clock::JumpWatch) does that.
//!
//! Linux numbers its starts and has a clock that nobody can set. How far the wall clock stands from that one is kept
//! outside the case, so that a jump is found with its size, forward and back. On other systems, and after a new start,
//! only two things can be known: a clock that stands before the last entry was set back by at least that much, and one
//! that stands years after it may be right. The first is recorded, the second only said.

use super::{
    clock::{self, JUMP, Steady},
    home::Home,
    session::Session,
};
use crate::{
    domain::{
        case::Case,
        decide::Command,
        event::ClockJumped,
        id::{CaseId, ConsoleId, EntryId},
        record::Record,
        time::Time,
        wording::duration::short_span,
    },
    store::{layout, regular},
};
use std::{io::Write as _, path::PathBuf};

/// Days without an entry after which it is worth a look whether the clock is right.
const LONG: i64 = 366;
/// Bytes of what is kept, and room for more than that.
const MOST: u64 = 200;
/// Milliseconds.
const DAY: i64 = 24 * 60 * 60 * 1000;

/// What was found, for a person and for the log.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Found {
    /// The clock was set by so many milliseconds, forward where that is positive.
    Jumped(i64),
    /// The clock stands so many milliseconds before the last entry of this console, a negative number.
    SetBack(i64, EntryId),
    /// So many days lie between the last entry of this console and now.
    Silent(i64, EntryId),
}

/// What opening a case told of the clock.
#[derive(Debug, Default)]
pub struct Noticed {
    /// The entry by which the jump is recorded: on disk already.
    pub records: Vec<Record>,
    /// What there is to say, in a sentence.
    pub warning: Option<String>,
}

/// Compares the machine's clock with what is known of it in this case, which is open, and records a jump.
pub fn notice_jump(session: &mut Session, home: &Home) -> Noticed {
    let (case, console) = (session.case().id.clone(), session.file().console().clone());
    let last = last_entry(session.case(), &console).and_then(|entry| session.file().entry(&entry).ok().flatten());
    let Some(found) = find_jump(home, &case, last.as_ref(), clock::now().at) else {
        remember_clock(home, &case);
        return Noticed::default();
    };
    let said = describe_jump(&found, session.case());
    let by_ms = match found {
        Found::Jumped(by_ms) | Found::SetBack(by_ms, _) => by_ms,
        Found::Silent(..) => {
            remember_clock(home, &case);
            return Noticed { warning: Some(format!("{said}. {COMPARE}")), ..Noticed::default() };
        }
    };
    match session.execute(0, Command::ClockJump(ClockJumped { by_ms }).into(), clock::now()) {
        Ok(records) => {
            remember_clock(home, &case);
            let cited = records.last().map_or_else(String::new, |record| session.case().cite(&record.id));
            Noticed { warning: Some(format!("{said}; recorded as {cited}. {COMPARE}")), records }
        }
        Err(why) => {
            Noticed { warning: Some(format!("{said}. That could not be recorded: {why}")), ..Noticed::default() }
        }
    }
}

/// What to do about a clock that may be wrong.
const COMPARE: &str = "Compare it with another clock";

/// The same for a case that is only read: that the clock was set, in a sentence. Nothing is recorded or remembered, and
/// that an old case was not written for years is nothing to be said each time.
pub fn warn_of_jump(
    home: &Home,
    case: &Case,
    console: &ConsoleId,
    entry: impl FnOnce(&EntryId) -> Option<Record>,
) -> Option<String> {
    let last = last_entry(case, console).and_then(|last| entry(&last));
    let found = find_jump(home, &case.id, last.as_ref(), clock::now().at);
    let found = found.filter(|found| !matches!(found, Found::Silent(..)))?;
    Some(format!("{}. {COMPARE}", describe_jump(&found, case)))
}

/// Keeps how the machine's clock stands now. What cannot be kept is not known the next time, and nothing else depends on
/// it.
pub fn remember_clock(home: &Home, case: &CaseId) {
    let (path, steady) = (clock_path(home, case), Steady::read());
    let Some(steady) =
        steady.filter(|steady| measure_jump(read_known(home, case).as_ref(), Some(steady)) != Some(None))
    else {
        return;
    };
    let text = format!("{} {}\n", steady.start, steady.apart);
    let made = path.parent().is_some_and(|folder| layout::make_folder(folder).is_ok());
    if let Some(mut file) = made.then(|| regular::open_or_make(&path)).and_then(Result::ok) {
        let _ = file.set_len(0).and_then(|()| file.write_all(text.as_bytes()));
    }
}

/// Where it is kept how the clock stood: for each case, outside of it.
fn clock_path(home: &Home, case: &CaseId) -> PathBuf {
    home.state.join("clocks").join(case.as_str())
}

/// How the clock stood when this console was last at work in the case.
fn read_known(home: &Home, case: &CaseId) -> Option<Steady> {
    let text = regular::read_text(&clock_path(home, case), MOST).ok()?;
    let (start, apart) = text.trim().split_once(' ')?;
    Some(Steady { start: start.to_owned(), apart: apart.parse().ok()? })
}

/// The last entry of this console.
fn last_entry(case: &Case, console: &ConsoleId) -> Option<EntryId> {
    let seq = case.head(console).seq;
    (seq > 0).then(|| EntryId { console: console.clone(), seq })
}

/// What is to be said of the clock in this case, if anything.
fn find_jump(home: &Home, case: &CaseId, last: Option<&Record>, now: Time) -> Option<Found> {
    judge_clock(read_known(home, case).as_ref(), Steady::read().as_ref(), last.map(|last| (last.at, &last.id)), now)
}

/// How far the clock jumped between two looks, milliseconds; `None` where they cannot be compared.
fn measure_jump(then: Option<&Steady>, now: Option<&Steady>) -> Option<Option<i64>> {
    let (then, now) = then.zip(now).filter(|(then, now)| then.start == now.start)?;
    let by_ms = now.apart.saturating_sub(then.apart) / 1000;
    Some((by_ms.unsigned_abs() > jump_limit()).then_some(by_ms))
}

/// What counts as a jump, milliseconds.
fn jump_limit() -> u64 {
    JUMP.as_millis() as u64
}

/// What two looks at the clock and the last entry tell; the steady clock counts first, because only it is certain.
fn judge_clock(then: Option<&Steady>, now: Option<&Steady>, last: Option<(Time, &EntryId)>, at: Time) -> Option<Found> {
    if let Some(jumped) = measure_jump(then, now) {
        return jumped.map(Found::Jumped);
    }
    let (last, entry) = last?;
    let by_ms = (at.micros() - last.micros()) / 1000;
    match by_ms {
        ..0 if by_ms.unsigned_abs() > jump_limit() => Some(Found::SetBack(by_ms, entry.clone())),
        _ if by_ms > LONG * DAY => Some(Found::Silent(by_ms / DAY, entry.clone())),
        _ => None,
    }
}

/// What was found, in a sentence without a full stop.
fn describe_jump(found: &Found, case: &Case) -> String {
    match found {
        Found::Jumped(by_ms) => {
            let way = if *by_ms < 0 { "back" } else { "forward" };
            format!(
                "this machine's clock was set {way} by {} since this case was last worked on here",
                describe_length(*by_ms)
            )
        }
        Found::SetBack(by_ms, entry) => format!(
            "this machine's clock was set back: it stands {} before {}, which was recorded here",
            describe_length(*by_ms),
            case.cite(entry)
        ),
        Found::Silent(days, entry) => format!(
            "this machine's clock stands {days} days after {}, the last entry recorded here; if it is not so long ago, \
             the clock is wrong",
            case.cite(entry)
        ),
    }
}

/// `3 s`, `46 min`, `1 h 2 min`, `412 days`.
fn describe_length(ms: i64) -> String {
    let seconds = (ms.unsigned_abs() + 500) / 1000;
    match seconds {
        0..120 => format!("{seconds} s"),
        120..172_800 => short_span(u32::try_from((seconds + 30) / 60).unwrap_or(u32::MAX)),
        _ => format!("{} days", seconds / 86_400),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(seconds: i64) -> Time {
        Time::from_micros(seconds * 1_000_000).unwrap()
    }

    fn steady(start: &str, seconds: i64) -> Steady {
        Steady { start: start.into(), apart: seconds * 1_000_000 }
    }

    #[test]
    fn within_one_start_of_the_machine_a_jump_is_known_with_its_size() {
        let then = steady("a", 1000);
        let entry = EntryId { console: ConsoleId::from_random([1; 10]), seq: 7 };
        let judge = |now: i64, at_seconds: i64| {
            judge_clock(Some(&then), Some(&steady("a", now)), Some((at(5000), &entry)), at(at_seconds))
        };
        assert_eq!(judge(1000, 900_000_000), None, "years may pass: the steady clock says so too");
        assert_eq!(judge(1002, 5001), None, "slewing");
        assert_eq!(judge(1003, 5001), Some(Found::Jumped(3000)));
        assert_eq!(judge(1000 + 7200, 12_300), Some(Found::Jumped(7_200_000)));
        assert_eq!(judge(1000 - 7200, 0), Some(Found::Jumped(-7_200_000)));
    }

    #[test]
    fn after_a_new_start_only_what_the_log_says_is_known() {
        let entry = EntryId { console: ConsoleId::from_random([1; 10]), seq: 7 };
        let (then, now) = (steady("a", 1000), steady("b", 900_000));
        let judge = |at_seconds: i64| judge_clock(Some(&then), Some(&now), Some((at(5000), &entry)), at(at_seconds));
        assert_eq!(judge(4998), None);
        assert_eq!(judge(4997), Some(Found::SetBack(-3000, entry.clone())));
        assert_eq!(judge(-3600), Some(Found::SetBack(-8_600_000, entry.clone())), "before 1970");
        assert_eq!(judge(5000 + 300 * 86_400), None, "a case may rest");
        assert_eq!(judge(5000 + 800 * 86_400), Some(Found::Silent(800, entry.clone())));
        assert_eq!(
            super::judge_clock(None, None, Some((at(5000), &entry)), at(0)),
            Some(Found::SetBack(-5_000_000, entry))
        );
        assert_eq!(super::judge_clock(None, None, None, at(0)), None, "a new case");
    }

    #[test]
    fn lengths_are_short() {
        let lengths = [3000, -90_000, 46 * 60_000, -3_720_000, 7_199_990, 35_600_000_000].map(describe_length);
        assert_eq!(lengths, ["3 s", "90 s", "46 min", "1 h 2 min", "2 h", "412 days"]);
    }
}
