//! Command lines as one text, and back; and base64, in which CACAO may wrap them.

/// `argv` as a POSIX shell reads it.
pub(super) fn posix(argv: &[String]) -> String {
    argv.iter().map(|word| quoted(word, |word| word.replace('\'', "'\\''"))).collect::<Vec<_>>().join(" ")
}

/// `argv` as PowerShell reads it.
pub(super) fn powershell(argv: &[String]) -> String {
    let words = argv.iter().map(|word| quoted(word, |word| word.replace('\'', "''")));
    let line = words.collect::<Vec<_>>().join(" ");
    if line.starts_with('\'') { format!("& {line}") } else { line }
}

fn quoted(word: &str, escape: impl Fn(&str) -> String) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || "-_./:=+%,\\".contains(c);
    let fits = !word.is_empty() && word.chars().all(plain) && !word.contains('\\') && !word.contains(',');
    if fits { word.to_owned() } else { format!("'{}'", escape(word)) }
}

/// The words of a line that a POSIX shell would take as they stand; `None` where it would do more than that.
pub(super) fn posix_words(line: &str) -> Option<Vec<String>> {
    words(line, "'\\''")
}

/// The words of a line that PowerShell would take as they stand; `None` where it would do more than that.
pub(super) fn powershell_words(line: &str) -> Option<Vec<String>> {
    let called = line.strip_prefix("& ").filter(|rest| rest.starts_with('\''));
    words(called.unwrap_or(line), "''")
}

fn words(line: &str, escaped: &str) -> Option<Vec<String>> {
    let mut found = Vec::new();
    let mut rest = line;
    while !rest.is_empty() {
        let word;
        if let Some(inside) = rest.strip_prefix('\'') {
            (word, rest) = quoted_word(inside, escaped)?;
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

fn quoted_word<'a>(inside: &'a str, escaped: &str) -> Option<(String, &'a str)> {
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

/// What base64 (RFC 4648, with or without padding and line ends) stands for, where it is text.
pub(super) fn base64(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len() / 4 * 3);
    let (mut held, mut bits) = (0_u32, 0_u32);
    for c in text.trim_end().trim_end_matches('=').bytes().filter(|c| !b"\r\n".contains(c)) {
        let value = match c {
            b'A'..=b'Z' => c - b'A',
            b'a'..=b'z' => c - b'a' + 26,
            b'0'..=b'9' => c - b'0' + 52,
            b'+' | b'-' => 62,
            b'/' | b'_' => 63,
            _ => return None,
        };
        held = (held << 6 | u32::from(value)) & 0xffff;
        bits += 6;
        if bits >= 8 {
            bits -= 8;
            bytes.push(u8::try_from(held >> bits & 0xff).ok()?);
        }
    }
    if bits >= 6 {
        return None;
    }
    String::from_utf8(bytes).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_read_back_word_for_word() {
        for argv in [&["ip", "addr"][..], &["a b", "", "it's", "\n", "$HOME", "x;y", "C:\\x", "'", "''"], &[]] {
            let argv: Vec<String> = argv.iter().map(|&word| word.to_owned()).collect();
            assert_eq!(posix_words(&posix(&argv)).as_ref(), Some(&argv));
            assert_eq!(powershell_words(&powershell(&argv)).as_ref(), Some(&argv));
        }
        for line in ["a; b", "a  b", "a |b", "'a", "a ", "a\"b\"", "'a'b", "& x"] {
            assert_eq!(posix_words(line), None, "{line}");
        }
    }

    #[test]
    fn base64_is_read_or_refused() {
        assert_eq!(base64("aGVsbG8=").as_deref(), Some("hello"));
        assert_eq!(base64("aGVs\nbG8").as_deref(), Some("hello"));
        assert_eq!(base64("").as_deref(), Some(""));
        assert_eq!((base64("a"), base64("a b="), base64("gICA")), (None, None, None));
    }
}
