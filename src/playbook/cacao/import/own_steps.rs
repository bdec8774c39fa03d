//! The steps of ours that a file holds: read from CACAO's fields, with what our extension adds.

use super::flow::{Flow, Label, Sort};
use crate::playbook::{
    cacao::{
        account::Fate,
        extension::{PartExt, StepExt},
        ids,
        json::{
            source::{self, Source},
            tree::{At, ROOT},
        },
        model::{CacaoLine, CacaoStep, Context, Target},
        shell,
        variables::Sort as Holds,
    },
    finding::{Code, Level},
};
use serde::{Serialize, de::DeserializeOwned};
use std::collections::HashMap;

/// What our extension says under `key` of a value, where it does and it `fits`.
pub(super) fn read_extension<T: DeserializeOwned + Serialize>(
    source: &Source<'_>,
    at: At,
    key: &str,
    fits: impl Fn(&T) -> bool,
) -> Option<T> {
    let ours = source.tree.get(source.tree.get(at, key)?, &ids::extension_id())?;
    match serde_json::from_value::<T>(source.tree.value(ours)) {
        Ok(read) => fits(&read).then(|| {
            let again = serde_json::to_value(&read).unwrap_or_default();
            source.tree.mark_like(ours, &again, "our extension");
            read
        }),
        Err(error) => {
            let what = || format!("our extension cannot be read: {}", source::shorten_safely(&error.to_string()));
            source.find(ours, Level::Warning, Code::WrongType, what, "it is taken as if it were not there");
            None
        }
    }
}

/// What a step of the workflow is to us.
pub(super) enum OwnPart {
    /// A step of ours.
    Step(Box<StepExt>),
    /// It belongs to the action of that number.
    Part(usize),
}

/// What each step of the workflow is to us; what stands in no entry is someone else's.
pub(super) fn classify_steps(source: &Source<'_>, flow: &Flow) -> HashMap<usize, OwnPart> {
    let mut mine = HashMap::new();
    for (number, step) in flow.steps.iter().enumerate() {
        let key = "step_extensions";
        if let Some(part) =
            read_extension::<PartExt>(source, step.at, key, |part| flow.numbers.contains_key(&part.part_of))
        {
            mine.extend(flow.numbers.get(&part.part_of).map(|action| (number, OwnPart::Part(*action))));
        } else if step.sort == Sort::Action
            && let Some(ext) = read_extension::<StepExt>(source, step.at, key, |ext| !ext.step_id.is_empty())
        {
            mine.insert(number, OwnPart::Step(Box::new(ext)));
        }
    }
    mine
}

/// Where the conditions and loops around our actions stand in the file.
#[derive(Default)]
pub(super) struct Around {
    condition: HashMap<usize, At>,
    repeat: HashMap<usize, At>,
    again: HashMap<usize, At>,
}

impl Around {
    /// Those of the workflow.
    pub(super) fn of(flow: &Flow, mine: &HashMap<usize, OwnPart>) -> Self {
        let mut around = Around::default();
        for (number, found) in mine {
            let (OwnPart::Part(action), Some(step)) = (found, flow.steps.get(*number)) else { continue };
            let leads = step.edges.iter().any(|edge| edge.label == Label::True && edge.to == *action);
            match step.sort {
                Sort::If if leads => around.condition.insert(*action, step.at),
                Sort::While => around.repeat.insert(*action, step.at),
                Sort::Action => around.again.insert(*action, step.at),
                Sort::Start
                | Sort::End
                | Sort::Playbook
                | Sort::Parallel
                | Sort::If
                | Sort::Switch
                | Sort::Other(_) => None,
            };
        }
        around
    }
}

/// What is read to make a step of ours of an action.
pub(super) struct OwnSteps<'a> {
    pub(super) source: &'a Source<'a>,
    pub(super) context: &'a Context<'a>,
    pub(super) around: &'a Around,
    /// The roles by the identifiers of their agents.
    pub(super) agents: &'a HashMap<String, String>,
}

impl OwnSteps<'_> {
    /// The step that the action `number` at `at` is, in CACAO's fields.
    pub(super) fn read_step(&self, number: usize, at: At, ext: StepExt) -> CacaoStep {
        let source = self.source;
        let commands = source.several(at, "commands");
        let mut lines: Vec<CacaoLine> = commands.iter().map(|command| self.read_line(*command)).collect();
        let manual = lines.first().is_some_and(|line| line.sort == "manual");
        // The first manual command is the step's own text; what else is there belongs to a command step.
        let command = if manual { lines.remove(0) } else { CacaoLine::default() };
        let milliseconds = |at: At, key: &str| {
            let (child, number) = source.whole(at, key)?;
            source.tree.mark(child, Fate::Kept, "how long, in minutes");
            Some(number)
        };
        let condition = self.around.condition.get(&number);
        let repeat = self.around.repeat.get(&number);
        let again = self.around.again.get(&number);
        let asks = ext.asks.iter().map(|ask| self.read_ask(&ask.question_id)).collect();
        if !command.note.is_empty() {
            lines.insert(0, CacaoLine { command: String::new(), ..command.clone() });
        }
        CacaoStep {
            name: source.kept(at, "name", "the step's title"),
            description: source.kept(at, "description", "why"),
            command: command.command,
            lines,
            agent: self.read_agent(at),
            target: self.read_target(at),
            timeout: milliseconds(at, "timeout"),
            condition: condition.map_or(String::new(), |at| source.kept(*at, "condition", "when it applies")),
            delay: again.and_then(|at| milliseconds(*at, "delay")),
            repeat: repeat.map_or(String::new(), |at| source.kept(*at, "condition", "until when it is repeated")),
            asks,
            ext,
        }
    }

    /// A command as a line of ours.
    fn read_line(&self, at: At) -> CacaoLine {
        let sort = self.source.kept(at, "type", "how to read the command");
        let note = self.source.kept(at, "description", "the command's note");
        CacaoLine { sort, note, command: read_command(self.source, at) }
    }

    /// The role whose agent does the step; empty if the agent is none of ours.
    fn read_agent(&self, at: At) -> String {
        let found = self.source.text(at, "agent");
        let role = found.and_then(|(child, id)| Some((child, self.agents.get(id)?)));
        role.map_or(String::new(), |(child, role)| {
            self.source.tree.mark(child, Fate::Kept, "the owner");
            role.clone()
        })
    }

    /// Whom the step is aimed at: CACAO allows several, and a step of ours has one.
    fn read_target(&self, at: At) -> Option<Target> {
        let child = *self.source.several(at, "targets").first()?;
        let id = self.source.tree.text(child)?;
        let target = match self.agents.get(id) {
            Some(role) => Target::Role(role.clone()),
            None => {
                let definition = self.source.tree.get(self.source.tree.get(ROOT, "target_definitions")?, id)?;
                Target::Name(self.source.kept(definition, "name", "whom to tell"))
            }
        };
        self.source.tree.mark(child, Fate::Kept, "whom it is aimed at");
        Some(target)
    }

    /// What the variable of a question says that is asked.
    fn read_ask(&self, question: &str) -> String {
        let name = self.context.variables.name(Holds::Answer, question);
        let variables = self.source.tree.get(ROOT, "playbook_variables");
        let variable = variables.and_then(|variables| self.source.tree.get(variables, name));
        variable.map_or(String::new(), |variable| self.source.kept(variable, "description", "what is asked"))
    }
}

/// The text of a command, unpacked where it is packed.
pub(super) fn read_command(source: &Source<'_>, at: At) -> String {
    let mut text = source.kept(at, "command", "the command, as text");
    for (key, head) in [("command_b64", ""), ("content", "Content: "), ("content_b64", "Content: ")] {
        let Some((child, packed)) = source.text(at, key) else { continue };
        let unpacked = if key.ends_with("_b64") { shell::decode_base64(packed) } else { Some(packed.to_owned()) };
        if !text.is_empty() {
            text.push('\n');
        }
        text.push_str(head);
        match unpacked {
            Some(unpacked) => {
                source.tree.mark(child, Fate::Kept, "the command, as text");
                text.push_str(&unpacked);
            }
            None => {
                source.tree.mark(child, Fate::Changed, "it is no text in base64: it stands in the step as it is");
                let what = || "this is no text in base64".to_owned();
                source.find(child, Level::Warning, Code::BadText, what, "it is taken in as it is");
                text.push_str(packed);
            }
        }
    }
    text
}
