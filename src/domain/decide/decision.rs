//! To decide, and to confirm what is logged of a decision.

use super::{
    Ask,
    checks::{check_length, check_paragraph, check_person, find_step, known_entry, refuse_as_already, require_reason},
};
use crate::domain::{
    case::{Case, refusal::Refusal, steps::StepStatus},
    event::{self, Event},
    id::{EntryId, Hash},
    person::Person,
    playbook::{StepKind, StepRef},
    time::Time,
};

/// Decide, by a step or on one's own account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MakeDecision {
    /// The step that asks, if one does.
    pub step: Option<StepRef>,
    /// The question; the step's own where a step asks.
    pub question: String,
    /// The option's identifier where a step asks; the decision in words otherwise.
    pub choice: String,
    /// The reasons.
    pub rationale: String,
    /// Who decided.
    pub decided_by: Person,
}

impl Ask for MakeDecision {
    const NEEDS_OPEN_CASE: bool = true;
    const STATES_AN_ACT: bool = true;

    fn decide(&self, case: &Case, _: Time) -> Result<Vec<Event>, Refusal> {
        check_person(&self.decided_by)?;
        let rationale = require_reason("a decision", &self.rationale)?;
        let decided_by = self.decided_by.clone();
        let Some(step) = &self.step else {
            check_paragraph("the question", &self.question)?;
            check_paragraph("the decision", &self.choice)?;
            let (question, label) = (self.question.clone(), self.choice.clone());
            let (step, choice, unmet) = (None, String::new(), Vec::new());
            return Ok(vec![
                event::DecisionMade { step, question, choice, label, rationale, decided_by, unmet }.into(),
            ]);
        };
        let point = find_step(case, step)?;
        let StepKind::Decision { question, options } = &point.step.kind else {
            return Err(Refusal::NotADecision { step: step.step.clone() });
        };
        if point.status == StepStatus::Done {
            return Err(refuse_as_already(&point, "decided"));
        }
        let Some(option) = options.iter().find(|option| option.id == self.choice) else {
            let known = options.iter().map(|option| option.id.clone()).collect();
            return Err(Refusal::UnknownOption { step: step.step.clone(), given: self.choice.clone(), known });
        };
        Ok(vec![
            event::DecisionMade {
                step: Some(step.clone()),
                question: point.fill(question),
                choice: option.id.clone(),
                label: point.fill(&option.label),
                rationale,
                decided_by,
                unmet: point.unmet(),
            }
            .into(),
        ])
    }
}

/// Record that another person confirms what is logged of a decision; the one who decided may be that person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CountersignDecision {
    /// The entry of the decision.
    pub entry: EntryId,
    /// Its hash.
    pub hash: Hash,
    /// Who confirms: never who logged the decision.
    pub person: Person,
    /// By what means they were asked; may be empty.
    pub means: String,
    /// What they said; may be empty.
    pub words: String,
}

impl Ask for CountersignDecision {
    const NEEDS_OPEN_CASE: bool = false;
    const STATES_AN_ACT: bool = true;

    fn decide(&self, case: &Case, _: Time) -> Result<Vec<Event>, Refusal> {
        let entry = &self.entry;
        known_entry(case, entry, self.hash)?;
        let cite = case.cite(entry);
        let Some(made) = case.decision(entry) else {
            let known = case.decisions.iter().map(|made| case.cite(&made.entry)).collect();
            return Err(Refusal::NoDecision { entry: cite, known });
        };
        check_person(&self.person)?;
        check_length("the means", &self.means)?;
        check_length("what they said", &self.words)?;
        if case.undone(entry) {
            return Err(Refusal::Undone { entry: cite });
        }
        if self.person.name.trim().eq_ignore_ascii_case(made.by.name.trim()) {
            return Err(Refusal::OwnEntry { entry: cite, name: made.by.name.clone() });
        }
        let (person, means, words) = (self.person.clone(), self.means.clone(), self.words.clone());
        let signed = event::DecisionCountersigned { entry: entry.clone(), hash: self.hash, person, means, words };
        let so = case.countersigned(entry).iter().any(|known| known.what == signed);
        Ok(if so { Vec::new() } else { vec![signed.into()] })
    }
}
