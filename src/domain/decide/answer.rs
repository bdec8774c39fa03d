//! To answer a question of a step, before it or after.

use super::{Ask, checks::check_length};
use crate::domain::{
    case::{Case, refusal::Refusal},
    event::{self, Event},
    playbook::{Question, Step, StepRef},
    step::attached_playbook::Plan,
    time::Time,
};

/// Answer a question, or answer it anew.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AnswerQuestion {
    /// The question: its identifier, or `PLAYBOOK/QUESTION` where several playbooks ask one of that name.
    pub question: String,
    /// The answer as given.
    pub given: String,
    /// Why it is not what it was; may be empty.
    pub why: String,
}

impl Ask for AnswerQuestion {
    const NEEDS_OPEN_CASE: bool = true;
    const STATES_AN_ACT: bool = true;

    fn decide(&self, case: &Case, _: Time) -> Result<Vec<Event>, Refusal> {
        check_length("the reason", &self.why)?;
        let (book, id) = self.question.split_once('/').map_or((None, &*self.question), |(book, id)| (Some(book), id));
        let plans = case.plans.iter().filter(|plan| book.is_none_or(|book| plan.playbook.id == book));
        let found = plans.filter_map(|plan| plan.question(id).map(|(step, question)| (plan, step, question))).next();
        let Some((plan, step, question)) = found else {
            let known = case.plans.iter().flat_map(|plan| plan.playbook.questions());
            let known = known.map(|(_, question)| question.id.clone()).collect();
            return Err(Refusal::UnknownQuestion { given: self.question.clone(), known });
        };
        let event =
            decide_answer(plan, step, question, &self.given, &self.why)?.ok_or(Refusal::Same { what: "the answer" })?;
        Ok(vec![event])
    }
}

/// The entry for an answer; `None` where that is the answer already.
pub(super) fn decide_answer(
    plan: &Plan,
    step: &Step,
    question: &Question,
    given: &str,
    why: &str,
) -> Result<Option<Event>, Refusal> {
    let bad = |why| Refusal::BadAnswer { question: question.id.clone(), why };
    let value = question.form.read(given).map_err(bad)?;
    if plan.answers.get(&question.id).is_some_and(|answered| answered.value == value) {
        return Ok(None);
    }
    let words = value.words(&question.form);
    let step = StepRef { playbook: plan.playbook.id.clone(), step: step.id.clone() };
    let (ask, why) = (plan.fill(&question.ask, None), why.to_owned());
    Ok(Some(event::AnswerGiven { step, question: question.id.clone(), ask, value, words, why }.into()))
}
