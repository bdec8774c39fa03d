//! How long work reports how far it is, and learns that it is no longer wanted.

/// Called with bytes done and bytes in all (0 where that is not known); answers whether to go on.
pub type Watch<'a> = &'a mut dyn FnMut(u64, u64) -> bool;

/// A watch for work whose progress nobody asks for, and that nobody stops.
pub fn unwatched() -> impl FnMut(u64, u64) -> bool {
    |_, _| true
}
