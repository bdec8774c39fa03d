//! The terminal: taken for the console, and given back whole on return, error, panic and signal.

use super::frame::Frames;
use crate::tui::{self, Model};
use crossterm::{
    clipboard::CopyToClipboard,
    cursor, event, execute,
    terminal::{self, EnterAlternateScreen, LeaveAlternateScreen},
};
use ratatui::{Terminal, layout::Size};
use std::{
    io::{self, IsTerminal as _, Stdout, Write},
    mem::ManuallyDrop,
};

/// The most columns and rows that are drawn: more than any screen has in letters that can be read. A window that says it
/// has 65,535 of each would need more memory than there is.
const MOST: (u16, u16) = (1000, 500);
/// The columns and rows of a terminal that does not say, such as one at a serial line: most programs take it for this.
const USUAL: (u16, u16) = (80, 24);

/// A terminal that is in our hands until this is dropped.
pub(super) struct Screen {
    /// What is drawn to. It is never dropped: ratatui's own drop panics where the terminal is gone, before the case
    /// is closed; what it would do is done by [`give_back`].
    terminal: ManuallyDrop<Terminal<Frames<Out>>>,
    /// Whether the mouse is listened to.
    mouse: bool,
    /// Whether the terminal is in our hands: a shell has it while we are stopped, or behind it.
    held: bool,
}

impl Screen {
    /// Takes the terminal, and the mouse where that is wanted.
    pub(super) fn take(mouse: bool) -> io::Result<Self> {
        let before = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |panic| {
            give_back();
            before(panic);
        }));
        terminal::enable_raw_mode()?;
        // From here on a failure gives the terminal back through the drop.
        let screen = Terminal::new(Frames::new(Out(io::stdout()))).map(|terminal| Self {
            terminal: ManuallyDrop::new(terminal),
            mouse,
            held: true,
        });
        if screen.is_err() {
            give_back();
        }
        let screen = screen?;
        screen.enter()?;
        Ok(screen)
    }

    /// Sets the modes of the console.
    fn enter(&self) -> io::Result<()> {
        // ratatui's own clearing asks the terminal where its cursor is, and waits up to two seconds for the answer.
        let clear = terminal::Clear(terminal::ClearType::All);
        execute!(Out(io::stdout()), EnterAlternateScreen, clear, event::EnableBracketedPaste, cursor::Hide)?;
        if self.mouse { listen_to_mouse() } else { Ok(()) }
    }

    /// Whether the terminal is in our hands.
    pub(super) fn held(&self) -> bool {
        self.held
    }

    /// Draws what has changed. An error says that the terminal is gone.
    pub(super) fn draw(&mut self, model: &Model) -> io::Result<()> {
        self.terminal.backend_mut().told(model.size());
        self.terminal.draw(|frame| tui::draw_screen(model, frame)).map(drop)
    }

    /// Gives the terminal to whoever has it while we are stopped.
    pub(super) fn leave(&mut self) {
        self.held = false;
        give_back();
    }

    /// Takes the terminal again where it is ours to take, whatever was done to it meanwhile; the next drawing draws all.
    /// Says whether it was taken.
    pub(super) fn take_again(&mut self) -> io::Result<bool> {
        if !is_foreground() {
            self.held = false;
            return Ok(false);
        }
        // The modes are those that another has set, though crossterm takes them for raw still.
        terminal::disable_raw_mode()?;
        terminal::enable_raw_mode()?;
        self.enter()?;
        self.held = true;
        self.refresh().map(|()| true)
    }

    /// Has the next drawing draw everything, whatever stands there.
    pub(super) fn refresh(&mut self) -> io::Result<()> {
        self.terminal.backend_mut().forget();
        if self.held { self.terminal.clear() } else { Ok(()) }
    }

    /// Looks whether the terminal is still as the console needs it; an answer of `false` asks for
    /// [`Screen::take_again`].
    #[cfg(unix)]
    pub(super) fn in_order(&self) -> bool {
        use rustix::termios::{LocalModes, tcgetattr};
        let edits = |modes: LocalModes| modes.intersects(LocalModes::ICANON | LocalModes::ECHO);
        is_foreground() == self.held && !(self.held && tcgetattr(io::stdin()).is_ok_and(|is| edits(is.local_modes)))
    }

    #[cfg(not(unix))]
    pub(super) fn in_order(&self) -> bool {
        true
    }
}

impl Drop for Screen {
    fn drop(&mut self) {
        give_back();
    }
}

/// The columns and rows of the window that is drawn in, whichever terminal controls the session.
#[cfg(unix)]
fn claimed_size() -> io::Result<(u16, u16)> {
    let size = rustix::termios::tcgetwinsize(io::stdout())?;
    Ok((size.ws_col, size.ws_row))
}

#[cfg(not(unix))]
fn claimed_size() -> io::Result<(u16, u16)> {
    terminal::size()
}

/// The columns and rows that are drawn in the window as it is now.
pub(super) fn window_size() -> io::Result<Size> {
    let (width, height) = claimed_size()?;
    let some = |cells: u16, usual: u16, most: u16| if cells == 0 { usual } else { cells.min(most) };
    Ok(Size::new(some(width, USUAL.0, MOST.0), some(height, USUAL.1, MOST.1)))
}

/// Whether there is a terminal still: a connection that breaks leaves none, and not every one says so by a signal.
pub(super) fn is_present() -> bool {
    io::stdin().is_terminal() && io::stdout().is_terminal()
}

/// Whether the terminal is ours: a shell that has put us behind it takes its own lines, and a change of modes from
/// there would stop us.
#[cfg(unix)]
pub(super) fn is_foreground() -> bool {
    // Who has no terminal of a session has nobody to share it with.
    rustix::termios::tcgetpgrp(io::stdin()).map_or(true, |group| group == rustix::process::getpgrp())
}

#[cfg(not(unix))]
fn is_foreground() -> bool {
    true
}

/// Has the terminal tell of buttons and the wheel; of every movement would be too much for a slow line.
#[cfg(unix)]
fn listen_to_mouse() -> io::Result<()> {
    let mut out = Out(io::stdout());
    out.write_all(b"\x1b[?1000h\x1b[?1006h").and_then(|()| out.flush())
}

#[cfg(not(unix))]
fn listen_to_mouse() -> io::Result<()> {
    execute!(io::stdout(), event::EnableMouseCapture)
}

/// Puts a text on the clipboard of whoever sits at the terminal, also through a remote connection; terminals that know
/// no such thing pass over it.
pub(super) fn copy_to_clipboard(text: &str) {
    // A terminal that is gone is noticed by the next drawing.
    let _ = execute!(Out(io::stdout()), CopyToClipboard::to_clipboard_from(text));
}

/// Rings the bell.
pub(super) fn ring_bell() {
    let mut out = Out(io::stdout());
    let _ = out.write_all(b"\x07").and_then(|()| out.flush());
}

/// Gives the terminal back. A terminal that is gone cannot be told, and that is no error; one that a shell has taken from
/// us is left as the shell has it.
fn give_back() {
    if !is_foreground() {
        return;
    }
    let mut out = Out(io::stdout());
    let _ = execute!(out, event::DisableMouseCapture, event::DisableBracketedPaste, LeaveAlternateScreen, cursor::Show);
    let _ = out.flush();
    forget_typed();
    let _ = terminal::disable_raw_mode();
}

/// Forgets what was typed to the console and not read any more: the rest of a paste would be a command to the shell, and
/// Ctrl-C or Ctrl-Z there takes away what was just written.
#[cfg(unix)]
fn forget_typed() {
    let _ = rustix::termios::tcflush(io::stdin(), rustix::termios::QueueSelector::IFlush);
}

#[cfg(not(unix))]
fn forget_typed() {}

/// Standard output that waits where the terminal takes nothing just now: another program may have set it so that a
/// write does not wait, and what is half drawn is worse than what comes late.
struct Out(Stdout);

impl Write for Out {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        wait_for_room(|| self.0.write(bytes))
    }

    fn flush(&mut self) -> io::Result<()> {
        wait_for_room(|| self.0.flush())
    }
}

#[cfg(unix)]
fn wait_for_room<T>(mut act: impl FnMut() -> io::Result<T>) -> io::Result<T> {
    use filedescriptor::{AsRawFileDescriptor as _, POLLOUT, poll, pollfd};
    loop {
        match act() {
            Err(why) if why.kind() == io::ErrorKind::WouldBlock => {
                let fd = io::stdout().as_raw_file_descriptor();
                // A signal may end the wait; a terminal that is gone is what the next try finds.
                let _ = poll(&mut [pollfd { fd, events: POLLOUT, revents: 0 }], None);
            }
            done => return done,
        }
    }
}

#[cfg(not(unix))]
fn wait_for_room<T>(mut act: impl FnMut() -> io::Result<T>) -> io::Result<T> {
    act()
}
