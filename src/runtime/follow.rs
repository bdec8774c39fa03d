//! Waiting between looks at what others write, for work that only reads.

use super::signals::Signals;
use crate::domain::problem::Problem;
use std::{io, time::Duration};

/// How long a look is waited for: an entry is seen within half a second.
const LOOK: Duration = Duration::from_millis(200);

/// From now on a signal ends the program at once, quietly and with status 0, even while a reader that has stopped
/// holds its output up.
pub fn end_on_signal() -> Result<(), Problem> {
    let wait = || -> io::Result<()> {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        let mut signals = {
            let _inside = runtime.enter();
            Signals::listen()?
        };
        let ends = move || {
            runtime.block_on(signals.next());
            std::process::exit(0);
        };
        std::thread::Builder::new().name("signals".into()).spawn(ends).map(drop)
    };
    wait().map_err(|why| Problem::new(format!("signals cannot be waited for: {why}"), "leave out --follow"))
}

/// Waits until the next look. The answer is `false` where nobody reads standard output any more.
#[cfg(target_os = "linux")]
pub fn wait_for_look() -> bool {
    use rustix::event::{PollFd, PollFlags, Timespec, poll};
    let stdout = io::stdout();
    // Nothing is asked for: what comes all the same is that the other end is gone.
    let mut output = [PollFd::new(&stdout, PollFlags::empty())];
    let limit = Timespec { tv_sec: 0, tv_nsec: i64::from(LOOK.subsec_nanos()) };
    match poll(&mut output, Some(&limit)) {
        Ok(gone) => gone == 0,
        // A signal that is none of ours.
        Err(_) => {
            std::thread::sleep(LOOK);
            true
        }
    }
}

/// Waits until the next look. That nobody reads standard output any more is only learnt from the next entry.
#[cfg(not(target_os = "linux"))]
pub fn wait_for_look() -> bool {
    std::thread::sleep(LOOK);
    true
}
