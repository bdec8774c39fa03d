//! Someone takes part, or takes another role.

use crate::{
    domain::{
        decide::{Command, JoinCase},
        person::Person,
    },
    tui::{
        form::{
            Fault,
            field::{FormField, fields},
            texts::LineText,
        },
        forms::{
            blank_form::{BlankForm, OnceRecorded, TypedForm},
            context::{FormContext, Selected, SelectedPerson},
            submission::Submission,
        },
        keys::{action::Context, keymap::Keymap, table::ActionId},
    },
};

/// The fields for a person.
#[derive(Clone, Debug)]
pub(crate) struct PersonFields {
    name: LineText,
    role: LineText,
    organisation: LineText,
}

fields!(PersonFields; name, role, organisation);

impl PersonFields {
    /// With this person proposed.
    pub(crate) fn of(person: &Person) -> Self {
        let role = "Such as incident lead, scribe, network on-call";
        let of = "Whom you work for: the trust's name or its ODS code";
        Self {
            name: LineText::new("name", "Your name", "The name that colleagues use", &person.name)
                .required()
                .proposed(),
            role: LineText::new("role", "Your role", role, &person.role).proposed(),
            organisation: LineText::new("organisation", "Organisation", of, &person.organisation).proposed(),
        }
    }

    /// The person that they name.
    pub(crate) fn person(&self) -> Person {
        Person { name: self.name.text(), role: self.role.text(), organisation: self.organisation.text() }
    }
}

/// Who takes part from now on.
#[derive(Clone, Debug)]
pub(crate) struct JoinForm {
    responder: PersonFields,
}

fields!(JoinForm; responder);

impl JoinForm {
    /// The form, with who is logged in proposed.
    pub(crate) fn open(context: &FormContext<'_>) -> Option<BlankForm<Self>> {
        context.case()?;
        Some(Self::blank(context.responder))
    }

    /// The form, with this person proposed.
    pub(crate) fn blank(person: &Person) -> BlankForm<Self> {
        BlankForm::new("Take part as", Self { responder: PersonFields::of(person) })
    }

    /// The form for a console on which it cannot be known who acts: whoever is `likely`, while `acts` acts so far.
    pub(crate) fn ask(likely: &Person, acts: &Person, why: &str, keymap: &Keymap) -> BlankForm<Self> {
        let form = Self { responder: PersonFields::of(likely) };
        let key = keymap.key_text(Context::Form, ActionId::Back);
        BlankForm::new("Who acts here now?", form).tell("", format!("{why}. {key} goes on as {}.", acts.name))
    }
}

impl TypedForm for JoinForm {
    fn submit(&self, _: &FormContext<'_>) -> Result<Submission, Fault> {
        Ok(Submission::command(Command::Join(JoinCase { responder: self.responder.person() }), None))
    }

    fn once_recorded(&self) -> OnceRecorded {
        OnceRecorded::Joins(self.responder.person())
    }
}

/// The form of taking a role: the selected one, where nobody has taken it.
pub(in crate::tui::forms) fn open_selected(context: &FormContext<'_>, selected: &Selected<'_>) -> BlankForm<JoinForm> {
    let acts = context.responder;
    match selected.person {
        Some(SelectedPerson::Role(role)) => JoinForm::blank(&Person { role: role.title.clone(), ..acts.clone() }),
        Some(SelectedPerson::Duty(_) | SelectedPerson::Known(_)) | None => JoinForm::blank(acts),
    }
}
