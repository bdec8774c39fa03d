//! What a shell and a window say to a program by signals: stop, go on, and that the window has another size.

use std::io;

/// What was said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(not(unix), allow(dead_code, reason = "no other system says so"))]
pub(super) enum Said {
    /// The window has another size.
    Resized,
    /// The program is to stop, and to give the terminal back before.
    Stop,
    /// The program was stopped and goes on.
    GoOn,
}

/// The signals that say so; where a system has none, nothing is ever said.
#[derive(Debug)]
pub(super) struct JobControl {
    #[cfg(unix)]
    streams: [tokio::signal::unix::Signal; 3],
}

#[cfg(unix)]
impl JobControl {
    /// Begins to listen.
    pub(super) fn listen() -> io::Result<Self> {
        use rustix::process::Signal;
        use tokio::signal::unix::{SignalKind, signal};
        let of = |kind: Signal| signal(SignalKind::from_raw(kind.as_raw()));
        Ok(Self { streams: [of(Signal::WINCH)?, of(Signal::TSTP)?, of(Signal::CONT)?] })
    }

    /// Waits for what is said next.
    pub(super) async fn next(&mut self) -> Said {
        let [resized, stop, go_on] = &mut self.streams;
        tokio::select! {
            _ = resized.recv() => Said::Resized,
            _ = stop.recv() => Said::Stop,
            _ = go_on.recv() => Said::GoOn,
        }
    }
}

#[cfg(not(unix))]
impl JobControl {
    pub(super) fn listen() -> io::Result<Self> {
        Ok(Self {})
    }

    pub(super) async fn next(&mut self) -> Said {
        std::future::pending().await
    }
}

/// Stops the program, as the signal would have done that was taken for it. Nothing happens where nobody could let it go
/// on: then [`Said::GoOn`] does not come.
#[cfg(unix)]
pub(super) fn stop_program() {
    use rustix::process::{Signal, getpid, kill_process};
    // Of the signals that stop a program as a shell does, it is one that nothing else here listens to. SIGSTOP would
    // also stop a program that no shell watches, for ever.
    let _ = kill_process(getpid(), Signal::TTIN);
}

#[cfg(not(unix))]
pub(super) fn stop_program() {}
