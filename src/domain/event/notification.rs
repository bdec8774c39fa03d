//! Who was told.

use super::{
    macros::payload,
    said::{About, DetailRow, Mark, Names, Said, Sign, Undo, join_with_colon, name_step},
};
use crate::domain::{person::Person, playbook::StepRef};

payload! {
    "notification.made" 1
    /// Someone was told.
    NotificationMade {
        /// The playbook step that asked, if one did.
        step: Option<StepRef>,
        /// The duty that this meets, if one.
        duty: Option<String>,
        /// Who was told.
        to: String,
        /// By what means.
        means: String,
        /// Their reference number.
        reference: String,
        /// The text as sent or said.
        text: String,
        /// What the step needed and was not settled.
        unmet: Vec<String>,
    }
}

impl Said for NotificationMade {
    fn sign(&self) -> Sign {
        Sign::word("told", Mark::Told)
    }

    fn line(&self, _: &Person, _: &dyn Names) -> String {
        let means = if self.means.is_empty() { String::new() } else { format!(" by {}", self.means) };
        join_with_colon(&format!("{}{means}", self.to), &self.reference)
    }

    fn sentence(&self, _: &dyn Names) -> String {
        let means = if self.means.is_empty() { String::new() } else { format!(" by {}", self.means) };
        let reference =
            if self.reference.is_empty() { String::new() } else { format!(", reference {}", self.reference) };
        join_with_colon(&format!("{}{means}{reference}", self.to), &self.text)
    }

    fn rows(&self, names: &dyn Names) -> Vec<DetailRow> {
        vec![
            ("Told", self.to.clone()),
            ("By", self.means.clone()),
            ("Reference", self.reference.clone()),
            ("Duty", self.duty.as_deref().map(|id| names.duty_title(id)).unwrap_or_default()),
            ("Step", self.step.as_ref().map(|step| name_step(step, names)).unwrap_or_default()),
            ("Text", self.text.clone()),
            ("Unmet", self.unmet.join(", ")),
        ]
    }

    fn texts(&self) -> Vec<&str> {
        vec![&self.to, &self.means, &self.reference, &self.text]
    }

    fn observed(&self) -> Vec<&str> {
        Vec::new()
    }

    fn about(&self) -> About<'_> {
        About { step: self.step.as_ref(), ..About::NOTHING }
    }

    fn undo(&self) -> Undo {
        if self.step.is_some() { Undo::ReopensSteps } else { Undo::Nothing }
    }

    fn needs_open_case(&self) -> bool {
        false
    }

    fn written_by_itself(&self) -> bool {
        false
    }
}
