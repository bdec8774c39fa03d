//! The two top lines, which never move, and the line of keys.

use crate::{
    domain::{
        case::steps::StepStatus,
        playbook::StepKind,
        wording::{deadline::word_countdown, duration::clock_span, moment::local_and_utc, number::count_of},
    },
    tui::{
        keys::{
            action::{self, Context},
            contexts::STEPS,
            place::Place,
            table::ActionId,
        },
        model::{Model, open_case::OpenCase},
        screens::{guards, home::style_of_severity, log},
        text::{
            hit::Hit,
            width::{cut_to, width_of},
        },
    },
};
use ratatui::{
    Frame,
    layout::Rect,
    style::Style,
    text::{Line, Span, Text},
};

/// Draws the two top lines.
pub(crate) fn draw_top_lines(model: &Model, area: Rect, frame: &mut Frame) {
    let cells = usize::from(area.width);
    let lines = match &model.case {
        Some(screen) => vec![lay_first_line(model, screen, cells), lay_second_line(model, screen, cells)],
        None => lay_home_lines(model, cells),
    };
    frame.render_widget(Text::from(lines), area);
}

fn word_time(model: &Model) -> String {
    model.env.now.map(|now| format!("{} ", local_and_utc(now))).unwrap_or_default()
}

/// Spans with a gap between, the first of which takes the room that is left.
fn spread_spans(
    lead: Vec<Span<'static>>,
    title: &str,
    style: Style,
    rest: Vec<(String, Style)>,
    cells: usize,
) -> Line<'static> {
    let rest: Vec<(String, Style)> = rest.into_iter().filter(|(text, _)| !text.is_empty()).collect();
    let used: usize = lead.iter().map(|span| width_of(&span.content)).sum::<usize>();
    let tail: usize = rest.iter().map(|(text, _)| width_of(text) + 2).sum();
    let mut spans = lead;
    // The room behind it is not coloured.
    let title = cut_to(title, cells.saturating_sub(used + tail));
    let room = " ".repeat(cells.saturating_sub(used + tail + width_of(&title)));
    spans.extend([Span::styled(title, style), Span::raw(room)]);
    for (text, style) in rest {
        spans.push(Span::raw("  "));
        spans.push(Span::styled(text, style));
    }
    Line::from(spans)
}

/// The least room of a case's title, cells.
const TITLE: usize = 14;
/// The least room of a name that is shown at all, cells.
const NAME: usize = 6;

fn lay_first_line(model: &Model, screen: &OpenCase, cells: usize) -> Line<'static> {
    let (theme, case) = (model.env.theme, &screen.case);
    let id = format!(" {} ", case.id.short());
    let word = if case.exercise { "EXERCISE ".to_owned() } else { String::new() };
    let bad = case.severity.word().to_uppercase();
    let bad = if case.closed { format!("{word}CLOSED") } else { format!("{word}{bad}") };
    let bad_style = if case.closed { theme.strong() } else { style_of_severity(theme, case.severity) };
    let (mark, time) = (case.tlp.word().to_owned(), word_time(model));
    // The title keeps some room; who is logged in gives way to it.
    let used: usize = [&id, &bad, &mark, &time].iter().map(|text| width_of(text) + 2).sum();
    let room = cells.saturating_sub(used + TITLE).min(if cells >= 120 { 40 } else { 16 });
    let who = if screen.responder.name.is_empty() { "watching".to_owned() } else { screen.responder.label() };
    let who = if room < NAME { String::new() } else { cut_to(&who, room) };
    let rest = vec![(bad, bad_style), (mark, theme.strong()), (who, Style::new()), (time, theme.strong())];
    spread_spans(vec![Span::styled(id, theme.strong())], &case.title, theme.strong(), rest, cells)
}

fn lay_second_line(model: &Model, screen: &OpenCase, cells: usize) -> Line<'static> {
    let (theme, case) = (model.env.theme, &screen.case);
    let mut lead = vec![Span::raw(" ")];
    if let Some(now) = model.env.now {
        let since = case.aware().map(|at| ("since aware", at)).or(case.began().map(|at| ("since", at)));
        if let Some((word, at)) = since {
            let word = if word == "since" { "running" } else { word };
            lead.push(Span::styled(format!("{word} {}   ", clock_span(now.at.seconds_since(at))), theme.strong()));
        }
    }
    // In a narrow window what is due next needs the room, and the citation begins with the console's letter.
    let console = if cells < 100 { String::new() } else { format!("console {}", case.letter(&screen.console)) };
    let last = screen.index.len().checked_sub(1).and_then(|row| screen.index.row(row as u32));
    let last = last.map(|row| row.cite()).unwrap_or_default();
    let rest = vec![
        (if screen.read_only.is_some() { "READ ONLY".into() } else { String::new() }, theme.alarm()),
        (if case.losses.is_empty() { String::new() } else { "ENTRIES LOST".into() }, theme.alarm()),
        (if case.damage.iter().all(|seen| seen.what.mended) { String::new() } else { "DAMAGE".into() }, theme.alarm()),
        (console, theme.quiet()),
        (last, theme.strong()),
        (format!("{} ", case.seal()), theme.quiet()),
    ];
    let next = screen.next_deadline.as_ref().zip(model.env.now);
    let (text, style) = match next {
        Some(((at, what), now)) => {
            let (text, pressure) = word_countdown(*at, now);
            let used: usize = lead.iter().map(|span| width_of(&span.content)).sum();
            let tail: usize = rest.iter().filter(|(t, _)| !t.is_empty()).map(|(text, _)| width_of(text) + 2).sum();
            let room = cells.saturating_sub(used + tail + width_of(&text) + 1);
            (format!("{} {text}", cut_to(what, room)), theme.press(pressure))
        }
        None => ("nothing is due".to_owned(), theme.quiet()),
    };
    spread_spans(lead, &text, style, rest, cells)
}

fn lay_home_lines(model: &Model, cells: usize) -> Vec<Line<'static>> {
    let theme = model.env.theme;
    let time = word_time(model);
    let who = cut_to(&model.env.responder.label(), 40.min(cells.saturating_sub(width_of(&time) + 22)));
    let rest = vec![(who, Style::new()), (time, theme.strong())];
    let lead = vec![Span::styled(" CareCERT React", theme.accent()), Span::raw("  ")];
    let open = model.home.cases.as_ref().map(|cases| cases.iter().filter(|case| !case.closed).count());
    let count = match open {
        None => String::new(),
        Some(open) => count_of(open, "case open", "cases open"),
    };
    vec![
        spread_spans(lead, "", Style::new(), rest, cells),
        spread_spans(
            vec![Span::raw(" ")],
            &count,
            Style::new(),
            vec![(cut_to(&format!("{} ", model.env.home_label), cells / 2), theme.quiet())],
            cells,
        ),
    ]
}

/// Draws the line of places: each with its key, the one that is shown reversed.
pub(crate) fn draw_tabs(model: &Model, place: Place, area: Rect, frame: &mut Frame) {
    let theme = model.env.theme;
    let wide = area.width >= 110;
    let mut spans = vec![Span::raw(" ")];
    for each in Place::ALL {
        let action = action::find_action(each.action());
        let key = action.map(|action| model.env.keymap.first(action)).unwrap_or_default();
        let text = if wide { format!("{key} {}", each.name()) } else { format!("{key}{}", each.short()) };
        let style = if each == place { theme.picked() } else { theme.quiet() };
        spans.push(Span::styled(text, theme.marked(style, action.and_then(action::row_of).map(Hit::Act))));
        spans.push(Span::raw(if wide { "  " } else { " " }));
    }
    frame.render_widget(Text::from(Line::from(spans)), area);
}

/// Draws the keys of the place. The last ones, which are the same everywhere, keep their room.
pub(crate) fn draw_key_bar(model: &Model, context: Context, area: Rect, frame: &mut Frame) {
    let theme = model.env.theme;
    let cells = usize::from(area.width);
    let shown = |action: &&action::Action| !action.bar.is_empty();
    let always = |id: ActionId| matches!(id, ActionId::Palette | ActionId::Help | ActionId::Back | ActionId::Quit);
    let part = |action: &'static action::Action| {
        let key = model.env.keymap.first(action);
        // Two actions have a word for what is under the cursor.
        let word = if action.id == ActionId::Do {
            word_submit(model)
        } else if action.id == ActionId::KeepFilter && cites_entry(model) {
            "go there"
        } else {
            action.bar
        };
        (key, word.to_owned(), guards::check_guard(action.guard, model).is_err(), action::row_of(action).map(Hit::Act))
    };
    let fixed: Vec<_> =
        action::list_actions(context).filter(shown).filter(|action| always(action.id)).map(part).collect();
    let wide = |parts: &[(String, String, bool, Option<Hit>)]| -> usize {
        parts.iter().map(|(key, word, ..)| width_of(key) + width_of(word) + 3).sum()
    };
    // The last one needs no gap behind it.
    let room = (cells + 1).saturating_sub(wide(&fixed));
    let mut parts: Vec<(String, String, bool, Option<Hit>)> = Vec::new();
    // What only this place can do comes first.
    let mut own: Vec<&'static action::Action> =
        action::list_actions(context).filter(shown).filter(|action| !always(action.id)).collect();
    // The other order of the log can wait for a wide window; a note cannot.
    own.sort_by_key(|action| action.contexts.len() > 3 || action.id == ActionId::Order);
    // Where nothing can be recorded, what would record is not offered; its key still says why not.
    let read_only = model.case.as_ref().is_some_and(|screen| screen.read_only.is_some());
    // Without a playbook there are no steps to do anything with.
    let stepless = model.case.as_ref().is_some_and(|screen| screen.case.plans.is_empty());
    for action in own {
        let next = part(action);
        if next.2 && (read_only || stepless && action.contexts == STEPS) {
            continue;
        }
        if wide(&parts) + wide(std::slice::from_ref(&next)) > room {
            break;
        }
        parts.push(next);
    }
    if context == Context::Form && model.form_on_top().is_some_and(|sheet| sheet.form.views().len() > 1) {
        parts.push(("Tab".into(), "next field".into(), false, None));
    }
    parts.extend(fixed);
    let mut spans = vec![Span::raw(" ")];
    for (key, word, refused, hit) in parts {
        let style = if refused { theme.quiet() } else { theme.accent() };
        spans.push(Span::styled(key, theme.marked(style, hit)));
        spans.push(Span::styled(format!(" {word}"), theme.marked(theme.quiet(), hit)));
        spans.push(Span::styled("  ", theme.quiet()));
    }
    frame.render_widget(Text::from(Line::from(spans)), area);
}

/// Whether the filter of the log is the citation of an entry.
fn cites_entry(model: &Model) -> bool {
    model.case.as_deref().is_some_and(|screen| log::find_cited_entry(screen).is_some())
}

fn word_submit(model: &Model) -> &'static str {
    let point = model.case.as_ref().and_then(|screen| screen.point());
    let Some(point) = point else { return "done" };
    match &point.step.kind {
        StepKind::Decision { .. } => "decide",
        _ if point.status == StepStatus::Done => "again",
        StepKind::Notify { .. } => "told",
        StepKind::Approve { .. } => "agreed?",
        StepKind::Command { .. } => "ran",
        StepKind::Task | StepKind::Collect | StepKind::Recur { .. } => "done",
    }
}
