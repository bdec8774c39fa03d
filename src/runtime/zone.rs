//! This machine's time zone, read from the system: with all its changes, and with the reason where it cannot be read.

use crate::domain::{
    time::Time,
    zone::{Change, Zone},
};
use jiff::{
    Timestamp,
    tz::{Offset, TimeZone},
};
use std::{
    sync::{Mutex, PoisonError},
    time::{Duration, Instant},
};

/// How long a zone is not asked for again: whoever sets this machine's zone right while the console is open sees it.
const FRESH: Duration = Duration::from_secs(10);
/// The changes that are read: before 1800 no zone had any, and no machine of today runs in 2150.
const YEARS: (i64, i64) = (-5_364_662_400, 5_680_281_600);
/// Bytes that the file of a zone may have; the longest of all has 4 KiB.
const MOST: u64 = 1 << 20;
/// The furthest that a clock may be from UTC, minutes.
const FURTHEST: i32 = 24 * 60 - 1;

/// What the system says.
#[derive(Clone, Debug)]
struct Local {
    zone: Zone,
    /// Why the zone cannot be read, in a sentence.
    fault: Option<String>,
}

/// What was asked last, and what the answer was made of.
struct Known {
    local: Local,
    of: Option<TimeZone>,
    asked: Instant,
}

/// The system is asked at most every [`FRESH`]; every entry asks for the zone.
static KNOWN: Mutex<Option<Known>> = Mutex::new(None);

/// This machine's zone; [`Zone::UNKNOWN`] where one is named that cannot be read.
pub fn local_zone() -> Zone {
    read_local().zone
}

/// That this machine's zone cannot be read, why, and what that means, in a sentence; `None` where it can.
pub fn zone_fault() -> Option<String> {
    read_local().fault
}

/// What the system says, asked anew if the last answer is old. A zone that has not changed is not read again.
fn read_local() -> Local {
    let mut known = KNOWN.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(known) = known.as_ref().filter(|known| known.asked.elapsed() < FRESH) {
        return known.local.clone();
    }
    let (of, fault) = match names_odd_file() {
        true => (None, explain_unreadable("is not a file of a time zone", "")),
        false => match TimeZone::try_system() {
            Ok(zone) => (Some(zone), None),
            Err(why) => (None, explain_unreadable("is not installed", &why.to_string())),
        },
    };
    let asked = Instant::now();
    let local = match known.as_ref().filter(|known| known.of.is_some() && known.of == of) {
        Some(known) => known.local.clone(),
        None => match (&of, fault) {
            (Some(of), _) => match list_changes(of) {
                Some(zone) => Local { zone, fault: None },
                None => Local { zone: Zone::UNKNOWN, fault: explain_unreadable(FAR, FAR) },
            },
            (None, None) => Local { zone: Zone::UTC, fault: None },
            (None, fault) => Local { zone: Zone::UNKNOWN, fault },
        },
    };
    *known = Some(Known { local: local.clone(), of, asked });
    local
}

/// The zone as a plain value, kept for as long as the program runs: there is one, seldom two. `None` where a rule is
/// further from UTC than an entry can say.
fn list_changes(of: &TimeZone) -> Option<Zone> {
    let (from, to) = (Timestamp::from_second(YEARS.0).ok()?, Timestamp::from_second(YEARS.1).ok()?);
    let first = whole_minutes(of.to_offset(from))?;
    let mut changes: Vec<Change> = Vec::new();
    for change in of.following(from).take_while(|change| change.timestamp() < to) {
        let (at, offset) = (Time::from_micros(change.timestamp().as_microsecond()), whole_minutes(change.offset())?);
        // Summer time may change its name alone.
        if let Some(at) = at.filter(|_| changes.last().map_or(first, |last| last.offset) != offset) {
            changes.push(Change { at, offset });
        }
    }
    Some(Zone::of(first, changes.leak()))
}

/// Whether TZ names a file by its path that cannot be one of a zone: a pipe would hold the program up, and a device
/// never ends.
fn names_odd_file() -> bool {
    let named = std::env::var_os("TZ").map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let path = std::path::Path::new(named.strip_prefix(':').unwrap_or(&named));
    path.is_absolute() && !std::fs::metadata(path).is_ok_and(|file| file.is_file() && file.len() <= MOST)
}

/// Whole minutes, as records have them: only before about 1930 did clocks stand at seconds from UTC.
fn whole_minutes(offset: Offset) -> Option<i32> {
    Some(offset.seconds() / 60).filter(|minutes| minutes.abs() <= FURTHEST)
}

/// Why a zone cannot be used whose rule no record can hold.
const FAR: &str = "is a day or more from UTC";

/// Why the zone cannot be used: `how` it is, where it is named by the environment, else `why`. `None` where the system names none, which every program takes for UTC.
fn explain_unreadable(how: &str, why: &str) -> Option<String> {
    let named = match std::env::var_os("TZ") {
        Some(name) => format!("the time zone {} (TZ in the environment) {how}", name.display()),
        None if nothing_set() => return None,
        None => format!("the time zone of this machine cannot be read ({why})"),
    };
    Some(format!(
        "{named}: times are shown in UTC, and a clock time without its offset is refused. Set TZ to a zone that is installed, \
         such as TZ=Europe/London"
    ))
}

#[cfg(unix)]
fn nothing_set() -> bool {
    let file = std::fs::symlink_metadata("/etc/localtime");
    file.is_err_and(|why| why.kind() == std::io::ErrorKind::NotFound)
}

#[cfg(not(unix))]
fn nothing_set() -> bool {
    false
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::zone::Resolved;
    use chrono::NaiveDate;

    fn of(name: &str) -> Zone {
        list_changes(&TimeZone::get(name).unwrap()).unwrap()
    }

    #[test]
    fn the_changes_of_every_zone_agree_with_the_system() {
        let names = ["Europe/London", "America/St_Johns", "Pacific/Apia", "Antarctica/Troll", "Africa/Casablanca"];
        for name in names.into_iter().chain(["Asia/Kathmandu", "UTC"]) {
            let (system, zone) = (TimeZone::get(name).unwrap(), of(name));
            for day in 0..60_000 {
                // Every 17 hours and some minutes from 1930 on.
                let second = -1_262_304_000 + day * 61_843;
                let at = Timestamp::from_second(second).unwrap();
                let ours = zone.offset_at(Time::from_micros(second * 1_000_000).unwrap());
                assert_eq!(Some(ours), whole_minutes(system.to_offset(at)), "{name} at {at}");
            }
        }
    }

    #[test]
    fn a_day_that_was_left_out_has_no_moment() {
        let noon = NaiveDate::from_ymd_opt(2011, 12, 30).unwrap().and_hms_opt(12, 0, 0).unwrap();
        assert!(matches!(of("Pacific/Apia").resolve(noon), Resolved::Never { .. }));
        assert!(matches!(of("Europe/London").resolve(noon), Resolved::Once(_)));
    }
}
