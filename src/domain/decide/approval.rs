//! To record that another person agreed to a risky step, or did not.

use super::{
    Ask,
    checks::{check_again, check_length, check_needs, check_person, find_step, not_of_kind},
};
use crate::domain::{
    case::{Case, refusal::Refusal},
    event::{self, Event},
    person::Person,
    playbook::{Kind, StepRef},
    time::Time,
};

/// Record that another person agreed to a risky step, or did not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecordApproval {
    /// The step that asks.
    pub step: StepRef,
    /// Whether they agreed.
    pub agreed: bool,
    /// Who agreed or refused.
    pub person: Person,
    /// By what means they were asked.
    pub means: String,
    /// What they said.
    pub words: String,
    /// Why it was asked before what it needs, where it was.
    pub why: String,
    /// Who asked and logs it: nobody agrees with themselves.
    pub asker: Person,
}

impl Ask for RecordApproval {
    const NEEDS_OPEN_CASE: bool = true;
    const STATES_AN_ACT: bool = true;

    fn decide(&self, case: &Case, _: Time) -> Result<Vec<Event>, Refusal> {
        let point = find_step(case, &self.step)?;
        let Kind::Approve { question, .. } = &point.step.kind else {
            return Err(not_of_kind(&point, "approve"));
        };
        check_person(&self.person)?;
        if self.person.name.trim().eq_ignore_ascii_case(self.asker.name.trim()) {
            return Err(Refusal::SamePerson { name: self.asker.name.clone() });
        }
        check_length("the means", &self.means)?;
        check_length("what they said", &self.words)?;
        let unmet = check_needs(&point, &self.why)?;
        check_again(&point, &self.why)?;
        Ok(vec![
            event::ApprovalGiven {
                step: self.step.clone(),
                question: point.fill(question),
                agreed: self.agreed,
                person: self.person.clone(),
                means: self.means.clone(),
                words: self.words.clone(),
                why: self.why.clone(),
                unmet,
            }
            .into(),
        ])
    }
}
