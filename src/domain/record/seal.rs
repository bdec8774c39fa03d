//! The seal: all logs' heads in sixteen characters that can be read over the phone or written on paper.
//!
//! A chain alone cannot show that its end was cut off or that all of it was written anew. Whoever noted the
//! seal can.

use super::Head;
use crate::domain::id::{ConsoleId, Hash, encode_base32};
use std::{collections::BTreeMap, fmt};

/// The hash over every log's head.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Seal(Hash);

impl Seal {
    /// SHA-256 over one line for each log, `console seq hash` and a line feed, sorted by console.
    pub fn of(heads: &BTreeMap<ConsoleId, Head>) -> Self {
        use fmt::Write as _;
        let mut lines = String::new();
        for (console, head) in heads {
            let _ = writeln!(lines, "{console} {} {}", head.seq, head.hash);
        }
        Self(Hash::of(lines.as_bytes()))
    }

    /// The whole hash.
    pub fn hash(&self) -> Hash {
        self.0
    }
}

impl fmt::Display for Seal {
    /// The first eighty bits as `7KQ2-M4XD-9PTR-0H3V`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut bits = [0; 10];
        bits.copy_from_slice(&self.0.bytes()[..10]);
        let text = encode_base32(bits);
        let groups: Vec<&str> = [0, 4, 8, 12].into_iter().filter_map(|at| text.get(at..at + 4)).collect();
        f.write_str(&groups.join("-"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_seal_is_the_heads_and_nothing_else() {
        let console = ConsoleId::from_random([7; 10]);
        let heads = BTreeMap::from([(console.clone(), Head { seq: 3, hash: Hash::of(b"x") })]);
        let by_hand = Hash::of(format!("{console} 3 {}\n", Hash::of(b"x")).as_bytes());
        assert_eq!(Seal::of(&heads).hash(), by_hand);
        let shown = Seal::of(&heads).to_string();
        assert_eq!(shown.len(), 19);
        let other = BTreeMap::from([(console, Head { seq: 2, hash: Hash::of(b"x") })]);
        assert_ne!(Seal::of(&other).to_string(), shown);
    }
}
