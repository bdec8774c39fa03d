//! Another person confirms what is logged of a decision, so that two names stand under it.

use crate::{
    domain::{
        case::{Case, Noted},
        decide::command::{Command, CountersignDecision},
        event::DecisionMade,
        id::{EntryId, Hash},
        person::Person,
    },
    tui::{
        form::{Fault, Form, field::Item},
        model::overlays::open_form::{Kind, Send, Sheet, World},
    },
};

/// The box for a decision. Where one person decided and another logged it, the one who decided is filled in.
pub(crate) fn open(case: &Case, made: &Noted<DecisionMade>) -> Sheet {
    let decided = &made.what.decided_by;
    let other = decided.name.trim().eq_ignore_ascii_case(made.by.name.trim());
    let (name, role) = if other { ("", "") } else { (decided.name.as_str(), decided.role.as_str()) };
    let form = Form::of(vec![
        Item::line("who", "Who", "Who confirms it, by name; another person than who logged it", name)
            .required()
            .proposed(),
        Item::line("role", "Their role", "In which role they confirm it", role).proposed(),
        Item::line("means", "By", "In person, by telephone, on the call", ""),
        Item::long("words", "Said", "Their words, and anything that they see otherwise"),
        Item::when(),
    ]);
    let cite = case.cite(&made.entry);
    let sheet = Sheet::new(Kind::Countersign(made.entry.clone(), made.hash), format!("Countersign {cite}"), form)
        .tell("Asked", made.what.question.clone())
        .tell("Decided", format!("{}, by {}", made.what.label, decided.label()))
        .tell("Because", made.what.rationale.clone())
        .tell("Logged by", made.by.label());
    case.countersigned(&made.entry).iter().fold(sheet, |sheet, sign| sheet.tell("Signed", sign.what.person.label()))
}

/// What it sends.
pub(crate) fn send(entry: &EntryId, hash: Hash, form: &Form, world: World<'_>) -> Result<Send, Fault> {
    let (name, role) = (form.text("who"), form.text("role"));
    let people = world.case.into_iter().flat_map(|case| &case.people);
    let decided = world.case.and_then(|case| case.decision(entry)).map(|made| &made.what.decided_by);
    let mut known = people.chain(decided).chain([world.responder]).filter(|person| person.name == name);
    let organisation = known.find(|person| !person.organisation.is_empty()).map(|person| person.organisation.clone());
    let command = Command::Countersign(CountersignDecision {
        entry: entry.clone(),
        hash,
        person: Person { name, role, organisation: organisation.unwrap_or_default() },
        means: form.text("means"),
        words: form.text("words"),
    });
    Ok(Send::command(command, form.time("occurred", world.now)?))
}
