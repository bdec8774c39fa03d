//! Someone who can be reached when the network cannot.

use crate::{
    domain::{decide::Command, event::ContactNoted},
    tui::{
        form::{
            Fault,
            field::{FormField, fields},
            texts::LineText,
        },
        forms::{
            blank_form::{BlankForm, TypedForm},
            context::{FormContext, Selected, SelectedPerson},
            submission::Submission,
        },
    },
};

/// Nobody in particular.
pub(crate) fn blank_contact(name: &str) -> ContactNoted {
    let empty = String::new;
    ContactNoted { name: name.to_owned(), role: empty(), organisation: empty(), reach: empty(), about: empty() }
}

/// Someone who can be reached.
#[derive(Clone, Debug)]
pub(crate) struct ContactForm {
    /// The name with which it was opened, by which its draft is found again.
    pub(in crate::tui::forms) known: String,
    name: LineText,
    reach: LineText,
    role: LineText,
    organisation: LineText,
    about: LineText,
}

fields!(ContactForm; name, reach, role, organisation, about);

impl ContactForm {
    /// The form, with a name and nothing else filled in.
    pub(crate) fn open(context: &FormContext<'_>, name: &str) -> Option<BlankForm<Self>> {
        context.case()?;
        Some(Self::blank(&blank_contact(name)))
    }

    /// The form, filled in from what is known elsewhere.
    pub(crate) fn blank(known: &ContactNoted) -> BlankForm<Self> {
        let name = "Who; of someone who is noted already, what you leave empty stays";
        let reach = "Telephone, pager, room, private mail: what works without our network";
        let role = "Such as network on-call, supplier's engineer";
        let about = "When, for what, by which code word; may be empty";
        let form = Self {
            known: known.name.clone(),
            name: LineText::new("name", "Name", name, &known.name).required().proposed(),
            reach: LineText::new("reach", "Reach", reach, &known.reach).proposed(),
            role: LineText::new("role", "Role", role, &known.role).proposed(),
            organisation: LineText::new("organisation", "Organisation", "Whom they work for", &known.organisation)
                .proposed(),
            about: LineText::new("about", "About", about, &known.about),
        };
        BlankForm::new("Contact", form)
    }
}

impl TypedForm for ContactForm {
    /// What is left empty stays as it is noted.
    fn submit(&self, context: &FormContext<'_>) -> Result<Submission, Fault> {
        let name = self.name.text().trim().to_owned();
        let former = context.case().and_then(|case| case.contact(&name)).map(|known| &known.what);
        let or = |field: &LineText, of: fn(&ContactNoted) -> &String| {
            let text = field.text();
            if text.trim().is_empty() { former.map(|former| of(former).clone()).unwrap_or_default() } else { text }
        };
        let contact = ContactNoted {
            role: or(&self.role, |known| &known.role),
            organisation: or(&self.organisation, |known| &known.organisation),
            reach: or(&self.reach, |known| &known.reach),
            about: or(&self.about, |known| &known.about),
            name,
        };
        Ok(Submission::command(Command::NoteContact(contact), None))
    }
}

/// The form for the selected contact that the case does not have yet; for nobody otherwise.
pub(in crate::tui::forms) fn open_selected(selected: &Selected<'_>) -> BlankForm<ContactForm> {
    let contact = match selected.person {
        Some(SelectedPerson::Known(known)) => known.clone(),
        Some(SelectedPerson::Duty(duty)) => {
            ContactNoted { reach: duty.reach.clone(), about: duty.title.clone(), ..blank_contact(&duty.to) }
        }
        Some(SelectedPerson::Role(_)) | None => blank_contact(""),
    };
    ContactForm::blank(&contact)
}
