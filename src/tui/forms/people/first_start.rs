//! Who works here, asked once at the first start.

use super::join::PersonFields;
use crate::{
    domain::person::Person,
    tui::{
        form::{
            Fault,
            field::{FormField, fields},
            texts::LineText,
        },
        forms::{
            blank_form::{BlankForm, TypedForm},
            context::FormContext,
            submission::Submission,
        },
        keys::{action::Context, table::ActionId},
    },
};

/// The longest code of an organisation.
const CODE: usize = 12;

/// Who works here.
#[derive(Clone, Debug)]
pub(crate) struct FirstStartForm {
    responder: PersonFields,
    ods: LineText,
}

fields!(FirstStartForm; responder, ods);

impl FirstStartForm {
    /// The form; nothing is filled in, for an account's name is nobody's.
    pub(crate) fn open(context: &FormContext<'_>) -> Option<BlankForm<Self>> {
        Some(Self::blank(context))
    }

    /// The form, which can always be opened.
    pub(crate) fn blank(context: &FormContext<'_>) -> BlankForm<Self> {
        let hint = "If you know it, such as RX1; it is written behind the organisation";
        let responder = PersonFields::of(&Person::default());
        let form = Self { responder, ods: LineText::new("ods", "ODS code", hint, "") };
        let text = format!(
            "It stands beside everything that you record, and is remembered on this machine. {} goes on as “{}”.",
            context.keymap.key_text(Context::Form, ActionId::Back),
            context.responder.name
        );
        BlankForm::new("Who works here?", form).tell("", text)
    }
}

impl TypedForm for FirstStartForm {
    fn submit(&self, _: &FormContext<'_>) -> Result<Submission, Fault> {
        let mut person = self.responder.person();
        person.name = person.name.trim().to_owned();
        let code = self.ods.text().trim().to_uppercase();
        if code.chars().any(|c| !c.is_ascii_alphanumeric()) || code.len() > CODE {
            return Err(self.ods.fault("an ODS code has letters and digits only, such as RX1"));
        }
        if !code.is_empty() {
            let of = person.organisation.trim();
            person.organisation = if of.is_empty() { format!("ODS {code}") } else { format!("{of} (ODS {code})") };
        }
        Ok(Submission::Who(person))
    }
}
