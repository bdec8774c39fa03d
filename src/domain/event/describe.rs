//! Sizes and work so far, in words.

/// A size for people: `512 B`, `4.2 KiB`, `12 GiB`.
pub fn bytes(size: u64) -> String {
    const UNITS: [&str; 5] = ["KiB", "MiB", "GiB", "TiB", "PiB"];
    if size < 1024 {
        return format!("{size} B");
    }
    let mut value = size as f64 / 1024.0;
    let mut unit = 0;
    while value >= 1024.0 && unit + 1 < UNITS.len() {
        value /= 1024.0;
        unit += 1;
    }
    let digits = usize::from(value < 10.0);
    format!("{value:.digits$} {}", UNITS[unit])
}

/// How far long work is: `298 MiB of 1.3 GiB, 22 %, 200 MiB/s, 0:05 left`. All in bytes, `rate` in bytes a second;
/// 0 where it is not known.
pub fn far(done: u64, total: u64, rate: u64) -> String {
    let mut text = match total {
        0 => bytes(done),
        total => {
            let percent = (u128::from(done) * 100 / u128::from(total)).min(100);
            format!("{} of {}, {percent} %", bytes(done), bytes(total))
        }
    };
    if rate > 0 {
        text.push_str(&format!(", {}/s", bytes(rate)));
        // Rounded up, so that nothing is left only once nothing is.
        let left = total.saturating_sub(done).div_ceil(rate);
        if left > 0 {
            text.push_str(&match left / 60 {
                minutes @ 0..60 => format!(", {minutes}:{:02} left", left % 60),
                minutes => format!(", {} h {:02} min left", minutes / 60, minutes % 60),
            });
        }
    }
    text
}

/// How far a clock is from another: `exact`, `1.5 s ahead`.
pub(crate) fn apart(ms: i64) -> String {
    let seconds = ms.unsigned_abs() as f64 / 1000.0;
    match ms {
        0 => "exact".into(),
        ms if ms > 0 => format!("{seconds:.1} s ahead"),
        _ => format!("{seconds:.1} s behind"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_short() {
        assert_eq!(
            [0, 1023, 1024, 10_240, 5_000_000, u64::MAX].map(bytes),
            ["0 B", "1023 B", "1.0 KiB", "10 KiB", "4.8 MiB", "16384 PiB"]
        );
    }

    #[test]
    fn long_work_says_how_far_and_how_long() {
        assert_eq!(far(312_400_000, 1_400_000_000, 210_000_000), "298 MiB of 1.3 GiB, 22 %, 200 MiB/s, 0:06 left");
        assert_eq!(far(0, 1 << 40, 1 << 20), "0 B of 1.0 TiB, 0 %, 1.0 MiB/s, 291 h 16 min left");
        assert_eq!([far(5, 0, 0), far(9, 9, 1)], ["5 B", "9 B of 9 B, 100 %, 1 B/s"]);
    }
}
