//! How far long work is, on standard error: for people who wait at a terminal, and only for what takes longer than a
//! second. Ctrl-C stops it: nothing is recorded, and nothing is left lying about.

use super::stderr::print_remark;
use crate::{domain::event::describe, runtime::interrupt::Interrupt};
use std::{io::IsTerminal as _, time::Instant};

/// A watch that is called with what is done and with how much there is, says so once a second, and answers whether to go
/// on: not once a signal asked the program to end.
pub(super) fn watch_progress(what: &str, interrupt: &Interrupt) -> impl FnMut(u64, u64) -> bool {
    let interrupt = interrupt.clone();
    let shown = std::io::stderr().is_terminal();
    let began = Instant::now();
    let mut told = began;
    move |done, total| {
        if shown && told.elapsed().as_secs() >= 1 {
            told = Instant::now();
            let millis = began.elapsed().as_millis().max(1);
            let rate = u64::try_from(u128::from(done) * 1000 / millis).unwrap_or(u64::MAX);
            print_remark(&format!("{what}  {}", describe::far(done, total, rate)));
        }
        !interrupt.asked()
    }
}
