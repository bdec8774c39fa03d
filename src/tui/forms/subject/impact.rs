//! What the incident means for patients, as of now.

use crate::{
    domain::{
        case::Case,
        decide::command::{Command, StateImpact},
    },
    tui::{
        form::{Fault, Form, field::Item},
        model::overlays::open_form::{Kind, Send, Sheet, World},
    },
};

/// The box, with what was stated last above it.
pub(crate) fn open(case: &Case) -> Sheet {
    let hint = "Who is affected, what they do without, what was done for them; \"none known\" is an answer too";
    let form = Form::of(vec![Item::long("text", "For patients", hint).required(), Item::when()]);
    let sheet = Sheet::new(Kind::Impact, "What it means for patients now", form);
    match &case.impact {
        Some(stated) => sheet.tell("Stated", format!("{} ({})", stated.what.text, case.cite(&stated.entry))),
        None => sheet,
    }
}

/// What it sends.
pub(crate) fn send(form: &Form, world: World<'_>) -> Result<Send, Fault> {
    Ok(Send::command(Command::StateImpact(StateImpact { text: form.text("text") }), form.time("occurred", world.now)?))
}
