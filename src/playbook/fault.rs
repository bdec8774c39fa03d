//! What the RON parser says, in the words of someone who writes a playbook, with a hint.

use super::finding::{Code, Finding, Level};
use super::near::{mean, quoted};
use super::place::Places;
use crate::domain::text::safe;
use ron::error::{Error, Position, SpannedError};
use std::ops::Range;

const UNCLOSED: &str = "put a double quote at its end; within a text, write a quote as \\\"";

/// The finding for a parser's error in `text`.
pub(super) fn fault(text: &str, error: &SpannedError) -> Finding {
    let start = offset(text, &error.span.start);
    let start = text.len() - text.get(start..).unwrap_or("").trim_start().len(); // it stops before the blank
    let end = offset(text, &error.span.end).max(start);
    let spot = Spot { text, start };
    let (span, code, what, hint) = spot.explain(&error.code, start..end);
    Finding::at(text, span, Level::Error, code, what, hint)
}

/// The byte at the parser's line and column, both counted from 1 and in characters.
fn offset(text: &str, at: &Position) -> usize {
    let start: usize = text.split_inclusive('\n').take(at.line.saturating_sub(1)).map(str::len).sum();
    let line = text.get(start..).unwrap_or("");
    start + line.char_indices().nth(at.col.saturating_sub(1)).map_or(line.len(), |(byte, _)| byte)
}

/// The place where the parser stopped.
struct Spot<'a> {
    text: &'a str,
    start: usize,
}

type Said = (Range<usize>, Code, String, String);

impl Spot<'_> {
    fn explain(&self, error: &Error, span: Range<usize>) -> Said {
        match error {
            Error::NoSuchStructField { expected, found, outer } => {
                let owner = holder_name(outer.as_deref());
                let hint = mean(found, expected.iter().copied(), "");
                (span, Code::UnknownField, format!("{owner} has no field {}", quoted(found)), hint)
            }
            Error::NoSuchEnumVariant { expected, found, outer } => {
                let what = match outer.as_deref() {
                    Some("When") => format!("`when` has no condition {}", quoted(found)),
                    _ => format!("there is no kind of step {}", quoted(found)),
                };
                (span, Code::UnknownVariant, what, mean(found, expected.iter().copied(), ""))
            }
            Error::MissingStructField { field, outer } => {
                let what = format!("{} has no {}", holder_name(outer.as_deref()), quoted(field));
                (self.holder(), Code::MissingField, what, format!("add {}", example(field)))
            }
            Error::DuplicateStructField { field, .. } => {
                let what = format!("the field {} is here a second time", quoted(field));
                (span, Code::DuplicateField, what, "keep one of the two".to_owned())
            }
            Error::InvalidIdentifier(found) | Error::SuggestRawIdentifier(found) => {
                let hint = "a field's name has letters and underscores, without quotes".to_owned();
                (span, Code::Syntax, format!("{} is no name of a field", quoted(found)), hint)
            }
            _ => self.shape(error, span),
        }
    }

    /// Faults of form: what stands here is not of the expected sort.
    fn shape(&self, error: &Error, span: Range<usize>) -> Said {
        let word = self.word(&span);
        match error {
            Error::ExpectedStringEnd => {
                (word, Code::Syntax, "this text is never closed".to_owned(), UNCLOSED.to_owned())
            }
            _ if self.rest().trim().is_empty() && !matches!(error, Error::UnclosedBlockComment) => self.early_end(),
            Error::ExpectedString => {
                let (what, hint) = self.no_string();
                (word, Code::WrongType, what, hint)
            }
            Error::ExpectedComma => self.no_comma(),
            Error::ExpectedDifferentLength { .. } => {
                let (code, what, hint) = plain(error).unwrap_or((Code::WrongType, "", ""));
                (self.holder(), code, what.to_owned(), hint.to_owned())
            }
            _ => match plain(error) {
                Some((code, what, hint)) => (word, code, what.to_owned(), hint.to_owned()),
                None => {
                    let what = safe(&error.to_string()).chars().take(200).collect::<String>();
                    let hint = "is a comma, a quote or a bracket missing just before?".to_owned();
                    (word, Code::Syntax, lower_first(&what), hint)
                }
            },
        }
    }

    /// The text stops while something is open: the mend belongs after its last character.
    fn early_end(&self) -> Said {
        let text = self.text.trim_end();
        let last = text.char_indices().next_back().map_or(0, |(at, _)| at);
        let (what, hint) = if Places::scan(self.text).span("").is_empty() {
            ("the file is empty", "a playbook is (id: \"…\", version: \"…\", title: \"…\", phases: […])")
        } else {
            ("the file ends too early", "close each bracket that is still open, the innermost first")
        };
        (last..text.len(), Code::Syntax, what.to_owned(), hint.to_owned())
    }

    fn rest(&self) -> &str {
        self.text.get(self.start..).unwrap_or("")
    }

    /// `span`, widened to the whole word that starts there.
    fn word(&self, span: &Range<usize>) -> Range<usize> {
        let rest = self.text.get(span.start..).unwrap_or("");
        let word = rest.find(|c: char| c.is_whitespace() || ",:()[]{}".contains(c)).unwrap_or(rest.len());
        span.start..span.end.max(span.start + word)
    }

    fn no_string(&self) -> (String, String) {
        let what = "a text in double quotes belongs here".to_owned();
        let hint = match self.rest().chars().next() {
            Some('“' | '”' | '„' | '‘' | '’') => "use straight double quotes: \"…\"".to_owned(),
            Some('\'') => "use double quotes: \"…\"".to_owned(),
            Some('[') => "one text, not a list".to_owned(),
            Some(c) if c.is_alphanumeric() || c == '-' => {
                let word = self.rest().split([',', '\n', ')', ']']).next().unwrap_or("").trim();
                format!("a text needs quotes: \"{}\"", quoted(word).trim_matches('`'))
            }
            _ => "a text needs quotes: \"…\"".to_owned(),
        };
        (what, hint)
    }

    /// The parser stops at the next thing; the mend belongs after the one before.
    fn no_comma(&self) -> Said {
        let places = Places::scan(self.text);
        let end = places.end_before(self.start);
        let before = self.text.get(..end).unwrap_or("");
        let tail = before.rsplit(['\n', ',', '(']).next().unwrap_or("").trim_start();
        if tail.starts_with("due:") || tail.starts_with("limit:") {
            let hint = "minutes are a whole number without a unit, such as `due: 30`; then a comma".to_owned();
            let from = end - tail.rsplit(':').next().map_or(0, |value| value.trim_start().len());
            let span = from..self.word(&(self.start..self.start)).end;
            return (span, Code::WrongType, "a whole number of minutes belongs here".to_owned(), hint);
        }
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
    fn holder(&self) -> Range<usize> {
        let places = Places::scan(self.text);
        let at = self.text.get(..self.start).unwrap_or("").trim_end().len();
        let held = places.holder(self.start).or_else(|| places.holder(at.saturating_sub(1)));
        held.map_or(self.start..self.start, |held| {
            let line = self.text.get(held.clone()).unwrap_or("").lines().next().unwrap_or("");
            held.start..held.start + line.len().max(1).min(held.len())
        })
    }
}

/// Faults of form that need no look at the text.
fn plain(error: &Error) -> Option<(Code, &'static str, &'static str)> {
    let (wrong, syntax) = (Code::WrongType, Code::Syntax);
    Some(match error {
        Error::ExpectedInteger | Error::IntegerOutOfBounds | Error::InvalidIntegerDigit { .. } => (
            wrong,
            "a whole number of minutes belongs here",
            "minutes are a whole number without quotes or a unit, such as `due: 30`",
        ),
        Error::ExpectedArray => {
            (wrong, "a list belongs here", "put it in square brackets, even a single one: [\"isolate\"]")
        }
        Error::ExpectedBoolean => (wrong, "`true` or `false` belongs here", "write it without quotes"),
        Error::ExpectedStructLike => {
            (wrong, "something in round brackets belongs here", "such as Decision(question: \"…\", options: […])")
        }
        Error::ExpectedDifferentLength { .. } => (
            wrong,
            "the number of values in these brackets is wrong",
            "Chose takes a step and an option: Chose(\"scope\", \"site\"); Done takes a step: Done(\"isolate\")",
        ),
        Error::ExpectedNamedStructLike(_) | Error::ExpectedDifferentStructName { .. } => (
            syntax,
            "an opening round bracket belongs here",
            "a playbook, a phase, a step and an option each stand in ( ): (id: \"…\", title: \"…\")",
        ),
        Error::ExpectedMapColon => {
            (syntax, "a colon is missing after the field's name", "a field is written `name: value`")
        }
        Error::ExpectedIdentifier => {
            (syntax, "a name belongs here", "names of fields stand without quotes: `id: \"isolate\"`")
        }
        Error::InvalidEscape(_) => {
            (syntax, "a backslash starts nothing known here", "write \\\\ for a backslash and \\\" for a quote")
        }
        Error::UnclosedBlockComment => (syntax, "this comment is never closed", "end it with */"),
        Error::TrailingCharacters => {
            (syntax, "there is something after the end", "is a closing bracket above it one too many?")
        }
        Error::ExceededRecursionLimit => {
            (syntax, "too many brackets are nested", "a playbook needs about eight levels")
        }
        _ => return None,
    })
}

fn holder_name(outer: Option<&str>) -> String {
    match outer {
        Some("Playbook") => "the playbook".to_owned(),
        Some("Phase") => "this phase".to_owned(),
        Some("Step") => "this step".to_owned(),
        Some("Role") => "this role".to_owned(),
        Some("Choice") => "this option".to_owned(),
        Some("Duty") => "this duty".to_owned(),
        Some(kind) => format!("this {}", safe(kind).to_lowercase()),
        None => "this".to_owned(),
    }
}

fn example(field: &str) -> &'static str {
    match field {
        "id" => "`id: \"a-short-name\"`",
        "version" => "`version: \"1\"`",
        "title" => "`title: \"…\"`",
        "what" => "`what: \"…\"`: the one thing to do",
        "phases" => "`phases: [(id: \"…\", title: \"…\", steps: […])]`",
        "steps" => "`steps: [(id: \"…\", title: \"…\", what: \"…\", owner: \"…\")]`",
        "options" => "`options: [(id: \"…\", label: \"…\"), (id: \"…\", label: \"…\")]`",
        "question" => "`question: \"…\"`",
        "label" => "`label: \"…\"`",
        "to" => "`to: \"…\"`: whom to tell",
        "source" => "`source: \"…\"`: where this was read",
        "checked_on" => "`checked_on: \"2026-11-22\"`: the day on which it was read",
        "starts" => "`starts: \"…\"`: what starts the clock",
        _ => "it",
    }
}

fn lower_first(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_lowercase().chain(chars).collect())
}
