//! Faults and refusals as reports for a person: what, why and what to do.

use crate::{domain::case::refusal::Refusal, store::error::StoreError, tui::model::msg::Report};
use std::error::Error;

impl From<&Refusal> for Report {
    fn from(refusal: &Refusal) -> Self {
        Self { what: refusal.to_string(), causes: Vec::new(), hint: Some(refusal.hint()) }
    }
}

impl From<&StoreError> for Report {
    fn from(fault: &StoreError) -> Self {
        let mut causes = causes(fault);
        if let StoreError::NotACase { why, .. } | StoreError::ForeignSchema { why, .. } = fault {
            causes.insert(0, why.clone());
        }
        Self { what: fault.to_string(), causes, hint: Some(fault.hint()) }
    }
}

/// Why, from the outermost cause in.
pub fn causes(fault: &dyn Error) -> Vec<String> {
    std::iter::successors(fault.source(), |fault| (*fault).source()).map(ToString::to_string).collect()
}

/// What is wrong with its causes, in one line and without a hint.
pub fn one_line(why: &StoreError) -> String {
    let report = Report::from(why);
    std::iter::once(report.what).chain(report.causes).collect::<Vec<_>>().join(": ")
}

/// A report of which nothing more is known.
pub fn plain(what: impl Into<String>, hint: impl Into<String>) -> Report {
    Report { what: what.into(), causes: Vec::new(), hint: Some(hint.into()) }
}
