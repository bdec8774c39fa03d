//! Decisions, and who confirmed what is logged of one.

use super::{
    macros::payload,
    said::{
        About, DetailRow, Mark, Names, Said, Sign, Undo, by_means, join_with_colon, join_with_quote, list_unmet,
        name_step, person_texts,
    },
};
use crate::domain::{
    id::{EntryId, Hash},
    person::Person,
    playbook::StepRef,
};

payload! {
    "decision.made" 1
    /// A decision, with its reasons. Who logged it is the record's `by`.
    DecisionMade {
        /// The playbook step that asked, if one did.
        step: Option<StepRef>,
        /// The question.
        question: String,
        /// The chosen option's identifier, or empty for a decision that no playbook foresaw.
        choice: String,
        /// The choice in words.
        label: String,
        /// The reasons, as given at the time.
        rationale: String,
        /// Who decided.
        decided_by: Person,
        /// What the step needed and was not settled.
        unmet: Vec<String>,
    }
}

impl Said for DecisionMade {
    fn sign(&self) -> Sign {
        Sign::word("decision", Mark::Decision)
    }

    fn line(&self, by: &Person, _: &dyn Names) -> String {
        // One of several of its kind is told by the thing that it is about.
        let item = self.step.as_ref().and_then(StepRef::item).map_or_else(String::new, |item| format!("{item}: "));
        let said = format!("{item}{}", join_with_quote(&self.label, &self.rationale));
        if self.decided_by.name == by.name { said } else { format!("{said} {}", self.decided_by.label()) }
    }

    fn sentence(&self, _: &dyn Names) -> String {
        let (label, why, by) = (&self.label, &self.rationale, self.decided_by.label());
        format!("{} {label}. \"{why}\" (decided by {by}){}", self.question, list_unmet(&self.unmet))
    }

    fn rows(&self, names: &dyn Names) -> Vec<DetailRow> {
        vec![
            ("Step", self.step.as_ref().map(|step| name_step(step, names)).unwrap_or_default()),
            ("Question", self.question.clone()),
            ("Choice", self.label.clone()),
            ("Rationale", self.rationale.clone()),
            ("Decided by", self.decided_by.label()),
            ("For", self.decided_by.organisation.clone()),
            ("Unmet", self.unmet.join(", ")),
        ]
    }

    fn texts(&self) -> Vec<&str> {
        let head = [self.question.as_str(), &self.label, &self.rationale];
        head.into_iter().chain(person_texts(&self.decided_by)).collect()
    }

    fn observed(&self) -> Vec<&str> {
        vec![&self.rationale]
    }

    fn about(&self) -> About<'_> {
        About { step: self.step.as_ref(), ..About::NOTHING }
    }

    fn undo(&self) -> Undo {
        if self.step.is_some() { Undo::ReopensSteps } else { Undo::Nothing }
    }

    fn needs_open_case(&self) -> bool {
        true
    }

    fn written_by_itself(&self) -> bool {
        false
    }
}

payload! {
    "decision.countersigned" 1
    /// Another person confirms what is logged of a decision. Who logged the confirmation is the record's `by`.
    DecisionCountersigned {
        /// The entry of the decision.
        entry: EntryId,
        /// Its hash.
        hash: Hash,
        /// Who confirms; never who logged the decision.
        person: Person,
        /// By what means they were asked; may be empty.
        means: String,
        /// What they said; may be empty.
        words: String,
    }
}

impl Said for DecisionCountersigned {
    fn sign(&self) -> Sign {
        Sign::word("confirmed", Mark::Decision)
    }

    fn line(&self, _: &Person, names: &dyn Names) -> String {
        join_with_colon(&format!("{} by {}", names.cite(&self.entry), self.person.label()), &self.words)
    }

    fn sentence(&self, names: &dyn Names) -> String {
        let (cite, who) = (names.cite(&self.entry), self.person.label());
        join_with_colon(&format!("{who} confirms what {cite} says{}", by_means(&self.means)), &self.words)
    }

    fn rows(&self, names: &dyn Names) -> Vec<DetailRow> {
        vec![
            ("Decision", names.cite(&self.entry)),
            ("Who", self.person.label()),
            ("For", self.person.organisation.clone()),
            ("By", self.means.clone()),
            ("Said", self.words.clone()),
        ]
    }

    fn texts(&self) -> Vec<&str> {
        person_texts(&self.person).into_iter().chain([self.means.as_str(), &self.words]).collect()
    }

    fn observed(&self) -> Vec<&str> {
        Vec::new()
    }

    fn about(&self) -> About<'_> {
        About::entry(&self.entry, self.hash)
    }

    fn undo(&self) -> Undo {
        Undo::Nothing
    }

    fn needs_open_case(&self) -> bool {
        false
    }

    fn written_by_itself(&self) -> bool {
        false
    }
}
