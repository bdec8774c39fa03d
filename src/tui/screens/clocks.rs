//! The running clocks in a line, and the list of duties.

use crate::{
    domain::{
        case::{Case, Clock, ClockState},
        duty::Duty,
        time::{Now, Time},
        wording::{
            deadline::{Pressure, align_countdowns, word_countdown},
            duration::{allowed_span, distance_span},
            moment::clock_time as at_clock,
        },
    },
    tui::{
        keys::{place::Place, table::ActionId, ways::KeyNames},
        model::{Model, open_case::OpenCase},
        text::{
            hanging::hang_text,
            width::{cut_to, join_ends, pad_to, width_of},
        },
        widgets::scroll::Shape,
    },
};
use ratatui::{
    Frame,
    layout::Rect,
    style::Style,
    text::{Line, Span, Text},
};

/// The least rows of the list of duties: enough to see what is above and below.
const ROWS: usize = 5;

/// How a duty stands, in a few words.
pub(crate) fn word_clock_state(case: &Case, duty: &Duty, now: Option<Now>) -> (String, Pressure) {
    let calm = |text: String| (text, Pressure::Calm);
    let at = |time: Time| now.map(|now| at_clock(time, now)).unwrap_or_default();
    match case.clock(&duty.id) {
        None if case.told(&duty.id).is_some() => calm(
            case.told(&duty.id)
                .map_or_else(String::new, |told| format!("✓ told {}, {}", at(told.happened()), case.cite(&told.entry))),
        ),
        None => calm(match case.graded(&duty.id) {
            Some(true) => "○ not started; grading: applies".into(),
            Some(false) => "○ not started; grading: does not".into(),
            None if !duty.gate.is_empty() => "○ not started, not graded".into(),
            None => "○ not started".into(),
        }),
        Some(Clock { state: ClockState::Met, since, note, deadline, .. }) => {
            match deadline.filter(|deadline| since > deadline) {
                Some(_) => (format!("✓ met late {} ‼ {note}", at(*since)), Pressure::Passed),
                None => calm(format!("✓ met {} {note}", at(*since))),
            }
        }
        Some(Clock { state: ClockState::Waived, note, .. }) => calm(format!("– waived: {note}")),
        Some(Clock { deadline: None, aware, .. }) => calm(format!("▶ since {}, without undue delay", at(*aware))),
        Some(Clock { deadline: Some(deadline), .. }) => match now {
            Some(now) => {
                let (text, pressure) = word_countdown(*deadline, now);
                (format!("▶ by {}, {text}", at_clock(*deadline, now)), pressure)
            }
            None => calm("▶ running".into()),
        },
    }
}

/// How each duty stands; the times of clocks that run line up.
fn word_clock_states(case: &Case, now: Option<Now>) -> Vec<(String, Pressure)> {
    let duties = case.duties();
    let running = |duty: &Duty| case.clock(&duty.id).filter(|clock| clock.state == ClockState::Running)?.deadline;
    let due: Vec<Option<Time>> = duties.iter().map(|duty| running(duty)).collect();
    let Some(now) = now else { return duties.iter().map(|duty| word_clock_state(case, duty, None)).collect() };
    let times: Vec<Time> = due.iter().flatten().copied().collect();
    let by: Vec<String> = times.iter().map(|at| at_clock(*at, now)).collect();
    let away = align_countdowns(&times, now);
    let most = |wide: usize, text: &String| wide.max(width_of(text));
    let (wide_by, wide_away) = (by.iter().fold(0, most), away.iter().map(|(text, _)| text).fold(0, most));
    let mut lined_up = by.into_iter().zip(away);
    let mut text = |duty: &&Duty, due: Option<Time>| match due.and_then(|_| lined_up.next()) {
        Some((by, (away, pressure))) => {
            (format!("▶ by {by:>wide_by$}, {away:>wide_away$}").trim_end().to_owned(), pressure)
        }
        None => word_clock_state(case, duty, Some(now)),
    };
    duties.iter().zip(due).map(|(duty, due)| text(duty, due)).collect()
}

/// What the grading says of a duty that hangs on one: a help to the person who decides.
fn word_grading(case: &Case, duty: &Duty, ways: KeyNames<'_>) -> String {
    if duty.gate.is_empty() {
        return String::new();
    }
    let says = match case.graded(&duty.id) {
        Some(true) => "the answers so far suggest that it applies".into(),
        Some(false) => "the answers so far suggest that it does not apply".into(),
        None => format!("not graded yet: {} answers the questions", ways.key(ActionId::Answer)),
    };
    format!("{says}. Guidance, not legal advice: a person decides")
}

/// How its clock came to stand as it does: since when, until when, and how long after.
fn word_clock_history(case: &Case, duty: &Duty, now: Option<Now>, ways: KeyNames<'_>) -> String {
    let at = |time: Time| now.map(|now| at_clock(time, now)).unwrap_or_default();
    let told = case.told(&duty.id).filter(|_| case.clock(&duty.id).is_none());
    if let Some(told) = told {
        let (to, cite) = (&told.what.to, case.cite(&told.entry));
        return format!("told {} to {to}, {cite}; no clock was started for it", at(told.happened()));
    }
    let Some(clock) = case.clock(&duty.id) else {
        let key = ways.key(ActionId::ClockStart);
        let once = "once a person says since when you are aware";
        return format!("not started, and none starts by itself: {key} starts it, {once}");
    };
    let due =
        clock.deadline.map_or_else(|| "without undue delay".to_owned(), |deadline| format!("due {}", at(deadline)));
    let ran = format!("aware {}, {due}", at(clock.aware));
    match (clock.state, clock.deadline) {
        (ClockState::Running, _) => ran,
        (ClockState::Met, Some(deadline)) if clock.since > deadline => {
            format!("{ran}; met {}, {} late ‼", at(clock.since), distance_span(clock.since.seconds_since(deadline)))
        }
        (ClockState::Met, _) => format!("{ran}; met {}", at(clock.since)),
        (ClockState::Waived, _) => format!("{ran}; waived {}", at(clock.since)),
    }
}

/// The text as it was sent: kept with the clock, or with the notification that met it.
fn find_sent_text(case: &Case, duty: &Duty) -> String {
    let of_clock = case.clock(&duty.id).map(|clock| clock.text.clone()).filter(|text| !text.is_empty());
    let told = || case.notifications.iter().rev().find(|told| told.what.duty.as_deref() == Some(duty.id.as_str()));
    of_clock.or_else(|| told().map(|told| told.what.text.clone())).unwrap_or_default()
}

/// A duty in full.
pub(crate) fn detail_of_duty(model: &Model, case: &Case, duty: &Duty, cells: usize) -> Vec<Line<'static>> {
    let (theme, now, ways) = (model.env.theme, model.env.now, model.key_names(Place::Clocks));
    let draft = if duty.confirmed { "" } else { "; a draft, not yet confirmed" };
    let source = duty.source.trim_end_matches('.');
    let source = format!("{source}; read {}{draft}. Guidance, not legal advice.", duty.checked_on);
    let named = [
        ("Clock", word_clock_history(case, duty, now, ways)),
        ("Tell", duty.to.clone()),
        ("Reach", duty.reach.clone()),
        ("Grading", word_grading(case, duty, ways)),
        ("Starts", duty.starts.clone()),
        ("Allows", allowed_span(duty.limit)),
        ("Says", duty.content.join("; ")),
        ("As sent", find_sent_text(case, duty)),
        ("Source", source),
    ];
    let rows = named.into_iter().filter(|(_, text)| !text.is_empty());
    rows.flat_map(|(name, text)| {
        hang_text(&format!(" {name:<8}"), &text, theme, Style::new(), cells.saturating_sub(1).min(84))
    })
    .collect()
}

/// How many duties there are.
pub(super) fn count_duties(screen: &OpenCase) -> usize {
    screen.case.duties().len()
}

/// The duty with the cursor.
pub(crate) fn find_selected_duty(screen: &OpenCase) -> Option<&Duty> {
    screen.case.duties().get(screen.row_here()).copied()
}

/// Draws it.
pub(super) fn draw_clocks(model: &Model, screen: &OpenCase, area: Rect, frame: &mut Frame<'_>) {
    let size = (usize::from(area.width), usize::from(area.height));
    frame.render_widget(Text::from(list_clock_lines(model, screen, shape_of_clocks(model, screen, size), size)), area);
}

/// The list in so many cells and rows. It has the same height whichever duty has the cursor: a click moves no row.
pub(super) fn shape_of_clocks(model: &Model, screen: &OpenCase, (cells, height): (usize, usize)) -> Shape {
    let (case, duties) = (&screen.case, screen.case.duties());
    let details = duties.iter().map(|duty| detail_of_duty(model, case, duty, cells).len()).max().unwrap_or(0);
    let least = (height * 2 / 5).max(ROWS);
    let room = height.saturating_sub(3).saturating_sub(details).max(least).min(duties.len());
    Shape { at: screen.row_here(), len: duties.len(), room }
}

/// The list of duties, and as much of the one with the cursor as there is room for.
fn list_clock_lines(
    model: &Model,
    screen: &OpenCase,
    shape: Shape,
    (cells, height): (usize, usize),
) -> Vec<Line<'static>> {
    let (case, at, theme) = (&screen.case, shape.at, model.env.theme);
    let duties = case.duties();
    let mut lines = vec![Line::styled(" Duties and their clocks", theme.strong()), Line::default()];
    let Some(duty) = duties.get(at) else {
        lines.push(Line::styled(" The playbooks of this case name no duty with a deadline.", theme.quiet()));
        return lines;
    };
    let details = detail_of_duty(model, case, duty, cells);
    let (rows, top) = (shape.room, shape.top(screen.top_here()));
    let stands = word_clock_states(case, model.env.now);
    let wide = stands.iter().map(|(text, _)| width_of(text)).max().unwrap_or(0).min(cells / 2);
    let names = duties.iter().map(|duty| width_of(&duty.title)).max().unwrap_or(0).min(cells.saturating_sub(wide + 4));
    for (row, (duty, (text, pressure))) in duties.iter().zip(stands).enumerate().skip(top).take(rows) {
        let room = cells.saturating_sub(names + 3);
        let text = cut_to(&text, room);
        let rest = " ".repeat(room.saturating_sub(width_of(&text)));
        let name = Span::raw(format!(" {}  ", pad_to(&duty.title, names)));
        let spans = vec![name, Span::styled(text, theme.press(pressure)), Span::raw(rest)];
        lines.push(theme.row(Line::from(spans), row, row == at));
    }
    let counted = if rows < duties.len() { format!(" {} of {}", at + 1, duties.len()) } else { String::new() };
    // A name that has no room in its row is read under the list.
    let whole =
        if width_of(&duty.title) > names { join_ends(&format!(" {}", duty.title), &counted, cells) } else { counted };
    lines.push(Line::styled(whole, theme.quiet()));
    let room = height.saturating_sub(lines.len());
    let more = details.len().saturating_sub(room);
    lines.extend(details.into_iter().take(if more > 0 { room.saturating_sub(1) } else { room }));
    if more > 0 {
        let key = model.key_names(Place::Clocks).key(ActionId::ClockRead);
        lines.push(Line::styled(format!(" … {} more lines: {key} shows all", more + 1), theme.quiet()));
    }
    lines
}
