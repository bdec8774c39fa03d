//! What comes from the terminal, read by a thread of its own that does nothing else. It may wait for the rest of a key or
//! of a paste that has come in half, and the screen does not wait with it.

use crossterm::event::{self, Event};
use std::io;
use tokio::sync::mpsc::{UnboundedReceiver, unbounded_channel};

/// Begins to read. An error is the last that comes: the terminal is gone.
pub(super) fn listen() -> io::Result<UnboundedReceiver<io::Result<Event>>> {
    let (tell, told) = unbounded_channel();
    let read = move || {
        loop {
            let event = event::read();
            let gone = event.is_err();
            if tell.send(event).is_err() || gone {
                return;
            }
        }
    };
    // Nobody waits for its end: a read that nothing comes to ends with the process.
    std::thread::Builder::new().name("input".into()).spawn(read).map(|_| told)
}
