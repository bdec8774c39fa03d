//! What makes the events of their list: the payloads, [`Event`](super::Event), and reading and writing both.

macro_rules! events {
    (
        $($(#[$doc:meta])* $kind:literal $version:literal $variant:ident { $($(#[$fdoc:meta])* $field:ident: $type:ty),* $(,)? })+
        elsewhere
        $($(#[$other_doc:meta])* $other_kind:literal $other_version:literal $other:ident;)+
    ) => {
        $(
            $(#[$doc])*
            #[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
            #[serde(deny_unknown_fields)]
            pub struct $variant { $($(#[$fdoc])* pub $field: $type),* }

            impl From<$variant> for Event {
                fn from(payload: $variant) -> Self { Event::$variant(payload) }
            }
        )+
        $(
            impl From<$other> for Event {
                fn from(payload: $other) -> Self { Event::$other(payload) }
            }
        )+

        /// Something that happened in a case.
        #[derive(Clone, Debug, PartialEq, Eq)]
        pub enum Event {
            $($(#[$doc])* $variant($variant),)+
            $($(#[$other_doc])* $other($other),)+
            /// An entry of a type or version that this program does not know: kept, shown, and not acted on.
            Unknown {
                /// Its type.
                kind: String,
                /// Its payload's version.
                version: u32,
                /// Its payload.
                data: serde_json::Value,
            },
        }

        impl Event {
            /// The types that this program writes.
            pub const KINDS: &[&str] = &[$($kind,)+ $($other_kind),+];

            /// The type as it stands in the record.
            pub fn kind(&self) -> &str {
                match self {
                    $(Self::$variant(_) => $kind,)+
                    $(Self::$other(_) => $other_kind,)+
                    Self::Unknown { kind, .. } => kind,
                }
            }

            /// The version of the payload's shape that this program writes.
            pub fn version(&self) -> u32 {
                match self {
                    $(Self::$variant(_) => $version,)+
                    $(Self::$other(_) => $other_version,)+
                    Self::Unknown { version, .. } => *version,
                }
            }

            /// The latest version of a type that this program knows; `None` for a type that it does not know.
            pub fn latest(kind: &str) -> Option<u32> {
                match kind {
                    $($kind => Some($version),)+
                    $($other_kind => Some($other_version),)+
                    _ => None,
                }
            }

            /// Reads the payload of a record, of this version or an earlier one; what is unknown or does not fit becomes [`Event::Unknown`].
            pub fn read(kind: &str, version: u32, data: &RawValue) -> Self {
                let known = match (kind, version) {
                    $(($kind, 1..=$version) => serde_json::from_str(data.get()).ok().map(Self::$variant),)+
                    $(($other_kind, 1..=$other_version) => serde_json::from_str(data.get()).ok().map(Self::$other),)+
                    _ => None,
                };
                known.unwrap_or_else(|| Self::Unknown {
                    kind: kind.to_owned(),
                    version,
                    data: serde_json::from_str(data.get()).unwrap_or_default(),
                })
            }
        }

        impl Serialize for Event {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                match self {
                    $(Self::$variant(payload) => payload.serialize(serializer),)+
                    $(Self::$other(payload) => payload.serialize(serializer),)+
                    Self::Unknown { data, .. } => data.serialize(serializer),
                }
            }
        }
    };
}

pub(super) use events;
