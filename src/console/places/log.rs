//! The live log: every entry in a line, the latest last.

use super::Place;
use crate::{
    console::{
        case::CaseScreen,
        theme::Theme,
        when::clock,
        width::{cut, pad, width, window},
        words::summary,
    },
    domain::{event::Event, id::EntryId, record::Record, time::Now},
};
use ratatui::{
    Frame,
    layout::Rect,
    style::Style,
    text::{Line, Span, Text},
};

/// The entry with the cursor.
pub(super) fn entry(screen: &CaseScreen) -> Option<EntryId> {
    screen.log.get(screen.at()).map(|record| record.id.clone())
}

/// Draws the log. Rows hold their place: time, citation, type, text, and who where there is room.
pub(crate) fn draw(screen: &CaseScreen, theme: Theme, now: Option<Now>, area: Rect, frame: &mut Frame) {
    let (cells, height) = (usize::from(area.width), usize::from(area.height));
    if screen.log.is_empty() {
        let line = Line::styled(cut(" Nothing is recorded yet.", cells), theme.quiet());
        frame.render_widget(Text::from(line), area);
        return;
    }
    let at = screen.at();
    let top = match screen.row {
        None => screen.log.len().saturating_sub(height),
        Some(_) => window(at, screen.log.len(), height),
    };
    let times: Vec<String> = (screen.log.iter().skip(top).take(height))
        .map(|record| now.map(|now| clock(record.happened(), now)).unwrap_or_default())
        .collect();
    let wide = times.iter().map(|time| width(time)).max().unwrap_or(0).max(5);
    let lines: Vec<Line> = (screen.log.iter().enumerate().skip(top).take(height))
        .map(|(row, record)| {
            let line = Line::from(spans(
                screen,
                record,
                theme,
                &pad(times.get(row - top).map_or("", String::as_str), wide),
                cells,
            ));
            if screen.place == Place::Log && row == at { line.patch_style(theme.picked()) } else { line }
        })
        .collect();
    frame.render_widget(Text::from(lines), area);
}

fn spans(screen: &CaseScreen, record: &Record, theme: Theme, time: &str, cells: usize) -> Vec<Span<'static>> {
    let case = &screen.case;
    let said = summary(&record.event, &record.by, case);
    let lead = format!(" {time} {} ", pad(&case.cite(&record.id), 4));
    let tag = pad(said.tag, 10);
    // Who logged it stands at the right, where there is room for it.
    let who = if cells >= 70 { format!(" {} ", cut(&record.by.name, 16)) } else { String::new() };
    let corrected = case.corrections.get(&record.id).and_then(|all| all.last());
    let corrected = corrected.map(|last| format!(" corrected by {}", case.cite(&last.entry))).unwrap_or_default();
    let room = cells.saturating_sub(width(&lead) + width(&tag) + width(&who) + width(&corrected));
    let text = pad(&said.text, room);
    let (tag_style, text_style) = match record.event {
        Event::EntriesMissing(_) | Event::ClockJumped(_) => (theme.alarm(), theme.alarm()),
        _ if !corrected.is_empty() => (theme.quiet(), theme.quiet()),
        _ => (Style::new(), Style::new()),
    };
    vec![
        Span::styled(lead, theme.quiet()),
        Span::styled(tag, tag_style),
        Span::styled(text, text_style),
        Span::styled(cut(&corrected, cells), theme.strong()),
        Span::styled(who, theme.quiet()),
    ]
}
