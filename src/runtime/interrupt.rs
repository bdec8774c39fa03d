//! A signal that asks a command to end: work that would leave something lying about cleans up first.

use super::signals::Signals;
use crate::domain::problem::Problem;
use std::{
    io::{self, Read},
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
        mpsc::{Receiver, RecvTimeoutError, SyncSender, sync_channel},
    },
    time::Duration,
};

/// Bytes that are read at once.
const CHUNK: usize = 1 << 20;
/// How long work has to clean up after the first signal, whatever comes.
const GRACE: Duration = Duration::from_secs(2);
/// How long a source that sends nothing holds up the look at whether to go on.
const LOOK: Duration = Duration::from_millis(50);

/// Whether the program was asked to end.
#[derive(Clone, Debug, Default)]
pub struct Interrupt(Arc<AtomicBool>);

impl Interrupt {
    /// From now on the first signal (INT, TERM, HUP, QUIT) is only noted, for the work to look at. A second one ends the
    /// program with status 1, but not before two seconds have passed: a terminal that closes sends several at once.
    pub fn listen() -> Result<Self, Problem> {
        let interrupt = Self::default();
        let noted = interrupt.clone();
        let start = move || -> io::Result<()> {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
            let mut signals = {
                let _inside = runtime.enter();
                Signals::listen()?
            };
            let wait = move || {
                runtime.block_on(signals.next());
                noted.0.store(true, Ordering::Relaxed);
                std::thread::sleep(GRACE);
                runtime.block_on(signals.next());
                std::process::exit(1);
            };
            std::thread::Builder::new().name("signals".into()).spawn(wait).map(drop)
        };
        start().map_err(|why| Problem::new(format!("signals cannot be waited for: {why}"), "close other programs"))?;
        Ok(interrupt)
    }

    /// Whether a signal has come.
    pub fn asked(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }
}

/// A source that is read on a thread of its own, such as standard input: while nothing comes, a read answers
/// [`io::ErrorKind::Interrupted`] after a moment, so that whoever reads can look whether to go on.
#[derive(Debug)]
pub struct Patient {
    chunks: Receiver<io::Result<Vec<u8>>>,
    held: Vec<u8>,
    at: usize,
}

impl Patient {
    /// Begins to read `source`, at most two chunks ahead.
    pub fn read(source: impl Read + Send + 'static) -> io::Result<Self> {
        let (tell, chunks) = sync_channel(1);
        std::thread::Builder::new().name("source".into()).spawn(move || read_chunks(source, &tell))?;
        Ok(Self { chunks, held: Vec::new(), at: 0 })
    }
}

/// Reads until the end, a fault, or nobody listens.
fn read_chunks(mut source: impl Read, tell: &SyncSender<io::Result<Vec<u8>>>) {
    loop {
        let mut chunk = vec![0; CHUNK];
        let read = match source.read(&mut chunk) {
            Err(why) if why.kind() == io::ErrorKind::Interrupted => continue,
            read => read,
        };
        let last = !matches!(read, Ok(1..));
        let part = read.map(|read| {
            chunk.truncate(read);
            chunk
        });
        if tell.send(part).is_err() || last {
            return;
        }
    }
}

impl Read for Patient {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.at == self.held.len() {
            self.at = 0;
            self.held = match self.chunks.recv_timeout(LOOK) {
                Ok(chunk) => chunk?,
                Err(RecvTimeoutError::Timeout) => return Err(io::ErrorKind::Interrupted.into()),
                Err(RecvTimeoutError::Disconnected) => Vec::new(),
            };
        }
        let part = self.held.get(self.at..).unwrap_or_default();
        let count = part.len().min(buffer.len());
        buffer[..count].copy_from_slice(&part[..count]);
        self.at += count;
        Ok(count)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_source_that_waits_does_not_hold_the_reader_up_and_loses_nothing() {
        let (source, mut sink) = io::pipe().unwrap();
        let mut patient = Patient::read(source).unwrap();
        let mut buffer = [0; 3];
        assert_eq!(patient.read(&mut buffer).unwrap_err().kind(), io::ErrorKind::Interrupted);
        io::Write::write_all(&mut sink, b"pay us").unwrap();
        drop(sink);
        let mut read = Vec::new();
        loop {
            match patient.read(&mut buffer) {
                Ok(0) => break,
                Ok(count) => read.extend_from_slice(&buffer[..count]),
                Err(why) => assert_eq!(why.kind(), io::ErrorKind::Interrupted),
            }
        }
        assert_eq!(read, b"pay us");
    }
}
