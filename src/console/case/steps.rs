//! The steps by phase, with the shape of their state and when they are due.

use super::{CaseScreen, Focus};
use crate::{
    console::{
        theme::Theme,
        when::{Pressure, clock, pressure},
        width::{cut, pad, width, window},
    },
    domain::{
        playbook::StepRef,
        progress::{Standing, Standpoint},
        time::Now,
    },
};
use ratatui::{
    Frame,
    layout::Rect,
    style::Style,
    text::{Line, Span},
};

/// The sign of a step's state; `next` is what to do next.
pub(crate) fn sign(standing: &Standing, next: bool) -> &'static str {
    match standing {
        Standing::Started => "▶",
        Standing::Ready if next => "▶",
        Standing::Ready => "○",
        Standing::Waiting(_) => "⏸",
        Standing::Done => "✓",
        Standing::Repeats => "↻",
        Standing::Skipped | Standing::Closed => "–",
        Standing::Blocked(_) => "✗",
    }
}

/// A row of the column.
enum Row<'a> {
    Plan(&'a str),
    Phase(&'a str, usize, usize),
    Step(Box<Standpoint<'a>>),
}

fn rows<'a>(screen: &'a CaseScreen, selected: Option<&StepRef>, height: usize) -> Vec<Row<'a>> {
    let all: Vec<Standpoint<'a>> = screen.case.steps().collect();
    let phases: usize = screen.case.plans.iter().map(|plan| plan.playbook.phases.len() + 1).sum();
    // Everything is unfolded where there is room, else the phase with the cursor alone.
    let unfold = all.len() + phases <= height;
    let mut rows = Vec::new();
    for plan in &screen.case.plans {
        if screen.case.plans.len() > 1 {
            rows.push(Row::Plan(&plan.playbook.title));
        }
        for phase in &plan.playbook.phases {
            let inside =
                |point: &&Standpoint<'a>| point.plan.playbook.id == plan.playbook.id && point.phase.id == phase.id;
            let steps: Vec<&Standpoint<'a>> = all.iter().filter(inside).collect();
            let settled = steps.iter().filter(|point| point.standing.quiet()).count();
            rows.push(Row::Phase(&phase.title, settled, steps.len()));
            let here = steps.iter().any(|point| Some(&point.name()) == selected);
            if unfold || here {
                rows.extend(steps.into_iter().map(|point| Row::Step(Box::new(point.clone()))));
            }
        }
    }
    rows
}

/// Draws the column.
pub(crate) fn draw(screen: &CaseScreen, theme: Theme, now: Option<Now>, area: Rect, frame: &mut Frame) {
    let cells = usize::from(area.width);
    let height = usize::from(area.height);
    let selected = screen.point().map(|point| point.name());
    let next = screen.next(now).map(|point| point.name());
    let rows = rows(screen, selected.as_ref(), height);
    if rows.is_empty() {
        let none = [
            " No playbook leads it:",
            " n notes what is done,",
            " e takes evidence in,",
            " D records a decision,",
            " p uses a playbook.",
        ];
        let lines: Vec<Line> = none.iter().map(|line| Line::styled(cut(line, cells), theme.quiet())).collect();
        frame.render_widget(ratatui::text::Text::from(lines), area);
        return;
    }
    let is = |row: &Row<'_>| matches!(row, Row::Step(point) if Some(point.name()) == selected);
    let at = rows.iter().position(is).unwrap_or(0);
    let top = window(at, rows.len(), height);
    let lines: Vec<Line> = rows
        .iter()
        .skip(top)
        .take(height)
        .map(|row| match row {
            Row::Plan(title) => Line::styled(cut(&format!(" {title}"), cells), theme.strong()),
            Row::Phase(title, settled, all) => {
                let count = format!("{settled}/{all}");
                let title = pad(&format!(" {title}"), cells.saturating_sub(count.len()));
                Line::from(vec![Span::styled(title, theme.strong()), Span::styled(count, theme.quiet())])
            }
            Row::Step(point) => {
                let name = point.name();
                let (picked, is_next) = (Some(&name) == selected.as_ref(), Some(&name) == next.as_ref());
                step_line(point, theme, now, cells, is_next, picked, screen.focus == Focus::Steps)
            }
        })
        .collect();
    frame.render_widget(ratatui::text::Text::from(lines), area);
}

fn step_line(
    point: &Standpoint<'_>,
    theme: Theme,
    now: Option<Now>,
    cells: usize,
    next: bool,
    picked: bool,
    focus: bool,
) -> Line<'static> {
    let style = match point.standing {
        _ if next => theme.accent(),
        Standing::Ready | Standing::Started => Style::new(),
        Standing::Blocked(_) => theme.near(),
        _ => theme.quiet(),
    };
    let open = matches!(point.standing, Standing::Ready | Standing::Started | Standing::Repeats | Standing::Blocked(_));
    let due = point.due.zip(now).filter(|_| open).map(|(at, now)| (clock(at, now), pressure(at, now)));
    let (due, pressure) = due.map_or((String::new(), Pressure::Calm), |(due, p)| (format!(" {due}{}", p.sign()), p));
    let room = cells.saturating_sub(width(&due));
    let mut title = format!(" {} {}", sign(&point.standing, next), point.title());
    if let Some(item) = point.item.filter(|_| width(&title) > room) {
        // Cut at its end, one ward would look like the next.
        title = format!(" {} {item}: {}", sign(&point.standing, next), point.title());
    }
    let title = pad(&title, room);
    let due_style = match pressure {
        Pressure::Calm => theme.quiet(),
        Pressure::Near => theme.near(),
        Pressure::Passed => theme.alarm(),
    };
    let line = Line::from(vec![Span::styled(title, style), Span::styled(due, due_style)]);
    match (picked, focus) {
        (true, true) => line.patch_style(theme.picked()),
        (true, false) => line.patch_style(theme.strong()),
        _ => line,
    }
}
