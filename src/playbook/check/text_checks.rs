//! The checks that every text of a playbook goes through: names, headings, prose, and that names are unique.
//!
//! Nothing here knows steps or conditions; those checks call these.

use crate::{
    domain::text::{BadText, check_long, check_name, safe_lines},
    playbook::{
        did_you_mean::quote_word,
        finding::{Code, Sink},
    },
};
use std::collections::HashMap;

/// Characters that an identifier may have: it is typed in commands.
const ID_LIMIT: usize = 40;

/// Names seen so far.
#[derive(Default)]
pub(super) struct SeenNames<'a>(HashMap<&'a str, ()>);

impl<'a> SeenNames<'a> {
    /// Finds fault with a name that was seen before.
    pub(super) fn see(&mut self, sort: &str, name: &'a str, path: &str, sink: &mut Sink<'_>) {
        if self.0.insert(name, ()).is_some() {
            sink.error(path, Code::DuplicateId, || {
                (
                    format!("a second {sort} is called {}", quote_word(name)),
                    "give one of the two another name".to_owned(),
                )
            });
        }
    }
}

/// Checks an identifier: lower-case letters, digits and hyphens, at most 40.
pub(super) fn check_id(path: &str, id: &str, sink: &mut Sink<'_>) {
    let fits = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    let good = !id.is_empty() && id.len() <= ID_LIMIT && id.chars().all(fits) && !id.starts_with('-');
    if !good {
        sink.error(path, Code::BadId, || {
            let hint =
                format!("use lower-case letters, digits and hyphens, at most {ID_LIMIT}: it is typed in commands");
            // The hint proposes an id that would pass, made of what was written.
            let mended: String = id.trim().to_lowercase().chars().map(|c| if fits(c) { c } else { '-' }).collect();
            let mended = mended.trim_matches('-');
            match id {
                "" => ("this id is empty".to_owned(), hint),
                _ if id.len() <= ID_LIMIT && !mended.is_empty() => {
                    (format!("{} is no id", quote_word(id)), format!("{hint}; for example `{mended}`"))
                }
                _ => (format!("{} is no id", quote_word(id)), hint),
            }
        });
    }
}

/// Checks a one-line text that is shown as a heading.
pub(super) fn check_heading(path: &str, what: &str, text: &str, sink: &mut Sink<'_>) {
    if let Err(bad) = check_name(text) {
        report_bad_text(path, what, &bad, sink);
    }
}

/// Checks a text that must say something.
pub(super) fn check_prose(path: &str, what: &str, text: &str, sink: &mut Sink<'_>) {
    match check_long(text) {
        Err(bad) => report_bad_text(path, what, &bad, sink),
        Ok(()) => warn_hidden_characters(path, text, sink),
    }
}

/// Finds fault with a text that is empty, too long or not on one line.
fn report_bad_text(path: &str, what: &str, bad: &BadText, sink: &mut Sink<'_>) {
    let (code, said, hint) = match bad {
        BadText::Empty => (Code::EmptyText, format!("{what} is empty"), "say it in a few plain words"),
        BadText::Long { .. } | BadText::Mark { .. } => {
            (Code::BadText, format!("{what}: {bad}"), "keep it to one short line of visible characters")
        }
    };
    sink.error(path, code, || (said, hint.to_owned()));
}

/// Warns of characters that a reader cannot see.
pub(super) fn warn_hidden_characters(path: &str, text: &str, sink: &mut Sink<'_>) {
    if safe_lines(text) != text {
        sink.warn(path, Code::BadText, || {
            let hint = "the screen will show a mark in their place; take them out".to_owned();
            ("this text has control characters or characters that cannot be seen".to_owned(), hint)
        });
    }
}
