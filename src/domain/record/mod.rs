//! A record: one line of JSON, whose exact text is what is hashed.

pub mod chain;
pub mod json_line;
pub mod odd_times;
pub mod seal;

use crate::domain::{
    event::Event,
    id::{CaseId, ConsoleId, EntryId, Hash},
    person::Person,
    time::{Now, Time},
};
use json_line::{LineFault, check_keys, check_layout};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::value::RawValue;
use std::fmt;

/// A hybrid logical clock: the latest machine time seen in the case, and a count within that microsecond.
///
/// Orders entries of several consoles so that an effect never stands before its cause, even where their clocks
/// disagree. Written as 16 hexadecimal digits of microseconds since 1970, a hyphen and 4 digits of count, so
/// that the text sorts as the value does. Source: Kulkarni et al., Logical Physical Clocks, 2014.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Order {
    micros: u64,
    count: u16,
}

impl Order {
    /// The next value after everything seen, on a machine whose clock says `at`.
    pub fn after(self, at: Time) -> Self {
        let machine = u64::try_from(at.micros()).unwrap_or(0);
        if machine > self.micros {
            return Self { micros: machine, count: 0 };
        }
        match self.count.checked_add(1) {
            Some(count) => Self { count, ..self },
            None => Self { micros: self.micros.saturating_add(1), count: 0 },
        }
    }

    /// Whether an entry that was recorded at `at`, and that comes after `before` in the case, can have this order.
    ///
    /// It is the entry's own time, or, where something before it was as late, the time of that with a higher count.
    pub fn fits(self, before: Self, at: Time) -> bool {
        let machine = u64::try_from(at.micros()).unwrap_or(0);
        let own = Self { micros: machine, count: 0 };
        let behind = self.micros == before.micros;
        let carried = before.count == u16::MAX && self == Self { micros: before.micros.saturating_add(1), count: 0 };
        self.micros >= machine && (self == own || behind || carried)
    }

    /// Reads what [`Order`]'s `Display` writes.
    pub fn parse(text: &str) -> Option<Self> {
        let (micros, count) = text.split_once('-')?;
        let plain = |part: &str| part.bytes().all(|c| matches!(c, b'0'..=b'9' | b'a'..=b'f'));
        if micros.len() != 16 || count.len() != 4 || !plain(micros) || !plain(count) {
            return None;
        }
        Some(Self { micros: u64::from_str_radix(micros, 16).ok()?, count: u16::from_str_radix(count, 16).ok()? })
    }
}

impl fmt::Display for Order {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:016x}-{:04x}", self.micros, self.count)
    }
}

impl Serialize for Order {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Order {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::parse(&text).ok_or_else(|| serde::de::Error::custom(format!("{text:?} is not an order")))
    }
}

/// What is about to be recorded: an event, who acts, and the times that people and key presses give.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draft {
    /// Who acts and logs it.
    pub by: Person,
    /// When it happened (UTC), where that was not now: a person's claim.
    pub occurred: Option<Time>,
    /// When the responder began this entry (UTC), by the machine's clock at the key press.
    pub begun: Option<Time>,
    /// What happened.
    pub event: Event,
}

/// An entry of a case as it stands in the log. It is made by [`Record::write`] or [`Record::read`] only, so its
/// text and its fields agree.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Record {
    /// The case.
    pub case: CaseId,
    /// Where it stands: console and number.
    pub id: EntryId,
    /// The hash of the same console's entry before it; zeros for the first.
    pub prev: Hash,
    /// When it was recorded (UTC), by this machine's clock.
    pub at: Time,
    /// The machine's local zone then, minutes east of UTC.
    pub offset: i32,
    /// Its place among the entries of all consoles.
    pub order: Order,
    /// Who logged it.
    pub by: Person,
    /// When it happened (UTC), as a person claims; `None` is when it was recorded.
    pub occurred: Option<Time>,
    /// When the responder began the entry (UTC).
    pub begun: Option<Time>,
    /// What happened.
    pub event: Event,
    /// The hash of [`Record::text`].
    pub hash: Hash,
    text: String,
}

/// The line's keys, in the order in which they are written.
#[derive(Serialize)]
struct Line<'a, D> {
    v: u32,
    case: &'a CaseId,
    console: &'a ConsoleId,
    seq: u64,
    prev: Hash,
    at: Time,
    offset: i32,
    order: Order,
    by: &'a Person,
    #[serde(skip_serializing_if = "Option::is_none")]
    occurred: Option<Time>,
    #[serde(skip_serializing_if = "Option::is_none")]
    begun: Option<Time>,
    #[serde(rename = "type")]
    kind: &'a str,
    data: &'a D,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Read<'a> {
    v: u32,
    case: CaseId,
    console: ConsoleId,
    seq: u64,
    prev: Hash,
    at: Time,
    offset: i32,
    order: Order,
    by: Person,
    occurred: Option<Time>,
    begun: Option<Time>,
    #[serde(rename = "type")]
    kind: String,
    #[serde(borrow)]
    data: &'a RawValue,
}

/// Where a log ends: the number and hash of its last entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Head {
    /// The last number; 0 where the log is empty.
    pub seq: u64,
    /// The last hash; zeros where the log is empty.
    pub hash: Hash,
}

impl Head {
    /// The head of a log with no entries.
    pub const EMPTY: Self = Self { seq: 0, hash: Hash::ZERO };
}

impl Record {
    /// Writes the entry that follows `head` in the log of `console`, stamped with the machine's clock.
    ///
    /// Fails only where a payload cannot be written as JSON, which no payload of ours does.
    pub fn write(
        case: &CaseId,
        console: &ConsoleId,
        head: Head,
        order: Order,
        now: Now,
        draft: Draft,
    ) -> Result<Self, serde_json::Error> {
        let seq = head.seq + 1;
        let line = Line {
            v: draft.event.version(),
            case,
            console,
            seq,
            prev: head.hash,
            at: now.at,
            offset: now.offset(),
            order,
            by: &draft.by,
            occurred: draft.occurred,
            begun: draft.begun,
            kind: draft.event.kind(),
            data: &draft.event,
        };
        let text = serde_json::to_string(&line)?;
        Ok(Self {
            case: case.clone(),
            id: EntryId { console: console.clone(), seq },
            prev: head.hash,
            at: now.at,
            offset: now.offset(),
            order,
            hash: Hash::of(text.as_bytes()),
            by: draft.by,
            occurred: draft.occurred,
            begun: draft.begun,
            event: draft.event,
            text,
        })
    }

    /// Reads a line. A payload of an unknown type or version becomes [`Event::Unknown`]; anything else that
    /// is not as [`Record::write`] makes it is an error that says where.
    pub fn read(text: impl Into<String>) -> Result<Self, serde_json::Error> {
        let text = text.into();
        let read: Read<'_> = serde_json::from_str(&text)?;
        let event = Event::read(&read.kind, read.v, read.data);
        // Of a known type it is as deep as that type; of others it goes on as it is, to readers that bound it too.
        if matches!(event, Event::Unknown(_)) && check_layout(read.data.get()) == Err(LineFault::Deep) {
            return Err(serde::de::Error::custom(LineFault::Deep));
        }
        Ok(Self {
            case: read.case,
            id: EntryId { console: read.console, seq: read.seq },
            prev: read.prev,
            at: read.at,
            offset: read.offset,
            order: read.order,
            by: read.by,
            occurred: read.occurred,
            begun: read.begun,
            event,
            hash: Hash::of(text.as_bytes()),
            text,
        })
    }

    /// Checks that the line is spelled byte for byte as this program spells it: one line of JSON, with the keys in
    /// their order, none of them twice, and nothing between. Of a payload that this program no longer or not yet
    /// writes, the same is asked but for the order of its keys.
    pub fn check_spelling(&self) -> Result<(), LineFault> {
        check_layout(&self.text)?;
        let version = self.event.version();
        if !matches!(self.event, Event::Unknown(_)) && self.is_spelled_with(version, &self.event) {
            return Ok(());
        }
        let Ok(read) = serde_json::from_str::<Read<'_>>(&self.text) else { return Err(LineFault::Respelled) };
        let latest = Event::latest(self.event.kind()).unwrap_or(0);
        let unknown = matches!(self.event, Event::Unknown(_));
        if unknown && read.v <= latest {
            return Err(LineFault::Misfit);
        }
        if !unknown && read.v >= version {
            return Err(LineFault::Respelled);
        }
        check_keys(read.data.get())?;
        if self.is_spelled_with(read.v, &read.data) { Ok(()) } else { Err(LineFault::Respelled) }
    }

    /// Whether writing this entry with that payload gives the text.
    fn is_spelled_with(&self, v: u32, data: &impl Serialize) -> bool {
        let line = Line {
            v,
            case: &self.case,
            console: &self.id.console,
            seq: self.id.seq,
            prev: self.prev,
            at: self.at,
            offset: self.offset,
            order: self.order,
            by: &self.by,
            occurred: self.occurred,
            begun: self.begun,
            kind: self.event.kind(),
            data,
        };
        serde_json::to_string(&line).is_ok_and(|text| text == self.text)
    }

    /// The line itself, without its end: what is hashed, stored and exported.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The head of this console's log once this entry stands.
    pub fn head(&self) -> Head {
        Head { seq: self.id.seq, hash: self.hash }
    }

    /// When it happened, as far as anyone said; when it was recorded otherwise.
    pub fn happened(&self) -> Time {
        self.occurred.unwrap_or(self.at)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::event::Note;

    fn note(text: &str) -> Record {
        Record::write(
            &CaseId::from_random([1; 10]),
            &ConsoleId::from_random([2; 10]),
            Head::EMPTY,
            Order::default().after(Time::from_micros(5).unwrap()),
            Now::fixed(Time::from_micros(5).unwrap(), 60),
            Draft {
                by: Person::named("A. Osei"),
                occurred: None,
                begun: None,
                event: Note { text: text.into() }.into(),
            },
        )
        .unwrap()
    }

    #[test]
    fn a_record_is_read_back_whole() {
        let record = note("line\nend \u{1b}[2J \u{202e}");
        assert!(!record.text().contains('\n'), "one record is one line");
        assert_eq!(Record::read(record.text()).unwrap(), record);
    }

    #[test]
    fn what_a_newer_program_wrote_is_kept_as_unknown() {
        let text = note("x").text().replace("\"v\":1", "\"v\":2");
        let record = Record::read(text.clone()).unwrap();
        assert!(matches!(record.event, Event::Unknown(crate::domain::event::UnknownEntry { version: 2, .. })));
        assert_eq!(record.text(), text);
        assert!(Record::read(note("x").text().replace("\"offset\"", "\"offzet\"")).is_err());
    }

    /// A line that says the same with other bytes, each in a way of its own.
    fn respelled(text: &str) -> Vec<(&'static str, String)> {
        let replace = |from: &str, to: &str| {
            assert!(text.contains(from), "{from} in {text}");
            text.replacen(from, to, 1)
        };
        vec![
            ("space", format!("{text} ")),
            ("line feed", replace("\"type\"", "\n\"type\"")),
            ("return", format!("{text}\r")),
            ("order of keys", replace("\"v\":1,", "").replacen("\"seq\"", "\"v\":1,\"seq\"", 1)),
            ("escape", replace("end", "\\u0065nd")),
            ("zone", replace("00.000005Z", "00.000005+00:00")),
            ("finer time", replace("00.000005Z", "00.0000050Z")),
            ("null", replace("\"type\"", "\"occurred\":null,\"type\"")),
            ("left out", replace(",\"role\":\"\"", "")),
        ]
    }

    #[test]
    fn a_line_has_one_spelling() {
        let record = note("line\nend \u{1b}[2J \u{202e}");
        assert_eq!(record.check_spelling(), Ok(()));
        for (how, text) in respelled(record.text()) {
            let read = Record::read(text).unwrap();
            assert_eq!(read.event, record.event, "{how}: it says the same");
            assert!(read.check_spelling().is_err(), "{how}");
        }
    }

    #[test]
    fn what_a_newer_program_wrote_has_one_spelling_but_for_the_order_of_its_keys() {
        let line = |data: &str| note("x").text().replace("\"v\":1", "\"v\":9").replace("{\"text\":\"x\"}", data);
        let newer = |data: &str| Record::read(line(data)).unwrap().check_spelling();
        assert_eq!(newer("{\"z\":1,\"a\":{\"b\":[1.5e3,null]}}"), Ok(()));
        assert!(matches!(newer("{\"a\":1,\"a\":2}"), Err(LineFault::Ambiguous(_))));
        assert!(matches!(newer("{\"a\": 1}"), Err(LineFault::Space { .. })));
        assert!(matches!(newer("{\"a\":1e999}"), Err(LineFault::Ambiguous(_))));
        for depth in [97, 100_000] {
            let deep = Record::read(line(&format!("{}{}", "[".repeat(depth), "]".repeat(depth))));
            assert_eq!(deep.unwrap_err().to_string(), LineFault::Deep.to_string(), "nobody is handed that");
        }
        let misfit = note("x").text().replace("{\"text\":\"x\"}", "{\"words\":\"x\"}");
        assert_eq!(Record::read(misfit).unwrap().check_spelling(), Err(LineFault::Misfit), "a note has a text");
    }

    #[test]
    fn order_never_goes_back() {
        let early = Time::from_micros(10).unwrap();
        let late = Time::from_micros(20).unwrap();
        let first = Order::default().after(late);
        let second = first.after(early);
        assert!(second > first && second.to_string() > first.to_string());
        assert_eq!(Order::parse(&second.to_string()), Some(second));
        let full = Order { micros: 20, count: u16::MAX };
        assert!(full.after(early) > full);
    }
}
