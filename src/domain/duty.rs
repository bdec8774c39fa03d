//! Duties with a deadline, as data, and the clocks that they start.

use super::time::Time;
use serde::{Deserialize, Serialize};

/// A duty to tell someone by a deadline. Guidance, not legal advice; an organisation may edit it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Duty {
    /// The name in playbooks and commands, such as `ico-72h`.
    pub id: String,
    /// What the duty is, in a few words.
    pub title: String,
    /// Whom to tell.
    pub to: String,
    /// How to reach them: numbers and addresses that work without our own network.
    #[serde(default)]
    pub reach: String,
    /// What starts the clock, in words.
    pub starts: String,
    /// Time allowed from awareness, minutes; `None` is without undue delay.
    #[serde(default)]
    pub limit: Option<u32>,
    /// Thresholds over the answers to a playbook's questions: where all are reached, the duty probably applies. Empty
    /// where it hangs on no grading.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub gate: Vec<Threshold>,
    /// What the notification must contain.
    #[serde(default)]
    pub content: Vec<String>,
    /// Where this was read.
    pub source: String,
    /// The day on which the source was read, as `2026-11-22`.
    pub checked_on: String,
    /// Whether the source itself was read; a draft from a secondary source otherwise.
    #[serde(default)]
    pub confirmed: bool,
}

/// One threshold of a gate, such as an impact of at least 2.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Threshold {
    /// The question, which a playbook asks under this name.
    pub question: String,
    /// The least answer that reaches it: a number, or the place of an option on its scale (the first is 1).
    pub at_least: i64,
}

impl Duty {
    /// The deadline (UTC) for someone who became aware at `aware`.
    pub fn deadline(&self, aware: Time) -> Option<Time> {
        self.limit.map(|minutes| aware.plus_minutes(i64::from(minutes)))
    }
}
