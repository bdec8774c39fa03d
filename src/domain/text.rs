//! The one function that makes text safe to show, and the checks on names that people type.
//!
//! Everything that enters may be hostile: a file name or a pasted line can carry escape sequences that repaint
//! a terminal, or marks that reverse what is read. Text is recorded as found and shown with those made visible.

use std::borrow::Cow;
use std::fmt::Write as _;

/// Bytes that a note or any other long text may have.
pub const LONG_LIMIT: usize = 64 * 1024;
/// Characters that a title or name may have.
pub const NAME_LIMIT: usize = 200;

/// A name as it is compared: spaces around it and its case do not count.
pub fn fold_name(name: &str) -> String {
    name.trim().to_lowercase()
}

/// What a character does to a reader or a terminal, when it is not simply read.
fn is_deceptive(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{00AD}' | '\u{034F}' | '\u{061C}' | '\u{1100}'..='\u{11FF}' | '\u{A960}'..='\u{A97F}' | '\u{D7B0}'..='\u{D7FF}' | '\u{17B4}' | '\u{17B5}'
            | '\u{180B}'..='\u{180F}' | '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2060}'..='\u{206F}'
            | '\u{3164}' | '\u{FEFF}' | '\u{FFA0}' | '\u{FFF0}'..='\u{FFFB}' | '\u{1BCA0}'..='\u{1BCA3}'
            | '\u{1D173}'..='\u{1D17A}' | '\u{E0000}'..='\u{E0FFF}')
}

fn show_marks(text: &str, keep: impl Fn(char) -> bool) -> Cow<'_, str> {
    // Nearly all text is plain, and told by its bytes.
    let plain = text.bytes().all(|byte| matches!(byte, b' '..=b'~'));
    if plain || !text.chars().any(|c| is_deceptive(c) && !keep(c)) {
        return Cow::Borrowed(text);
    }
    let mut safe = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        match c {
            c if !is_deceptive(c) || keep(c) => safe.push(c),
            '\n' => safe.push('⏎'),
            '\t' => safe.push('⇥'),
            '\0'..='\u{1f}' => safe.extend(char::from_u32(0x2400 + u32::from(c))),
            '\u{7f}' => safe.push('␡'),
            c => {
                let _ = write!(safe, "‹U+{:04X}›", u32::from(c));
            }
        }
    }
    Cow::Owned(safe)
}

/// `text` on one line, with every control character, escape sequence, bidirectional override and invisible
/// character shown as a visible mark: `␛` for escape, `⏎` for a line's end, `‹U+202E›` for an override.
pub fn make_safe(text: &str) -> Cow<'_, str> {
    show_marks(text, |_| false)
}

/// As [`make_safe`], but line ends stay line ends; for text that is shown over several lines.
pub fn safe_lines(text: &str) -> Cow<'_, str> {
    show_marks(text, |c| c == '\n')
}

/// The first `most` characters of `text`, made safe as [`make_safe`] does; what is left out is counted.
pub fn safe_start(text: &str, most: usize) -> String {
    let Some((end, _)) = text.char_indices().nth(most) else { return make_safe(text).into_owned() };
    let rest = text.get(end..).unwrap_or_default().chars().count();
    format!("{}… (and {rest} more characters)", make_safe(text.get(..end).unwrap_or_default()))
}

/// Whether nothing in `text` would be shown as a mark by [`make_safe`].
pub fn is_safe(text: &str) -> bool {
    matches!(make_safe(text), Cow::Borrowed(_))
}

/// JSON of the same meaning, in which no text holds a character that a terminal obeys or a reader does not see: each is
/// written as `\u202e`, so that whoever parses it gets the very same text. Line ends between values stay.
pub fn escape_json(json: &str) -> Cow<'_, str> {
    if json.bytes().all(|byte| matches!(byte, b' '..=b'~' | b'\n'))
        || !json.chars().any(|c| is_deceptive(c) && c != '\n')
    {
        return Cow::Borrowed(json);
    }
    let mut escaped = String::with_capacity(json.len() + 64);
    for c in json.chars() {
        match c {
            // Control characters below the space stand between values only: within a text JSON has them escaped.
            '\n' => escaped.push('\n'),
            '\0'..=' ' => escaped.push(' '),
            c if is_deceptive(c) => {
                for unit in c.encode_utf16(&mut [0; 2]) {
                    let _ = write!(escaped, "\\u{unit:04x}");
                }
            }
            c => escaped.push(c),
        }
    }
    Cow::Owned(escaped)
}

/// What is wrong with a name or a long text.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BadText {
    /// Nothing but spaces.
    #[error("it is empty")]
    Empty,
    /// Too long for its purpose.
    #[error("it has {has} {unit}; the limit is {limit}")]
    Long {
        /// How much it has.
        has: usize,
        /// How much it may have.
        limit: usize,
        /// Bytes or characters.
        unit: &'static str,
    },
    /// A character that a name cannot have.
    #[error("character {at} is {mark}, which a name cannot have")]
    Mark {
        /// Its place, from 1.
        at: usize,
        /// How it is shown.
        mark: String,
    },
}

/// Checks a one-line name: not empty, no control or deceptive characters, at most [`NAME_LIMIT`] characters.
pub fn check_name(text: &str) -> Result<(), BadText> {
    if text.trim().is_empty() {
        return Err(BadText::Empty);
    }
    let has = text.chars().count();
    if has > NAME_LIMIT {
        return Err(BadText::Long { has, limit: NAME_LIMIT, unit: "characters" });
    }
    match text.chars().enumerate().find(|(_, c)| is_deceptive(*c)) {
        Some((at, c)) => Err(BadText::Mark { at: at + 1, mark: make_safe(&c.to_string()).into_owned() }),
        None => Ok(()),
    }
}

/// Checks a long text: not empty, at most [`LONG_LIMIT`] bytes. Anything in it is recorded as found.
pub fn check_long(text: &str) -> Result<(), BadText> {
    if text.trim().is_empty() {
        return Err(BadText::Empty);
    }
    check_length(text)
}

/// Checks a text that may be empty: at most [`LONG_LIMIT`] bytes.
pub fn check_length(text: &str) -> Result<(), BadText> {
    if text.len() > LONG_LIMIT {
        return Err(BadText::Long { has: text.len(), limit: LONG_LIMIT, unit: "bytes" });
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_could_repaint_a_terminal_is_made_visible() {
        assert_eq!(make_safe("a\u{1b}[2Jb"), "a␛[2Jb");
        assert_eq!(make_safe("invoice\u{202E}fdp.exe"), "invoice‹U+202E›fdp.exe");
        assert_eq!(make_safe("one\ntwo\tthree\r"), "one⏎two⇥three␍");
        assert_eq!(make_safe("zero\u{200B}width \u{9b}31m"), "zero‹U+200B›width ‹U+009B›31m");
        assert_eq!(safe_lines("one\ntwo\u{7}"), "one\ntwo␇");
        assert!(matches!(make_safe("Größe 病院 👩‍⚕️".trim_end_matches('\u{fe0f}')), Cow::Owned(_)), "joiners are shown");
        assert!(matches!(make_safe("Größe 病院"), Cow::Borrowed(_)));
    }

    #[test]
    fn what_is_left_out_is_counted() {
        assert_eq!(safe_start("a\u{1b}b", 3), "a␛b");
        assert_eq!(safe_start("a\u{1b}bcd", 2), "a␛… (and 3 more characters)");
        assert!(is_safe("Größe 病院") && !is_safe("a\nb") && !is_safe("\u{1bca0}") && !is_safe("\u{1d173}"));
    }

    /// Every character that there is, in texts of a few thousand.
    #[test]
    fn json_with_escapes_is_the_same_text_again() {
        let all: Vec<char> = ('\0'..=char::MAX).collect();
        for part in all.chunks(4096) {
            let text: String = part.iter().collect();
            for json in [serde_json::to_string(&text).unwrap(), serde_json::to_string_pretty(&[&text]).unwrap()] {
                let escaped = escape_json(&json);
                assert_eq!(safe_lines(&escaped), escaped, "nothing is left to be made safe");
                let value = |json: &str| serde_json::from_str::<serde_json::Value>(json).unwrap();
                assert_eq!(value(&escaped), value(&json));
            }
        }
        assert_eq!(escape_json("\"a\u{7f}\u{85}\u{202e}\u{e0067}\""), r#""a\u007f\u0085\u202e\udb40\udc67""#);
        assert_eq!(escape_json("{\t\"a\":\r\n1}"), "{ \"a\": \n1}");
    }

    #[test]
    fn names_are_one_clean_line() {
        assert_eq!(check_name("Wards cannot log in"), Ok(()));
        assert_eq!(check_name("  "), Err(BadText::Empty));
        assert_eq!(check_name("a\u{1b}b"), Err(BadText::Mark { at: 2, mark: "␛".into() }));
        assert!(matches!(check_name(&"x".repeat(201)), Err(BadText::Long { has: 201, .. })));
        assert!(matches!(check_long(&"x".repeat(1 << 20)), Err(BadText::Long { .. })));
    }
}
