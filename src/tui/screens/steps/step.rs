//! The step with the cursor, in full.

use crate::{
    domain::{
        case::steps::{StepStatus, StepView},
        playbook::{Choice, CommandLine, Question, StepKind, System},
        time::Now,
        wording::{
            deadline::{Pressure, word_countdown},
            duration::short_span,
            moment::clock_time,
            number::count_times,
        },
    },
    tui::{
        forms::step::command_report,
        keys::{table::ActionId, ways::KeyNames},
        model::{Model, open_case::OpenCase},
        screens::sign_of_step,
        text::{
            hanging::hang_text,
            theme::{Look, Theme},
            width::{cut_to, join_ends, wrap_text},
        },
    },
};
use ratatui::{
    Frame,
    layout::Rect,
    style::Style,
    text::{Line, Span, Text},
};

/// The widest that prose is set.
const PROSE: usize = 75;

/// Draws it; what does not fit is counted in the last row and can be scrolled to.
pub(crate) fn draw_step(model: &Model, screen: &OpenCase, area: Rect, frame: &mut Frame) {
    let ways = model.key_names(screen.place);
    let cells = usize::from(area.width).min(PROSE);
    let height = usize::from(area.height);
    let all = lay_step(screen, model.env.theme, model.env.now, ways, cells);
    if all.len() <= height {
        frame.render_widget(Text::from(all), area);
        return;
    }
    let room = height.saturating_sub(1);
    let top = screen.read.min(all.len().saturating_sub(room));
    let below = all.len().saturating_sub(top + room);
    let mut shown: Vec<Line> = all.into_iter().skip(top).take(room).collect();
    let (on, back) = (ways.key(ActionId::More), ways.key(ActionId::Less));
    let hint = match (top, below) {
        (_, 0) => format!("↑ {back} reads back"),
        (0, below) => format!("… {below} more lines: {on} reads on"),
        (_, below) => format!("… {below} more lines: {on} reads on, {back} back"),
    };
    shown.push(Line::styled(cut_to(&hint, cells), model.env.theme.quiet()));
    frame.render_widget(Text::from(shown), area);
}

/// How many lines its text has at that width.
pub(crate) fn count_step_lines(screen: &OpenCase, ways: KeyNames<'_>, cells: usize) -> usize {
    lay_step(screen, Theme { look: Look::Monochrome, ascii: false, probe: false }, None, ways, cells.min(PROSE)).len()
}

/// Its lines in so many cells.
pub(crate) fn lay_step(
    screen: &OpenCase,
    theme: Theme,
    now: Option<Now>,
    ways: KeyNames<'_>,
    cells: usize,
) -> Vec<Line<'static>> {
    let Some(point) = screen.point() else { return lay_no_step(screen, theme, ways, cells) };
    let step = point.step;
    let mut lines: Vec<Line<'static>> = Vec::new();
    let is_next = screen.next(now).is_some_and(|next| next.name() == point.name());
    let heading = if is_next { theme.accent() } else { theme.strong() };
    lines.extend(wrap_text(&point.title(), cells).into_iter().map(|line| Line::styled(line, heading)));
    lines.push(owner_and_due(&point, theme, now, cells));
    lines.extend(lay_step_state(screen, &point, theme, now, cells, is_next));
    lines.push(Line::default());
    lines.extend(wrap_text(&point.fill(&step.what), cells).into_iter().map(Line::from));
    let quiet = theme.quiet();
    // What to be careful of is read before anything is asked, run or sent.
    let mut named = vec![("Care", point.fill(&step.care), theme.strong())];
    named.extend(by_kind(screen, &point, theme, now, ways));
    named
        .extend(point.step.asks.iter().map(|question| ("Asks", word_question(screen, &point, question), Style::new())));
    named.push(("Why", point.fill(&step.why), quiet));
    let expects: Vec<String> = step.expects.iter().map(|text| point.fill(text)).collect();
    named.push(("Expect", expects.join(", "), Style::new()));
    let have = screen.case.evidence.iter().filter(|item| item.what.step.as_ref() == Some(&point.name()));
    let have: Vec<String> = have.map(|e| format!("{} ({})", e.what.name, screen.case.cite(&e.entry))).collect();
    named.push(("Have", have.join(", "), Style::new()));
    for (at, (name, text, style)) in named.into_iter().filter(|(_, text, _)| !text.trim().is_empty()).enumerate() {
        if at == 0 {
            lines.push(Line::default());
        }
        lines.extend(hang_text(name, &text, theme, style, cells));
    }
    lines
}

/// What the kind of a step brings with it.
fn by_kind(
    screen: &OpenCase,
    point: &StepView<'_>,
    theme: Theme,
    now: Option<Now>,
    ways: KeyNames<'_>,
) -> Vec<(&'static str, String, Style)> {
    let (plain, quiet) = (Style::new(), theme.quiet());
    match &point.step.kind {
        StepKind::Decision { question, options } => {
            let option = |option: &Choice| {
                let means = if option.means.is_empty() { String::new() } else { format!(": {}", option.means) };
                ("  or", point.fill(&format!("{}{means}", option.label)), plain)
            };
            [("Asks", point.fill(question), plain)].into_iter().chain(options.iter().map(option)).collect()
        }
        StepKind::Notify { duty, to, say } => {
            let mut named = vec![("Tell", point.fill(to), plain)];
            if let Some(duty) = duty.as_deref().and_then(|duty| screen.case.duty(duty)) {
                named.push(("Reach", duty.reach.clone(), plain));
                named.push(("Duty", format!("{} ({})", duty.title, duty.source), quiet));
            }
            named.push(("Say", point.fill(say), quiet));
            named
        }
        StepKind::Approve { by, question } => {
            let role = point.plan.playbook.role_title(by);
            let mut named = vec![("Ask", format!("{role}: {}", point.fill(question)), plain)];
            named.extend(word_last_answer(screen, point).map(|text| ("Answer", text, plain)));
            named
        }
        StepKind::Command { lines } => {
            let run = |each: &CommandLine| {
                let name = if each.system == System::Any { "Any" } else { each.system.word() };
                (name, command_report::fill_command_line(point, each), plain)
            };
            let how = ("Run", format!("by hand; {} then says how it went", ways.key(ActionId::Do)), quiet);
            std::iter::once(how).chain(lines.iter().map(run)).collect()
        }
        StepKind::Recur { every, until } => {
            let until = until.as_ref().and_then(|id| point.plan.step(id)).map(|(_, step)| point.fill(&step.title));
            let until = until.map_or_else(String::new, |title| format!(", until “{title}”"));
            let done = point.progress.filter(|progress| progress.times > 0).map(|progress| {
                let last = now.map(|now| clock_time(progress.happened, now)).unwrap_or_default();
                format!("; done {}, last {last}", count_times(progress.times))
            });
            vec![("Every", format!("{}{until}{}", short_span(*every), done.unwrap_or_default()), plain)]
        }
        StepKind::Task | StepKind::Collect => Vec::new(),
    }
}

/// Who was asked last, and what they said. Where the step was done elsewhere, what was said there.
fn word_last_answer(screen: &OpenCase, point: &StepView<'_>) -> Option<String> {
    let through = point.progress.and_then(|progress| progress.through.clone());
    let name = through.unwrap_or_else(|| point.name());
    let given = screen.case.approvals.iter().rev().find(|given| given.what.step == name)?;
    let how = if given.what.agreed { "agrees" } else { "does not agree" };
    let means = if given.what.means.is_empty() { String::new() } else { format!(" ({})", given.what.means) };
    Some(format!("{} {how}{means}, {}", given.what.person.label(), screen.case.cite(&given.entry)))
}

/// A question, with its answer where there is one.
fn word_question(screen: &OpenCase, point: &StepView<'_>, question: &Question) -> String {
    let ask = point.fill(&question.ask);
    match point.plan.answers.get(&question.id) {
        Some(answer) => {
            let words = answer.value.words(&question.form);
            format!("{ask} {words} ({})", screen.case.cite(&answer.entry))
        }
        None if question.optional => format!("{ask} (may be left out)"),
        None => ask,
    }
}

fn owner_and_due(point: &StepView<'_>, theme: Theme, now: Option<Now>, cells: usize) -> Line<'static> {
    let owner = point.plan.playbook.role_title(&point.step.owner);
    let open = !point.status.settled();
    let Some((due, now)) = point.due.zip(now).filter(|_| open) else {
        return Line::styled(cut_to(owner, cells), theme.quiet());
    };
    let (text, pressure) = word_countdown(due, now);
    let text = format!("due {}, {text}", clock_time(due, now));
    let line = join_ends(owner, &text, cells);
    let at = line.len().saturating_sub(text.len());
    let (left, right) = line.split_at_checked(at).unwrap_or((&line, ""));
    let style = if pressure == Pressure::Calm { theme.quiet() } else { theme.press(pressure) };
    Line::from(vec![Span::styled(left.to_owned(), theme.quiet()), Span::styled(right.to_owned(), style)])
}

/// Where it stands: what it waits for, or what was last done with it.
fn lay_step_state(
    screen: &OpenCase,
    point: &StepView<'_>,
    theme: Theme,
    now: Option<Now>,
    cells: usize,
    next: bool,
) -> Vec<Line<'static>> {
    let sign = sign_of_step(&point.status, next);
    let (text, style) = match &point.status {
        StepStatus::Waiting(_) => (format!("{sign} waits for: {}", point.unmet_titles().join(", ")), theme.strong()),
        StepStatus::Closed => {
            let why = now.map(|now| screen.case.explain(point, now.at).join(" ")).unwrap_or_default();
            (format!("{sign} {why}"), theme.quiet())
        }
        standing @ (StepStatus::Ready
        | StepStatus::Started
        | StepStatus::Done
        | StepStatus::Repeats
        | StepStatus::Skipped
        | StepStatus::Blocked(_)) => {
            let Some(progress) = point.progress else { return Vec::new() };
            let at = now.map(|now| format!(" {}", clock_time(progress.at, now))).unwrap_or_default();
            let by = format!("{}{at}, {}", screen.case.cite(&progress.entry), progress.by.name);
            let option = progress.choice.as_ref().map(|choice| point.step.kind.outcome_label(choice).to_owned());
            let said: Vec<String> =
                option.into_iter().chain([progress.note.clone()]).filter(|t| !t.is_empty()).collect();
            let said = if said.is_empty() { String::new() } else { format!(": {}", said.join(". ")) };
            let through = progress.through.as_ref().map_or_else(String::new, |other| {
                let title =
                    screen.case.plan(&other.playbook).map_or(other.playbook.as_str(), |plan| &plan.playbook.title);
                format!(", in {title}, which shares this step")
            });
            let word = if *standing == StepStatus::Repeats { "last done" } else { standing.word() };
            (format!("{sign} {word} {by}{through}{said}"), Style::new())
        }
    };
    wrap_text(&text, cells).into_iter().map(|line| Line::styled(line, style)).collect()
}

fn lay_no_step(screen: &OpenCase, theme: Theme, ways: KeyNames<'_>, cells: usize) -> Vec<Line<'static>> {
    let key = |id| ways.key(id);
    let text = if screen.case.closed {
        format!(
            "The case is closed. Notes, evidence and corrections can still be added; {} exports it.",
            key(ActionId::Export)
        )
    } else {
        format!(
            "No playbook leads this case: {} takes one up. What you do is recorded all the same: {} notes it, {} records \
             a decision, {} takes evidence in, {} records who was told.",
            key(ActionId::Attach),
            key(ActionId::Note),
            key(ActionId::DecideFree),
            key(ActionId::Evidence),
            key(ActionId::Notify)
        )
    };
    wrap_text(&text, cells).into_iter().map(|line| Line::styled(line, theme.quiet())).collect()
}
