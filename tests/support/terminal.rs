//! The real program on a pseudo-terminal: keys go in, frames come out.
//! Nothing in here sleeps: whoever waits is woken by new output or by the program's end.
#![allow(dead_code, unreachable_pub, reason = "each test file uses some of it")]

use super::support::CARECERT;
use portable_pty::{Child, ChildKiller, CommandBuilder, MasterPty, PtySize, native_pty_system};
use std::{
    io::{Read, Write},
    num::NonZeroU16,
    path::Path,
    sync::{Arc, Condvar, Mutex, MutexGuard},
    time::{Duration, Instant},
};

pub const ENTER: &str = "\r";
pub const TAB: &str = "\t";
pub const UP: &str = "\x1b[A";
pub const DOWN: &str = "\x1b[B";
pub const RECORD: &str = "\x13"; // Ctrl-S
pub const QUIT: &str = "\x11"; // Ctrl-Q

/// How long a text may take to appear.
pub const LIMIT: Duration = Duration::from_secs(20);

/// What has come from the program so far.
struct Seen {
    parser: vt100::Parser,
    raw: Vec<u8>,
    /// Nothing more can come.
    quiet: bool,
    /// The emulator broke: what it shows is not what was drawn, until the window has another size.
    torn: bool,
    /// Nobody looks any more: the reader lets go of the terminal with the next output.
    over: bool,
    /// The exit status.
    ended: Option<u32>,
}

type Shared = Arc<(Mutex<Seen>, Condvar)>;
type Writer = Arc<Mutex<Option<Box<dyn Write + Send>>>>;

/// The program on a terminal of its own. Dropping it kills the program.
pub struct Terminal {
    shared: Shared,
    writer: Writer,
    master: Option<Box<dyn MasterPty + Send>>,
    killer: Box<dyn ChildKiller + Send + Sync>,
    pid: u32,
}

/// A terminal to be started.
pub struct Setup {
    command: CommandBuilder,
    size: (u16, u16),
    claim: Option<(u16, u16)>,
}

/// The console with its home in `home`, on a window of `size` (columns, rows).
pub fn console(home: &Path, size: (u16, u16)) -> Setup {
    let mut command = CommandBuilder::new(CARECERT);
    for (name, value) in [("TERM", "xterm-256color"), ("TZ", "Europe/London"), ("CARECERT_BY", "A. Osei")] {
        command.env(name, value);
    }
    command.env("CARECERT_HOME", home);
    for name in ["NO_COLOR", "CARECERT_ROLE", "CARECERT_ORGANISATION", "COLUMNS", "LINES"] {
        command.env_remove(name);
    }
    command.cwd(home);
    Setup { command, size, claim: None }
}

impl Setup {
    /// With arguments.
    pub fn arguments(mut self, arguments: &[&str]) -> Self {
        self.command.args(arguments);
        self
    }

    /// With a variable of the environment.
    pub fn variable(mut self, name: &str, value: &str) -> Self {
        self.command.env(name, value);
        self
    }

    /// The terminal says that its window is so large, whatever it is.
    pub fn claiming(mut self, size: (u16, u16)) -> Self {
        self.claim = Some(size);
        self
    }

    /// In that folder, where exports go.
    pub fn folder(mut self, folder: &Path) -> Self {
        self.command.cwd(folder);
        self
    }

    /// The shell's script in the program's place.
    #[cfg(unix)]
    pub fn shell(mut self, script: &str) -> Self {
        *self.command.get_argv_mut() = ["sh", "-c", script].map(Into::into).to_vec();
        self
    }

    /// Starts the program.
    pub fn start(self) -> Terminal {
        let pair = native_pty_system().openpty(cells(self.claim.unwrap_or(self.size))).unwrap();
        let child = pair.slave.spawn_command(self.command).unwrap();
        drop(pair.slave);
        let (columns, rows) = self.size;
        let parser = vt100::Parser::new(count(rows), count(columns), 0);
        let seen = Seen { parser, raw: Vec::new(), quiet: false, torn: false, over: false, ended: None };
        let shared: Shared = Arc::new((Mutex::new(seen), Condvar::new()));
        let writer: Writer = Arc::new(Mutex::new(Some(pair.master.take_writer().unwrap())));
        let reader = pair.master.try_clone_reader().unwrap();
        let (killer, pid) = (child.clone_killer(), child.process_id().unwrap());
        std::thread::spawn({
            let (shared, writer) = (shared.clone(), writer.clone());
            move || read(reader, &shared, &writer)
        });
        std::thread::spawn({
            let shared = shared.clone();
            move || wait(child, &shared)
        });
        Terminal { shared, writer, master: Some(pair.master), killer, pid }
    }
}

fn cells((cols, rows): (u16, u16)) -> PtySize {
    PtySize { rows, cols, pixel_width: 0, pixel_height: 0 }
}

fn count(cells: u16) -> NonZeroU16 {
    NonZeroU16::new(cells).unwrap()
}

fn read(mut reader: Box<dyn Read + Send>, shared: &Shared, writer: &Writer) {
    let mut chunk = [0; 64 * 1024];
    while let Ok(size @ 1..) = reader.read(&mut chunk) {
        let bytes = &chunk[..size];
        // Windows' console host asks where the cursor is before it starts anything.
        if bytes.windows(4).any(|part| part == b"\x1b[6n")
            && let Some(writer) = writer.lock().unwrap().as_mut()
        {
            let _ = writer.write_all(b"\x1b[1;1R");
        }
        let mut seen = shared.0.lock().unwrap();
        if seen.over {
            break;
        }
        seen.raw.extend_from_slice(bytes);
        seen.torn |= emulate(&mut seen.parser, bytes);
        shared.1.notify_all();
    }
    drop(reader);
    shared.0.lock().unwrap().quiet = true;
    shared.1.notify_all();
}

/// Draws what was sent. The emulator itself breaks on a wide sign at the edge of a window that was made smaller: then another
/// one goes on from an empty screen in the same modes, until the program draws everything again. Says whether that was so.
fn emulate(parser: &mut vt100::Parser, bytes: &[u8]) -> bool {
    let screen = parser.screen();
    let (rows, columns) = screen.size();
    let modes = [
        (screen.alternate_screen(), "\x1b[?1049h"),
        (screen.hide_cursor(), "\x1b[?25l"),
        (screen.bracketed_paste(), "\x1b[?2004h"),
    ];
    for torn in [false, true] {
        if std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| parser.process(bytes))).is_ok() {
            return torn;
        }
        *parser = vt100::Parser::new(rows, columns, 0);
        modes.iter().filter(|(set, _)| *set).for_each(|(_, sequence)| parser.process(sequence.as_bytes()));
    }
    true
}

fn wait(mut child: Box<dyn Child + Send + Sync>, shared: &Shared) {
    let status = child.wait().map_or(u32::MAX, |status| status.exit_code());
    shared.0.lock().unwrap().ended = Some(status);
    shared.1.notify_all();
}

impl Terminal {
    fn seen(&self) -> MutexGuard<'_, Seen> {
        self.shared.0.lock().unwrap()
    }

    /// Waits until `fits`, woken by output; gives what fits, or the frame where nothing did in time.
    fn until<T>(&self, limit: Duration, mut fits: impl FnMut(&Seen) -> Option<T>) -> Result<T, String> {
        let began = Instant::now();
        let mut seen = self.seen();
        loop {
            if let Some(found) = fits(&seen) {
                return Ok(found);
            }
            let left = limit.saturating_sub(began.elapsed());
            if left.is_zero() {
                let ended = seen.ended.map_or("still running".to_owned(), |status| format!("ended with {status}"));
                return Err(format!("after {limit:?}, {ended}, the frame is:\n{}", framed(&seen)));
            }
            seen = self.shared.1.wait_timeout(seen, left).unwrap().0;
        }
    }

    /// Waits until the frame fits.
    #[track_caller]
    pub fn wait_until(&self, what: &str, limit: Duration, mut fits: impl FnMut(&str) -> bool) {
        let result = self.until(limit, |seen| fits(&frame(seen)).then_some(()));
        if let Err(why) = result {
            panic!("waited for {what}; {why}");
        }
    }

    /// Whether the frame fits before so long.
    pub fn shows(&self, limit: Duration, mut fits: impl FnMut(&str) -> bool) -> bool {
        self.until(limit, |seen| fits(&frame(seen)).then_some(())).is_ok()
    }

    /// Whether the frame fits before the program ends; `None` where neither comes in time.
    #[allow(dead_code, reason = "not every test asks")]
    pub fn shows_before_end(&self, limit: Duration, mut fits: impl FnMut(&str) -> bool) -> Option<bool> {
        let seen = self.until(limit, |seen| match fits(&frame(seen)) {
            true => Some(true),
            false => (seen.ended.is_some() && seen.quiet).then_some(false),
        });
        seen.ok()
    }

    /// Waits until the program has sent more than so many bytes in all.
    #[track_caller]
    pub fn wait_for_more(&self, bytes: usize) {
        let more = self.until(LIMIT, |seen| (seen.raw.len() > bytes).then_some(()));
        more.unwrap_or_else(|why| panic!("waited for more; {why}"));
    }

    /// Waits until a text stands in the frame.
    #[track_caller]
    pub fn wait_for(&self, text: &str) {
        self.wait_until(&format!("{text:?}"), LIMIT, |frame| frame.contains(text));
    }

    /// Presses keys, as the bytes that a terminal sends for them.
    pub fn keys(&self, keys: &str) {
        self.bytes(keys.as_bytes()).unwrap();
    }

    /// Sends bytes as they are. An error says that the program reads no more: a terminal that nobody reads takes a few
    /// thousand bytes and then waits for ever, so they are sent from a thread that can be left behind.
    pub fn bytes(&self, bytes: &[u8]) -> std::io::Result<()> {
        let (told, sent) = std::sync::mpsc::channel();
        let (writer, bytes) = (self.writer.clone(), bytes.to_vec());
        std::thread::spawn(move || {
            let mut writer = writer.lock().unwrap();
            let gone = || Err(std::io::ErrorKind::BrokenPipe.into());
            let send = |to: &mut Box<dyn Write + Send>| to.write_all(&bytes).and_then(|()| to.flush());
            let _ = told.send(writer.as_mut().map_or_else(gone, send));
        });
        let began = Instant::now();
        loop {
            match sent.recv_timeout(Duration::from_millis(50)) {
                Ok(result) => return result,
                Err(_) if self.seen().ended.is_some() => return Err(std::io::ErrorKind::BrokenPipe.into()),
                Err(_) if began.elapsed() > LIMIT => return Err(std::io::ErrorKind::TimedOut.into()),
                Err(_) => {}
            }
        }
    }

    /// Pastes a text, in the brackets that a terminal puts around it.
    pub fn paste(&self, text: &str) {
        self.keys(&format!("\x1b[200~{text}\x1b[201~"));
    }

    /// Makes the window this large (columns, rows).
    pub fn resize(&self, size: (u16, u16)) {
        // The frame's own size first: what the program sends next is for the new one.
        let mut seen = self.seen();
        seen.parser.set_size(count(size.1), count(size.0));
        seen.torn = false;
        drop(seen);
        self.claim(size);
    }

    /// Whether the frame is not what the program drew, for a fault of the emulator.
    pub fn torn(&self) -> bool {
        self.seen().torn
    }

    /// Has the terminal say that its window is so large (columns, rows), as no window is.
    pub fn claim(&self, size: (u16, u16)) {
        self.master().resize(cells(size)).unwrap();
    }

    /// Cuts off what lies beyond that size, as a window does that is smaller for a moment.
    pub fn cut_off(&self, size: (u16, u16)) {
        let mut seen = self.seen();
        let whole = seen.parser.screen().size();
        seen.parser.set_size(count(size.1), count(size.0));
        seen.parser.set_size(whole.0, whole.1);
    }

    fn master(&self) -> &dyn MasterPty {
        self.master.as_deref().unwrap()
    }

    /// The terminal goes away, as where its window or connection is gone. The program must write once after that.
    #[cfg(unix)]
    pub fn hang_up(&mut self) {
        self.seen().over = true;
        let size = self.master().get_size().unwrap();
        // Another size is drawn for, so that whoever reads is woken and lets go.
        self.claim((size.cols + 1, size.rows));
        self.until(LIMIT, |seen| seen.quiet.then_some(())).unwrap();
        *self.writer.lock().unwrap() = None;
        self.master = None;
    }

    /// The path of the program's side of the terminal.
    #[cfg(unix)]
    pub fn path(&self) -> std::path::PathBuf {
        self.master().tty_name().unwrap()
    }

    /// Waits until nothing has come for so long, for `limit` at most.
    pub fn settle(&self, quiet: Duration, limit: Duration) {
        let began = Instant::now();
        let mut seen = self.seen();
        let mut before = seen.raw.len();
        while began.elapsed() < limit && !seen.quiet {
            let (now, waited) = self.shared.1.wait_timeout(seen, quiet).unwrap();
            seen = now;
            if waited.timed_out() && seen.raw.len() == before {
                return;
            }
            before = seen.raw.len();
        }
    }

    /// Lets so much time pass, whatever comes.
    pub fn pass(&self, time: Duration) {
        let _ = self.until(time, |seen| seen.ended);
    }

    /// Forgets what was sent so far, which a long run would keep for ever.
    pub fn forget(&self) {
        self.seen().raw.clear();
    }

    /// Whether the program has ended, and with which status.
    pub fn ended(&self) -> Option<u32> {
        self.seen().ended
    }

    /// The frame as text, a line for each row.
    pub fn frame(&self) -> String {
        frame(&self.seen())
    }

    /// Everything that the program sent, escape sequences and all.
    pub fn raw(&self) -> Vec<u8> {
        self.seen().raw.clone()
    }

    /// What the terminal was told: alternate screen, hidden cursor, bracketed paste.
    pub fn modes(&self) -> (bool, bool, bool) {
        let seen = self.seen();
        let screen = seen.parser.screen();
        (screen.alternate_screen(), screen.hide_cursor(), screen.bracketed_paste())
    }

    /// Waits until the terminal was told that of alternate screen, hidden cursor and bracketed paste.
    #[track_caller]
    pub fn wait_for_modes(&self, modes: (bool, bool, bool)) {
        let told = |seen: &Seen| {
            let screen = seen.parser.screen();
            (screen.alternate_screen(), screen.hide_cursor(), screen.bracketed_paste()) == modes
        };
        let told = self.until(LIMIT, |seen| told(seen).then_some(()));
        told.unwrap_or_else(|why| panic!("waited for {modes:?}; {why}"));
    }

    /// Whether the terminal itself edits lines and echoes; `None` where that cannot be seen.
    pub fn cooked(&self) -> Option<bool> {
        #[cfg(unix)]
        return self.master().get_termios().map(|state| {
            let flags = format!("{:?}", state.local_flags);
            flags.contains("ICANON") && flags.contains("ECHO")
        });
        #[cfg(not(unix))]
        return None;
    }

    /// The program's process.
    pub fn pid(&self) -> u32 {
        self.pid
    }

    /// Waits for the program's end and for the last of its output; gives its exit status.
    #[track_caller]
    pub fn ends(&self, limit: Duration) -> u32 {
        // Windows' console host keeps the output open for as long as the terminal lives.
        let over = |seen: &Seen| seen.ended.filter(|_| seen.quiet || cfg!(windows));
        self.until(limit, over).unwrap_or_else(|why| panic!("waited for the end; {why}"))
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        let _ = self.killer.kill();
    }
}

fn frame(seen: &Seen) -> String {
    let screen = seen.parser.screen();
    let rows = screen.rows(0, screen.size().1.get());
    rows.map(|row| row.trim_end().to_owned() + "\n").collect()
}

fn framed(seen: &Seen) -> String {
    frame(seen).lines().map(|row| format!("|{row}\n")).collect()
}
