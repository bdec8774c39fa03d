//! A new incident: what is wrong, which playbooks, how bad, and who begins.

use super::amend;
use crate::{
    domain::marking::{Severity, Tlp},
    tui::{
        form::{
            Fault,
            field::{FormField, fields},
            pick::{Choice, MultiPick, Pick},
            texts::{LineText, TimeField},
        },
        forms::{
            blank_form::{BlankForm, TypedForm},
            context::{FormContext, PlaybookRow},
            people::join::PersonFields,
            submission::{NewCase, Submission},
        },
    },
};

/// The name of the field for playbooks, which is what is asked about once more.
pub(crate) const PLAYBOOKS: &str = "playbooks";

/// A new incident.
#[derive(Clone, Debug)]
pub(crate) struct NewCaseForm {
    title: LineText,
    /// Identifiers of playbooks.
    playbooks: MultiPick<String>,
    severity: Pick<Severity>,
    tlp: Pick<Tlp>,
    occurred: TimeField,
    responder: PersonFields,
}

fields!(NewCaseForm; title, playbooks, severity, tlp, occurred, responder);

fn list_choices(playbooks: &[PlaybookRow]) -> impl Iterator<Item = Choice<String>> {
    playbooks.iter().map(|book| {
        Choice::new(book.id.clone(), book.id.clone(), book.title.clone()).meaning(meaning_of_playbook(book))
    })
}

fn meaning_of_playbook(book: &PlaybookRow) -> String {
    let origin = if book.origin == "built-in" { String::new() } else { format!(" ({})", book.origin) };
    format!("{} steps{origin}. {}", book.steps, book.summary)
}

/// What must not be overlooked: a mark with which others than one's own may see it.
pub(crate) fn warn_of_wide_mark(tlp: Tlp) -> Option<String> {
    match tlp {
        Tlp::Red | Tlp::AmberStrict | Tlp::Amber => None,
        Tlp::Green | Tlp::Clear => Some(format!("{tlp}: {} may see it", amend::meaning_of_mark(tlp))),
    }
}

impl NewCaseForm {
    /// The form.
    pub(crate) fn open(context: &FormContext<'_>) -> Option<BlankForm<Self>> {
        Some(Self::blank(context))
    }

    /// The form, which can always be opened. Severity high and the mark amber are filled in: unsure, take the higher.
    pub(crate) fn blank(context: &FormContext<'_>) -> BlankForm<Self> {
        let hint = "↑ ↓ move, Space chooses, Enter takes it and goes on";
        let began = "When it began, if known: 02:50, yesterday 23:10, -20m";
        let form = Self {
            title: LineText::new("title", "What is wrong", "In a line, as you would say it on the phone", "")
                .required(),
            playbooks: MultiPick::new(PLAYBOOKS, "Playbooks", hint, list_choices(context.playbooks)).taking(),
            severity: amend::pick_severity("← → choose; unsure, take the higher", Severity::High),
            tlp: amend::pick_mark(Tlp::Amber),
            occurred: TimeField::new(TimeField::OCCURRED, "Began", began, "").empty_means("not known"),
            responder: PersonFields::of(context.responder),
        };
        BlankForm::new("New incident", form)
    }

    /// Fills the playbooks in where they arrive after the form was opened; what was chosen stays.
    pub(crate) fn refill(&mut self, playbooks: &[PlaybookRow]) {
        self.playbooks.refill(list_choices(playbooks));
    }
}

impl TypedForm for NewCaseForm {
    fn submit(&self, context: &FormContext<'_>) -> Result<Submission, Fault> {
        Ok(Submission::New(NewCase {
            title: self.title.text(),
            severity: self.severity.chosen().copied().unwrap_or(Severity::High),
            tlp: self.tlp.chosen().copied().unwrap_or(Tlp::Amber),
            occurred: self.occurred.time(context.now)?,
            playbooks: self.playbooks.chosen().cloned().collect(),
            responder: self.responder.person(),
        }))
    }

    /// It has no playbook, though there are some.
    fn doubt(&self, key: &str) -> Option<Fault> {
        let none = self.playbooks.offers() && self.playbooks.chosen().next().is_none();
        none.then(|| self.playbooks.fault(format!("No playbook: {key} again opens the case without one")))
    }
}
