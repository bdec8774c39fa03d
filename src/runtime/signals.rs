//! The signals that ask the program to end: it does so in good order.

/// The signals that end the program.
#[derive(Debug)]
pub(super) struct Signals {
    #[cfg(unix)]
    streams: Vec<tokio::signal::unix::Signal>,
    /// Ctrl-C, Ctrl-Break, the window is closed, the person logs off, the machine is shut down.
    #[cfg(windows)]
    streams: (
        tokio::signal::windows::CtrlC,
        tokio::signal::windows::CtrlBreak,
        tokio::signal::windows::CtrlClose,
        tokio::signal::windows::CtrlLogoff,
        tokio::signal::windows::CtrlShutdown,
    ),
}

impl Signals {
    /// Listens to all of them but a hang-up that is ignored from outside: whoever starts the program by `nohup` wants it
    /// to outlive the terminal.
    #[cfg(unix)]
    pub(super) fn listen() -> std::io::Result<Self> {
        use tokio::signal::unix::{SignalKind, signal};
        let kinds = [SignalKind::terminate(), SignalKind::interrupt(), SignalKind::quit()];
        let hangup = (!ignores_hangup()).then(SignalKind::hangup);
        Ok(Self { streams: kinds.into_iter().chain(hangup).map(signal).collect::<std::io::Result<_>>()? })
    }

    #[cfg(unix)]
    pub(super) async fn next(&mut self) {
        let streams = &mut self.streams;
        std::future::poll_fn(|context| {
            let came = streams.iter_mut().any(|stream| stream.poll_recv(context).is_ready());
            if came { std::task::Poll::Ready(()) } else { std::task::Poll::Pending }
        })
        .await;
    }

    #[cfg(windows)]
    pub(super) fn listen() -> std::io::Result<Self> {
        use tokio::signal::windows::{ctrl_break, ctrl_c, ctrl_close, ctrl_logoff, ctrl_shutdown};
        Ok(Self { streams: (ctrl_c()?, ctrl_break()?, ctrl_close()?, ctrl_logoff()?, ctrl_shutdown()?) })
    }

    #[cfg(windows)]
    pub(super) async fn next(&mut self) {
        let (interrupt, stop, close, logoff, shutdown) = &mut self.streams;
        tokio::select! {
            _ = interrupt.recv() => {}
            _ = stop.recv() => {}
            _ = close.recv() => {}
            _ = logoff.recv() => {}
            _ = shutdown.recv() => {}
        }
    }
}

/// Whether this process was started with a hang-up ignored. Linux tells; elsewhere it is heard.
#[cfg(unix)]
fn ignores_hangup() -> bool {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let ignored = status.lines().find_map(|line| line.strip_prefix("SigIgn:")).map(str::trim);
    // SIGHUP is number 1, the lowest bit.
    ignored.and_then(|mask| u64::from_str_radix(mask, 16).ok()).is_some_and(|mask| mask & 1 == 1)
}
