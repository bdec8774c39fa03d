//! What a playbook describes, by name: what steps, conditions and texts may refer to. Every "there is no such …" comes
//! from here, with the nearest name as its hint.

use crate::{
    domain::{
        duty::Duty,
        playbook::{Phase, Playbook, Question, Step, When},
    },
    playbook::{
        did_you_mean::{quote_word, suggest_word},
        finding::{Code, Sink},
    },
};
use std::collections::{BTreeMap, BTreeSet};

/// The names in one playbook. Ordered, so that the same text always brings the same hints.
pub(super) struct Known<'a> {
    pub(super) steps: BTreeMap<&'a str, (&'a Phase, &'a Step)>,
    pub(super) phases: BTreeSet<&'a str>,
    pub(super) roles: BTreeSet<&'a str>,
    pub(super) listed: BTreeSet<&'a str>,
    pub(super) questions: BTreeMap<&'a str, (&'a Step, &'a Question)>,
    pub(super) duties: BTreeMap<&'a str, &'a Duty>,
    /// Outcomes that some condition asks about.
    pub(super) asked: BTreeSet<(&'a str, &'a str)>,
}

impl<'a> Known<'a> {
    /// What `playbook` and `duties` describe. Of two things of one name the first counts.
    pub(super) fn of(playbook: &'a Playbook, duties: &'a [Duty]) -> Self {
        let mut steps = BTreeMap::new();
        for (phase, step) in playbook.steps() {
            steps.entry(step.id.as_str()).or_insert((phase, step));
        }
        let mut questions = BTreeMap::new();
        for (step, question) in playbook.questions() {
            questions.entry(question.id.as_str()).or_insert((step, question));
        }
        let whens = playbook.phases.iter().map(|phase| &phase.when);
        let whens = whens.chain(playbook.steps().map(|(_, step)| &step.when));
        let mentions = whens.flat_map(When::mentions);
        Known {
            steps,
            phases: playbook.phases.iter().map(|phase| phase.id.as_str()).collect(),
            roles: playbook.roles.iter().map(|role| role.id.as_str()).collect(),
            listed: playbook.duties.iter().map(String::as_str).collect(),
            questions,
            duties: duties.iter().map(|duty| (duty.id.as_str(), duty)).collect(),
            asked: mentions.filter_map(|(step, option)| option.map(|option| (step, option))).collect(),
        }
    }

    /// The step of that name; finds fault where there is none.
    pub(super) fn find_step(&self, path: &str, step: &str, sink: &mut Sink<'_>) -> Option<&'a Step> {
        let found = self.steps.get(step).map(|(_, step)| *step);
        if found.is_none() {
            sink.error(path, Code::UnknownStep, || {
                let hint = suggest_word(step, self.steps.keys().copied(), "name the id of a step in this playbook");
                (format!("there is no step {}", quote_word(step)), hint)
            });
        }
        found
    }

    /// The question of that name, with the step that asks it; finds fault where there is none.
    pub(super) fn find_question(&self, path: &str, id: &str, sink: &mut Sink<'_>) -> Option<(&'a Step, &'a Question)> {
        let found = self.questions.get(id).copied();
        if found.is_none() {
            sink.error(path, Code::UnknownQuestion, || {
                (format!("no step asks a question {}", quote_word(id)), self.question_hint(id))
            });
        }
        found
    }

    /// The hint for a question that nobody asks.
    pub(super) fn question_hint(&self, id: &str) -> String {
        let ask = "let a step ask it: `asks: [(id: \"…\", ask: \"…\")]`";
        suggest_word(id, self.questions.keys().copied(), ask)
    }

    /// Finds fault with a role that nobody has described.
    pub(super) fn check_role(&self, path: &str, role: &str, sink: &mut Sink<'_>) {
        if !self.roles.contains(role) {
            sink.error(path, Code::UnknownOwner, || {
                let hint = suggest_word(role, self.roles.iter().copied(), "describe it under `roles`");
                (format!("there is no role {}", quote_word(role)), hint)
            });
        }
    }

    /// The duty of that name; finds fault where nobody has described it.
    pub(super) fn find_duty(&self, path: &str, duty: &str, sink: &mut Sink<'_>) -> Option<&'a Duty> {
        let found = self.duties.get(duty).copied();
        if found.is_none() {
            sink.error(path, Code::UnknownDuty, || {
                let hint = suggest_word(duty, self.duties.keys().copied(), "duties are described in duties.ron");
                (format!("there is no duty {}", quote_word(duty)), hint)
            });
        }
        found
    }

    /// The same, and that this playbook lists it, so that it is there in a case.
    pub(super) fn find_listed_duty(&self, path: &str, duty: &str, sink: &mut Sink<'_>) -> Option<&'a Duty> {
        let found = self.find_duty(path, duty, sink)?;
        if !self.listed.contains(duty) {
            sink.error(path, Code::UnlistedDuty, || {
                let what = format!("the duty {} is not among this playbook's duties", quote_word(duty));
                (what, "add it to `duties` at the top, so that its clock is offered".to_owned())
            });
        }
        Some(found)
    }
}

/// Every step with the numbers of its phase and of itself.
pub(super) fn number_steps(playbook: &Playbook) -> impl Iterator<Item = (usize, usize, &Step)> {
    let phases = playbook.phases.iter().enumerate();
    phases.flat_map(|(at, phase)| phase.steps.iter().enumerate().map(move |(step_at, step)| (at, step_at, step)))
}
