//! "Did you mean": the known word nearest to one that is not known.

use crate::domain::text::safe;

/// Words that are all told; a step has 15 fields.
const LISTED: usize = 16;
/// Words that one is compared with; a playbook has far fewer names.
const COMPARED: usize = 500;

/// The known word nearest to `word`, where one is near enough to be a slip of the keys.
pub fn near<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    if word.len() > 64 {
        return None; // the distance is quadratic, and no name is that long
    }
    let lower = word.to_lowercase();
    let allowed = (word.chars().count() / 3).clamp(1, 3);
    known
        .into_iter()
        .filter(|known| known.len() <= 64)
        .take(COMPARED)
        .map(|known| (strsim::damerau_levenshtein(&lower, &known.to_lowercase()), known))
        .filter(|(distance, known)| *distance <= allowed || (word.len() > 3 && known.starts_with(&lower)))
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, known)| known)
}

/// A hint for a word that is not known: the nearest one, or the choice where it is short, or `otherwise`.
pub(super) fn mean<'a>(word: &str, known: impl IntoIterator<Item = &'a str>, otherwise: &str) -> String {
    let mut known: Vec<&str> = known.into_iter().collect();
    if let Some(near) = near(word, known.iter().copied()) {
        return format!("did you mean {}?", quoted(near));
    }
    if known.len() > COMPARED {
        return otherwise.to_owned();
    }
    known.sort_unstable();
    known.dedup();
    match known.len() {
        1..=LISTED => format!("the known ones are {}", known.iter().map(|k| quoted(k)).collect::<Vec<_>>().join(", ")),
        _ => otherwise.to_owned(),
    }
}

/// A word from a file as a message shows it: safe, short and in quotes.
pub(super) fn quoted(word: &str) -> String {
    let safe = safe(word);
    match safe.char_indices().nth(48) {
        Some((end, _)) => format!("`{}…`", safe.get(..end).unwrap_or("")),
        None => format!("`{safe}`"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slips_are_mended_and_strangers_are_not() {
        assert_eq!(near("titel", ["id", "title", "what"]), Some("title"));
        assert_eq!(near("isolte", ["isolate", "isolation"]), Some("isolate"));
        assert_eq!(near("zebra", ["isolate", "scope"]), None);
        assert_eq!(near("desc", ["description"]), Some("description"));
        assert_eq!(quoted("a\u{1b}[2J"), "`a␛[2J`");
        assert_eq!(quoted(&"x".repeat(90)).chars().count(), 51);
    }
}
