//! Finds what is meant by a few letters of it, and says which letters fit.

use nucleo_matcher::{
    Config, Matcher, Utf32Str,
    pattern::{AtomKind, CaseMatching, Normalization, Pattern},
};
use std::ops::Range;
use unicode_segmentation::UnicodeSegmentation as _;

/// What was typed, ready to be held against many texts.
pub(crate) struct Fuzzy {
    pattern: Pattern,
    matcher: Matcher,
    letters: Vec<char>,
}

/// How well a text fits, and the places of its letters that do, bytes.
pub(crate) struct Fit {
    /// The higher, the better.
    pub(crate) score: u32,
    /// Rising and apart.
    pub(crate) places: Vec<Range<usize>>,
}

impl Fuzzy {
    /// Every word that was typed must fit, each by itself; upper and lower case are alike.
    pub(crate) fn new(typed: &str) -> Self {
        let pattern = Pattern::new(typed, CaseMatching::Ignore, Normalization::Smart, AtomKind::Fuzzy);
        Self { pattern, matcher: Matcher::new(Config::DEFAULT), letters: Vec::new() }
    }

    /// How `text` fits; `None` where it does not.
    pub(crate) fn fit(&mut self, text: &str) -> Option<Fit> {
        let mut places = Vec::new();
        let score = self.pattern.indices(Utf32Str::new(text, &mut self.letters), &mut self.matcher, &mut places)?;
        places.sort_unstable();
        places.dedup();
        let mut at = places.into_iter().peekable();
        let mut ranges: Vec<Range<usize>> = Vec::new();
        for (number, (start, grapheme)) in text.grapheme_indices(true).enumerate() {
            if at.next_if(|place| *place as usize == number).is_none() {
                continue;
            }
            let end = start + grapheme.len();
            match ranges.last_mut() {
                Some(last) if last.end == start => last.end = end,
                _ => ranges.push(start..end),
            }
        }
        Some(Fit { score, places: ranges })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_few_letters_are_enough_and_each_is_marked() {
        let mut fuzzy = Fuzzy::new("cse");
        let fit = fuzzy.fit("close the case").unwrap();
        let letters: String = fit.places.iter().map(|range| &"close the case"[range.clone()]).collect();
        assert_eq!(letters, "cse");
        assert!(fuzzy.fit("note").is_none());
        assert!(Fuzzy::new("case").fit("case").unwrap().score > Fuzzy::new("case").fit("c a s e").unwrap().score);
        let text = "Ward: é病院 ok";
        let fit = Fuzzy::new("病 OK").fit(text).unwrap();
        let letters: Vec<&str> = fit.places.iter().map(|range| &text[range.clone()]).collect();
        assert_eq!(letters, ["病", "ok"], "by what stands on the screen, not by bytes");
    }
}
