//! A frame goes to the terminal in one piece, and a frame that shows nothing new writes nothing: each piece is a wait on
//! a slow line, and a screen that is half old is seen.

use ratatui::{
    backend::{Backend, ClearType, WindowSize},
    buffer,
    layout::{Position, Size},
};
use ratatui_crossterm::CrosstermBackend;
use std::{
    cell::Cell,
    io::{self, Write},
};

/// Collects what ratatui draws, and writes it out at the end of the frame.
pub(super) struct Frames<W> {
    to: W,
    /// What is not written yet.
    out: Vec<u8>,
    /// Whether the cursor is shown; `None` until that is known.
    cursor: Option<bool>,
    /// Where the cursor was put; `None` since something was drawn.
    at: Option<Position>,
    /// The window's size, where it was asked for since it last changed.
    size: Cell<Option<Size>>,
    /// What was last told of its size.
    told: (u16, u16),
}

impl<W: Write> Frames<W> {
    /// Writes to `to`, each frame at once.
    pub(super) fn new(to: W) -> Self {
        Self { to, out: Vec::with_capacity(32 * 1024), cursor: None, at: None, size: Cell::new(None), told: (0, 0) }
    }

    /// Says what is told of the window's size, columns and rows: the system is asked anew where that is another one, and
    /// not with each frame.
    pub(super) fn told(&mut self, size: (u16, u16)) {
        if self.told != size {
            self.told = size;
            self.size.set(None);
        }
    }

    /// Forgets what is known of the terminal, which another program may have changed.
    pub(super) fn forget(&mut self) {
        (self.cursor, self.at) = (None, None);
        self.size.set(None);
        self.out.clear();
    }

    /// How ratatui writes for this terminal.
    fn pen(&mut self) -> CrosstermBackend<&mut Vec<u8>> {
        CrosstermBackend::new(&mut self.out)
    }

    /// Shows or hides the cursor, if it is not so yet.
    fn show(&mut self, shown: bool) -> io::Result<()> {
        if self.cursor == Some(shown) {
            return Ok(());
        }
        self.cursor = Some(shown);
        if shown { self.pen().show_cursor() } else { self.pen().hide_cursor() }
    }
}

impl<W: Write> Backend for Frames<W> {
    type Error = io::Error;

    fn draw<'a, I>(&mut self, content: I) -> io::Result<()>
    where
        I: Iterator<Item = (u16, u16, &'a buffer::Cell)>,
    {
        let mut content = content.peekable();
        if content.peek().is_none() {
            return Ok(());
        }
        self.at = None;
        self.pen().draw(content)
    }

    fn append_lines(&mut self, lines: u16) -> io::Result<()> {
        self.at = None;
        self.pen().append_lines(lines)
    }

    fn hide_cursor(&mut self) -> io::Result<()> {
        self.show(false)
    }

    fn show_cursor(&mut self) -> io::Result<()> {
        self.show(true)
    }

    fn get_cursor_position(&mut self) -> io::Result<Position> {
        // Ratatui puts it back there after it has cleared a window of another size. The terminal itself is not asked: its
        // answer would come among the keys, and be waited for.
        Ok(self.at.unwrap_or_default())
    }

    fn set_cursor_position<P: Into<Position>>(&mut self, position: P) -> io::Result<()> {
        let position = position.into();
        if self.at == Some(position) {
            return Ok(());
        }
        self.at = Some(position);
        self.pen().set_cursor_position(position)
    }

    fn clear(&mut self) -> io::Result<()> {
        self.clear_region(ClearType::All)
    }

    fn clear_region(&mut self, part: ClearType) -> io::Result<()> {
        self.pen().clear_region(part)
    }

    fn size(&self) -> io::Result<Size> {
        if let Some(size) = self.size.get() {
            return Ok(size);
        }
        let size = super::terminal::window_size()?;
        self.size.set(Some(size));
        Ok(size)
    }

    fn window_size(&mut self) -> io::Result<WindowSize> {
        self.pen().window_size()
    }

    fn flush(&mut self) -> io::Result<()> {
        if self.out.is_empty() {
            return Ok(());
        }
        let written = self.to.write_all(&self.out).and_then(|()| self.to.flush());
        self.out.clear();
        written
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::{cell::RefCell, rc::Rc};

    /// A terminal that notes each piece that it gets.
    #[derive(Clone, Default)]
    struct Pieces(Rc<RefCell<Vec<Vec<u8>>>>);

    impl Write for Pieces {
        fn write(&mut self, piece: &[u8]) -> io::Result<usize> {
            self.0.borrow_mut().push(piece.to_vec());
            Ok(piece.len())
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    #[test]
    fn a_frame_is_one_piece_and_the_same_frame_again_is_none() {
        let pieces = Pieces::default();
        let mut frames = Frames::new(pieces.clone());
        let wide = vec![buffer::Cell::new("w"); 2000];
        let mut frame = |cells: &[buffer::Cell], cursor: Option<(u16, u16)>| {
            frames.draw(cells.iter().enumerate().map(|(x, cell)| (x as u16, 0, cell))).unwrap();
            match cursor {
                Some(at) => frames.show_cursor().and_then(|()| frames.set_cursor_position(at)).unwrap(),
                None => frames.hide_cursor().unwrap(),
            }
            Backend::flush(&mut frames).unwrap();
            std::mem::take(&mut *pieces.0.borrow_mut())
        };
        assert_eq!(frame(&wide, None).len(), 1);
        assert!(frame(&[], None).is_empty(), "nothing has changed");
        assert_eq!(frame(&[], Some((3, 1))), [b"\x1b[?25h\x1b[2;4H".to_vec()]);
        assert!(frame(&[], Some((3, 1))).is_empty());
        // Drawing moves the cursor: it is put back.
        let moved = frame(&wide, Some((3, 1)));
        assert!(moved.len() == 1 && moved[0].ends_with(b"\x1b[2;4H"), "{moved:?}");
        assert_eq!(frame(&[], None), [b"\x1b[?25l".to_vec()]);
    }
}
