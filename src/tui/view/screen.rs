//! Draws the model. Nothing here changes anything.

use super::{form, frame_lines, notice};
use crate::{
    domain::wording::number::one_or_counted,
    tui::{
        keys::{
            action::{Context, list_actions, row_of},
            table::ActionId,
        },
        model::{
            Model,
            open_case::OpenCase,
            overlays::{
                Leave, Overlay,
                open_form::{OpenForm, Status},
            },
        },
        screens::{
            self,
            find::{picker_view, search_view},
            home, log, page,
        },
        text::{
            self,
            hit::Hit,
            width::{cut_to, width_of, wrap_text},
        },
        widgets::layout::{LEAST, Scene, is_wide, lay_out},
    },
};
use ratatui::{
    Frame,
    buffer::Buffer,
    layout::Rect,
    text::{Line, Span, Text},
    widgets::Clear,
};

/// Draws the whole screen.
pub fn draw_screen(model: &Model, frame: &mut Frame<'_>) {
    let area = frame.area();
    if area.width < LEAST.0 || area.height < LEAST.1 {
        draw_small_window(model, area, frame);
    } else {
        draw_whole(model, (area.width, area.height), frame);
    }
    clear_cut_halves(frame.buffer_mut());
    model.env.theme.finish(frame.buffer_mut());
}

/// Takes wide signs away of which another part of the screen covers the right half: a terminal would draw them over it.
fn clear_cut_halves(buffer: &mut Buffer) {
    let wide = usize::from(buffer.area.width).max(1);
    for row in buffer.content.chunks_mut(wide) {
        // How many cells from here on are blank.
        let mut blank = 0;
        for cell in row.iter_mut().rev() {
            // What is one byte long is one cell wide.
            if cell.symbol().len() > 1 && width_of(cell.symbol()) > blank + 1 {
                cell.set_symbol(" ");
            }
            blank = if cell.symbol() == " " { blank + 1 } else { 0 };
        }
    }
}

fn draw_small_window(model: &Model, area: Rect, frame: &mut Frame<'_>) {
    let needs = format!(
        "This window has {}×{} cells. The console needs {}×{}. Make it larger, or its letters smaller.",
        area.width, area.height, LEAST.0, LEAST.1
    );
    let text = match model.overlays.stack.last() {
        Some(Overlay::Form(sheet)) => {
            format!("{needs} “{}” is kept as it is; what is typed now is not taken.", sheet.title)
        }
        Some(Overlay::Ask(_)) => {
            format!(
                "Not recorded: {}. {}\n{} leaves, {} stays.",
                one_or_counted(model.unsaved(), "a draft or job", "drafts or jobs"),
                if model.drafts.unkept.is_some() {
                    "Drafts could NOT be kept: leaving loses them."
                } else {
                    "Drafts are kept for the next time."
                },
                model.env.keymap.key_text(Context::Ask, ActionId::Leave),
                model.env.keymap.key_text(Context::Ask, ActionId::Stay)
            )
        }
        Some(Overlay::List(_) | Overlay::Search(_) | Overlay::Page(_)) | None => {
            format!("{needs} Nothing is lost. {} quits.", model.env.keymap.key_text(Context::Small, ActionId::Quit))
        }
    };
    let lines: Vec<Line> = wrap_text(&text, usize::from(area.width)).into_iter().map(Line::raw).collect();
    frame.render_widget(Text::from(lines).style(model.env.theme.strong()), area);
}

fn draw_whole(model: &Model, size: (u16, u16), frame: &mut Frame<'_>) {
    let laid = lay_out(size, Scene::Whole);
    frame_lines::draw_top_lines(model, laid.top, frame);
    let over = model.overlays.stack.iter().rev().find(|over| !matches!(over, Overlay::Ask(_)));
    match (over, &model.case) {
        (None, None) => {
            draw_rule(model, laid.tabs, None, frame);
            home::draw_home(model, laid.body, frame);
        }
        (None, Some(screen)) => draw_case(model, screen, size, frame),
        // Where there is room, the steps and the log stay in view beside a form.
        (Some(Overlay::Form(sheet)), Some(screen)) if is_wide(size) => {
            draw_case(model, screen, size, frame);
            let laid = lay_out(size, Scene::Step);
            let over = form::open_form::area_of_form(model, size);
            if let Some(log) = laid.log.filter(|_| over.right() > laid.step.right()) {
                frame.buffer_mut()[(log.x - 1, over.y - 1)].set_symbol("─");
            }
            frame.render_widget(Clear, Rect { x: over.x - 1, width: over.width + 1, ..over });
            form::open_form::draw_form(sheet, model, over, frame);
        }
        (Some(over), _) => {
            draw_rule(model, laid.tabs, None, frame);
            let area = match over {
                Overlay::Form(_) => form::open_form::area_of_form(model, size),
                Overlay::List(_) | Overlay::Search(_) | Overlay::Page(_) | Overlay::Ask(_) => laid.body,
            };
            draw_overlay(model, over, area, frame);
        }
    }
    notice::draw_notice(model, laid.notice, frame);
    frame_lines::draw_key_bar(model, model.context(), laid.keys, frame);
    match model.overlays.stack.last() {
        Some(Overlay::Ask(leave)) => draw_leave_window(model, *leave, size, frame),
        Some(Overlay::Form(sheet)) => {
            if let Status::NotRecorded(report) = &sheet.status {
                not_recorded(model, sheet, &report.paragraph(), size, frame);
            }
        }
        Some(Overlay::List(_) | Overlay::Search(_) | Overlay::Page(_)) | None => {}
    }
}

fn draw_overlay(model: &Model, over: &Overlay, area: Rect, frame: &mut Frame<'_>) {
    match over {
        Overlay::Form(sheet) => form::open_form::draw_form(sheet, model, area, frame),
        Overlay::List(list) => picker_view::draw_picker(list, model, area, frame),
        Overlay::Search(search) => search_view::draw_search(search, model, area, frame),
        Overlay::Page(page) => page::draw_page(page, model, area, frame),
        Overlay::Ask(_) => {}
    }
}

fn draw_case(model: &Model, screen: &OpenCase, size: (u16, u16), frame: &mut Frame<'_>) {
    let theme = model.env.theme;
    let laid = lay_out(size, screens::scene_of(screen.place));
    frame_lines::draw_tabs(model, screen.place, laid.tabs, frame);
    draw_rule(model, laid.rule, Some((&laid.joints, "┬")), frame);
    for joint in &laid.joints {
        let lines: Vec<Line> = (0..laid.body.height).map(|_| Line::styled("│", theme.quiet())).collect();
        frame.render_widget(Text::from(lines), Rect { x: *joint, width: 1, ..laid.body });
    }
    screens::draw_place(model, screen, &laid, frame);
    if let Some(below) = laid.log_rule {
        draw_rule(model, below, Some((&laid.joints, "┴")), frame);
    }
    if let Some(log) = laid.log {
        log::draw_latest(screen, theme, model.env.now, log, frame);
    }
}

fn draw_rule(model: &Model, area: Rect, joints: Option<(&[u16], &str)>, frame: &mut Frame<'_>) {
    let line: String = (0..area.width)
        .map(|x| match joints {
            Some((joints, sign)) if joints.contains(&(area.x + x)) => sign,
            _ => "─",
        })
        .collect();
    frame.render_widget(Text::from(Line::styled(line, model.env.theme.quiet())), area);
}

/// A window over everything else, for the two things that must not be passed over.
fn draw_window(
    title: &str,
    lines: Vec<Line<'static>>,
    model: &Model,
    context: Context,
    size: (u16, u16),
    frame: &mut Frame<'_>,
) {
    let style = if context == Context::NotRecorded { model.env.theme.alarm() } else { model.env.theme.strong() };
    let keys = window_keys(model, context);
    let width = size.0.saturating_sub(8).min(76);
    let height = (lines.len() + keys.len() + 5).min(usize::from(lay_out(size, Scene::Whole).body.height)) as u16;
    let place = Rect { x: (size.0 - width) / 2, y: (size.1 - height) / 2, width, height };
    frame.render_widget(Clear, place);
    let inner = usize::from(width.saturating_sub(2));
    let edge = |left: &str, right: &str, text: &str| {
        let text = cut_to(text, inner);
        let rest = "─".repeat(inner.saturating_sub(text::width::width_of(&text)));
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
fn pad_rows(text: &str, cells: usize, rows: usize) -> Vec<Line<'static>> {
    let mut lines = wrap_text(text, cells);
    if let Some(last) = rows.checked_sub(1).filter(|last| last + 1 < lines.len()) {
        lines.truncate(rows);
        lines.iter_mut().skip(last).for_each(|line| *line = cut_to(&format!("{line} …"), cells));
    }
    lines.into_iter().map(|line| Line::raw(format!("  {line}"))).collect()
}

/// The keys of a window, one under another.
fn window_keys(model: &Model, context: Context) -> Vec<Line<'static>> {
    let actions = list_actions(context).filter(|action| !action.bar.is_empty() && action.bar != "keys");
    actions
        .map(|action| {
            let key = model.env.keymap.first(action);
            let spans = vec![Span::styled(format!("  {key:<5}"), model.env.theme.accent()), Span::raw(action.doc)];
            model.env.theme.mark(Line::from(spans), row_of(action).map(Hit::Act))
        })
        .collect()
}

fn not_recorded(model: &Model, sheet: &OpenForm, why: &str, size: (u16, u16), frame: &mut Frame<'_>) {
    let cells = usize::from(size.0.saturating_sub(8).min(76)) - 4;
    let mut lines = pad_rows(why, cells, 6);
    lines.push(Line::default());
    lines.extend(pad_rows(&format!("Your text is kept: {}.", sheet.title), cells, 2));
    if let Some(saved) = &sheet.saved {
        lines.extend(pad_rows(saved, cells, 2));
    }
    draw_window("NOT RECORDED", lines, model, Context::NotRecorded, size, frame);
}

fn draw_leave_window(model: &Model, leave: Leave, size: (u16, u16), frame: &mut Frame<'_>) {
    let cells = usize::from(size.0.saturating_sub(8).min(76)) - 4;
    let place = if leave == Leave::Case { "the case" } else { "the program" };
    let mut lines = match &model.drafts.unkept {
        None => pad_rows(
            &format!("This is not recorded. Leaving {place} keeps the drafts for the next time, and stops what runs:"),
            cells,
            4,
        ),
        Some(why) => {
            let lost =
                format!("NOT KEPT ON DISK: {why}. Leaving {place} now loses this text for good, and stops what runs:");
            let lines = pad_rows(&lost, cells, 4).into_iter();
            lines.map(|line| line.patch_style(model.env.theme.alarm())).collect()
        }
    };
    let drafts = model.drafts.shelf.iter().map(|sheet| ("draft", sheet));
    let jobs = model.jobs.background.iter().map(|sheet| ("running", sheet));
    let open = model.open_forms().filter(|sheet| sheet.precious()).map(|sheet| ("draft", sheet));
    for (what, sheet) in drafts.chain(jobs).chain(open).take(6) {
        lines.extend(pad_rows(&format!("{what}: {}", sheet.title), cells, 1));
    }
    draw_window("Leave?", lines, model, Context::Ask, size, frame);
}
