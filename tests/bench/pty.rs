//! A program on a pseudo-terminal, with the moment at which each piece of its output came.

use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};
use std::{
    io::{Read as _, Write},
    num::NonZeroU16,
    sync::{
        Arc, Mutex,
        mpsc::{Receiver, RecvTimeoutError, channel},
    },
    time::{Duration, Instant},
};

/// Output is over when nothing has come for so long. The waiting itself is not measured: the last byte's time is.
const SILENCE: Duration = Duration::from_millis(30);
/// How long an answer to a key is waited for.
const ANSWER: Duration = Duration::from_millis(500);
/// How long a program may take to show something.
const LIMIT: Duration = Duration::from_secs(60);

type Writer = Arc<Mutex<Box<dyn Write + Send>>>;

pub struct Pty {
    output: Receiver<(Instant, Vec<u8>)>,
    writer: Writer,
    parser: vt100::Parser,
    child: Box<dyn Child + Send + Sync>,
    began: Instant,
    /// When the latest piece of output came.
    latest: Instant,
    /// Kept: a terminal whose master is gone ends.
    _master: Box<dyn MasterPty + Send>,
}

impl Pty {
    /// Starts a program on a window of `columns` and `rows`.
    pub fn start(command: CommandBuilder, (columns, rows): (u16, u16)) -> Self {
        let size = PtySize { rows, cols: columns, pixel_width: 0, pixel_height: 0 };
        let pair = native_pty_system().openpty(size).unwrap();
        let writer: Writer = Arc::new(Mutex::new(pair.master.take_writer().unwrap()));
        let mut reader = pair.master.try_clone_reader().unwrap();
        let (tell, output) = channel();
        let answers = Arc::clone(&writer);
        std::thread::spawn(move || {
            let mut chunk = [0; 64 * 1024];
            while let Ok(size @ 1..) = reader.read(&mut chunk) {
                let at = Instant::now();
                // Some ask where the cursor is, and wait for the answer.
                if chunk[..size].windows(4).any(|part| part == b"\x1b[6n") {
                    let _ = answers.lock().unwrap().write_all(b"\x1b[1;1R");
                }
                if tell.send((at, chunk[..size].to_vec())).is_err() {
                    return;
                }
            }
        });
        let began = Instant::now();
        let child = pair.slave.spawn_command(command).unwrap();
        let parser = vt100::Parser::new(NonZeroU16::new(rows).unwrap(), NonZeroU16::new(columns).unwrap(), 0);
        Self { output, writer, parser, child, began, latest: began, _master: pair.master }
    }

    pub fn pid(&self) -> u32 {
        self.child.process_id().unwrap()
    }

    /// Waits until the screen fits; gives the time from the start to the piece of output that made it so.
    pub fn until(&mut self, what: &str, mut fits: impl FnMut(&str) -> bool) -> Duration {
        let limit = Instant::now() + LIMIT;
        loop {
            let text = self.screen();
            if fits(&text) {
                return self.latest - self.began;
            }
            match self.output.recv_timeout(limit.saturating_duration_since(Instant::now())) {
                Ok(piece) => self.take(piece),
                Err(_) => panic!("waited for {what}; the screen is:\n{text}"),
            }
        }
    }

    /// Presses a key and gives the time to the last byte of what it drew; `None` where it drew nothing.
    pub fn key(&mut self, key: &str) -> Option<Duration> {
        self.settle();
        let sent = Instant::now();
        self.press(key);
        match self.output.recv_timeout(ANSWER) {
            Ok(piece) => self.take(piece),
            Err(_) => return None,
        }
        self.settle();
        Some(self.latest - sent)
    }

    pub fn press(&self, key: &str) {
        let mut writer = self.writer.lock().unwrap();
        writer.write_all(key.as_bytes()).unwrap();
        writer.flush().unwrap();
    }

    /// Waits until output is over.
    pub fn settle(&mut self) {
        while let Ok(piece) = self.output.recv_timeout(SILENCE) {
            self.take(piece);
        }
    }

    /// Takes in what was drawn meanwhile: how many pieces, and bytes of them together.
    pub fn drew(&mut self) -> (usize, usize) {
        let (mut pieces, mut bytes) = (0, 0);
        while let Ok(piece) = self.output.try_recv() {
            (pieces, bytes) = (pieces + 1, bytes + piece.1.len());
            self.take(piece);
        }
        (pieces, bytes)
    }

    /// Ends the program by its own key, or kills it where it does not end.
    pub fn end(mut self, quit: &str) {
        self.settle();
        self.press(quit);
        let limit = Instant::now() + Duration::from_secs(10);
        // The output ends with the program.
        while Instant::now() < limit {
            match self.output.recv_timeout(Duration::from_millis(100)) {
                Err(RecvTimeoutError::Disconnected) => break,
                Ok(piece) => self.take(piece),
                Err(RecvTimeoutError::Timeout) => {
                    if self.child.try_wait().is_ok_and(|ended| ended.is_some()) {
                        return;
                    }
                }
            }
        }
        let _ = self.child.kill();
        let _ = self.child.wait();
    }

    pub fn screen(&self) -> String {
        let screen = self.parser.screen();
        screen.rows(0, screen.size().1.get()).map(|row| row.trim_end().to_owned() + "\n").collect()
    }

    fn take(&mut self, (at, bytes): (Instant, Vec<u8>)) {
        self.latest = at;
        self.parser.process(&bytes);
    }
}
