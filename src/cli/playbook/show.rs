//! `carecert playbook show`: readable text, or the flow as text or as a picture.

use crate::{
    cli::{context::Context, failure::CommandResult, references::find_playbook, text_output::give_text},
    domain::{
        decide::Attach,
        playbook::{Choice, Form, Phase, Playbook, Question, Step, StepKind, condition_text},
        text::make_safe,
    },
    playbook::{Cause, Effects, flow_svg, flow_text, list_effects},
};
use clap::{Args, ValueHint};
use std::{io::IsTerminal as _, path::PathBuf};

/// Print one as readable text, or as a drawn flow.
#[derive(Debug, Args)]
pub(crate) struct ShowPlaybook {
    /// Its id, or a file.
    #[arg(value_name = "ID")]
    id: String,
    /// Draw the flow as text: phases, steps, what they wait for, and where each option leads.
    #[arg(long, conflicts_with = "svg")]
    flow: bool,
    /// Use no signs but ASCII in the flow.
    #[arg(long, requires = "flow")]
    ascii: bool,
    /// Draw the flow as an SVG picture.
    #[arg(long)]
    svg: bool,
    /// The file to write the picture to; standard output otherwise.
    #[arg(long, value_name = "FILE", requires = "svg", value_hint = ValueHint::FilePath)]
    out: Option<PathBuf>,
    /// Write over a file that is there.
    #[arg(long, requires = "out")]
    force: bool,
}

impl ShowPlaybook {
    pub(crate) fn run(self, context: &mut Context) -> CommandResult {
        let Attach { playbook, duties, .. } = find_playbook(&context.read_usable_playbooks(), &self.id)?;
        if self.svg {
            return give_text(context, &flow_svg(&playbook, &duties), self.out.as_deref(), self.force);
        }
        if self.flow {
            // Where the terminal is known to have no other signs, none are used.
            let poor = std::io::stdout().is_terminal() && std::env::var_os("TERM").is_some_and(|term| term == "dumb");
            context.print(&flow_text(&playbook, &duties, self.ascii || poor))?;
        } else if context.json {
            context.print_json(&playbook)?;
        } else {
            context.print(&describe_playbook(&playbook))?;
        }
        Ok(0)
    }
}

fn describe_playbook(playbook: &Playbook) -> String {
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
    lines.iter().map(|line| make_line_safe(line)).collect::<Vec<_>>().join("\n")
}

/// Safe, with the empty line that stands before a heading.
fn make_line_safe(line: &str) -> String {
    match line.strip_prefix('\n') {
        Some(rest) => format!("\n{}", make_safe(rest)),
        None => make_safe(line).into_owned(),
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
        lines.push(format!("  applies if {}", condition_text::word_condition(playbook, &phase.when)));
    }
    lines
}

fn step_lines(playbook: &Playbook, step: &Step) -> Vec<String> {
    let due = Some(condition_text::word_due_time(playbook, step)).filter(|due| !due.is_empty());
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
        say("when", &condition_text::word_condition(playbook, &step.when));
    }
    say(
        "shared",
        &step.shared.as_ref().map_or_else(String::new, |name| format!("the same step in all playbooks as {name}")),
    );
    for question in &step.asks {
        say_question(playbook, question, &mut say);
    }
    say_kind(playbook, step, &mut say);
    lines
}

fn say_question(playbook: &Playbook, question: &Question, say: &mut dyn FnMut(&str, &str)) {
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
        Form::OneOf(options) => say_choices(playbook, cause, options, say),
        Form::YesNo => {
            for (way, effect) in ["yes", "no"].into_iter().zip(list_effects(playbook, cause, &["yes", "no"])) {
                if !effect.is_empty() {
                    say("", &format!("{way}: {}", describe_effects(&effect)));
                }
            }
        }
        Form::Text | Form::Number | Form::List => {}
    }
}

fn say_choices(playbook: &Playbook, cause: Cause<'_>, options: &[Choice], say: &mut dyn FnMut(&str, &str)) {
    let ids: Vec<&str> = options.iter().map(|option| option.id.as_str()).collect();
    for (option, effect) in options.iter().zip(list_effects(playbook, cause, &ids)) {
        let means = if option.means.is_empty() { String::new() } else { format!(": {}", option.means) };
        say("option", &format!("{} = {}{means}", option.id, option.label));
        if !effect.is_empty() {
            say("", &format!("  {}", describe_effects(&effect)));
        }
    }
}

/// `opens csoc, nis; closes sc3`.
fn describe_effects(effect: &Effects) -> String {
    let parts = [("opens", &effect.opens), ("may open", &effect.may_open), ("closes", &effect.closes)];
    let said = parts.iter().filter(|(_, steps)| !steps.is_empty());
    said.map(|(word, steps)| format!("{word} {}", steps.join(", "))).collect::<Vec<_>>().join("; ")
}

fn say_kind(playbook: &Playbook, step: &Step, say: &mut dyn FnMut(&str, &str)) {
    let cause = Cause::Step(&step.id);
    let outcomes = |say: &mut dyn FnMut(&str, &str)| {
        let ways = step.kind.outcomes();
        for (way, effect) in ways.iter().zip(list_effects(playbook, cause, &ways)) {
            if !effect.is_empty() {
                say("", &format!("{way}: {}", describe_effects(&effect)));
            }
        }
    };
    match &step.kind {
        StepKind::Decision { question, options } => {
            say("ask", question);
            say_choices(playbook, cause, options, say);
        }
        StepKind::Notify { duty, to, say: text } => {
            say("tell", to);
            say("duty", duty.as_deref().unwrap_or_default());
            say("say", text);
        }
        StepKind::Command { lines } => {
            for line in lines {
                let folder = if line.folder.is_empty() { String::new() } else { format!("  (in {})", line.folder) };
                say("run", &format!("{}: {}{folder}", line.system.word(), line.argv.join(" ")));
            }
            outcomes(say);
        }
        StepKind::Approve { by, question } => {
            say("ask", &format!("{}: {question}", playbook.role_title(by)));
            outcomes(say);
        }
        StepKind::Recur { until: Some(until), .. } => say("until", &format!("{until} is settled")),
        StepKind::Task | StepKind::Collect | StepKind::Recur { until: None, .. } => {}
    }
}
