//! The texts of all entries, one after another, folded for the search; what was upper case is kept as a bit for each
//! byte, so that the text as recorded comes back without a second copy.

use super::bits::Bits;
use std::ops::Range;

/// All texts, folded to lower case. Offsets are bytes, and the same in the folded text and in the one that was given.
#[derive(Clone, Default)]
pub(super) struct Texts {
    folded: String,
    upper: Bits,
}

/// The lower case of `c`, where going back gives `c` and neither is longer: everything else stays as it is.
fn lower_char(c: char) -> char {
    if c.is_ascii() {
        return c.to_ascii_lowercase();
    }
    let mut small = c.to_lowercase();
    match (small.next(), small.next()) {
        (Some(small), None) if small.len_utf8() == c.len_utf8() && upper_char(small) == c => small,
        _ => c,
    }
}

fn upper_char(c: char) -> char {
    let mut large = c.to_uppercase();
    match (large.next(), large.next()) {
        (Some(large), None) => large,
        _ => c,
    }
}

/// `text` as the search compares it: in lower case, each character in its place and as long as it was.
pub fn fold_text(text: &str) -> String {
    if text.is_ascii() { text.to_ascii_lowercase() } else { text.chars().map(lower_char).collect() }
}

impl Texts {
    pub(super) fn folded(&self) -> &str {
        &self.folded
    }

    pub(super) fn len(&self) -> usize {
        self.folded.len()
    }

    /// Adds a text at the end.
    pub(super) fn push(&mut self, text: &str) {
        let start = self.folded.len();
        if text.is_ascii() {
            self.folded.push_str(text);
            self.upper.grow(self.folded.len());
            for (at, _) in text.bytes().enumerate().filter(|(_, byte)| byte.is_ascii_uppercase()) {
                self.upper.set(start + at);
            }
            if let Some(added) = self.folded.get_mut(start..) {
                added.make_ascii_lowercase();
            }
            return;
        }
        for c in text.chars() {
            let small = lower_char(c);
            self.upper.grow(self.folded.len() + c.len_utf8());
            if small != c {
                self.upper.set(self.folded.len());
            }
            self.folded.push(small);
        }
    }

    /// The text of a range as it was given; a range that cuts a character gives nothing.
    pub(super) fn original(&self, range: Range<usize>) -> String {
        let folded = self.folded.get(range.clone()).unwrap_or_default();
        let given = |(at, c): (usize, char)| if self.upper.has(range.start + at) { upper_char(c) } else { c };
        folded.char_indices().map(given).collect()
    }

    /// Where to cut `range` so that at most `limit` bytes are left and no character is cut.
    pub(super) fn at_most(&self, range: &Range<usize>, limit: usize) -> usize {
        let mut end = range.end.min(range.start.saturating_add(limit));
        while !self.folded.is_char_boundary(end) {
            end -= 1;
        }
        end
    }

    /// Gives back what was reserved and is not used.
    pub(super) fn shrink(&mut self) {
        self.folded.shrink_to_fit();
        self.upper.shrink();
    }

    /// Bytes in use.
    pub(super) fn bytes(&self) -> usize {
        self.folded.capacity() + self.upper.bytes()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn letters_fold_and_come_back() {
        let given = ["Ward 7", "ÄRZTE Größe ΣΊΣΥΦΟΣ ЖЗ", "İ ẞ K ﬁ ſ ǅ", "病院 👩‍⚕️"];
        let mut texts = Texts::default();
        for text in given {
            let start = texts.len();
            texts.push(text);
            assert_eq!(texts.original(start..texts.len()), text);
            assert_eq!(texts.folded().get(start..), Some(fold_text(text).as_str()));
            assert_eq!(fold_text(text).len(), text.len(), "places stay");
        }
        assert_eq!(fold_text("ÄRZTE Жук"), "ärzte жук");
        assert_eq!(fold_text("İ"), "İ", "a letter whose small form is longer stays");
    }

    proptest! {
        #[test]
        fn any_text_comes_back(text in any::<String>()) {
            let mut texts = Texts::default();
            texts.push("Aé");
            texts.push(&text);
            prop_assert_eq!(texts.original(3..texts.len()), text.clone());
            prop_assert_eq!(fold_text(&text), fold_text(&fold_text(&text)), "folding twice is folding once");
        }
    }
}
