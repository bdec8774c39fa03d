//! Where in a JSON text values stand. The text must have been parsed: here it is only passed over once, and only if there
//! are findings to place.

use super::tree::At;
use std::collections::{BTreeSet, HashMap};
use std::ops::Range;

/// The bytes of the values of those numbers, which count values in the order of the text: of a value's key where it
/// has one, of the value itself otherwise, and of the bracket that opens it where it holds others.
pub(super) fn locate_values(text: &str, wanted: &BTreeSet<At>) -> HashMap<At, Range<usize>> {
    let bytes = text.as_bytes();
    let mut found = HashMap::new();
    let mut inside: Vec<bool> = Vec::new(); // whether each open bracket is an object's
    let mut key: Option<Range<usize>> = None;
    let (mut at, mut number) = (0, 0);
    while let Some(&c) = bytes.get(at) {
        let start = at;
        at = match c {
            b'"' => end_of_string(bytes, at),
            b'{' | b'[' | b'}' | b']' | b',' | b':' => at + 1,
            c if c.is_ascii_whitespace() => at + 1,
            _ => end_of_word(bytes, at),
        };
        match c {
            b'}' | b']' => {
                inside.pop();
                key = None;
            }
            b',' | b':' => {}
            c if c.is_ascii_whitespace() => {}
            b'"' if inside.last() == Some(&true) && key.is_none() => key = Some(start..at),
            _ => {
                if wanted.contains(&number) {
                    found.insert(number, key.clone().unwrap_or(start..at));
                }
                number += 1;
                key = None;
                if c == b'{' || c == b'[' {
                    inside.push(c == b'{');
                }
            }
        }
    }
    found
}

/// The end of the text that begins at `at`.
fn end_of_string(bytes: &[u8], at: usize) -> usize {
    let mut at = at + 1;
    while let Some(c) = bytes.get(at) {
        at += if *c == b'\\' { 2 } else { 1 };
        if *c == b'"' {
            break;
        }
    }
    at.min(bytes.len())
}

/// The end of the number or word that begins at `at`.
fn end_of_word(bytes: &[u8], at: usize) -> usize {
    let ends = |c: &u8| c.is_ascii_whitespace() || b",:{}[]\"".contains(c);
    bytes.get(at..).and_then(|rest| rest.iter().position(ends)).map_or(bytes.len(), |length| at + length.max(1))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::playbook::cacao::json::tree::{ROOT, Tree};

    #[test]
    fn values_are_found_by_their_numbers() {
        let text = r#" {"a": [1, {"b\"]": "x,}"}], "c" : -2.5e3 , "d":{}, "e": [[], "t"] }"#;
        let tree = Tree::parse(text).unwrap();
        let list = tree.get(ROOT, "a").unwrap();
        let inner = tree.children(list)[1];
        let last = tree.get(ROOT, "e").unwrap();
        let wanted = [
            ROOT,
            list,
            tree.children(list)[0],
            inner,
            tree.children(inner)[0],
            tree.get(ROOT, "c").unwrap(),
            tree.get(ROOT, "d").unwrap(),
            tree.children(last)[0],
            tree.children(last)[1],
        ];
        let found = locate_values(text, &wanted.into_iter().collect());
        let texts: Vec<&str> = wanted.iter().map(|at| &text[found[at].clone()]).collect();
        assert_eq!(texts, ["{", "\"a\"", "1", "{", "\"b\\\"]\"", "\"c\"", "\"d\"", "[", "\"t\""]);
        assert!(locate_values("[\"", &BTreeSet::from([9])).is_empty());
    }
}
