//! The flow of a playbook drawn as text, 80 columns wide.

use super::{
    Cause, Effects, edges, effects,
    outcomes::{list_answers, list_outcomes},
    phase_head, step_title,
};
use crate::domain::{
    duty::Duty,
    playbook::{Form, Kind, Playbook, Step},
    text::make_safe,
    wording::duration::short_span,
};

/// Columns.
const WIDTH: usize = 80;

/// The signs of a drawing.
struct Signs {
    rule: char,
    rail: char,
    branch: &'static str,
    last: &'static str,
    opens: char,
    closes: char,
    from: char,
    ascii: bool,
}

/// The signs for a terminal that shows Unicode.
const DRAWN: Signs =
    Signs {
        rule: '─', rail: '│', branch: "├─", last: "└─", opens: '▸', closes: '✕', from: '◂', ascii: false
    };
/// The signs for a terminal or a file that takes ASCII only.
const PLAIN: Signs =
    Signs { rule: '-', rail: '|', branch: "+-", last: "`-", opens: '>', closes: 'x', from: '<', ascii: true };

/// Draws each phase as a block: its steps, what each waits for, and where each option leads. Safe to print.
pub fn flow_text(playbook: &Playbook, duties: &[Duty], ascii: bool) -> String {
    let signs = if ascii { &PLAIN } else { &DRAWN };
    let arrows = edges(playbook, duties);
    let mut lines = vec![format!("{} ({} {})", playbook.title, playbook.id, playbook.version)];
    for phase in &playbook.phases {
        let title = format!("{0}{0} {1} ", signs.rule, phase.title);
        let rest = WIDTH.saturating_sub(title.chars().count());
        lines.push(String::new());
        lines.push(title + &signs.rule.to_string().repeat(rest));
        let head = phase_head(playbook, phase);
        if !head.is_empty() {
            push_wrapped(&mut lines, &format!("   {} ", signs.from), "     ", &head);
        }
        for step in &phase.steps {
            lines.push(draw_step_line(playbook, step, signs));
            let own = arrows.iter().filter(|edge| edge.to == step.id);
            let waits: Vec<String> =
                own.map(|edge| {
                    if edge.label.is_empty() { edge.from.clone() } else { format!("{} ({})", edge.from, edge.label) }
                })
                .collect();
            let rail = signs.rail;
            if !waits.is_empty() {
                push_wrapped(
                    &mut lines,
                    &format!(" {rail} {} ", signs.from),
                    &format!(" {rail}   "),
                    &waits.join(", "),
                );
            }
            for question in &step.asks {
                let ways = list_answers(playbook, duties, question);
                let choices: Vec<&str> = match question.form {
                    Form::YesNo | Form::OneOf(_) => {
                        ways.iter().map(|way| &*way.id).filter(|id| !id.is_empty()).collect()
                    }
                    Form::Text | Form::Number | Form::List => Vec::new(),
                };
                push_wrapped(
                    &mut lines,
                    &format!(" {rail} ? {}: ", question.id),
                    &format!(" {rail}     "),
                    &question.ask,
                );
                draw_branches(&mut lines, playbook, Cause::Question(&question.id), &choices, signs);
            }
            let ways = list_outcomes(step);
            let choices: Vec<&str> = ways.iter().map(|way| &*way.id).collect();
            draw_branches(&mut lines, playbook, Cause::Step(&step.id), &choices, signs);
        }
    }
    lines.push(String::new());
    push_wrapped(&mut lines, "", "", &legend_line(signs));
    let drawn = lines.iter().map(|line| make_safe(line).trim_end().to_owned()).collect::<Vec<_>>().join("\n");
    if ascii { to_ascii(&drawn) } else { drawn }
}

/// One step on one line: sign, id and title on the left, role and due time on the right. The left side gives way first.
fn draw_step_line(playbook: &Playbook, step: &Step, signs: &Signs) -> String {
    let due = step.due.map_or_else(String::new, short_span);
    let every = match step.kind {
        Kind::Recur { every, .. } => format!("every {}", short_span(every)),
        Kind::Task
        | Kind::Decision { .. }
        | Kind::Command { .. }
        | Kind::Collect
        | Kind::Notify { .. }
        | Kind::Approve { .. } => due,
    };
    let named = step.title.contains("{item}");
    let each = step.each.as_ref().filter(|_| !named);
    let each = each.map_or_else(String::new, |list| format!(" (each of {list})"));
    let left = format!(" {} {:<16} {}{each}", kind_sign(&step.kind, signs.ascii), step.id, step_title(step));
    let role = playbook.role_title(&step.owner);
    let right = [role, &every].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ");
    let room = WIDTH.saturating_sub(right.chars().count() + 1);
    // A long role must not take the whole line.
    let left = cut_columns(&left, room.max(40));
    let right = cut_columns(&right, WIDTH.saturating_sub(left.chars().count() + 1));
    let gap = WIDTH.saturating_sub(left.chars().count() + right.chars().count());
    format!("{left}{}{right}", " ".repeat(gap))
}

/// Draws a branch for each way with the steps that it opens and closes. A question that changes nothing gets none; an
/// outcome always does, so that all options of a decision are seen.
fn draw_branches(lines: &mut Vec<String>, playbook: &Playbook, cause: Cause<'_>, ways: &[&str], signs: &Signs) {
    let effects = effects(playbook, cause, ways);
    if !matches!(cause, Cause::Step(_)) && effects.iter().all(Effects::is_empty) {
        return;
    }
    for (at, (way, effect)) in ways.iter().zip(&effects).enumerate() {
        let branch = if at + 1 == ways.len() { signs.last } else { signs.branch };
        let rail = if at + 1 == ways.len() { ' ' } else { signs.rail };
        let mut parts = Vec::new();
        if !effect.opens.is_empty() {
            parts.push(format!("{} {}", signs.opens, effect.opens.join(", ")));
        }
        if !effect.may_open.is_empty() {
            parts.push(format!("{}? {}", signs.opens, effect.may_open.join(", ")));
        }
        if !effect.closes.is_empty() {
            parts.push(format!("{} {}", signs.closes, effect.closes.join(", ")));
        }
        let first = format!(" {}   {branch} {way:<13} ", signs.rail);
        let next = format!(" {}   {rail}  {:<13} ", signs.rail, "");
        push_wrapped(lines, &first, &next, &parts.join("  "));
    }
}

/// The sign for a kind.
fn kind_sign(kind: &Kind, ascii: bool) -> char {
    match (kind, ascii) {
        (Kind::Task, false) => '□',
        (Kind::Decision { .. }, false) => '◇',
        (Kind::Command { .. }, false) => '▷',
        (Kind::Collect, false) => '▤',
        (Kind::Notify { .. }, false) => '✉',
        (Kind::Approve { .. }, false) => '☑',
        (Kind::Recur { .. }, false) => '↻',
        (Kind::Task, true) => '*',
        (Kind::Decision { .. }, true) => '?',
        (Kind::Command { .. }, true) => '$',
        (Kind::Collect, true) => '#',
        (Kind::Notify { .. }, true) => '!',
        (Kind::Approve { .. }, true) => '&',
        (Kind::Recur { .. }, true) => '@',
    }
}

/// What each sign means, on one line.
fn legend_line(signs: &Signs) -> String {
    let kinds = [
        Kind::Task,
        Kind::Decision { question: String::new(), options: Vec::new() },
        Kind::Command { lines: Vec::new() },
        Kind::Collect,
        Kind::Notify { duty: None, to: String::new(), say: String::new() },
        Kind::Approve { by: String::new(), question: String::new() },
        Kind::Recur { every: 0, until: None },
    ];
    let kinds = kinds.iter().map(|kind| format!("{} {}", kind_sign(kind, signs.ascii), kind.word()));
    let rest = [
        format!("{} waits for", signs.from),
        format!("{} opens", signs.opens),
        format!("{}? may open", signs.opens),
        format!("{} closes", signs.closes),
    ];
    kinds.chain(rest).collect::<Vec<_>>().join("  ")
}

/// Words over as many lines as they need.
fn push_wrapped(lines: &mut Vec<String>, first: &str, next: &str, text: &str) {
    let mut line = first.to_owned();
    let mut fresh = true;
    for word in text.split(' ') {
        if !fresh && line.chars().count() + 1 + word.chars().count() > WIDTH {
            lines.push(std::mem::replace(&mut line, next.to_owned()));
            fresh = true;
        }
        if !fresh {
            line.push(' ');
        }
        line.push_str(word);
        fresh = false;
    }
    lines.push(line);
}

/// The text, cut to `room` characters.
fn cut_columns(text: &str, room: usize) -> String {
    if text.chars().count() <= room {
        return text.to_owned();
    }
    text.chars().take(room.saturating_sub(1)).chain(['…']).collect()
}

/// Nothing but ASCII: what has no likeness becomes a question mark.
fn to_ascii(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            c if c.is_ascii() => plain.push(c),
            '…' => plain.push('~'),
            '≥' => plain.push_str(">="),
            '“' | '”' => plain.push('"'),
            '’' | '‘' => plain.push('\''),
            '–' | '—' => plain.push('-'),
            _ => plain.push('?'),
        }
    }
    plain
}
