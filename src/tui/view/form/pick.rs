//! How options to choose from are drawn.

use super::open_form::NAME;
use crate::tui::{
    form::pick::Options,
    text::{
        theme::Theme,
        width::{cut_to, wrap_text},
    },
};
use ratatui::{
    style::Style,
    text::{Line, Span},
};

/// Options that are shown even where the field is not at hand.
pub(crate) const FEW: usize = 4;

/// What a field is drawn with.
#[derive(Clone, Copy)]
pub(crate) struct Look {
    /// It has the cursor.
    pub(crate) focused: bool,
    /// Styles.
    pub(crate) theme: Theme,
    /// Cells that it may use.
    pub(crate) wide: usize,
    /// Rows that the form has.
    pub(crate) room: usize,
}

/// What stands before a row of a field: its name before the first, and the bar of the field at hand.
pub(crate) type Bar<'a> = &'a dyn Fn(usize) -> Vec<Span<'static>>;

/// Options that are not at hand: only what was chosen, so that the other fields stay in view.
pub(crate) fn lay_folded_pick(
    lines: &mut Vec<Line<'static>>,
    pick: &Options,
    on: Option<&[bool]>,
    look: Look,
    bar: Bar<'_>,
) {
    let all = pick.rows.iter().enumerate();
    let chosen = all.filter(|(at, _)| match on {
        Some(on) => on.get(*at) == Some(&true),
        None => pick.at == Some(*at),
    });
    let (mark, none) = if on.is_some() { ("[x]", "none") } else { ("(●)", "one") };
    let mut rows: Vec<_> = chosen.map(|(_, (_, label, _))| (format!("{mark} {label}"), look.theme.strong())).collect();
    if rows.is_empty() {
        rows.push((format!("{none} of {}", pick.rows.len()), look.theme.quiet()));
    }
    for (at, (text, style)) in rows.into_iter().enumerate() {
        let mut spans = bar(at);
        spans.push(Span::styled(cut_to(&text, look.wide), style));
        lines.push(Line::from(spans));
    }
}

/// Options side by side, and what the chosen one means.
pub(crate) fn wide_pick(
    lines: &mut Vec<Line<'static>>,
    pick: &Options,
    Look { focused, theme, wide, .. }: Look,
    bar: Bar<'_>,
    lead: Span<'static>,
) {
    let mut spans = bar(0);
    for (at, (_, label, _)) in pick.rows.iter().enumerate() {
        let chosen = pick.at == Some(at);
        let (text, style) =
            if chosen { (format!("[{label}]"), theme.strong()) } else { (format!(" {label} "), theme.quiet()) };
        spans.push(Span::styled(text, style));
    }
    lines.push(Line::from(spans));
    let means = pick.at.and_then(|at| pick.rows.get(at)).map(|(_, _, means)| means.clone());
    if let Some(means) = means.filter(|means| focused && !means.is_empty()) {
        lines.push(Line::from(vec![lead, Span::styled(cut_to(&format!(" {means}"), wide), theme.quiet())]));
    }
}

/// Options one under another; says which rows the one at hand takes.
pub(crate) fn lay_tall_pick(
    lines: &mut Vec<Line<'static>>,
    pick: &Options,
    on: Option<&[bool]>,
    Look { focused, theme, wide, room }: Look,
    bar: Bar<'_>,
) -> Option<(usize, usize)> {
    let rows = |means: &str| if means.is_empty() { 0 } else { wrap_text(means, wide.saturating_sub(5)).len() };
    // What an option means is read before it is chosen: all are shown where there is room, else the one at hand.
    let all: usize = pick.rows.iter().map(|(_, label, means)| rows(label) + rows(means)).sum();
    let whole = on.is_none() && all + 2 <= room;
    let mut at_hand = None;
    if pick.rows.is_empty() {
        let mut spans = bar(0);
        spans.push(Span::styled("none", theme.quiet()));
        lines.push(Line::from(spans));
    }
    for (at, (_, label, means)) in pick.rows.iter().enumerate() {
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
        let style = if here && focused {
            theme.picked()
        } else if here && on.is_none() {
            theme.strong()
        } else {
            Style::new()
        };
        for (row, text) in wrap_text(label, wide.saturating_sub(5)).into_iter().enumerate() {
            let mut spans = bar(if row == 0 { at } else { 1 });
            spans.push(Span::styled(format!("{}{text}", if row == 0 { mark } else { "    " }), style));
            lines.push(Line::from(spans));
        }
        if !means.is_empty() && (whole || (here && focused)) {
            for line in wrap_text(means, wide.saturating_sub(5)) {
                lines.push(Line::from(vec![Span::raw(" ".repeat(NAME + 4)), Span::styled(line, theme.quiet())]));
            }
        }
        if here {
            at_hand = Some((from, lines.len()));
        }
    }
    at_hand
}
