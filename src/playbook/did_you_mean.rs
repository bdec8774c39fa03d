//! What a finding says of a word that is not known. Which word is near is decided for the whole program in
//! [`did_you_mean`](crate::domain::wording::did_you_mean).

use crate::domain::{
    text::make_safe,
    wording::did_you_mean::{COMPARED, nearest_word},
};

/// Words that are all told; a step has 15 fields.
const LISTED: usize = 16;

/// A hint for a word that is not known: the nearest one, or the choice where it is short, or `otherwise`.
pub(super) fn suggest_word<'a>(word: &str, known: impl IntoIterator<Item = &'a str>, otherwise: &str) -> String {
    let mut known: Vec<&str> = known.into_iter().collect();
    if let Some(near) = nearest_word(word, known.iter().copied()) {
        return format!("did you mean {}?", quote_word(near));
    }
    // Nothing was compared with so many words, so that none was near says nothing.
    if known.len() > COMPARED {
        return otherwise.to_owned();
    }
    known.sort_unstable();
    known.dedup();
    match known.len() {
        1..=LISTED => {
            format!("the known ones are {}", known.iter().map(|k| quote_word(k)).collect::<Vec<_>>().join(", "))
        }
        _ => otherwise.to_owned(),
    }
}

/// A word from a file as a message shows it: safe, short and in quotes.
pub(super) fn quote_word(word: &str) -> String {
    let safe = make_safe(word);
    match safe.char_indices().nth(48) {
        Some((end, _)) => format!("`{}…`", safe.get(..end).unwrap_or("")),
        None => format!("`{safe}`"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_from_files_are_safe_and_short() {
        assert_eq!(quote_word("a\u{1b}[2J"), "`a␛[2J`");
        assert_eq!(quote_word(&"x".repeat(90)).chars().count(), 51);
    }
}
