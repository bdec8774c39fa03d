//! The bytes that a Unix terminal sends, taken for keys, pastes and clicks.
//!
//! Nothing that comes can wedge it, break it or be kept in memory without end: a sequence that stops half-way, a paste
//! that never ends, answers that nobody asked for. `crossterm`'s own reader is not used here: a paste without an end
//! swallows every later key (its issue 1060), a coordinate of 0 overflows, and bytes that come while it is busy wait
//! for the next key.

use crossterm::event::{Event, KeyCode, KeyEvent, KeyEventKind, KeyModifiers, MouseButton, MouseEvent, MouseEventKind};
use std::time::Duration;

/// How long the rest of a key may take that begins with an escape: as long as nobody sees it, long enough for a packet.
const ESCAPE: Duration = Duration::from_millis(25);
/// How long the rest of any other sequence may take: a byte takes 8 ms on the slowest line that anyone uses.
const SEQUENCE: Duration = Duration::from_millis(100);
/// How long a paste may pause.
const PASTE: Duration = Duration::from_secs(2);
/// Bytes that follow each other closer than this come from a line or a paste, and not from fingers.
const FINGERS: Duration = Duration::from_millis(10);

/// So many bytes without a pause are a paste without brackets, and not typed.
const RUN: usize = 8;
/// Bytes that a sequence may have; longer ones are no keys.
const LONGEST: usize = 256;
/// Bytes that are kept of a paste: more than a field takes, so that it is refused as a whole and not cut.
const PASTED: usize = 1 << 20;

const PASTE_ENDS: &[u8] = b"\x1b[201~";

/// What is known of the bytes so far.
#[derive(Debug, Default)]
pub(super) struct Decoder {
    /// A sequence or a letter of which not all has come.
    part: Vec<u8>,
    /// A paste of which not all has come.
    paste: Option<Vec<u8>>,
    /// Bytes of text since the last pause, or since the last key that no text holds.
    run: usize,
    /// The byte before was a carriage return: the line feed behind it ends the same line.
    returned: bool,
}

impl Decoder {
    /// Takes bytes in, and adds the events that they make.
    pub(super) fn feed(&mut self, bytes: &[u8], events: &mut Vec<Event>) {
        // An escape that came by itself may be the beginning of an arrow that a line has torn apart. With a letter it is
        // Alt and that letter only where both came together: two keys in haste are two keys.
        if self.part == [0x1b] && !matches!(bytes, [] | [b'[' | b'O', ..]) {
            self.part.clear();
            events.push(key_press(KeyCode::Esc, KeyModifiers::NONE));
        }
        for byte in bytes {
            match &mut self.paste {
                Some(paste) => {
                    paste.push(*byte);
                    if paste.ends_with(PASTE_ENDS) {
                        paste.truncate(paste.len() - PASTE_ENDS.len());
                        self.end_paste(events);
                    } else if paste.len() > PASTED + PASTE_ENDS.len() {
                        // What lies between is forgotten: the text is too long for any field in every case.
                        let tail = paste.len() - PASTE_ENDS.len();
                        paste.drain(PASTED..tail);
                    }
                }
                None => self.take_byte(*byte, events),
            }
        }
    }

    /// How long the next byte may take before [`Decoder::pause`] is to be called; `None`: for ever.
    pub(super) fn patience(&self) -> Option<Duration> {
        match (&self.paste, self.part.as_slice()) {
            (Some(_), _) => Some(PASTE),
            (None, [0x1b]) => Some(ESCAPE),
            (None, [_, ..]) => Some(SEQUENCE),
            (None, []) => (self.run > 0 || self.returned).then_some(FINGERS),
        }
    }

    /// Nothing has come for so long: what is there is all that comes.
    pub(super) fn pause(&mut self, events: &mut Vec<Event>) {
        self.run = 0;
        self.returned = false;
        self.end_paste(events);
        match std::mem::take(&mut self.part).as_slice() {
            [] => {}
            [0x1b] => events.push(key_press(KeyCode::Esc, KeyModifiers::NONE)),
            // Alt and a letter that begins other things, too.
            [0x1b, letter] if letter.is_ascii() => {
                events.push(key_press(KeyCode::Char(char::from(*letter)), KeyModifiers::ALT));
            }
            // Half a sequence, or of an answer that nobody asked for: its letters are not keys.
            [0x1b, ..] => {}
            // Half a letter is shown as one that could not be read, and not left out in silence.
            [_, ..] => events.push(key_press(KeyCode::Char(char::REPLACEMENT_CHARACTER), KeyModifiers::NONE)),
        }
    }

    fn end_paste(&mut self, events: &mut Vec<Event>) {
        if let Some(paste) = self.paste.take() {
            self.run = 0;
            events.push(Event::Paste(String::from_utf8_lossy(&paste).into_owned()));
        }
    }

    fn take_byte(&mut self, byte: u8, events: &mut Vec<Event>) {
        let returned = std::mem::replace(&mut self.returned, byte == b'\r' && self.part.is_empty());
        self.run += 1;
        if byte == b'\n' && returned {
            return;
        }
        let longest = if self.in_string() { PASTED } else { LONGEST };
        match self.part.as_slice() {
            // An escape in a terminal's answer ends it, or it was none.
            [0x1b, _, .., 0x1b] if self.in_string() && byte != b'\\' => self.part = vec![0x1b],
            // What cannot be in a sequence is itself what it always is, and the sequence was none.
            [0x1b, b'[' | b'O', ..] if !(b' '..=b'~').contains(&byte) => self.part.clear(),
            _ => {}
        }
        self.part.push(byte);
        match read_part(&self.part) {
            Part::More if self.part.len() < longest => {}
            Part::More | Part::Nothing => self.part.clear(),
            Part::Paste => {
                self.part.clear();
                self.paste = Some(Vec::new());
            }
            Part::Event(event) => {
                self.part.clear();
                events.push(self.weigh_event(event));
            }
            Part::EventBefore(event) => {
                self.part.clear();
                events.push(event);
                self.run = self.run.saturating_sub(1);
                self.take_byte(byte, events);
            }
        }
    }

    /// Within the answer of a terminal that ends with a sign of its own.
    fn in_string(&self) -> bool {
        matches!(self.part.as_slice(), [0x1b, b']' | b'P' | b'_', ..])
    }

    /// The event, or within a paste without brackets the character itself where the key would delete.
    fn weigh_event(&mut self, event: Event) -> Event {
        let Event::Key(key) = &event else { return event };
        if let KeyCode::Char(c @ ('u' | 'w' | 'z')) = key.code
            && key.modifiers == KeyModifiers::CONTROL
            && self.run > RUN
        {
            return key_press(KeyCode::Char(char::from(c as u8 - b'a' + 1)), KeyModifiers::NONE);
        }
        // What a key sends in several bytes is in no text: keys that come close together are keys in haste.
        if !matches!(key.code, KeyCode::Char(_) | KeyCode::Enter | KeyCode::Tab) {
            self.run = 0;
        }
        event
    }
}

/// What the bytes so far are.
#[derive(Debug, PartialEq)]
enum Part {
    /// The beginning of something.
    More,
    /// Nothing that means anything here.
    Nothing,
    /// The beginning of a paste.
    Paste,
    Event(Event),
    /// An event in all bytes but the last, which begins the next one.
    EventBefore(Event),
}

fn key_press(code: KeyCode, modifiers: KeyModifiers) -> Event {
    Event::Key(KeyEvent::new(code, modifiers))
}

fn read_part(part: &[u8]) -> Part {
    match part {
        [] | [0x1b] => Part::More,
        [0x1b, 0x1b, ..] => Part::EventBefore(key_press(KeyCode::Esc, KeyModifiers::NONE)),
        [0x1b, b'[', rest @ ..] => read_control(rest),
        [0x1b, b'O', rest @ ..] => read_single(rest),
        [0x1b, b']' | b'P' | b'_', rest @ ..] => match rest {
            [.., 0x07] | [.., 0x1b, b'\\'] => Part::Nothing,
            _ => Part::More,
        },
        [0x1b, rest @ ..] => match read_part(rest) {
            Part::Event(Event::Key(key)) => key_press(key.code, key.modifiers | KeyModifiers::ALT).into(),
            Part::EventBefore(Event::Key(key)) => {
                Part::EventBefore(key_press(key.code, key.modifiers | KeyModifiers::ALT))
            }
            other @ (Part::More | Part::Nothing | Part::Paste | Part::Event(_) | Part::EventBefore(_)) => other,
        },
        [byte] if *byte < 0x80 => read_byte(*byte).into(),
        letter => read_letter(letter),
    }
}

impl From<Event> for Part {
    fn from(event: Event) -> Self {
        Self::Event(event)
    }
}

/// The key of a byte below 0x80 that is no escape.
fn read_byte(byte: u8) -> Event {
    let ctrl = |c: u8| key_press(KeyCode::Char(char::from(c)), KeyModifiers::CONTROL);
    match byte {
        b'\r' => key_press(KeyCode::Enter, KeyModifiers::NONE),
        b'\t' => key_press(KeyCode::Tab, KeyModifiers::NONE),
        // Which of the two a terminal sends for Backspace is a matter of its age.
        0x08 | 0x7f => key_press(KeyCode::Backspace, KeyModifiers::NONE),
        0x00 => ctrl(b' '),
        0x01..=0x1a => ctrl(byte - 1 + b'a'),
        0x1b..=0x1f => ctrl(byte - 0x1c + b'4'),
        _ => letter_press(char::from(byte), KeyModifiers::NONE),
    }
}

/// A letter; Shift is told by its being upper case.
fn letter_press(c: char, modifiers: KeyModifiers) -> Event {
    let shift = if c.is_uppercase() { KeyModifiers::SHIFT } else { KeyModifiers::NONE };
    key_press(KeyCode::Char(c), modifiers | shift)
}

/// A letter of several bytes, in UTF-8.
fn read_letter(part: &[u8]) -> Part {
    let unreadable = key_press(KeyCode::Char(char::REPLACEMENT_CHARACTER), KeyModifiers::NONE);
    match std::str::from_utf8(part) {
        Ok(text) => text.chars().next().map_or(Part::Nothing, |c| letter_press(c, KeyModifiers::NONE).into()),
        Err(why) => match why.error_len() {
            None => Part::More,
            Some(_) if part.len() > 1 => Part::EventBefore(unreadable),
            Some(_) => unreadable.into(),
        },
    }
}

/// What follows `ESC O`: cursor and function keys of older terminals.
fn read_single(rest: &[u8]) -> Part {
    let code = match rest {
        [] => return Part::More,
        [b'A'] => KeyCode::Up,
        [b'B'] => KeyCode::Down,
        [b'C'] => KeyCode::Right,
        [b'D'] => KeyCode::Left,
        [b'H'] => KeyCode::Home,
        [b'F'] => KeyCode::End,
        [b'M'] => KeyCode::Enter,
        [key @ b'P'..=b'S'] => KeyCode::F(key - b'P' + 1),
        [_, ..] => return Part::Nothing,
    };
    key_press(code, KeyModifiers::NONE).into()
}

/// What follows `ESC [` (ECMA-48, 5.4: parameters, then intermediate bytes, then one that ends it).
fn read_control(rest: &[u8]) -> Part {
    match rest {
        // The console of Linux, F1 to F5.
        [b'['] => return Part::More,
        [b'[', key @ b'A'..=b'E'] => return key_press(KeyCode::F(key - b'A' + 1), KeyModifiers::NONE).into(),
        // A click as the oldest terminals tell it: three bytes more, each with 32 added.
        [b'M', button, column, row] => {
            let of = |byte: &u8| u16::from(byte.saturating_sub(32));
            return read_click([of(button), of(column), of(row)]);
        }
        [b'M', ..] => return Part::More,
        [b'[', ..] => return Part::Nothing,
        [] => return Part::More,
        [_, ..] => {}
    }
    let Some((end, given)) = rest.split_last() else { return Part::More };
    if !given.iter().all(|byte| (b' '..=b'?').contains(byte)) {
        return Part::Nothing;
    }
    match end {
        b' '..=b'?' => Part::More,
        b'@'..=b'~' => read_ended(given, *end),
        _ => Part::Nothing,
    }
}

/// A control sequence with all of its parameters.
fn read_ended(given: &[u8], end: u8) -> Part {
    let text = std::str::from_utf8(given).unwrap_or_default();
    if let Some(click) = text.strip_prefix('<') {
        let numbers: Vec<u16> = click.split(';').filter_map(|number| number.parse().ok()).collect();
        return match (numbers.as_slice(), end) {
            ([button, column, row], b'M') => read_click([*button, *column, *row]),
            _ => Part::Nothing,
        };
    }
    let mut parameters = text.split(';').map(|parameter| parameter.split(':'));
    let mut next = || {
        let mut parts = parameters.next().into_iter().flatten();
        let mut number = || parts.next().and_then(|part| part.parse::<u32>().ok());
        (number(), number())
    };
    let ((first, _), (held, kind)) = (next(), next());
    let modifiers = read_modifiers(held);
    let mut code = match (end, first) {
        (b'~', Some(200)) => return Part::Paste,
        (b'A', _) => KeyCode::Up,
        (b'B', _) => KeyCode::Down,
        (b'C', _) => KeyCode::Right,
        (b'D', _) => KeyCode::Left,
        (b'F', _) => KeyCode::End,
        (b'H', _) => KeyCode::Home,
        (b'P', _) => KeyCode::F(1),
        (b'Q', _) => KeyCode::F(2),
        (b'S', _) => KeyCode::F(4),
        (b'Z', _) => return key_press(KeyCode::BackTab, KeyModifiers::SHIFT).into(),
        (b'~', Some(number)) => match numbered_key(number, next().0) {
            Some(code) => code,
            None => return Part::Nothing,
        },
        (b'u', Some(number)) => match unicode_key(number) {
            Some(code) => code,
            None => return Part::Nothing,
        },
        _ => return Part::Nothing,
    };
    if let (KeyCode::Char(c), true) = (&mut code, modifiers.contains(KeyModifiers::SHIFT)) {
        c.make_ascii_uppercase();
    }
    let kind = match kind {
        Some(2) => KeyEventKind::Repeat,
        Some(3) => KeyEventKind::Release,
        _ => KeyEventKind::Press,
    };
    Event::Key(KeyEvent::new_with_kind(code, modifiers, kind)).into()
}

/// The keys that are told by number; 27 is a letter with what is held, and its number comes third.
fn numbered_key(number: u32, third: Option<u32>) -> Option<KeyCode> {
    let function = |from: u32, first: u8| u8::try_from(number - from).ok().map(|past| KeyCode::F(first + past));
    match number {
        1 | 7 => Some(KeyCode::Home),
        3 => Some(KeyCode::Delete),
        4 | 8 => Some(KeyCode::End),
        5 => Some(KeyCode::PageUp),
        6 => Some(KeyCode::PageDown),
        11..=15 => function(11, 1),
        17..=21 => function(17, 6),
        23..=24 => function(23, 11),
        27 => third.and_then(unicode_key),
        _ => None,
    }
}

/// A key by the number of its character.
fn unicode_key(number: u32) -> Option<KeyCode> {
    match number {
        9 => Some(KeyCode::Tab),
        13 | 57414 => Some(KeyCode::Enter),
        27 => Some(KeyCode::Esc),
        8 | 127 => Some(KeyCode::Backspace),
        57399..=57408 => char::from_digit(number - 57399, 10).map(KeyCode::Char),
        57417 => Some(KeyCode::Left),
        57418 => Some(KeyCode::Right),
        57419 => Some(KeyCode::Up),
        57420 => Some(KeyCode::Down),
        57421 => Some(KeyCode::PageUp),
        57422 => Some(KeyCode::PageDown),
        57423 => Some(KeyCode::Home),
        57424 => Some(KeyCode::End),
        57426 => Some(KeyCode::Delete),
        // Keys of the protocol that have no character.
        57344..=63743 => None,
        number => char::from_u32(number).filter(|c| !c.is_control()).map(KeyCode::Char),
    }
}

/// What is held beside a key: a number that is one more than its bits.
fn read_modifiers(held: Option<u32>) -> KeyModifiers {
    let bits = held.unwrap_or(1).saturating_sub(1);
    let mut modifiers = KeyModifiers::NONE;
    for (bit, modifier) in [(1, KeyModifiers::SHIFT), (2, KeyModifiers::ALT), (4, KeyModifiers::CONTROL)] {
        modifiers.set(modifier, bits & bit != 0);
    }
    modifiers
}

/// A click or a turn of the wheel: button, column and row, the last two counted from 1.
fn read_click([button, column, row]: [u16; 3]) -> Part {
    // The bits in between say what is held.
    let kind = match button & !0b1_1100 {
        0 => MouseEventKind::Down(MouseButton::Left),
        64 => MouseEventKind::ScrollUp,
        65 => MouseEventKind::ScrollDown,
        _ => return Part::Nothing,
    };
    let (column, row) = (column.saturating_sub(1), row.saturating_sub(1));
    Event::Mouse(MouseEvent { kind, column, row, modifiers: KeyModifiers::NONE }).into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn decoded(parts: &[&[u8]]) -> Vec<Event> {
        let (mut decoder, mut events) = (Decoder::default(), Vec::new());
        parts.iter().for_each(|part| decoder.feed(part, &mut events));
        if decoder.patience().is_some() {
            decoder.pause(&mut events);
        }
        assert_eq!(decoder.patience(), None, "a pause ends everything");
        events
    }

    fn plain(code: KeyCode) -> Event {
        key_press(code, KeyModifiers::NONE)
    }

    fn typed(text: &str) -> Vec<Event> {
        text.chars().map(|c| letter_press(c, KeyModifiers::NONE)).collect()
    }

    #[test]
    fn keys_are_read_as_terminals_send_them() {
        let (ctrl, alt, shift) = (KeyModifiers::CONTROL, KeyModifiers::ALT, KeyModifiers::SHIFT);
        for (bytes, event) in [
            (&b"\x1b[A"[..], plain(KeyCode::Up)),
            (b"\x1bOB", plain(KeyCode::Down)),
            (b"\x1b[1;5C", key_press(KeyCode::Right, ctrl)),
            (b"\x1b[1;3D", key_press(KeyCode::Left, alt)),
            (b"\x1b[H", plain(KeyCode::Home)),
            (b"\x1b[4~", plain(KeyCode::End)),
            (b"\x1b[3~", plain(KeyCode::Delete)),
            (b"\x1b[5~", plain(KeyCode::PageUp)),
            (b"\x1b[6;2~", key_press(KeyCode::PageDown, shift)),
            (b"\x1b[Z", key_press(KeyCode::BackTab, shift)),
            (b"\x1bOP", plain(KeyCode::F(1))),
            (b"\x1b[[A", plain(KeyCode::F(1))),
            (b"\x1b[15~", plain(KeyCode::F(5))),
            (b"\x1b[17~", plain(KeyCode::F(6))),
            (b"\x1b[21~", plain(KeyCode::F(10))),
            (b"\x1b[24~", plain(KeyCode::F(12))),
            (b"\x1b[115;5u", key_press(KeyCode::Char('s'), ctrl)),
            (b"\x1b[97;2u", key_press(KeyCode::Char('A'), shift)),
            (b"\x1b[27;5;115~", key_press(KeyCode::Char('s'), ctrl)),
            (b"\x1b[13;2u", key_press(KeyCode::Enter, shift)),
            (b"\r", plain(KeyCode::Enter)),
            (b"\t", plain(KeyCode::Tab)),
            (b"\x7f", plain(KeyCode::Backspace)),
            (b"\x08", plain(KeyCode::Backspace)),
            (b"\n", key_press(KeyCode::Char('j'), ctrl)),
            (b"\x13", key_press(KeyCode::Char('s'), ctrl)),
            (b"\0", key_press(KeyCode::Char(' '), ctrl)),
            (b"\x1b", plain(KeyCode::Esc)),
            (b"\x1b[", key_press(KeyCode::Char('['), alt)),
            (b"\x1bx", key_press(KeyCode::Char('x'), alt)),
            (b"\x1b\x7f", key_press(KeyCode::Backspace, alt)),
            ("é".as_bytes(), plain(KeyCode::Char('é'))),
            ("病".as_bytes(), plain(KeyCode::Char('病'))),
            (b"N", key_press(KeyCode::Char('N'), shift)),
            (b"\x1b[200~a\r\nb\x1b[201~", Event::Paste("a\r\nb".into())),
        ] {
            assert_eq!(decoded(&[bytes]), std::slice::from_ref(&event), "{bytes:?}");
            if !matches!(bytes, [0x1b, b'x' | 0x7f]) {
                let each: Vec<&[u8]> = bytes.chunks(1).collect();
                assert_eq!(decoded(&each), [event], "{bytes:?} byte by byte");
            }
        }
        assert_eq!(decoded(&[b"\x1b", b"t"]), [plain(KeyCode::Esc), plain(KeyCode::Char('t'))]);
    }

    #[test]
    fn clicks_are_read_and_a_place_that_is_none_breaks_nothing() {
        let click = |kind, column, row| Event::Mouse(MouseEvent { kind, column, row, modifiers: KeyModifiers::NONE });
        let down = MouseEventKind::Down(MouseButton::Left);
        assert_eq!(decoded(&[b"\x1b[<0;12;3M\x1b[<0;12;3m"]), [click(down, 11, 2)]);
        assert_eq!(decoded(&[b"\x1b[<64;1;1M"]), [click(MouseEventKind::ScrollUp, 0, 0)]);
        assert_eq!(decoded(&[b"\x1b[<0;0;0M"]), [click(down, 0, 0)]);
        assert_eq!(decoded(&[b"\x1b[M !!"]), [click(down, 0, 0)]);
        assert_eq!(decoded(&[b"\x1b[M   "]), [click(down, 0, 0)]);
        assert_eq!(decoded(&[b"\x1b[<0;99999;1M\x1b[<;;M\x1b[<2;1;1M\x1b[0;0R\x1b[?1;2c"]), []);
    }

    #[test]
    fn a_line_ends_once_whatever_ends_it() {
        let line_feed = key_press(KeyCode::Char('j'), KeyModifiers::CONTROL);
        let enter = || plain(KeyCode::Enter);
        assert_eq!(decoded(&[b"\r\n"]), [enter()]);
        assert_eq!(decoded(&[b"\r", b"\n\n"]), [enter(), line_feed.clone()]);
        let (mut decoder, mut events) = (Decoder::default(), Vec::new());
        decoder.feed(b"\r", &mut events);
        decoder.pause(&mut events);
        decoder.feed(b"\n", &mut events);
        assert_eq!(events, [enter(), line_feed], "a person pressed both");
    }

    #[test]
    fn what_would_delete_is_a_letter_in_a_paste_without_brackets_and_a_key_alone() {
        let key = key_press(KeyCode::Char('u'), KeyModifiers::CONTROL);
        assert_eq!(decoded(&[b"\x15"]), std::slice::from_ref(&key));
        assert_eq!(decoded(&[b"n\x15Ward 7"])[1], key, "so few letters may be typed ahead");
        assert_eq!(decoded(&[b"12\x1b[F\x1b[5~12\x1b[F\x15"]).last(), Some(&key), "keys in haste are no paste");
        for byte in [0x15, 0x17, 0x1a_u8] {
            let events = decoded(&[b"Theatre 2", &[byte], b"on paper"]);
            assert_eq!(events.get(9), Some(&plain(KeyCode::Char(char::from(byte)))));
        }
    }

    #[test]
    fn a_paste_that_pauses_is_over_and_one_that_is_too_long_is_not_kept() {
        assert_eq!(decoded(&[b"\x1b[200~half"]), [Event::Paste("half".into())]);
        assert_eq!(
            decoded(&[b"\x1b[200~", b"\x1b[20", b"1~x"]),
            [Event::Paste(String::new()), plain(KeyCode::Char('x'))]
        );
        let (mut decoder, mut events) = (Decoder::default(), Vec::new());
        decoder.feed(b"\x1b[200~", &mut events);
        let piece = vec![b'x'; 1 << 16];
        (0..64).for_each(|_| decoder.feed(&piece, &mut events));
        assert!(decoder.paste.as_ref().unwrap().len() <= PASTED + PASTE_ENDS.len());
        decoder.feed(PASTE_ENDS, &mut events);
        assert!(matches!(events.as_slice(), [Event::Paste(text)] if text.len() >= PASTED), "{}", events.len());
        assert_eq!(decoded(&[b"\x1b[200~caf\xe9\x1b[201~"]), [Event::Paste("caf\u{fffd}".into())]);
    }

    #[test]
    fn halves_and_letters_of_other_encodings_are_seen_and_take_nothing_with_them() {
        let lost = plain(KeyCode::Char('\u{fffd}'));
        assert_eq!(decoded(&[b"caf\xe9 x"]), [typed("caf"), vec![lost.clone()], typed(" x")].concat());
        assert_eq!(decoded(&[b"\xe2\x82"]), std::slice::from_ref(&lost));
        assert_eq!(decoded(&[b"\xff\x80"]), [lost.clone(), lost]);
        assert_eq!(decoded(&[b"\x1b[1\x1b[A"]), [plain(KeyCode::Up)]);
        assert_eq!(decoded(&["\x1b[é".as_bytes()]), typed("é"));
        assert_eq!(decoded(&[b"\x1b[12\r"]), [plain(KeyCode::Enter)]);
        assert_eq!(decoded(&[b"\x1b]11;rgb:0000/0000/0000\x07n"]), typed("n"));
        assert_eq!(decoded(&[b"\x1b]52;c;\x1b[A"]), [plain(KeyCode::Up)]);
        assert_eq!(decoded(&[b"\x1bPquiet\x1b\\n"]), typed("n"));
        assert_eq!(decoded(&[b"\x1b]52;c;UFdO"]), [], "letters of an answer are no keys");
        assert_eq!(decoded(&[b"\x1b\x1b[A"]), [plain(KeyCode::Esc), plain(KeyCode::Up)]);
    }

    fn hostile() -> impl Strategy<Value = Vec<u8>> {
        let piece = prop::sample::select(vec![
            &b"\x1b"[..],
            b"\x1b[",
            b"\x1bO",
            b"\x1b[200~",
            b"\x1b[201~",
            b"\x1b[<",
            b"\x1b[M",
            b"\x1b]",
            b"\x1bP",
            b"\x1b\\",
            b";",
            b"0",
            b"99999",
            b"u",
            b"~",
            b"R",
            b"M",
            b"\r",
            b"\n",
            b"\xe2\x82",
            b"\xac",
            b"a",
        ]);
        let byte = prop_oneof![3 => piece.prop_map(<[u8]>::to_vec), 1 => any::<u8>().prop_map(|byte| vec![byte])];
        prop::collection::vec(byte, 0..40).prop_map(|pieces| pieces.concat())
    }

    proptest! {
        /// Whatever has come, after a pause a key is that key.
        #[test]
        fn nothing_that_comes_wedges_it(bytes in hostile(), cut in 0..200_usize) {
            let (mut decoder, mut events) = (Decoder::default(), Vec::new());
            let (first, second) = bytes.split_at(cut.min(bytes.len()));
            decoder.feed(first, &mut events);
            decoder.feed(second, &mut events);
            decoder.pause(&mut events);
            events.clear();
            decoder.feed(b"q", &mut events);
            prop_assert_eq!(events, [plain(KeyCode::Char('q'))]);
        }
    }
}
