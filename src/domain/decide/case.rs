//! What may be asked of the case as a whole.

use super::{
    Ask,
    checks::{check_length, check_name, require_reason},
};
use crate::domain::{
    case::{Case, refusal::Refusal},
    event::{self, Event},
    marking::{Severity, Tlp},
    time::Time,
};

/// Begin the case: always its first command.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpenCase {
    /// What is wrong, in a line.
    pub title: String,
    /// How bad it is.
    pub severity: Severity,
    /// Who may see it.
    pub tlp: Tlp,
    /// Whether it is an exercise or a sample.
    pub exercise: bool,
}

impl Ask for OpenCase {
    const NEEDS_OPEN_CASE: bool = false;
    const STATES_AN_ACT: bool = false;

    fn decide(&self, _: &Case, _: Time) -> Result<Vec<Event>, Refusal> {
        check_name("the title", &self.title)?;
        let (title, severity, tlp, exercise) = (self.title.clone(), self.severity, self.tlp, self.exercise);
        Ok(vec![event::CaseOpened { title, severity, tlp, exercise }.into()])
    }
}

/// Change title, summary or mark; what is `None` stays.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AmendCase {
    /// The new title.
    pub title: Option<String>,
    /// The new summary.
    pub summary: Option<String>,
    /// The new mark.
    pub tlp: Option<Tlp>,
}

impl Ask for AmendCase {
    const NEEDS_OPEN_CASE: bool = false;
    const STATES_AN_ACT: bool = false;

    fn decide(&self, case: &Case, _: Time) -> Result<Vec<Event>, Refusal> {
        let title = self.title.as_ref().filter(|title| **title != case.title);
        let summary = self.summary.as_ref().filter(|summary| **summary != case.summary);
        let tlp = self.tlp.filter(|tlp| *tlp != case.tlp);
        if let Some(title) = title {
            check_name("the title", title)?;
        }
        if let Some(summary) = summary {
            check_length("the summary", summary)?;
        }
        if title.is_none() && summary.is_none() && tlp.is_none() {
            return Err(Refusal::Same { what: "all of that" });
        }
        Ok(vec![event::CaseAmended { title: title.cloned(), summary: summary.cloned(), tlp }.into()])
    }
}

/// Judge it worse or less bad.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SetSeverity {
    /// From now on.
    pub to: Severity,
    /// The reason.
    pub why: String,
}

impl Ask for SetSeverity {
    const NEEDS_OPEN_CASE: bool = true;
    const STATES_AN_ACT: bool = false;

    fn decide(&self, case: &Case, _: Time) -> Result<Vec<Event>, Refusal> {
        if self.to == case.severity {
            return Err(Refusal::Same { what: "the severity" });
        }
        let why = require_reason("a change of severity", &self.why)?;
        Ok(vec![event::SeverityChanged { from: case.severity, to: self.to, why }.into()])
    }
}

/// It is over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CloseCase {
    /// The outcome.
    pub why: String,
}

impl Ask for CloseCase {
    const NEEDS_OPEN_CASE: bool = true;
    const STATES_AN_ACT: bool = true;

    fn decide(&self, _: &Case, _: Time) -> Result<Vec<Event>, Refusal> {
        Ok(vec![event::CaseClosed { why: require_reason("closing the case", &self.why)? }.into()])
    }
}

/// It is open again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReopenCase {
    /// The reason.
    pub why: String,
}

impl Ask for ReopenCase {
    const NEEDS_OPEN_CASE: bool = false;
    const STATES_AN_ACT: bool = true;

    fn decide(&self, case: &Case, _: Time) -> Result<Vec<Event>, Refusal> {
        if !case.closed {
            return Err(Refusal::NotClosed);
        }
        Ok(vec![event::CaseReopened { why: require_reason("reopening the case", &self.why)? }.into()])
    }
}
