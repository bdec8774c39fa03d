//! A step between the two formats: what CACAO's standard fields say of it, and what our extension holds.
//!
//! Export makes it from a step and writes it as JSON; import reads it from JSON and makes a step of it. A step that
//! would not come back as it was carries its original along, which counts while the standard fields are unchanged.

use super::compose::{Parts, compose_parts, parse_parts};
use super::condition::{self, Writer};
use super::extension::{self, AskExt, LineExt, StepExt};
use super::text::{Meaning, from_cacao, to_cacao};
use super::variables::{ITEM, Sort, Variables};
use super::{shell, variables};
use crate::domain::duty::Duty;
use crate::domain::playbook::{CommandLine, Form, Kind, Playbook, Role, Start, Step, System, When};
use std::collections::BTreeMap;

/// Milliseconds in a minute: CACAO counts in the one, we in the other.
pub(super) const MINUTE: u64 = 60_000;

/// One step in CACAO's fields.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct CacaoStep {
    pub(super) name: String,
    pub(super) description: String,
    /// The text of the manual command.
    pub(super) command: String,
    pub(super) lines: Vec<CacaoLine>,
    /// The role whose agent does it; empty for the agent that is nobody in particular.
    pub(super) agent: String,
    pub(super) target: Option<Target>,
    /// Milliseconds.
    pub(super) timeout: Option<u64>,
    /// Of the if-condition before it; empty where there is none.
    pub(super) condition: String,
    /// Milliseconds between one time and the next, of a loop.
    pub(super) delay: Option<u64>,
    /// Of the while-condition that repeats it; empty where there is none.
    pub(super) repeat: String,
    /// What the variables of its questions ask, in order.
    pub(super) asks: Vec<String>,
    pub(super) ext: StepExt,
}

/// A command line in CACAO's fields.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct CacaoLine {
    /// `bash`, `powershell` or `manual`.
    pub(super) sort: String,
    pub(super) note: String,
    pub(super) command: String,
}

/// Whom an action is aimed at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Target {
    /// The agent of a role.
    Role(String),
    /// Somebody of that name.
    Name(String),
}

/// What steps are read and written with.
pub(super) struct Context<'a> {
    pub(super) variables: Variables<'a>,
    pub(super) duties: &'a [Duty],
    pub(super) roles: &'a [Role],
    /// What variables stand for in texts.
    pub(super) places: BTreeMap<String, Meaning>,
}

impl<'a> Context<'a> {
    /// For the steps of `playbook`.
    pub(super) fn of(playbook: &'a Playbook, duties: &'a [Duty]) -> Self {
        let variables = Variables::of(playbook, duties);
        let mut places = BTreeMap::from([(ITEM.to_owned(), Meaning::Place("item".to_owned()))]);
        for (_, question) in playbook.questions() {
            let name = variables.name(Sort::Answer, &question.id).to_owned();
            places.insert(name, Meaning::Place(question.id.clone()));
        }
        Context { variables, duties, roles: &playbook.roles, places }
    }

    /// Writes conditions over these variables.
    pub(super) fn writer(&self) -> Writer<'_> {
        Writer { variables: &self.variables, duties: self.duties }
    }

    /// A text of ours, with CACAO's variables in it.
    fn text_to_cacao(&self, text: &str) -> String {
        to_cacao(text, &self.variables)
    }

    /// A text of CACAO's, with our placeholders in it.
    fn text_from_cacao(&self, text: &str) -> String {
        from_cacao(text, &self.places)
    }

    /// Whether the playbook describes a role of that id.
    pub(super) fn is_role(&self, id: &str) -> bool {
        self.roles.iter().any(|role| role.id == id)
    }
}

/// When a step applies: its phase must, and so must it.
pub(super) fn join_conditions(phase: &When, step: &When) -> When {
    match (phase, step) {
        (When::Always, only) | (only, When::Always) => only.clone(),
        (phase, step) => When::All(vec![phase.clone(), step.clone()]),
    }
}

/// The step in CACAO's fields. `phase` is when its phase applies.
pub(super) fn write_step(step: &Step, phase: &When, context: &Context<'_>) -> CacaoStep {
    let mut made = write_fields(step, phase, context);
    // The way back is tried at once, so that no export can lose anything.
    if self::read_step(&made, phase, context) != *step {
        made.ext.original = extension::write_notation(step);
    }
    made
}

/// The step in CACAO's fields, without the original that [`write_step`] may add.
fn write_fields(step: &Step, phase: &When, context: &Context<'_>) -> CacaoStep {
    let applies = join_conditions(phase, &step.when);
    let condition = if applies.is_always() { String::new() } else { context.writer().write(&applies) };
    let implied = phase.is_always()
        && condition::parse_condition(&condition, &context.variables).unwrap_or_default() == step.when;
    let mut ext = StepExt {
        step_id: step.id.clone(),
        kind: step.kind.word().to_owned(),
        owner: (!context.is_role(&step.owner)).then(|| step.owner.clone()),
        due_after: if step.due_after == Start::Playbook {
            String::new()
        } else {
            extension::write_notation(&step.due_after)
        },
        needs: step.needs.clone(),
        when: if implied { String::new() } else { extension::write_notation(&step.when) },
        each: step.each.clone(),
        asks: step.asks.iter().map(AskExt::of).collect(),
        shared: step.shared.clone(),
        ..StepExt::default()
    };
    let mut parts = Parts {
        what: context.text_to_cacao(&step.what),
        care: context.text_to_cacao(&step.care),
        expects: step.expects.iter().map(|expected| context.text_to_cacao(expected)).collect(),
        notes: write_notes(step, context),
        ..Parts::default()
    };
    let (mut target, mut lines, mut delay, mut repeat) = (None, Vec::new(), None, String::new());
    match &step.kind {
        Kind::Task | Kind::Collect => {}
        Kind::Decision { question, options } => {
            parts.question = context.text_to_cacao(question);
            parts.options.clone_from(options);
            for option in &mut parts.options {
                (option.label, option.means) =
                    (context.text_to_cacao(&option.label), context.text_to_cacao(&option.means));
            }
        }
        Kind::Command { lines: ours } => {
            ext.lines = ours.iter().map(|line| LineExt { system: line.system, folder: line.folder.clone() }).collect();
            lines = ours.iter().map(|line| self::write_line(line, ours.len() == 1, context)).collect();
        }
        Kind::Notify { duty, to, say } => {
            ext.duty.clone_from(duty);
            target = Some(Target::Name(context.text_to_cacao(to)));
            parts.say = context.text_to_cacao(say);
        }
        Kind::Approve { by, question } => {
            target = Some(if context.is_role(by) { Target::Role(by.clone()) } else { Target::Name(by.clone()) });
            parts.question = context.text_to_cacao(question);
        }
        Kind::Recur { every, until } => {
            delay = Some(u64::from(*every) * MINUTE);
            repeat = match until {
                Some(until) => context.writer().write(&When::Not(Box::new(When::Done(until.clone())))),
                None => format!("{}:value = true", variables::OPEN),
            };
        }
    }
    CacaoStep {
        name: context.text_to_cacao(&step.title),
        description: context.text_to_cacao(&step.why),
        command: compose_parts(&parts),
        lines,
        agent: if context.is_role(&step.owner) { step.owner.clone() } else { String::new() },
        target,
        timeout: step.due.map(|due| u64::from(due) * MINUTE),
        condition,
        delay,
        repeat,
        asks: step.asks.iter().map(|question| context.text_to_cacao(&question.ask)).collect(),
        ext,
    }
}

/// A command line. It is a command of its shell only where it is the only one: CACAO runs all that an action has.
fn write_line(line: &CommandLine, only: bool, context: &Context<'_>) -> CacaoLine {
    let argv: Vec<String> = line.argv.iter().map(|word| context.text_to_cacao(word)).collect();
    let (sort, command) = match (only, line.system) {
        (true, System::Windows) => ("powershell", shell::quote_powershell(&argv)),
        (true, System::Linux | System::MacOs) => ("bash", shell::quote_posix(&argv)),
        (false, System::Windows) => ("manual", shell::quote_powershell(&argv)),
        (false, System::Linux | System::MacOs) | (_, System::Any) => ("manual", shell::quote_posix(&argv)),
    };
    let folder = if line.folder.is_empty() { String::new() } else { format!(", in the folder {}", line.folder) };
    CacaoLine { sort: sort.to_owned(), note: format!("On {}{folder}", line.system.word()), command }
}

/// What people need to know that CACAO has no field for.
fn write_notes(step: &Step, context: &Context<'_>) -> String {
    let names = &context.variables;
    let mut notes = Vec::new();
    if let Some(each) = &step.each {
        notes.push(format!("Do this once for each of {}:value.", names.name(Sort::Answer, each)));
    }
    if let Some(due) = step.due {
        let from = match &step.due_after {
            Start::Playbook => "the start of the playbook".to_owned(),
            Start::Case => "the moment the incident was opened".to_owned(),
            Start::Step(step) => format!("the end of the step {step}"),
            Start::Aware(duty) => format!("the moment of awareness for {duty}"),
        };
        notes.push(format!("Due {due} minutes after {from}."));
    }
    match &step.kind {
        Kind::Decision { .. } => {
            let name = names.name(Sort::Outcome, &step.id);
            notes.push(format!("Set {name} to the option chosen, and write down why."));
        }
        Kind::Command { .. } => {
            let name = names.name(Sort::Outcome, &step.id);
            notes.push(format!("Read the command before you run it. Set {name} to succeeded or failed."));
        }
        Kind::Approve { by, .. } => {
            let title = context.roles.iter().find(|role| role.id == *by).map_or(by.as_str(), |role| &role.title);
            let name = names.name(Sort::Outcome, &step.id);
            notes.push(format!("{title} must agree. Set {name} to agreed or refused."));
        }
        Kind::Notify { duty: Some(duty), .. } => {
            let known = context.duties.iter().find(|known| known.id == *duty);
            notes.push(format!("This meets the duty: {}.", known.map_or(duty.as_str(), |duty| &duty.title)));
        }
        Kind::Recur { every, until } => {
            let until = until.as_ref().map_or("the incident is closed".to_owned(), |step| format!("{step} is done"));
            notes.push(format!("Do this now, and again every {every} minutes until {until}."));
        }
        Kind::Task | Kind::Collect | Kind::Notify { .. } => {}
    }
    for question in &step.asks {
        let name = names.name(Sort::Answer, &question.id);
        let choices = match &question.form {
            Form::OneOf(choices) => {
                let choices = choices.iter().map(|choice| format!("{} ({})", choice.id, choice.label));
                format!(" One of: {}.", choices.collect::<Vec<_>>().join(", "))
            }
            Form::YesNo => " true or false.".to_owned(),
            Form::List => " Several, with commas between.".to_owned(),
            Form::Text | Form::Number => String::new(),
        };
        let optional = if question.optional { " May stay open." } else { "" };
        notes.push(format!("Set {name}: {}{choices}{optional}", context.text_to_cacao(&question.ask)));
    }
    notes.join("\n")
}

/// The step that CACAO's fields and our extension describe. `phase` is when its phase applies.
pub(super) fn read_step(plain: &CacaoStep, phase: &When, context: &Context<'_>) -> Step {
    let ext = &plain.ext;
    if let Some(original) = extension::read_notation::<Step>(&ext.original) {
        let unchanged = CacaoStep { ext: StepExt { original: String::new(), ..ext.clone() }, ..plain.clone() };
        // Only if nobody has edited the standard fields since: else these count.
        if write_fields(&original, phase, context) == unchanged {
            return original;
        }
    }
    let mut parts = parse_parts(&plain.command);
    if compose_parts(&parts) != plain.command {
        parts.what.clone_from(&plain.command); // edited beyond what the headings hold: all of it stays to be read
    }
    for line in plain.lines.iter().filter(|line| ext.kind != "command" || split_command(line).is_none()) {
        parts.what.push_str(&describe_foreign_command(&line.sort, &line.note, &line.command));
    }
    let when = read_condition(plain, phase, context).unwrap_or_else(|| {
        let gap = if parts.care.is_empty() { "" } else { "\n" };
        parts.care.push_str(&format!("{gap}Only where this holds: {}", plain.condition));
        When::Always
    });
    let asks = ext.asks.iter().zip(plain.asks.iter().map(Some).chain(std::iter::repeat(None)));
    Step {
        id: ext.step_id.clone(),
        title: context.text_from_cacao(&plain.name),
        what: context.text_from_cacao(&parts.what),
        why: context.text_from_cacao(&plain.description),
        care: context.text_from_cacao(&parts.care),
        owner: match &ext.owner {
            Some(owner) if plain.agent.is_empty() => owner.clone(),
            _ => plain.agent.clone(),
        },
        due: plain.timeout.map(|timeout| u32::try_from(timeout.div_ceil(MINUTE)).unwrap_or(u32::MAX)),
        due_after: extension::read_start(&ext.due_after),
        needs: ext.needs.clone(),
        when,
        each: ext.each.clone(),
        asks: asks
            .map(|(ask, text)| ask.to_question(text.map_or(String::new(), |text| context.text_from_cacao(text))))
            .collect(),
        expects: parts.expects.iter().map(|expected| context.text_from_cacao(expected)).collect(),
        shared: ext.shared.clone(),
        kind: read_kind(plain, parts, context),
    }
}

/// The condition: that of the extension while it says what the standard one says, and else the standard one.
/// `None` where it asks something that we cannot.
fn read_condition(plain: &CacaoStep, phase: &When, context: &Context<'_>) -> Option<When> {
    let ours = extension::read_when(&plain.ext.when);
    let says = |when: &When| {
        let applies = join_conditions(phase, when);
        if applies.is_always() { String::new() } else { context.writer().write(&applies) }
    };
    let kept = !plain.ext.when.is_empty() || plain.condition.is_empty();
    if kept && says(&ours) == plain.condition {
        return Some(ours);
    }
    if plain.condition.is_empty() {
        Some(When::Always)
    } else {
        condition::parse_condition(&plain.condition, &context.variables)
    }
}

/// A command that came from elsewhere, as text to be read.
pub(super) fn describe_foreign_command(sort: &str, note: &str, command: &str) -> String {
    let note = if note.is_empty() { String::new() } else { format!(", {note}") };
    format!("\n\nA command ({sort}{note}):\n{command}")
}

/// What kind of step the extension names, with its parts from the standard fields. An unknown kind is a task, so that
/// its text is still read.
fn read_kind(plain: &CacaoStep, parts: Parts, context: &Context<'_>) -> Kind {
    let ext = &plain.ext;
    let name = || match &plain.target {
        Some(Target::Role(id) | Target::Name(id)) => id.clone(),
        None => String::new(),
    };
    match ext.kind.as_str() {
        "decision" => {
            let mut options = parts.options;
            for option in &mut options {
                (option.label, option.means) =
                    (context.text_from_cacao(&option.label), context.text_from_cacao(&option.means));
            }
            Kind::Decision { question: context.text_from_cacao(&parts.question), options }
        }
        "command" => {
            let lines = plain.lines.iter().zip(ext.lines.iter().map(Some).chain(std::iter::repeat(None)));
            Kind::Command { lines: lines.filter_map(|(line, ext)| read_command_line(line, ext, context)).collect() }
        }
        "collect" => Kind::Collect,
        "notify" => Kind::Notify {
            duty: ext.duty.clone(),
            to: context.text_from_cacao(&name()),
            say: context.text_from_cacao(&parts.say),
        },
        "approve" => Kind::Approve { by: name(), question: context.text_from_cacao(&parts.question) },
        "recur" => Kind::Recur {
            every: u32::try_from(plain.delay.unwrap_or(0).div_ceil(MINUTE)).unwrap_or(u32::MAX),
            until: read_until(&plain.repeat, context),
        },
        _ => Kind::Task,
    }
}

/// The step that ends what recurs: our condition for repeating is that it is not done.
fn read_until(repeat: &str, context: &Context<'_>) -> Option<String> {
    let Some(When::Not(ended)) = condition::parse_condition(repeat, &context.variables) else { return None };
    if let When::Done(step) = *ended { Some(step) } else { None }
}

/// A command line of ours, if the command does no more than start a program.
fn read_command_line(line: &CacaoLine, ext: Option<&LineExt>, context: &Context<'_>) -> Option<CommandLine> {
    let LineExt { system, folder } = ext.cloned().unwrap_or_default();
    let argv = split_command(line)?.iter().map(|word| context.text_from_cacao(word)).collect();
    Some(CommandLine { system, argv, folder })
}

/// The words of a command that does no more than start a program.
fn split_command(line: &CacaoLine) -> Option<Vec<String>> {
    // A line that is one of several is written as `manual`, and its note names the system.
    let windows = line.sort == "powershell" || line.note.starts_with("On Windows");
    if windows { shell::split_powershell(&line.command) } else { shell::split_posix(&line.command) }
}
