//! Someone takes part, or takes another role.

use crate::{
    domain::{
        decide::command::{Command, JoinCase},
        person::Person,
    },
    tui::{
        form::{Form, field::Item},
        model::overlays::open_form::{Kind, Send, Sheet},
    },
};

/// The fields for a person.
pub(crate) fn fields(person: &Person) -> Vec<Item> {
    vec![
        Item::line("name", "Your name", "The name that colleagues use", &person.name).required().proposed(),
        Item::line("role", "Your role", "Such as incident lead, scribe, network on-call", &person.role).proposed(),
        Item::line(
            "organisation",
            "Organisation",
            "Whom you work for: the trust's name or its ODS code",
            &person.organisation,
        )
        .proposed(),
    ]
}

/// The person that those fields name.
pub(crate) fn person(form: &Form) -> Person {
    Person { name: form.text("name"), role: form.text("role"), organisation: form.text("organisation") }
}

/// The box.
pub(crate) fn open(responder: &Person) -> Sheet {
    Sheet::new(Kind::Join, "Take part as", Form::of(fields(responder)))
}

/// The box for a console on which it cannot be known who acts: whoever is `likely`, while `acts` acts so far.
pub(crate) fn ask(likely: &Person, acts: &Person, why: &str) -> Sheet {
    let sheet = Sheet::new(Kind::Join, "Who acts here now?", Form::of(fields(likely)));
    sheet.tell("", format!("{why}. Esc goes on as {}.", acts.name))
}

/// What it sends.
pub(crate) fn send(form: &Form) -> Send {
    Send::command(Command::Join(JoinCase { responder: person(form) }), None)
}
