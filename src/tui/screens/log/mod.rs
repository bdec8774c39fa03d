//! The log: every entry in a line, the latest last. Only the rows in view are looked at, however long it is.

pub(crate) mod row;

use crate::{
    domain::{
        id::EntryId,
        time::Now,
        wording::number::{counted_in_thousands, group_thousands},
    },
    tui::{
        keys::{action::Context, place::Place, table::ActionId, ways::KeyNames},
        model::{Model, open_case::OpenCase},
        text::{
            theme::Theme,
            width::{cut_to, pad_to, width_of},
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
use row::Rows;

/// The entry with the cursor.
pub(super) fn find_selected_entry(screen: &OpenCase) -> Option<EntryId> {
    screen.log.at(&screen.index).and_then(|row| screen.index.row(row)).map(|row| row.id())
}

/// The entries in so many rows, under the heading.
pub(super) fn shape_of_log(screen: &OpenCase, height: u16) -> Shape {
    let (view, index) = (&screen.log, &screen.index);
    Shape { at: view.place(index), len: view.len(index), room: usize::from(height).saturating_sub(1) }
}

/// Draws the place: what is in view, and its rows.
pub(crate) fn draw_log(model: &Model, screen: &OpenCase, area: Rect, frame: &mut Frame) {
    let (view, index, theme, now) = (&screen.log, &screen.index, model.env.theme, model.env.now);
    draw_heading(model, screen, Rect { height: 1, ..area }, frame);
    let body = Rect { y: area.y + 1, height: area.height.saturating_sub(1), ..area };
    let (len, height) = (view.len(index), usize::from(body.height));
    let rows = Rows { index, theme, now, words: view.words(), by_happened: view.by_happened };
    // What is cited is shown by itself: it is where Enter goes.
    if let Some(row) = find_cited_entry(screen).and_then(|entry| index.find(&entry)) {
        let lines = rows.lines(&[row], usize::from(body.width)).into_iter();
        frame.render_widget(Text::from(lines.map(|line| theme.row(line, 0, true)).collect::<Vec<_>>()), body);
        return;
    }
    if len == 0 {
        // While it is typed, another key clears it than afterwards.
        let clears = || match view.typing {
            true => KeyNames::new(&model.env.keymap, Context::Filter).key(ActionId::ClearFilter),
            false => model.key_names(Place::Log).keys(ActionId::Back),
        };
        let text = match index.is_empty() {
            true => " Nothing is recorded yet.".to_owned(),
            false => format!(" No entry has all of this. {} clears it.", clears()),
        };
        frame.render_widget(Text::from(Line::styled(cut_to(&text, usize::from(body.width)), theme.quiet())), body);
        return;
    }
    let shape = shape_of_log(screen, area.height);
    let (at, top) = (shape.at, shape.top(screen.tops.get(Place::Log as usize).copied().unwrap_or(0)));
    let shown: Vec<u32> = (top..len.min(top + height)).filter_map(|place| view.row(place, index)).collect();
    let picked = (screen.place == Place::Log).then_some(at);
    let lines = rows.lines(&shown, usize::from(body.width)).into_iter().zip(top..);
    let lines: Vec<Line> = lines.map(|(line, at)| theme.row(line, at, picked == Some(at))).collect();
    frame.render_widget(Text::from(lines), body);
}

/// Draws the latest entries, for beside and below another place.
pub(crate) fn draw_latest(screen: &OpenCase, theme: Theme, now: Option<Now>, area: Rect, frame: &mut Frame) {
    let (index, height) = (&screen.index, usize::from(area.height));
    if index.is_empty() {
        let line = Line::styled(cut_to(" Nothing is recorded yet.", usize::from(area.width)), theme.quiet());
        frame.render_widget(Text::from(line), area);
        return;
    }
    let top = index.len().saturating_sub(height);
    let shown: Vec<u32> = (top as u32..index.len() as u32).collect();
    let rows = Rows { index, theme, now, words: &[], by_happened: false };
    frame.render_widget(Text::from(rows.lines(&shown, usize::from(area.width))), area);
}

/// The filter, how much it lets through, and the order.
fn draw_heading(model: &Model, screen: &OpenCase, area: Rect, frame: &mut Frame) {
    let theme = model.env.theme;
    let (view, index, cells) = (&screen.log, &screen.index, usize::from(area.width));
    let order = if view.by_happened { "by when it happened" } else { "by when it was recorded" };
    let goes = find_cited_entry(screen).map(|entry| {
        let key = KeyNames::new(&model.env.keymap, Context::Filter).key(ActionId::KeepFilter);
        format!("{key} goes to {}", screen.case.cite(&entry))
    });
    let count = match (view.filter(), goes) {
        (_, Some(goes)) => goes,
        (Some(_), None) => {
            let unseen = match index.cut() {
                0 => String::new(),
                count => format!(", {} seen in part", group_thousands(count)),
            };
            format!("{} of {}{unseen}", group_thousands(view.len(index)), group_thousands(index.len()))
        }
        (None, None) => counted_in_thousands(index.len(), "entry", "entries"),
    };
    let right = cut_to(&format!("  {count}, {order} "), cells);
    let room = cells.saturating_sub(width_of(&right));
    let filtered = view.typing || !view.field.is_empty();
    let mut spans = if filtered {
        let shown = view.field.shown(room.saturating_sub(4), 1);
        if view.typing && area.width > 4 {
            frame.set_cursor_position(Position::new(area.x + 3 + shown.cursor.0, area.y));
        }
        let typed = shown.rows.first().cloned().unwrap_or_default();
        let hint = if view.field.is_empty() { "words, kind:note, by:name, is:follow, or A17" } else { "" };
        let hint = cut_to(hint, room.saturating_sub(4 + width_of(&typed)));
        let used = 3 + width_of(&typed) + width_of(&hint);
        vec![
            Span::styled(" / ", theme.accent()),
            Span::raw(typed),
            Span::styled(hint, theme.quiet()),
            Span::raw(" ".repeat(room.saturating_sub(used))),
        ]
    } else {
        vec![Span::styled(pad_to(" Log", room), theme.strong())]
    };
    spans.push(Span::styled(right, if filtered { Style::new() } else { theme.quiet() }));
    frame.render_widget(Text::from(Line::from(spans)), area);
}

/// The entry that the filter cites, where it is nothing but a citation.
pub(crate) fn find_cited_entry(screen: &OpenCase) -> Option<EntryId> {
    screen.log.typing.then(|| screen.case.cited(&screen.log.field.text())).flatten()
}
