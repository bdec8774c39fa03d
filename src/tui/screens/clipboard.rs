//! What is copied: the page that is read, else the entry or the step with the cursor.

use super::{
    handover, integrity,
    page::{self, entry},
    steps::step,
};
use crate::tui::{
    keys::place::Place,
    model::{Model, overlays::Overlay},
    screens::selected_entry,
};
use ratatui::text::Line;

/// Wide enough that no line is broken: whoever pastes it has a width of their own.
const WIDE: usize = 4000;

/// Its text; `None` where nothing has the cursor that could be copied.
pub(crate) fn find_copyable_text(model: &Model) -> Option<String> {
    let lines = match (model.overlays.stack.last(), &model.case) {
        (Some(Overlay::Page(shown)), _) => page::lay_page(shown, model, WIDE),
        (None, Some(screen)) if screen.place.has_step() => {
            step::lay_step(screen, model.env.theme, model.env.now, model.key_names(screen.place), WIDE)
        }
        (None, Some(screen)) if screen.place == Place::Handover => {
            return handover::copy_handover(screen, model.env.now);
        }
        (None, Some(screen)) if screen.place == Place::Integrity => integrity::lay_integrity(model, screen, WIDE),
        (None, Some(screen)) => {
            let record = selected_entry(screen).and_then(|entry| screen.find(&entry))?;
            entry::lay_entry(screen, record, model.env.theme, model.env.now, WIDE)
        }
        (Some(Overlay::Form(_) | Overlay::List(_) | Overlay::Search(_) | Overlay::Ask(_)), _) | (None, None) => {
            return None;
        }
    };
    let text: Vec<String> = lines.iter().map(text_of_line).collect();
    let text = text.join("\n");
    (!text.trim().is_empty()).then_some(text)
}

fn text_of_line(line: &Line<'_>) -> String {
    let text: String = line.spans.iter().map(|span| span.content.as_ref()).collect();
    text.strip_prefix(' ').unwrap_or(&text).trim_end().to_owned()
}
