//! What the parser of the command line says, without what a terminal would obey: an argument may be any text.

use crate::domain::text::{is_safe, safe_lines, safe_start};
use clap::{
    Error,
    builder::StyledStr,
    error::{ContextKind, ContextValue},
};
use std::{
    error::Error as _,
    ffi::{OsStr, OsString},
    io::{self, Write as _},
    path::Path,
    process::ExitCode,
};

/// Characters of an argument that are shown; the rest is counted.
const SHOWN: usize = 200;

/// Prints help and version on standard output, and wrong usage on standard error with status 2.
pub(super) fn print_usage(mut why: Error) -> ExitCode {
    let status = if why.use_stderr() { 2 } else { 0 };
    // A closed pipe is no error of ours.
    if make_safe(&mut why) {
        let _ = writeln!(io::stderr().lock(), "{}", safe_lines(why.render().to_string().trim_end()));
    } else {
        let _ = why.print();
    }
    ExitCode::from(status)
}

/// The arguments with a name for the program that can be shown: it stands in every line of usage.
pub(super) fn name_program(arguments: impl IntoIterator<Item = OsString>) -> impl Iterator<Item = OsString> {
    let shown = |name: &OsString| Path::new(name).file_name().and_then(OsStr::to_str).is_some_and(is_short_and_safe);
    arguments.into_iter().enumerate().map(
        move |(at, argument)| {
            if at == 0 && !shown(&argument) { "carecert".into() } else { argument }
        },
    )
}

fn is_short_and_safe(text: &str) -> bool {
    text.len() <= SHOWN && is_safe(text)
}

/// Makes the arguments that the message repeats safe and short. Says whether there was any need: the message then has no
/// colours, in which more could hide.
#[expect(clippy::wildcard_enum_match_arm, reason = "the values are clap's, which may add to them; these hold texts")]
fn make_safe(why: &mut Error) -> bool {
    let mut repeated: Vec<String> = Vec::new();
    let mut note = |text: &String| {
        if !is_short_and_safe(text) {
            repeated.push(text.clone());
        }
    };
    for (_, value) in why.context() {
        match value {
            ContextValue::String(text) => note(text),
            ContextValue::Strings(texts) => texts.iter().for_each(&mut note),
            _ => {}
        }
    }
    let source = why.source().is_some_and(|source| !is_safe(&source.to_string()));
    if repeated.is_empty() && !source {
        return false;
    }
    // Of two arguments one may hold the other.
    repeated.sort_by_key(|text| std::cmp::Reverse(text.len()));
    let shown = |text: &str| if is_short_and_safe(text) { text.to_owned() } else { safe_start(text, SHOWN) };
    let within = |text: &StyledStr| {
        let text = text.ansi().to_string();
        StyledStr::from(repeated.iter().fold(text, |text, part| text.replace(part.as_str(), &shown(part))))
    };
    let changed: Vec<(ContextKind, ContextValue)> = why
        .context()
        .filter_map(|(kind, value)| {
            let value = match value {
                ContextValue::String(text) => ContextValue::String(shown(text)),
                ContextValue::Strings(texts) => ContextValue::Strings(texts.iter().map(|text| shown(text)).collect()),
                ContextValue::StyledStr(text) => ContextValue::StyledStr(within(text)),
                ContextValue::StyledStrs(texts) => ContextValue::StyledStrs(texts.iter().map(within).collect()),
                _ => return None,
            };
            Some((kind, value))
        })
        .collect();
    for (kind, value) in changed {
        why.insert(kind, value);
    }
    true
}
