//! "Did you mean": the known word nearest to one that is not known.

/// Words that one is compared with; a playbook has far fewer names.
pub(crate) const COMPARED: usize = 500;

/// The known word nearest to `word`, where one is near enough to be a slip of the keys.
pub(crate) fn nearest_word<'a, S: AsRef<str> + ?Sized + 'a>(
    word: &str,
    known: impl IntoIterator<Item = &'a S>,
) -> Option<&'a str> {
    if word.len() > 64 {
        return None; // the distance is quadratic, and no name is that long
    }
    let lower = word.to_lowercase();
    let allowed = (word.chars().count() / 3).clamp(1, 3);
    known
        .into_iter()
        .map(AsRef::as_ref)
        .filter(|known| known.len() <= 64)
        .take(COMPARED)
        .map(|known| (strsim::damerau_levenshtein(&lower, &known.to_lowercase()), known))
        .filter(|(distance, known)| *distance <= allowed || (word.len() > 3 && known.starts_with(&lower)))
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, known)| known)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slips_are_mended_and_strangers_are_not() {
        assert_eq!(nearest_word("titel", ["id", "title", "what"]), Some("title"));
        assert_eq!(nearest_word("isolte", ["isolate", "isolation"]), Some("isolate"));
        assert_eq!(nearest_word("take-laed", ["take-lead", "leave-on"]), Some("take-lead"));
        assert_eq!(nearest_word("zebra", ["isolate", "scope"]), None);
        assert_eq!(nearest_word("desc", ["description"]), Some("description"));
    }
}
