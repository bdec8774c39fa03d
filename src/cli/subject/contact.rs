//! `carecert contact`.

use crate::{
    cli::{Done, context::Context, options::subject::Contact},
    domain::{decide::command::Command, event::ContactNoted},
};

/// Notes who can be reached, and how.
pub(crate) fn run(context: &mut Context, contact: Contact) -> Done {
    let session = context.open(&contact.case)?;
    let known = session.case().contact(&contact.name).map(|known| known.what.clone());
    let or = |given: Option<String>, former: fn(&ContactNoted) -> &String| {
        given.unwrap_or_else(|| known.as_ref().map(former).cloned().unwrap_or_default())
    };
    let command = Command::NoteContact(ContactNoted {
        role: or(contact.in_role, |known| &known.role),
        organisation: or(contact.of, |known| &known.organisation),
        reach: or(contact.reach, |known| &known.reach),
        about: or(contact.about, |known| &known.about),
        name: contact.name,
    });
    context.record(session, command.into())
}
