//! Draws the model. Nothing here changes anything.

use super::{form, frame_lines, notice};
use crate::{
    domain::wording::number::one_or_counted,
    tui::{
        keys::action::{Context, Id, here},
        model::{
            LEAST, Model,
            open_case::CaseScreen,
            overlays::{
                Leave, Overlay,
                open_form::{Sheet, Status},
            },
        },
        screens::{
            self, Place,
            find::{picker, search_view},
            home, log, page,
        },
        text::{
            self,
            width::{cut, width, wrap},
        },
        update::mouse::Hit,
    },
};
use ratatui::{
    Frame,
    buffer::Buffer,
    layout::Rect,
    text::{Line, Span, Text},
    widgets::Clear,
};

/// The width from which the log stands beside the step.
pub(crate) const WIDE: u16 = 120;
/// Rows of the log where it stands below.
const LOG: u16 = 4;

/// Draws the whole screen.
pub fn view(model: &Model, frame: &mut Frame<'_>) {
    let area = frame.area();
    if area.width < LEAST.0 || area.height < LEAST.1 {
        small(model, area, frame);
    } else {
        whole(model, area, frame);
    }
    halves(frame.buffer_mut());
    model.theme.finish(frame.buffer_mut());
}

/// Takes wide signs away of which another part of the screen covers the right half: a terminal would draw them over it.
fn halves(buffer: &mut Buffer) {
    let wide = usize::from(buffer.area.width).max(1);
    for row in buffer.content.chunks_mut(wide) {
        // How many cells from here on are blank.
        let mut blank = 0;
        for cell in row.iter_mut().rev() {
            // What is one byte long is one cell wide.
            if cell.symbol().len() > 1 && width(cell.symbol()) > blank + 1 {
                cell.set_symbol(" ");
            }
            blank = if cell.symbol() == " " { blank + 1 } else { 0 };
        }
    }
}

fn small(model: &Model, area: Rect, frame: &mut Frame<'_>) {
    let needs = format!(
        "This window has {}×{} cells. The console needs {}×{}. Make it larger, or its letters smaller.",
        area.width, area.height, LEAST.0, LEAST.1
    );
    let text = match model.over.last() {
        Some(Overlay::Sheet(sheet)) => {
            format!("{needs} “{}” is kept as it is; what is typed now is not taken.", sheet.title)
        }
        Some(Overlay::Ask(_)) => {
            format!(
                "Not recorded: {}. {}\n{} leaves, {} stays.",
                one_or_counted(model.unsaved(), "a draft or job", "drafts or jobs"),
                if model.unkept.is_some() {
                    "Drafts could NOT be kept: leaving loses them."
                } else {
                    "Drafts are kept for the next time."
                },
                model.keymap.way(Context::Ask, Id::Leave),
                model.keymap.way(Context::Ask, Id::Stay)
            )
        }
        _ => format!("{needs} Nothing is lost. {} quits.", model.keymap.way(Context::Small, Id::Quit)),
    };
    let lines: Vec<Line> = wrap(&text, usize::from(area.width)).into_iter().map(Line::raw).collect();
    frame.render_widget(Text::from(lines).style(model.theme.strong()), area);
}

/// The place between the top lines and the message.
pub(crate) fn middle(area: Rect) -> Rect {
    Rect { x: area.x, y: area.y + 3, width: area.width, height: area.height.saturating_sub(5) }
}

fn row(area: Rect, y: u16) -> Rect {
    Rect { y: area.y + y, height: 1, ..area }
}

fn whole(model: &Model, area: Rect, frame: &mut Frame<'_>) {
    frame_lines::draw(model, Rect { height: 2, ..area }, frame);
    let body = middle(area);
    let over = model.over.iter().rev().find(|over| !matches!(over, Overlay::Ask(_)));
    match (over, &model.case) {
        (None, None) => {
            rule(model, row(area, 2), None, frame);
            home::draw(model, body, frame);
        }
        (None, Some(screen)) => case(model, screen, area, frame),
        (Some(over), screen) => {
            // Where there is room, the steps and the log stay in view beside a box.
            let body = match (over, screen) {
                (Overlay::Sheet(_), Some(screen)) if area.width >= WIDE => {
                    case(model, screen, area, frame);
                    let [_, middle, right] = columns(case_body(area));
                    // A narrow column makes poor forms: there the box lies over the log too.
                    let over = if middle.width >= 70 { middle } else { middle.union(right) };
                    if over.right() > middle.right() {
                        frame.buffer_mut()[(right.x - 1, over.y - 1)].set_symbol("─");
                    }
                    frame.render_widget(Clear, Rect { x: over.x - 1, width: over.width + 1, ..over });
                    over
                }
                _ => {
                    rule(model, row(area, 2), None, frame);
                    body
                }
            };
            overlay(model, over, body, frame);
        }
    }
    notice::draw(model, Rect { height: area.height - 1, ..area }, frame);
    frame_lines::keys(model, model.context(), row(area, area.height - 1), frame);
    match model.over.last() {
        Some(Overlay::Ask(leave)) => ask(model, *leave, area, frame),
        Some(Overlay::Sheet(sheet)) => {
            if let Status::NotRecorded(report) = &sheet.status {
                not_recorded(model, sheet, &form::sheet::said(report), area, frame);
            }
        }
        _ => {}
    }
}

fn overlay(model: &Model, over: &Overlay, area: Rect, frame: &mut Frame<'_>) {
    match over {
        Overlay::Sheet(sheet) => form::sheet::draw(sheet, model, area, frame),
        Overlay::List(list) => picker::draw(list, model, area, frame),
        Overlay::Search(search) => search_view::draw(search, model, area, frame),
        Overlay::Page(page) => page::draw(page, model, area, frame),
        Overlay::Ask(_) => {}
    }
}

/// Steps, step and log, each with a column; a rule stands between them.
pub(crate) fn columns(body: Rect) -> [Rect; 3] {
    let steps = match body.width {
        ..WIDE => 32,
        WIDE..140 => 36,
        _ => 44,
    };
    let rest = body.width - steps - 1;
    let step = if body.width >= WIDE { (rest / 2 + 2).min(78) } else { rest };
    let log = body.width.saturating_sub(steps + step + 2);
    [
        Rect { width: steps - 1, ..body },
        Rect { x: body.x + steps + 2, width: step.saturating_sub(2), ..body },
        Rect { x: body.x + steps + step + 2, width: log, ..body },
    ]
}

/// The place of the step's text in a window of that size, or of the least size: in a smaller one nothing is drawn, but
/// time goes on.
pub(crate) fn step_place(size: (u16, u16)) -> Rect {
    let size = at_least(size);
    let body = case_body(Rect::new(0, 0, size.0, size.1));
    columns(body)[1]
}

/// A window's size, at least the least.
pub(crate) fn at_least(size: (u16, u16)) -> (u16, u16) {
    (size.0.max(LEAST.0), size.1.max(LEAST.1))
}

/// The place of a text to read in a window of that size.
pub(crate) fn text_place(size: (u16, u16)) -> Rect {
    let body = body(Rect::new(0, 0, at_least(size).0, at_least(size).1), false);
    let [left, middle, _] = columns(body);
    Rect { width: middle.right() - left.x, ..left }
}

/// The place of the columns; a list has the whole height of a narrow window, and only beside a step does the log stand
/// below.
fn body(area: Rect, step: bool) -> Rect {
    if step || area.width >= WIDE { case_body(area) } else { Rect { height: area.height - 6, ..case_body(area) } }
}

fn case_body(area: Rect) -> Rect {
    let below = if area.width >= WIDE { 0 } else { LOG + 1 };
    Rect { x: area.x, y: area.y + 4, width: area.width, height: area.height.saturating_sub(6 + below) }
}

fn case(model: &Model, screen: &CaseScreen, area: Rect, frame: &mut Frame<'_>) {
    let theme = model.theme;
    frame_lines::tabs(model, screen.place, row(area, 2), frame);
    let wide = area.width >= WIDE;
    let two = screen.place.has_step();
    let body = body(area, two);
    let [left, middle, right] = columns(body);
    let joints: Vec<u16> = match (screen.place, wide) {
        (Place::Log, _) => Vec::new(),
        (place, true) if place.has_step() => vec![left.right() + 1, right.x - 1],
        (_, true) => vec![right.x - 1],
        (place, false) if place.has_step() => vec![left.right() + 1],
        (_, false) => Vec::new(),
    };
    rule(model, row(area, 3), Some((&joints, "┬")), frame);
    for joint in &joints {
        let lines: Vec<Line> = (0..body.height).map(|_| Line::styled("│", theme.quiet())).collect();
        frame.render_widget(Text::from(lines), Rect { x: *joint, width: 1, ..body });
    }
    if screen.place == Place::Log {
        return log::draw(model, screen, body, frame);
    }
    screens::draw(model, screen, (left, middle), frame);
    if wide {
        log::live(screen, theme, model.now, right, frame);
    } else if two {
        let below = area.height - 2 - LOG;
        rule(model, row(area, below - 1), Some((&joints, "┴")), frame);
        log::live(screen, theme, model.now, Rect { y: area.y + below, height: LOG, ..area }, frame);
    }
}

fn rule(model: &Model, area: Rect, joints: Option<(&[u16], &str)>, frame: &mut Frame<'_>) {
    let line: String = (0..area.width)
        .map(|x| match joints {
            Some((joints, sign)) if joints.contains(&(area.x + x)) => sign,
            _ => "─",
        })
        .collect();
    frame.render_widget(Text::from(Line::styled(line, model.theme.quiet())), area);
}

/// A window over everything else, for the two things that must not be passed over.
fn window(title: &str, lines: Vec<Line<'static>>, model: &Model, context: Context, area: Rect, frame: &mut Frame<'_>) {
    let style = if context == Context::NotRecorded { model.theme.alarm() } else { model.theme.strong() };
    let keys = window_keys(model, context);
    let width = area.width.saturating_sub(8).min(76);
    let height = (lines.len() + keys.len() + 5).min(usize::from(middle(area).height)) as u16;
    let place = Rect { x: area.x + (area.width - width) / 2, y: area.y + (area.height - height) / 2, width, height };
    frame.render_widget(Clear, place);
    let inner = usize::from(width.saturating_sub(2));
    let edge = |left: &str, right: &str, text: &str| {
        let text = cut(text, inner);
        let rest = "─".repeat(inner.saturating_sub(text::width::width(&text)));
        Line::styled(format!("{left}{text}{rest}{right}"), style)
    };
    let mut all = vec![edge("┌", "┐", &format!("─ {title} ")), Line::default()];
    all.extend(lines);
    all.push(Line::default());
    all.extend(keys);
    all.resize(usize::from(height).saturating_sub(1), Line::default());
    all.push(edge("└", "┘", ""));
    frame.render_widget(Text::from(all), place);
    for y in place.y + 1..place.bottom().saturating_sub(1) {
        for x in [place.x, place.right().saturating_sub(1)] {
            frame.buffer_mut()[(x, y)].set_symbol("│").set_style(style);
        }
    }
}

/// A text in at most so many rows: the least window has room for all that its windows say, and for their keys.
fn padded(text: &str, cells: usize, rows: usize) -> Vec<Line<'static>> {
    let mut lines = wrap(text, cells);
    if let Some(last) = rows.checked_sub(1).filter(|last| last + 1 < lines.len()) {
        lines.truncate(rows);
        lines.iter_mut().skip(last).for_each(|line| *line = cut(&format!("{line} …"), cells));
    }
    lines.into_iter().map(|line| Line::raw(format!("  {line}"))).collect()
}

/// The keys of a window, one under another.
fn window_keys(model: &Model, context: Context) -> Vec<Line<'static>> {
    let actions = here(context).filter(|action| !action.bar.is_empty() && action.bar != "keys");
    actions
        .map(|action| {
            let key = model.keymap.first(action);
            let spans = vec![Span::styled(format!("  {key:<5}"), model.theme.accent()), Span::raw(action.doc)];
            model.theme.mark(Line::from(spans), Hit::of(action))
        })
        .collect()
}

fn not_recorded(model: &Model, sheet: &Sheet, why: &str, area: Rect, frame: &mut Frame<'_>) {
    let cells = usize::from(area.width.saturating_sub(8).min(76)) - 4;
    let mut lines = padded(why, cells, 6);
    lines.push(Line::default());
    lines.extend(padded(&format!("Your text is kept: {}.", sheet.title), cells, 2));
    if let Some(saved) = &sheet.saved {
        lines.extend(padded(saved, cells, 2));
    }
    window("NOT RECORDED", lines, model, Context::NotRecorded, area, frame);
}

fn ask(model: &Model, leave: Leave, area: Rect, frame: &mut Frame<'_>) {
    let cells = usize::from(area.width.saturating_sub(8).min(76)) - 4;
    let place = if leave == Leave::Case { "the case" } else { "the program" };
    let mut lines = match &model.unkept {
        None => padded(
            &format!("This is not recorded. Leaving {place} keeps the drafts for the next time, and stops what runs:"),
            cells,
            4,
        ),
        Some(why) => {
            let lost =
                format!("NOT KEPT ON DISK: {why}. Leaving {place} now loses this text for good, and stops what runs:");
            let lines = padded(&lost, cells, 4).into_iter();
            lines.map(|line| line.patch_style(model.theme.alarm())).collect()
        }
    };
    let drafts = model.drafts.iter().map(|sheet| ("draft", sheet));
    let jobs = model.jobs.iter().map(|sheet| ("running", sheet));
    let open = model.sheets().filter(|sheet| sheet.precious()).map(|sheet| ("draft", sheet));
    for (what, sheet) in drafts.chain(jobs).chain(open).take(6) {
        lines.extend(padded(&format!("{what}: {}", sheet.title), cells, 1));
    }
    window("Leave?", lines, model, Context::Ask, area, frame);
}
