//! The message above the keys. What does not fit into one line takes up to three, over the last lines of the page, so
//! that nothing else moves and its end, which says what to do, can be read.

use crate::tui::{
    model::{Model, overlays::open_form::Status},
    text::{
        fit::path,
        width::{cut, wrap},
    },
};
use ratatui::{
    Frame,
    layout::Rect,
    text::{Line, Text},
    widgets::Clear,
};

/// The most lines.
const MOST: usize = 3;

/// Draws the message in the last lines of the area, or how a job in the background goes in its last.
pub(crate) fn draw(model: &Model, area: Rect, frame: &mut Frame<'_>) {
    let (cells, theme) = (usize::from(area.width), model.env.theme);
    let job = || match (model.jobs.background.last(), &model.jobs.check) {
        (Some(job), _) => Some(match &job.status {
            Status::Working(progress) => progress.text(),
            Status::Editing | Status::Refused(_) | Status::Recording | Status::NotRecorded(_) => {
                format!("recording {}", job.title)
            }
        }),
        (None, Some((_, Some(progress)))) => Some(progress.text()),
        (None, Some((_, None))) => Some("checking…".into()),
        (None, None) => None,
    };
    let lines: Vec<Line<'static>> = match &model.notice {
        Some(message) => {
            let style = if message.alarm { theme.alarm() } else { theme.strong() };
            let rows = rows(&message.text, cells.saturating_sub(2));
            rows.into_iter().map(|row| Line::styled(format!(" {row}"), style)).collect()
        }
        None => {
            vec![job().map_or_else(Line::default, |text| Line::styled(cut(&format!(" {text}"), cells), theme.quiet()))]
        }
    };
    let height = (lines.len() as u16).min(area.height);
    let place = Rect { y: area.bottom() - height, height, ..area };
    frame.render_widget(Clear, place);
    frame.render_widget(Text::from(lines), place);
}

/// Its rows in so many cells. Paths give way first, in their middle: the name of the file is what is looked for.
fn rows(text: &str, cells: usize) -> Vec<String> {
    let wrapped = |room: usize| {
        let words: Vec<String> = text.split(' ').map(|word| path(word, room)).collect();
        wrap(&words.join(" "), cells)
    };
    let mut rows = wrapped(cells);
    for room in [cells / 2, cells / 3] {
        if rows.len() > MOST {
            rows = wrapped(room);
        }
    }
    if rows.len() > MOST {
        rows.truncate(MOST);
        if let Some(last) = rows.last_mut() {
            *last = cut(&format!("{last} …"), cells);
            if !last.ends_with('…') {
                last.push('…');
            }
        }
    }
    rows
}

#[cfg(test)]
mod tests {
    use super::rows;

    #[test]
    fn a_text_takes_three_lines_at_most_and_says_where_it_is_cut() {
        assert_eq!(rows("one two three", 20), ["one two three"]);
        assert_eq!(rows("one two three", 7), ["one two", "three"]);
        assert_eq!(rows("one two three four five", 5), ["one", "two", "thre…"]);
        assert_eq!(rows("one two six four five", 7), ["one two", "six", "four …"]);
        let text = "written to /home/patel/incidents/2026/november/a.zip and recorded as A9";
        assert_eq!(rows(text, 26), ["written to", "/home/…/november/a.zip and", "recorded as A9"]);
    }
}
