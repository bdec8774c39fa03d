//! A frame as a test looks at it: its text, the styles in it, and what must hold for every one of them.

use crate::{
    domain::text::safe,
    tui::{
        Model,
        keys::action::{self, Context},
        model::msg::Msg,
        update, view,
    },
};
use ratatui::{
    Terminal,
    backend::TestBackend,
    buffer::{Buffer, Cell},
    style::{Color, Modifier},
};
use unicode_width::UnicodeWidthStr as _;

/// Small, common and large windows, in cells.
pub(super) const SIZES: [(u16, u16); 3] = [(80, 23), (120, 40), (200, 60)];

/// What the model looks like in a window of that size.
pub(super) fn draw(model: &mut Model, (width, height): (u16, u16)) -> Buffer {
    update(model, Msg::Resize(width, height));
    let mut terminal = Terminal::new(TestBackend::new(width, height)).unwrap();
    terminal.draw(|frame| view(model, frame)).unwrap();
    terminal.backend().buffer().clone()
}

/// The cells of a row that are not behind a wide sign.
fn seen(frame: &Buffer, y: u16) -> impl Iterator<Item = &Cell> {
    let mut x = 0;
    std::iter::from_fn(move || {
        let cell = frame.cell((frame.area.x + x, frame.area.y + y)).filter(|_| x < frame.area.width)?;
        x += (cell.symbol().width() as u16).max(1);
        Some(cell)
    })
}

/// Every cell that is not behind a wide sign.
pub(super) fn cells(frame: &Buffer) -> impl Iterator<Item = &Cell> {
    (0..frame.area.height).flat_map(|y| seen(frame, y))
}

/// A row's text.
pub(super) fn row(frame: &Buffer, y: u16) -> String {
    seen(frame, y).map(Cell::symbol).collect()
}

/// The whole text; rows without the spaces that they end with.
pub(super) fn text(frame: &Buffer) -> String {
    (0..frame.area.height).map(|y| row(frame, y).trim_end().to_owned() + "\n").collect()
}

/// The same model at every size, one under another.
pub(super) fn sizes(name: &str, model: &mut Model) -> String {
    let mut all = String::new();
    for size in SIZES {
        let frame = draw(model, size);
        intact(model, &frame);
        all.push_str(&format!("======== {name}, {}×{}\n{}", size.0, size.1, text(&frame)));
    }
    all
}

fn said(cell: &Cell) -> String {
    let mut words: Vec<String> = Vec::new();
    if cell.fg != Color::Reset {
        words.push(cell.fg.to_string());
    }
    if cell.bg != Color::Reset {
        words.push(format!("on {}", cell.bg));
    }
    words.extend(cell.modifier.iter_names().map(|(name, _): (_, Modifier)| name.to_lowercase()));
    if words.is_empty() { "as the terminal has it".into() } else { words.join(" ") }
}

/// The styles of a frame: a letter for each, what each means on top; a dot for the terminal's own.
pub(super) fn styles(frame: &Buffer) -> String {
    let mut known: Vec<String> = Vec::new();
    let mut rows = String::new();
    for y in 0..frame.area.height {
        let mut row = String::new();
        for cell in seen(frame, y) {
            let style = said(cell);
            let at = known.iter().position(|each| *each == style).unwrap_or_else(|| {
                known.push(style);
                known.len() - 1
            });
            row.push(if known[at].starts_with("as") { '.' } else { char::from(b'a' + at as u8) });
        }
        rows.push_str(row.trim_end_matches('.'));
        rows.push('\n');
    }
    let legend = known.iter().enumerate().filter(|(_, style)| !style.starts_with("as"));
    let legend: Vec<String> = legend.map(|(at, style)| format!("{} {style}", char::from(b'a' + at as u8))).collect();
    format!("{}\n{rows}", legend.join("; "))
}

/// What holds for every frame, whatever is in it: each sign can be printed and has its cells, and the lines that are
/// the same everywhere are where they are.
pub(super) fn intact(model: &Model, frame: &Buffer) {
    for y in 0..frame.area.height {
        let mut wide = 0;
        for cell in seen(frame, y) {
            let symbol = cell.symbol();
            assert_eq!(safe(symbol), symbol, "{symbol:?} in row {y}:\n{}", text(frame));
            assert!(symbol.width() > 0, "{symbol:?} has no width in row {y}:\n{}", text(frame));
            wide += symbol.width();
        }
        assert_eq!(wide, usize::from(frame.area.width), "row {y} is {:?}", row(frame, y));
    }
    if model.context() == Context::Small {
        return;
    }
    let (first, keys) = (row(frame, 0), row(frame, frame.area.height - 1));
    match &model.case {
        Some(screen) => assert!(first.starts_with(&format!(" {} ", screen.case.id.short())), "{first}"),
        None => assert!(first.starts_with(" CareCERT React "), "{first}"),
    }
    let zone = model.env.now.map(crate::domain::wording::moment::both).unwrap_or_default();
    assert!(first.ends_with(&format!(" {zone} ")), "{first}");
    let last = action::here(model.context()).filter(|action| !action.bar.is_empty()).last();
    let last = last.map_or("", |action| action.bar);
    assert!(keys.trim_end().ends_with(last), "{last:?} is not at the end of: {keys}");
}
