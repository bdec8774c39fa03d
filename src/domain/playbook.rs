//! A playbook: phases of steps that lead through one kind of incident.

use serde::{Deserialize, Serialize};
use std::fmt;

/// A whole playbook, as its RON source says it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Playbook {
    /// The name in commands, such as `ransomware`: lower-case letters, digits and hyphens.
    pub id: String,
    /// The author's version of the text.
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
    /// Identifiers of duties that it may start.
    #[serde(default)]
    pub duties: Vec<String>,
    /// Its phases, in order.
    pub phases: Vec<Phase>,
}

/// Someone who owns steps.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
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

/// A part of the response, such as containment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Phase {
    /// The name, unique in the playbook.
    pub id: String,
    /// The heading on screen.
    pub title: String,
    /// Its steps, in order.
    pub steps: Vec<Step>,
}

/// One action that one person can do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Step {
    /// The name, unique in the playbook.
    pub id: String,
    /// The action in a few words, beginning with a verb.
    pub title: String,
    /// What to do.
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
    /// Due so many minutes after the playbook was attached.
    #[serde(default)]
    pub due: Option<u32>,
    /// Steps that should be settled (done or skipped) before.
    #[serde(default)]
    pub needs: Vec<String>,
    /// When it applies, over earlier choices.
    #[serde(default)]
    pub when: When,
    /// Evidence that it should bring.
    #[serde(default)]
    pub expects: Vec<String>,
    /// What the responder does with it.
    #[serde(default)]
    pub kind: Kind,
}

/// What the responder does with a step, and so what its record is.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
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
}

impl Kind {
    /// The word for it.
    pub fn word(&self) -> &'static str {
        match self {
            Self::Task => "task",
            Self::Decision { .. } => "decision",
            Self::Collect => "collect",
            Self::Notify { .. } => "notify",
        }
    }
}

/// One option of a decision.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
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

/// When a step applies. What is not yet known keeps it waiting.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum When {
    /// In any case.
    #[default]
    Always,
    /// That decision went that way: step, option.
    Chose(String, String),
    /// That step was done.
    Done(String),
    /// All of these.
    All(Vec<When>),
    /// At least one of these.
    Any(Vec<When>),
    /// Not this.
    Not(Box<When>),
}

/// A step of a playbook in a case.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StepRef {
    /// The playbook's identifier.
    pub playbook: String,
    /// The step's identifier.
    pub step: String,
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

    /// The title of a role, or its identifier where the playbook does not describe it.
    pub fn role_title<'a>(&'a self, id: &'a str) -> &'a str {
        self.roles.iter().find(|role| role.id == id).map_or(id, |role| &role.title)
    }
}

impl When {
    /// The names of the steps that this looks at, with the option where it asks for one.
    pub fn mentions(&self) -> Vec<(&str, Option<&str>)> {
        match self {
            Self::Always => Vec::new(),
            Self::Chose(step, option) => vec![(step, Some(option))],
            Self::Done(step) => vec![(step, None)],
            Self::All(parts) | Self::Any(parts) => parts.iter().flat_map(Self::mentions).collect(),
            Self::Not(part) => part.mentions(),
        }
    }
}
