//! What is said beside the answer, on standard error: warnings, hints and how far work is.

use crate::{
    domain::{
        problem::Problem,
        text::{make_safe, safe_start},
    },
    store::error::StoreError,
};
use std::io::{self, Write as _};

/// Characters of a line that are shown: a path may be as long.
const SHOWN: usize = 4096;

/// Says something, made safe, each line cut where it is longer than any should be. If standard error is closed there is
/// nobody to tell.
pub(super) fn print_remark(text: &str) {
    let lines: Vec<String> = text.split('\n').map(|line| safe_start(line, SHOWN)).collect();
    let _ = writeln!(io::stderr().lock(), "{}", lines.join("\n"));
}

/// Warns in one line, made safe.
pub(super) fn print_warning(text: &str) {
    print_remark(&format!("carecert: warning: {}", make_safe(text)));
}

/// Says what went wrong once everything was recorded.
pub(super) fn warn_although_recorded(why: &StoreError) {
    print_warning(&format!(
        "what is said to be recorded is recorded, but the case could not be closed in good order: {}; the next command \
         that opens it puts that right",
        Problem::from(why).without_hint()
    ));
}

/// That this machine's clock was set, or may be wrong, and what to do.
pub(super) fn warn_of_clock(warning: &str) {
    print_warning(&format!("{warning}: carecert clock check CASE --reads TIME --reference WHICH"));
}
