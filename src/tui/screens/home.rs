//! The list of cases: state, severity, age and the next deadline of each.

use crate::{
    domain::{
        leftover::describe_leftovers,
        marking::Severity,
        time::Now,
        wording::{
            deadline::{Pressure, align_countdowns},
            duration::clock_span,
        },
    },
    tui::{
        keys::{action::Context, table::ActionId},
        model::{Model, msg::CaseRow},
        text::{
            theme::Theme,
            width::{cut_to, pad_to, width_of, wrap_text},
        },
        widgets::scroll::Shape,
    },
};
use ratatui::{
    Frame,
    layout::Rect,
    style::Style,
    text::{Line, Span, Text},
};

/// The style of a severity: only the worst two stand out.
pub(crate) fn style_of_severity(theme: Theme, severity: Severity) -> Style {
    match severity {
        Severity::Critical => theme.alarm(),
        Severity::High => theme.amber(),
        Severity::Moderate | Severity::Low => theme.strong(),
    }
}

/// The list in so many rows.
pub(crate) fn shape_of_cases(model: &Model, height: usize) -> Shape {
    let left = if model.home.leftovers.is_empty() { 0 } else { 3 };
    let below = model.home.unreadable.len().min(4) * 2 + 6 + left;
    let len = model.home.cases.as_ref().map_or(0, Vec::len);
    Shape { at: model.home.cursor, len, room: height.saturating_sub(below).max(3) }
}

/// Draws the list.
pub(crate) fn draw_home(model: &Model, area: Rect, frame: &mut Frame) {
    let cells = usize::from(area.width);
    let height = usize::from(area.height);
    let mut lines: Vec<Line<'static>> = Vec::new();
    match &model.home.cases {
        None => lines.push(Line::styled(" Reading the cases…", model.env.theme.quiet())),
        Some(cases) if cases.is_empty() => {
            lines.push(Line::default());
            lines.push(Line::styled(
                cut_to(&format!(" No case in {}.", model.env.home_label), cells),
                model.env.theme.strong(),
            ));
            lines.push(Line::default());
            lines.push(Line::from(vec![
                Span::raw(" Press "),
                Span::styled(model.env.keymap.key_text(Context::Home, ActionId::NewIncident), model.env.theme.accent()),
                Span::raw(" to open a new incident."),
            ]));
        }
        Some(cases) => {
            let head = format!(
                " {} {} {} {} {}",
                pad_to("", 6),
                pad_to("severity", 9),
                pad_to("open for", AGE - 1),
                pad_to("next deadline", deadline_room(cells)),
                "title"
            );
            lines.push(Line::styled(cut_to(&head, cells), model.env.theme.quiet()));
            let shape = shape_of_cases(model, height);
            let (room, top) = (shape.room, shape.top(model.home.top));
            let shown = cases.iter().enumerate().skip(top).take(room);
            for ((row, case), away) in shown.zip(word_next_deadlines(cases, top, room, model.env.now)) {
                let line = row_line(case, away, model.env.theme, model.env.now, cells);
                lines.push(model.env.theme.row(line, row, row == model.home.cursor));
            }
            if cases.len() > room {
                let text = format!(" {} of {} cases", (model.home.cursor + 1).min(cases.len()), cases.len());
                lines.push(Line::styled(text, model.env.theme.quiet()));
            }
            lines.push(Line::default());
            lines.extend(
                cases
                    .get(model.home.cursor)
                    .into_iter()
                    .flat_map(|case| lay_selected_case(case, model.env.theme, cells)),
            );
        }
    }
    lines.extend(lay_unreadable(model, cells));
    lines.extend(left_over(model, cells));
    lines.truncate(height);
    frame.render_widget(Text::from(lines), area);
}

/// The row with the cursor, with what the row had no room for.
fn lay_selected_case(case: &CaseRow, theme: Theme, cells: usize) -> Vec<Line<'static>> {
    let exercise = if case.exercise { ", exercise" } else { "" };
    let text = format!(" {}  {} entries  {}{exercise}", case.tlp, case.records, case.folder);
    let mut lines: Vec<Line<'static>> =
        wrap_text(&case.title, cells.saturating_sub(2)).into_iter().map(|line| Line::raw(format!(" {line}"))).collect();
    if let Some((_, what)) = &case.deadline {
        lines.push(Line::styled(cut_to(&format!(" due first: {what}"), cells), theme.quiet()));
    }
    lines.push(Line::styled(cut_to(&text, cells), theme.quiet()));
    lines
}

fn lay_unreadable(model: &Model, cells: usize) -> Vec<Line<'static>> {
    let mut lines = Vec::new();
    if model.home.unreadable.is_empty() {
        return lines;
    }
    lines.push(Line::default());
    lines.push(Line::styled(" Could not be read:", model.env.theme.alarm()));
    for (folder, why) in &model.home.unreadable {
        let text = format!("✗ {folder}: {why}");
        for (at, line) in wrap_text(&text.replace('\n', " "), cells.saturating_sub(4)).into_iter().enumerate() {
            lines.push(Line::raw(format!("{}{line}", if at == 0 { " " } else { "   " })));
        }
    }
    lines
}

/// What interrupted work left, and the key that removes it.
fn left_over(model: &Model, cells: usize) -> Vec<Line<'static>> {
    let (left, Some(now)) = (&model.home.leftovers, model.env.now) else { return Vec::new() };
    if left.is_empty() {
        return Vec::new();
    }
    let way = model.env.keymap.key_text(Context::Home, ActionId::Tidy);
    let text = format!("Interrupted work left {}. {way} removes that.", describe_leftovers(left, now.at));
    let rows = wrap_text(&text, cells.saturating_sub(2)).into_iter();
    std::iter::once(Line::default()).chain(rows.map(|row| Line::raw(format!(" {row}")))).collect()
}

/// Cells for how long a case is open, with a free one after "16 d 15:29 h".
const AGE: usize = 13;

/// How many cells the next deadline has.
fn deadline_room(cells: usize) -> usize {
    if cells >= 100 { 36 } else { 26 }
}

/// How far away the next deadline is of each case in view; the digits line up.
fn word_next_deadlines(
    cases: &[CaseRow],
    top: usize,
    room: usize,
    now: Option<Now>,
) -> Vec<Option<(String, Pressure)>> {
    let shown = || cases.iter().skip(top).take(room).map(|case| case.deadline.as_ref().map(|(at, _)| *at));
    let mut away = now.map(|now| align_countdowns(&shown().flatten().collect::<Vec<_>>(), now)).into_iter().flatten();
    shown().map(|at| at.and_then(|_| away.next())).collect()
}

fn row_line(
    case: &CaseRow,
    away: Option<(String, Pressure)>,
    theme: Theme,
    now: Option<Now>,
    cells: usize,
) -> Line<'static> {
    let age = now.map(|now| clock_span(now.at.seconds_since(case.opened))).unwrap_or_default();
    let (sign, age) = if case.closed { ("✓", "closed".to_owned()) } else { ("▶", age) };
    let what = case.deadline.as_ref().map_or("", |(_, what)| what);
    let (text, pressure) = away.unwrap_or((String::new(), Pressure::Calm));
    let wide = deadline_room(cells);
    let used = 1 + 2 + 4 + 1 + 10 + AGE + wide + 1;
    let (digits, rest) = text.split_at(text.trim_end().len());
    let title = if case.exercise { format!("[exercise] {}", case.title) } else { case.title.clone() };
    let quiet = if case.closed { theme.quiet() } else { Style::new() };
    Line::from(vec![
        Span::styled(format!(" {sign} {} ", pad_to(case.id.short(), 4)), quiet),
        Span::styled(
            pad_to(&case.severity.word().to_uppercase(), 10),
            if case.closed { quiet } else { style_of_severity(theme, case.severity) },
        ),
        Span::styled(pad_to(&age, AGE), quiet),
        Span::raw(pad_to(what, wide.saturating_sub(width_of(&text) + 1)) + " "),
        Span::styled(digits.to_owned(), theme.press(pressure)),
        Span::raw(format!("{rest} ")),
        Span::styled(pad_to(&title, cells.saturating_sub(used)), quiet),
    ])
}
