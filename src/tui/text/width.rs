//! Text measured in cells, by grapheme. Nothing is cut without `…`.

use crate::domain::text::{make_safe as marked, safe_lines as marked_lines};
use std::{borrow::Cow, fmt::Write as _};
use unicode_segmentation::UnicodeSegmentation as _;
use unicode_width::{UnicodeWidthChar as _, UnicodeWidthStr as _};

/// How many cells `text` takes.
pub(crate) fn width(text: &str) -> usize {
    let alone = alone(text);
    let rest = text.get(alone..).unwrap_or_default();
    alone + rest.graphemes(true).map(|grapheme| grapheme.width()).sum::<usize>()
}

/// The bytes at the beginning that are one cell each, whatever comes after them: nearly all that is drawn is such text,
/// and looking for graphemes in it was half the work of a frame.
fn alone(text: &str) -> usize {
    let plain = text.bytes().take_while(|byte| matches!(byte, b' '..=b'~')).count();
    // A mark may join the last of them.
    if plain == text.len() { plain } else { plain.saturating_sub(1) }
}

/// `text` on one line, with all that a terminal would obey or hide made visible.
pub(crate) fn safe(text: &str) -> Cow<'_, str> {
    shown(marked(text))
}

/// Makes signs visible that have no cell of their own: a mark without a letter to stand on would join whatever is drawn
/// before it, and move all that comes after.
fn shown(text: Cow<'_, str>) -> Cow<'_, str> {
    if text.is_ascii() {
        return text;
    }
    // Of a half-width sound mark no two parts of a terminal agree whether it has a cell: its wide twin has two.
    if text.contains(['\u{ff9e}', '\u{ff9f}']) {
        return Cow::Owned(shown(text.replace('\u{ff9e}', "゛").replace('\u{ff9f}', "゜").into()).into_owned());
    }
    let begins = |grapheme: &str| format!("a{grapheme}").graphemes(true).nth(1).is_some();
    // What only goes before a letter would stand alone where a line ends after it.
    let stands = |grapheme: &str| grapheme.chars().next().and_then(|first| first.width()) > Some(0);
    let whole = |(at, grapheme): (usize, &str)| {
        grapheme == "\n" || grapheme.width() > 0 && stands(grapheme) && (at > 0 || begins(grapheme))
    };
    let alone = alone(&text);
    let rest = text.get(alone..).unwrap_or_default();
    if rest.grapheme_indices(true).all(|(at, grapheme)| whole((alone + at, grapheme))) {
        return text;
    }
    let mut out = String::with_capacity(text.len() + 16);
    for (at, grapheme) in text.grapheme_indices(true) {
        if whole((at, grapheme)) {
            out.push_str(grapheme);
        } else {
            let before = !stands(grapheme);
            for c in grapheme.chars() {
                if before && c.width() > Some(0) {
                    out.push(c);
                } else {
                    let _ = write!(out, "‹U+{:04X}›", u32::from(c));
                }
            }
        }
    }
    Cow::Owned(out)
}

/// `text` made safe, on one line, in at most `cells` cells.
pub(crate) fn cut(text: &str, cells: usize) -> String {
    let text = safe(text);
    if width(&text) <= cells {
        return text.into_owned();
    }
    let mut used = alone(&text).min(cells.saturating_sub(1));
    let (begin, rest) = text.split_at(used);
    let mut kept = begin.to_owned();
    for grapheme in rest.graphemes(true) {
        used += grapheme.width();
        if used + 1 > cells {
            break;
        }
        kept.push_str(grapheme);
    }
    if cells > 0 {
        kept.push('…');
    }
    kept
}

/// `text` cut or filled with spaces to exactly `cells` cells.
pub(crate) fn pad(text: &str, cells: usize) -> String {
    let mut text = cut(text, cells);
    let used = width(&text);
    text.extend(std::iter::repeat_n(' ', cells.saturating_sub(used)));
    text
}

/// `left` and `right` at the two ends of `cells` cells; `left` gives way.
pub(crate) fn ends(left: &str, right: &str, cells: usize) -> String {
    let right = cut(right, cells);
    let room = cells.saturating_sub(width(&right));
    if right.is_empty() {
        pad(left, room)
    } else {
        pad(left, room.saturating_sub(1)) + if room > 0 { " " } else { "" } + &right
    }
}

/// `text` made safe and broken into lines of at most `cells` cells, at spaces where there are any.
pub(crate) fn wrap(text: &str, cells: usize) -> Vec<String> {
    let cells = cells.max(1);
    let text = shown(marked_lines(text));
    text.split('\n').flat_map(|line| wrap_line(line, cells)).collect()
}

fn wrap_line(line: &str, cells: usize) -> Vec<String> {
    let mut lines = Vec::new();
    let mut now = String::new();
    let mut used = 0;
    for word in line.split_inclusive(' ') {
        let bare = width(word.trim_end_matches(' '));
        if used + bare > cells && used > 0 && bare <= cells {
            lines.push(std::mem::take(&mut now).trim_end().to_owned());
            used = 0;
        }
        for grapheme in word.graphemes(true) {
            let wide = grapheme.width();
            if used + wide > cells && used > 0 {
                // The space that a line ends with has no need of room.
                if grapheme == " " {
                    continue;
                }
                lines.push(std::mem::take(&mut now));
                used = 0;
            }
            now.push_str(grapheme);
            used += wide;
        }
    }
    lines.push(now.trim_end().to_owned());
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn width_is_counted_in_cells_by_grapheme() {
        assert_eq!(width("病院"), 4);
        assert_eq!(cut("病院に", 5), "病院…");
        assert_eq!(cut("病院に", 4), "病…");
        assert_eq!(cut("e\u{301}a", 2), "e\u{301}a");
        assert_eq!(cut("abc", 0), "");
        assert_eq!((width("abe\u{301}"), width("ab 病e\u{301}…")), (3, 7));
        assert_eq!((cut("abe\u{301}d", 3), cut("abcd", 3)), ("ab…".into(), "ab…".into()));
        assert_eq!(pad("ab", 4), "ab  ");
        assert_eq!(ends("a long title", "03:41", 12), "a lon… 03:41");
    }

    #[test]
    fn a_mark_without_a_letter_is_made_visible() {
        assert_eq!(safe("\u{301}a"), "‹U+0301›a");
        assert_eq!(safe("\u{1f3fd}"), "‹U+1F3FD›", "it would colour the hand before it");
        assert_eq!(wrap("a\u{890} b", 3), ["a‹U", "+08", "90›", "b"], "at the end of a line it would have no letter");
        assert_eq!(safe("e\u{301}"), "e\u{301}");
        assert_eq!((cut("ﾑ\u{ff9f}ｶ\u{ff9e}", 6), cut("ﾑ\u{ff9f}ｶ\u{ff9e}", 5)), ("ﾑ゜ｶ゛".into(), "ﾑ゜ｶ…".into()));
        assert_eq!(wrap("a\n\u{1d173}b", 20), ["a", "‹U+1D173›b"]);
    }

    #[test]
    fn lines_break_at_spaces_and_hold_everything() {
        assert_eq!(
            wrap("Leave machines powered: memory is evidence.", 16),
            ["Leave machines", "powered: memory", "is evidence."]
        );
        assert_eq!(wrap("abcdefgh", 3), ["abc", "def", "gh"]);
        assert_eq!(wrap("a\n\nb", 3), ["a", "", "b"]);
        assert_eq!(wrap("\u{1b}[2J", 20), ["␛[2J"]);
        for cells in 1..20 {
            assert!(wrap("Größe (病院), e.g. \"SMB\"; cut now!", cells).iter().all(|line| width(line) <= cells.max(2)));
        }
    }
}
