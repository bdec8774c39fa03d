//! What makes a payload, and what makes [`Event`](super::Event) of the list of payloads.

/// A payload with its type and the version of its shape as they stand in the record. A changed shape is a new version: a
/// record written years ago is still read as it was meant.
macro_rules! payload {
    (
        $kind:literal $version:literal
        $(#[$doc:meta])* $name:ident { $($(#[$fdoc:meta])* $field:ident: $type:ty),* $(,)? }
    ) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
        #[serde(deny_unknown_fields)]
        pub struct $name { $($(#[$fdoc])* pub $field: $type),* }

        impl $name {
            /// Its type as it stands in the record.
            pub const KIND: &str = $kind;
            /// The version of its shape that this program writes.
            pub const VERSION: u32 = $version;
        }
    };
}

macro_rules! events {
    ($($family:ident: $($payload:ident),+;)+) => {
        $(pub use $family::{$($payload),+};)+

        $($(
            impl From<$payload> for Event {
                fn from(payload: $payload) -> Self { Event::$payload(payload) }
            }
        )+)+

        /// Something that happened in a case.
        #[derive(Clone, Debug, PartialEq, Eq)]
        pub enum Event {
            $($(
                #[doc = concat!("See [`", stringify!($payload), "`].")]
                $payload($payload),
            )+)+
            /// An entry of a type or version that this program does not know: kept, shown, and not acted on.
            Unknown(UnknownEntry),
        }

        impl Event {
            /// The types that this program writes.
            pub const KINDS: &[&str] = &[$($($payload::KIND),+),+];

            /// The type as it stands in the record.
            pub fn kind(&self) -> &str {
                match self {
                    $($(Self::$payload(_) => $payload::KIND,)+)+
                    Self::Unknown(entry) => &entry.kind,
                }
            }

            /// The same of a type that this program knows.
            pub fn known_kind(&self) -> Option<&'static str> {
                match self {
                    $($(Self::$payload(_) => Some($payload::KIND),)+)+
                    Self::Unknown(_) => None,
                }
            }

            /// The version of the payload's shape that this program writes.
            pub fn version(&self) -> u32 {
                match self {
                    $($(Self::$payload(_) => $payload::VERSION,)+)+
                    Self::Unknown(entry) => entry.version,
                }
            }

            /// The latest version of a type that this program knows; `None` for a type that it does not know.
            pub fn latest(kind: &str) -> Option<u32> {
                match kind {
                    $($($payload::KIND => Some($payload::VERSION),)+)+
                    _ => None,
                }
            }

            /// Reads the payload of a record, of this version or an earlier one; what is unknown or does not fit becomes
            /// [`Event::Unknown`].
            pub fn read(kind: &str, version: u32, data: &RawValue) -> Self {
                let known = match (kind, version) {
                    $($(
                        ($payload::KIND, 1..=$payload::VERSION) => {
                            serde_json::from_str(data.get()).ok().map(Self::$payload)
                        }
                    )+)+
                    _ => None,
                };
                known.unwrap_or_else(|| Self::Unknown(UnknownEntry {
                    kind: kind.to_owned(),
                    version,
                    data: serde_json::from_str(data.get()).unwrap_or_default(),
                }))
            }

            /// The one place where an entry is asked what it says of itself.
            fn said(&self) -> &dyn Said {
                match self {
                    $($(Self::$payload(payload) => payload,)+)+
                    Self::Unknown(entry) => entry,
                }
            }
        }

        impl Serialize for Event {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                match self {
                    $($(Self::$payload(payload) => payload.serialize(serializer),)+)+
                    Self::Unknown(entry) => entry.data.serialize(serializer),
                }
            }
        }
    };
}

pub(super) use {events, payload};
