//! Texts of others in a sentence or a list: safe, on one line, and no longer than can be read out.

use crate::domain::text::make_safe;

/// Characters of what others wrote that are read out; the citation beside it has the rest.
const SPOKEN: usize = 160;

/// What others wrote, on one line, safe, and cut after [`SPOKEN`] characters with `…`.
pub(crate) fn quote_line(text: &str) -> String {
    cut_line(text, SPOKEN)
}

/// The same, cut after `most` characters.
pub(crate) fn cut_line(text: &str, most: usize) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let safe = make_safe(&line);
    if safe.chars().count() <= most {
        return safe.into_owned();
    }
    let cut: String = safe.chars().take(most - 1).collect();
    // At the end of a word, where one is near.
    let end = cut.rfind(' ').filter(|at| *at > cut.len() / 2).unwrap_or(cut.len());
    format!("{}…", cut.get(..end).unwrap_or(&cut))
}

/// The same as a sentence: with a full stop where it has no end yet.
pub(crate) fn end_sentence(text: String) -> String {
    let ends = |text: &str| text.ends_with(['.', '!', '?', '…']);
    if ends(&text) || text.strip_suffix('”').is_some_and(ends) { text } else { format!("{text}.") }
}

/// The text with a capital letter at its beginning.
pub(crate) fn capitalise_first(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

/// The text with a small letter at its beginning.
pub(crate) fn lower_first(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_lowercase().chain(chars).collect())
}

/// The first few of several, and how many are left.
pub(crate) struct Few<T> {
    first: Vec<T>,
    left: usize,
}

impl<T> Few<T> {
    /// The first `most`; where only one more would be left, that one as well.
    pub(crate) fn of(all: impl IntoIterator<Item = T>, most: usize) -> Self {
        let mut first: Vec<T> = all.into_iter().collect();
        let left = if first.len() > most + 1 { first.split_off(most).len() } else { 0 };
        Self { first, left }
    }

    /// A line for each, and one that says how many `more` there are.
    pub(crate) fn lines(&self, more: &str, line: impl Fn(&T) -> String) -> Vec<String> {
        let mut lines: Vec<String> = self.first.iter().map(line).collect();
        if self.left > 0 {
            lines.push(format!("{} {more}.", self.left));
        }
        lines
    }

    /// All on one line: `a, b, and 3 more`.
    pub(crate) fn listed(&self, more: &str, name: impl Fn(&T) -> String) -> String {
        let mut names: Vec<String> = self.first.iter().map(name).collect();
        if self.left > 0 {
            names.push(format!("and {} {more}", self.left));
        }
        names.join(", ")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_long_or_hostile_becomes_a_short_safe_line() {
        assert_eq!(quote_line("one\n two\u{1b}[2J \u{202e}x"), "one two␛[2J ‹U+202E›x");
        let long = quote_line(&"word ".repeat(100));
        assert!(long.chars().count() <= SPOKEN && long.ends_with("word…"), "{long}");
        assert_eq!(quote_line(&"é".repeat(1000)).chars().count(), SPOKEN);
        assert_eq!(end_sentence("Wards cannot log in".into()), "Wards cannot log in.");
        assert_eq!(end_sentence("He said “go.”".into()), "He said “go.”");
    }

    #[test]
    fn the_last_one_is_never_only_counted() {
        assert_eq!(Few::of(1..=3, 2).listed("more", ToString::to_string), "1, 2, 3");
        assert_eq!(Few::of(1..=4, 2).listed("more", ToString::to_string), "1, 2, and 2 more");
    }
}
