//! Styles by meaning, and the plain set of signs. State is a shape first; a colour only repeats it.

use ratatui::{
    buffer::Buffer,
    style::{Color, Modifier, Style},
};

/// Which styles the terminal and its user want.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Theme {
    /// Colours may be used; without them bold and reverse remain.
    pub(crate) color: bool,
    /// Signs are kept to ASCII.
    pub(crate) ascii: bool,
    /// Nothing is dimmed, and what is near or passed is set off by its ground too.
    pub(crate) contrast: bool,
}

impl Theme {
    fn with(self, color: Color) -> Style {
        if self.color { Style::new().fg(color) } else { Style::new() }
    }

    /// What is to be done next, and the names of keys.
    pub(crate) fn accent(self) -> Style {
        self.with(Color::Cyan).add_modifier(Modifier::BOLD)
    }

    /// Headings.
    pub(crate) fn strong(self) -> Style {
        Style::new().add_modifier(Modifier::BOLD)
    }

    /// What is to be read when there is time.
    pub(crate) fn quiet(self) -> Style {
        if self.contrast { Style::new() } else { self.with(Color::DarkGray) }
    }

    /// What is near.
    pub(crate) fn near(self) -> Style {
        let style = self.with(Color::Yellow).add_modifier(Modifier::BOLD);
        if self.contrast { style.add_modifier(Modifier::UNDERLINED) } else { style }
    }

    /// What is passed, or was not recorded.
    pub(crate) fn alarm(self) -> Style {
        let style = self.with(Color::Red).add_modifier(Modifier::BOLD);
        if self.contrast && self.color { style.fg(Color::White).bg(Color::Red) } else { style }
    }

    /// The row that keys act on.
    pub(crate) fn picked(self) -> Style {
        Style::new().add_modifier(Modifier::REVERSED)
    }

    /// Puts plain signs in the place of those that an old terminal lacks.
    pub(crate) fn plain(self, buffer: &mut Buffer) {
        if !self.ascii {
            return;
        }
        for cell in &mut buffer.content {
            if let Some(sign) = plain(cell.symbol()) {
                cell.set_symbol(sign);
            }
        }
    }
}

fn plain(symbol: &str) -> Option<&'static str> {
    Some(match symbol {
        "✓" => "+",
        "▶" => ">",
        "○" => "o",
        "⏸" => "=",
        "↻" => "@",
        "✗" => "x",
        "–" | "─" => "-",
        "‼" => "#",
        "│" => "|",
        "┬" | "┴" | "┼" | "┌" | "┐" | "└" | "┘" => "+",
        "…" => "~",
        "⏎" | "␍" => "$",
        "⇥" => ">",
        "·" => ".",
        "↑" => "^",
        "↓" => "v",
        "▌" => "=",
        "●" => "*",
        "⚑" => "&",
        "━" => "=",
        "›" => ">",
        "“" | "”" => "\"",
        _ => return None,
    })
}
