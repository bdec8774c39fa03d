//! Draws a search: what was typed, how much fits, and the rows in view with what fits marked.

use crate::{
    domain::wording::number::{counted_in_thousands, group_thousands},
    tui::{
        model::{
            Model,
            overlays::search::{Search, SearchHit, SearchKind},
        },
        screens::log::row::Rows,
        text::{
            highlight,
            theme::Theme,
            width::{cut, pad, width},
        },
        widgets::scroll::Shape,
    },
};
use ratatui::{
    Frame,
    layout::{Position, Rect},
    style::Style,
    text::{Line, Span, Text},
};

/// Cells of an action's name.
const NAME: usize = 22;

/// Its rows in so many, under the heading, what was typed and what is not seen, and over the count.
pub(crate) fn shape(search: &Search, height: usize) -> Shape {
    let len = search.len();
    Shape { at: search.at.min(len.saturating_sub(1)), len, room: height.saturating_sub(4) }
}

/// Draws it.
pub(crate) fn draw(search: &Search, model: &Model, area: Rect, frame: &mut Frame<'_>) {
    let theme = model.env.theme;
    let (cells, height) = (usize::from(area.width), usize::from(area.height));
    let count = count(search);
    let shown = search.field.shown(cells.saturating_sub(5 + width(&count)), 1);
    let typed = shown.rows.first().cloned().unwrap_or_default();
    let hint = match search.kind {
        _ if !search.field.is_empty() => "",
        SearchKind::Palette(_) => "type to narrow; steps and entries too",
        SearchKind::Case | SearchKind::Wrong | SearchKind::FollowUp => "words, kind:note, by:name, is:follow, or A17",
    };
    let hint = cut(hint, cells.saturating_sub(5 + width(&count)));
    let gap = cells.saturating_sub(4 + width(&typed) + width(&hint) + width(&count));
    let mut lines = vec![
        Line::styled(cut(&format!(" {}", search.title()), cells), theme.strong()),
        Line::from(vec![
            Span::styled(" › ", theme.accent()),
            Span::raw(typed),
            Span::styled(hint, theme.quiet()),
            Span::raw(" ".repeat(gap)),
            Span::styled(count, theme.quiet()),
        ]),
        Line::styled(cut(&unseen(search, model), cells), theme.near()),
    ];
    let shape = shape(search, height);
    let Shape { at, len, room } = shape;
    let top = shape.top(search.top);
    let hits = search.found.hits.iter().skip(top).take(room).map(|hit| line(hit, search, theme, cells));
    lines.extend(hits);
    lines.extend(entries(search, model, top, room, cells));
    for (line, place) in lines.iter_mut().skip(3).zip(top..) {
        *line = theme.row(std::mem::take(line), place, place == at);
    }
    if len == 0 {
        lines.push(Line::styled(" Nothing fits; Backspace takes a letter away.", theme.quiet()));
    }
    if let Some(why) = search.found.hits.get(at).and_then(|hit| hit.refused.as_ref()) {
        lines.push(Line::styled(cut(&format!(" Not now: {why}"), cells), theme.near()));
    } else if len > room {
        lines.push(Line::styled(
            cut(&format!(" {} of {}", group_thousands(at + 1), group_thousands(len)), cells),
            theme.quiet(),
        ));
    }
    frame.render_widget(Text::from(lines), area);
    if area.width > 4 && area.height > 1 {
        frame.set_cursor_position(Position::new(area.x + 3 + shown.cursor.0, area.y + 1));
    }
}

/// What the search does not see: nobody must take what was not looked at for what is not there.
fn unseen(search: &Search, model: &Model) -> String {
    match model.case.as_ref().map_or(0, |screen| screen.index.cut()) {
        0 => String::new(),
        _ if matches!(search.kind, SearchKind::Palette(_)) => String::new(),
        count => {
            let (one, many) = (
                "entry is searched by its beginning only; carecert log shows it whole",
                "entries are searched by their beginning only; carecert log shows them whole",
            );
            format!(" {}", counted_in_thousands(count, one, many))
        }
    }
}

/// How much of what fits.
fn count(search: &Search) -> String {
    if search.field.is_empty() || matches!(search.kind, SearchKind::Palette(_)) {
        return String::new();
    }
    let of = |count: usize, one: &str, many: &str| match count {
        0 => None,
        count => Some(counted_in_thousands(count, one, many)),
    };
    let parts = [of(search.found.hits.len(), "step", "steps"), of(search.found.entries.len(), "entry", "entries")];
    parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
}

/// The entries in view.
fn entries(search: &Search, model: &Model, top: usize, room: usize, cells: usize) -> Vec<Line<'static>> {
    let Some(screen) = &model.case else { return Vec::new() };
    let before = search.found.hits.len().saturating_sub(top).min(room);
    let first = top.saturating_sub(search.found.hits.len());
    let shown: Vec<u32> = search.found.entries.iter().skip(first).take(room - before).copied().collect();
    let words = &search.found.words;
    Rows { index: &screen.index, theme: model.env.theme, now: model.env.now, words, by_happened: false }
        .lines(&shown, cells)
}

/// A row that is no entry: its name, what it says, and what stands at its right.
fn line(hit: &SearchHit, search: &Search, theme: Theme, cells: usize) -> Line<'static> {
    let style = if hit.refused.is_some() { theme.quiet() } else { Style::new() };
    let side = cut(&format!(" {} ", hit.side), cells);
    let room = cells.saturating_sub(width(&side) + 1);
    let mut spans = vec![Span::styled(" ", style)];
    let name = cut(&hit.name, room);
    let kept = if name == hit.name { name.len() } else { name.len().saturating_sub('…'.len_utf8()) };
    let places: Vec<_> = hit.places.iter().filter(|place| place.end <= kept).cloned().collect();
    let used = width(&name);
    spans.extend(highlight::spans(&name, &places, style));
    let gap = if hit.about.is_empty() { 0 } else { NAME.saturating_sub(used).max(1).min(room - used) };
    spans.push(Span::styled(" ".repeat(gap), style));
    let about = pad(&hit.about, room - used - gap);
    let words: &[String] = if matches!(search.kind, SearchKind::Palette(_)) { &[] } else { &search.found.words };
    spans.extend(highlight::words(&about, words, theme.quiet()));
    spans.push(Span::styled(side, theme.quiet()));
    Line::from(spans)
}
