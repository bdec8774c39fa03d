//! The running clocks in a line, and the list of duties.

use super::CaseScreen;
use crate::{
    console::{
        boxes::clock::limit,
        theme::Theme,
        when::{Pressure, clock as at_clock, pressure, relative, span},
        width::{cut, pad, width},
    },
    domain::{
        case::{Case, Clock, ClockState},
        duty::Duty,
        time::{Now, Time},
    },
};
use ratatui::{
    style::Style,
    text::{Line, Span},
};

fn style(theme: Theme, pressure: Pressure) -> Style {
    match pressure {
        Pressure::Calm => Style::new(),
        Pressure::Near => theme.near(),
        Pressure::Passed => theme.alarm(),
    }
}

/// `in 0:03 !`, or `passed 0:12 ‼`: how long a deadline is away.
pub(crate) fn distance(deadline: Time, now: Now) -> (String, Pressure) {
    let pressure = pressure(deadline, now);
    let seconds = deadline.seconds_since(now.at);
    let text = match pressure {
        Pressure::Passed => format!("passed {}{}", span(-seconds), pressure.sign()),
        // Rounded up, so that what is shown as left is never nothing while something is.
        _ => format!("in {}{}", span(seconds + 59), pressure.sign()),
    };
    (text, pressure)
}

/// The clocks in a line: running ones by deadline, then those that wait to be started.
pub(crate) fn strip(screen: &CaseScreen, theme: Theme, now: Option<Now>, cells: usize) -> Line<'static> {
    let case = &screen.case;
    let duties = case.duties();
    let Some(now) = now else { return Line::default() };
    let mut running: Vec<&Clock> = case.clocks.iter().filter(|c| c.state == ClockState::Running).collect();
    running.sort_by_key(|clock| (clock.deadline.is_none(), clock.deadline));
    let mut parts: Vec<(String, Style)> = running
        .iter()
        .map(|clock| match clock.deadline {
            Some(deadline) => {
                let (text, pressure) = distance(deadline, now);
                (format!("{} {text}", cut(&clock.duty.title, cells / 3)), style(theme, pressure))
            }
            None => (format!("{} without delay", cut(&clock.duty.title, cells / 3)), theme.near()),
        })
        .collect();
    let idle = duties.iter().filter(|duty| case.clock(&duty.id).is_none()).count();
    let rest = match (parts.is_empty(), idle) {
        (_, 0) if duties.is_empty() => "no duty has a clock here".to_owned(),
        (true, 0) => "no clock runs".into(),
        (false, 0) => String::new(),
        (true, idle) => format!("no clock runs; {idle} may apply: t shows them"),
        (false, idle) => format!("{idle} not started"),
    };
    parts.push((rest, theme.quiet()));
    let mut spans = vec![Span::raw(" ")];
    let mut used = 1;
    let last = parts.len();
    for (place, (text, style)) in parts.into_iter().filter(|(text, _)| !text.is_empty()).enumerate() {
        let left = cells.saturating_sub(used);
        // What does not fit is counted, and the list of duties has it.
        if width(&text) > left || (left < 24 && place + 1 < last && width(&text) + 10 > left) {
            spans.push(Span::styled(cut(&format!("… {} more: t", last - place), left), theme.quiet()));
            break;
        }
        let text = cut(&text, left);
        used += width(&text) + 3;
        spans.push(Span::styled(text, style));
        spans.push(Span::raw("   "));
    }
    Line::from(spans)
}

/// How a duty stands, in a few words.
pub(crate) fn standing(case: &Case, duty: &Duty, now: Option<Now>) -> (String, Pressure) {
    let calm = |text: String| (text, Pressure::Calm);
    let at = |time: Time| now.map(|now| at_clock(time, now)).unwrap_or_default();
    match case.clock(&duty.id) {
        None => calm("○ not started".into()),
        Some(Clock { state: ClockState::Met, since, note, deadline, .. }) => {
            let late = deadline.is_some_and(|deadline| *since > deadline);
            calm(format!("✓ met {}{} {note}", if late { "LATE " } else { "" }, at(*since)))
        }
        Some(Clock { state: ClockState::Waived, note, .. }) => calm(format!("– waived: {note}")),
        Some(Clock { deadline: None, aware, .. }) => calm(format!("▶ since {}, without undue delay", at(*aware))),
        Some(Clock { deadline: Some(deadline), .. }) => match now {
            Some(now) => {
                let pressure = pressure(*deadline, now);
                let by = at_clock(*deadline, now);
                (format!("▶ by {by}, {}{}", relative(*deadline, now), pressure.sign()), pressure)
            }
            None => calm("▶ running".into()),
        },
    }
}

/// What the grading says of a duty that hangs on one: a help to the person who decides.
fn grading(case: &Case, duty: &Duty) -> String {
    if duty.gate.is_empty() {
        return String::new();
    }
    match case.graded(&duty.id) {
        Some(true) => "suggests that it applies; a person decides".into(),
        Some(false) => "suggests that it does not apply; a person decides".into(),
        None => "not graded yet".into(),
    }
}

/// The list of duties, and the one with the cursor in full.
pub(crate) fn list(screen: &CaseScreen, at: usize, theme: Theme, now: Option<Now>, cells: usize) -> Vec<Line<'static>> {
    let case = &screen.case;
    let duties = case.duties();
    let mut lines = vec![Line::styled(" Duties and their clocks", theme.strong()), Line::default()];
    if duties.is_empty() {
        lines.push(Line::styled(" The playbooks of this case name no duty with a deadline.", theme.quiet()));
    }
    let names = duties.iter().map(|duty| width(&duty.title)).max().unwrap_or(0).min(cells / 2);
    for (row, duty) in duties.iter().enumerate() {
        let (text, pressure) = standing(case, duty, now);
        let room = cells.saturating_sub(names + 3);
        let spans = vec![
            Span::raw(format!(" {}  ", pad(&duty.title, names))),
            Span::styled(pad(&text, room), style(theme, pressure)),
        ];
        let line = Line::from(spans);
        lines.push(if row == at { line.patch_style(theme.picked()) } else { line });
    }
    let Some(duty) = duties.get(at) else { return lines };
    lines.push(Line::default());
    let draft = if duty.confirmed { "" } else { "; a draft, not yet confirmed" };
    let source = format!("{}, read {}{draft}. Guidance, not legal advice.", duty.source, duty.checked_on);
    for (name, text) in [
        ("Tell", duty.to.clone()),
        ("Reach", duty.reach.clone()),
        ("Starts", duty.starts.clone()),
        ("Allows", limit(duty)),
        ("Says", duty.content.join("; ")),
        ("Grading", grading(case, duty)),
        ("As sent", case.clock(&duty.id).map(|clock| clock.text.clone()).unwrap_or_default()),
        ("Source", source),
    ] {
        if !text.is_empty() {
            lines.extend(super::step::hanging(&format!(" {name:<8}"), &text, theme, Style::new(), cells.min(75)));
        }
    }
    lines
}
