//! A text field: an editor for one line or several, drawn so that nothing typed or pasted is hidden.

use super::text_rows::{Row, lay_rows, split_units};
use crate::{
    domain::text::LONG_LIMIT,
    tui::keys::key::{Code, Key},
};
use ratatui_textarea::{CursorMove, DataCursor, Input, Key as Tap, TextArea};

/// How many changes can be undone: each letter is one.
const UNDONE: usize = 500;

/// An editor for text.
#[derive(Clone, Debug, Default)]
pub(crate) struct Field {
    area: TextArea<'static>,
    many: bool,
    /// Nothing was typed yet: the first letter takes the place of what stands in it.
    fresh: bool,
    /// Where the cursor stands in its row, cells, or stood before it went through a shorter one.
    column: Option<usize>,
    /// Between two rows of one line, the cursor stands behind the upper and not before the lower.
    behind_row: bool,
}

/// Where the cursor goes among the rows of a text of several lines.
#[derive(Clone, Copy)]
enum RowMove {
    Up,
    Down,
    /// To the beginning of its row.
    Home,
    /// To the end of its row.
    End,
    /// To the beginning of the text.
    Top,
    /// To the end of the text.
    Bottom,
}

impl RowMove {
    /// Whether the column is kept for the next move: a short row between two long ones does not lose it.
    fn keeps_column(self) -> bool {
        match self {
            Self::Up | Self::Down => true,
            Self::Home | Self::End | Self::Top | Self::Bottom => false,
        }
    }

    /// What a key does, where it does any of it.
    fn of(key: Key) -> Option<Self> {
        if key.alt {
            return None;
        }
        let control = |letter: char| key.code == Code::Char(letter) && key.ctrl;
        let all = [
            (key.code == Code::Up && !key.ctrl || control('p') || control('P'), Self::Up),
            (key.code == Code::Down && !key.ctrl || control('n') || control('N'), Self::Down),
            (key.code == Code::Home && !key.ctrl || control('a') || control('A'), Self::Home),
            (key.code == Code::End && !key.ctrl || control('e') || control('E'), Self::End),
            (key.code == Code::Home && key.ctrl, Self::Top),
            (key.code == Code::End && key.ctrl, Self::Bottom),
        ];
        all.into_iter().find_map(|(pressed, way)| pressed.then_some(way))
    }
}

/// What a field looks like: its rows, and the cursor's column and row among them.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Shown {
    /// Rows of text, safe to draw.
    pub(crate) rows: Vec<String>,
    /// Column and row, cells.
    pub(crate) cursor: (u16, u16),
    /// Rows above these that are not shown.
    pub(crate) above: usize,
    /// Rows below these that are not shown.
    pub(crate) below: usize,
}

impl Field {
    /// A field for one line.
    pub(crate) fn line(text: &str) -> Self {
        Self::with(text, false)
    }

    /// A field for several lines.
    pub(crate) fn lines(text: &str) -> Self {
        Self::with(text, true)
    }

    fn with(text: &str, many: bool) -> Self {
        let mut area = TextArea::new(text.split('\n').map(str::to_owned).collect());
        area.set_max_histories(UNDONE);
        area.move_cursor(CursorMove::Bottom);
        area.move_cursor(CursorMove::End);
        Self { area, many, ..Self::default() }
    }

    /// What stands in it is only proposed: the next letter takes its place.
    pub(crate) fn propose(&mut self) {
        self.fresh = !self.is_empty();
    }

    /// Whether the next letter takes the place of what stands in it.
    pub(crate) fn fresh(&self) -> bool {
        self.fresh
    }

    /// Makes room for what is typed or pasted, where what stands in it was only proposed.
    fn replace(&mut self) {
        if std::mem::take(&mut self.fresh) {
            self.area.select_all();
            self.area.cut();
        }
    }

    /// What stands in it.
    pub(crate) fn text(&self) -> String {
        self.area.lines().join("\n")
    }

    /// Whether nothing but spaces stands in it.
    pub(crate) fn is_empty(&self) -> bool {
        self.area.lines().iter().all(|line| line.trim().is_empty())
    }

    /// Puts `text` in the place of what stands in it; undo brings that back.
    pub(crate) fn set(&mut self, text: &str) {
        self.fresh = false;
        self.area.select_all();
        if text.is_empty() {
            self.area.cut();
        } else {
            self.area.insert_str(text);
        }
        self.area.move_cursor(CursorMove::End);
    }

    /// Puts back a text that was kept elsewhere, with the cursor behind it; undo does not take it away again. What
    /// stands there already stays as it is, with the cursor where it is.
    pub(crate) fn put_back(&mut self, text: &str) {
        if self.text() != text {
            *self = Self::with(text, self.many);
        }
    }

    /// Puts the cursor before the first word.
    pub(crate) fn go_top(&mut self) {
        self.area.move_cursor(CursorMove::Top);
        self.area.move_cursor(CursorMove::Head);
    }

    /// Puts the cursor before the first place where it says `text`, where it does.
    pub(crate) fn go_to(&mut self, text: &str) {
        let place = |(row, line): (usize, &String)| {
            let at = line.find(text)?;
            Some((row as u16, line.get(..at)?.chars().count() as u16))
        };
        if let Some((row, col)) = self.area.lines().iter().enumerate().find_map(place) {
            self.area.move_cursor(CursorMove::Jump(row, col));
        }
    }

    /// The rows in a field so many cells wide, and which of them has the cursor.
    fn rows(&self, cells: usize) -> (Vec<Row>, usize) {
        let DataCursor(line, place) = self.area.cursor();
        let rows = lay_rows(self.area.lines(), cells);
        // In the last row that begins before it or under it.
        let begins = |row: &Row| match row.range.start {
            0 => true,
            start => start < place || start == place && !self.behind_row,
        };
        let at = rows.iter().rposition(|row| row.line == line && begins(row)).unwrap_or(0);
        (rows, at)
    }

    /// Whether the cursor is in the first row of a field so many cells wide.
    pub(crate) fn at_top(&self, cells: usize) -> bool {
        self.rows(cells).1 == 0
    }

    /// Whether the cursor is in the last row of a field so many cells wide.
    pub(crate) fn at_bottom(&self, cells: usize) -> bool {
        let (rows, at) = self.rows(cells);
        at + 1 >= rows.len()
    }

    /// Moves the cursor within a text of several lines, by rows as they are drawn so many cells wide.
    fn move_by_rows(&mut self, way: RowMove, cells: usize) {
        self.fresh = false;
        let (rows, at) = self.rows(cells);
        let Some(here) = rows.get(at) else { return };
        let column = self.column.unwrap_or_else(|| here.cells_before(self.area.cursor().1));
        let to = match way {
            RowMove::Up => at.checked_sub(1).and_then(|to| rows.get(to)).map(|row| (row, row.place_at(column))),
            RowMove::Down => rows.get(at + 1).map(|row| (row, row.place_at(column))),
            RowMove::Home => Some((here, here.range.start)),
            RowMove::End => Some((here, here.last_place())),
            RowMove::Top => rows.first().map(|row| (row, row.range.start)),
            RowMove::Bottom => rows.last().map(|row| (row, row.range.end)),
        };
        let Some((row, place)) = to else { return };
        let count = |place: usize| u16::try_from(place).unwrap_or(u16::MAX);
        self.area.move_cursor(CursorMove::Jump(count(row.line), count(place)));
        self.column = way.keeps_column().then_some(column);
        self.behind_row = row.goes_on && place == row.range.end;
    }

    /// Takes a key in. Keys that leave a field (Tab, Esc, and Enter in a single line) are none of its business.
    ///
    /// A line feed comes as Ctrl-J and ends the line. What deletes is Backspace and Delete, with Alt a word, Ctrl-W a
    /// word and Ctrl-U the line before the cursor; Ctrl-Z takes that back. The other letters that delete in some
    /// editors do not.
    pub(crate) fn key(&mut self, key: Key) {
        self.key_within(key, usize::MAX);
    }

    /// The same in a field that is drawn so many cells wide: Up, Down, Home and End go by its rows.
    pub(crate) fn key_within(&mut self, key: Key, cells: usize) {
        if let Some(way) = RowMove::of(key).filter(|_| self.many) {
            return self.move_by_rows(way, cells);
        }
        (self.column, self.behind_row) = (None, false);
        let tap = match key.code {
            Code::Char('j' | 'J') if key.ctrl => return self.break_line(),
            Code::Char(c) if key.ctrl => match c.to_ascii_lowercase() {
                'z' => {
                    self.area.undo();
                    return;
                }
                'y' => {
                    self.area.redo();
                    return;
                }
                'u' => {
                    self.fresh = false;
                    self.area.delete_line_by_head();
                    return;
                }
                'h' => Tap::Backspace,
                // They move the cursor, and the last deletes a word.
                c @ ('a' | 'b' | 'e' | 'f' | 'n' | 'p' | 'w') => Tap::Char(c),
                _ => return,
            },
            Code::Char('b' | 'f') if key.alt => Tap::Char(if key.code == Code::Char('b') { 'b' } else { 'f' }),
            Code::Char(_) if key.alt => return,
            Code::Char(c) if ends_line(c) => return self.break_line(),
            Code::Char(c) => Tap::Char(c),
            Code::Backspace => Tap::Backspace,
            Code::Delete => Tap::Delete,
            Code::Left => Tap::Left,
            Code::Right => Tap::Right,
            // With Ctrl, a paragraph back or on.
            Code::Up if self.many => Tap::Up,
            Code::Down if self.many => Tap::Down,
            Code::Home => Tap::Home,
            Code::End => Tap::End,
            Code::Enter if self.many => Tap::Enter,
            Code::Enter
            | Code::Esc
            | Code::Tab
            | Code::BackTab
            | Code::Up
            | Code::Down
            | Code::PageUp
            | Code::PageDown
            | Code::F(_) => return,
        };
        if key.letter() {
            self.replace();
        }
        self.fresh = false;
        let ctrl = key.ctrl && tap != Tap::Backspace;
        // With Shift the editor would select what is passed over, which is not drawn, and the next letter would take
        // its place.
        self.area.input(Input { key: tap, ctrl, alt: key.alt, shift: false });
    }

    /// Ends the line where there are several; a single line has a space there, as where one is pasted.
    fn break_line(&mut self) {
        self.fresh = false;
        if self.many {
            self.area.insert_newline();
        } else {
            self.area.insert_char(' ');
        }
    }

    /// Takes a paste in: line ends are made one kind, and a single line keeps its breaks as spaces. Says why
    /// where it is too long; then nothing is taken in, for a text cut short would be read as whole.
    pub(crate) fn paste(&mut self, text: &str) -> Result<(), String> {
        let has = self.area.lines().iter().map(|line| line.len() + 1).sum::<usize>();
        if has + text.len() > LONG_LIMIT {
            return Err(format!(
                "nothing was pasted: {} bytes are more than the {LONG_LIMIT} that a text may have; add it as evidence",
                text.len()
            ));
        }
        let text = text.replace("\r\n", "\n").replace(ends_line, "\n");
        let text = if self.many { text } else { text.trim_end_matches('\n').replace('\n', " ") };
        if !text.is_empty() {
            self.replace();
            self.area.insert_str(text);
        }
        Ok(())
    }

    /// How it looks `cells` wide in at most `height` rows, with the cursor in view.
    pub(crate) fn shown(&self, cells: usize, height: usize) -> Shown {
        let (cells, height) = (cells.max(2), height.max(1));
        if self.many { self.shown_lines(cells, height) } else { self.shown_line(cells) }
    }

    fn shown_line(&self, cells: usize) -> Shown {
        let DataCursor(row, col) = self.area.cursor();
        let empty = String::new();
        let line = self.area.lines().get(row).unwrap_or(&empty);
        let units = split_units(line);
        let before: usize = units.iter().take_while(|unit| unit.start < col).map(|unit| unit.cells).sum();
        let all: usize = units.iter().map(|unit| unit.cells).sum();
        // One cell is kept for the cursor at the end, and one at each side for the sign of a cut.
        let skip = if all < cells { 0 } else { (before + 2).saturating_sub(cells) };
        let mut shown = String::new();
        let (mut passed, mut used, mut cursor) = (0, 0, 0);
        for unit in &units {
            if unit.start < col && passed >= skip {
                cursor = used + unit.cells;
            }
            if passed < skip {
                passed += unit.cells;
                if passed >= skip {
                    shown.push('…');
                    used = 1;
                    cursor = 1;
                }
                continue;
            }
            if used + unit.cells > cells.saturating_sub(1) {
                shown.push('…');
                break;
            }
            shown.push_str(&unit.text);
            used += unit.cells;
        }
        let cursor = cursor.min(cells - 1) as u16;
        Shown { rows: vec![shown], cursor: (cursor, 0), above: 0, below: 0 }
    }

    fn shown_lines(&self, cells: usize, height: usize) -> Shown {
        let (rows, at) = self.rows(cells);
        let column = rows.get(at).map_or(0, |row| row.cells_before(self.area.cursor().1));
        let cursor = (column, at);
        let top = (cursor.1 + 1).saturating_sub(height);
        let below = rows.len().saturating_sub(top + height);
        let rows: Vec<String> = rows.iter().skip(top).take(height).map(Row::text).collect();
        let place = (cursor.0.min(cells - 1) as u16, (cursor.1 - top) as u16);
        Shown { rows, cursor: place, above: top, below }
    }
}

/// Whether a line ends there, whatever wrote it: UAX 14, class BK, CR, LF and NL.
fn ends_line(c: char) -> bool {
    matches!(c, '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(field: &mut Field, text: &str) {
        for c in text.chars() {
            field.key(Key::plain(Code::Char(c)));
        }
    }

    #[test]
    fn words_undo_and_lines() {
        let mut field = Field::lines("");
        typed(&mut field, "ward 7 病院");
        field.key(Key::plain(Code::Enter));
        typed(&mut field, "paper");
        assert_eq!(field.text(), "ward 7 病院\npaper");
        field.key(Key { alt: true, ..Key::plain(Code::Backspace) });
        assert_eq!(field.text(), "ward 7 病院\n");
        field.key(Key::ctrl('z'));
        assert_eq!(field.text(), "ward 7 病院\npaper");
    }

    /// Every byte that a line can send, as the key that it comes in as, alone and with Alt (after an escape).
    fn bytes() -> impl Iterator<Item = Key> {
        let named = |byte: u8| match byte {
            b'\r' => Key::plain(Code::Enter),
            b'\t' => Key::plain(Code::Tab),
            0x1b => Key::plain(Code::Esc),
            0x7f => Key::plain(Code::Backspace),
            0 => Key::ctrl(' '),
            1..0x1b => Key::ctrl(char::from(byte + b'a' - 1)),
            0x1c..0x20 => Key::ctrl(char::from(byte - 0x1c + b'4')),
            _ => Key::plain(Code::Char(char::from(byte))),
        };
        let alone = (0..=255).map(named);
        alone.flat_map(|key| [key, Key { alt: true, ..key }])
    }

    #[test]
    fn no_key_deletes_but_those_of_the_help_and_they_can_be_taken_back() {
        let text = "Theatre 2 list\non paper\nby 07:40";
        for many in [true, false] {
            let text = if many { text.to_owned() } else { text.replace('\n', " ") };
            for inside in [true, false] {
                for key in bytes() {
                    let mut field = Field::with("", many);
                    field.paste(&text).unwrap();
                    if inside {
                        (0..5).for_each(|_| field.key(Key::plain(Code::Left)));
                    }
                    field.key(key);
                    let after = field.text();
                    let mut rest = after.chars();
                    let whole = text.chars().all(|c| rest.any(|other| other == c));
                    let backspace = key.code == Code::Backspace || (key.code == Code::Char('h') && key.ctrl);
                    let undo = key.code == Code::Char('z') && key.ctrl;
                    let told = matches!(key.code, Code::Char('u' | 'w')) && key.ctrl;
                    assert!(whole || backspace || undo || told, "{}: {after:?}", key.written());
                    if !whole {
                        field.key(Key::ctrl(if undo { 'y' } else { 'z' }));
                        assert_eq!(field.text(), text, "{}", key.written());
                    }
                }
            }
        }
    }

    #[test]
    fn a_line_feed_is_a_new_line_and_in_a_single_line_a_space() {
        let ends = ["\n", "\r", "\u{b}", "\u{c}", "\u{85}", "\u{2028}", "\u{2029}", "\r\n"];
        for end in ends {
            for (many, wanted) in [(true, "Ward 7\non paper"), (false, "Ward 7 on paper")] {
                let mut field = Field::with("", many);
                field.paste(&format!("Ward 7{end}on paper")).unwrap();
                assert_eq!(field.text(), wanted, "pasted {end:?}");
            }
        }
        let keys = [Key::ctrl('j'), Key { alt: true, ..Key::ctrl('j') }];
        let signs = ["\n", "\u{85}", "\u{2028}", "\u{2029}"].map(|end| Key::plain(Code::Char(end.parse().unwrap())));
        for key in keys.into_iter().chain(signs) {
            for (many, wanted) in [(true, "Ward 7\non paper"), (false, "Ward 7 on paper")] {
                let mut field = Field::with("", many);
                typed(&mut field, "Ward 7");
                field.key(key);
                typed(&mut field, "on paper");
                assert_eq!(field.text(), wanted, "{key:?}");
            }
        }
    }

    #[test]
    fn the_cursor_goes_by_rows_and_keeps_its_column() {
        let press = |field: &mut Field, codes: &[Code]| {
            codes.iter().for_each(|code| field.key_within(Key::plain(*code), 10));
            field.shown(10, 9).cursor
        };
        // Rows: "Theatre 2 ", "on paper, ", "by", "", "病院 lists".
        let mut field = Field::lines("Theatre 2 on paper, by\n\n病院 lists");
        assert_eq!(field.shown(10, 9).rows, ["Theatre 2 ", "on paper, ", "by", "", "病院 ", "lists"]);
        assert_eq!(press(&mut field, &[]), (5, 5));
        assert_eq!(press(&mut field, &[Code::Up]), (4, 4), "before the space with which the row ends");
        assert_eq!(press(&mut field, &[Code::Up]), (0, 3));
        assert_eq!(press(&mut field, &[Code::Up]), (2, 2));
        assert_eq!(press(&mut field, &[Code::Up]), (5, 1), "the column that it came from");
        assert_eq!(press(&mut field, &[Code::End]), (9, 1));
        typed(&mut field, "!");
        assert!(field.text().contains("on paper,! by"), "{}", field.text());
        let mut field = Field::lines("Theatre 2 on paper, by\n\n病院 lists");
        assert_eq!(press(&mut field, &[Code::Up, Code::Home, Code::Right]), (2, 4));
        assert_eq!(press(&mut field, &[Code::Down]), (2, 5));
        assert!(field.at_bottom(10) && !field.at_top(10));
        field.key_within(Key { ctrl: true, ..Key::plain(Code::Home) }, 10);
        assert!(field.at_top(10) && field.shown(10, 9).cursor == (0, 0));
        // Where a word is longer than a row, behind the upper is not before the lower.
        let mut field = Field::lines("abcdefghijklm");
        assert_eq!(press(&mut field, &[Code::Up, Code::End]), (9, 0));
        typed(&mut field, "*");
        assert_eq!(field.text(), "abcdefghi*jklm");
        assert_eq!(press(&mut field, &[Code::Home]), (0, 1), "what was typed there is in the next row");
    }

    #[test]
    fn a_text_that_is_put_back_cannot_be_taken_back_and_the_same_one_stays_as_it_is() {
        let mut field = Field::line("J. Patel");
        field.propose();
        field.put_back("J. Patel");
        assert!(field.fresh());
        field.put_back("Jay Patel");
        assert!(!field.fresh());
        field.key(Key::ctrl('z'));
        assert_eq!(field.text(), "Jay Patel");
        typed(&mut field, ", RN");
        assert_eq!(field.text(), "Jay Patel, RN");
    }

    #[test]
    fn nothing_is_selected_out_of_sight() {
        for code in [Code::Left, Code::Right, Code::Up, Code::Down, Code::Home, Code::End] {
            for ctrl in [true, false] {
                let mut field = Field::lines("one two\nthree");
                field.key(Key { shift: true, ctrl, ..Key::plain(code) });
                typed(&mut field, "x");
                assert_eq!(field.text().len(), "one two\nthree".len() + 1, "{code:?}");
            }
        }
    }

    #[test]
    fn a_paste_is_taken_whole_or_not_at_all() {
        let mut field = Field::lines("x");
        assert!(field.paste(&"a".repeat(64 * 1024 + 1)).is_err());
        assert_eq!(field.text(), "x");
        field.paste("a\r\nb\rc").unwrap();
        assert_eq!(field.text(), "xa\nb\nc");
        let mut line = Field::line("");
        line.paste("a\r\nb\n").unwrap();
        assert_eq!(line.text(), "a b");
    }

    #[test]
    fn hostile_text_is_shown_not_obeyed() {
        let mut field = Field::line("");
        field.paste("a\u{1b}[2J\u{202e}").unwrap();
        assert_eq!(field.shown(40, 1).rows, ["a␛[2J‹U+202E›"]);
        assert_eq!(field.text(), "a\u{1b}[2J\u{202e}", "and kept as found");
    }

    #[test]
    fn the_cursor_stays_in_view() {
        let mut field = Field::line("abcdefghij");
        assert_eq!(field.shown(6, 1), Shown { rows: vec!["…ghij".into()], cursor: (5, 0), above: 0, below: 0 });
        field.key(Key::plain(Code::Home));
        assert_eq!(field.shown(6, 1), Shown { rows: vec!["abcde…".into()], cursor: (0, 0), above: 0, below: 0 });
        let words = Field::lines("This is J. Patel, lead");
        let shown = words.shown(10, 9);
        assert_eq!(
            (shown.rows, shown.cursor),
            (vec!["This is ".to_owned(), "J. Patel, ".into(), "lead".into()], (4, 2))
        );
        let long = Field::lines("ab abcdefghijklm");
        assert_eq!(long.shown(6, 9).rows, ["ab ", "abcde", "fghij", "klm"], "a word longer than a row is broken");
        let mut inside = Field::lines("one two");
        for (at, place) in [(7, (3, 1)), (4, (0, 1)), (3, (3, 0)), (0, (0, 0))] {
            while inside.area.cursor().1 > at {
                inside.key(Key::plain(Code::Left));
            }
            assert_eq!(inside.shown(6, 9).cursor, place, "before letter {at}");
        }
        let many = Field::lines("a\nb\nc\nd");
        let shown = many.shown(10, 2);
        assert_eq!((shown.rows, shown.cursor, shown.above), (vec!["c".to_owned(), "d".into()], (1, 1), 2));
    }
}
