//! The case as a whole: opened, amended, judged, closed and reopened.

use super::{
    macros::payload,
    said::{About, DetailRow, Mark, Names, Said, Sign, Undo, join_with_quote},
};
use crate::domain::{
    marking::{Severity, Tlp},
    person::Person,
};

payload! {
    "case.opened" 1
    /// The case begins.
    CaseOpened {
        /// What is wrong, in a line.
        title: String,
        /// How bad it is.
        severity: Severity,
        /// Who may see it.
        tlp: Tlp,
        /// Whether this is an exercise or a sample and no real incident.
        exercise: bool,
    }
}

impl Said for CaseOpened {
    fn sign(&self) -> Sign {
        Sign::word("opened", Mark::Case)
    }

    fn line(&self, _: &Person, _: &dyn Names) -> String {
        format!("{}, {}, {}", self.title, self.severity, self.tlp)
    }

    fn sentence(&self, _: &dyn Names) -> String {
        let exercise = if self.exercise { "EXERCISE: " } else { "" };
        format!("{exercise}{} ({}, {})", self.title, self.severity, self.tlp)
    }

    fn rows(&self, _: &dyn Names) -> Vec<DetailRow> {
        vec![
            ("Title", self.title.clone()),
            ("Severity", self.severity.to_string()),
            ("Mark", self.tlp.to_string()),
            ("Exercise", if self.exercise { "yes".into() } else { String::new() }),
        ]
    }

    fn texts(&self) -> Vec<&str> {
        vec![&self.title]
    }

    fn observed(&self) -> Vec<&str> {
        Vec::new()
    }

    fn about(&self) -> About<'_> {
        About::NOTHING
    }

    fn undo(&self) -> Undo {
        Undo::Stays {
            why: "everything else rests on it",
            instead: "close the case, saying why it should not have been",
        }
    }

    fn needs_open_case(&self) -> bool {
        false
    }

    fn written_by_itself(&self) -> bool {
        false
    }
}

payload! {
    "case.amended" 1
    /// The title, the summary or the mark is changed; what is `None` stays.
    CaseAmended {
        /// The new title.
        title: Option<String>,
        /// The new summary.
        summary: Option<String>,
        /// The new mark.
        tlp: Option<Tlp>,
    }
}

impl Said for CaseAmended {
    fn sign(&self) -> Sign {
        Sign::word("amended", Mark::Case)
    }

    fn line(&self, _: &Person, _: &dyn Names) -> String {
        let parts = [&self.title, &self.summary].into_iter().flatten().cloned();
        parts.chain(self.tlp.map(|tlp| tlp.to_string())).collect::<Vec<_>>().join(", ")
    }

    fn sentence(&self, _: &dyn Names) -> String {
        let title = self.title.as_ref().map(|title| format!("title: {title}"));
        let summary = self.summary.as_ref().map(|summary| format!("summary: {summary}"));
        let tlp = self.tlp.map(|tlp| tlp.to_string());
        title.into_iter().chain(summary).chain(tlp).collect::<Vec<_>>().join("; ")
    }

    fn rows(&self, _: &dyn Names) -> Vec<DetailRow> {
        vec![
            ("Title", self.title.clone().unwrap_or_default()),
            ("Summary", self.summary.clone().unwrap_or_default()),
            ("Mark", self.tlp.map(|tlp| tlp.to_string()).unwrap_or_default()),
        ]
    }

    fn texts(&self) -> Vec<&str> {
        [&self.title, &self.summary].into_iter().flatten().map(String::as_str).collect()
    }

    fn observed(&self) -> Vec<&str> {
        Vec::new()
    }

    fn about(&self) -> About<'_> {
        About::NOTHING
    }

    fn undo(&self) -> Undo {
        Undo::Stays { why: "what stood there before is not put back by itself", instead: "amend the case again" }
    }

    fn needs_open_case(&self) -> bool {
        false
    }

    fn written_by_itself(&self) -> bool {
        false
    }
}

payload! {
    "severity.changed" 1
    /// It is judged worse or less bad.
    SeverityChanged {
        /// Before.
        from: Severity,
        /// From now on.
        to: Severity,
        /// The reason.
        why: String,
    }
}

impl Said for SeverityChanged {
    fn sign(&self) -> Sign {
        Sign::word("severity", Mark::Case)
    }

    fn line(&self, _: &Person, _: &dyn Names) -> String {
        join_with_quote(&format!("{} to {}", self.from, self.to), &self.why)
    }

    fn sentence(&self, _: &dyn Names) -> String {
        format!("{} to {}: {}", self.from, self.to, self.why)
    }

    fn rows(&self, _: &dyn Names) -> Vec<DetailRow> {
        vec![("Severity", format!("{} to {}", self.from, self.to)), ("Reason", self.why.clone())]
    }

    fn texts(&self) -> Vec<&str> {
        vec![&self.why]
    }

    fn observed(&self) -> Vec<&str> {
        Vec::new()
    }

    fn about(&self) -> About<'_> {
        About::NOTHING
    }

    fn undo(&self) -> Undo {
        Undo::PutsBackSeverity(self.from)
    }

    fn needs_open_case(&self) -> bool {
        true
    }

    fn written_by_itself(&self) -> bool {
        false
    }
}

payload! {
    "case.closed" 1
    /// The incident is over.
    CaseClosed {
        /// The outcome, in a sentence.
        why: String,
    }
}

impl Said for CaseClosed {
    fn sign(&self) -> Sign {
        Sign::word("closed", Mark::Case)
    }

    fn line(&self, _: &Person, _: &dyn Names) -> String {
        self.why.clone()
    }

    fn sentence(&self, _: &dyn Names) -> String {
        self.why.clone()
    }

    fn rows(&self, _: &dyn Names) -> Vec<DetailRow> {
        vec![("Outcome", self.why.clone())]
    }

    fn texts(&self) -> Vec<&str> {
        vec![&self.why]
    }

    fn observed(&self) -> Vec<&str> {
        Vec::new()
    }

    fn about(&self) -> About<'_> {
        About::NOTHING
    }

    fn undo(&self) -> Undo {
        Undo::Reopens
    }

    fn needs_open_case(&self) -> bool {
        true
    }

    fn written_by_itself(&self) -> bool {
        false
    }
}

payload! {
    "case.reopened" 1
    /// It was not over.
    CaseReopened {
        /// The reason.
        why: String,
    }
}

impl Said for CaseReopened {
    fn sign(&self) -> Sign {
        Sign::word("reopened", Mark::Case)
    }

    fn line(&self, _: &Person, _: &dyn Names) -> String {
        self.why.clone()
    }

    fn sentence(&self, _: &dyn Names) -> String {
        self.why.clone()
    }

    fn rows(&self, _: &dyn Names) -> Vec<DetailRow> {
        vec![("Reason", self.why.clone())]
    }

    fn texts(&self) -> Vec<&str> {
        vec![&self.why]
    }

    fn observed(&self) -> Vec<&str> {
        Vec::new()
    }

    fn about(&self) -> About<'_> {
        About::NOTHING
    }

    fn undo(&self) -> Undo {
        Undo::Closes
    }

    fn needs_open_case(&self) -> bool {
        false
    }

    fn written_by_itself(&self) -> bool {
        false
    }
}
