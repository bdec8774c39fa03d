//! What interrupted work left, in words.

use super::stderr::print_remark;
use crate::{
    domain::{
        leftover::{Leftover, describe_age, describe_leftovers},
        text::make_safe,
        wording::number::byte_size,
    },
    runtime::clock,
};

/// `1.2 GiB  3 h ago  an item of evidence that was being added  …/evidence/.part-x`.
pub(super) fn leftover_line(left: &Leftover) -> String {
    let age = left.written.map_or_else(|| "age unknown".to_owned(), |at| describe_age(at, clock::now().at));
    format!("{}  {age}  {}  {}", byte_size(left.size), left.what, make_safe(&left.path))
}

/// Says on standard error that something is left, and what removes it.
pub(super) fn tell_of_leftovers(found: &[Leftover], command: &str) {
    if !found.is_empty() {
        let left = describe_leftovers(found, clock::now().at);
        print_remark(&format!("carecert: note: interrupted work left {left}; `{command}` removes that"));
    }
}
