//! How an answer finds what asked for it, and how far that has come.

use crate::domain::event::describe::far;

/// Marks an effect, so that its answer finds the form that asked.
pub type Ticket = u64;

/// The numbers by which answers find what asked.
#[derive(Clone, Debug, Default)]
pub(crate) struct Tickets {
    last: Ticket,
}

impl Tickets {
    /// A ticket that was not used before.
    pub(crate) fn next(&mut self) -> Ticket {
        self.last += 1;
        self.last
    }
}

/// How far a job is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Progress {
    /// What is done, such as `hashing disk.img`.
    pub what: String,
    /// Bytes done.
    pub done: u64,
    /// Bytes in all; 0 where that is not known.
    pub total: u64,
    /// Bytes a second, so far.
    pub rate: u64,
}

impl Progress {
    /// `hashing disk.img  298 MiB of 1.3 GiB, 22 %, 200 MiB/s`.
    pub(crate) fn text(&self) -> String {
        format!("{}  {}", self.what, far(self.done, self.total, self.rate))
    }
}
