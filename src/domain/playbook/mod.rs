//! A playbook: phases of steps that lead through one kind of incident.
//!
//! The guide to the format is made from these comments (`carecert playbook guide`), so they speak to a writer of
//! playbooks.

pub mod answer;
pub mod condition;
pub mod condition_text;
pub mod difference;

use serde::{Deserialize, Serialize};
use std::fmt;

pub use condition::When;

/// A whole playbook.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Playbook {
    /// The name in commands, such as `ransomware`: lower-case letters, digits and hyphens.
    pub id: String,
    /// Your version of the text, such as `2026.11-1`. Change it with every change: a running case records it.
    pub version: String,
    /// What it is for, in a few words.
    pub title: String,
    /// When to use it, in a sentence or two.
    #[serde(default)]
    pub summary: String,
    /// What it was written from.
    #[serde(default)]
    pub sources: Vec<String>,
    /// The roles that own steps.
    #[serde(default)]
    pub roles: Vec<Role>,
    /// Identifiers of duties that it may start, from `duties.ron`.
    #[serde(default)]
    pub duties: Vec<String>,
    /// Its phases, in order.
    pub phases: Vec<Phase>,
}

/// Someone who owns steps.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Role {
    /// The name that steps use.
    pub id: String,
    /// The role's title.
    pub title: String,
    /// What the role does in this incident.
    #[serde(default)]
    pub does: String,
}

/// A part of the response, such as containment. Phases overlap, unless one `needs` another.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Phase {
    /// The name, unique among the phases.
    pub id: String,
    /// The heading on screen.
    pub title: String,
    /// Phases whose every step should be settled (done, skipped or closed) before this one begins.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub needs: Vec<String>,
    /// When the whole phase applies.
    #[serde(default, skip_serializing_if = "When::is_always")]
    pub when: When,
    /// Its steps, in order.
    pub steps: Vec<Step>,
}

/// One action that one person can do.
///
/// In `title`, `what`, `why`, `care`, in the texts of the kind, and in commands, `{wards}` stands for the answer to the
/// question `wards`, and `{item}` for the thing that the step is done for, where it has `each`. `{{` is a brace.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Step {
    /// The name, unique in the playbook.
    pub id: String,
    /// The action in a few words, beginning with a verb.
    pub title: String,
    /// What to do, so that it can be read aloud.
    pub what: String,
    /// Why it matters.
    #[serde(default)]
    pub why: String,
    /// What to be careful of.
    #[serde(default)]
    pub care: String,
    /// The role that owns it.
    #[serde(default)]
    pub owner: String,
    /// Due within so many minutes.
    #[serde(default)]
    pub due: Option<u32>,
    /// From when `due` counts; from the start of the playbook where this is left out.
    #[serde(default, skip_serializing_if = "Start::is_playbook")]
    pub due_after: Start,
    /// Steps that should be settled (done, skipped or closed) before.
    #[serde(default)]
    pub needs: Vec<String>,
    /// When it applies. A step that does not apply is closed.
    #[serde(default)]
    pub when: When,
    /// A question of the form `List`: the step is done once for each thing in the answer ("for each affected ward").
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub each: Option<String>,
    /// Questions to be answered with this step; for tasks and collect steps.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub asks: Vec<Question>,
    /// Evidence that it should bring.
    #[serde(default)]
    pub expects: Vec<String>,
    /// A name that this step shares with the same step of other playbooks: done in one, it is done in all of a case.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shared: Option<String>,
    /// What the responder does with it.
    #[serde(default)]
    pub kind: Kind,
}

/// From when a due time counts.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub enum Start {
    /// From when the playbook was attached.
    #[default]
    Playbook,
    /// From when the case was opened.
    Case,
    /// From when that step was done; until then there is no due time.
    Step(String),
    /// From the moment of awareness that a person stated for that duty; until then there is no due time.
    Aware(String),
}

/// A question whose answer later text and conditions may use.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Question {
    /// The name, unique in the playbook: in text as `{name}`.
    pub id: String,
    /// What is asked.
    pub ask: String,
    /// How to find or judge the answer.
    #[serde(default)]
    pub help: String,
    /// Whether the step can be done without an answer.
    #[serde(default)]
    pub optional: bool,
    /// What an answer looks like.
    #[serde(default)]
    pub form: Form,
}

/// What an answer looks like.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub enum Form {
    /// Words.
    #[default]
    Text,
    /// A whole number.
    Number,
    /// Yes or no.
    YesNo,
    /// One of these; where they are a scale, the lowest first.
    OneOf(Vec<Choice>),
    /// Names of things, one a line or with commas between.
    List,
}

/// What the responder does with a step, and so what its record is.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub enum Kind {
    /// Does it.
    #[default]
    Task,
    /// Chooses among options and says why.
    Decision {
        /// The question to answer.
        question: String,
        /// At least two.
        options: Vec<Choice>,
    },
    /// Runs a command, by hand, and says how it went. Conditions ask for `succeeded` or `failed`.
    Command {
        /// The command for each system.
        lines: Vec<CommandLine>,
    },
    /// Takes in the expected evidence.
    Collect,
    /// Tells someone, perhaps by a duty's deadline.
    Notify {
        /// The duty that this meets.
        #[serde(default)]
        duty: Option<String>,
        /// Whom to tell.
        to: String,
        /// A draft of what to say.
        #[serde(default)]
        say: String,
    },
    /// Asks another named person to agree before a risky step. Conditions ask for `agreed` or `refused`.
    Approve {
        /// The role that must agree.
        by: String,
        /// What they are asked.
        question: String,
    },
    /// Does it again and again, such as a situation report. Skip it to end it.
    Recur {
        /// Every so many minutes.
        every: u32,
        /// A step that ends it when settled; otherwise it goes on until the case is closed.
        #[serde(default)]
        until: Option<String>,
    },
}

/// How an approve step came out where the other person agreed.
pub const AGREED: &str = "agreed";
/// How an approve step came out where the other person did not agree.
pub const REFUSED: &str = "refused";
/// How a command step came out where it did what it should.
pub const SUCCEEDED: &str = "succeeded";
/// How a command step came out where it did not.
pub const FAILED: &str = "failed";

impl Kind {
    /// The word for it.
    pub fn word(&self) -> &'static str {
        match self {
            Self::Task => "task",
            Self::Decision { .. } => "decision",
            Self::Command { .. } => "command",
            Self::Collect => "collect",
            Self::Notify { .. } => "notify",
            Self::Approve { .. } => "approve",
            Self::Recur { .. } => "recur",
        }
    }

    /// Whether a step of this kind may ask questions: the others come out in ways of their own, or only tell.
    pub fn may_ask(&self) -> bool {
        match self {
            Self::Task | Self::Collect => true,
            Self::Decision { .. }
            | Self::Command { .. }
            | Self::Notify { .. }
            | Self::Approve { .. }
            | Self::Recur { .. } => false,
        }
    }

    /// How one of its outcomes is called: by its label, where it is an option that has one.
    pub fn outcome_label<'a>(&'a self, outcome: &'a str) -> &'a str {
        let options = if let Self::Decision { options, .. } = self { options.as_slice() } else { &[] };
        options.iter().find(|option| option.id == outcome).map_or(outcome, |option| &option.label)
    }

    /// The ways in which it can come out that conditions may ask for; empty where it is only done.
    pub fn outcomes(&self) -> Vec<&str> {
        match self {
            Self::Decision { options, .. } => options.iter().map(|option| option.id.as_str()).collect(),
            Self::Command { .. } => vec![SUCCEEDED, FAILED],
            Self::Approve { .. } => vec![AGREED, REFUSED],
            Self::Task | Self::Collect | Self::Notify { .. } | Self::Recur { .. } => Vec::new(),
        }
    }
}

/// A command as it is typed on one sort of system. Nothing runs by itself.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct CommandLine {
    /// On which systems it works.
    #[serde(default)]
    pub system: System,
    /// The program and its arguments, each by itself.
    pub argv: Vec<String>,
    /// The folder to run it in; anywhere where this is empty.
    #[serde(default)]
    pub folder: String,
}

/// A sort of system.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub enum System {
    /// On all.
    #[default]
    Any,
    /// Windows.
    Windows,
    /// Linux.
    Linux,
    /// macOS.
    MacOs,
}

impl System {
    /// The word for it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Any => "any system",
            Self::Windows => "Windows",
            Self::Linux => "Linux",
            Self::MacOs => "macOS",
        }
    }
}

/// One option of a decision, or one answer of several.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Choice {
    /// The name in commands and conditions.
    pub id: String,
    /// What it says on screen.
    pub label: String,
    /// What follows from choosing it.
    #[serde(default)]
    pub means: String,
}

impl Start {
    /// Whether it is the start of the playbook.
    pub fn is_playbook(&self) -> bool {
        *self == Self::Playbook
    }
}

/// A step of a playbook in a case.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StepRef {
    /// The playbook's identifier.
    pub playbook: String,
    /// The step's identifier; where it is done for each of several things, `isolate@Ward 7`.
    pub step: String,
}

impl StepRef {
    /// The step's identifier in its playbook, without the thing that it is done for.
    pub fn id(&self) -> &str {
        self.step.split_once('@').map_or(&self.step, |(id, _)| id)
    }

    /// The thing that it is done for, where it is one of several.
    pub fn item(&self) -> Option<&str> {
        self.step.split_once('@').map(|(_, item)| item)
    }
}

impl fmt::Display for StepRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.playbook, self.step)
    }
}

impl Playbook {
    /// Every step in order, with the phase that holds it.
    pub fn steps(&self) -> impl Iterator<Item = (&Phase, &Step)> {
        self.phases.iter().flat_map(|phase| phase.steps.iter().map(move |step| (phase, step)))
    }

    /// The step of that name.
    pub fn step(&self, id: &str) -> Option<&Step> {
        self.steps().map(|(_, step)| step).find(|step| step.id == id)
    }

    /// Every question with the step that asks it.
    pub fn questions(&self) -> impl Iterator<Item = (&Step, &Question)> {
        self.steps().flat_map(|(_, step)| step.asks.iter().map(move |question| (step, question)))
    }

    /// The question of that name, with the step that asks it.
    pub fn question(&self, id: &str) -> Option<(&Step, &Question)> {
        self.questions().find(|(_, question)| question.id == id)
    }

    /// The title of a role, or its identifier where the playbook does not describe it.
    pub fn role_title<'a>(&'a self, id: &'a str) -> &'a str {
        self.roles.iter().find(|role| role.id == id).map_or(id, |role| &role.title)
    }
}
