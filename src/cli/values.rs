//! How the values of options are read.

use crate::domain::marking::{Severity, Tlp};
use clap::builder::{PossibleValuesParser, TypedValueParser};

/// `NAME=VALUE`.
pub(super) fn parse_pair(text: &str) -> Result<(String, String), String> {
    let (name, value) = text.split_once('=').ok_or("write NAME=VALUE")?;
    Ok((name.trim().to_owned(), value.trim().to_owned()))
}

/// A severity by its word.
pub(super) fn parse_severity(text: &str) -> Result<Severity, String> {
    Severity::parse(text).ok_or_else(|| "use low, moderate, high or critical".into())
}

/// A mark of TLP 2.0, with or without `TLP:`.
pub(super) fn parse_tlp(text: &str) -> Result<Tlp, String> {
    Tlp::parse_lenient(text).ok_or_else(|| "use TLP:RED, TLP:AMBER+STRICT, TLP:AMBER, TLP:GREEN or TLP:CLEAR".into())
}

/// Reads one of these by its word, and names all the words in the help and the completions.
pub(super) fn parse_one_of<T: Copy + Send + Sync + 'static>(
    all: &'static [T],
    word: fn(T) -> &'static str,
) -> impl TypedValueParser<Value = T> {
    let words = PossibleValuesParser::new(all.iter().map(|value| word(*value)));
    words.try_map(move |given| all.iter().copied().find(|value| word(*value) == given).ok_or("there is no such word"))
}
