//! A note: anything worth remembering.

use crate::{
    domain::decide::command::{AddNote, Command},
    tui::{
        form::{Fault, Form, field::Item},
        model::overlays::open_form::{Kind, Send, Sheet, World},
    },
};

/// The box.
pub(crate) fn open() -> Sheet {
    let hint = "What was seen, said or done; Enter begins a new line";
    let form = Form::of(vec![Item::long("text", "Note", hint).required(), Item::when()]);
    Sheet::new(Kind::Note, "Note", form)
}

/// What it sends.
pub(crate) fn send(form: &Form, world: World<'_>) -> Result<Send, Fault> {
    // Empty lines around it are a slip of the hand.
    let text = form.text("text").trim().to_owned();
    Ok(Send::command(Command::Note(AddNote { text }), form.time("occurred", world.now)?))
}
