//! Steps of playbooks, and commands that were run for them.

use super::{
    macros::payload,
    said::{About, DetailRow, Mark, Names, Said, Sign, Undo, join_with_colon, list_unmet, name_step},
};
use crate::domain::{
    person::Person,
    playbook::{StepRef, System},
};

payload! {
    "step.started" 1
    /// Someone is at work on a step.
    StepStarted {
        /// The step.
        step: StepRef,
        /// Anything to add.
        note: String,
    }
}

impl Said for StepStarted {
    fn sign(&self) -> Sign {
        Sign { label: "started", tag: "▶", mark: Mark::Begun }
    }

    fn line(&self, _: &Person, names: &dyn Names) -> String {
        join_with_colon(&names.step_title(&self.step), &self.note)
    }

    fn sentence(&self, names: &dyn Names) -> String {
        join_with_colon(&names.step_title(&self.step), &self.note)
    }

    fn rows(&self, names: &dyn Names) -> Vec<DetailRow> {
        vec![("Step", name_step(&self.step, names)), ("Note", self.note.clone())]
    }

    fn texts(&self) -> Vec<&str> {
        vec![&self.note]
    }

    fn observed(&self) -> Vec<&str> {
        vec![&self.note]
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

payload! {
    "step.done" 1
    /// A step is done.
    StepDone {
        /// The step.
        step: StepRef,
        /// Anything to add.
        note: String,
        /// Why it was done before what it needs, where it was.
        why: String,
        /// What it needed and was not settled.
        unmet: Vec<String>,
    }
}

impl Said for StepDone {
    fn sign(&self) -> Sign {
        Sign { label: "done", tag: "✓", mark: Mark::Done }
    }

    fn line(&self, _: &Person, names: &dyn Names) -> String {
        join_with_colon(&names.step_title(&self.step), if self.note.is_empty() { &self.why } else { &self.note })
    }

    fn sentence(&self, names: &dyn Names) -> String {
        let early = list_unmet(&self.unmet);
        let why = if self.why.is_empty() { String::new() } else { format!("; {}", self.why) };
        format!("{}{early}{why}", join_with_colon(&names.step_title(&self.step), &self.note))
    }

    fn rows(&self, names: &dyn Names) -> Vec<DetailRow> {
        vec![
            ("Step", name_step(&self.step, names)),
            ("Note", self.note.clone()),
            ("Early", self.why.clone()),
            ("Unmet", self.unmet.join(", ")),
        ]
    }

    fn texts(&self) -> Vec<&str> {
        vec![&self.note, &self.why]
    }

    fn observed(&self) -> Vec<&str> {
        vec![&self.note]
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

payload! {
    "step.skipped" 1
    /// A step is left out.
    StepSkipped {
        /// The step.
        step: StepRef,
        /// The reason.
        why: String,
    }
}

impl Said for StepSkipped {
    fn sign(&self) -> Sign {
        Sign { label: "skipped", tag: "– skipped", mark: Mark::Skipped }
    }

    fn line(&self, _: &Person, names: &dyn Names) -> String {
        join_with_colon(&names.step_title(&self.step), &self.why)
    }

    fn sentence(&self, names: &dyn Names) -> String {
        join_with_colon(&names.step_title(&self.step), &self.why)
    }

    fn rows(&self, names: &dyn Names) -> Vec<DetailRow> {
        vec![("Step", name_step(&self.step, names)), ("Reason", self.why.clone())]
    }

    fn texts(&self) -> Vec<&str> {
        vec![&self.why]
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

payload! {
    "step.blocked" 1
    /// A step cannot go on.
    StepBlocked {
        /// The step.
        step: StepRef,
        /// What it waits for.
        why: String,
    }
}

impl Said for StepBlocked {
    fn sign(&self) -> Sign {
        Sign { label: "blocked", tag: "✗ blocked", mark: Mark::Blocked }
    }

    fn line(&self, _: &Person, names: &dyn Names) -> String {
        join_with_colon(&names.step_title(&self.step), &self.why)
    }

    fn sentence(&self, names: &dyn Names) -> String {
        join_with_colon(&names.step_title(&self.step), &self.why)
    }

    fn rows(&self, names: &dyn Names) -> Vec<DetailRow> {
        vec![("Step", name_step(&self.step, names)), ("Waits for", self.why.clone())]
    }

    fn texts(&self) -> Vec<&str> {
        vec![&self.why]
    }

    fn observed(&self) -> Vec<&str> {
        vec![&self.why]
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

payload! {
    "step.reopened" 1
    /// A settled step is open again.
    StepReopened {
        /// The step.
        step: StepRef,
        /// The reason.
        why: String,
    }
}

impl Said for StepReopened {
    fn sign(&self) -> Sign {
        Sign { label: "step reopened", tag: "○ open", mark: Mark::Begun }
    }

    fn line(&self, _: &Person, names: &dyn Names) -> String {
        join_with_colon(&names.step_title(&self.step), &self.why)
    }

    fn sentence(&self, names: &dyn Names) -> String {
        join_with_colon(&names.step_title(&self.step), &self.why)
    }

    fn rows(&self, names: &dyn Names) -> Vec<DetailRow> {
        vec![("Step", name_step(&self.step, names)), ("Reason", self.why.clone())]
    }

    fn texts(&self) -> Vec<&str> {
        vec![&self.why]
    }

    fn observed(&self) -> Vec<&str> {
        Vec::new()
    }

    fn about(&self) -> About<'_> {
        About::step(&self.step)
    }

    fn undo(&self) -> Undo {
        Undo::Stays {
            why: "how the step stood before is not put back by itself",
            instead: "mark the step as it stands",
        }
    }

    fn needs_open_case(&self) -> bool {
        true
    }

    fn written_by_itself(&self) -> bool {
        false
    }
}

payload! {
    "command.reported" 1
    /// A command was run by hand, outside of this program.
    CommandReported {
        /// The step.
        step: StepRef,
        /// The sort of system that it was run on.
        system: System,
        /// The command as the playbook gives it there.
        argv: Vec<String>,
        /// Whether it did what it should.
        succeeded: bool,
        /// What came of it.
        outcome: String,
        /// Why it was done before what it needs, where it was.
        why: String,
        /// What the step needed and was not settled.
        unmet: Vec<String>,
    }
}

impl Said for CommandReported {
    fn sign(&self) -> Sign {
        let (label, tag) = if self.succeeded { ("ran", "✓ ran") } else { ("failed", "✗ failed") };
        Sign { label, tag, mark: Mark::Done }
    }

    fn line(&self, _: &Person, names: &dyn Names) -> String {
        join_with_colon(&names.step_title(&self.step), &self.outcome)
    }

    fn sentence(&self, names: &dyn Names) -> String {
        let how = if self.succeeded { "did what it should" } else { "failed" };
        let title = names.step_title(&self.step);
        let ran = format!("{title} on {}: `{}` {how}", self.system.word(), self.argv.join(" "));
        format!("{}{}", join_with_colon(&ran, &self.outcome), list_unmet(&self.unmet))
    }

    fn rows(&self, names: &dyn Names) -> Vec<DetailRow> {
        vec![
            ("Step", name_step(&self.step, names)),
            ("Command", self.argv.join(" ")),
            ("System", self.system.word().into()),
            ("Result", if self.succeeded { "did what it should" } else { "failed" }.into()),
            ("Outcome", self.outcome.clone()),
            ("Early", self.why.clone()),
            ("Unmet", self.unmet.join(", ")),
        ]
    }

    fn texts(&self) -> Vec<&str> {
        self.argv.iter().map(String::as_str).chain([self.outcome.as_str(), &self.why]).collect()
    }

    fn observed(&self) -> Vec<&str> {
        vec![&self.outcome]
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
