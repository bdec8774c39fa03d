//! A playbook in use: what was done with its steps and what its questions were answered.

use crate::domain::{
    duty::Duty,
    id::EntryId,
    person::Person,
    playbook::{Phase, Playbook, Question, Step, StepRef, answer::Value},
    time::Time,
};
use std::collections::{BTreeMap, HashMap};

/// A playbook in use.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plan {
    /// The playbook.
    pub playbook: Playbook,
    /// The duties that it may start.
    pub duties: Vec<Duty>,
    /// When it was attached (UTC): due times count from here.
    pub attached: Time,
    /// The exact text that it was read from.
    pub source: String,
    /// `built-in`, or its file.
    pub origin: String,
    /// The versions that it went by before, with their texts, oldest first.
    pub earlier: Vec<(String, String)>,
    /// What was last done with each step that anything was done with, by its name in the case: `isolate`, or
    /// `isolate@Ward 7`.
    pub progress: BTreeMap<String, Progress>,
    /// Answers, by question.
    pub answers: BTreeMap<String, Answered>,
    places: Places,
}

/// Where things stand in a playbook, so that looking one up does not read the whole.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Places {
    steps: HashMap<String, (usize, usize)>,
    questions: HashMap<String, (usize, usize, usize)>,
    phases: HashMap<String, usize>,
}

/// What was last done with a step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Progress {
    /// Its state.
    pub state: StepState,
    /// The entry that brought it there.
    pub entry: EntryId,
    /// When that was recorded (UTC).
    pub at: Time,
    /// When it happened (UTC): as a person claims, or when it was recorded.
    pub happened: Time,
    /// Who did it.
    pub by: Person,
    /// The note or the reason.
    pub note: String,
    /// How it came out, where it has outcomes: an option, `agreed` or `refused`, `succeeded` or `failed`.
    pub choice: Option<String>,
    /// How many times it was done.
    pub times: u32,
    /// The step of another playbook in which it was done, where the two share it.
    pub through: Option<StepRef>,
}

/// A step's recorded state.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StepState {
    /// Reopened.
    Open,
    /// Someone is at work on it.
    Started,
    /// Done, decided or told.
    Done,
    /// Left out.
    Skipped,
    /// Cannot go on.
    Blocked,
}

impl StepState {
    /// Whether it was done or left out.
    pub fn settled(self) -> bool {
        match self {
            Self::Done | Self::Skipped => true,
            Self::Open | Self::Started | Self::Blocked => false,
        }
    }

    /// Whether it can be opened again: it is settled, or cannot go on.
    pub fn can_be_reopened(self) -> bool {
        match self {
            Self::Done | Self::Skipped | Self::Blocked => true,
            Self::Open | Self::Started => false,
        }
    }
}

/// The latest answer to a question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answered {
    /// The answer.
    pub value: Value,
    /// The entry that gave it.
    pub entry: EntryId,
    /// When that was recorded (UTC).
    pub at: Time,
    /// Who logged it.
    pub by: Person,
}

impl Plan {
    /// A playbook that nothing was done with yet.
    pub fn new(playbook: Playbook, duties: Vec<Duty>, attached: Time, source: String, origin: String) -> Self {
        let places = Places::of(&playbook);
        Self {
            playbook,
            duties,
            attached,
            source,
            origin,
            earlier: Vec::new(),
            progress: BTreeMap::new(),
            answers: BTreeMap::new(),
            places,
        }
    }

    /// Goes on with another version: what is done stays done.
    pub(crate) fn update(&mut self, playbook: Playbook, duties: Vec<Duty>, source: String, origin: String) {
        self.places = Places::of(&playbook);
        let version = std::mem::replace(&mut self.playbook, playbook).version;
        self.earlier.push((version, std::mem::replace(&mut self.source, source)));
        (self.duties, self.origin) = (duties, origin);
    }

    /// Takes over what was done with steps that both share.
    pub(crate) fn take_over(&mut self, other: &Self) {
        for (_, step) in other.playbook.steps().filter(|(_, step)| step.shared.is_some()) {
            if let Some(progress) = other.progress.get(&step.id) {
                let through = StepRef { playbook: other.playbook.id.clone(), step: step.id.clone() };
                self.share(step, progress.through.as_ref().unwrap_or(&through), progress);
            }
            for question in &step.asks {
                let asks = self.question(&question.id).is_some_and(|(own, _)| own.shared == step.shared);
                if let Some(answer) = other.answers.get(&question.id).filter(|_| asks) {
                    self.answers.insert(question.id.clone(), answer.clone());
                }
            }
        }
    }

    /// Counts what was done with `step` of another playbook, which goes by `name`, for the step here that is the same
    /// act: it shares the name, is of the same kind, and can come out so.
    pub(crate) fn share(&mut self, step: &Step, name: &StepRef, progress: &Progress) {
        let same = |own: &&Step| {
            let kind = std::mem::discriminant(&own.kind) == std::mem::discriminant(&step.kind);
            let came = progress.choice.as_deref().is_none_or(|choice| own.kind.outcomes().contains(&choice));
            own.shared == step.shared && own.each.is_none() && step.each.is_none() && kind && came
        };
        let Some(id) = self.playbook.steps().map(|(_, own)| own).find(same).map(|own| own.id.clone()) else { return };
        self.progress.insert(id, Progress { through: Some(name.clone()), ..progress.clone() });
    }

    /// The step of that identifier, with the phase that holds it.
    pub fn step(&self, id: &str) -> Option<(&Phase, &Step)> {
        let (phase, step) = self.places.steps.get(id)?;
        let phase = self.playbook.phases.get(*phase)?;
        Some((phase, phase.steps.get(*step)?))
    }

    /// The question of that identifier, with the step that asks it.
    pub fn question(&self, id: &str) -> Option<(&Step, &Question)> {
        let (phase, step, question) = self.places.questions.get(id)?;
        let step = self.playbook.phases.get(*phase)?.steps.get(*step)?;
        Some((step, step.asks.get(*question)?))
    }

    /// The phase of that identifier.
    pub fn phase(&self, id: &str) -> Option<&Phase> {
        self.playbook.phases.get(*self.places.phases.get(id)?)
    }

    /// The things that a list question was answered with; `None` while it was not.
    pub fn things(&self, list: &str) -> Option<&[String]> {
        if let Value::List(things) = &self.answers.get(list)?.value { Some(things) } else { None }
    }

    /// The identifier of that question as this plan holds it.
    pub(super) fn list<'a>(&'a self, id: &str) -> Option<&'a str> {
        self.question(id).map(|(_, question)| question.id.as_str())
    }

    /// What was last done with a step, for one of its things where it has some. What was done with the whole step
    /// before its things were known counts for none of them.
    pub fn progress_of(&self, step: &str, item: Option<&str>) -> Option<&Progress> {
        let list = self.step(step).and_then(|(_, step)| step.each.as_deref());
        let things = list.and_then(|list| self.things(list)).is_some_and(|things| !things.is_empty());
        self.progress.get(&name_for_item(step, item.filter(|_| things)))
    }

    /// The names in a case that an act on `name` is about: a step that is done for several things, named as a whole,
    /// stands for each of them that is known now and for which `means` holds of what was done with it. A thing that is
    /// named later is not among them.
    pub(crate) fn meant(&self, name: &StepRef, means: impl Fn(Option<StepState>) -> bool) -> Vec<String> {
        let list = self.step(&name.step).and_then(|(_, step)| step.each.as_deref());
        let things = list.and_then(|list| self.things(list)).unwrap_or_default();
        if things.is_empty() {
            return vec![name.step.clone()];
        }
        let names = things.iter().map(|thing| name_for_item(&name.step, Some(thing)));
        names.filter(|name| means(self.progress.get(name).map(|progress| progress.state))).collect()
    }

    /// The title of a step, with the thing that it is done for where the title does not name it.
    pub fn title(&self, step: &Step, item: Option<&str>) -> String {
        let title = self.fill(&step.title, item);
        match item {
            Some(item) if !title.contains(item) => format!("{title}: {item}"),
            _ => title,
        }
    }

    /// `text` with every `{question}` and `{item}` in its place (`each one` where no thing is meant); `{{` and `}}` are
    /// braces.
    pub fn fill(&self, text: &str, item: Option<&str>) -> String {
        let mut filled = String::with_capacity(text.len());
        for piece in split_placeholders(text) {
            match piece {
                Piece::Text(plain) => filled.push_str(plain),
                Piece::Name("item") => filled.push_str(item.unwrap_or("each one")),
                Piece::Name(name) => match (self.answers.get(name), self.question(name)) {
                    (Some(answer), Some((_, question))) => filled.push_str(&answer.value.words(&question.form)),
                    _ => filled.push_str(&format!("({name}: not known yet)")),
                },
            }
        }
        filled
    }
}

impl Places {
    fn of(playbook: &Playbook) -> Self {
        let mut places = Self::default();
        for (at, phase) in playbook.phases.iter().enumerate() {
            places.phases.entry(phase.id.clone()).or_insert(at);
            for (step_at, step) in phase.steps.iter().enumerate() {
                places.steps.entry(step.id.clone()).or_insert((at, step_at));
                for (question_at, question) in step.asks.iter().enumerate() {
                    places.questions.entry(question.id.clone()).or_insert((at, step_at, question_at));
                }
            }
        }
        places
    }
}

/// The name in a case of a step, for one of its things where it has some.
pub fn name_for_item(step: &str, item: Option<&str>) -> String {
    item.map_or_else(|| step.to_owned(), |item| format!("{step}@{item}"))
}

/// A part of a text of a playbook.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Piece<'a> {
    /// As it stands.
    Text(&'a str),
    /// What stood in braces.
    Name(&'a str),
}

/// The parts of a text: `{name}` is a name where it closes and holds letters, digits and hyphens only; `{{` and `}}`
/// are braces; any other brace stands for itself.
pub fn split_placeholders(text: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let mut rest = text;
    while let Some(at) = rest.find(['{', '}']) {
        let (before, from) = rest.split_at(at);
        if !before.is_empty() {
            pieces.push(Piece::Text(before));
        }
        let name = from.strip_prefix('{').and_then(|inner| inner.split_once('}')).map(|(name, _)| name);
        let fits = |name: &&str| {
            !name.is_empty() && name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-')
        };
        let doubled = from.starts_with("{{") || from.starts_with("}}");
        let (piece, taken) = match name.filter(fits) {
            Some(name) => (Piece::Name(name), name.len() + 2),
            None => (Piece::Text(from.get(..1).unwrap_or_default()), if doubled { 2 } else { 1 }),
        };
        pieces.push(piece);
        rest = from.get(taken..).unwrap_or_default();
    }
    if !rest.is_empty() {
        pieces.push(Piece::Text(rest));
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_in_braces_are_found_and_other_braces_stand() {
        use Piece::{Name, Text};
        assert_eq!(
            split_placeholders("In {wards}: {{x}} {Not a name} {open"),
            [
                Text("In "),
                Name("wards"),
                Text(": "),
                Text("{"),
                Text("x"),
                Text("}"),
                Text(" "),
                Text("{"),
                Text("Not a name"),
                Text("}"),
                Text(" "),
                Text("{"),
                Text("open")
            ]
        );
    }
}
