//! A decision: what was chosen, why, and by whom.

use crate::{
    domain::{
        decide::{Command, MakeDecision},
        person::Person,
        playbook::{StepKind, StepRef},
    },
    tui::{
        form::{
            Fault,
            field::{FormField, fields},
            pick::{Choice, Pick},
            texts::{LineText, LongText, TimeField},
        },
        forms::{
            blank_form::{BlankForm, TypedForm},
            context::FormContext,
            submission::Submission,
        },
    },
};

/// What was decided. Either a step asks, and there is what it offers, or there are a question and a choice in words.
#[derive(Clone, Debug)]
pub(crate) struct DecideForm {
    pub(in crate::tui::forms) step: Option<StepRef>,
    /// One of the options that a step offers, by its identifier.
    option: Option<Pick<String>>,
    question: Option<LineText>,
    choice: Option<LineText>,
    rationale: LongText,
    who: LineText,
    role: LineText,
    occurred: TimeField,
}

fields!(DecideForm; option, question, choice, rationale, who, role, occurred);

impl DecideForm {
    /// The form for a step that asks, which is none where the step is no decision; or for what no playbook foresaw.
    pub(crate) fn open(context: &FormContext<'_>, step: &Option<StepRef>) -> Option<BlankForm<Self>> {
        let (case, responder) = (context.case()?, context.responder);
        let Some(step) = step else {
            let form = Self {
                question: Some(LineText::new("question", "Question", "What was to be decided", "").required()),
                choice: Some(LineText::new("choice", "Decision", "What was decided, in words", "").required()),
                ..Self::without_choice(responder)
            };
            return Some(BlankForm::new("A decision that no step asks for", form));
        };
        let point = case.step_view(step)?;
        let StepKind::Decision { question, options } = &point.step.kind else { return None };
        let choices = options
            .iter()
            .map(|o| Choice::new(o.id.clone(), o.id.clone(), point.fill(&o.label)).meaning(point.fill(&o.means)));
        let form = Self {
            step: Some(point.name()),
            option: Some(Pick::new("choice", "Choice", "↑ ↓ choose, Enter goes on", choices).tall().required()),
            ..Self::without_choice(responder)
        };
        Some(BlankForm::new(point.fill(question), form).tell("Early", point.unmet_titles().join(", ")))
    }

    fn without_choice(responder: &Person) -> Self {
        let (role, name) = (&responder.role, &responder.name);
        let why = "The reasons as they stand now: what is known, what is not";
        let who = "Who decided; you are recorded as the one who logged it";
        let as_whom = "Such as gold commander, SIRO, site manager";
        Self {
            step: None,
            option: None,
            question: None,
            choice: None,
            rationale: LongText::new("rationale", "Why", why).required(),
            who: LineText::new("who", "Decided by", who, name).required().proposed(),
            role: LineText::new("role", "Their role", as_whom, role).proposed(),
            occurred: TimeField::when(),
        }
    }
}

impl TypedForm for DecideForm {
    fn submit(&self, context: &FormContext<'_>) -> Result<Submission, Fault> {
        let (name, role) = (self.who.text(), self.role.text());
        let known = context.case().into_iter().flat_map(|case| &case.people).chain([context.responder]);
        let organisation = known.filter(|person| person.name == name).map(|person| person.organisation.clone()).next();
        let chosen = self.option.as_ref().and_then(Pick::chosen).cloned();
        let command = Command::Decide(MakeDecision {
            step: self.step.clone(),
            question: self.question.as_ref().map(LineText::text).unwrap_or_default(),
            choice: chosen.or_else(|| self.choice.as_ref().map(LineText::text)).unwrap_or_default(),
            rationale: self.rationale.text(),
            decided_by: Person { name, role, organisation: organisation.unwrap_or_default() },
        });
        Ok(Submission::command(command, self.occurred.time(context.now)?))
    }
}
