//! Where a case stands, for people.

use super::status_subjects::subject_lines;
use crate::{
    cli::{
        duty_lines::{describe_due, duty_lines, duty_rows},
        times::{format_local, read_clock},
    },
    domain::{
        case::{
            Case,
            steps::{StepStatus, StepView},
        },
        playbook::{Step, StepKind, condition_text},
        step::attached_playbook::AttachedPlaybook,
        text::make_safe,
        time::Time,
        wording::number,
    },
};

/// Title, next step, clocks, answers and every step.
pub(super) fn describe_status(case: &Case) -> String {
    let now = read_clock().at;
    let mut lines = heading_lines(case);
    lines.extend(next_step_lines(case, now));
    let clocks = duty_rows(case, now);
    let told: Vec<_> =
        clocks.into_iter().filter(|row| row.state != "not started" || row.suggested == Some(true)).collect();
    if !told.is_empty() {
        lines.push("\nclocks".into());
        lines.extend(duty_lines(&told, now));
    }
    lines.extend(subject_lines(case));
    lines.extend(answer_lines(case));
    let mut phase = String::new();
    for point in case.steps() {
        let heading = format!("{} · {}", make_safe(&point.plan.playbook.title), make_safe(&point.phase.title));
        if heading != phase {
            lines.push(format!("\n{heading}"));
            phase = heading;
        }
        let name = make_safe(&point.name().step).into_owned();
        let (title, more) = (point.title(), describe_step_status(case, &point, now));
        lines.push(format!("  {} {name:<20} {}{more}", point.status.sign(), make_safe(&title)));
    }
    lines.join("\n")
}

fn heading_lines(case: &Case) -> Vec<String> {
    let state = if case.closed { "closed" } else { "open" };
    let exercise = if case.exercise { "  EXERCISE" } else { "" };
    let opened = case.opened.map_or_else(|| "?".into(), format_local);
    let mut lines = vec![
        format!("{} {}", case.id.short(), make_safe(&case.title)),
        format!("{}  {}  {state}{exercise}", case.severity.word().to_uppercase(), case.tlp),
        format!("opened {opened}   {} entries   seal {}", case.records, case.seal()),
    ];
    for loss in &case.losses {
        let (first, last, kept) = (loss.what.after + 1, loss.what.last, make_safe(&loss.what.kept));
        lines.push(format!("‼ ENTRIES {first} TO {last} WERE LOST, see {kept}"));
    }
    for seen in &case.damage {
        let mark = if seen.what.mended { "damage, mended" } else { "‼ DAMAGE" };
        lines.push(format!("{mark} ({}): {}", case.cite(&seen.entry), make_safe(&seen.what.what)));
    }
    lines
}

fn next_step_lines(case: &Case, now: Time) -> Vec<String> {
    let Some(next) = case.next(now).filter(|_| !case.closed) else {
        let why = if case.closed { "the case is closed" } else { "no step is open" };
        return vec![format!("\nnothing is next: {why}")];
    };
    let due = next.due.map_or_else(String::new, |due| format!("  {}", describe_due(due, now)));
    let name = next.name().step;
    let mut lines = vec![
        format!("\nnext: {} ({}){due}", make_safe(&next.title()), make_safe(&name)),
        format!("  {}", make_safe(&next.fill(&next.step.what))),
    ];
    for question in &next.step.asks {
        lines.push(format!("  asks {}: {}", make_safe(&question.id), make_safe(&next.fill(&question.ask))));
    }
    match &next.step.kind {
        StepKind::Decision { question, options } => {
            let ids: Vec<&str> = options.iter().map(|option| option.id.as_str()).collect();
            lines.push(format!("  {} {}", make_safe(&next.fill(question)), make_safe(&ids.join(" | "))));
        }
        StepKind::Approve { by, question } => {
            let by = next.plan.playbook.role_title(by);
            lines.push(format!("  ask {}: {}", make_safe(by), make_safe(&next.fill(question))));
        }
        StepKind::Command { lines: commands } => {
            for command in commands {
                let argv: Vec<String> = command.argv.iter().map(|word| next.fill(word)).collect();
                lines.push(format!("  {}: {}", command.system.word(), make_safe(&argv.join(" "))));
            }
        }
        StepKind::Task | StepKind::Collect | StepKind::Notify { .. } | StepKind::Recur { .. } => {}
    }
    lines
}

fn answer_lines(case: &Case) -> Vec<String> {
    let given = |plan: &&AttachedPlaybook| !plan.answers.is_empty();
    let mut lines = Vec::new();
    for plan in case.plans.iter().filter(given) {
        if lines.is_empty() {
            lines.push("\nanswers".to_owned());
        }
        for (_, question) in plan.playbook.questions() {
            if let Some(answered) = plan.answers.get(&question.id) {
                let words = answered.value.words(&question.form);
                let (id, ask) = (make_safe(&question.id), plan.fill(&question.ask, None));
                lines.push(format!(
                    "  {id:<14} {} {} ({})",
                    make_safe(&ask),
                    make_safe(&words),
                    case.cite(&answered.entry)
                ));
            }
        }
    }
    lines
}

/// What stands behind the title: what it waits for, how it came out, when it is due.
fn describe_step_status(case: &Case, point: &StepView<'_>, now: Time) -> String {
    let due = || point.due.map_or_else(String::new, |due| format!("  {}", describe_due(due, now)));
    let choice = point.progress.and_then(|progress| progress.choice.as_deref());
    let came = choice.map_or_else(String::new, |choice| {
        format!(": {}", make_safe(&describe_outcome(point.plan, point.step, choice)))
    });
    let through = point.progress.and_then(|progress| progress.through.as_ref());
    let through = through.map_or_else(String::new, |other| format!(" (in {})", make_safe(&other.to_string())));
    match &point.status {
        StepStatus::Waiting(steps) => format!("  waits for {}", make_safe(&steps.join(", "))),
        StepStatus::Blocked(why) => format!("  blocked: {}", make_safe(why)),
        StepStatus::Repeats => {
            let (times, entry) =
                point.progress.map_or((0, String::new()), |progress| (progress.times, case.cite(&progress.entry)));
            format!("  done {}, last {entry}; again{}", number::count_times(times), due())
        }
        StepStatus::Done => format!("{came}{through}"),
        StepStatus::Skipped | StepStatus::Closed => through,
        StepStatus::Ready | StepStatus::Started => due(),
    }
}

/// How a step came out, in words without quotation marks.
fn describe_outcome(plan: &AttachedPlaybook, step: &Step, choice: &str) -> String {
    let words = condition_text::word_outcome(&plan.playbook, &step.id, choice);
    plan.fill(words.trim_matches(['“', '”']), None)
}
