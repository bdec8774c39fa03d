//! Handover: what the next responder needs, ready to read aloud; the very text that is exported and recorded.

use crate::{
    domain::{
        handover::{self, Section},
        time::{Now, Time},
        wording::moment::local_and_utc,
    },
    tui::{
        keys::{place::Place, table::ActionId},
        model::{Model, open_case::OpenCase},
        screens::reading_keys::reading_keys,
        text::{
            theme::Theme,
            width::{cut_to, wrap_text},
        },
        widgets::reading::{self, TEXT},
    },
};
use ratatui::{Frame, layout::Rect, style::Style, text::Line};

/// The whole minute that the text is told for, so that it changes with the clock above it and not between; before the
/// clock is known, that of the latest entry.
fn minute_of_handover(screen: &OpenCase, now: Option<Now>) -> Option<Now> {
    let now = now.or(screen.case.updated.map(|at| Now::fixed(at, 0)))?;
    let micros = now.at.micros();
    Some(Now { at: Time::from_micros(micros - micros.rem_euclid(60_000_000))?, ..now })
}

/// The whole text, to be copied; `None` where nothing is recorded yet.
pub(crate) fn copy_handover(screen: &OpenCase, now: Option<Now>) -> Option<String> {
    minute_of_handover(screen, now).map(|now| handover::text(&screen.case.handover(now)))
}

/// Its lines in so many cells.
pub(super) fn lay_handover(model: &Model, screen: &OpenCase, cells: usize) -> Vec<Line<'static>> {
    let (theme, cells) = (model.env.theme, cells.min(TEXT));
    let Some(now) = minute_of_handover(screen, model.env.now).filter(|_| screen.case.records > 0) else {
        return vec![
            Line::styled(" Handover", theme.strong()),
            Line::default(),
            Line::styled(" Nothing is recorded yet, so there is nothing to hand over.", theme.quiet()),
        ];
    };
    let key = model.key_names(Place::Handover).key(ActionId::HandOver);
    let head = format!(" Handover as it stands at {}. Read it aloud; {key} hands over.", local_and_utc(now));
    let mut lines = vec![Line::styled(cut_to(&head, cells), theme.quiet())];
    for Section { heading, lines: said } in screen.case.handover(now) {
        lines.extend([Line::default(), Line::styled(format!(" {heading}"), theme.strong())]);
        for text in said {
            let style = style_of_line(&text, theme);
            for (at, row) in wrap_text(&text, cells.saturating_sub(4)).into_iter().enumerate() {
                let lead = if at == 0 { " - " } else { "   " };
                lines.push(Line::styled(format!("{lead}{row}"), style));
            }
        }
    }
    lines
}

/// What presses stands out; the word is there without colour too.
fn style_of_line(text: &str, theme: Theme) -> Style {
    let begins = |words: &[&str]| words.iter().any(|word| text.starts_with(word));
    match () {
        () if begins(&["OVERDUE", "ENTRIES ", "EXERCISE"]) => theme.alarm(),
        () if begins(&["BLOCKED", "AWAITS", "NOT STARTED", "AFFECTED"]) => theme.near(),
        () if begins(&["NEXT:", "The seal is"]) => theme.accent(),
        () => Style::new(),
    }
}

/// Draws it.
pub(super) fn draw_handover(model: &Model, screen: &OpenCase, area: Rect, frame: &mut Frame<'_>) {
    let lines = lay_handover(model, screen, usize::from(area.width));
    let keys = reading_keys(model.key_names(Place::Handover));
    reading::draw_reading(lines, screen.row_here(), &keys, model.env.theme, area, frame);
}
