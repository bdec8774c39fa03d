//! How numbers, sizes and amounts of work are said.

use super::duration::{minutes_and_seconds, short_span};
use std::fmt;

/// `1 entry`, `12 entries`: a number and what there are so many of. The words may go on, where the verb follows the
/// number: `1 step waits`, `3 steps wait`.
pub(crate) fn count_of<N: PartialEq + From<u8> + fmt::Display>(count: N, one: &str, many: &str) -> String {
    format!("{count} {}", if count == N::from(1) { one } else { many })
}

/// `1 entry`, `100,000 entries`: the same where there may be very many.
pub(crate) fn counted_in_thousands(count: usize, one: &str, many: &str) -> String {
    format!("{} {}", group_thousands(count), if count == 1 { one } else { many })
}

/// `a draft`, `3 drafts`: one thing in words of its own, and any other number of them counted.
pub(crate) fn one_or_counted<N: PartialEq + From<u8> + fmt::Display>(count: N, one: &str, many: &str) -> String {
    if count == N::from(1) { one.to_owned() } else { format!("{count} {many}") }
}

/// `once`, `3 times`.
pub(crate) fn count_times(count: u32) -> String {
    one_or_counted(count, "once", "times")
}

/// `100,000`.
pub(crate) fn group_thousands(count: usize) -> String {
    let digits = count.to_string();
    let mut text = String::with_capacity(digits.len() + 4);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// A size in bytes for people: `512 B`, `4.2 KiB`, `12 GiB`.
pub(crate) fn byte_size(bytes: u64) -> String {
    const UNITS: [&str; 5] = ["KiB", "MiB", "GiB", "TiB", "PiB"];
    if bytes < 1024 {
        return format!("{bytes} B");
    }
    let mut value = bytes as f64 / 1024.0;
    let mut unit = 0;
    while value >= 1024.0 && unit + 1 < UNITS.len() {
        value /= 1024.0;
        unit += 1;
    }
    let digits = usize::from(value < 10.0);
    format!("{value:.digits$} {}", UNITS[unit])
}

/// `1 byte`, `512 bytes`, `2.4 KiB (2412 bytes)`: a size to the byte, and in short where that is not the same.
pub(crate) fn exact_size(bytes: u64) -> String {
    let counted = count_of(bytes, "byte", "bytes");
    if bytes < 1024 { counted } else { format!("{} ({counted})", byte_size(bytes)) }
}

/// How far long work is: `298 MiB of 1.3 GiB, 22 %, 200 MiB/s, 0:05 left`. All in bytes, `rate` in bytes a second;
/// 0 where it is not known.
pub(crate) fn work_so_far(done: u64, total: u64, rate: u64) -> String {
    let mut text = match total {
        0 => byte_size(done),
        total => {
            let percent = (u128::from(done) * 100 / u128::from(total)).min(100);
            format!("{} of {}, {percent} %", byte_size(done), byte_size(total))
        }
    };
    if rate > 0 {
        text.push_str(&format!(", {}/s", byte_size(rate)));
        // Rounded up, so that nothing is left only once nothing is.
        let left = total.saturating_sub(done).div_ceil(rate);
        if left > 0 {
            let left = i64::try_from(left).unwrap_or(i64::MAX);
            let left = match left / 60 {
                0..60 => minutes_and_seconds(left),
                minutes => short_span(u32::try_from(minutes).unwrap_or(u32::MAX)),
            };
            text.push_str(&format!(", {left} left"));
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_is_one_and_all_others_are_many() {
        assert_eq!([0, 1, 2].map(|count| count_of(count, "entry", "entries")), ["0 entries", "1 entry", "2 entries"]);
        assert_eq!([1_u64, 2].map(|count| one_or_counted(count, "a step", "steps")), ["a step", "2 steps"]);
        assert_eq!([1, 2000].map(|count| counted_in_thousands(count, "row", "rows")), ["1 row", "2,000 rows"]);
        assert_eq!([0, 1, 2].map(count_times), ["0 times", "once", "2 times"]);
    }

    #[test]
    fn large_numbers_are_read_in_threes() {
        assert_eq!(
            [0, 999, 1000, 100_000, 12_345_678].map(group_thousands),
            ["0", "999", "1,000", "100,000", "12,345,678"]
        );
    }

    #[test]
    fn sizes_are_short() {
        assert_eq!(
            [0, 1023, 1024, 10_240, 5_000_000, u64::MAX].map(byte_size),
            ["0 B", "1023 B", "1.0 KiB", "10 KiB", "4.8 MiB", "16384 PiB"]
        );
        assert_eq!([0, 1, 1023, 2412].map(exact_size), ["0 bytes", "1 byte", "1023 bytes", "2.4 KiB (2412 bytes)"]);
    }

    #[test]
    fn long_work_says_how_far_and_how_long() {
        let far = work_so_far;
        assert_eq!(far(312_400_000, 1_400_000_000, 210_000_000), "298 MiB of 1.3 GiB, 22 %, 200 MiB/s, 0:06 left");
        assert_eq!(far(0, 1 << 40, 1 << 20), "0 B of 1.0 TiB, 0 %, 1.0 MiB/s, 291 h 16 min left");
        assert_eq!([far(5, 0, 0), far(9, 9, 1)], ["5 B", "9 B of 9 B, 100 %, 1 B/s"]);
    }
}
