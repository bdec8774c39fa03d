//! The first bytes of an item, to be looked at: as text or as numbers, and never interpreted.

use crate::{
    console::{
        msg::{Preview, Report},
        theme::Theme,
        width::{cut, width, wrap},
    },
    domain::{event::EvidenceAdded, text::safe},
};
use ratatui::text::Line;
use unicode_segmentation::UnicodeSegmentation as _;

/// Rows of a preview: more of it is read with a program of its own, on another machine.
const ROWS: usize = 1024;
/// Cells of a row of text, beside its number.
const CELLS: usize = 68;
/// Bytes in a row of numbers.
const BYTES: usize = 16;

/// How far looking at an item has come.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Look {
    /// There is nothing to look at: the case holds no copy.
    Elsewhere,
    /// It is being read.
    Reading,
    /// It cannot be read.
    Failed(Report),
    /// It was read.
    Read(Shown),
}

/// What is shown of the bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Shown {
    /// What they are.
    what: String,
    /// Whether they are what was taken in, and whether that is bad news.
    holds: (String, bool),
    /// The rows, safe to show.
    rows: Vec<String>,
    /// What is not shown.
    rest: String,
}

impl Shown {
    /// What is shown of an item that was taken in as `item`.
    pub(crate) fn of(read: &Preview, item: &EvidenceAdded) -> Self {
        let whole = read.size == read.head.len() as u64;
        let (what, mut rows) = match text(&read.head, whole) {
            _ if read.head.is_empty() => ("nothing: the file is empty".to_owned(), Vec::new()),
            Some((text, kind)) => (kind.to_owned(), numbered(&text)),
            None => ("no text; its bytes".to_owned(), numbers(&read.head)),
        };
        let more = rows.len() > ROWS;
        rows.truncate(ROWS);
        let rest = match (more, whole) {
            (true, _) => format!("… the preview ends here, after {ROWS} rows; the file has {} bytes", read.size),
            (false, false) => format!("… the preview ends here: {} of {} bytes", read.head.len(), read.size),
            (false, true) => String::new(),
        };
        Self { what, holds: holds(read, item), rows, rest }
    }
}

/// Whether the bytes are those that were taken in, as far as that was read.
fn holds(read: &Preview, item: &EvidenceAdded) -> (String, bool) {
    match read.sha256 {
        _ if read.size != item.size => {
            (format!("CHANGED: {} bytes were taken in, the file has {} now", item.size, read.size), true)
        }
        Some(found) if found != item.sha256 => (format!("CHANGED: its SHA-256 is {found} now"), true),
        Some(_) => ("its SHA-256 is as it was taken in".to_owned(), false),
        None => ("its size is as it was taken in; v checks the hash of the whole".to_owned(), false),
    }
}

/// The bytes as text, and what sort of text; `None` where they are none.
fn text(head: &[u8], whole: bool) -> Option<(String, &'static str)> {
    let (mut text, mut odd) = (String::new(), 0);
    let kind = if let Some(tail) = head.strip_prefix(b"\xff\xfe") {
        odd += utf16(tail, u16::from_le_bytes, &mut text);
        "text in UTF-16"
    } else if let Some(tail) = head.strip_prefix(b"\xfe\xff") {
        odd += utf16(tail, u16::from_be_bytes, &mut text);
        "text in UTF-16"
    } else {
        odd += utf8(head, whole, &mut text);
        if odd == 0 { "text" } else { "text with bytes that are no UTF-8" }
    };
    odd += text.chars().filter(|c| c.is_control() && !matches!(c, '\n' | '\r' | '\t' | '\u{1b}')).count();
    // A character or two astray leave a text readable; where one of twenty is, numbers say more.
    (!text.contains('\0') && odd * 20 <= head.len()).then_some((text, kind))
}

/// Adds the bytes to a text, those that are no UTF-8 as `‹x9b›`, and counts these.
fn utf8(bytes: &[u8], whole: bool, text: &mut String) -> usize {
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

fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16, text: &mut String) -> usize {
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
fn numbered(text: &str) -> Vec<String> {
    let mut rows = Vec::new();
    let text = text.strip_suffix('\n').unwrap_or(text);
    for (at, line) in text.split('\n').enumerate() {
        // The mark of a line's end on Windows says nothing of the line.
        for (row, part) in chop(line.strip_suffix('\r').unwrap_or(line)).into_iter().enumerate() {
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
fn chop(line: &str) -> Vec<String> {
    let (mut rows, mut row, mut used) = (Vec::new(), String::new(), 0);
    for grapheme in safe(line).graphemes(true) {
        let wide = width(grapheme);
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
fn numbers(bytes: &[u8]) -> Vec<String> {
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

/// It as lines in so many cells.
pub(super) fn lines(look: &Look, origin: &str, theme: Theme, cells: usize) -> Vec<Line<'static>> {
    let cells = cells.saturating_sub(2).min(74);
    let said = |text: &str, style| wrap(text, cells).into_iter().map(move |row| Line::styled(format!(" {row}"), style));
    let heading = |what: &str| Line::styled(cut(&format!(" Preview: {what}"), cells), theme.strong());
    let mut lines = vec![Line::default()];
    match look {
        Look::Elsewhere => {
            lines.push(heading("none"));
            let text = format!("Only its hash and its place are kept. The item itself is at {origin}.");
            lines.extend(said(&text, theme.quiet()));
        }
        Look::Reading => lines.push(heading("being read…")),
        Look::Failed(report) => {
            lines.push(heading("it cannot be read"));
            let texts = std::iter::once(&report.what).chain(&report.causes).chain(&report.hint);
            lines.extend(texts.flat_map(|text| said(text, theme.alarm())));
        }
        Look::Read(shown) => {
            lines.push(heading(&shown.what));
            let (text, bad) = &shown.holds;
            lines.extend(said(text, if *bad { theme.alarm() } else { theme.quiet() }));
            lines.push(Line::default());
            lines.extend(shown.rows.iter().map(|row| Line::raw(row.clone())));
            if !shown.rest.is_empty() {
                lines.extend(said(&shown.rest, theme.quiet()));
            }
        }
    }
    lines
}
