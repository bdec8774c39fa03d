//! Where in a JSON text a value stands. The text must have been parsed: here it is only skipped through.

use std::ops::Range;

/// The bytes of the value, or of its key where it has one, that `places` among siblings lead to; the place where the
/// way ends where it leads nowhere.
pub(super) fn locate(text: &str, places: &[usize]) -> Range<usize> {
    let mut scan = Scan { bytes: text.as_bytes(), at: 0 };
    scan.space();
    let mut span = scan.at..scan.at;
    for place in places {
        let object = scan.here() == Some(b'{');
        scan.at += 1;
        for _ in 0..*place {
            scan.space();
            scan.pair(object);
            scan.space();
            scan.at += 1; // the comma
        }
        scan.space();
        let start = scan.at;
        if object {
            scan.string();
            span = start..scan.at;
            scan.space();
            scan.at += 1; // the colon
            scan.space();
        } else {
            let mut end = Scan { bytes: scan.bytes, at: start };
            end.value();
            span = start..end.at;
        }
    }
    let end = text.len();
    span.start.min(end)..span.end.min(end)
}

struct Scan<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl Scan<'_> {
    fn here(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    fn space(&mut self) {
        while self.here().is_some_and(|c| c.is_ascii_whitespace()) {
            self.at += 1;
        }
    }

    fn string(&mut self) {
        self.at += 1;
        while let Some(c) = self.here() {
            self.at += if c == b'\\' { 2 } else { 1 };
            if c == b'"' {
                return;
            }
        }
    }

    fn pair(&mut self, object: bool) {
        if object {
            self.string();
            self.space();
            self.at += 1;
            self.space();
        }
        self.value();
    }

    fn value(&mut self) {
        let mut depth = 0_usize;
        while let Some(c) = self.here() {
            match c {
                b'"' => {
                    self.string();
                }
                b'{' | b'[' => {
                    depth += 1;
                    self.at += 1;
                }
                b'}' | b']' | b',' if depth == 0 => return,
                b'}' | b']' => {
                    depth -= 1;
                    self.at += 1;
                }
                _ => self.at += 1,
            }
            if depth == 0 && matches!(c, b'"' | b'}' | b']') {
                return;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_found_by_their_places() {
        let text = r#" {"a": [1, {"b\"]": "x,}"}], "c" : -2.5e3 , "d":{} }"#;
        let at = |places: &[usize]| &text[locate(text, places)];
        assert_eq!(at(&[0]), r#""a""#);
        assert_eq!(at(&[0, 0]), "1");
        assert_eq!(at(&[0, 1]), r#"{"b\"]": "x,}"}"#);
        assert_eq!(at(&[0, 1, 0]), r#""b\"]""#);
        assert_eq!(at(&[1]), r#""c""#);
        assert_eq!(at(&[2]), r#""d""#);
        assert_eq!(at(&[]), "");
        assert!(locate("[", &[4, 4]).end <= 1 && locate("", &[1]).end == 0);
    }
}
