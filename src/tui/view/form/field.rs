//! How a field of a form is drawn.

use super::{
    open_form::{NAME, width_of_field},
    pick::{Bar, FEW, Look, lay_folded_pick, lay_tall_pick, wide_pick},
};
use crate::{
    domain::{
        time::Now,
        time_input::parse_stated_time,
        wording::{moment::word_understood_time, number::byte_size},
    },
    tui::{
        form::{
            Fault,
            field::{FieldView, FormField},
            path_field::PathInput,
            text_field::Field,
        },
        text::{
            theme::Theme,
            width::{cut_to, join_ends, pad_to, width_of, wrap_text},
        },
    },
};
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

#[allow(clippy::too_many_arguments, reason = "a field's surroundings, each used once")]
pub(crate) fn lay_field(
    lines: &mut Vec<Line<'static>>,
    fault: Option<&Fault>,
    item: &dyn FormField,
    focused: bool,
    now: Option<Now>,
    theme: Theme,
    cells: usize,
    room: usize,
) -> Drawn {
    let (head, view) = (item.head(), item.view());
    let wide = width_of_field(cells);
    let style = if focused {
        theme.accent()
    } else if head.required {
        theme.strong()
    } else {
        theme.quiet()
    };
    let name = |at: usize| {
        let text = if at == 0 { pad_to(&format!(" {}", head.label), NAME - 1) } else { " ".repeat(NAME - 1) };
        Span::styled(text, style)
    };
    let bar = |at: usize| vec![name(at), Span::styled(if focused { "│" } else { " " }, style)];
    for line in wrap_text(&head.ask, (NAME + wide).saturating_sub(1)) {
        if !head.ask.is_empty() {
            lines.push(Line::styled(format!(" {line}"), if focused { theme.accent() } else { Style::new() }));
        }
    }
    let from = lines.len();
    // Above a long list, what to do with it would be out of view below.
    let led = match view {
        FieldView::Pick(pick) | FieldView::Multi(pick, _) => focused && pick.tall && pick.rows.len() > FEW,
        FieldView::Line(_) | FieldView::Long(_) | FieldView::Time(..) | FieldView::Path(_) | FieldView::YesNo(_) => {
            false
        }
    };
    if led {
        let rows = wrap_text(&head.hint, wide.saturating_sub(1)).into_iter();
        lines.extend(rows.map(|row| Line::from(vec![name(1), Span::styled(format!(" {row}"), theme.quiet())])));
    }
    let look = Look { focused, theme, wide, room };
    let (mut cursor, mut at_hand) = (None, None);
    match view {
        FieldView::Line(text) | FieldView::Time(text, _) | FieldView::Path(PathInput { field: text, .. }) => {
            let shown = text.shown(wide, 1);
            cursor = Some((NAME + usize::from(shown.cursor.0), from));
            let row = shown.rows.into_iter().next().unwrap_or_default();
            // What was only proposed is shown as chosen: a letter takes its place.
            let fresh = focused && text.fresh();
            let mut note = side_note(view, now, &row, wide);
            if fresh {
                note = word_proposal_key(&note, &row, wide);
            }
            let mut spans = bar(0);
            spans.push(Span::styled(row, if fresh { theme.picked() } else { Style::new() }));
            spans.push(Span::styled(note, theme.quiet()));
            lines.push(Line::from(spans));
        }
        FieldView::Long(text) => {
            let place = lay_long_text(lines, text, look, &bar);
            cursor = Some((NAME + place.0, from + place.1));
        }
        FieldView::Pick(pick)
            if pick.tall && !focused && (!head.ask.is_empty() || pick.at.is_some() && pick.rows.len() > FEW) =>
        {
            lay_folded_pick(lines, pick, None, look, &bar);
        }
        FieldView::Pick(pick) if pick.tall => at_hand = lay_tall_pick(lines, pick, None, look, &bar),
        FieldView::Multi(pick, on) if !focused && on.len() > FEW => lay_folded_pick(lines, pick, Some(on), look, &bar),
        FieldView::Multi(pick, on) => at_hand = lay_tall_pick(lines, pick, Some(on), look, &bar),
        FieldView::Pick(pick) => wide_pick(lines, pick, look, &bar, name(1)),
        FieldView::YesNo(yes) => {
            let mut spans = bar(0);
            spans.push(Span::raw(if yes { "[x] yes" } else { "[ ] no" }));
            lines.push(Line::from(spans));
        }
    }
    if let FieldView::Path(path) = view
        && focused
    {
        lines.extend(lay_candidates(path, theme, wide));
    }
    lay_below_field(lines, fault, &head.hint, focused && !led, theme, wide);
    Drawn { cursor, at_hand }
}

/// A text of several lines; says where the cursor is in it.
fn lay_long_text(lines: &mut Vec<Line<'static>>, text: &Field, look: Look, bar: Bar<'_>) -> (usize, usize) {
    let most = if look.focused { (look.room / 3).max(3) } else { 3 };
    let shown = text.shown(look.wide, most);
    let count = shown.rows.len().max(if look.focused { 3 } else { 1 });
    for at in 0..count {
        let mut spans = bar(at);
        spans.push(Span::raw(shown.rows.get(at).cloned().unwrap_or_default()));
        lines.push(Line::from(spans));
    }
    if shown.above + shown.below > 0 {
        let text = format!(" … {} lines above, {} below", shown.above, shown.below);
        lines.push(Line::from(vec![
            Span::raw(" ".repeat(NAME - 1)),
            Span::styled(cut_to(&text, look.wide), look.theme.quiet()),
        ]));
    }
    (usize::from(shown.cursor.0), usize::from(shown.cursor.1))
}

/// What is wrong with the field, or what belongs into it.
fn lay_below_field(
    lines: &mut Vec<Line<'static>>,
    fault: Option<&Fault>,
    hint: &str,
    focused: bool,
    theme: Theme,
    wide: usize,
) {
    let (text, style) = match fault {
        Some(fault) => (fault.text.clone(), theme.near()),
        None if focused => (hint.to_owned(), theme.quiet()),
        None => return,
    };
    for line in wrap_text(&text, wide.saturating_sub(1)) {
        lines.push(Line::from(vec![Span::raw(" ".repeat(NAME + 1 - 1)), Span::styled(line, style)]));
    }
}

/// What a letter does to a text that was only proposed, behind what the text means.
fn word_proposal_key(meaning: &str, row: &str, wide: usize) -> String {
    let room = wide.saturating_sub(width_of(row));
    let text = match meaning {
        "" => "  a letter replaces it, → keeps it".to_owned(),
        _ => format!("{meaning}; a figure replaces it"),
    };
    // It is marked as chosen all the same; half a hint would take away more than it tells.
    if width_of(&text) > room && !meaning.is_empty() { meaning.to_owned() } else { cut_to(&text, room) }
}

fn side_note(view: FieldView<'_>, now: Option<Now>, typed: &str, wide: usize) -> String {
    let note = match view {
        FieldView::Time(field, empty) if field.is_empty() => empty.to_owned(),
        FieldView::Time(field, _) => {
            let at =
                now.and_then(|now| parse_stated_time(&field.text(), now).ok().map(|at| word_understood_time(at, now)));
            at.unwrap_or_default()
        }
        FieldView::Path(path) => {
            let text = path.field.text();
            let row = path.rows.iter().find(|row| row.path == text && !row.folder);
            row.map(|row| byte_size(row.size)).unwrap_or_default()
        }
        FieldView::Line(_) | FieldView::Long(_) | FieldView::Pick(_) | FieldView::Multi(..) | FieldView::YesNo(_) => {
            String::new()
        }
    };
    if note.is_empty() {
        return note;
    }
    cut_to(&format!("  = {note}"), wide.saturating_sub(width_of(typed)))
}

/// The files and folders that a path could become.
fn lay_candidates(path: &PathInput, theme: Theme, wide: usize) -> Vec<Line<'static>> {
    const MOST: usize = 5;
    let text = path.field.text();
    let fits: Vec<_> = path.rows.iter().filter(|row| row.path != text && row.path.starts_with(&text)).collect();
    let mut lines: Vec<Line> = fits
        .iter()
        .take(MOST)
        .map(|row| {
            let side = if row.folder { "folder".to_owned() } else { byte_size(row.size) };
            let name = row.path.trim_end_matches(['/', '\\']);
            let name = name.rsplit(['/', '\\']).next().unwrap_or(name);
            Line::from(vec![
                Span::raw(" ".repeat(NAME)),
                Span::styled(join_ends(name, &side, wide.min(50)), theme.quiet()),
            ])
        })
        .collect();
    if fits.len() > MOST {
        let more = format!("{:NAME$}… {} more", "", fits.len() - MOST);
        lines.push(Line::styled(more, theme.quiet()));
    }
    lines
}
