//! `carecert playbook show`: readable text, or the flow as text or as a picture.

use super::find;
use crate::{
    cli::{Done, context::Context, options::playbook::Show, text_output},
    domain::{
        decide::command::Attach,
        playbook::{Choice, Form, Kind, Phase, Playbook, Question, Step, condition_text},
        text::safe,
    },
    playbook::{Cause, Effects, effects, flow_svg, flow_text},
};
use std::io::IsTerminal as _;

/// Prints a playbook.
pub(super) fn run(context: &Context, wanted: &Show) -> Done {
    let Attach { playbook, duties, .. } = find(&context.library(), &wanted.id)?;
    if wanted.svg {
        return text_output::give(context, &flow_svg(&playbook, &duties), wanted.out.as_deref(), wanted.force);
    }
    if wanted.flow {
        // Where the terminal is known to have no other signs, none are used.
        let poor = std::io::stdout().is_terminal() && std::env::var_os("TERM").is_some_and(|term| term == "dumb");
        context.print(&flow_text(&playbook, &duties, wanted.ascii || poor))?;
    } else if context.json {
        context.print_json(&playbook)?;
    } else {
        context.print(&text(&playbook))?;
    }
    Ok(0)
}

fn text(playbook: &Playbook) -> String {
    let mut lines = vec![format!("{} ({} {})", playbook.title, playbook.id, playbook.version)];
    lines.push(playbook.summary.clone());
    if !playbook.roles.is_empty() {
        lines.push("\nROLES".into());
        lines.extend(playbook.roles.iter().map(|role| format!("  {} [{}]  {}", role.title, role.id, role.does)));
    }
    for phase in &playbook.phases {
        lines.extend(phase_lines(playbook, phase));
        for step in &phase.steps {
            lines.extend(step_lines(playbook, step));
        }
    }
    if !playbook.duties.is_empty() {
        lines.push(format!("\nDuties that it may start: {}", playbook.duties.join(", ")));
    }
    lines.push("\nSources".into());
    lines.extend(playbook.sources.iter().map(|source| format!("  {source}")));
    lines.push("\nGuidance, not legal advice.".into());
    lines.iter().map(|line| shown(line)).collect::<Vec<_>>().join("\n")
}

/// Safe, with the empty line that stands before a heading.
fn shown(line: &str) -> String {
    match line.strip_prefix('\n') {
        Some(rest) => format!("\n{}", safe(rest)),
        None => safe(line).into_owned(),
    }
}

fn phase_lines(playbook: &Playbook, phase: &Phase) -> Vec<String> {
    let mut lines = vec![format!("\n{}", phase.title.to_uppercase())];
    if !phase.needs.is_empty() {
        let title = |id: &String| {
            playbook.phases.iter().find(|other| other.id == *id).map_or(id.clone(), |other| other.title.clone())
        };
        lines.push(format!("  begins after {}", phase.needs.iter().map(title).collect::<Vec<_>>().join(", ")));
    }
    if !phase.when.is_always() {
        lines.push(format!("  applies if {}", condition_text::condition(playbook, &phase.when)));
    }
    lines
}

fn step_lines(playbook: &Playbook, step: &Step) -> Vec<String> {
    let due = Some(condition_text::due(playbook, step)).filter(|due| !due.is_empty());
    let owner = playbook.role_title(&step.owner).to_owned();
    let parts = [step.kind.word().to_owned(), owner].into_iter().chain(due).filter(|part| !part.is_empty());
    let mut lines = vec![format!("\n  {} [{}] {}", step.title, step.id, parts.collect::<Vec<_>>().join(", "))];
    let mut say = |label: &str, text: &str| {
        if !text.is_empty() {
            lines.push(format!("    {label:<7} {text}"));
        }
    };
    say("do", &step.what);
    say("why", &step.why);
    say("care", &step.care);
    say("expect", &step.expects.join("; "));
    say("each", &step.each.as_ref().map_or_else(String::new, |list| format!("once for each thing in {list}")));
    say("needs", &step.needs.join(", "));
    if !step.when.is_always() {
        say("when", &condition_text::condition(playbook, &step.when));
    }
    say(
        "shared",
        &step.shared.as_ref().map_or_else(String::new, |name| format!("the same step in all playbooks as {name}")),
    );
    for question in &step.asks {
        asks(playbook, question, &mut say);
    }
    kind(playbook, step, &mut say);
    lines
}

fn asks(playbook: &Playbook, question: &Question, say: &mut dyn FnMut(&str, &str)) {
    let form = match &question.form {
        Form::Text => "words",
        Form::Number => "a number",
        Form::YesNo => "yes or no",
        Form::OneOf(_) => "one of these",
        Form::List => "a list",
    };
    let optional = if question.optional { ", may be left out" } else { "" };
    let help = if question.help.is_empty() { String::new() } else { format!(" {}", question.help) };
    say("asks", &format!("{}: {} ({form}{optional}){help}", question.id, question.ask));
    let cause = Cause::Question(&question.id);
    match &question.form {
        Form::OneOf(options) => choices(playbook, cause, options, say),
        Form::YesNo => {
            for (way, effect) in ["yes", "no"].into_iter().zip(effects(playbook, cause, &["yes", "no"])) {
                if !effect.is_empty() {
                    say("", &format!("{way}: {}", follows(&effect)));
                }
            }
        }
        Form::Text | Form::Number | Form::List => {}
    }
}

fn choices(playbook: &Playbook, cause: Cause<'_>, options: &[Choice], say: &mut dyn FnMut(&str, &str)) {
    let ids: Vec<&str> = options.iter().map(|option| option.id.as_str()).collect();
    for (option, effect) in options.iter().zip(effects(playbook, cause, &ids)) {
        let means = if option.means.is_empty() { String::new() } else { format!(": {}", option.means) };
        say("option", &format!("{} = {}{means}", option.id, option.label));
        if !effect.is_empty() {
            say("", &format!("  {}", follows(&effect)));
        }
    }
}

/// `opens csoc, nis; closes sc3`.
fn follows(effect: &Effects) -> String {
    let parts = [("opens", &effect.opens), ("may open", &effect.may_open), ("closes", &effect.closes)];
    let said = parts.iter().filter(|(_, steps)| !steps.is_empty());
    said.map(|(word, steps)| format!("{word} {}", steps.join(", "))).collect::<Vec<_>>().join("; ")
}

fn kind(playbook: &Playbook, step: &Step, say: &mut dyn FnMut(&str, &str)) {
    let cause = Cause::Step(&step.id);
    let outcomes = |say: &mut dyn FnMut(&str, &str)| {
        let ways = step.kind.outcomes();
        for (way, effect) in ways.iter().zip(effects(playbook, cause, &ways)) {
            if !effect.is_empty() {
                say("", &format!("{way}: {}", follows(&effect)));
            }
        }
    };
    match &step.kind {
        Kind::Decision { question, options } => {
            say("ask", question);
            choices(playbook, cause, options, say);
        }
        Kind::Notify { duty, to, say: text } => {
            say("tell", to);
            say("duty", duty.as_deref().unwrap_or_default());
            say("say", text);
        }
        Kind::Command { lines } => {
            for line in lines {
                let folder = if line.folder.is_empty() { String::new() } else { format!("  (in {})", line.folder) };
                say("run", &format!("{}: {}{folder}", line.system.word(), line.argv.join(" ")));
            }
            outcomes(say);
        }
        Kind::Approve { by, question } => {
            say("ask", &format!("{}: {question}", playbook.role_title(by)));
            outcomes(say);
        }
        Kind::Recur { until: Some(until), .. } => say("until", &format!("{until} is settled")),
        Kind::Task | Kind::Collect | Kind::Recur { until: None, .. } => {}
    }
}
