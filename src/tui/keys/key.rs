//! A key press, whatever terminal it came from, and how it is written and read.

use crate::domain::text::make_safe;

/// A key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs, reason = "the names are the keys")]
pub enum Code {
    Char(char),
    Enter,
    Esc,
    Tab,
    BackTab,
    Backspace,
    Delete,
    Up,
    Down,
    Left,
    Right,
    Home,
    End,
    PageUp,
    PageDown,
    F(u8),
}

/// A key with what was held beside it. Shift is not told for characters: they are upper case already.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Key {
    /// The key.
    pub code: Code,
    /// Control was held.
    pub ctrl: bool,
    /// Alt was held.
    pub alt: bool,
    /// Shift was held, for keys that are no characters.
    pub shift: bool,
    /// The terminal says that the key is held down and repeats.
    pub repeat: bool,
}

impl Key {
    /// A key alone.
    pub fn plain(code: Code) -> Self {
        Self { code, ctrl: false, alt: false, shift: false, repeat: false }
    }

    /// A character with control.
    pub fn ctrl(c: char) -> Self {
        Self { ctrl: true, ..Self::plain(Code::Char(c)) }
    }

    /// Whether it would write a letter where text is typed.
    pub(crate) fn letter(self) -> bool {
        matches!(self.code, Code::Char(_)) && !self.ctrl && !self.alt
    }

    /// The key that was pressed for a control character which came in haste, and would be text where text is typed.
    pub(crate) fn pressed(self) -> Option<Self> {
        let Code::Char(c @ '\x01'..='\x1a') = self.code else { return None };
        self.letter().then(|| Self::ctrl(char::from(c as u8 - 1 + b'a')))
    }

    /// How it is written: `⏎`, `Ctrl-S`, `n`.
    pub fn written(self) -> String {
        let name = match self.code {
            Code::Char(' ') => "Space".into(),
            Code::Char(c) if self.ctrl => c.to_ascii_uppercase().to_string(),
            Code::Char(c) => c.to_string(),
            Code::Enter => "⏎".into(),
            Code::Up => "↑".into(),
            Code::Down => "↓".into(),
            Code::PageUp => "PgUp".into(),
            Code::PageDown => "PgDn".into(),
            Code::BackTab => "Shift-Tab".into(),
            Code::F(number) => format!("F{number}"),
            code @ (Code::Esc
            | Code::Tab
            | Code::Backspace
            | Code::Delete
            | Code::Left
            | Code::Right
            | Code::Home
            | Code::End) => format!("{code:?}"),
        };
        format!("{}{}{name}", if self.ctrl { "Ctrl-" } else { "" }, if self.alt { "Alt-" } else { "" })
    }

    /// Reads what [`Key::written`] writes, and other usual spellings: `Enter`, `pgup`, `ctrl-s`.
    ///
    /// # Errors
    ///
    /// What is wrong and what to do, for a text that names no key and for a key that terminals do not send apart.
    pub fn parse(text: &str) -> Result<Self, (String, String)> {
        let (mut rest, mut key, mut shift) = (text.trim(), Self::plain(Code::Esc), false);
        let take = |rest: &mut &str, prefix: &str| match rest.get(..prefix.len()) {
            Some(start) if start.eq_ignore_ascii_case(prefix) && rest.len() > prefix.len() => {
                *rest = rest.get(prefix.len()..).unwrap_or_default();
                true
            }
            _ => false,
        };
        loop {
            if take(&mut rest, "ctrl-") {
                key.ctrl = true;
            } else if take(&mut rest, "alt-") {
                key.alt = true;
            } else if take(&mut rest, "shift-") {
                shift = true;
            } else {
                break;
            }
        }
        key.code = code(rest).ok_or_else(|| {
            let what = format!("“{}” is no key", make_safe(text));
            (what, "write it as `carecert keys` does: n, N, Ctrl-S, Alt-x, F2, Space, Enter, Esc, PgUp".to_owned())
        })?;
        if let Code::Char(c) = key.code
            && key.ctrl
        {
            key.code = Code::Char(c.to_ascii_lowercase());
        }
        // With another key, Shift is refused below.
        if shift && key.code == Code::Tab {
            key.code = Code::BackTab;
        } else if let Code::Char(c) = key.code
            && shift
            && c.is_ascii_lowercase()
            && !key.ctrl
        {
            key.code = Code::Char(c.to_ascii_uppercase());
        }
        key.typed(shift).map(|()| key).map_err(|hint| (format!("“{}” cannot be typed", make_safe(text)), hint))
    }

    /// Whether terminals send it as a key of its own; if not, what to take instead.
    fn typed(self, shift: bool) -> Result<(), String> {
        let no = |hint: &str| Err(hint.to_owned());
        match self.code {
            Code::Char('i' | 'm' | 'h') if self.ctrl => {
                no("terminals send it as Tab, Enter or Backspace: take another letter")
            }
            Code::Char('j') if self.ctrl => no("a pasted line ends with it: take another letter"),
            Code::Char(c) if self.ctrl && !c.is_ascii_lowercase() && c != ' ' => {
                no("with Ctrl, terminals send letters and Space only")
            }
            Code::Char('[' | 'O') if self.alt => no("terminals begin other keys with it: take another letter"),
            Code::Char(c) if shift && !c.is_ascii_uppercase() => no("write the sign itself, as Shift makes it"),
            Code::Enter | Code::Tab | Code::BackTab | Code::Esc | Code::Backspace if self.ctrl || self.alt => {
                no("terminals send it without Ctrl and Alt: take a letter")
            }
            Code::BackTab | Code::Char(_) => Ok(()),
            _ if shift => no("with Shift, only Tab is a key of its own"),
            Code::F(number) if !(1..=12).contains(&number) => no("there are F1 to F12"),
            Code::Enter
            | Code::Esc
            | Code::Tab
            | Code::Backspace
            | Code::Delete
            | Code::Up
            | Code::Down
            | Code::Left
            | Code::Right
            | Code::Home
            | Code::End
            | Code::PageUp
            | Code::PageDown
            | Code::F(_) => Ok(()),
        }
    }
}

/// The key of that name, without what is held beside it.
fn code(name: &str) -> Option<Code> {
    let mut chars = name.chars();
    let only = chars.next().filter(|_| chars.next().is_none());
    Some(match name.to_lowercase().as_str() {
        "space" => Code::Char(' '),
        "enter" | "return" | "⏎" => Code::Enter,
        "esc" | "escape" => Code::Esc,
        "tab" => Code::Tab,
        "backspace" => Code::Backspace,
        "delete" | "del" => Code::Delete,
        "up" | "↑" => Code::Up,
        "down" | "↓" => Code::Down,
        "left" | "←" => Code::Left,
        "right" | "→" => Code::Right,
        "home" => Code::Home,
        "end" => Code::End,
        "pgup" | "pageup" => Code::PageUp,
        "pgdn" | "pgdown" | "pagedown" => Code::PageDown,
        name if only.is_none() => Code::F(name.strip_prefix('f')?.parse().ok()?),
        _ => Code::Char(only.filter(|c| make_safe(c.encode_utf8(&mut [0; 4])).chars().eq([*c]) && !c.is_whitespace())?),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_again() {
        let mut codes: Vec<Code> = "nN5:?/é".chars().map(Code::Char).collect();
        codes.extend([Code::Char(' '), Code::Enter, Code::Esc, Code::Tab, Code::BackTab, Code::Backspace]);
        codes.extend([Code::Delete, Code::Up, Code::Down, Code::Left, Code::Right, Code::Home, Code::End]);
        codes.extend([Code::PageUp, Code::PageDown, Code::F(1), Code::F(12)]);
        let mut keys: Vec<Key> = codes.into_iter().map(Key::plain).collect();
        keys.extend([Key::ctrl('s'), Key::ctrl(' '), Key { alt: true, ..Key::plain(Code::Char('x')) }]);
        for key in keys {
            assert_eq!(Key::parse(&key.written()), Ok(key), "{}", key.written());
        }
        for (text, same) in [("ctrl-S", "Ctrl-S"), ("enter", "⏎"), ("shift-tab", "Shift-Tab"), ("Shift-n", "N")] {
            assert_eq!(Key::parse(text).unwrap().written(), same);
        }
    }

    #[test]
    fn what_no_terminal_sends_is_refused() {
        for text in [
            "",
            "xx",
            "Ctrl-I",
            "Ctrl-J",
            "Ctrl-1",
            "Alt-[",
            "Shift-F2",
            "F13",
            "Ctrl-Enter",
            "\u{1b}",
            "\u{202e}",
            "Shift-5",
        ] {
            let (what, hint) = Key::parse(text).unwrap_err();
            assert!(!what.contains('\u{1b}') && !hint.is_empty(), "{text}: {what}");
        }
    }
}
