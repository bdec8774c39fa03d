//! Command lines as one text, and back; and base64, in which CACAO may wrap them.
//!
//! Nothing here runs a command: they are texts to be read.

use base64::{
    Engine,
    alphabet::STANDARD,
    engine::{GeneralPurpose, general_purpose::NO_PAD},
};

/// Reads base64 whose padding was taken off; what is left over in the last character is passed over.
const LENIENT: GeneralPurpose = GeneralPurpose::new(&STANDARD, NO_PAD.with_decode_allow_trailing_bits(true));

/// `argv` as a POSIX shell reads it.
pub(super) fn quote_posix(argv: &[String]) -> String {
    argv.iter().map(|word| quote_word(word, |word| word.replace('\'', "'\\''"))).collect::<Vec<_>>().join(" ")
}

/// `argv` as PowerShell reads it.
pub(super) fn quote_powershell(argv: &[String]) -> String {
    let words = argv.iter().map(|word| quote_word(word, |word| word.replace('\'', "''")));
    let line = words.collect::<Vec<_>>().join(" ");
    // PowerShell takes a quoted word at the beginning of a line for a text, not for a program.
    if line.starts_with('\'') { format!("& {line}") } else { line }
}

/// A word as it stands, or in single quotes if a shell could take it for more than a word; `escape` says how a quote is
/// written inside.
fn quote_word(word: &str, escape: impl Fn(&str) -> String) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || "-_./:=+%,\\".contains(c);
    let fits = !word.is_empty() && word.chars().all(plain) && !word.contains('\\') && !word.contains(',');
    if fits { word.to_owned() } else { format!("'{}'", escape(word)) }
}

/// The words of a line that a POSIX shell would take as they stand; `None` where it would do more than that.
pub(super) fn split_posix(line: &str) -> Option<Vec<String>> {
    split_words(line, "'\\''")
}

/// The words of a line that PowerShell would take as they stand; `None` where it would do more than that.
pub(super) fn split_powershell(line: &str) -> Option<Vec<String>> {
    let called = line.strip_prefix("& ").filter(|rest| rest.starts_with('\''));
    split_words(called.unwrap_or(line), "''")
}

/// The words of a line made of plain words and single-quoted texts, in which `escaped` stands for a quote. Anything
/// else (variables, pipes, double quotes) gives `None`: what a shell would do with it is not ours to guess.
fn split_words(line: &str, escaped: &str) -> Option<Vec<String>> {
    let mut found = Vec::new();
    let mut rest = line;
    while !rest.is_empty() {
        let word;
        if let Some(inside) = rest.strip_prefix('\'') {
            (word, rest) = read_quoted_word(inside, escaped)?;
        } else {
            let end = rest.find(' ').unwrap_or(rest.len());
            let (plain, after) = rest.split_at(end);
            if plain.is_empty() || plain.contains(|c: char| !c.is_ascii_alphanumeric() && !"-_./:=+%".contains(c)) {
                return None;
            }
            (word, rest) = (plain.to_owned(), after);
        }
        found.push(word);
        rest = match rest.strip_prefix(' ') {
            Some(more) if !more.is_empty() => more,
            None if rest.is_empty() => rest,
            _ => return None,
        };
    }
    Some(found)
}

/// A word up to its closing quote, and what follows that.
fn read_quoted_word<'a>(inside: &'a str, escaped: &str) -> Option<(String, &'a str)> {
    let mut word = String::new();
    let mut rest = inside;
    loop {
        let (before, _) = rest.split_once('\'')?;
        word.push_str(before);
        rest = rest.get(before.len()..)?;
        match rest.strip_prefix(escaped) {
            Some(after) => {
                word.push('\'');
                rest = after;
            }
            None => return Some((word, rest.get(1..)?)),
        }
    }
}

/// The text that `text` wraps in base64 (RFC 4648), where it is one: in either alphabet, with or without padding and
/// line ends, for CACAO files are written by hand and by many programs.
pub(super) fn decode_base64(text: &str) -> Option<String> {
    let one_alphabet = |c: char| match c {
        '-' => '+',
        '_' => '/',
        c => c,
    };
    let unpadded = text.trim_end().trim_end_matches('=').chars().filter(|c| !"\r\n".contains(*c));
    let plain: String = unpadded.map(one_alphabet).collect();
    String::from_utf8(LENIENT.decode(plain).ok()?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_read_back_word_for_word() {
        for argv in [&["ip", "addr"][..], &["a b", "", "it's", "\n", "$HOME", "x;y", "C:\\x", "'", "''"], &[]] {
            let argv: Vec<String> = argv.iter().map(|&word| word.to_owned()).collect();
            assert_eq!(split_posix(&quote_posix(&argv)).as_ref(), Some(&argv));
            assert_eq!(split_powershell(&quote_powershell(&argv)).as_ref(), Some(&argv));
        }
        for line in ["a; b", "a  b", "a |b", "'a", "a ", "a\"b\"", "'a'b", "& x"] {
            assert_eq!(split_posix(line), None, "{line}");
        }
    }

    #[test]
    fn base64_is_read_or_refused() {
        assert_eq!(decode_base64("aGVsbG8=").as_deref(), Some("hello"));
        assert_eq!(decode_base64("aGVs\nbG8").as_deref(), Some("hello"));
        assert_eq!(decode_base64("").as_deref(), Some(""));
        assert_eq!((decode_base64("a"), decode_base64("a b="), decode_base64("gICA")), (None, None, None));
        assert_eq!(decode_base64("aGVsbG8\r\n==\n ").as_deref(), Some("hello"), "padding on a line of its own");
        assert_eq!(decode_base64("aGVsbG9").as_deref(), Some("hello"), "bits left over");
        assert_eq!(decode_base64("8J-Yhg").as_deref(), Some("😆"));
        assert_eq!(decode_base64("8J+Yhg=="), decode_base64("8J-Yhg"), "the alphabet for addresses");
        assert_eq!((decode_base64("aGVs=bG8"), decode_base64("aGVsbG8=\n=")), (None, None), "padding in the middle");
    }
}
