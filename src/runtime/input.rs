//! What comes from the terminal, read by a thread of its own that does nothing else. It may wait for the rest of a key or
//! of a paste that has come in half, and the screen does not wait with it.

use crossterm::event::Event;
use std::io;
use tokio::sync::mpsc::{Receiver, Sender, channel};

/// Events that wait to be taken in. What comes beyond that stays in the terminal, and not in memory without end.
const AHEAD: usize = 1024;

/// Begins to read. That nothing more comes says that the terminal is gone.
pub(super) fn listen_for_input() -> io::Result<Receiver<Event>> {
    let (tell, told) = channel(AHEAD);
    // Nobody waits for its end: a read that nothing comes to ends with the process.
    std::thread::Builder::new().name("input".into()).spawn(move || read_input(&tell)).map(|_| told)
}

#[cfg(not(unix))]
fn read_input(tell: &Sender<Event>) {
    while let Ok(event) = crossterm::event::read() {
        if tell.blocking_send(event).is_err() {
            return;
        }
    }
}

/// Reads until the terminal is gone. `crossterm`'s own reader takes a terminal that is gone for one that sends nothing,
/// and asks it again for ever (its issue 1067).
#[cfg(unix)]
fn read_input(tell: &Sender<Event>) {
    use super::{decode::Decoder, terminal::is_foreground};
    use std::io::IsTerminal as _;
    let stdin = rustix::stdio::stdin();
    let (mut decoder, mut events) = (Decoder::default(), Vec::new());
    let mut bytes = [0; 4096];
    loop {
        match wait_for_bytes(decoder.patience()) {
            Waited::Gone => return,
            Waited::Nothing => decoder.pause(&mut events),
            // What is typed now is for the shell that has put us behind it. To read it would stop the program, at worst
            // just as the shell lets it go on in front.
            Waited::Bytes if !is_foreground() => std::thread::sleep(EMPTY),
            Waited::Bytes => match rustix::io::read(stdin, &mut bytes) {
                // Another program has set the terminal so that a read may be empty, or has ended its line for it.
                Ok(0) if io::stdin().is_terminal() => std::thread::sleep(EMPTY),
                Ok(0) => return,
                Ok(count) => decoder.feed(bytes.get(..count).unwrap_or_default(), &mut events),
                Err(rustix::io::Errno::INTR | rustix::io::Errno::AGAIN) => {}
                Err(_) => return,
            },
        }
        for event in events.drain(..) {
            if tell.blocking_send(event).is_err() {
                return;
            }
        }
    }
}

/// How long a terminal is left alone that said that something has come, and gave nothing or not to us.
#[cfg(unix)]
const EMPTY: std::time::Duration = std::time::Duration::from_millis(50);

/// How a wait has ended.
#[cfg(unix)]
enum Waited {
    /// Bytes can be read.
    Bytes,
    /// Nothing has come in time.
    Nothing,
    /// The terminal is gone.
    Gone,
}

/// Waits for bytes, for so long, or for ever.
#[cfg(unix)]
fn wait_for_bytes(limit: Option<std::time::Duration>) -> Waited {
    use filedescriptor::{AsRawFileDescriptor as _, POLLERR, POLLHUP, POLLIN, poll, pollfd};
    let asks = |fd, events| pollfd { fd, events, revents: 0 };
    // Of the output nothing is asked: what comes all the same is that the other end is gone.
    let mut both = [asks(io::stdin().as_raw_file_descriptor(), POLLIN), asks(io::stdout().as_raw_file_descriptor(), 0)];
    loop {
        return match poll(&mut both, limit) {
            Ok(_) if both.iter().any(|each| each.revents & (POLLHUP | POLLERR) != 0) => Waited::Gone,
            Ok(0) => Waited::Nothing,
            Ok(_) => Waited::Bytes,
            Err(filedescriptor::Error::Poll(why) | filedescriptor::Error::Io(why))
                if why.kind() == io::ErrorKind::Interrupted =>
            {
                continue;
            }
            Err(_) => Waited::Gone,
        };
    }
}
