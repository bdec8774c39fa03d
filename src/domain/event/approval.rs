//! What another person agreed to before a risky step.

use super::{
    macros::payload,
    said::{
        About, DetailRow, Mark, Names, Said, Sign, Undo, by_means, join_with_colon, list_unmet, name_step, person_texts,
    },
};
use crate::domain::{person::Person, playbook::StepRef};

payload! {
    "approval.given" 1
    /// Another person was asked to agree before a risky step. Who logged it is the record's `by`.
    ApprovalGiven {
        /// The step that asks.
        step: StepRef,
        /// What they were asked.
        question: String,
        /// Whether they agreed.
        agreed: bool,
        /// Who agreed or refused.
        person: Person,
        /// By what means they were asked.
        means: String,
        /// What they said.
        words: String,
        /// Why it was asked before what it needs, where it was.
        why: String,
        /// What the step needed and was not settled.
        unmet: Vec<String>,
    }
}

impl Said for ApprovalGiven {
    fn sign(&self) -> Sign {
        let (label, tag) = if self.agreed { ("agreed", "✓ agreed") } else { ("refused", "✗ refused") };
        Sign { label, tag, mark: Mark::Decision }
    }

    fn line(&self, _: &Person, names: &dyn Names) -> String {
        join_with_colon(&format!("{}, {}", names.step_title(&self.step), self.person.label()), &self.words)
    }

    fn sentence(&self, _: &dyn Names) -> String {
        let how = if self.agreed { "agrees" } else { "does not agree" };
        let asked = format!("{} {} {how}{}", self.question, self.person.label(), by_means(&self.means));
        format!("{}{}", join_with_colon(&asked, &self.words), list_unmet(&self.unmet))
    }

    fn rows(&self, names: &dyn Names) -> Vec<DetailRow> {
        vec![
            ("Step", name_step(&self.step, names)),
            ("Asked", self.question.clone()),
            ("Answer", if self.agreed { "agreed" } else { "did not agree" }.into()),
            ("Who", self.person.label()),
            ("For", self.person.organisation.clone()),
            ("By", self.means.clone()),
            ("Said", self.words.clone()),
            ("Early", self.why.clone()),
            ("Unmet", self.unmet.join(", ")),
        ]
    }

    fn texts(&self) -> Vec<&str> {
        let head = [self.question.as_str(), &self.means, &self.words, &self.why];
        head.into_iter().chain(person_texts(&self.person)).collect()
    }

    fn observed(&self) -> Vec<&str> {
        Vec::new()
    }

    fn about(&self) -> About<'_> {
        About::step(&self.step)
    }

    fn undo(&self) -> Undo {
        Undo::ReopensSteps
    }

    fn needs_open_case(&self) -> bool {
        true
    }

    fn written_by_itself(&self) -> bool {
        false
    }
}
