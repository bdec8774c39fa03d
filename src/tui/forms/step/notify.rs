//! Someone was told: who, by what means, their reference, and the text as sent.

use super::done::reason_beforehand;
use crate::{
    domain::{
        decide::{Command, RecordNotification},
        duty::Duty,
        person::Person,
        playbook::{StepKind, StepRef},
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

/// Who was told what.
#[derive(Clone, Debug)]
pub(crate) struct NotifyForm {
    pub(in crate::tui::forms) step: Option<StepRef>,
    why: Reason,
    to: LineText,
    means: LineText,
    reference: LineText,
    text: LongText,
    occurred: TimeField,
    /// The duty that it meets, if one; a step says that by itself.
    duty: Option<Pick<Option<String>>>,
    /// What stood in it at first, in which the playbook left places open.
    first: String,
}

fields!(NotifyForm; why.front, to, means, reference, text, why.among, occurred, duty);

fn tell_duty(blank: BlankForm<NotifyForm>, duty: Option<&Duty>) -> BlankForm<NotifyForm> {
    let Some(duty) = duty else { return blank };
    blank.tell("Duty", &duty.title).tell("Reach", &duty.reach).tell("Contents", duty.content.join("; "))
}

/// The text to be said, with who says it in the places that the playbook leaves open.
fn fill_speaker(say: &str, by: &Person) -> String {
    let mut text = say.to_owned();
    let who = [("This is (name)", "This is ", &by.name), ("I am (name)", "I am ", &by.name)];
    let of = [("(role)", "", &by.role), ("(organisation)", "", &by.organisation)];
    for (open, before, known) in who.into_iter().chain(of).filter(|(.., known)| !known.trim().is_empty()) {
        text = text.replace(open, &format!("{before}{known}"));
    }
    text
}

impl NotifyForm {
    /// The form for a step that tells someone, which is none where the step does not; or for someone whom no step
    /// foresaw.
    pub(crate) fn open(context: &FormContext<'_>, step: &Option<StepRef>) -> Option<BlankForm<Self>> {
        let case = context.case()?;
        let Some(step) = step else {
            let none = Choice::new(None, "", "none");
            let choice = |duty: &Duty| {
                Choice::new(Some(duty.id.clone()), duty.id.clone(), duty.title.clone()).meaning(duty.to.clone())
            };
            let duties: Vec<Choice<_>> = case.duties().into_iter().map(choice).collect();
            let pick = |duties: Vec<Choice<_>>| {
                let choices = [none].into_iter().chain(duties);
                Pick::new("duty", "Duty", "The duty that this meets, if one", choices).tall().at(Some(0))
            };
            let duty = (!duties.is_empty()).then(|| pick(duties));
            return Some(BlankForm::new("Someone was told", Self { duty, ..Self::of("", "") }));
        };
        let point = case.step_view(step)?;
        let StepKind::Notify { duty, to, say } = &point.step.kind else { return None };
        let form = Self {
            step: Some(point.name()),
            why: reason_beforehand(&point),
            ..Self::of(&point.fill(to), &fill_speaker(&point.fill(say), context.responder))
        };
        // Who is told is known: what is typed first is how.
        let known = form.why.front.is_none() && !form.to.is_empty();
        let mut blank = BlankForm::new(format!("Tell: {}", point.title()), form);
        if known {
            blank.form.at = 1;
        }
        let duty = duty.as_deref().and_then(|duty| case.duty(duty));
        Some(tell_duty(blank.tell("Early", point.unmet_titles().join(", ")), duty))
    }

    /// With who is told and the text to be said filled in.
    fn of(to: &str, say: &str) -> Self {
        let said = "What was sent or said; it is kept as it stands here";
        let who = "Their reference number, or the name of who took it";
        Self {
            step: None,
            why: Reason::default(),
            to: LineText::new("to", "Told", "Who was told", to).required().proposed(),
            means: LineText::new("means", "By", "Telephone, portal, e-mail, in person", ""),
            reference: LineText::new("reference", "Reference", who, ""),
            text: LongText::new("text", "Text", said).filled(say).beginning(),
            occurred: TimeField::when(),
            duty: None,
            first: format!("{to}\n{say}"),
        }
    }

    /// The form with a text to be said in which who says it is filled in.
    #[cfg(test)]
    pub(crate) fn filled(to: &str, say: &str, by: &Person) -> Self {
        Self::of(to, &fill_speaker(say, by))
    }

    /// The places that the playbook left open and nobody has filled in, in their brackets.
    fn open_places(&self) -> Vec<String> {
        let text = self.text.text();
        let mut open: Vec<String> = Vec::new();
        for (place, _) in text.split('(').skip(1).filter_map(|rest| rest.split_once(')')) {
            let place = format!("({place})");
            // What was written by hand in brackets is no open place.
            if self.first.contains(&place) && !open.contains(&place) {
                open.push(place);
            }
        }
        open
    }
}

impl TypedForm for NotifyForm {
    fn submit(&self, context: &FormContext<'_>) -> Result<Submission, Fault> {
        let command = Command::Notify(RecordNotification {
            step: self.step.clone(),
            duty: self.duty.as_ref().and_then(Pick::chosen).cloned().flatten(),
            to: self.to.text(),
            means: self.means.text(),
            reference: self.reference.text(),
            text: self.text.text(),
            why: self.why.text(),
        });
        Ok(Submission::command(command, self.occurred.time(context.now)?))
    }

    fn reason(&mut self) -> Option<&mut Reason> {
        Some(&mut self.why)
    }

    /// The text still has places that the playbook left open.
    fn doubt(&self, key: &str) -> Option<Fault> {
        let open = self.open_places();
        let named = open.iter().take(4).cloned().collect::<Vec<_>>().join(", ");
        let more = if open.len() > 4 { format!(" and {} more", open.len() - 4) } else { String::new() };
        let text = format!("still to fill: {named}{more}; {key} again records it as it stands");
        (!open.is_empty()).then(|| self.text.fault(text))
    }

    fn show_doubt(&mut self) {
        if let Some(first) = self.open_places().first() {
            self.text.go_to(first);
        }
    }
}
