//! Places for answers in texts: `{wards}` of ours is `__wards__:value` of CACAO's.

use super::variables::Variables;
use std::collections::BTreeMap;

/// A text of ours as CACAO says it.
pub(super) fn to_cacao(text: &str, variables: &Variables<'_>) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('{') {
        let (before, from) = rest.split_at(at);
        out.push_str(before);
        if let Some(after) = from.strip_prefix("{{") {
            out.push('{');
            rest = after;
            continue;
        }
        let name = from.strip_prefix('{').and_then(|from| from.split_once('}')).map(|(name, _)| name);
        match name.and_then(|name| Some((name, variables.placeholder(name)?))) {
            Some((name, variable)) => {
                out.push_str(variable);
                out.push_str(":value");
                rest = from.get(name.len() + 2..).unwrap_or("");
            }
            None => {
                out.push('{');
                rest = from.get(1..).unwrap_or("");
            }
        }
    }
    out.push_str(rest);
    out
}

/// What a variable stands for in a text of ours.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Meaning {
    /// An answer, or the thing that a step is done for.
    Place(String),
    /// A value that is known beforehand.
    Value(String),
}

/// A text of CACAO's as we say it: `known` has the variables by name. A variable that is not known stays as it is.
pub(super) fn from_cacao(text: &str, known: &BTreeMap<String, Meaning>) -> String {
    let text = text.replace('{', "{{");
    if known.is_empty() {
        return text;
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text.as_str();
    while let Some(at) = rest.find("__") {
        let (before, from) = rest.split_at(at);
        out.push_str(before);
        match read_reference(from).and_then(|(name, length)| Some((known.get(name)?, length))) {
            Some((Meaning::Place(id), length)) => {
                out.push('{');
                out.push_str(id);
                out.push('}');
                rest = from.get(length..).unwrap_or("");
            }
            Some((Meaning::Value(value), length)) => {
                out.push_str(&value.replace('{', "{{"));
                rest = from.get(length..).unwrap_or("");
            }
            None => {
                out.push('_');
                rest = from.get(1..).unwrap_or("");
            }
        }
    }
    out.push_str(rest);
    out
}

/// The variable that `text` begins with, written `__name__:value`, and how many bytes that is.
fn read_reference(text: &str) -> Option<(&str, usize)> {
    let end = text.find(|c: char| !c.is_ascii_alphanumeric() && c != '_' && c != '-').unwrap_or(text.len());
    let name = text.get(..end)?;
    let after = text.get(end..)?;
    (name.len() <= 204 && name.ends_with("__") && after.starts_with(":value")).then_some((name, end + ":value".len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn variables_become_places_or_their_value_and_braces_stay_braces() {
        let known = BTreeMap::from([
            ("__ward__".to_owned(), Meaning::Place("ward".to_owned())),
            ("__ip__".to_owned(), Meaning::Value("10.0.0.1".to_owned())),
        ]);
        let text = "Call ___ward__:value, __ward__:value. Block __ip__:value; not __ward__ or __x__:value {a}";
        let read = "Call _{ward}, {ward}. Block 10.0.0.1; not __ward__ or __x__:value {{a}";
        assert_eq!(from_cacao(text, &known), read);
    }
}
