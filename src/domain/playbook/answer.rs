//! Answers to a playbook's questions.

use super::{Choice, Form};
use crate::domain::text::{self, BadText};
use serde::{Deserialize, Serialize};

/// Things that a list may name.
pub const THINGS_MAX: usize = 200;

/// An answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Value {
    /// Words.
    Text(String),
    /// A whole number.
    Number(i64),
    /// Yes or no.
    YesNo(bool),
    /// The identifier of an option.
    OneOf(String),
    /// Names of things, each once.
    List(Vec<String>),
}

/// Why a text is no answer to a question.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BadAnswer {
    /// It says nothing.
    #[error("it is empty")]
    Empty,
    /// It is no whole number.
    #[error("{0:?} is no whole number")]
    Number(String),
    /// It is neither yes nor no.
    #[error("{0:?} is neither yes nor no")]
    YesNo(String),
    /// It is none of the options.
    #[error("{given:?} is none of: {}", known.join(", "))]
    OneOf {
        /// As given.
        given: String,
        /// The options' identifiers.
        known: Vec<String>,
    },
    /// A name in a list is not fit.
    #[error("{thing:?}: {why}")]
    Thing {
        /// As given.
        thing: String,
        /// What is wrong with it.
        why: BadText,
    },
    /// A list names too many things.
    #[error("{0} things are more than {THINGS_MAX}")]
    Many(usize),
    /// The text is not fit.
    #[error("{0}")]
    Text(BadText),
}

impl Form {
    /// Reads an answer as a responder gives it: an option by identifier, label or place; a list by lines or commas.
    pub fn read(&self, given: &str) -> Result<Value, BadAnswer> {
        let short = given.trim();
        if short.is_empty() {
            return Err(BadAnswer::Empty);
        }
        Ok(match self {
            Self::Text => {
                text::check_long(given).map_err(BadAnswer::Text)?;
                Value::Text(short.to_owned())
            }
            Self::Number => {
                let digits: String = short.chars().filter(|c| !matches!(c, ' ' | ',' | '_')).collect();
                Value::Number(digits.parse().map_err(|_| BadAnswer::Number(short.to_owned()))?)
            }
            Self::YesNo => match short.to_lowercase().as_str() {
                "yes" | "y" | "true" => Value::YesNo(true),
                "no" | "n" | "false" => Value::YesNo(false),
                _ => return Err(BadAnswer::YesNo(short.to_owned())),
            },
            Self::OneOf(options) => one_of(options, short)?,
            Self::List => parse_list(given)?,
        })
    }

    /// Whether the answer itself is held against a threshold, as [`Value::size`] has it; of a list its length is.
    pub fn is_own_size(&self) -> bool {
        match self {
            Self::Number | Self::OneOf(_) => true,
            Self::Text | Self::YesNo | Self::List => false,
        }
    }
}

fn one_of(options: &[Choice], given: &str) -> Result<Value, BadAnswer> {
    let place = given.parse::<usize>().ok().and_then(|place| options.get(place.checked_sub(1)?));
    let same = |option: &&Choice| option.id == given || option.label.eq_ignore_ascii_case(given);
    match options.iter().find(same).or(place) {
        Some(option) => Ok(Value::OneOf(option.id.clone())),
        None => Err(BadAnswer::OneOf {
            given: given.to_owned(),
            known: options.iter().map(|option| option.id.clone()).collect(),
        }),
    }
}

fn parse_list(given: &str) -> Result<Value, BadAnswer> {
    let mut things: Vec<String> = Vec::new();
    for thing in given.split(['\n', ',', ';']).map(str::trim).filter(|thing| !thing.is_empty()) {
        text::check_name(thing).map_err(|why| BadAnswer::Thing { thing: thing.to_owned(), why })?;
        if !things.iter().any(|known| known.eq_ignore_ascii_case(thing)) {
            things.push(thing.to_owned());
        }
    }
    match things.len() {
        0 => Err(BadAnswer::Empty),
        many if many > THINGS_MAX => Err(BadAnswer::Many(many)),
        _ => Ok(Value::List(things)),
    }
}

impl Value {
    /// The answer in words, as a text that uses it says it.
    pub fn words(&self, form: &Form) -> String {
        match self {
            Self::Text(text) => text.clone(),
            Self::Number(number) => number.to_string(),
            Self::YesNo(true) => "yes".into(),
            Self::YesNo(false) => "no".into(),
            Self::OneOf(id) => {
                let options = if let Form::OneOf(options) = form { options.as_slice() } else { &[] };
                let chosen = options.iter().find(|option| option.id == *id);
                chosen.map_or_else(|| id.clone(), |option| option.label.clone())
            }
            Self::List(things) => match things.as_slice() {
                [] => "none".into(),
                [one] => one.clone(),
                [rest @ .., last] => format!("{} and {last}", rest.join(", ")),
            },
        }
    }

    /// What a threshold is held against: the number, the place of the option (the first is 1), or how many things
    /// there are; `None` where the answer has no size.
    pub fn size(&self, form: &Form) -> Option<i64> {
        match (self, form) {
            (Self::Number(number), _) => Some(*number),
            (Self::List(things), _) => i64::try_from(things.len()).ok(),
            (Self::OneOf(id), Form::OneOf(options)) => {
                let place = options.iter().position(|option| option.id == *id)?;
                i64::try_from(place + 1).ok()
            }
            // An answer from elsewhere may be of another form than its question.
            (Self::OneOf(_), Form::Text | Form::Number | Form::YesNo | Form::List) => None,
            (Self::Text(_) | Self::YesNo(_), _) => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scale() -> Form {
        let option = |id: &str, label: &str| Choice { id: id.into(), label: label.into(), means: String::new() };
        Form::OneOf(vec![option("none", "1 None"), option("minor", "2 Minor")])
    }

    #[test]
    fn answers_are_read_as_people_give_them() {
        assert_eq!(Form::Number.read(" 1,200 ").unwrap(), Value::Number(1200));
        assert_eq!(Form::YesNo.read("Y").unwrap(), Value::YesNo(true));
        for given in ["minor", "2 minor", "2"] {
            assert_eq!(scale().read(given).unwrap(), Value::OneOf("minor".into()), "{given}");
        }
        let wards = Form::List.read("Ward 7, Ward 9;ward 7\n ICU \n").unwrap();
        assert_eq!(wards, Value::List(vec!["Ward 7".into(), "Ward 9".into(), "ICU".into()]));
        assert_eq!(wards.words(&Form::List), "Ward 7, Ward 9 and ICU");
        assert_eq!((wards.size(&Form::List), Value::OneOf("minor".into()).size(&scale())), (Some(3), Some(2)));
    }

    #[test]
    fn what_is_no_answer_is_refused() {
        assert_eq!(Form::Text.read(" \n"), Err(BadAnswer::Empty));
        assert_eq!(Form::List.read(" , \n"), Err(BadAnswer::Empty));
        assert!(matches!(Form::YesNo.read("maybe"), Err(BadAnswer::YesNo(_))));
        assert!(matches!(scale().read("3"), Err(BadAnswer::OneOf { .. })));
        assert!(matches!(Form::Number.read("12.5"), Err(BadAnswer::Number(_))));
        let many: Vec<String> = (0..=THINGS_MAX).map(|n| format!("w{n}")).collect();
        assert!(matches!(Form::List.read(&many.join(",")), Err(BadAnswer::Many(_))));
    }
}
