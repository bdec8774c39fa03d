//! Identifiers of cases, consoles and entries, and the hashes that chain them.

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use sha2::{Digest, Sha256};
use std::fmt;

/// Crockford's base 32: no I, L, O or U, so that it can be read over the phone.
const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// Eighty bits as sixteen Crockford characters, upper case.
pub fn encode_base32(bits: [u8; 10]) -> String {
    encode_characters(bits).map(char::from).iter().collect()
}

fn encode_characters(bits: [u8; 10]) -> [u8; 16] {
    let mut value = bits.iter().fold(0_u128, |value, byte| value << 8 | u128::from(*byte));
    let mut text = [0_u8; 16];
    for place in text.iter_mut().rev() {
        *place = ALPHABET[(value & 31) as usize];
        value >>= 5;
    }
    text
}

/// Lower-case hexadecimal.
pub fn encode_hex(bytes: &[u8]) -> String {
    use fmt::Write as _;
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// A malformed identifier or hash.
#[derive(Clone, Debug, thiserror::Error, PartialEq, Eq)]
#[error("{given:?} is not {wanted}")]
pub struct BadId {
    given: String,
    wanted: &'static str,
}

macro_rules! random_id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        ///
        /// Kept in place, without a text on the heap: every entry that a case remembers has one.
        #[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name([u8; 16]);

        impl $name {
            /// Made from eighty random bits.
            pub fn from_random(bits: [u8; 10]) -> Self {
                Self(encode_characters(bits).map(|c| c.to_ascii_lowercase()))
            }

            /// Reads sixteen lower-case Crockford characters.
            pub fn parse(text: &str) -> Result<Self, BadId> {
                let known = |c: u8| ALPHABET.contains(&c.to_ascii_uppercase()) && !c.is_ascii_uppercase();
                match <[u8; 16]>::try_from(text.as_bytes()) {
                    Ok(characters) if text.bytes().all(known) => Ok(Self(characters)),
                    _ => Err(BadId { given: text.to_owned(), wanted: "an identifier of 16 characters" }),
                }
            }

            /// All sixteen characters.
            pub fn as_str(&self) -> &str {
                // The characters are ASCII: both ways of making one see to that.
                std::str::from_utf8(&self.0).unwrap_or_default()
            }

            /// The first four characters: what people say.
            pub fn short(&self) -> &str {
                self.as_str().get(..4).unwrap_or_default()
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(self.as_str())
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.debug_tuple(stringify!($name)).field(&self.as_str()).finish()
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text = String::deserialize(deserializer)?;
                Self::parse(&text).map_err(serde::de::Error::custom)
            }
        }
    };
}

random_id!(
    /// A case: eighty random bits as sixteen lower-case Crockford characters.
    CaseId
);
random_id!(
    /// An installation of this program, which writes a log of its own into each case.
    ConsoleId
);

/// A SHA-256 digest, written as 64 lower-case hexadecimal digits.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Hash([u8; 32]);

impl Hash {
    /// The `prev` of a log's first record.
    pub const ZERO: Self = Self([0; 32]);

    /// The digest of `bytes`.
    pub fn of(bytes: &[u8]) -> Self {
        Self(Sha256::digest(bytes).into())
    }

    /// A digest that was computed elsewhere.
    pub fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// The digest itself.
    pub fn bytes(&self) -> &[u8; 32] {
        &self.0
    }

    /// Reads 64 lower-case hexadecimal digits.
    pub fn parse(text: &str) -> Result<Self, BadId> {
        let bad = || BadId { given: text.to_owned(), wanted: "a SHA-256 hash of 64 lower-case hexadecimal digits" };
        let digits = text.as_bytes();
        if digits.len() != 64 {
            return Err(bad());
        }
        let mut bytes = [0; 32];
        for (byte, pair) in bytes.iter_mut().zip(digits.chunks_exact(2)) {
            let digit = |c: u8| match c {
                b'0'..=b'9' => Ok(c - b'0'),
                b'a'..=b'f' => Ok(c - b'a' + 10),
                _ => Err(bad()),
            };
            *byte = digit(pair[0])? << 4 | digit(pair[1])?;
        }
        Ok(Self(bytes))
    }
}

impl fmt::Display for Hash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&encode_hex(&self.0))
    }
}

impl fmt::Debug for Hash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl Serialize for Hash {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Hash {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::parse(&text).map_err(serde::de::Error::custom)
    }
}

/// An entry's place: the console that wrote it, and its number in that console's log, from 1.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EntryId {
    /// The log.
    pub console: ConsoleId,
    /// The number in that log, from 1, without gaps.
    pub seq: u64,
}

/// The letters of a console in a case by its place among them: A to Z, then AA, AB and so on.
pub fn letters_of_console(mut place: usize) -> String {
    let mut text = String::new();
    loop {
        text.insert(0, char::from(b'A' + (place % 26) as u8));
        match (place / 26).checked_sub(1) {
            Some(rest) => place = rest,
            None => return text,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base32_is_crockfords() {
        assert_eq!(encode_base32([0; 10]), "0000000000000000");
        assert_eq!(encode_base32([0xff; 10]), "ZZZZZZZZZZZZZZZZ");
        assert_eq!(encode_base32([0, 0, 0, 0, 0, 0, 0, 0, 0, 32]), "0000000000000010");
    }

    #[test]
    fn hashes_are_read_strictly() {
        let hash = Hash::of(b"abc");
        assert_eq!(hash.to_string(), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
        assert_eq!(Hash::parse(&hash.to_string()), Ok(hash));
        assert!(Hash::parse(&hash.to_string().to_uppercase()).is_err());
        assert!(Hash::parse("é".repeat(32).as_str()).is_err());
    }

    #[test]
    fn consoles_have_letters() {
        assert_eq!([0, 25, 26, 51, 52, 701, 702].map(letters_of_console), ["A", "Z", "AA", "AZ", "BA", "ZZ", "AAA"]);
    }

    #[test]
    fn identifiers_refuse_what_paths_could_misuse() {
        assert!(CaseId::parse("../../etc/passwd").is_err());
        assert!(CaseId::parse("K7QD000000000000").is_err());
        assert_eq!(CaseId::parse("k7qd000000000000").unwrap().short(), "k7qd");
    }
}
