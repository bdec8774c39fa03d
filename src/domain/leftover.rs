//! What interrupted work left lying about: files that no entry speaks of and that nobody writes any more.

use super::{
    time::Time,
    wording::{
        duration::distance_span,
        number::{byte_size, count_of},
    },
};
use serde::Serialize;

/// A file or a folder that a killed process left.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Leftover {
    /// Its path.
    pub path: String,
    /// What it was to become, such as `an item of evidence`.
    pub what: &'static str,
    /// Its size, bytes; of a folder, that of the files in it.
    pub size: u64,
    /// When it was last written to (UTC), where the system tells it.
    pub written: Option<Time>,
}

/// How much is left and since when, in a phrase: `2 files or folders, 1.2 GiB, the oldest 3 h ago`.
pub fn describe_leftovers(left: &[Leftover], now: Time) -> String {
    let bytes = left.iter().fold(0_u64, |sum, left| sum.saturating_add(left.size));
    let count = count_of(left.len(), "file or folder", "files or folders");
    let oldest = left.iter().filter_map(|left| left.written).min();
    let oldest = oldest.map_or_else(String::new, |oldest| format!(", the oldest {}", describe_age(oldest, now)));
    format!("{count}, {}{oldest}", byte_size(bytes))
}

/// How long ago that was: `3 h 5 min ago`.
pub fn describe_age(written: Time, now: Time) -> String {
    format!("{} ago", distance_span(now.seconds_since(written)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn leftovers_are_told_with_number_size_and_age() {
        let at = |text| Time::parse(text).unwrap();
        let now = at("2026-11-22T03:00:00Z");
        let left = |size, written| Leftover { path: "x".into(), what: "x", size, written: Some(at(written)) };
        let one = left(4300, "2026-11-22T02:59:30Z");
        assert_eq!(
            describe_leftovers(std::slice::from_ref(&one), now),
            "1 file or folder, 4.2 KiB, the oldest less than 1 min ago"
        );
        let both = [one, left(1 << 30, "2026-11-22T00:00:00Z")];
        assert_eq!(describe_leftovers(&both, now), "2 files or folders, 1.0 GiB, the oldest 3 h ago");
        assert_eq!(describe_age(at("2026-11-23T00:00:00Z"), now), "less than 1 min ago", "a clock that was set back");
    }
}
