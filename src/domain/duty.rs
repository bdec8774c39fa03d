//! Duties with a deadline, as data, and the clocks that they start.

use super::time::Time;
use serde::{Deserialize, Serialize};

/// A duty to tell someone by a deadline. Guidance, not legal advice; an organisation may edit it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
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

impl Duty {
    /// The deadline (UTC) for someone who became aware at `aware`.
    pub fn deadline(&self, aware: Time) -> Option<Time> {
        self.limit.map(|minutes| aware.plus_minutes(i64::from(minutes)))
    }
}
