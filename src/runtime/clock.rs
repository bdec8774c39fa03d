//! The machine's clock, and a watch on it: a jump of the wall clock is itself worth a record.

use super::zone;
use crate::domain::time::{Now, Time};
use std::time::{Duration, Instant, SystemTime};

/// What the machine's clock says now, and the zone by which this machine tells local time.
pub fn now() -> Now {
    // A machine whose battery is empty may begin before 1970.
    let from_epoch = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).map_err(|before| before.duration());
    Now { at: Time::from_epoch(from_epoch), zone: zone::local_zone() }
}

/// A difference that is taken for a jump and not for slewing.
pub(super) const JUMP: Duration = Duration::from_secs(2);

/// Compares the wall clock with one that cannot be set.
#[derive(Debug)]
pub struct JumpWatch {
    wall: Time,
    steady: Duration,
    began: Instant,
}

impl JumpWatch {
    /// Begins to watch.
    pub fn start() -> Self {
        let began = Instant::now();
        Self { wall: now().at, steady: steady_time(began), began }
    }

    /// How far the wall clock jumped since the last look, milliseconds forward; `None` where it did not.
    pub fn look(&mut self) -> Option<i64> {
        let (wall, steady) = (now().at, steady_time(self.began));
        let by = measure_jump(self.wall, self.steady, wall, steady);
        (self.wall, self.steady) = (wall, steady);
        by
    }
}

/// How the wall clock stands to the one that runs on whatever is set, to be compared between processes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Steady {
    /// Which start of the machine the steady clock counts from.
    pub(super) start: String,
    /// How far the wall clock is ahead of it, microseconds: the same for as long as nobody sets the clock.
    pub(super) apart: i64,
}

impl Steady {
    /// How it stands now; `None` where the system does not number its starts.
    #[cfg(target_os = "linux")]
    pub(super) fn read() -> Option<Self> {
        let start = std::fs::read_to_string("/proc/sys/kernel/random/boot_id").ok()?.trim().to_owned();
        let steady = i64::try_from(steady_time(Instant::now()).as_micros()).ok()?;
        // It is kept as a word.
        let word = !start.is_empty() && !start.contains(char::is_whitespace);
        word.then(|| Self { start, apart: now().at.micros().saturating_sub(steady) })
    }

    /// How it stands now; `None` where the system does not number its starts.
    #[cfg(not(target_os = "linux"))]
    pub(super) fn read() -> Option<Self> {
        None
    }
}

/// How far the wall clock ran ahead of the steady one between two looks, milliseconds; `None` where it is too little to
/// be a jump.
fn measure_jump(wall: Time, steady: Duration, wall_now: Time, steady_now: Duration) -> Option<i64> {
    let wall_ms = (wall_now.micros() - wall.micros()) / 1000;
    let steady_ms = i64::try_from(steady_now.saturating_sub(steady).as_millis()).unwrap_or(i64::MAX);
    let by = wall_ms.saturating_sub(steady_ms);
    (by.unsigned_abs() > JUMP.as_millis() as u64).then_some(by)
}

/// Time that goes on while the machine sleeps, where the system has such a clock.
#[cfg(target_os = "linux")]
fn steady_time(_began: Instant) -> Duration {
    let time = rustix::time::clock_gettime(rustix::time::ClockId::Boottime);
    Duration::new(time.tv_sec.unsigned_abs(), u32::try_from(time.tv_nsec).unwrap_or(0))
}

#[cfg(not(target_os = "linux"))]
fn steady_time(began: Instant) -> Duration {
    began.elapsed()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_set_clock_is_told_from_one_that_runs() {
        let at = |ms: i64| Time::from_micros(ms * 1000).unwrap();
        let steady = Duration::from_millis;
        assert_eq!(measure_jump(at(0), steady(0), at(60_000), steady(60_100)), None);
        assert_eq!(measure_jump(at(0), steady(0), at(3_660_000), steady(60_000)), Some(3_600_000));
        assert_eq!(measure_jump(at(0), steady(0), at(-40_000), steady(20_000)), Some(-60_000));
    }
}
