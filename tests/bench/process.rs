//! What a running process has used, as Linux tells it. Other systems tell nothing here.

use std::{fs, time::Duration};

/// Processor time of all its threads so far. The scheduler's count has nanoseconds; the other one, which also has the
/// threads that have ended, has hundredths of a second.
pub fn cpu(pid: u32) -> Option<Duration> {
    let tasks = fs::read_dir(format!("/proc/{pid}/task")).ok()?;
    let nanos = tasks.flatten().map(|task| {
        let text = fs::read_to_string(task.path().join("schedstat")).ok()?;
        text.split(' ').next()?.parse::<u64>().ok()
    });
    match nanos.sum::<Option<u64>>() {
        Some(nanos) if nanos > 0 => Some(Duration::from_nanos(nanos)),
        _ => ticks(pid),
    }
}

/// User and system time in `/proc/PID/stat`, the fields 14 and 15.
fn ticks(pid: u32) -> Option<Duration> {
    let stat = fs::read_to_string(format!("/proc/{pid}/stat")).ok()?;
    let (_, rest) = stat.rsplit_once(')')?;
    let fields: Vec<&str> = rest.split_whitespace().collect();
    let ticks: u64 = fields.get(11)?.parse::<u64>().ok()? + fields.get(12)?.parse::<u64>().ok()?;
    Some(Duration::from_millis(ticks * 10))
}

/// A figure of `/proc/PID/status` such as `VmRSS`, MiB.
pub fn memory(pid: u32, name: &str) -> Option<f64> {
    let status = fs::read_to_string(format!("/proc/{pid}/status")).ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(':'))?;
    line.trim().strip_suffix("kB")?.trim().parse::<f64>().ok().map(|kib| kib / 1024.0)
}

/// How often its threads have gone to sleep so far, which is how often they have been woken.
pub fn sleeps(pid: u32) -> Option<u64> {
    let tasks = fs::read_dir(format!("/proc/{pid}/task")).ok()?;
    let slept = tasks.flatten().map(|task| {
        let status = fs::read_to_string(task.path().join("status")).ok()?;
        let line = status.lines().find_map(|line| line.strip_prefix("voluntary_ctxt_switches:"))?;
        line.trim().parse::<u64>().ok()
    });
    slept.sum()
}
