//! Lines out of chunks, in bounded memory.

/// Bytes that a line of records may have.
pub(super) const MOST_LINE: usize = 16 << 20;

/// What [`Lines`] hands on.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Line<'a> {
    /// A line without its end.
    Whole(&'a [u8]),
    /// The last line, which has no end.
    Unended(&'a [u8]),
    /// A line longer than [`MOST_LINE`]; its bytes are not kept.
    TooLong,
}

/// Cuts what it is given into lines.
#[derive(Debug, Default)]
pub(super) struct Lines {
    held: Vec<u8>,
    skipping: bool,
}

impl Lines {
    /// Takes the next chunk and hands on every line that ends in it.
    pub(super) fn take(&mut self, mut chunk: &[u8], each: &mut dyn FnMut(Line<'_>)) {
        while let Some(end) = chunk.iter().position(|byte| *byte == b'\n') {
            self.hold(&chunk[..end]);
            chunk = &chunk[end + 1..];
            each(if self.skipping { Line::TooLong } else { Line::Whole(&self.held) });
            self.skipping = false;
            self.held.clear();
        }
        self.hold(chunk);
    }

    /// Hands on what is left after the last line's end.
    pub(super) fn finish(&mut self, each: &mut dyn FnMut(Line<'_>)) {
        if self.skipping {
            each(Line::TooLong);
        } else if !self.held.is_empty() {
            each(Line::Unended(&self.held));
        }
    }

    /// Keeps a part of a line, or no more of it once it is too long.
    fn hold(&mut self, part: &[u8]) {
        if self.skipping || self.held.len() + part.len() > MOST_LINE {
            self.skipping = true;
            // The memory is given back, too.
            self.held = Vec::new();
        } else {
            self.held.extend_from_slice(part);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_cut_wherever_chunks_end() {
        let mut lines = Lines::default();
        let mut found = Vec::new();
        let mut each = |line: Line<'_>| found.push(format!("{line:?}"));
        for chunk in ["a", "b\nc\n", "\n", "d"] {
            lines.take(chunk.as_bytes(), &mut each);
        }
        lines.finish(&mut each);
        assert_eq!(found, ["Whole([97, 98])", "Whole([99])", "Whole([])", "Unended([100])"]);
    }

    #[test]
    fn a_line_without_end_takes_no_memory_without_end() {
        let mut lines = Lines::default();
        let mut found = Vec::new();
        let chunk = vec![b'x'; 1 << 20];
        for _ in 0..40 {
            lines.take(&chunk, &mut |line| found.push(line == Line::TooLong));
            assert!(lines.held.capacity() <= 2 * MOST_LINE);
        }
        lines.take(b"\nshort\n", &mut |line| found.push(line == Line::TooLong));
        assert_eq!(found, [true, false]);
    }
}
