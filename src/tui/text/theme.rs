//! Styles by meaning, and the plain set of signs. State is a shape first; a colour only repeats it.

use super::hit::Hit;
use crate::domain::wording::deadline::Pressure;
use ratatui::{
    buffer::Buffer,
    style::{Color, Modifier, Style},
    text::Line,
};

const PLAIN: Style = Style::new();
const BOLD: Style = Style::new().add_modifier(Modifier::BOLD);

/// How the screen is coloured. In each of them every meaning has a shape or a word of its own too.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Look {
    /// A few colours on whatever the terminal has, dark or light.
    #[default]
    Default,
    /// Bright letters on black: no grey, nothing dim.
    HighContrast,
    /// No colour at all: bold, underlined and reversed letters.
    Monochrome,
}

impl Look {
    /// All of them, in the order in which they follow one another.
    pub const ALL: [Self; 3] = [Self::Default, Self::HighContrast, Self::Monochrome];

    /// Its name in the configuration: `default`, `high-contrast` or `mono`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Default => "default",
            Self::HighContrast => "high-contrast",
            Self::Monochrome => "mono",
        }
    }

    /// The one of that name; `None` where there is none.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|look| look.name() == name)
    }

    /// The one after it; after the last comes the first.
    pub(crate) fn next(self) -> Self {
        match self {
            Self::Default => Self::HighContrast,
            Self::HighContrast => Self::Monochrome,
            Self::Monochrome => Self::Default,
        }
    }
}

/// Which styles the terminal and its user want.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Theme {
    /// How it is coloured.
    pub(crate) look: Look,
    /// Signs are kept to ASCII.
    pub(crate) ascii: bool,
    /// Rows and keys are painted with what they are, for the mouse to find.
    pub(crate) probe: bool,
}

impl Theme {
    /// A row of a list, by its number, and whether it has the cursor.
    pub(crate) fn row(self, line: Line<'static>, number: usize, picked: bool) -> Line<'static> {
        let line = self.mark(line, Some(Hit::Row(number)));
        if picked { line.patch_style(self.picked()) } else { line }
    }

    /// A line that can be clicked.
    pub(crate) fn mark(self, line: Line<'static>, hit: Option<Hit>) -> Line<'static> {
        match hit {
            Some(hit) if self.probe => hit.line(line),
            _ => line,
        }
    }

    /// The style of something on a line that can be clicked.
    pub(crate) fn marked(self, style: Style, hit: Option<Hit>) -> Style {
        match hit {
            Some(hit) if self.probe => hit.paint(),
            _ => style,
        }
    }

    /// One of three styles, for the default, high-contrast and monochrome looks.
    fn of(self, default: Style, high_contrast: Style, monochrome: Style) -> Style {
        match self.look {
            Look::Default => default,
            Look::HighContrast => high_contrast,
            Look::Monochrome => monochrome,
        }
    }

    /// What is to be done next, and the names of keys.
    pub(crate) fn accent(self) -> Style {
        // Magenta is the one bright hue that can be read on black and on white in the palettes of common terminals.
        self.of(BOLD.fg(Color::Magenta), BOLD.fg(Color::LightCyan), BOLD)
    }

    /// Headings, and what is to be minded: it is never coloured, so that it can be read on any ground.
    pub(crate) fn strong(self) -> Style {
        BOLD
    }

    /// What is to be read when there is time.
    pub(crate) fn quiet(self) -> Style {
        // Faint is a shade of the terminal's own letters; bright black is the ground itself in some palettes.
        self.of(PLAIN.add_modifier(Modifier::DIM), PLAIN, PLAIN)
    }

    /// What is to be minded before going on: texts of any length.
    pub(crate) fn near(self) -> Style {
        self.of(BOLD, BOLD.fg(Color::LightYellow), BOLD)
    }

    /// What presses now, in a few words: both colours are given, since amber letters cannot be read on white.
    pub(crate) fn amber(self) -> Style {
        let amber = PLAIN.fg(Color::Black).bg(Color::Yellow);
        self.of(amber, BOLD.fg(Color::LightYellow), BOLD.add_modifier(Modifier::UNDERLINED))
    }

    /// What is passed, or was not recorded.
    pub(crate) fn alarm(self) -> Style {
        let reversed = BOLD.add_modifier(Modifier::REVERSED);
        self.of(BOLD.fg(Color::White).bg(Color::Red), reversed.fg(Color::LightRed), reversed)
    }

    /// A deadline that stands so.
    pub(crate) fn press(self, pressure: Pressure) -> Style {
        match pressure {
            Pressure::Calm => PLAIN,
            Pressure::Near => BOLD,
            Pressure::Close => self.amber(),
            Pressure::Passed => self.alarm(),
        }
    }

    /// The row that keys act on.
    pub(crate) fn picked(self) -> Style {
        PLAIN.add_modifier(Modifier::REVERSED)
    }

    /// What is done to the whole frame at its end: the ground of the high contrast, and the plain set of signs.
    pub(crate) fn finish(self, buffer: &mut Buffer) {
        if self.look == Look::HighContrast {
            for cell in &mut buffer.content {
                cell.fg = if cell.fg == Color::Reset { Color::White } else { cell.fg };
                cell.bg = if cell.bg == Color::Reset { Color::Black } else { cell.bg };
            }
        }
        self.plain(buffer);
    }

    /// Puts plain signs in the place of those that an old terminal lacks.
    fn plain(self, buffer: &mut Buffer) {
        if !self.ascii {
            return;
        }
        for cell in &mut buffer.content {
            if let Some(sign) = plain_symbol(cell.symbol()) {
                cell.set_symbol(sign);
            }
        }
    }
}

fn plain_symbol(symbol: &str) -> Option<&'static str> {
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

#[cfg(test)]
mod tests {
    use super::*;

    fn styles(look: Look) -> Vec<Style> {
        let theme = Theme { look, ascii: false, probe: false };
        vec![theme.accent(), theme.strong(), theme.quiet(), theme.near(), theme.amber(), theme.alarm(), theme.picked()]
    }

    #[test]
    fn looks_go_by_their_names() {
        for look in Look::ALL {
            assert_eq!(Look::parse(look.name()), Some(look));
        }
        assert_eq!(Look::parse("solarized"), None);
        let after: Vec<Look> = Look::ALL.iter().map(|look| look.next()).collect();
        assert_eq!(after, [Look::HighContrast, Look::Monochrome, Look::Default]);
    }

    #[test]
    fn only_the_sixteen_colours_of_the_terminal_are_used_and_grey_in_none() {
        for style in Look::ALL.into_iter().flat_map(styles) {
            for color in [style.fg, style.bg].into_iter().flatten() {
                assert!(
                    !matches!(color, Color::Rgb(..) | Color::Indexed(_) | Color::DarkGray | Color::Gray),
                    "{style:?}"
                );
            }
        }
    }

    #[test]
    fn letters_that_are_hard_to_read_on_one_ground_bring_their_own() {
        let hard = [Color::Black, Color::White, Color::Yellow, Color::Cyan, Color::Green, Color::Blue];
        for style in styles(Look::Default) {
            assert!(style.fg.is_none_or(|fg| !hard.contains(&fg)) || style.bg.is_some(), "{style:?}");
        }
    }

    #[test]
    fn high_contrast_is_not_dim_and_monochrome_not_coloured() {
        assert!(styles(Look::HighContrast).iter().all(|style| !style.add_modifier.contains(Modifier::DIM)));
        let plain = |style: &Style| style.fg.is_none() && style.bg.is_none();
        assert!(styles(Look::Monochrome).iter().all(plain), "{:?}", styles(Look::Monochrome));
        let mut buffer = Buffer::empty(ratatui::layout::Rect::new(0, 0, 2, 1));
        Theme { look: Look::HighContrast, ascii: false, probe: false }.finish(&mut buffer);
        assert!(buffer.content.iter().all(|cell| (cell.fg, cell.bg) == (Color::White, Color::Black)));
    }
}
