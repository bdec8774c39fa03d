//! A finding: what is wrong in a file, where, and how to fix it.

use super::source_map::SourceMap;
use serde::Serialize;
use std::ops::Range;

/// Findings that one file may bring; past this, one last finding says how many more there are.
pub const FINDINGS_MAX: usize = 100;

/// Whether a file can be used in spite of a finding.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// The file cannot be used.
    Error,
    /// The file can be used, but its author should look.
    Warning,
}

/// What sort of fault a finding is about; in JSON its name with hyphens, such as `unknown-step`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
#[expect(missing_docs, reason = "each name says it, and the message beside it says it in full")]
pub enum Code {
    TooLarge,
    Syntax,
    WrongType,
    UnknownField,
    MissingField,
    DuplicateField,
    UnknownVariant,
    BadId,
    DuplicateId,
    EmptyText,
    BadText,
    NoPhases,
    EmptyPhase,
    NoOwner,
    UnknownOwner,
    BadDue,
    DueBeforeNeed,
    UnknownStep,
    NotADecision,
    UnknownOption,
    NeedsItself,
    Cycle,
    NeverApplies,
    FewOptions,
    IdleOption,
    NothingExpected,
    UnknownDuty,
    UnlistedDuty,
    UnknownPhase,
    UnknownQuestion,
    MisplacedQuestion,
    WrongForm,
    BadThreshold,
    OncePerItem,
    NoItem,
    OpenBrace,
    AskedLater,
    NoGate,
    UnaskedGate,
    IdleApproval,
    IdleStart,
    IdleShared,
    EmptyCommand,
    WholeCommand,
    DuplicateSystem,
    BadEvery,
    More,
}

impl Code {
    /// All of them.
    pub const ALL: &[Self] = &[
        Self::TooLarge,
        Self::Syntax,
        Self::WrongType,
        Self::UnknownField,
        Self::MissingField,
        Self::DuplicateField,
        Self::UnknownVariant,
        Self::BadId,
        Self::DuplicateId,
        Self::EmptyText,
        Self::BadText,
        Self::NoPhases,
        Self::EmptyPhase,
        Self::NoOwner,
        Self::UnknownOwner,
        Self::BadDue,
        Self::DueBeforeNeed,
        Self::UnknownStep,
        Self::NotADecision,
        Self::UnknownOption,
        Self::NeedsItself,
        Self::Cycle,
        Self::NeverApplies,
        Self::FewOptions,
        Self::IdleOption,
        Self::NothingExpected,
        Self::UnknownDuty,
        Self::UnlistedDuty,
        Self::UnknownPhase,
        Self::UnknownQuestion,
        Self::MisplacedQuestion,
        Self::WrongForm,
        Self::BadThreshold,
        Self::OncePerItem,
        Self::NoItem,
        Self::OpenBrace,
        Self::AskedLater,
        Self::NoGate,
        Self::UnaskedGate,
        Self::IdleApproval,
        Self::IdleStart,
        Self::IdleShared,
        Self::EmptyCommand,
        Self::WholeCommand,
        Self::DuplicateSystem,
        Self::BadEvery,
        Self::More,
    ];

    /// The name as JSON and the drawn report show it, such as `unknown-step`.
    pub fn name(self) -> String {
        let mut name = String::new();
        for c in format!("{self:?}").chars() {
            if c.is_uppercase() && !name.is_empty() {
                name.push('-');
            }
            name.extend(c.to_lowercase());
        }
        name
    }
}

/// One thing that is wrong, with its place. All texts are safe to print.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// Whether it prevents use.
    pub level: Level,
    /// What sort of fault it is.
    pub code: Code,
    /// What is wrong, in a sentence without a full stop.
    pub what: String,
    /// How to fix it; may be empty.
    pub hint: String,
    /// The line of its first character, from 1.
    pub line: usize,
    /// The column of its first character, in characters from 1.
    pub column: usize,
    /// Where it starts in the text, bytes.
    pub start: usize,
    /// How long the faulty part is, bytes; 0 for a place between characters.
    pub length: usize,
}

impl Finding {
    /// A finding about the bytes `span` of `text`; a span that does not fit is moved inside.
    pub(super) fn at(text: &str, span: Range<usize>, level: Level, code: Code, what: String, hint: String) -> Self {
        let start = boundary_before(text, span.start);
        let end = boundary_before(text, span.end).max(start);
        let before = text.get(..start).unwrap_or("");
        let line = before.matches('\n').count() + 1;
        let column = before.rsplit('\n').next().unwrap_or("").chars().count() + 1;
        Finding { level, code, what, hint, line, column, start, length: end - start }
    }
}

/// The nearest character boundary of `text` at or before the byte `at`.
pub(super) fn boundary_before(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// Where the checks put what they find.
pub(super) struct Sink<'a> {
    text: &'a str,
    places: &'a SourceMap<'a>,
    found: Vec<Finding>,
    more: usize,
}

impl<'a> Sink<'a> {
    /// Begins with nothing found in `text`, whose values stand where `places` says.
    pub(super) fn new(text: &'a str, places: &'a SourceMap<'a>) -> Self {
        Sink { text, places, found: Vec::new(), more: 0 }
    }

    /// Adds an error at `path`. The message and hint are made only while there is room for them.
    pub(super) fn error(&mut self, path: &str, code: Code, say: impl FnOnce() -> (String, String)) {
        self.add(Level::Error, path, code, say);
    }

    /// Adds a warning at `path`.
    pub(super) fn warn(&mut self, path: &str, code: Code, say: impl FnOnce() -> (String, String)) {
        self.add(Level::Warning, path, code, say);
    }

    /// Adds a finding about `word` in the text at `path`, or about all of it where escapes hide the word.
    pub(super) fn word(
        &mut self,
        path: &str,
        word: &str,
        level: Level,
        code: Code,
        say: impl FnOnce() -> (String, String),
    ) {
        if self.room(level) {
            let span = self.places.span(path);
            let at = self.text.get(span.clone()).and_then(|text| text.find(word));
            let span = at.map_or(span.clone(), |at| span.start + at..span.start + at + word.len());
            self.put(span, level, code, say);
        }
    }

    /// Adds a finding about the value at `path`, while there is room.
    fn add(&mut self, level: Level, path: &str, code: Code, say: impl FnOnce() -> (String, String)) {
        if self.room(level) {
            self.put(self.places.span(path), level, code, say);
        }
    }

    /// Whether there is room for one more. An error past the limit must still count as one, so only warnings give
    /// way to it.
    fn room(&mut self, level: Level) -> bool {
        if self.found.len() >= FINDINGS_MAX {
            self.more += 1;
            if level == Level::Warning || self.found.iter().any(|f| f.level == Level::Error) {
                return false;
            }
            // What gives way is the last warning found: the file counts as unusable all the same.
            self.found.pop();
        }
        true
    }

    /// Makes the finding and keeps it. Called only once [`Sink::room`] has agreed.
    fn put(&mut self, span: Range<usize>, level: Level, code: Code, say: impl FnOnce() -> (String, String)) {
        let (what, hint) = say();
        self.found.push(Finding::at(self.text, span, level, code, what, hint));
    }

    /// Everything found, in the order of the file.
    pub(super) fn finish(mut self) -> Vec<Finding> {
        self.found.sort_by_key(|finding| finding.start);
        if self.more > 0 {
            let what = format!("{} more findings are not shown", self.more);
            let end = self.text.len();
            let hint = "mend those above first".to_owned();
            self.found.push(Finding::at(self.text, end..end, Level::Warning, Code::More, what, hint));
        }
        self.found
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_agree_with_json_and_places_are_counted_in_characters() {
        for code in [Code::NotADecision, Code::Syntax, Code::DueBeforeNeed] {
            assert_eq!(serde_json::to_string(&code).unwrap(), format!("\"{}\"", code.name()));
        }
        let finding = Finding::at("a\nüü x", 7..99, Level::Error, Code::Syntax, String::new(), String::new());
        assert_eq!((finding.line, finding.column, finding.length), (2, 4, 1));
    }
}
