//! Now: what presses, what it means for patients, who is who, and what comes after.

use super::{sign_of_step, steps::tree::shorten_title};
use crate::{
    domain::{
        case::{
            ClockState,
            steps::{StepStatus, StepView},
        },
        playbook::StepRef,
        time::Time,
        wording::{
            deadline::{Pressure, align_countdowns},
            moment::clock_time,
            number::count_of,
        },
    },
    tui::{
        keys::{action, place::Place, table::ActionId},
        model::{Model, open_case::OpenCase},
        text::{
            hit::Hit,
            theme::Theme,
            width::{cut_to, join_ends, pad_to, width_of, wrap_text},
        },
    },
};
use ratatui::{
    Frame,
    layout::Rect,
    style::Style,
    text::{Line, Span, Text},
};

/// Rows from which there is room for more of everything.
const ROOMY: usize = 20;
/// Room for a name before a text, with a space around it.
const NAME: usize = 11;

/// Draws the column beside the step: what it means for patients, what presses, who is who, and what can be done
/// besides.
pub(super) fn draw_now(model: &Model, screen: &OpenCase, area: Rect, frame: &mut Frame<'_>) {
    let (cells, height) = (usize::from(area.width), usize::from(area.height));
    let all = &screen.deadlines;
    let most = most_deadlines(height);
    let mut parts = vec![lay_impact(model, screen, cells, if height > ROOMY { 5 } else { 2 })];
    parts.push(lay_pressing(model, screen, all, cells, most));
    parts.push(lay_facts(model, screen, cells, height));
    let shown: Vec<&str> = all.iter().take(most).map(|(_, what)| what.as_str()).collect();
    parts.push(lay_other_steps(model, screen, &shown, cells));
    // A blank row between the parts, where there is room for all of them.
    let gap = parts.iter().map(Vec::len).sum::<usize>() + parts.len() <= height || height > ROOMY;
    let mut lines: Vec<Line<'static>> = Vec::new();
    for part in parts.into_iter().filter(|part| !part.is_empty()) {
        if gap && !lines.is_empty() {
            lines.push(Line::default());
        }
        lines.extend(part);
    }
    let left = lines.len().saturating_sub(height);
    if left > 0 {
        lines.truncate(height.saturating_sub(1));
        let key = model.key_names(Place::Now).key(ActionId::GoPlaybook);
        let text = format!(" … {} more: {key} shows all steps", left + 1);
        lines.push(Line::styled(cut_to(&text, cells), model.env.theme.quiet()));
    }
    frame.render_widget(Text::from(lines), area);
}

/// What it means for patients now, as last stated.
fn lay_impact(model: &Model, screen: &OpenCase, cells: usize, most: usize) -> Vec<Line<'static>> {
    let theme = model.env.theme;
    let Some(stated) = &screen.case.impact else {
        let key = model.key_names(Place::Now).key(ActionId::Impact);
        return vec![lay_named_text("patients", &format!("not stated yet: {key}"), theme, cells)];
    };
    let at = model.env.now.map(|now| clock_time(stated.at, now)).unwrap_or_default();
    let text = format!("{} ({at}, {})", stated.what.text, screen.case.cite(&stated.entry));
    let rows = wrap_text(&text, cells.saturating_sub(NAME));
    let count = rows.len();
    rows.into_iter()
        .take(most)
        .enumerate()
        .map(|(row, text)| {
            let text = if row + 1 == most && count > most {
                format!("{} …", cut_to(&text, cells.saturating_sub(NAME + 2)))
            } else {
                text
            };
            let name = if row == 0 { " patients  " } else { "           " };
            Line::from(vec![Span::styled(name, theme.quiet()), Span::styled(text, theme.strong())])
        })
        .collect()
}

/// A name and a text in so many cells.
fn lay_named_text(name: &str, text: &str, theme: Theme, cells: usize) -> Line<'static> {
    let lead = format!(" {} ", pad_to(name, NAME - 2));
    let room = cells.saturating_sub(width_of(&lead));
    Line::from(vec![Span::styled(lead, theme.quiet()), Span::raw(cut_to(text, room))])
}

/// Deadlines, the nearest first: clocks that run and steps that have a due time.
fn lay_pressing(
    model: &Model,
    screen: &OpenCase,
    all: &[(Time, String)],
    cells: usize,
    most: usize,
) -> Vec<Line<'static>> {
    let theme = model.env.theme;
    let Some(now) = model.env.now else { return Vec::new() };
    let times: Vec<Time> = all.iter().take(most).map(|(at, _)| *at).collect();
    let away = align_countdowns(&times, now).into_iter().zip(all);
    let mut lines: Vec<Line<'static>> = away
        .map(|((text, pressure), due)| {
            let line = pressing_line(&text, &due.1, pressure, theme, cells);
            theme.mark(line, theme.probe.then(|| find_deadline_hit(screen, due)).flatten())
        })
        .collect();
    if all.len() > most {
        lines.push(Line::styled(more_due(model, all.len() - most, cells), theme.quiet()));
    }
    let running = |state| state == ClockState::Running;
    let without = screen.case.clocks.iter().filter(|clock| running(clock.state) && clock.deadline.is_none());
    lines.extend(without.map(|clock| {
        let text = join_ends(&format!(" ! {}", clock.duty.title), "without delay", cells);
        Line::styled(text, theme.strong())
    }));
    if lines.is_empty() {
        lines.push(Line::styled(cut_to(" Nothing has a deadline.", cells), theme.quiet()));
    }
    lines
}

/// How many more are due, and the key that goes to them where it does: not in a form.
fn more_due(model: &Model, count: usize, cells: usize) -> String {
    let key = model.env.keymap.key_text(model.context(), ActionId::Due);
    let way = if key.is_empty() { String::new() } else { format!(": {key} goes there") };
    cut_to(&format!(" … {count} more due{way}"), cells)
}

/// How many deadlines have a row of their own in so many rows.
pub(crate) fn most_deadlines(height: usize) -> usize {
    if height > ROOMY { 9 } else { 4 }
}

/// Where a click on what is due leads: to the step, or to the clocks.
fn find_deadline_hit(screen: &OpenCase, (at, what): &(Time, String)) -> Option<Hit> {
    let case = &screen.case;
    let due = case.due_steps().find(|(due, point)| due == at && point.title() == *what).map(|(_, point)| point.name());
    let step = due.and_then(|name| case.steps().position(|point| point.name() == name));
    step.map(Hit::Row).or_else(|| action::row_of(action::find_action(Place::Clocks.action())?).map(Hit::Act))
}

/// What has a deadline, and how far away that is at the right end.
fn pressing_line(away: &str, what: &str, pressure: Pressure, theme: Theme, cells: usize) -> Line<'static> {
    let room = cells.saturating_sub(width_of(away) + 1);
    let (text, rest) = away.split_at(away.trim_end().len());
    let name = if pressure == Pressure::Calm { Style::new() } else { theme.strong() };
    Line::from(vec![
        Span::styled(pad_to(&format!(" {what}"), room), name),
        Span::raw(" "),
        Span::styled(text.to_owned(), theme.press(pressure)),
        Span::raw(rest.to_owned()),
    ])
}

/// What a person who has just sat down asks.
fn lay_facts(model: &Model, screen: &OpenCase, cells: usize, height: usize) -> Vec<Line<'static>> {
    let (case, theme) = (&screen.case, model.env.theme);
    let at = |time: Time| model.env.now.map(|now| clock_time(time, now)).unwrap_or_default();
    let mut lines = Vec::new();
    for person in case.people.iter().take(if height > ROOMY { 6 } else { 2 }) {
        let role = if person.role.is_empty() { "here" } else { &person.role };
        // A role is cut only where the name has no room after it.
        let lead =
            cut_to(&format!(" {role}"), cells.saturating_sub(width_of(&person.name).min(cells / 2) + 1).max(NAME));
        let lead = pad_to(&lead, width_of(&lead).max(NAME - 1));
        let room = cells.saturating_sub(width_of(&lead) + 1);
        lines.push(Line::from(vec![Span::styled(lead + " ", theme.quiet()), Span::raw(cut_to(&person.name, room))]));
    }
    if let Some(made) = case.decisions.iter().rev().find(|made| !case.undone(&made.entry)) {
        let (label, question) = (&made.what.label, made.what.question.trim());
        let roomy = height > ROOMY;
        let asked = if question.is_empty() || roomy { String::new() } else { format!(" ({question})") };
        lines.push(lay_named_text("decided", &format!("{} {label}{asked}", at(made.at)), theme, cells));
        if roomy {
            let why = format!("{question} “{}” {}", made.what.rationale, case.cite(&made.entry));
            lines.extend(
                wrap_text(why.trim(), cells.saturating_sub(10))
                    .into_iter()
                    .take(3)
                    .map(|line| Line::raw(format!("{:10}{line}", ""))),
            );
        }
    }
    match case.follow_ups.len() {
        0 => {}
        count => lines.push(lay_named_text("follow up", &count_of(count, "entry", "entries"), theme, cells)),
    }
    lines
}

/// What can be done besides, and what is held up; not what is among the deadlines already.
fn lay_other_steps(model: &Model, screen: &OpenCase, shown: &[&str], cells: usize) -> Vec<Line<'static>> {
    let theme = model.env.theme;
    let here = screen.point().map(|point| point.name());
    let next = screen.next(model.env.now).map(|point| point.name());
    let rank = |point: &StepView<'_>| match point.status {
        StepStatus::Started => Some(0),
        StepStatus::Blocked(_) => Some(1),
        StepStatus::Ready => Some(2),
        StepStatus::Waiting(_) | StepStatus::Done | StepStatus::Repeats | StepStatus::Skipped | StepStatus::Closed => {
            None
        }
    };
    let mut points: Vec<(u8, StepView<'_>)> =
        screen.case.steps().filter_map(|point| rank(&point).map(|rank| (rank, point))).collect();
    points.sort_by_key(|(rank, _)| *rank);
    let others = points.into_iter().filter(|(_, point)| {
        Some(point.name()) != here
            && (!matches!(point.status, StepStatus::Ready) || !shown.contains(&point.title().as_str()))
    });
    let mut lines: Vec<(Line<'static>, StepRef)> = others
        .map(|(_, point)| {
            let is_next = Some(point.name()) == next;
            let style = if is_next { theme.accent() } else { theme.quiet() };
            let title = shorten_title(&point, cells.saturating_sub(3));
            let text = cut_to(&format!(" {} {title}", sign_of_step(&point.status, is_next)), cells);
            (Line::styled(text, style), point.name())
        })
        .collect();
    lines.dedup_by(|(line, _), (before, _)| line == before);
    let place = |name: &StepRef| screen.case.steps().position(|point| point.name() == *name);
    let mark = |(line, name)| theme.mark(line, theme.probe.then(|| place(&name)).flatten().map(Hit::Row));
    lines.into_iter().map(mark).collect()
}
