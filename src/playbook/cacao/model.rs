//! A step between the two formats: what CACAO's standard fields say of it, and what our extension holds.
//!
//! Export makes it from a step and writes it as JSON; import reads it from JSON and makes a step of it. A step that
//! would not come back as it was carries its original along, which counts while the standard fields are unchanged.

use super::compose::{Parts, compose, parse};
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
pub(super) struct Plain {
    pub(super) name: String,
    pub(super) description: String,
    /// The text of the manual command.
    pub(super) command: String,
    pub(super) lines: Vec<Line>,
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
pub(super) struct Line {
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

    pub(super) fn writer(&self) -> Writer<'_> {
        Writer { variables: &self.variables, duties: self.duties }
    }

    fn to(&self, text: &str) -> String {
        to_cacao(text, &self.variables)
    }

    fn from(&self, text: &str) -> String {
        from_cacao(text, &self.places)
    }

    pub(super) fn is_role(&self, id: &str) -> bool {
        self.roles.iter().any(|role| role.id == id)
    }
}

/// When a step applies: its phase must, and so must it.
pub(super) fn both(phase: &When, step: &When) -> When {
    match (phase, step) {
        (When::Always, only) | (only, When::Always) => only.clone(),
        (phase, step) => When::All(vec![phase.clone(), step.clone()]),
    }
}

/// The step in CACAO's fields. `phase` is when its phase applies.
pub(super) fn plain(step: &Step, phase: &When, context: &Context<'_>) -> Plain {
    let mut made = fields(step, phase, context);
    if self::step(&made, phase, context) != *step {
        made.ext.original = extension::write(step);
    }
    made
}

fn fields(step: &Step, phase: &When, context: &Context<'_>) -> Plain {
    let applies = both(phase, &step.when);
    let condition = if applies.is_always() { String::new() } else { context.writer().write(&applies) };
    let implied = phase.is_always() && condition::read(&condition, &context.variables).unwrap_or_default() == step.when;
    let mut ext = StepExt {
        step_id: step.id.clone(),
        kind: step.kind.word().to_owned(),
        owner: (!context.is_role(&step.owner)).then(|| step.owner.clone()),
        due_after: if step.due_after == Start::Playbook { String::new() } else { extension::write(&step.due_after) },
        needs: step.needs.clone(),
        when: if implied { String::new() } else { extension::write(&step.when) },
        each: step.each.clone(),
        asks: step.asks.iter().map(AskExt::of).collect(),
        shared: step.shared.clone(),
        ..StepExt::default()
    };
    let mut parts = Parts {
        what: context.to(&step.what),
        care: context.to(&step.care),
        expects: step.expects.iter().map(|expected| context.to(expected)).collect(),
        notes: notes(step, context),
        ..Parts::default()
    };
    let (mut target, mut lines, mut delay, mut repeat) = (None, Vec::new(), None, String::new());
    match &step.kind {
        Kind::Task | Kind::Collect => {}
        Kind::Decision { question, options } => {
            parts.question = context.to(question);
            parts.options.clone_from(options);
            for option in &mut parts.options {
                (option.label, option.means) = (context.to(&option.label), context.to(&option.means));
            }
        }
        Kind::Command { lines: ours } => {
            ext.lines = ours.iter().map(|line| LineExt { system: line.system, folder: line.folder.clone() }).collect();
            lines = ours.iter().map(|line| self::line(line, ours.len() == 1, context)).collect();
        }
        Kind::Notify { duty, to, say } => {
            ext.duty.clone_from(duty);
            target = Some(Target::Name(context.to(to)));
            parts.say = context.to(say);
        }
        Kind::Approve { by, question } => {
            target = Some(if context.is_role(by) { Target::Role(by.clone()) } else { Target::Name(by.clone()) });
            parts.question = context.to(question);
        }
        Kind::Recur { every, until } => {
            delay = Some(u64::from(*every) * MINUTE);
            repeat = match until {
                Some(until) => context.writer().write(&When::Not(Box::new(When::Done(until.clone())))),
                None => format!("{}:value = true", variables::OPEN),
            };
        }
    }
    Plain {
        name: context.to(&step.title),
        description: context.to(&step.why),
        command: compose(&parts),
        lines,
        agent: if context.is_role(&step.owner) { step.owner.clone() } else { String::new() },
        target,
        timeout: step.due.map(|due| u64::from(due) * MINUTE),
        condition,
        delay,
        repeat,
        asks: step.asks.iter().map(|question| context.to(&question.ask)).collect(),
        ext,
    }
}

/// A command line. It is a command of its shell only where it is the only one: CACAO runs all that an action has.
fn line(line: &CommandLine, only: bool, context: &Context<'_>) -> Line {
    let argv: Vec<String> = line.argv.iter().map(|word| context.to(word)).collect();
    let (sort, command) = match (only, line.system) {
        (true, System::Windows) => ("powershell", shell::powershell(&argv)),
        (true, System::Linux | System::MacOs) => ("bash", shell::posix(&argv)),
        (_, System::Windows) => ("manual", shell::powershell(&argv)),
        _ => ("manual", shell::posix(&argv)),
    };
    let folder = if line.folder.is_empty() { String::new() } else { format!(", in the folder {}", line.folder) };
    Line { sort: sort.to_owned(), note: format!("On {}{folder}", line.system.word()), command }
}

/// What people need to know that CACAO has no field for.
fn notes(step: &Step, context: &Context<'_>) -> String {
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
        notes.push(format!("Set {name}: {}{choices}{optional}", context.to(&question.ask)));
    }
    notes.join("\n")
}

/// The step that CACAO's fields and our extension describe. `phase` is when its phase applies.
pub(super) fn step(plain: &Plain, phase: &When, context: &Context<'_>) -> Step {
    let ext = &plain.ext;
    if let Some(original) = extension::read::<Step>(&ext.original) {
        let unchanged = Plain { ext: StepExt { original: String::new(), ..ext.clone() }, ..plain.clone() };
        if fields(&original, phase, context) == unchanged {
            return original;
        }
    }
    let mut parts = parse(&plain.command);
    if compose(&parts) != plain.command {
        parts.what.clone_from(&plain.command); // edited beyond what the headings hold: all of it stays to be read
    }
    for line in plain.lines.iter().filter(|line| ext.kind != "command" || words(line).is_none()) {
        parts.what.push_str(&foreign(&line.sort, &line.note, &line.command));
    }
    let when = when(plain, phase, context).unwrap_or_else(|| {
        let gap = if parts.care.is_empty() { "" } else { "\n" };
        parts.care.push_str(&format!("{gap}Only where this holds: {}", plain.condition));
        When::Always
    });
    let asks = ext.asks.iter().zip(plain.asks.iter().map(Some).chain(std::iter::repeat(None)));
    Step {
        id: ext.step_id.clone(),
        title: context.from(&plain.name),
        what: context.from(&parts.what),
        why: context.from(&plain.description),
        care: context.from(&parts.care),
        owner: match &ext.owner {
            Some(owner) if plain.agent.is_empty() => owner.clone(),
            _ => plain.agent.clone(),
        },
        due: plain.timeout.map(|timeout| u32::try_from(timeout.div_ceil(MINUTE)).unwrap_or(u32::MAX)),
        due_after: extension::start(&ext.due_after),
        needs: ext.needs.clone(),
        when,
        each: ext.each.clone(),
        asks: asks.map(|(ask, text)| ask.question(text.map_or(String::new(), |text| context.from(text)))).collect(),
        expects: parts.expects.iter().map(|expected| context.from(expected)).collect(),
        shared: ext.shared.clone(),
        kind: kind(plain, parts, context),
    }
}

/// The condition: that of the extension while it says what the standard one says, and else the standard one.
/// `None` where it asks something that we cannot.
fn when(plain: &Plain, phase: &When, context: &Context<'_>) -> Option<When> {
    let ours = extension::when(&plain.ext.when);
    let says = |when: &When| {
        let applies = both(phase, when);
        if applies.is_always() { String::new() } else { context.writer().write(&applies) }
    };
    let kept = !plain.ext.when.is_empty() || plain.condition.is_empty();
    if kept && says(&ours) == plain.condition {
        return Some(ours);
    }
    if plain.condition.is_empty() { Some(When::Always) } else { condition::read(&plain.condition, &context.variables) }
}

/// A command that came from elsewhere, as text to be read.
pub(super) fn foreign(sort: &str, note: &str, command: &str) -> String {
    let note = if note.is_empty() { String::new() } else { format!(", {note}") };
    format!("\n\nA command ({sort}{note}):\n{command}")
}

fn kind(plain: &Plain, parts: Parts, context: &Context<'_>) -> Kind {
    let ext = &plain.ext;
    let name = || match &plain.target {
        Some(Target::Role(id) | Target::Name(id)) => id.clone(),
        None => String::new(),
    };
    match ext.kind.as_str() {
        "decision" => {
            let mut options = parts.options;
            for option in &mut options {
                (option.label, option.means) = (context.from(&option.label), context.from(&option.means));
            }
            Kind::Decision { question: context.from(&parts.question), options }
        }
        "command" => {
            let lines = plain.lines.iter().zip(ext.lines.iter().map(Some).chain(std::iter::repeat(None)));
            Kind::Command { lines: lines.filter_map(|(line, ext)| command_line(line, ext, context)).collect() }
        }
        "collect" => Kind::Collect,
        "notify" => Kind::Notify { duty: ext.duty.clone(), to: context.from(&name()), say: context.from(&parts.say) },
        "approve" => Kind::Approve { by: name(), question: context.from(&parts.question) },
        "recur" => Kind::Recur {
            every: u32::try_from(plain.delay.unwrap_or(0).div_ceil(MINUTE)).unwrap_or(u32::MAX),
            until: match condition::read(&plain.repeat, &context.variables) {
                Some(When::Not(done)) => match *done {
                    When::Done(step) => Some(step),
                    _ => None,
                },
                _ => None,
            },
        },
        _ => Kind::Task,
    }
}

fn command_line(line: &Line, ext: Option<&LineExt>, context: &Context<'_>) -> Option<CommandLine> {
    let LineExt { system, folder } = ext.cloned().unwrap_or_default();
    let argv = words(line)?.iter().map(|word| context.from(word)).collect();
    Some(CommandLine { system, argv, folder })
}

/// The words of a command that does no more than start a program.
fn words(line: &Line) -> Option<Vec<String>> {
    let windows = line.sort == "powershell" || line.note.starts_with("On Windows");
    if windows { shell::powershell_words(&line.command) } else { shell::posix_words(&line.command) }
}
