//! How far clocks are apart, in words.

/// How far a clock is ahead: `1.5 s behind`.
pub fn ahead(ms: i64) -> String {
    format!("{:.1} s {}", ms.unsigned_abs() as f64 / 1000.0, if ms < 0 { "behind" } else { "ahead" })
}
