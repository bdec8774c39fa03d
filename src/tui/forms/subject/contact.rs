//! Someone who can be reached when the network cannot.

use crate::{
    domain::{decide::command::Command, event::ContactNoted},
    tui::{
        form::{Form, field::Item},
        model::overlays::open_form::{Kind, Send, Sheet, World},
    },
};

/// The box, empty or filled in from what is known elsewhere.
pub(crate) fn open(known: &ContactNoted) -> Sheet {
    let form = Form::of(vec![
        Item::line("name", "Name", "Who; of someone who is noted already, what you leave empty stays", &known.name)
            .required(),
        Item::line(
            "reach",
            "Reach",
            "Telephone, pager, room, private mail: what works without our network",
            &known.reach,
        ),
        Item::line("role", "Role", "Such as network on-call, supplier's engineer", &known.role),
        Item::line("organisation", "Organisation", "Whom they work for", &known.organisation),
        Item::line("about", "About", "When, for what, by which code word; may be empty", &known.about),
    ]);
    Sheet::new(Kind::Contact(known.name.clone()), "Contact", form)
}

/// Nobody in particular.
pub(crate) fn nobody(name: &str) -> ContactNoted {
    let empty = String::new;
    ContactNoted { name: name.to_owned(), role: empty(), organisation: empty(), reach: empty(), about: empty() }
}

/// What it sends: what is left empty stays as it is noted.
pub(crate) fn send(form: &Form, world: World<'_>) -> Send {
    let name = form.text("name").trim().to_owned();
    let former = world.case.and_then(|case| case.contact(&name)).map(|known| &known.what);
    let or = |id: &str, of: fn(&ContactNoted) -> &String| {
        let text = form.text(id);
        if text.trim().is_empty() { former.map(|former| of(former).clone()).unwrap_or_default() } else { text }
    };
    let contact = ContactNoted {
        role: or("role", |known| &known.role),
        organisation: or("organisation", |known| &known.organisation),
        reach: or("reach", |known| &known.reach),
        about: or("about", |known| &known.about),
        name,
    };
    Send::command(Command::NoteContact(contact), None)
}
