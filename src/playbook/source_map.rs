//! Where things are in a RON text: a tolerant scan that gives the bytes of `phases[1].steps[3].needs[0]`.
//!
//! Parsed values forget their place, so findings about meaning look it up here. The scan takes any text: it judges
//! nothing, and steps over what it cannot make sense of. `ron` has no values that keep their place but by a raw value
//! for each field, which would make every type of the format twice.

use std::ops::Range;

/// Nested deeper than this, brackets are stepped over as one value: the scan recurses, and a text may be hostile.
const DEPTH: usize = 64;

/// The places of the values in one text.
pub(super) struct SourceMap<'a> {
    text: &'a str,
    nodes: Vec<Node>,
}

/// A value: its bytes, and what it holds where it is a list, a struct or a variant.
#[derive(Default)]
struct Node {
    span: Range<usize>,
    items: Vec<Item>,
}

/// One value in a list or struct, with its field name in a struct.
struct Item {
    key: Option<Range<usize>>,
    node: usize,
}

impl<'a> SourceMap<'a> {
    /// Scans `text`; the root is the first node made.
    pub(super) fn scan(text: &'a str) -> Self {
        let mut scan = Scan { text, bytes: text.as_bytes(), at: 0, nodes: Vec::new() };
        scan.skip_header();
        scan.scan_value(0);
        SourceMap { text, nodes: scan.nodes }
    }

    /// The bytes of the value at `path`, such as `phases[0].steps[2].when[1]`. Where the path ends early, the
    /// `id` of the last value reached, or its first bracket, stands for it.
    pub(super) fn span(&self, path: &str) -> Range<usize> {
        let mut node = 0;
        for part in path.split(['.', '[', ']']).filter(|part| !part.is_empty()) {
            match self.child(node, part) {
                Some(next) => node = next,
                None => return self.stand_in(node),
            }
        }
        self.nodes.get(node).map_or(0..0, |node| node.span.clone())
    }

    /// The start of the innermost struct or list that holds the byte `at`.
    pub(super) fn holder(&self, at: usize) -> Option<Range<usize>> {
        let mut held = None;
        let mut node = self.nodes.first()?;
        while !node.items.is_empty() && node.span.contains(&at) {
            held = Some(node.span.clone());
            match node.items.iter().filter_map(|item| self.nodes.get(item.node)).find(|n| n.span.contains(&at)) {
                Some(inner) => node = inner,
                None => break,
            }
        }
        held
    }

    /// Where the last value before the byte `at` ends; comments and blanks after it do not count.
    pub(super) fn end_before(&self, at: usize) -> usize {
        self.nodes.iter().map(|node| node.span.end).filter(|end| *end <= at).max().unwrap_or(at.min(self.text.len()))
    }

    /// The value that ends just before the byte `at`.
    pub(super) fn ending(&self, at: usize) -> Option<Range<usize>> {
        self.nodes.iter().map(|node| &node.span).find(|span| span.end == at && span.start < at).cloned()
    }

    /// Finds the field called `part`, or the value at that place (from 0), of a node.
    fn child(&self, node: usize, part: &str) -> Option<usize> {
        let items = &self.nodes.get(node)?.items;
        match part.parse::<usize>() {
            Ok(at) => items.get(at).map(|item| item.node),
            Err(_) => items
                .iter()
                .find(|item| item.key.clone().and_then(|key| self.text.get(key)) == Some(part))
                .map(|item| item.node),
        }
    }

    /// What a finding marks where the path leads no further: the `id` of the node, else its first character.
    fn stand_in(&self, node: usize) -> Range<usize> {
        let id = self.child(node, "id").and_then(|id| self.nodes.get(id));
        let start = self.nodes.get(node).map_or(0, |node| node.span.start);
        id.map_or(start..(start + 1).min(self.text.len()), |id| id.span.clone())
    }
}

/// A scan of one text, from left to right.
struct Scan<'a> {
    text: &'a str,
    bytes: &'a [u8],
    at: usize,
    nodes: Vec<Node>,
}

impl Scan<'_> {
    /// The next byte, if there is one.
    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    /// Whether the text goes on with these bytes.
    fn starts(&self, with: &str) -> bool {
        self.bytes.get(self.at..).is_some_and(|rest| rest.starts_with(with.as_bytes()))
    }

    /// Moves past the next `end`, or to the end of the text.
    fn skip_past(&mut self, end: &str) {
        let rest = self.text.get(self.at..).unwrap_or("");
        self.at = rest.find(end).map_or(self.text.len(), |found| self.at + found + end.len());
    }

    /// Steps over RON's `#![enable(…)]` lines, which are no value.
    fn skip_header(&mut self) {
        self.skip_blank();
        while self.starts("#![") {
            self.skip_past("]");
            self.skip_blank();
        }
    }

    /// Steps over spaces and comments.
    fn skip_blank(&mut self) {
        loop {
            match self.peek() {
                Some(b) if b.is_ascii_whitespace() => self.at += 1,
                Some(b'/') if self.starts("//") => self.skip_past("\n"),
                Some(b'/') if self.starts("/*") => self.skip_block_comment(),
                _ => return,
            }
        }
    }

    /// RON's block comments nest.
    fn skip_block_comment(&mut self) {
        let mut open = 0_usize;
        while self.at < self.bytes.len() {
            if self.starts("/*") {
                open += 1;
                self.at += 2;
            } else if self.starts("*/") {
                open -= 1;
                self.at += 2;
                if open == 0 {
                    return;
                }
            } else {
                self.at += 1;
            }
        }
    }

    /// Scans one value and returns its node.
    fn scan_value(&mut self, depth: usize) -> usize {
        self.skip_blank();
        let start = self.at;
        let index = self.nodes.len();
        // Its number is taken before its contents are scanned, so that the root is node 0.
        self.nodes.push(Node { span: start..start, items: Vec::new() });
        let mut items = Vec::new();
        if !self.skip_string() {
            self.skip_word();
            let end = self.at;
            self.skip_blank();
            match self.peek() {
                // Only round brackets belong to the word before them: `Chose("a", "b")`.
                Some(b'(' | b'[' | b'{') if end == start || self.peek() == Some(b'(') => {
                    items = self.scan_container(depth)
                }
                _ => self.at = end,
            }
        }
        if let Some(node) = self.nodes.get_mut(index) {
            *node = Node { span: start..self.at.min(self.text.len()), items };
        }
        index
    }

    /// Steps over a string of any sort, or says that there is none here.
    fn skip_string(&mut self) -> bool {
        let rest = self.bytes.get(self.at..).unwrap_or(&[]);
        let letters = rest.iter().take(2).take_while(|b| matches!(b, b'b' | b'r')).count();
        let hashes = rest.iter().skip(letters).take_while(|b| **b == b'#').count();
        let raw = rest.iter().take(letters).any(|b| *b == b'r');
        match rest.get(letters + hashes) {
            Some(b'"') if raw => {
                self.at += letters + hashes + 1;
                self.skip_past(&format!("\"{}", "#".repeat(hashes)));
                true
            }
            Some(b'"') if hashes == 0 => {
                self.at += letters + 1;
                self.skip_quoted();
                true
            }
            _ => false,
        }
    }

    /// Moves past the closing quote of a string with escapes.
    fn skip_quoted(&mut self) {
        while let Some(b) = self.peek() {
            self.at += if b == b'\\' { 2 } else { 1 };
            if b == b'"' {
                break;
            }
        }
        self.at = self.at.min(self.bytes.len());
    }

    /// Steps over a name, a number or a character.
    fn skip_word(&mut self) {
        while let Some(b) = self.peek() {
            if b.is_ascii_whitespace() || b",:()[]{}\"/".contains(&b) {
                break;
            }
            self.at += 1;
        }
        if self.peek() == Some(b'/') && !self.starts("//") && !self.starts("/*") {
            self.at += 1; // a stray slash, so that the scan moves on
        }
    }

    /// Scans what stands in brackets, from the opening one to past the closing one. A closing bracket of another kind
    /// ends it too: the parser has its own words for that.
    fn scan_container(&mut self, depth: usize) -> Vec<Item> {
        self.at += 1;
        let mut items = Vec::new();
        if depth >= DEPTH {
            self.skip_nested();
            return items;
        }
        loop {
            self.skip_blank();
            match self.peek() {
                None => return items,
                Some(b')' | b']' | b'}') => {
                    self.at += 1;
                    return items;
                }
                // A stray comma or colon is for the parser to find fault with.
                Some(b',' | b':') => self.at += 1,
                Some(_) => {
                    let first = self.scan_value(depth + 1);
                    self.skip_blank();
                    if self.peek() == Some(b':') {
                        self.at += 1;
                        let key = self.nodes.get(first).map(|node| node.span.clone());
                        items.push(Item { key, node: self.scan_value(depth + 1) });
                    } else {
                        items.push(Item { key: None, node: first });
                    }
                }
            }
        }
    }

    /// Steps over everything up to the bracket that closes the one just opened.
    fn skip_nested(&mut self) {
        let mut open = 1_usize;
        while open > 0 && self.at < self.bytes.len() {
            self.skip_blank();
            if self.skip_string() {
                continue;
            }
            match self.peek() {
                Some(b'(' | b'[' | b'{') => open += 1,
                Some(b')' | b']' | b'}') => open -= 1,
                _ => {}
            }
            self.at = (self.at + 1).min(self.bytes.len());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_value_has_its_place() {
        let text = "#![enable(implicit_some)]\n// top, (not [this]\nPlaybook(id: \"a\\\"b\", /* x /* y */ ( */ phases: [(id: r#\"q\"w\"#, n: [1, \"ü)\"]),\n  (kind: Decision(to: 'x', at: Some(5)))])";
        let places = SourceMap::scan(text);
        let at = |path: &str| &text[places.span(path)];
        assert_eq!(at("id"), "\"a\\\"b\"");
        assert_eq!(at("phases[0].id"), "r#\"q\"w\"#");
        assert_eq!(at("phases[0].n[1]"), "\"ü)\"");
        assert_eq!(at("phases[1].kind.to"), "'x'");
        assert_eq!(at("phases[1].kind.at[0]"), "5");
        assert_eq!(at("phases[0].owner"), "r#\"q\"w\"#", "what is missing is shown by its holder's id");
        assert_eq!(at("phases[1].owner"), "(");
        let holder = places.holder(text.find("'x'").unwrap()).unwrap();
        assert!(text[holder].starts_with("Decision("));
    }

    #[test]
    fn broken_and_deep_texts_end() {
        for text in [
            "",
            "(",
            ")",
            "\"",
            "(a: ",
            "r#\"",
            "[/",
            "/*",
            "(:::",
            "b",
            "{,,,",
            "(\"\\",
            "é(ü: ñ",
            "(a: \"x\\é",
            "[/]",
        ] {
            assert!(SourceMap::scan(text).span("a[0].b").end <= text.len(), "{text}");
        }
        let deep = "[(".repeat(200_000);
        assert!(SourceMap::scan(&deep).span("[0][0][0]").end <= deep.len());
    }
}
