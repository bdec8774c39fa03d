//! How a field of a box is drawn.

use super::{
    form::Form,
    item::{Input, Item, Path, Pick},
    sheet_view::{NAME, WIDE},
    theme::Theme,
    when::{size, understood},
    width::{cut, ends, pad, width, wrap},
};
use crate::domain::{stated::stated, time::Now};
use ratatui::{
    style::Style,
    text::{Line, Span},
};

/// Where the cursor is, column and row, and the rows that must be in view, where these are not the whole field.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Drawn {
    pub(crate) cursor: Option<(usize, usize)>,
    pub(crate) at_hand: Option<(usize, usize)>,
}

/// What a field is drawn with.
#[derive(Clone, Copy)]
struct Look {
    focused: bool,
    theme: Theme,
    /// Cells that it may use.
    wide: usize,
    /// Rows that the box has.
    room: usize,
}

#[allow(clippy::too_many_arguments, reason = "a field's surroundings, each used once")]
pub(crate) fn field(
    lines: &mut Vec<Line<'static>>,
    form: &Form,
    item: &Item,
    focused: bool,
    now: Option<Now>,
    theme: Theme,
    cells: usize,
    room: usize,
) -> Drawn {
    let wide = cells.saturating_sub(NAME).clamp(2, WIDE);
    let style = if focused {
        theme.accent()
    } else if item.required {
        theme.strong()
    } else {
        theme.quiet()
    };
    let name = |at: usize| {
        let text = if at == 0 { pad(&format!(" {}", item.label), NAME - 1) } else { " ".repeat(NAME - 1) };
        Span::styled(text, style)
    };
    let bar = |at: usize| vec![name(at), Span::styled(if focused { "│" } else { " " }, style)];
    for line in wrap(&item.ask, (NAME + wide).saturating_sub(1)) {
        if !item.ask.is_empty() {
            lines.push(Line::styled(format!(" {line}"), if focused { theme.accent() } else { Style::new() }));
        }
    }
    let from = lines.len();
    let look = Look { focused, theme, wide, room };
    let (mut cursor, mut at_hand) = (None, None);
    match &item.input {
        Input::Text(text) | Input::Time(text) | Input::Path(Path { field: text, .. }) => {
            let shown = text.shown(wide, 1);
            cursor = Some((NAME + usize::from(shown.cursor.0), from));
            let row = shown.rows.into_iter().next().unwrap_or_default();
            let note = side_note(item, now, &row, wide);
            let mut spans = bar(0);
            spans.push(Span::raw(row));
            spans.push(Span::styled(note, theme.quiet()));
            lines.push(Line::from(spans));
        }
        Input::Long(text) => {
            let most = if focused { (room / 3).max(3) } else { 3 };
            let shown = text.shown(wide, most);
            cursor = Some((NAME + usize::from(shown.cursor.0), from + usize::from(shown.cursor.1)));
            let least = if focused { 3 } else { 1 };
            let count = shown.rows.len().max(least);
            for at in 0..count {
                let mut spans = bar(at);
                spans.push(Span::raw(shown.rows.get(at).cloned().unwrap_or_default()));
                lines.push(Line::from(spans));
            }
            if shown.above + shown.below > 0 {
                let text = format!("… {} lines above, {} below", shown.above, shown.below);
                lines.push(Line::from(vec![name(1), Span::styled(cut(&format!(" {text}"), wide), theme.quiet())]));
            }
        }
        // A question that is not at hand shows its answer alone, so that the others stay in view.
        Input::Pick(pick) if pick.tall && !focused && !item.ask.is_empty() => {
            let mut spans = bar(0);
            let (text, style) = match pick.at.and_then(|at| pick.options.get(at)) {
                Some((_, label, _)) => (format!("(●) {label}"), theme.strong()),
                None => (format!("one of {}", pick.options.len()), theme.quiet()),
            };
            spans.push(Span::styled(cut(&text, wide), style));
            lines.push(Line::from(spans));
        }
        Input::Pick(pick) if pick.tall => at_hand = tall(lines, pick, None, look, &bar),
        Input::Multi(pick, on) => at_hand = tall(lines, pick, Some(on), look, &bar),
        Input::Pick(pick) => wide_pick(lines, pick, look, &bar, name(1)),
        Input::Toggle(yes) => {
            let mut spans = bar(0);
            spans.push(Span::raw(if *yes { "[x] yes" } else { "[ ] no" }));
            lines.push(Line::from(spans));
        }
    }
    if let Input::Path(path) = &item.input
        && focused
    {
        lines.extend(candidates(path, theme, wide));
    }
    below(lines, form, item, focused, theme, wide);
    Drawn { cursor, at_hand }
}

/// What is wrong with the field, or what belongs into it.
fn below(lines: &mut Vec<Line<'static>>, form: &Form, item: &Item, focused: bool, theme: Theme, wide: usize) {
    let fault = form.fault.as_ref().filter(|fault| fault.id == item.id);
    let (text, style) = match fault {
        Some(fault) => (fault.text.clone(), theme.near()),
        None if focused => (item.hint.clone().into_owned(), theme.quiet()),
        None => return,
    };
    for line in wrap(&text, wide.saturating_sub(1)) {
        lines.push(Line::from(vec![Span::raw(" ".repeat(NAME + 1 - 1)), Span::styled(line, style)]));
    }
}

fn side_note(item: &Item, now: Option<Now>, typed: &str, wide: usize) -> String {
    let note = match (&item.input, now) {
        (Input::Time(field), Some(now)) if !field.is_empty() => {
            stated(&field.text(), now).map(|at| understood(at, now)).unwrap_or_default()
        }
        (Input::Time(field), _) if field.is_empty() && item.id == "occurred" => {
            if item.label == "Began" {
                "not known".into()
            } else {
                "now".into()
            }
        }
        (Input::Path(path), _) => {
            let text = path.field.text();
            let row = path.rows.iter().find(|row| row.path == text && !row.folder);
            row.map(|row| size(row.size)).unwrap_or_default()
        }
        _ => String::new(),
    };
    if note.is_empty() {
        return note;
    }
    cut(&format!("  = {note}"), wide.saturating_sub(width(typed)))
}

/// The files and folders that a path could become.
fn candidates(path: &Path, theme: Theme, wide: usize) -> Vec<Line<'static>> {
    const MOST: usize = 5;
    let text = path.field.text();
    let fits: Vec<_> = path.rows.iter().filter(|row| row.path != text && row.path.starts_with(&text)).collect();
    let mut lines: Vec<Line> = fits
        .iter()
        .take(MOST)
        .map(|row| {
            let side = if row.folder { "folder".to_owned() } else { size(row.size) };
            let name = row.path.trim_end_matches(['/', '\\']);
            let name = name.rsplit(['/', '\\']).next().unwrap_or(name);
            Line::from(vec![Span::raw(" ".repeat(NAME)), Span::styled(ends(name, &side, wide.min(50)), theme.quiet())])
        })
        .collect();
    if fits.len() > MOST {
        let more = format!("{:NAME$}… {} more", "", fits.len() - MOST);
        lines.push(Line::styled(more, theme.quiet()));
    }
    lines
}

/// Options side by side, and what the chosen one means.
fn wide_pick(
    lines: &mut Vec<Line<'static>>,
    pick: &Pick,
    Look { focused, theme, wide, .. }: Look,
    bar: &dyn Fn(usize) -> Vec<Span<'static>>,
    lead: Span<'static>,
) {
    let mut spans = bar(0);
    for (at, (_, label, _)) in pick.options.iter().enumerate() {
        let chosen = pick.at == Some(at);
        let (text, style) =
            if chosen { (format!("[{label}]"), theme.strong()) } else { (format!(" {label} "), theme.quiet()) };
        spans.push(Span::styled(text, style));
    }
    lines.push(Line::from(spans));
    let means = pick.at.and_then(|at| pick.options.get(at)).map(|(_, _, means)| means.clone());
    if let Some(means) = means.filter(|means| focused && !means.is_empty()) {
        lines.push(Line::from(vec![lead, Span::styled(cut(&format!(" {means}"), wide), theme.quiet())]));
    }
}

/// Options one under another.
fn tall(
    lines: &mut Vec<Line<'static>>,
    pick: &Pick,
    on: Option<&Vec<bool>>,
    Look { focused, theme, wide, room }: Look,
    bar: &dyn Fn(usize) -> Vec<Span<'static>>,
) -> Option<(usize, usize)> {
    let rows = |means: &str| if means.is_empty() { 0 } else { wrap(means, wide.saturating_sub(5)).len() };
    // What an option means is read before it is chosen: all are shown where there is room, else the one at hand.
    let all: usize = pick.options.iter().map(|(_, _, means)| 1 + rows(means)).sum();
    let whole = on.is_none() && all + 2 <= room;
    let mut at_hand = None;
    if pick.options.is_empty() {
        let mut spans = bar(0);
        spans.push(Span::styled("none", theme.quiet()));
        lines.push(Line::from(spans));
    }
    for (at, (_, label, means)) in pick.options.iter().enumerate() {
        let here = pick.at == Some(at);
        let from = lines.len();
        let mark = match on {
            Some(on) => {
                if on.get(at) == Some(&true) {
                    "[x] "
                } else {
                    "[ ] "
                }
            }
            None => {
                if here {
                    "(●) "
                } else {
                    "( ) "
                }
            }
        };
        let mut spans = bar(at);
        let style = if here && focused {
            theme.picked()
        } else if here && on.is_none() {
            theme.strong()
        } else {
            Style::new()
        };
        spans.push(Span::styled(cut(&format!("{mark}{label}"), wide), style));
        lines.push(Line::from(spans));
        if !means.is_empty() && (whole || (here && focused)) {
            for line in wrap(means, wide.saturating_sub(5)) {
                lines.push(Line::from(vec![Span::raw(" ".repeat(NAME + 4)), Span::styled(line, theme.quiet())]));
            }
        }
        if here {
            at_hand = Some((from, lines.len()));
        }
    }
    at_hand
}
