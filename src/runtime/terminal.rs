//! The terminal: taken for the console, and given back whole on return, error, panic and signal.

use super::frame::Frames;
use crate::console::{self, Model};
use crossterm::{
    clipboard::CopyToClipboard,
    cursor, event, execute,
    terminal::{self, EnterAlternateScreen, LeaveAlternateScreen},
};
use ratatui::Terminal;
use std::{
    io::{self, Stdout, Write},
    mem::ManuallyDrop,
};

/// A terminal that is in our hands until this is dropped.
pub(super) struct Screen {
    /// What is drawn to. It is never dropped: ratatui's own drop panics where the terminal is gone, before the case
    /// is closed; what it would do is done by [`give_back`].
    pub terminal: ManuallyDrop<Terminal<Frames<Stdout>>>,
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
        let screen =
            Terminal::new(Frames::new(io::stdout())).map(|terminal| Self { terminal: ManuallyDrop::new(terminal) });
        if screen.is_err() {
            give_back();
        }
        let screen = screen?;
        // ratatui's own clearing asks the terminal where its cursor is, and waits up to two seconds for the answer.
        let clear = terminal::Clear(terminal::ClearType::All);
        execute!(io::stdout(), EnterAlternateScreen, clear, event::EnableBracketedPaste, cursor::Hide)?;
        if mouse {
            listen()?;
        }
        Ok(screen)
    }
}

impl Screen {
    /// Draws what has changed.
    pub(super) fn draw(&mut self, model: &Model) -> io::Result<()> {
        self.terminal.backend_mut().told(model.size());
        self.terminal.draw(|frame| console::view(model, frame)).map(drop)
    }
}

impl Drop for Screen {
    fn drop(&mut self) {
        give_back();
    }
}

/// Has the terminal tell of buttons and the wheel; of every movement would be too much for a slow line.
#[cfg(unix)]
fn listen() -> io::Result<()> {
    io::stdout().write_all(b"\x1b[?1000h\x1b[?1006h").and_then(|()| io::stdout().flush())
}

#[cfg(not(unix))]
fn listen() -> io::Result<()> {
    execute!(io::stdout(), event::EnableMouseCapture)
}

/// Puts a text on the clipboard of whoever sits at the terminal, also through a remote connection; terminals that know
/// no such thing pass over it.
pub(super) fn copy(text: &str) {
    // A terminal that is gone is noticed by the next drawing.
    let _ = execute!(io::stdout(), CopyToClipboard::to_clipboard_from(text));
}

/// Rings the bell.
pub(super) fn ring() {
    let _ = io::stdout().write_all(b"\x07").and_then(|()| io::stdout().flush());
}

/// Gives the terminal back. A terminal that is gone cannot be told, and that is no error.
fn give_back() {
    let _ = execute!(
        io::stdout(),
        event::DisableMouseCapture,
        event::DisableBracketedPaste,
        LeaveAlternateScreen,
        cursor::Show
    );
    let _ = terminal::disable_raw_mode();
    let _ = io::stdout().flush();
}
