//! Conditions of a playbook: when a step or a phase applies.

use serde::{Deserialize, Serialize};

/// When a step applies. What is not yet known keeps it waiting; what hangs on a step that was left out does not hold.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub enum When {
    /// In any case.
    #[default]
    Always,
    /// That step came out so: a decision's option, `agreed` or `refused`, `succeeded` or `failed`.
    Chose(String, String),
    /// That step was done.
    Done(String),
    /// That question was answered with yes.
    Yes(String),
    /// That question was answered with that option.
    Answered(String, String),
    /// That question was answered with at least this: a number, the place of an option (the first is 1), or how many
    /// things a list has.
    AtLeast(String, i64),
    /// The answers reach every threshold of that duty's gate, so that the duty probably applies. Guidance, not legal
    /// advice.
    Gate(String),
    /// All of these.
    All(Vec<When>),
    /// At least one of these.
    Any(Vec<When>),
    /// Not this.
    Not(Box<When>),
}

impl When {
    /// Whether it asks nothing.
    pub fn is_always(&self) -> bool {
        *self == Self::Always
    }

    /// The conditions in it that ask something themselves: all but `All`, `Any`, `Not` and `Always`.
    pub fn leaves(&self) -> Vec<&When> {
        match self {
            Self::Always => Vec::new(),
            Self::All(parts) | Self::Any(parts) => parts.iter().flat_map(Self::leaves).collect(),
            Self::Not(part) => part.leaves(),
            Self::Chose(..) | Self::Done(_) | Self::Yes(_) | Self::Answered(..) | Self::AtLeast(..) | Self::Gate(_) => {
                vec![self]
            }
        }
    }

    /// The step that it looks at and the outcome that it asks for, where it asks how one came out.
    pub fn chosen(&self) -> Option<(&str, &str)> {
        if let Self::Chose(step, option) = self { Some((step, option)) } else { None }
    }

    /// The names of the steps that this looks at, with the outcome where it asks for one.
    pub fn mentions(&self) -> Vec<(&str, Option<&str>)> {
        let mut mentions = Vec::new();
        for leaf in self.leaves() {
            if let Self::Chose(step, option) = leaf {
                mentions.push((step.as_str(), Some(option.as_str())));
            } else if let Self::Done(step) = leaf {
                mentions.push((step.as_str(), None));
            }
        }
        mentions
    }
}
