//! What the RON parser says, in the words of someone who writes a playbook, with a hint.

use super::ron_hints::{
    UNCLOSED, field_example, holder_name, missing_choice, simple_fault, struct_hint, value_hint, variant_hint,
};
use crate::{
    domain::{text::make_safe, wording::prose::lower_first},
    playbook::{
        did_you_mean::{quote_word, suggest_word},
        finding::{Code, Finding, Level},
        source_map::SourceMap,
    },
};
use ron::error::{Error, Position, SpannedError};
use std::ops::Range;

/// The finding for a parser's error in `text`.
pub(super) fn explain_parse_error(text: &str, error: &SpannedError) -> Finding {
    let start = byte_offset(text, &error.span.start);
    let start = text.len() - text.get(start..).unwrap_or("").trim_start().len(); // it stops before the blank
    let end = byte_offset(text, &error.span.end).max(start);
    let spot = Spot { text, start };
    let (span, code, what, hint) = spot.explain(&error.code, start..end);
    Finding::at(text, span, Level::Error, code, what, hint)
}

/// The byte at the parser's line and column, both counted from 1 and in characters.
pub(crate) fn byte_offset(text: &str, at: &Position) -> usize {
    let start: usize = text.split_inclusive('\n').take(at.line.saturating_sub(1)).map(str::len).sum();
    let line = text.get(start..).unwrap_or("");
    start + line.char_indices().nth(at.col.saturating_sub(1)).map_or(line.len(), |(byte, _)| byte)
}

/// The place where the parser stopped.
struct Spot<'a> {
    text: &'a str,
    start: usize,
}

/// The faulty bytes, and for the finding its code, what is wrong, and a hint.
type Explanation = (Range<usize>, Code, String, String);

impl Spot<'_> {
    /// Says what is wrong with a name; all else is for [`Spot::explain_form`].
    #[expect(clippy::wildcard_enum_match_arm, reason = "the errors are ron's, which may add to them")]
    fn explain(&self, error: &Error, span: Range<usize>) -> Explanation {
        match error {
            Error::NoSuchStructField { expected, found, outer } => {
                let owner = holder_name(outer.as_deref());
                let hint = suggest_word(found, expected.iter().copied(), "see `carecert playbook guide`");
                (span, Code::UnknownField, format!("{owner} has no field {}", quote_word(found)), hint)
            }
            Error::NoSuchEnumVariant { expected, found, outer } => {
                let what = format!("{} {}", missing_choice(outer.as_deref()), quote_word(found));
                (
                    span,
                    Code::UnknownVariant,
                    what,
                    suggest_word(found, expected.iter().copied(), "see `carecert playbook guide`"),
                )
            }
            Error::MissingStructField { field, outer } => {
                let what = format!("{} has no {}", holder_name(outer.as_deref()), quote_word(field));
                (self.holder_line(), Code::MissingField, what, format!("add {}", field_example(field)))
            }
            Error::DuplicateStructField { field, .. } => {
                let what = format!("the field {} is here a second time", quote_word(field));
                (span, Code::DuplicateField, what, "keep one of the two".to_owned())
            }
            Error::InvalidIdentifier(found) | Error::SuggestRawIdentifier(found) => {
                if let Some(said) = self.value_or_pieces() {
                    return (self.whole_word(&span), Code::WrongType, said.0, said.1);
                }
                let hint = "a field's name has letters and underscores, without quotes".to_owned();
                (span, Code::Syntax, format!("{} is no name of a field", quote_word(found)), hint)
            }
            _ => self.explain_form(error, span),
        }
    }

    /// Faults of form: what stands here is not of the expected sort.
    #[expect(clippy::wildcard_enum_match_arm, reason = "the errors are ron's, which may add to them")]
    fn explain_form(&self, error: &Error, span: Range<usize>) -> Explanation {
        let word = self.whole_word(&span);
        let wrong = |(what, hint): (String, String)| (word.clone(), Code::WrongType, what, hint);
        match error {
            Error::ExpectedStringEnd => {
                (word, Code::Syntax, "this text is never closed".to_owned(), UNCLOSED.to_owned())
            }
            _ if self.rest().trim().is_empty() && !matches!(error, Error::UnclosedBlockComment) => {
                self.explain_early_end()
            }
            Error::ExpectedString => wrong(self.explain_string()),
            Error::ExpectedComma => self.explain_comma(),
            Error::ExpectedInteger | Error::IntegerOutOfBounds | Error::InvalidIntegerDigit { .. } => {
                wrong(self.explain_number())
            }
            Error::ExpectedArray => wrong(self.explain_list()),
            Error::ExpectedNamedStructLike(name) => {
                let what = "an opening round bracket belongs here".to_owned();
                (word, Code::Syntax, what, struct_hint(name).to_owned())
            }
            Error::ExpectedStructLikeEnd if self.before().ends_with(',') => {
                let hint =
                    "Done, Yes, Gate, Not, Step and Aware take one; several conditions stand in All([…]) or Any([…])";
                wrong(("this is one thing too many in these brackets".to_owned(), hint.to_owned()))
            }
            Error::ExpectedStructLike if variant_hint(last_name(self.before())).is_some() => {
                let end = self.before().len();
                let (what, hint) = self.value_or_pieces().unwrap_or_default();
                (end - last_name(self.before()).len()..end, Code::WrongType, what, hint)
            }
            Error::ExpectedIdentifier | Error::ExpectedStructLike => {
                match (self.value_or_pieces(), simple_fault(error)) {
                    (Some(said), _) => wrong(said),
                    (None, Some((code, what, hint))) => (word, code, what.to_owned(), hint.to_owned()),
                    (None, None) => self.explain_other(error, word),
                }
            }
            Error::ExpectedDifferentLength { .. } => {
                let held = self.holder_line();
                let name = self.text.get(held.clone()).unwrap_or("").split('(').next().unwrap_or("").trim();
                let hint = variant_hint(name).unwrap_or("Chose(\"scope\", \"site\") takes a step and an option");
                (held, Code::WrongType, "the number of values in these brackets is wrong".to_owned(), hint.to_owned())
            }
            _ => self.explain_other(error, word),
        }
    }

    /// Says what the parser says, if nothing better is known.
    fn explain_other(&self, error: &Error, word: Range<usize>) -> Explanation {
        match simple_fault(error) {
            Some((code, what, hint)) => (word, code, what.to_owned(), hint.to_owned()),
            None => {
                let what = make_safe(&error.to_string()).chars().take(200).collect::<String>();
                let hint = "is a comma, a quote or a bracket missing just before?".to_owned();
                (word, Code::Syntax, lower_first(&what), hint)
            }
        }
    }

    /// The text before the place, without the blanks at its end.
    fn before(&self) -> &str {
        self.text.get(..self.start).unwrap_or("").trim_end()
    }

    /// The name of the field whose value should be here.
    fn field_name(&self) -> &str {
        self.before().trim_end_matches('-').trim_end().strip_suffix(':').map_or("", last_name)
    }

    /// What belongs here: a value of the field, or what stands in the brackets of the word before.
    fn value_or_pieces(&self) -> Option<(String, String)> {
        if let Some((what, hint)) = value_hint(self.field_name()) {
            return Some((what.to_owned(), hint.to_owned()));
        }
        let name = last_name(self.before().trim_end_matches('('));
        let pieces = variant_hint(name)?;
        Some((format!("{} is not written like this", quote_word(name)), pieces.to_owned()))
    }

    /// A number is missing: minutes for some fields, a plain number for others.
    fn explain_number(&self) -> (String, String) {
        let (what, hint) = match self.field_name() {
            "due" | "every" | "limit" => (
                "a whole number of minutes belongs here",
                "minutes are a whole number without quotes or a unit, such as `due: 30`",
            ),
            _ => ("a whole number belongs here", "write it without quotes, such as AtLeast(\"wards\", 3)"),
        };
        (what.to_owned(), hint.to_owned())
    }

    /// A list is missing: often its square brackets only.
    fn explain_list(&self) -> (String, String) {
        let what = "a list belongs here".to_owned();
        let hint = match last_name(self.before().trim_end_matches('(')) {
            "All" | "Any" => "put the conditions in square brackets: Any([Yes(\"…\"), Done(\"…\")])",
            "OneOf" => "put the options in square brackets: OneOf([(id: \"…\", label: \"…\"), …])",
            _ if self.field_name() == "argv" => "put the program and each argument by itself: [\"ping\", \"10.0.0.1\"]",
            _ if self.rest().starts_with('(') => "put it in square brackets, even a single one: [(…)]",
            _ => "put it in square brackets, even a single one: [\"isolate\"]",
        };
        (what, hint.to_owned())
    }

    /// The text stops while something is open: the fix belongs after its last character.
    fn explain_early_end(&self) -> Explanation {
        let text = self.text.trim_end();
        let last = text.char_indices().next_back().map_or(0, |(at, _)| at);
        let (what, hint) = if SourceMap::scan(self.text).span("").is_empty() {
            ("the file is empty", "a playbook is (id: \"…\", version: \"…\", title: \"…\", phases: […])")
        } else {
            ("the file ends too early", "close each bracket that is still open, the innermost first")
        };
        (last..text.len(), Code::Syntax, what.to_owned(), hint.to_owned())
    }

    /// The text from the place on.
    fn rest(&self) -> &str {
        self.text.get(self.start..).unwrap_or("")
    }

    /// `span`, widened to the whole word that starts there.
    fn whole_word(&self, span: &Range<usize>) -> Range<usize> {
        let rest = self.text.get(span.start..).unwrap_or("");
        let word = rest.find(|c: char| c.is_whitespace() || ",:()[]{}".contains(c)).unwrap_or(rest.len());
        span.start..span.end.max(span.start + word)
    }

    /// A text is missing: often its quotes only, or they are those of a word processor.
    fn explain_string(&self) -> (String, String) {
        let what = "a text in double quotes belongs here".to_owned();
        let hint = match self.rest().chars().next() {
            Some('“' | '”' | '„' | '‘' | '’') => "use straight double quotes: \"…\"".to_owned(),
            Some('\'') => "use double quotes: \"…\"".to_owned(),
            Some('[') => "one text, not a list".to_owned(),
            Some(c) if c.is_alphanumeric() || c == '-' => {
                let word = self.rest().split([',', '\n', ')', ']']).next().unwrap_or("").trim();
                format!("a text needs quotes: \"{}\"", quote_word(word).trim_matches('`'))
            }
            _ => "a text needs quotes: \"…\"".to_owned(),
        };
        (what, hint)
    }

    /// A comma is missing. The parser stops at the next value; the fix belongs after the one before.
    fn explain_comma(&self) -> Explanation {
        let places = SourceMap::scan(self.text);
        // Within a word, such as `30m` or `1.5`, the parser stops where the number ends.
        let within = self.text.get(..self.start).is_some_and(|before| before.ends_with(char::is_alphanumeric));
        let end = if within { self.start } else { places.end_before(self.start) };
        let before = self.text.get(..end).unwrap_or("");
        let name = last_name(before);
        // Words that stand without brackets; with them the parser expects a comma.
        let bare = ["Task", "Collect", "Text", "Number", "YesNo", "List", "Always", "Playbook", "Case"];
        if self.rest().starts_with('(') && bare.contains(&name) {
            let hint = format!("{name} stands without brackets");
            let word = end..self.whole_word(&(self.start..self.start + 1)).end;
            return (word, Code::Syntax, "nothing belongs in brackets here".to_owned(), hint);
        }
        let tail = before.rsplit(['\n', ',', '(']).next().unwrap_or("").trim_start();
        if ["due:", "limit:", "every:"].iter().any(|key| tail.starts_with(key)) {
            let hint = "minutes are a whole number without a unit, such as `due: 30`; then a comma".to_owned();
            let from = end - tail.rsplit(':').next().map_or(0, |value| value.trim_start().len());
            let span = from..self.whole_word(&(self.start..self.start)).end;
            return (span, Code::WrongType, "a whole number of minutes belongs here".to_owned(), hint);
        }
        // A quote right behind a text: either a comma is missing, or the text has an unescaped quote in it.
        let adjacent = before.ends_with('"') && end == self.start;
        let string = places.ending(end).filter(|_| adjacent).unwrap_or(end..end);
        if let Some((line, _)) = self.text.get(string.clone()).and_then(|text| text.split_once('\n')) {
            // A text that runs over lines into the next quote was most likely never closed on its own line.
            let span = string.start..string.start + line.trim_end().len();
            return (span, Code::Syntax, "this text is never closed".to_owned(), UNCLOSED.to_owned());
        }
        let last = before.char_indices().next_back().map_or(0, |(at, _)| at);
        let hint = if adjacent {
            "put a comma after it; a quote within a text is written \\\""
        } else {
            "put a comma after it, before what follows"
        };
        (last..end, Code::Syntax, "a comma is missing here".to_owned(), hint.to_owned())
    }

    /// The first line of the brackets that the parser was in.
    fn holder_line(&self) -> Range<usize> {
        let places = SourceMap::scan(self.text);
        let at = self.text.get(..self.start).unwrap_or("").trim_end().len();
        // At the closing bracket itself the place is already outside of it.
        let held = places.holder(self.start).or_else(|| places.holder(at.saturating_sub(1)));
        held.map_or(self.start..self.start, |held| {
            let line = self.text.get(held.clone()).unwrap_or("").lines().next().unwrap_or("");
            held.start..held.start + line.len().max(1).min(held.len())
        })
    }
}

/// The name at the end of `text`.
fn last_name(text: &str) -> &str {
    text.rsplit(|c: char| !c.is_alphanumeric() && c != '_').next().unwrap_or("")
}
