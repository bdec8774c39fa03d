//! A new incident: what is wrong, which playbooks, how bad, and who begins.

use super::amend;
use crate::{
    domain::{
        marking::{Severity, Tlp},
        person::Person,
    },
    tui::{
        form::{
            self, Fault, Form,
            field::{Item, Pick},
        },
        forms::people::join,
        model::{
            effect::NewCase,
            msg::PlaybookRow,
            overlays::open_form::{Kind, Send, Sheet, World},
        },
    },
};

/// The form. Severity high and the mark amber are filled in: unsure, take the higher.
pub(crate) fn open(playbooks: &[PlaybookRow], responder: &Person) -> Sheet {
    let mut form = Form::of(vec![
        Item::line("title", "What is wrong", "In a line, as you would say it on the phone", "").required(),
    ]);
    let hint = "↑ ↓ move, Space chooses, Enter takes it and goes on";
    form.items.push(Item::multi("playbooks", "Playbooks", hint, pick(playbooks)).taking());
    form.items.push(Item::pick(
        "severity",
        "Severity",
        "← → choose; unsure, take the higher",
        amend::severities(Severity::High),
    ));
    form.items.push(Item::pick("tlp", "Mark", "← → who may see it", amend::marks(Tlp::Amber)));
    form.items.push(Item::time("occurred", "Began", "When it began, if known: 02:50, yesterday 23:10, -20m", ""));
    form.items.extend(join::fields(responder));
    Sheet::new(Kind::Incident, "New incident", form)
}

fn pick(playbooks: &[PlaybookRow]) -> Pick {
    let options = playbooks.iter().map(|book| (book.id.clone(), book.title.clone(), means(book)));
    Pick { options: options.collect(), at: None, tall: true }
}

fn means(book: &PlaybookRow) -> String {
    let origin = if book.origin == "built-in" { String::new() } else { format!(" ({})", book.origin) };
    format!("{} steps{origin}. {}", book.steps, book.summary)
}

/// Fills the playbooks in where they arrive after the form was opened; what was chosen stays.
pub(crate) fn refill(form: &mut Form, playbooks: &[PlaybookRow]) {
    let chosen = form.many("playbooks");
    for item in &mut form.items {
        if item.id == "playbooks" {
            *item = Item::multi(item.id.clone(), item.label.clone(), item.hint.clone(), pick(playbooks)).taking();
            if let form::field::Input::Multi(pick, on) = &mut item.input {
                for ((id, ..), on) in pick.options.iter().zip(on) {
                    *on = chosen.contains(id);
                }
            }
        }
    }
}

/// What is asked once more before a case is opened: it has no playbook, though there are some.
pub(crate) fn doubt(form: &Form, key: &str) -> Option<Fault> {
    let offered = form.item("playbooks").is_some_and(|item| match &item.input {
        form::field::Input::Multi(_, on) => !on.is_empty(),
        _ => false,
    });
    let text = format!("No playbook: {key} again opens the case without one");
    (offered && form.many("playbooks").is_empty()).then_some(Fault { id: "playbooks".into(), text })
}

/// What must not be overlooked: a mark with which others than one's own may see it.
pub(crate) fn wide(tlp: Tlp) -> Option<String> {
    match tlp {
        Tlp::Red | Tlp::AmberStrict | Tlp::Amber => None,
        Tlp::Green | Tlp::Clear => Some(format!("{tlp}: {} may see it", amend::sees(tlp))),
    }
}

/// What it sends.
pub(crate) fn send(form: &Form, world: World<'_>) -> Result<Send, Fault> {
    Ok(Send::New(NewCase {
        title: form.text("title"),
        severity: Severity::parse(&form.text("severity")).unwrap_or(Severity::High),
        tlp: Tlp::parse(&form.text("tlp")).unwrap_or(Tlp::Amber),
        occurred: form.time("occurred", world.now)?,
        playbooks: form.many("playbooks"),
        responder: join::person(form),
    }))
}
