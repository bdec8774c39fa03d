//! A process as the system sees it, where it has `/proc`.
#![allow(dead_code, unreachable_pub, reason = "each test file uses some of it")]

use std::time::{Duration, Instant};

/// A process by its number.
#[derive(Clone, Copy, Debug)]
pub struct Process(pub u32);

impl Process {
    /// The fields of `/proc/PID/stat` behind the name; nothing where there is no such process.
    fn stat(self) -> Option<Vec<String>> {
        let text = std::fs::read_to_string(format!("/proc/{}/stat", self.0)).ok()?;
        let (_, fields) = text.rsplit_once(')')?;
        Some(fields.split_whitespace().map(str::to_owned).collect())
    }

    /// Its state, such as `S` or `T`; nothing where it has ended.
    pub fn state(self) -> Option<char> {
        self.stat()?.first()?.chars().next().filter(|state| *state != 'Z')
    }

    /// The time that it has computed for.
    pub fn computed(self) -> Option<Duration> {
        let fields = self.stat()?;
        let ticks: u64 = fields.get(11..13)?.iter().filter_map(|ticks| ticks.parse::<u64>().ok()).sum();
        // A tick is a hundredth of a second on every Linux that we know.
        Some(Duration::from_millis(ticks * 10))
    }

    /// The most memory that it has had in use, bytes.
    pub fn most_memory(self) -> Option<u64> {
        let text = std::fs::read_to_string(format!("/proc/{}/status", self.0)).ok()?;
        let line = text.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
        Some(line.trim().trim_end_matches("kB").trim().parse::<u64>().ok()? * 1024)
    }

    /// What each of its threads is at, a line each: name, state, system call, and where in the kernel it waits. For
    /// whoever looks into a hang afterwards.
    pub fn doings(self) -> String {
        let tasks = std::fs::read_dir(format!("/proc/{}/task", self.0)).into_iter().flatten().flatten();
        let read = |task: &std::fs::DirEntry, name: &str| {
            std::fs::read_to_string(task.path().join(name)).unwrap_or_default().trim().to_owned()
        };
        let line = |task: std::fs::DirEntry| {
            let status = read(&task, "status");
            let state = status.lines().find_map(|line| line.strip_prefix("State:")).unwrap_or_default().trim();
            let [name, call, waits] = ["comm", "syscall", "wchan"].map(|file| read(&task, file));
            format!("{name}  {state}  call {call}  waits in {waits}\n")
        };
        tasks.map(line).collect()
    }

    /// Sends it a signal by its name, such as `TERM`.
    pub fn signal(self, name: &str) {
        assert!(self.tell(name), "{name} to {self:?}");
    }

    /// Sends it a signal; the answer says whether it is still there to take it.
    pub fn tell(self, name: &str) -> bool {
        let sent = std::process::Command::new("kill").args(["-s", name, &self.0.to_string()]).status();
        sent.is_ok_and(|status| status.success())
    }

    /// Waits until it is in that state (nothing: ended), and gives the time that it has computed for meanwhile.
    #[track_caller]
    pub fn wait_for(self, state: Option<char>, limit: Duration) -> Duration {
        let (began, before) = (Instant::now(), self.computed().unwrap_or_default());
        let mut computed = before;
        while self.state() != state {
            computed = self.computed().unwrap_or(computed);
            assert!(began.elapsed() < limit, "{self:?} is {:?} after {limit:?}, not {state:?}", self.state());
            std::thread::yield_now();
        }
        computed - before
    }
}

/// Whether a program is there; where it must be (`CI` is set) and is not, that is a failure.
pub fn present(program: &str) -> bool {
    let there = std::process::Command::new("sh").args(["-c", &format!("command -v {program} >/dev/null")]).status();
    let there = there.is_ok_and(|status| status.success());
    assert!(there || std::env::var_os("CI").is_none(), "{program} is missing");
    if !there {
        println!("skipped: {program} is missing");
    }
    there
}
