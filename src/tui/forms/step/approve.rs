//! Another person agrees to a risky step, or does not.

use super::done::reason_beforehand;
use crate::{
    domain::{
        decide::{Command, RecordApproval},
        person::Person,
        playbook::{AGREED, REFUSED, StepKind, StepRef},
    },
    tui::{
        form::{
            Fault,
            field::{FormField, fields},
            pick::{Choice, Pick},
            texts::{LineText, LongText, Reason, TimeField},
        },
        forms::{
            blank_form::{BlankForm, TypedForm},
            context::FormContext,
            submission::Submission,
        },
    },
};

/// Who answered, and how.
#[derive(Clone, Debug)]
pub(crate) struct ApproveForm {
    pub(in crate::tui::forms) step: StepRef,
    why: Reason,
    who: LineText,
    role: LineText,
    agreed: Pick<bool>,
    means: LineText,
    words: LongText,
    occurred: TimeField,
}

fields!(ApproveForm; why.front, who, role, agreed, means, words, why.among, occurred);

impl ApproveForm {
    /// The form for a step that asks another to agree; `None` where the step does not.
    pub(crate) fn open(context: &FormContext<'_>, step: &StepRef) -> Option<BlankForm<Self>> {
        let point = context.case()?.step_view(step)?;
        let StepKind::Approve { by, question } = &point.step.kind else { return None };
        let role = point.plan.playbook.role_title(by);
        let answers = [Choice::new(true, AGREED, "agrees"), Choice::new(false, REFUSED, "does not agree")];
        let form = Self {
            step: point.name(),
            why: reason_beforehand(&point),
            who: LineText::new("who", "Who", "Who was asked, by name; another person than you", "").required(),
            role: LineText::new("role", "Their role", "In which role they answer", role).proposed(),
            agreed: Pick::new("agreed", "Answer", "← → choose", answers).required(),
            means: LineText::new("means", "By", "Telephone, in person, on the call", ""),
            words: LongText::new("words", "Said", "Their words, and any condition that they made"),
            occurred: TimeField::when(),
        };
        let blank = BlankForm::new(point.fill(question), form)
            .tell("Ask", role)
            .tell("Early", point.unmet_titles().join(", "))
            .tell("Care", point.fill(&point.step.care));
        Some(blank)
    }
}

impl TypedForm for ApproveForm {
    fn submit(&self, context: &FormContext<'_>) -> Result<Submission, Fault> {
        let name = self.who.text();
        let known = context.case().into_iter().flat_map(|case| &case.people).find(|known| known.name == name);
        let organisation = known.map(|known| known.organisation.clone()).unwrap_or_default();
        let command = Command::Approve(RecordApproval {
            step: self.step.clone(),
            agreed: self.agreed.chosen().copied().unwrap_or_default(),
            person: Person { name, role: self.role.text(), organisation },
            means: self.means.text(),
            words: self.words.text(),
            why: self.why.text(),
            asker: context.responder.clone(),
        });
        Ok(Submission::command(command, self.occurred.time(context.now)?))
    }

    fn reason(&mut self) -> Option<&mut Reason> {
        Some(&mut self.why)
    }
}
