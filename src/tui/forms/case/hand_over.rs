//! The case is handed over: who takes over, who from then on acts on this console.

use crate::{
    domain::{
        case::Case,
        decide::command::{Command, HandOver},
        handover,
        person::Person,
        time::{Now, Time},
    },
    tui::{
        form::{
            Fault, Form,
            field::{Item, Pick},
        },
        model::overlays::open_form::{Kind, Send, Sheet, World},
    },
};

/// The option for someone who is not in the list.
const OTHER: &str = "";

/// Those who could take over: who takes part, handed over before, or can be reached, each once and not who hands over.
fn known(case: &Case, who: &Person) -> Vec<Person> {
    let contact = |what: &crate::domain::event::ContactNoted| Person {
        name: what.name.clone(),
        role: what.role.clone(),
        organisation: what.organisation.clone(),
    };
    let former = case.former().iter().map(|former| former.person.clone());
    let contacts = case.contacts.iter().map(|noted| contact(&noted.what));
    let all = case.people.iter().cloned().chain(former).chain(contacts);
    let mut known: Vec<Person> = Vec::new();
    for person in all.filter(|person| person.name != who.name) {
        if !known.iter().any(|other| other.name == person.name) {
            known.push(person);
        }
    }
    known
}

/// The box. The text is that of the moment in which the box was opened: what was read out.
pub(crate) fn open(case: &Case, who: &Person) -> Sheet {
    let known = known(case, who);
    let mut items = Vec::new();
    if !known.is_empty() {
        let means = |person: &Person| person.organisation.clone();
        let mut options: Vec<_> =
            known.iter().map(|person| (person.name.clone(), person.label(), means(person))).collect();
        options.push((OTHER.to_owned(), "someone else".to_owned(), "write the name below".to_owned()));
        // Nobody stands there beforehand: a name that nobody chose would act from then on.
        let pick = Pick { options, at: None, tall: true };
        let hint = "↑ ↓ choose who takes over, Enter goes on; or write a name";
        items.push(Item::pick("known", "Takes over", hint, pick).or_another());
    }
    let (named, hint) = match known.is_empty() {
        true => ("Takes over", "The name of who takes over"),
        false => ("Or", "The name of who takes over, if not chosen above"),
    };
    items.push(Item::line("name", named, hint, ""));
    items.push(Item::line("role", "Role", "From now on; empty for the role that is known", ""));
    items.push(Item::line("organisation", "Organisation", "Whom they work for; empty for the one that is known", ""));
    Sheet::new(Kind::HandOver, "Hand over", Form::of(items))
        .tell("Hands over", who.label())
        .tell("Seal", case.seal().to_string())
        .tell("Before", "Read the handover aloud. Whoever takes over reads the seal back.")
        .tell("From then on", "the one who takes over acts on this console; the text that was read out is kept")
}

/// Who takes over, as the form stands.
fn to(form: &Form, case: &Case, who: &Person) -> Person {
    let typed = form.text("name");
    let name = if typed.trim().is_empty() { form.text("known") } else { typed };
    let known = known(case, who).into_iter().find(|person| person.name == name).unwrap_or_default();
    let or = |typed: String, known: String| if typed.trim().is_empty() { known } else { typed };
    Person {
        role: or(form.text("role"), known.role),
        organisation: or(form.text("organisation"), known.organisation),
        name,
    }
}

/// What it sends.
pub(crate) fn send(form: &Form, world: World<'_>, begun: Option<Time>) -> Result<Send, Fault> {
    let at = |id: &'static str, text: &str| Fault { id: id.into(), text: text.into() };
    let fault = |text: &str| at("name", text);
    let (Some(case), Some(now)) = (world.case, world.now) else { return Err(fault("no case is open")) };
    let to = to(form, case, world.responder);
    if to.name.trim().is_empty() {
        return Err(match form.item("known").is_some_and(Item::is_empty) {
            true => at("known", "nobody takes over yet: choose with ↑ ↓, or write the name"),
            false => fault("write the name of who takes over"),
        });
    }
    let chosen = form.text("known");
    if !chosen.is_empty() && chosen != to.name {
        return Err(at("known", "two are named: choose “someone else”, or take away the name below"));
    }
    if to.name.trim() == world.responder.name.trim() {
        return Err(fault("that is who hands over: name the one who takes over"));
    }
    let now = Now { at: begun.unwrap_or(now.at), ..now };
    Ok(Send::command(Command::HandOver(HandOver { to, text: handover::text(&case.handover(now)) }), None))
}
