//! Random playbooks, made of random bytes, so that a failing one shrinks with them.

use carecert_react::domain::playbook::{
    Choice, CommandLine, Form, Phase, Playbook, Question, Role, Start, Step, StepKind, System, When,
};

/// Bytes to decide by; zeros where they have run out.
pub(crate) struct Dice<'a> {
    bytes: &'a [u8],
    at: usize,
}

const TEXTS: &[&str] = &[
    "Ring them.",
    "Größe 病院 \"quoted\" \\ back",
    "{q-0} of {item}, {{literal}, {nothing} {",
    "__q_0__:value and __outcome_s_0__:value",
    "First.\n\nTAKE CARE\nSecond.\n\nOPTIONS\n- a: b\n  c",
    "- a: b",
    "line\n  line\r\nline\n",
    "  spaces  ",
    "\n\nNOTES\n",
    "'; rm -rf / #",
];
const WORDS: &[&str] = &["-v", "a b", "", "it's", "{q-0}", "$HOME", "x|y", "C:\\x\\", "--name=ü", "{{", "\n"];
const DUTIES: &[&str] = &["ico-72h", "csoc"];

impl<'a> Dice<'a> {
    pub(crate) fn new(bytes: &'a [u8]) -> Self {
        Dice { bytes, at: 0 }
    }

    fn below(&mut self, limit: usize) -> usize {
        self.at += 1;
        usize::from(self.bytes.get(self.at - 1).copied().unwrap_or(0)) % limit.max(1)
    }

    fn maybe(&mut self) -> bool {
        self.below(3) == 1
    }

    fn text(&mut self) -> String {
        let count = self.below(3) + 1;
        (0..count).map(|_| TEXTS[self.below(TEXTS.len())]).collect::<Vec<_>>().join(" ").trim().to_owned() + "."
    }

    fn optional(&mut self) -> String {
        if self.maybe() { self.text() } else { String::new() }
    }

    fn name(&mut self) -> String {
        TEXTS[self.below(4)].to_owned()
    }

    fn choices(&mut self) -> Vec<Choice> {
        let count = self.below(3) + 2;
        let choice = |dice: &mut Self, at: usize| Choice {
            id: format!("o-{at}"),
            label: dice.name(),
            means: if dice.maybe() { dice.text() } else { "So.".to_owned() },
        };
        (0..count).map(|at| choice(self, at)).collect()
    }

    fn form(&mut self) -> Form {
        match self.below(5) {
            0 => Form::Text,
            1 => Form::Number,
            2 => Form::YesNo,
            3 => Form::OneOf(self.choices()),
            _ => Form::List,
        }
    }

    fn kind(&mut self, before: &[Step], at: usize) -> StepKind {
        match self.below(7) {
            0 => StepKind::Task,
            1 => StepKind::Decision { question: self.text(), options: self.choices() },
            2 => StepKind::Command {
                lines: (0..self.below(3) + 1)
                    .map(|_| CommandLine {
                        system: [System::Any, System::Windows, System::Linux, System::MacOs][self.below(4)],
                        argv: (0..self.below(4) + 1).map(|_| WORDS[self.below(WORDS.len())].to_owned()).collect(),
                        folder: if self.maybe() { "/tmp/x y".to_owned() } else { String::new() },
                    })
                    .collect(),
            },
            3 => StepKind::Collect,
            4 => StepKind::Notify {
                duty: self.maybe().then(|| DUTIES[self.below(2)].to_owned()),
                to: self.name(),
                say: self.optional(),
            },
            5 => StepKind::Approve { by: format!("r-{}", self.below(2)), question: self.text() },
            _ => StepKind::Recur {
                every: u32::try_from(self.below(200)).unwrap() + 1,
                until: (!before.is_empty() && self.maybe()).then(|| before[self.below(at)].id.clone()),
            },
        }
    }

    fn when(&mut self, before: &[Step], depth: usize) -> When {
        let asks: Vec<&Question> = before.iter().flat_map(|step| &step.asks).collect();
        match self.below(if depth > 2 { 6 } else { 9 }) {
            0 => When::Always,
            1 if !before.is_empty() => When::Done(before[self.below(before.len())].id.clone()),
            2 if !before.is_empty() => {
                let step = &before[self.below(before.len())];
                let outcomes: Vec<String> = step.kind.outcomes().into_iter().map(str::to_owned).collect();
                match outcomes.is_empty() {
                    true => When::Done(step.id.clone()),
                    false => When::Chose(step.id.clone(), outcomes[self.below(outcomes.len())].clone()),
                }
            }
            3 if !asks.is_empty() => {
                let question = asks[self.below(asks.len())];
                match &question.form {
                    Form::YesNo => When::Yes(question.id.clone()),
                    Form::OneOf(choices) if self.maybe() => {
                        When::AtLeast(question.id.clone(), 2.min(choices.len() as i64))
                    }
                    Form::OneOf(choices) => When::Answered(question.id.clone(), choices[0].id.clone()),
                    Form::Number | Form::List => When::AtLeast(question.id.clone(), 3),
                    Form::Text => When::Always,
                }
            }
            4 => When::Gate(DUTIES[self.below(2)].to_owned()),
            5 => When::Always,
            // Where a guard above has let it fall through: a real playbook has about eight levels in all.
            _ if depth > 2 => When::Always,
            6 => When::Not(Box::new(self.when(before, depth + 1))),
            7 => When::All((0..self.below(3)).map(|_| self.when(before, depth + 1)).collect()),
            _ => When::Any((0..self.below(3)).map(|_| self.when(before, depth + 1)).collect()),
        }
    }

    fn step(&mut self, before: &[Step], at: usize) -> Step {
        let kind = self.kind(before, at);
        let may_ask = matches!(kind, StepKind::Task | StepKind::Collect);
        let lists: Vec<String> = before
            .iter()
            .flat_map(|step| &step.asks)
            .filter(|question| question.form == Form::List)
            .map(|question| question.id.clone())
            .collect();
        let count = if may_ask { self.below(3) } else { 0 };
        let asks = (0..count).map(|question| Question {
            id: format!("q-{}", at * 3 + question),
            ask: self.text(),
            help: self.optional(),
            optional: self.maybe(),
            form: self.form(),
        });
        let asks = asks.collect();
        let expects =
            if kind == StepKind::Collect || self.maybe() { vec![self.name(), "b".to_owned()] } else { Vec::new() };
        Step {
            id: format!("s-{at}"),
            title: self.name(),
            what: self.text(),
            why: self.optional(),
            care: self.optional(),
            owner: format!("r-{}", self.below(2)),
            due: self.maybe().then(|| u32::try_from(self.below(200)).unwrap() + 1),
            due_after: match self.below(5) {
                1 => Start::Case,
                2 if at > 0 => Start::Step(before[self.below(at)].id.clone()),
                3 => Start::Aware(DUTIES[0].to_owned()),
                _ => Start::Playbook,
            },
            needs: (0..at).filter(|_| self.below(8) == 1).map(|at| format!("s-{at}")).collect(),
            when: if self.maybe() { self.when(before, 0) } else { When::Always },
            each: (!lists.is_empty() && self.maybe()).then(|| lists[self.below(lists.len())].clone()),
            asks,
            expects,
            shared: self.maybe().then(|| format!("shared-{at}")),
            kind,
        }
    }

    /// A playbook in which everything refers to what comes before it.
    pub(crate) fn playbook(&mut self) -> Playbook {
        let role = |at: usize, does: String| Role { id: format!("r-{at}"), title: format!("Role {at}"), does };
        let mut all: Vec<Step> = Vec::new();
        let mut phases: Vec<Phase> = Vec::new();
        for number in 0..=self.below(3) {
            let when = if self.maybe() { self.when(&all, 0) } else { When::Always };
            let mut phase = Phase {
                id: format!("p-{number}"),
                title: self.name(),
                needs: (0..number).filter(|_| self.maybe()).map(|at| format!("p-{at}")).collect(),
                when,
                steps: Vec::new(),
            };
            for _ in 0..=self.below(5) {
                let step = self.step(&all, all.len());
                all.push(step.clone());
                phase.steps.push(step);
            }
            phases.push(phase);
        }
        Playbook {
            id: format!("p{}", self.below(9)),
            version: self.name(),
            title: self.name(),
            summary: self.optional(),
            sources: (0..self.below(3)).map(|_| self.text()).collect(),
            roles: vec![role(0, self.optional()), role(1, self.optional())],
            duties: DUTIES.iter().map(|&duty| duty.to_owned()).collect(),
            phases,
        }
    }
}
