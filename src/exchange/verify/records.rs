//! The records of a bundle, followed line by line as they are read.

use super::{
    lines::{Line, Lines},
    log::{CheckedLog, LogCheck, line_too_long},
};
use crate::domain::time::Time;

/// A log that grows with each chunk.
#[derive(Debug)]
pub(super) struct Records {
    lines: Lines,
    log: LogCheck,
}

impl Records {
    /// Nothing yet; every entry is kept, since other files of the bundle are rendered from them.
    pub(super) fn new() -> Self {
        Self { lines: Lines::default(), log: LogCheck::new(true) }
    }

    /// Takes the next chunk of the file.
    pub(super) fn take(&mut self, chunk: &[u8]) {
        let log = &mut self.log;
        self.lines.take(chunk, &mut |line| check_line(log, line));
    }

    /// The log as it was read, judged on a machine whose clock says `now`.
    pub(super) fn finish(mut self, now: Time) -> CheckedLog {
        let log = &mut self.log;
        self.lines.finish(&mut |line| check_line(log, line));
        self.log.finish(now)
    }
}

/// Checks a line, or notes why it cannot be read.
fn check_line(log: &mut LogCheck, line: Line<'_>) {
    match line {
        Line::Whole(bytes) => match std::str::from_utf8(bytes) {
            Ok(text) => log.line(text),
            Err(_) => log.skip("this line is not UTF-8"),
        },
        Line::Unended(_) => log.skip("the last line has no end, so the file is cut off"),
        Line::TooLong => log.skip(line_too_long()),
    }
}
