//! `carecert status`.

use super::{
    Done,
    context::{Context, local},
};
use crate::{
    domain::{
        case::{Case, ClockState},
        progress::{Standing, Standpoint},
        text::safe,
        time::Time,
    },
    runtime::clock,
};
use serde::Serialize;

#[derive(Serialize)]
struct Answer {
    case: String,
    title: String,
    severity: String,
    tlp: String,
    state: &'static str,
    exercise: bool,
    opened: Option<Time>,
    occurred: Option<Time>,
    updated: Option<Time>,
    next: Option<String>,
    steps: Vec<StepRow>,
    clocks: Vec<ClockRow>,
    people: Vec<crate::domain::person::Person>,
    playbooks: Vec<String>,
    evidence: usize,
    decisions: usize,
    losses: usize,
    seal: String,
    records: u64,
}

#[derive(Serialize)]
struct StepRow {
    id: String,
    playbook: String,
    phase: String,
    title: String,
    kind: &'static str,
    state: &'static str,
    waits_for: Vec<String>,
    choice: Option<String>,
    owner: String,
    due: Option<Time>,
    entry: Option<String>,
}

#[derive(Serialize)]
struct ClockRow {
    duty: String,
    title: String,
    state: &'static str,
    aware: Time,
    deadline: Option<Time>,
    note: String,
}

/// Says where a case stands.
pub(super) fn run(context: &mut Context, case: &str) -> Done {
    let case = context.read(case, 0)?.case;
    if context.json {
        context.print_json(&answer(&case))?
    } else {
        context.print(&text(&case))?
    }
    Ok(0)
}

fn answer(case: &Case) -> Answer {
    Answer {
        case: case.id.to_string(),
        title: case.title.clone(),
        severity: case.severity.to_string(),
        tlp: case.tlp.to_string(),
        state: if case.closed { "closed" } else { "open" },
        exercise: case.exercise,
        opened: case.opened,
        occurred: case.occurred,
        updated: case.updated,
        next: case.next(clock::now().at).map(|point| point.name().step),
        steps: case.steps().map(|point| step_row(case, &point)).collect(),
        clocks: case
            .clocks
            .iter()
            .map(|clock| ClockRow {
                duty: clock.duty.id.clone(),
                title: clock.duty.title.clone(),
                state: clock_word(clock.state),
                aware: clock.aware,
                deadline: clock.deadline,
                note: clock.note.clone(),
            })
            .collect(),
        people: case.people.clone(),
        playbooks: case.plans.iter().map(|plan| plan.playbook.id.clone()).collect(),
        evidence: case.evidence.len(),
        decisions: case.decisions.len(),
        losses: case.losses.len(),
        seal: case.seal().to_string(),
        records: case.records,
    }
}

fn step_row(case: &Case, point: &Standpoint<'_>) -> StepRow {
    StepRow {
        id: point.step.id.clone(),
        playbook: point.plan.playbook.id.clone(),
        phase: point.phase.id.clone(),
        title: point.step.title.clone(),
        kind: point.step.kind.word(),
        state: point.standing.word(),
        waits_for: match &point.standing {
            Standing::Waiting(steps) => steps.clone(),
            _ => Vec::new(),
        },
        choice: point.progress.and_then(|progress| progress.choice.clone()),
        owner: point.step.owner.clone(),
        due: point.due,
        entry: point.progress.map(|progress| case.cite(&progress.entry)),
    }
}

fn clock_word(state: ClockState) -> &'static str {
    match state {
        ClockState::Running => "running",
        ClockState::Met => "met",
        ClockState::Waived => "waived",
    }
}

fn mark(standing: &Standing) -> char {
    match standing {
        Standing::Done => '✓',
        Standing::Repeats => '↻',
        Standing::Started => '▶',
        Standing::Ready => '○',
        Standing::Waiting(_) => '⏸',
        Standing::Blocked(_) => '✗',
        Standing::Skipped | Standing::Closed => '–',
    }
}

fn text(case: &Case) -> String {
    let now = clock::now().at;
    let state = if case.closed { "closed" } else { "open" };
    let exercise = if case.exercise { "  EXERCISE" } else { "" };
    let mut lines = vec![
        format!("{} {}", case.id.short(), safe(&case.title)),
        format!("{}  {}  {state}{exercise}", case.severity.word().to_uppercase(), case.tlp),
        format!(
            "opened {}   {} entries   seal {}",
            case.opened.map_or_else(|| "?".into(), local),
            case.records,
            case.seal()
        ),
    ];
    for loss in &case.losses {
        lines.push(format!(
            "‼ ENTRIES {} TO {} WERE LOST, see {}",
            loss.what.after + 1,
            loss.what.last,
            loss.what.kept
        ));
    }
    match case.next(now) {
        _ if case.closed => lines.push("\nnothing is next: the case is closed".into()),
        Some(next) => {
            let due = next.due.map_or_else(String::new, |due| format!("  {}", when(due, now)));
            lines.push(format!(
                "\nnext: {} ({}){due}\n  {}",
                safe(&next.title()),
                safe(&next.name().step),
                safe(&next.fill(&next.step.what))
            ));
        }
        None => lines.push("\nnothing is next: no step is open".into()),
    }
    if !case.clocks.is_empty() {
        lines.push("\nclocks".into());
    }
    for clock in &case.clocks {
        let deadline = clock.deadline.map_or_else(|| "without undue delay".into(), |at| when(at, now));
        let how = match clock.state {
            ClockState::Running => deadline,
            state => format!("{} {}", clock_word(state), local(clock.since)),
        };
        lines.push(format!("  {:<14} {}  {how}", clock.duty.id, safe(&clock.duty.title)));
    }
    let mut phase = String::new();
    for point in case.steps() {
        let heading = format!("{} · {}", safe(&point.plan.playbook.title), safe(&point.phase.title));
        if heading != phase {
            lines.push(format!("\n{heading}"));
            phase = heading;
        }
        let more = match &point.standing {
            Standing::Waiting(steps) => format!("  waits for {}", steps.join(", ")),
            Standing::Blocked(why) => format!("  blocked: {}", safe(why)),
            standing if standing.settled() => String::new(),
            _ => point.due.map_or_else(String::new, |due| format!("  {}", when(due, now))),
        };
        lines.push(format!("  {} {:<20} {}{more}", mark(&point.standing), point.step.id, safe(&point.step.title)));
    }
    lines.join("\n")
}

/// `due 2026-11-22 03:45:00 +00:00, in 4 min` or `PASSED …, 12 min ago`.
fn when(at: Time, now: Time) -> String {
    let seconds = at.seconds_since(now);
    let minutes = seconds.unsigned_abs() / 60;
    let span = match minutes {
        0..=119 => format!("{minutes} min"),
        120..=2879 => format!("{} h", minutes / 60),
        _ => format!("{} days", minutes / 1440),
    };
    if seconds < 0 { format!("PASSED {}, {span} ago", local(at)) } else { format!("due {}, in {span}", local(at)) }
}
