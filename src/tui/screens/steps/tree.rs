//! The steps by phase, with the shape of their state and when they are due.

use crate::{
    domain::{
        case::steps::{StepStatus, StepView},
        playbook::StepRef,
        time::Now,
        wording::{
            deadline::{Pressure, judge_pressure},
            moment::tight_clock,
        },
    },
    tui::{
        keys::{place::Place, table::ActionId},
        model::{Model, open_case::OpenCase},
        text::{
            hit::Hit,
            theme::Theme,
            width::{cut_to, pad_to, width_of},
        },
        widgets::scroll::Shape,
    },
};
use ratatui::{
    Frame,
    layout::Rect,
    style::Style,
    text::{Line, Span},
};

/// The sign of a step's state; `next` is what to do next.
pub(crate) fn sign_of_step(status: &StepStatus, next: bool) -> &'static str {
    if next && *status == StepStatus::Ready { StepStatus::Started.sign() } else { status.sign() }
}

/// A row of the column.
enum TreeRow<'a> {
    /// A playbook, how many of its steps are settled, of how many, and whether what is next is folded away in it.
    Plan(&'a str, usize, usize, bool),
    /// A phase, the same.
    Phase(&'a str, usize, usize, bool),
    /// A step that is done for several things, folded into one row: the first of them, and how many are settled, of how
    /// many.
    Each(Box<StepView<'a>>, usize, usize),
    Step(Box<StepView<'a>>),
}

/// How much of the column is folded away.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Fold {
    /// Nothing: there is room.
    Nothing,
    /// Steps of other phases.
    Phases,
    /// And the phases of other playbooks.
    Plans,
    /// And the things of steps that are done for several.
    Things,
}

/// Whether that is the name of the step.
fn has_name(point: &StepView<'_>, name: Option<&StepRef>) -> bool {
    name.is_some_and(|name| {
        name.playbook == point.plan.playbook.id && name.id() == point.step.id && name.item() == point.item
    })
}

/// How many of the steps are settled, of how many: one that does not apply is neither.
fn count_settled(steps: &[&StepView<'_>]) -> (usize, usize) {
    let apply = || steps.iter().filter(|point| point.status != StepStatus::Closed);
    (apply().filter(|point| point.status.quiet()).count(), apply().count())
}

/// The rows, folded no more than `height` asks for.
fn list_tree_rows<'a>(
    screen: &'a OpenCase,
    selected: Option<&StepRef>,
    next: Option<&StepRef>,
    height: usize,
) -> Vec<TreeRow<'a>> {
    let all: Vec<StepView<'a>> = screen.case.steps().collect();
    let folds = [Fold::Nothing, Fold::Phases, Fold::Plans, Fold::Things].into_iter();
    let mut folded = folds.map(|fold| fold_rows(screen, &all, (selected, next), fold));
    // Things are folded even where that is not enough: more of the steps around are in view.
    folded
        .find(|rows| rows.len() <= height)
        .unwrap_or_else(|| self::fold_rows(screen, &all, (selected, next), Fold::Things))
}

fn fold_rows<'a>(
    screen: &'a OpenCase,
    all: &[StepView<'a>],
    (selected, next): (Option<&StepRef>, Option<&StepRef>),
    fold: Fold,
) -> Vec<TreeRow<'a>> {
    let mut rows = Vec::new();
    for plan in &screen.case.plans {
        let of_plan: Vec<&StepView<'a>> =
            all.iter().filter(|point| point.plan.playbook.id == plan.playbook.id).collect();
        let away = fold >= Fold::Plans && selected.is_some_and(|step| step.playbook != plan.playbook.id);
        if screen.case.plans.len() > 1 {
            let (settled, all) = count_settled(&of_plan);
            let hidden = away && of_plan.iter().any(|point| has_name(point, next));
            rows.push(TreeRow::Plan(&plan.playbook.title, settled, all, hidden));
        }
        if away {
            continue;
        }
        for phase in &plan.playbook.phases {
            let steps: Vec<&StepView<'a>> =
                of_plan.iter().copied().filter(|point| point.phase.id == phase.id).collect();
            let (settled, count) = count_settled(&steps);
            let open = fold == Fold::Nothing || steps.iter().any(|point| has_name(point, selected));
            let hidden = !open && steps.iter().any(|point| has_name(point, next));
            rows.push(TreeRow::Phase(&phase.title, settled, count, hidden));
            if open {
                unfold_phase(&mut rows, &steps, selected, fold);
            }
        }
    }
    rows
}

/// The steps of a phase; those that are done for several things one by one, or in one row until the cursor is there.
fn unfold_phase<'a>(rows: &mut Vec<TreeRow<'a>>, steps: &[&StepView<'a>], selected: Option<&StepRef>, fold: Fold) {
    for same in steps.chunk_by(|one, other| one.step.id == other.step.id) {
        let here = same.iter().any(|point| has_name(point, selected));
        match same.first() {
            Some(first) if fold == Fold::Things && same.len() > 2 && !here => {
                let (settled, count) = count_settled(same);
                rows.push(TreeRow::Each(Box::new((*first).clone()), settled, count));
            }
            _ => rows.extend(same.iter().map(|point| TreeRow::Step(Box::new((*point).clone())))),
        }
    }
}

fn shape_of_rows(rows: &[TreeRow<'_>], selected: Option<&StepRef>, height: usize) -> Shape {
    let here = |row: &TreeRow<'_>| matches!(row, TreeRow::Step(point) if has_name(point, selected));
    Shape { at: rows.iter().position(here).unwrap_or(0), len: rows.len(), room: height }
}

/// How its rows lie in a column so many rows high.
pub(crate) fn shape_of_tree(screen: &OpenCase, now: Option<Now>, height: usize) -> Shape {
    let selected = screen.point().map(|point| point.name());
    let next = screen.next(now).map(|point| point.name());
    shape_of_rows(&list_tree_rows(screen, selected.as_ref(), next.as_ref(), height), selected.as_ref(), height)
}

/// Draws the column.
pub(crate) fn draw_tree(model: &Model, screen: &OpenCase, area: Rect, frame: &mut Frame) {
    let (theme, now) = (model.env.theme, model.env.now);
    let cells = usize::from(area.width);
    let height = usize::from(area.height);
    let selected = screen.point().map(|point| point.name());
    let next = screen.next(now).map(|point| point.name());
    let rows = list_tree_rows(screen, selected.as_ref(), next.as_ref(), height);
    if rows.is_empty() {
        let key = |id| model.key_names(screen.place).key(id);
        let none = [
            " No playbook leads it:".to_owned(),
            format!(" {} notes what is done,", key(ActionId::Note)),
            format!(" {} takes evidence in,", key(ActionId::Evidence)),
            format!(" {} records a decision,", key(ActionId::DecideFree)),
            format!(" {} uses a playbook.", key(ActionId::Attach)),
        ];
        let lines: Vec<Line> = none.iter().map(|line| Line::styled(cut_to(line, cells), theme.quiet())).collect();
        frame.render_widget(ratatui::text::Text::from(lines), area);
        return;
    }
    let top = shape_of_rows(&rows, selected.as_ref(), height)
        .top(screen.tops.get(Place::Playbook as usize).copied().unwrap_or(0));
    let lines: Vec<Line> = rows
        .iter()
        .skip(top)
        .take(height)
        .map(|row| match row {
            TreeRow::Plan(title, settled, all, hidden) => {
                let (sign, style) = if *hidden { ("▶", theme.accent()) } else { ("▌", theme.strong()) };
                count_line(&format!("{sign}{title}"), style, *settled, *all, theme, cells)
            }
            TreeRow::Phase(title, settled, all, hidden) => {
                let (sign, style) = if *hidden { ("▶", theme.accent()) } else { (" ", theme.strong()) };
                count_line(&format!("{sign}{title}"), style, *settled, *all, theme, cells)
            }
            TreeRow::Each(first, settled, all) => {
                let (title, has_next) = (
                    first.plan.title(first.step, None),
                    next.as_ref()
                        .is_some_and(|next| next.playbook == first.plan.playbook.id && next.id() == first.step.id),
                );
                let (sign, style) = match has_next {
                    true => ("▶", theme.accent()),
                    false if settled == all => ("✓", theme.quiet()),
                    false => ("○", Style::new()),
                };
                count_line(&format!(" {sign} {title}"), style, *settled, *all, theme, cells)
            }
            TreeRow::Step(point) => {
                let (picked, is_next) = (has_name(point, selected.as_ref()), has_name(point, next.as_ref()));
                let line = step_line(point, theme, now, cells, is_next, picked);
                // Only for a click is it worth looking which of all steps it is.
                let number =
                    theme.probe.then(|| screen.case.steps().position(|other| has_name(&other, Some(&point.name()))));
                theme.mark(line, number.flatten().map(Hit::Row))
            }
        })
        .collect();
    frame.render_widget(ratatui::text::Text::from(lines), area);
}

fn count_line(title: &str, style: Style, settled: usize, all: usize, theme: Theme, cells: usize) -> Line<'static> {
    let count = format!(" {settled}/{all}");
    let title = pad_to(title, cells.saturating_sub(count.len()));
    Line::from(vec![Span::styled(title, style), Span::styled(count, theme.quiet())])
}

/// The title of a step in so many cells. Where it is too long for any of the things that it is done for, the thing comes
/// first: that is what tells a row from the next.
pub(crate) fn shorten_title(point: &StepView<'_>, cells: usize) -> String {
    let title = point.title();
    match point.item {
        Some(item)
            if point
                .plan
                .items(point.step)
                .iter()
                .any(|item| width_of(&point.plan.title(point.step, *item)) > cells) =>
        {
            format!("{item}: {}", point.plan.title(point.step, None))
        }
        _ => title,
    }
}

fn step_line(
    point: &StepView<'_>,
    theme: Theme,
    now: Option<Now>,
    cells: usize,
    next: bool,
    picked: bool,
) -> Line<'static> {
    let style = match point.status {
        _ if next => theme.accent(),
        StepStatus::Ready | StepStatus::Started => Style::new(),
        StepStatus::Blocked(_) => theme.strong(),
        StepStatus::Waiting(_) | StepStatus::Done | StepStatus::Repeats | StepStatus::Skipped | StepStatus::Closed => {
            theme.quiet()
        }
    };
    let open = point.status.can_be_done() || point.status.taken_up();
    let due = point.due.zip(now).filter(|_| open).map(|(at, now)| (tight_clock(at, now), judge_pressure(at, now)));
    // The sign stands before the time, so that the digits of all rows line up.
    let written = |(due, pressure): (String, Pressure)| match pressure {
        Pressure::Calm => (due, pressure),
        Pressure::Near | Pressure::Close | Pressure::Passed => (format!("{} {due}", pressure.sign()), pressure),
    };
    let (due, pressure) = due.map_or((String::new(), Pressure::Calm), written);
    let gap = if due.is_empty() { "" } else { " " };
    let room = cells.saturating_sub(width_of(&due) + gap.len());
    let title = pad_to(
        &format!(" {} {}", sign_of_step(&point.status, next), shorten_title(point, room.saturating_sub(3))),
        room,
    );
    let due_style = if pressure == Pressure::Calm { theme.quiet() } else { theme.press(pressure) };
    let line = Line::from(vec![Span::styled(title, style), Span::raw(gap), Span::styled(due, due_style)]);
    if picked { line.patch_style(theme.picked()) } else { line }
}
