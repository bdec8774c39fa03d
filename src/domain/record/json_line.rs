//! What the line of an entry must be beyond valid JSON, so that every reader reads the same in it.
//!
//! JSON allows white space anywhere and leaves open what a key means that stands there twice: one parser takes the
//! first, another the last. A line of the log has neither, and nests no deeper than a parser's stack can hold.

use serde::{
    Deserialize, Deserializer,
    de::{Error as _, MapAccess, SeqAccess, Visitor},
};
use std::{collections::HashSet, fmt};

/// How deep a line may nest. The deepest playbook that can be read, 64 brackets within brackets, stays below it.
pub const MOST_DEPTH: usize = 96;

/// What a line is that it may not be.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LineFault {
    /// White space or a control character between the parts of the JSON.
    #[error("there is white space at byte {at}, between the parts of its JSON")]
    Space {
        /// Its place, from 0.
        at: usize,
    },
    /// Too deep.
    #[error("its JSON is nested deeper than {MOST_DEPTH} levels")]
    Deep,
    /// A doubled key, a number that no reader holds, half a character.
    #[error("its data cannot be read the same by every reader: {0}")]
    Ambiguous(String),
    /// The payload of a known type does not have that type's shape.
    #[error("its data are not those of its type")]
    Misfit,
    /// Readable, but spelled otherwise: other order of keys, escapes, or form of a time.
    #[error("it says what an entry says, but not in the bytes in which carecert writes it")]
    Respelled,
}

/// Checks that a text, which is valid JSON, has nothing between its parts and does not nest too deep.
pub fn check_layout(text: &str) -> Result<(), LineFault> {
    let (mut depth, mut in_string, mut escaped) = (0_usize, false, false);
    for (at, byte) in text.bytes().enumerate() {
        if in_string {
            match byte {
                _ if escaped => escaped = false,
                b'\\' => escaped = true,
                b'"' => in_string = false,
                _ => {}
            }
            continue;
        }
        match byte {
            b'"' => in_string = true,
            b'{' | b'[' => {
                depth += 1;
                if depth > MOST_DEPTH {
                    return Err(LineFault::Deep);
                }
            }
            b'}' | b']' => depth = depth.saturating_sub(1),
            0..=b' ' | 0x7f => return Err(LineFault::Space { at }),
            _ => {}
        }
    }
    Ok(())
}

/// Checks that a JSON text has no key twice in one object, and only numbers and characters that can be held.
pub fn check_keys(text: &str) -> Result<(), LineFault> {
    serde_json::from_str::<OnceKeyed>(text).map(drop).map_err(|why| LineFault::Ambiguous(why.to_string()))
}

/// Any JSON in which no object has a key twice. Nothing of it is kept.
struct OnceKeyed;

impl<'de> Deserialize<'de> for OnceKeyed {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Look)
    }
}

struct Look;

impl<'de> Visitor<'de> for Look {
    type Value = OnceKeyed;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }

    fn visit_bool<E>(self, _: bool) -> Result<OnceKeyed, E> {
        Ok(OnceKeyed)
    }

    fn visit_i64<E>(self, _: i64) -> Result<OnceKeyed, E> {
        Ok(OnceKeyed)
    }

    fn visit_u64<E>(self, _: u64) -> Result<OnceKeyed, E> {
        Ok(OnceKeyed)
    }

    fn visit_f64<E>(self, _: f64) -> Result<OnceKeyed, E> {
        Ok(OnceKeyed)
    }

    fn visit_str<E>(self, _: &str) -> Result<OnceKeyed, E> {
        Ok(OnceKeyed)
    }

    fn visit_unit<E>(self) -> Result<OnceKeyed, E> {
        Ok(OnceKeyed)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<OnceKeyed, A::Error> {
        while items.next_element::<OnceKeyed>()?.is_some() {}
        Ok(OnceKeyed)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<OnceKeyed, A::Error> {
        let mut seen = HashSet::new();
        while let Some(key) = entries.next_key::<String>()? {
            if seen.contains(&key) {
                return Err(A::Error::custom(format!("the key {key:?} is there twice")));
            }
            seen.insert(key);
            entries.next_value::<OnceKeyed>()?;
        }
        Ok(OnceKeyed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_has_nothing_between_its_parts() {
        assert_eq!(check_layout(r#"{"a":" \n \" { [ \\","b":[1,-2.5e3,true,null]}"#), Ok(()));
        for odd in ["{\"a\":1} ", "{\"a\": 1}", "{\"a\":1\n}", "\t{}", "{}\r", "{\"a\":[1 ]}"] {
            assert!(matches!(check_layout(odd), Err(LineFault::Space { .. })), "{odd:?}");
        }
        let nested = |depth: usize| format!("{}{}", "[".repeat(depth), "]".repeat(depth));
        assert_eq!(check_layout(&nested(MOST_DEPTH)), Ok(()));
        assert_eq!(check_layout(&nested(MOST_DEPTH + 1)), Err(LineFault::Deep));
        assert_eq!(check_layout(&"[]".repeat(1000)), Ok(()), "depth, not number");
    }

    #[test]
    fn a_key_twice_is_found_however_it_is_spelled() {
        assert_eq!(check_keys(r#"{"a":{"b":1},"b":{"a":2},"c":[{"a":1},{"a":1}]}"#), Ok(()));
        for twice in [r#"{"a":1,"a":1}"#, r#"{"x":[{"a":1,"\u0061":2}]}"#, r#"{"":1,"":2}"#] {
            assert!(check_keys(twice).unwrap_err().to_string().contains("twice"), "{twice}");
        }
        for odd in [r#""\ud800""#, "1e999", r#"{"\udc00":1}"#] {
            assert!(check_keys(odd).is_err(), "{odd}");
        }
    }
}
