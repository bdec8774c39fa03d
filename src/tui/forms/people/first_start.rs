//! Who works here, asked once at the first start.

use super::join;
use crate::{
    domain::person::Person,
    tui::{
        form::{Fault, Form, field::Item},
        keys::{action::Context, table::Id},
        model::{
            Model,
            effect::Effect,
            overlays::open_form::{Kind, Send, Sheet},
        },
    },
};

/// The longest code of an organisation.
const CODE: usize = 12;

/// The box; nothing is filled in, for an account's name is nobody's.
pub(crate) fn open(model: &Model) -> Sheet {
    let mut items = join::fields(&Person::default());
    let hint = "If you know it, such as RX1; it is written behind the organisation";
    items.push(Item::line("ods", "ODS code", hint, ""));
    let text = format!(
        "It stands beside everything that you record, and is remembered on this machine. {} goes on as “{}”.",
        model.keymap.way(Context::Form, Id::Back),
        model.responder.name
    );
    Sheet::new(Kind::Who, "Who works here?", Form::of(items)).tell("", text)
}

/// What it sends.
pub(crate) fn send(form: &Form) -> Result<Send, Fault> {
    let mut person = join::person(form);
    person.name = person.name.trim().to_owned();
    let code = form.text("ods").trim().to_uppercase();
    if code.chars().any(|c| !c.is_ascii_alphanumeric()) || code.len() > CODE {
        let text = "an ODS code has letters and digits only, such as RX1".to_owned();
        return Err(Fault { id: "ods".into(), text });
    }
    if !code.is_empty() {
        let of = person.organisation.trim();
        person.organisation = if of.is_empty() { format!("ODS {code}") } else { format!("{of} (ODS {code})") };
    }
    Ok(Send::Who(person))
}

/// The answer is taken.
pub(crate) fn known(model: &mut Model, person: Person) -> Vec<Effect> {
    model.over.retain(|over| !over.sheet().is_some_and(is));
    model.say(format!("you are {}", person.label()));
    model.responder = person.clone();
    vec![Effect::KeepResponder(person)]
}

/// It is left unanswered: the account's name stands in.
pub(crate) fn left(model: &mut Model) {
    model.over.retain(|over| !over.sheet().is_some_and(is));
    let name = model.responder.name.clone();
    model.say(format!("you go on as {name}, the account's name; “take part as” changes that in a case"));
}

/// Whether that is this box.
pub(crate) fn is(sheet: &Sheet) -> bool {
    sheet.kind == Kind::Who
}
