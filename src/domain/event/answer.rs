//! Answers to questions of steps.

use super::{
    macros::payload,
    said::{About, DetailRow, Mark, Names, Said, Sign, Undo, name_step},
};
use crate::domain::{
    person::Person,
    playbook::{StepRef, answer::Value},
};

payload! {
    "answer.given" 1
    /// A question of a step is answered, or answered anew.
    AnswerGiven {
        /// The step that asks.
        step: StepRef,
        /// The question's identifier.
        question: String,
        /// What was asked.
        ask: String,
        /// The answer.
        value: Value,
        /// The answer in words.
        words: String,
        /// Why it is not what it was; may be empty.
        why: String,
    }
}

impl Said for AnswerGiven {
    fn sign(&self) -> Sign {
        Sign::word("answer", Mark::Note)
    }

    fn line(&self, _: &Person, _: &dyn Names) -> String {
        format!("{} {}", self.ask, self.words)
    }

    fn sentence(&self, _: &dyn Names) -> String {
        let why = if self.why.is_empty() { String::new() } else { format!(" ({})", self.why) };
        format!("{} {}{why}", self.ask, self.words)
    }

    fn rows(&self, names: &dyn Names) -> Vec<DetailRow> {
        vec![
            ("Question", self.ask.clone()),
            ("Answer", self.words.clone()),
            ("Step", name_step(&self.step, names)),
            ("Reason", self.why.clone()),
        ]
    }

    fn texts(&self) -> Vec<&str> {
        vec![&self.ask, &self.words, &self.why]
    }

    fn observed(&self) -> Vec<&str> {
        vec![&self.words]
    }

    fn about(&self) -> About<'_> {
        About::step(&self.step)
    }

    fn undo(&self) -> Undo {
        Undo::Stays { why: "steps may rest on the answer", instead: "answer the question anew, saying why" }
    }

    fn needs_open_case(&self) -> bool {
        true
    }

    fn written_by_itself(&self) -> bool {
        false
    }
}
