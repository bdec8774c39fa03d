//! The first bytes of an item of evidence in rows: as text or as numbers, and never interpreted.

use crate::{
    domain::{event::EvidenceAdded, problem::Problem},
    tui::{
        keys::{table::ActionId, ways::KeyNames},
        model::msg::Preview,
        text::width::{make_line_safe, width_of},
    },
};
use unicode_segmentation::UnicodeSegmentation as _;

/// Rows of a preview: more of it is read with a program of its own, on another machine.
const ROWS: usize = 1024;
/// Cells of a row of text, beside its number.
const CELLS: usize = 68;
/// Bytes in a row of numbers.
const BYTES: usize = 16;

/// How far looking at an item has come.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum ItemPreview {
    /// There is nothing to look at: the case holds no copy.
    Elsewhere,
    /// It is being read.
    Reading,
    /// It cannot be read.
    Failed(Problem),
    /// It was read.
    Read(Shown),
}

/// What is shown of the bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Shown {
    /// What they are.
    pub(crate) what: String,
    /// Whether they are what was taken in, and whether that is bad news.
    pub(crate) holds: (String, bool),
    /// The rows, safe to show.
    pub(crate) rows: Vec<String>,
    /// What is not shown.
    pub(crate) rest: String,
}

impl Shown {
    /// What is shown of an item that was taken in as `item`; `ways` are those of Evidence.
    pub(crate) fn of(read: &Preview, item: &EvidenceAdded, ways: KeyNames<'_>) -> Self {
        let whole = read.size == read.head.len() as u64;
        let (what, mut rows) = match decode_text(&read.head, whole) {
            _ if read.head.is_empty() => ("nothing: the file is empty".to_owned(), Vec::new()),
            Some((text, kind)) => (kind.to_owned(), number_lines(&text)),
            None => ("no text; its bytes".to_owned(), dump_bytes(&read.head)),
        };
        let more = rows.len() > ROWS;
        rows.truncate(ROWS);
        let rest = match (more, whole) {
            (true, _) => format!("… the preview ends here, after {ROWS} rows; the file has {} bytes", read.size),
            (false, false) => format!("… the preview ends here: {} of {} bytes", read.head.len(), read.size),
            (false, true) => String::new(),
        };
        Self { what, holds: compare_with_item(read, item, ways), rows, rest }
    }
}

/// Whether the bytes are those that were taken in, as far as that was read.
fn compare_with_item(read: &Preview, item: &EvidenceAdded, ways: KeyNames<'_>) -> (String, bool) {
    match read.sha256 {
        _ if read.size != item.size => {
            (format!("CHANGED: {} bytes were taken in, the file has {} now", item.size, read.size), true)
        }
        Some(found) if found != item.sha256 => (format!("CHANGED: its SHA-256 is {found} now"), true),
        Some(_) => ("its SHA-256 is as it was taken in".to_owned(), false),
        None => {
            let check = ways.key(ActionId::Check);
            (format!("its size is as it was taken in; {check} checks the hash of the whole"), false)
        }
    }
}

/// The bytes as text, and what sort of text; `None` where they are none.
fn decode_text(head: &[u8], whole: bool) -> Option<(String, &'static str)> {
    let (mut text, mut odd) = (String::new(), 0);
    let kind = if let Some(tail) = head.strip_prefix(b"\xff\xfe") {
        odd += decode_utf16(tail, u16::from_le_bytes, &mut text);
        "text in UTF-16"
    } else if let Some(tail) = head.strip_prefix(b"\xfe\xff") {
        odd += decode_utf16(tail, u16::from_be_bytes, &mut text);
        "text in UTF-16"
    } else {
        odd += decode_utf8(head, whole, &mut text);
        if odd == 0 { "text" } else { "text with bytes that are no UTF-8" }
    };
    odd += text.chars().filter(|c| c.is_control() && !matches!(c, '\n' | '\r' | '\t' | '\u{1b}')).count();
    // A character or two astray leave a text readable; where one of twenty is, numbers say more.
    (!text.contains('\0') && odd * 20 <= head.len()).then_some((text, kind))
}

/// Adds the bytes to a text, those that are no UTF-8 as `‹x9b›`, and counts these.
fn decode_utf8(bytes: &[u8], whole: bool, text: &mut String) -> usize {
    let mut odd = 0;
    let mut rest = bytes.len();
    for chunk in bytes.utf8_chunks() {
        text.push_str(chunk.valid());
        rest -= chunk.valid().len() + chunk.invalid().len();
        // The last character may be cut where the reading stopped.
        if rest == 0 && !whole && chunk.invalid().len() < 4 {
            break;
        }
        odd += chunk.invalid().len();
        chunk.invalid().iter().for_each(|byte| text.push_str(&format!("‹x{byte:02x}›")));
    }
    odd
}

fn decode_utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16, text: &mut String) -> usize {
    let units = bytes.chunks_exact(2).map(|pair| unit([pair[0], pair[1]]));
    let mut odd = 0;
    text.extend(char::decode_utf16(units).map(|c| {
        c.unwrap_or_else(|_| {
            odd += 1;
            char::REPLACEMENT_CHARACTER
        })
    }));
    odd
}

/// The lines of a text with their numbers; what goes on in another row has none.
fn number_lines(text: &str) -> Vec<String> {
    let mut rows = Vec::new();
    let text = text.strip_suffix('\n').unwrap_or(text);
    for (at, line) in text.split('\n').enumerate() {
        // The mark of a line's end on Windows says nothing of the line.
        for (row, part) in chop_line(line.strip_suffix('\r').unwrap_or(line)).into_iter().enumerate() {
            let number = if row == 0 { (at + 1).to_string() } else { String::new() };
            rows.push(format!(" {number:>5} {part}"));
        }
        if rows.len() > ROWS {
            break;
        }
    }
    rows
}

/// A line in rows, broken where it is full: no space of it is lost.
fn chop_line(line: &str) -> Vec<String> {
    let (mut rows, mut row, mut used) = (Vec::new(), String::new(), 0);
    for grapheme in make_line_safe(line).graphemes(true) {
        let wide = width_of(grapheme);
        if used + wide > CELLS && used > 0 {
            rows.push(std::mem::take(&mut row));
            used = 0;
        }
        row.push_str(grapheme);
        used += wide;
    }
    rows.push(row);
    rows
}

/// Bytes as numbers, sixteen in a row, with what of them can be read.
fn dump_bytes(bytes: &[u8]) -> Vec<String> {
    let row = |(at, row): (usize, &[u8])| {
        let mut line = format!(" {:05x} ", at * BYTES);
        for place in 0..BYTES {
            if place % 8 == 0 {
                line.push(' ');
            }
            line.push_str(&row.get(place).map_or_else(|| "   ".to_owned(), |byte| format!("{byte:02x} ")));
        }
        line.push(' ');
        line.extend(row.iter().map(|byte| if matches!(byte, b' '..=b'~') { char::from(*byte) } else { '·' }));
        line
    };
    bytes.chunks(BYTES).enumerate().take(ROWS + 1).map(row).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        domain::id::Hash,
        tui::keys::{action::Context, keymap::Keymap, place::Place},
    };

    fn item(bytes: &[u8]) -> EvidenceAdded {
        EvidenceAdded {
            name: "item".into(),
            sha256: Hash::of(bytes),
            size: bytes.len() as u64,
            copied: true,
            origin: "/media/usb/item".into(),
            source: String::new(),
            about: String::new(),
            modified: None,
            step: None,
        }
    }

    fn looked_at(read: &Preview, item: &EvidenceAdded) -> Shown {
        Shown::of(read, item, KeyNames::new(&Keymap::default(), Context::At(Place::Evidence)))
    }

    fn shown(bytes: &[u8]) -> Shown {
        let read = Preview { head: bytes.to_vec(), size: bytes.len() as u64, sha256: Some(Hash::of(bytes)) };
        looked_at(&read, &item(bytes))
    }

    #[test]
    fn text_is_shown_with_its_line_numbers_and_obeyed_by_nobody() {
        let shown = shown("PAY\r\n\u{1b}[2J\u{202e}now\tétat".as_bytes());
        assert_eq!(shown.what, "text");
        assert_eq!(shown.rows, ["     1 PAY", "     2 ␛[2J‹U+202E›now⇥état"]);
        assert_eq!(shown.holds, ("its SHA-256 is as it was taken in".to_owned(), false));
        assert_eq!(shown.rest, "");
    }

    #[test]
    fn long_lines_are_broken_and_lose_no_space() {
        let line = format!("{}  病{}", "a".repeat(CELLS - 3), "b".repeat(9));
        let shown = shown(line.as_bytes());
        assert_eq!(shown.rows.len(), 2, "{:?}", shown.rows);
        assert!(shown.rows[0].ends_with("a  "), "{:?}", shown.rows);
        assert_eq!(shown.rows[1], "       病bbbbbbbbb");
    }

    #[test]
    fn other_texts_are_read_and_what_is_none_becomes_numbers() {
        let utf16: Vec<u8> = std::iter::once(0xfeff).chain("Größe".encode_utf16()).flat_map(u16::to_le_bytes).collect();
        assert_eq!(shown(&utf16).rows, ["     1 Größe"]);
        let latin = shown(b"a long German line about the Gr\xf6\xdfe of a file that was found there");
        assert_eq!(latin.what, "text with bytes that are no UTF-8");
        assert!(latin.rows[0].contains("Gr‹xf6›‹xdf›e"), "{latin:?}");
        let zip = shown(b"PK\x03\x04\x14\0\x06\0\x08\0\0\0!\0_a\x1b");
        assert_eq!(zip.what, "no text; its bytes");
        assert_eq!(
            zip.rows,
            [
                " 00000  50 4b 03 04 14 00 06 00  08 00 00 00 21 00 5f 61  PK··········!·_a",
                " 00010  1b                                                ·",
            ]
        );
        assert!(zip.rows.iter().all(|row| width_of(row) <= 75));
        assert!(shown(b"").rows.is_empty());
    }

    #[test]
    fn a_character_that_the_reading_cut_is_no_fault_of_the_text() {
        let whole = "état ".repeat(20).into_bytes();
        let read = Preview { head: [&whole[..], &[0xc3]].concat(), size: 4000, sha256: None };
        let shown = looked_at(&read, &EvidenceAdded { size: 4000, ..item(b"") });
        assert_eq!(shown.what, "text");
        assert_eq!(shown.rest, "… the preview ends here: 121 of 4000 bytes");
        assert_eq!(shown.holds.0, "its size is as it was taken in; v checks the hash of the whole");
    }

    #[test]
    fn bytes_that_are_not_those_taken_in_are_said_first() {
        let read = Preview { head: b"pay".to_vec(), size: 3, sha256: Some(Hash::of(b"pay")) };
        assert_eq!(looked_at(&read, &item(b"PAY me")).holds.0, "CHANGED: 6 bytes were taken in, the file has 3 now");
        let (text, bad) = looked_at(&read, &item(b"PAY")).holds;
        assert!(bad && text.starts_with("CHANGED: its SHA-256 is "), "{text}");
    }

    #[test]
    fn what_is_shown_has_an_end() {
        let lines = shown("x\n".repeat(ROWS + 5).as_bytes());
        assert_eq!(lines.rows.len(), ROWS);
        assert!(lines.rest.starts_with("… the preview ends here, after 1024 rows"), "{}", lines.rest);
        assert_eq!(shown(&vec![0; ROWS * BYTES + 1]).rows.len(), ROWS);
    }
}
