//! The file that is taken in: its values, and what was found wrong with them.

use super::{
    locate::locate_values,
    tree::{At, Json, ROOT, Tree},
};
use crate::{
    domain::text::{LONG_LIMIT, make_safe},
    playbook::{
        cacao::account::Fate,
        finding::{Code, FINDINGS_MAX, Finding, Level},
    },
};
use std::cell::RefCell;

/// Characters of a text from the file that a message shows.
const SHOWN: usize = 80;

/// What was found wrong, with the value that it is about; its place is looked for once, at the end.
struct Found {
    at: At,
    level: Level,
    code: Code,
    what: String,
    hint: String,
}

/// A file and what was found in it.
pub(crate) struct Source<'t> {
    pub(crate) tree: Tree,
    text: &'t str,
    found: RefCell<Vec<Found>>,
}

impl<'t> Source<'t> {
    /// Reads `text`, or says why it is no JSON that can be taken in.
    pub(crate) fn read(text: &'t str) -> Result<Self, Finding> {
        match Tree::parse(text) {
            Ok(tree) => Ok(Source { tree, text, found: RefCell::default() }),
            Err(error) => Err(syntax_finding(text, &error)),
        }
    }

    /// Adds a finding at the value `at`.
    pub(crate) fn find(&self, at: At, level: Level, code: Code, what: impl FnOnce() -> String, hint: &str) {
        let mut found = self.found.borrow_mut();
        let known = found.len();
        if known > FINDINGS_MAX || known == FINDINGS_MAX && level == Level::Warning {
            return;
        }
        let path = self.tree.pointer(at);
        let what = if path.is_empty() { what() } else { format!("{} (at {})", what(), shorten_safely(&path)) };
        found.push(Found { at, level, code, what, hint: hint.to_owned() });
    }

    /// Everything found, in the order of the file.
    pub(crate) fn findings(self) -> Vec<Finding> {
        let found = self.found.into_inner();
        let places = locate_values(self.text, &found.iter().map(|found| found.at).collect());
        let place = |at: At| places.get(&at).cloned().filter(|_| at != ROOT).unwrap_or(0..0);
        let mut findings: Vec<Finding> = found
            .into_iter()
            .map(|Found { at, level, code, what, hint }| Finding::at(self.text, place(at), level, code, what, hint))
            .collect();
        findings.sort_by_key(|finding| finding.start);
        if findings.len() >= FINDINGS_MAX {
            let what = "there may be more findings than are shown".to_owned();
            let end = self.text.len();
            let hint = "mend those above first".to_owned();
            findings.push(Finding::at(self.text, end..end, Level::Warning, Code::More, what, hint));
        }
        findings
    }

    /// Whether an error was found.
    pub(crate) fn broken(&self) -> bool {
        self.found.borrow().iter().any(|found| found.level == Level::Error)
    }

    /// The text under `key`, if there is one. Warns if it is something else.
    pub(crate) fn text(&self, at: At, key: &str) -> Option<(At, &str)> {
        let child = self.tree.get(at, key)?;
        let text = self.tree.text(child);
        if text.is_none() {
            self.wrong(child, "a text in double quotes belongs here");
        }
        text.map(|text| (child, text))
    }

    /// The text under `key`, said to be kept as `what`; empty where there is none.
    pub(crate) fn kept(&self, at: At, key: &str, what: &str) -> String {
        match self.text(at, key) {
            Some((child, text)) => {
                self.tree.mark(child, Fate::Kept, what);
                text.to_owned()
            }
            None => String::new(),
        }
    }

    /// The whole number from 0 under `key`, if there is one. Warns if it is something else.
    pub(crate) fn whole(&self, at: At, key: &str) -> Option<(At, u64)> {
        let child = self.tree.get(at, key)?;
        let number = if let Json::Number(number) = self.tree.json(child) { number.as_u64() } else { None };
        if number.is_none() {
            self.wrong(child, "a whole number, not below 0, belongs here");
        }
        number.map(|number| (child, number))
    }

    /// The values under `key`: those of a list, or the only one.
    pub(crate) fn several(&self, at: At, key: &str) -> Vec<At> {
        match self.tree.get(at, key) {
            Some(child) if matches!(self.tree.json(child), Json::List(_)) => self.tree.children(child).to_vec(),
            Some(child) if *self.tree.json(child) != Json::Null => vec![child],
            _ => Vec::new(),
        }
    }

    /// The members of the object under `key`, each key once. Warns if it is something else.
    pub(crate) fn members(&self, at: At, key: &str) -> Vec<At> {
        let Some(child) = self.tree.get(at, key) else { return Vec::new() };
        let Json::Object(children) = self.tree.json(child) else {
            self.wrong(child, "an object in { } belongs here");
            return Vec::new();
        };
        children.iter().copied().filter(|child| !self.tree.twice.contains(child)).collect()
    }

    /// Everything in a value as one line of text, such as `ipv4: 192.0.2.1, 192.0.2.2`; all of it is said to be kept.
    pub(crate) fn flat(&self, at: At, what: &str) -> String {
        let mut line = String::new();
        self.flatten(at, what, &mut line);
        line
    }

    /// Writes a value and all below it into the line, and marks it. Stops soon after the text is longer than a step can
    /// hold.
    fn flatten(&self, at: At, what: &str, into: &mut String) {
        if into.len() > LONG_LIMIT {
            self.tree.mark_all(at, Fate::Changed, "it is cut short where it stands: too long");
            return;
        }
        match self.tree.json(at) {
            Json::Text(text) => into.push_str(text),
            Json::Number(number) => into.push_str(&number.to_string()),
            Json::Bool(bool) => into.push_str(if *bool { "yes" } else { "no" }),
            Json::Null => into.push('-'),
            Json::List(children) => {
                for (place, child) in children.iter().enumerate() {
                    into.push_str(if place == 0 { "" } else { ", " });
                    self.flatten(*child, what, into);
                }
            }
            Json::Object(children) => {
                for (place, child) in children.iter().enumerate() {
                    into.push_str(if place == 0 { "" } else { "; " });
                    into.push_str(self.tree.key(*child));
                    into.push_str(": ");
                    self.flatten(*child, what, into);
                }
            }
        }
        self.tree.mark(at, Fate::Kept, what);
    }

    /// Warns of a value of the wrong type.
    fn wrong(&self, at: At, what: &str) {
        let hint = "see the CACAO 2.0 specification; until it is mended, this is left out";
        self.find(at, Level::Warning, Code::WrongType, || what.to_owned(), hint);
    }
}

/// A text from the file as a message shows it: safe, and cut where it is long.
pub(crate) fn shorten_safely(text: &str) -> String {
    let start = text.char_indices().nth(SHOWN).and_then(|(end, _)| text.get(..end));
    match start {
        Some(start) => format!("{}…", make_safe(start)),
        None => make_safe(text).into_owned(),
    }
}

/// What the JSON parser says, as a finding at its place.
fn syntax_finding(text: &str, error: &serde_json::Error) -> Finding {
    let before: usize = text.split_inclusive('\n').take(error.line().saturating_sub(1)).map(str::len).sum();
    let at = before + error.column().saturating_sub(1);
    let said = error.to_string();
    let said = said.split(" at line ").next().unwrap_or("").to_owned();
    let (code, what, hint) = if said.contains(super::tree::TOO_MANY) {
        (Code::TooLarge, "the file has too many values".to_owned(), "is this the right file?")
    } else if said.contains("recursion limit") {
        (Code::Syntax, "too many brackets are nested".to_owned(), "a CACAO playbook needs about ten levels")
    } else {
        (Code::Syntax, shorten_safely(&said), "CACAO is JSON: is a comma, a quote or a bracket missing just before?")
    };
    Finding::at(text, at..at, Level::Error, code, what, hint.to_owned())
}
