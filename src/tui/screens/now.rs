//! Now: what presses, what it means for patients, who is who, and what comes after.

use super::{sign, steps::tree::short};
use crate::{
    domain::{
        case::{
            ClockState,
            steps::{Standing, Standpoint},
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
        keys::{action, place::Place, table::Id},
        model::{Model, open_case::CaseScreen},
        text::{
            hit::Hit,
            theme::Theme,
            width::{cut, ends, pad, width, wrap},
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
pub(super) fn draw(model: &Model, screen: &CaseScreen, area: Rect, frame: &mut Frame<'_>) {
    let (cells, height) = (usize::from(area.width), usize::from(area.height));
    let all = &screen.deadlines;
    let most = most(height);
    let mut parts = vec![impact(model, screen, cells, if height > ROOMY { 5 } else { 2 })];
    parts.push(pressing(model, screen, all, cells, most));
    parts.push(facts(model, screen, cells, height));
    let shown: Vec<&str> = all.iter().take(most).map(|(_, what)| what.as_str()).collect();
    parts.push(then(model, screen, &shown, cells));
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
        let key = model.ways(Place::Now).key(Id::GoPlaybook);
        let text = format!(" … {} more: {key} shows all steps", left + 1);
        lines.push(Line::styled(cut(&text, cells), model.env.theme.quiet()));
    }
    frame.render_widget(Text::from(lines), area);
}

/// What it means for patients now, as last stated.
fn impact(model: &Model, screen: &CaseScreen, cells: usize, most: usize) -> Vec<Line<'static>> {
    let theme = model.env.theme;
    let Some(stated) = &screen.case.impact else {
        let key = model.ways(Place::Now).key(Id::Impact);
        return vec![named("patients", &format!("not stated yet: {key}"), theme, cells)];
    };
    let at = model.env.now.map(|now| clock_time(stated.at, now)).unwrap_or_default();
    let text = format!("{} ({at}, {})", stated.what.text, screen.case.cite(&stated.entry));
    let rows = wrap(&text, cells.saturating_sub(NAME));
    let count = rows.len();
    rows.into_iter()
        .take(most)
        .enumerate()
        .map(|(row, text)| {
            let text = if row + 1 == most && count > most {
                format!("{} …", cut(&text, cells.saturating_sub(NAME + 2)))
            } else {
                text
            };
            let name = if row == 0 { " patients  " } else { "           " };
            Line::from(vec![Span::styled(name, theme.quiet()), Span::styled(text, theme.strong())])
        })
        .collect()
}

/// A name and a text in so many cells.
fn named(name: &str, text: &str, theme: Theme, cells: usize) -> Line<'static> {
    let lead = format!(" {} ", pad(name, NAME - 2));
    let room = cells.saturating_sub(width(&lead));
    Line::from(vec![Span::styled(lead, theme.quiet()), Span::raw(cut(text, room))])
}

/// Deadlines, the nearest first: clocks that run and steps that have a due time.
fn pressing(
    model: &Model,
    screen: &CaseScreen,
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
            theme.mark(line, theme.probe.then(|| leads(screen, due)).flatten())
        })
        .collect();
    if all.len() > most {
        lines.push(Line::styled(more_due(model, all.len() - most, cells), theme.quiet()));
    }
    let running = |state| state == ClockState::Running;
    let without = screen.case.clocks.iter().filter(|clock| running(clock.state) && clock.deadline.is_none());
    lines.extend(without.map(|clock| {
        let text = ends(&format!(" ! {}", clock.duty.title), "without delay", cells);
        Line::styled(text, theme.strong())
    }));
    if lines.is_empty() {
        lines.push(Line::styled(cut(" Nothing has a deadline.", cells), theme.quiet()));
    }
    lines
}

/// How many more are due, and the key that goes to them where it does: not in a box.
fn more_due(model: &Model, count: usize, cells: usize) -> String {
    let key = model.env.keymap.way(model.context(), Id::Due);
    let way = if key.is_empty() { String::new() } else { format!(": {key} goes there") };
    cut(&format!(" … {count} more due{way}"), cells)
}

/// How many deadlines have a row of their own in so many rows.
pub(crate) fn most(height: usize) -> usize {
    if height > ROOMY { 9 } else { 4 }
}

/// Where a click on what is due leads: to the step, or to the clocks.
fn leads(screen: &CaseScreen, (at, what): &(Time, String)) -> Option<Hit> {
    let case = &screen.case;
    let due = case.due_steps().find(|(due, point)| due == at && point.title() == *what).map(|(_, point)| point.name());
    let step = due.and_then(|name| case.steps().position(|point| point.name() == name));
    step.map(Hit::Row).or_else(|| action::row_of(action::named(Place::Clocks.action())?).map(Hit::Act))
}

/// What has a deadline, and how far away that is at the right end.
fn pressing_line(away: &str, what: &str, pressure: Pressure, theme: Theme, cells: usize) -> Line<'static> {
    let room = cells.saturating_sub(width(away) + 1);
    let (text, rest) = away.split_at(away.trim_end().len());
    let name = if pressure == Pressure::Calm { Style::new() } else { theme.strong() };
    Line::from(vec![
        Span::styled(pad(&format!(" {what}"), room), name),
        Span::raw(" "),
        Span::styled(text.to_owned(), theme.press(pressure)),
        Span::raw(rest.to_owned()),
    ])
}

/// What a person who has just sat down asks.
fn facts(model: &Model, screen: &CaseScreen, cells: usize, height: usize) -> Vec<Line<'static>> {
    let (case, theme) = (&screen.case, model.env.theme);
    let at = |time: Time| model.env.now.map(|now| clock_time(time, now)).unwrap_or_default();
    let mut lines = Vec::new();
    for person in case.people.iter().take(if height > ROOMY { 6 } else { 2 }) {
        let role = if person.role.is_empty() { "here" } else { &person.role };
        // A role is cut only where the name has no room after it.
        let lead = cut(&format!(" {role}"), cells.saturating_sub(width(&person.name).min(cells / 2) + 1).max(NAME));
        let lead = pad(&lead, width(&lead).max(NAME - 1));
        let room = cells.saturating_sub(width(&lead) + 1);
        lines.push(Line::from(vec![Span::styled(lead + " ", theme.quiet()), Span::raw(cut(&person.name, room))]));
    }
    if let Some(made) = case.decisions.iter().rev().find(|made| !case.undone(&made.entry)) {
        let (label, question) = (&made.what.label, made.what.question.trim());
        let roomy = height > ROOMY;
        let asked = if question.is_empty() || roomy { String::new() } else { format!(" ({question})") };
        lines.push(named("decided", &format!("{} {label}{asked}", at(made.at)), theme, cells));
        if roomy {
            let why = format!("{question} “{}” {}", made.what.rationale, case.cite(&made.entry));
            lines.extend(
                wrap(why.trim(), cells.saturating_sub(10))
                    .into_iter()
                    .take(3)
                    .map(|line| Line::raw(format!("{:10}{line}", ""))),
            );
        }
    }
    match case.follow_ups.len() {
        0 => {}
        count => lines.push(named("follow up", &count_of(count, "entry", "entries"), theme, cells)),
    }
    lines
}

/// What can be done besides, and what is held up; not what is among the deadlines already.
fn then(model: &Model, screen: &CaseScreen, shown: &[&str], cells: usize) -> Vec<Line<'static>> {
    let theme = model.env.theme;
    let here = screen.point().map(|point| point.name());
    let next = screen.next(model.env.now).map(|point| point.name());
    let rank = |point: &Standpoint<'_>| match point.standing {
        Standing::Started => Some(0),
        Standing::Blocked(_) => Some(1),
        Standing::Ready => Some(2),
        Standing::Waiting(_) | Standing::Done | Standing::Repeats | Standing::Skipped | Standing::Closed => None,
    };
    let mut points: Vec<(u8, Standpoint<'_>)> =
        screen.case.steps().filter_map(|point| rank(&point).map(|rank| (rank, point))).collect();
    points.sort_by_key(|(rank, _)| *rank);
    let others = points.into_iter().filter(|(_, point)| {
        Some(point.name()) != here
            && (!matches!(point.standing, Standing::Ready) || !shown.contains(&point.title().as_str()))
    });
    let mut lines: Vec<(Line<'static>, StepRef)> = others
        .map(|(_, point)| {
            let is_next = Some(point.name()) == next;
            let style = if is_next { theme.accent() } else { theme.quiet() };
            let title = short(&point, cells.saturating_sub(3));
            let text = cut(&format!(" {} {title}", sign(&point.standing, is_next)), cells);
            (Line::styled(text, style), point.name())
        })
        .collect();
    lines.dedup_by(|(line, _), (before, _)| line == before);
    let place = |name: &StepRef| screen.case.steps().position(|point| point.name() == *name);
    let mark = |(line, name)| theme.mark(line, theme.probe.then(|| place(&name)).flatten().map(Hit::Row));
    lines.into_iter().map(mark).collect()
}
