//! A page to read: the keys of a place, a whole entry, warnings, or what a check found.

pub(crate) mod entry;

use crate::{
    domain::step::status::StepStatus,
    tui::{
        keys::{
            action::{self, Context},
            ways::KeyNames,
        },
        model::{
            Model,
            overlays::page::{Page, PageKind},
        },
        screens::{
            clocks, decisions,
            evidence::{self, custody},
            reading_keys::reading_keys,
        },
        text::width::{cut_to, wrap_text},
        widgets::{list_with_detail::Whole, reading},
    },
};
use ratatui::{
    Frame,
    layout::Rect,
    text::{Line, Span},
};

/// Draws it; the last row says how much is above and below.
pub(crate) fn draw_page(page: &Page, model: &Model, area: Rect, frame: &mut Frame) {
    let ways = KeyNames::new(&model.env.keymap, Context::Page);
    reading::draw_reading(
        lay_page(page, model, usize::from(area.width)),
        page.top,
        &reading_keys(ways),
        model.env.theme,
        area,
        frame,
    );
}

/// Its lines at that width.
pub(crate) fn lay_page(page: &Page, model: &Model, cells: usize) -> Vec<Line<'static>> {
    let theme = model.env.theme;
    match (&page.kind, model.case.as_ref()) {
        (PageKind::Help(context), _) => lay_help(*context, model, cells),
        (PageKind::Entry(entry), Some(screen)) => match screen.find(entry) {
            Some(record) => entry::lay_entry(screen, record, theme, model.env.now, cells),
            None => vec![Line::styled(format!(" {} is being read.", screen.case.cite(entry)), theme.quiet())],
        },
        (PageKind::Duty(duty), Some(screen)) => match screen.case.duty(duty) {
            Some(duty) => {
                let mut lines =
                    vec![Line::styled(cut_to(&format!(" {}", duty.title), cells), theme.strong()), Line::default()];
                lines.extend(clocks::detail_of_duty(model, &screen.case, duty, cells));
                lines
            }
            None => Vec::new(),
        },
        (PageKind::Item(entry, _, look), Some(screen)) => evidence::list::find_item(&screen.case, entry)
            .map(|item| custody::page_of_item(&screen.case, item, look, theme, model.env.now, cells))
            .unwrap_or_default(),
        (PageKind::Made(entry), Some(screen)) => decisions::list::find_decision(&screen.case, entry)
            .map(|made| decisions::detail::page_of_decision(model, &screen.case, made, cells))
            .unwrap_or_default(),
        (PageKind::Entry(_) | PageKind::Item(..) | PageKind::Made(_) | PageKind::Duty(_), None) => Vec::new(),
        (PageKind::Rows(title, rows), _) => {
            let plain = ratatui::style::Style::new();
            let rows = rows.iter().map(|(name, text)| (*name, text.clone(), plain)).collect();
            Whole { heading: title.clone(), rows }.lines(theme, cells)
        }
        (PageKind::Texts(title, bad, texts), _) => {
            let style = if *bad { theme.alarm() } else { theme.strong() };
            let mut lines = vec![Line::styled(cut_to(&format!(" {title}"), cells), style), Line::default()];
            for text in texts {
                lines.extend(
                    wrap_text(text, cells.saturating_sub(2).min(reading::TEXT))
                        .into_iter()
                        .map(|line| Line::raw(format!(" {line}"))),
                );
                lines.push(Line::default());
            }
            lines
        }
    }
}

fn lay_help(context: Context, model: &Model, cells: usize) -> Vec<Line<'static>> {
    let theme = model.env.theme;
    let mut lines = vec![Line::styled(" Keys of this place", theme.strong())];
    let mut groups: Vec<&str> = Vec::new();
    for action in action::list_actions(context) {
        if !groups.contains(&action.group) {
            groups.push(action.group);
        }
    }
    for group in groups {
        lines.push(Line::default());
        lines.push(Line::styled(format!(" {group}"), theme.strong()));
        for action in action::list_actions(context).filter(|action| action.group == group) {
            let all = model.env.keymap.all(action);
            let keys = if all.is_empty() { model.env.keymap.key_text(context, action.id) } else { all };
            let wide = 14;
            let lead = if keys.chars().count() > wide { keys.clone() } else { format!("{keys:<wide$}") };
            if keys.chars().count() > wide {
                lines.push(Line::styled(format!("   {lead}"), theme.accent()));
            }
            for (at, line) in wrap_text(action.doc, cells.saturating_sub(wide + 5).min(70)).into_iter().enumerate() {
                let lead = if at == 0 && keys.chars().count() <= wide { lead.clone() } else { " ".repeat(wide) };
                lines.push(Line::from(vec![Span::styled(format!("   {lead} "), theme.accent()), Span::raw(line)]));
            }
        }
    }
    lines.push(Line::default());
    lines.push(Line::styled(" Signs", theme.strong()));
    let states = [
        (StepStatus::Done, "done"),
        (StepStatus::Started, "now"),
        (StepStatus::Ready, "open"),
        (StepStatus::Waiting(Vec::new()), "waiting"),
        (StepStatus::Blocked(String::new()), "blocked"),
        (StepStatus::Repeats, "due again"),
    ];
    let signs: String = states.iter().map(|(status, word)| format!("   {} {word}", status.sign())).collect();
    lines.push(Line::raw(signs));
    lines.push(Line::raw("   – closed or skipped   ! due within an hour   !! within ten minutes   ‼ passed"));
    if matches!(context, Context::Form) {
        lines.push(Line::default());
        lines.push(Line::styled(" Writing", theme.strong()));
        for (keys, text) in [
            ("⏎ Tab", "Goes on to the next field; in a long text ⏎ begins a line, Tab goes on."),
            ("Ctrl-J Shift-⏎", "Begin a line too; in a field of one line Ctrl-J is a space."),
            ("Shift-Tab", "Goes back a field."),
            ("↑ ↓ Home End", "Go by rows as they are shown; Ctrl-Home and Ctrl-End go to both ends of the text."),
            ("Ctrl-← Ctrl-→", "A word back, a word on."),
            ("Ctrl-W Ctrl-U", "Deletes the word before, the line before."),
            ("Alt-Backspace", "Deletes the word before; Alt-Delete deletes the word after."),
            ("Ctrl-Z Ctrl-Y", "Undoes, does again."),
        ] {
            for (at, line) in wrap_text(text, cells.saturating_sub(19).min(70)).into_iter().enumerate() {
                let lead = format!("   {:<14} ", if at == 0 { keys } else { "" });
                lines.push(Line::from(vec![Span::styled(lead, theme.accent()), Span::raw(line)]));
            }
        }
    }
    lines
}
