//! Someone was told: who, by what means, their reference, and the text as sent.

use super::done::again;
use crate::{
    domain::{
        case::{Case, steps::Standpoint},
        decide::command::{Command, RecordNotification},
        duty::Duty,
        person::Person,
        playbook::{Kind as StepKind, StepRef},
    },
    tui::{
        form::{
            Fault, Form,
            field::{Input, Item, Pick},
        },
        model::overlays::open_form::{Kind, Send, Sheet, World},
    },
};

fn fields(to: &str, say: &str) -> Vec<Item> {
    vec![
        Item::line("to", "Told", "Who was told", to).required(),
        Item::line("means", "By", "Telephone, portal, e-mail, in person", ""),
        Item::line("reference", "Reference", "Their reference number, or the name of who took it", ""),
        Item::long("text", "Text", "What was sent or said; it is kept as it stands here").filled(say).beginning(),
        Item::when(),
    ]
}

fn about(sheet: Sheet, duty: Option<&Duty>) -> Sheet {
    let Some(duty) = duty else { return sheet };
    sheet.tell("Duty", &duty.title).tell("Reach", &duty.reach).tell("Contents", duty.content.join("; "))
}

/// The fields with a text to be said in which who says it is filled in.
#[cfg(test)]
pub(crate) fn filled(to: &str, say: &str, by: &Person) -> Form {
    Form::of(fields(to, &spoken(say, by)))
}

/// The text to be said, with who says it in the places that the playbook leaves open.
fn spoken(say: &str, by: &Person) -> String {
    let mut text = say.to_owned();
    let who = [("This is (name)", "This is ", &by.name), ("I am (name)", "I am ", &by.name)];
    let of = [("(role)", "", &by.role), ("(organisation)", "", &by.organisation)];
    for (open, before, known) in who.into_iter().chain(of).filter(|(.., known)| !known.trim().is_empty()) {
        text = text.replace(open, &format!("{before}{known}"));
    }
    text
}

/// The places that the playbook left open and nobody has filled in, in their brackets.
fn open_places(form: &Form) -> Vec<String> {
    let text = form.text("text");
    let mut open: Vec<String> = Vec::new();
    for (place, _) in text.split('(').skip(1).filter_map(|rest| rest.split_once(')')) {
        let place = format!("({place})");
        // What was written by hand in brackets is no open place.
        if form.stood(&place) && !open.contains(&place) {
            open.push(place);
        }
    }
    open
}

/// Puts the cursor before the first of them.
pub(crate) fn go_to_open(form: &mut Form) {
    let first = open_places(form).into_iter().next();
    let text = form.items.iter_mut().find(|item| item.id == "text").map(|item| &mut item.input);
    if let (Some(first), Some(Input::Long(field))) = (first, text) {
        field.go_to(&first);
    }
}

/// What is asked once more before it is recorded: the text still has places that the playbook left open.
pub(crate) fn doubt(form: &Form, key: &str) -> Option<Fault> {
    let open = open_places(form);
    let named = open.iter().take(4).cloned().collect::<Vec<_>>().join(", ");
    let more = if open.len() > 4 { format!(" and {} more", open.len() - 4) } else { String::new() };
    let text = format!("still to fill: {named}{more}; {key} again records it as it stands");
    (!open.is_empty()).then_some(Fault { id: "text".into(), text })
}

/// The box for a step that tells someone; `None` where the step does not.
pub(crate) fn step(case: &Case, point: &Standpoint<'_>, by: &Person) -> Option<Sheet> {
    let StepKind::Notify { duty, to, say } = &point.step.kind else { return None };
    let early = point.needs().join(", ");
    let mut items = again(point);
    items.extend(fields(&point.fill(to), &spoken(&point.fill(say), by)));
    let mut form = Form::of(items);
    // Who is told is known: what is typed first is how.
    if form.items.first().is_some_and(|item| item.id == "to" && !item.is_empty()) {
        form.go("means");
    }
    let sheet = Sheet::new(Kind::Notify(Some(point.name())), format!("Tell: {}", point.title()), form);
    let duty = duty.as_deref().and_then(|duty| case.duty(duty));
    Some(about(sheet.tell("Early", early), duty))
}

/// The box for someone whom no step foresaw.
pub(crate) fn free(case: &Case) -> Sheet {
    let mut options = vec![(String::new(), "none".to_owned(), String::new())];
    options.extend(case.duties().into_iter().map(|duty| (duty.id.clone(), duty.title.clone(), duty.to.clone())));
    let mut items = fields("", "");
    if options.len() > 1 {
        let pick = Pick { options, at: Some(0), tall: true };
        items.push(Item::pick("duty", "Duty", "The duty that this meets, if one", pick));
    }
    Sheet::new(Kind::Notify(None), "Someone was told", Form::of(items))
}

/// What these boxes send.
pub(crate) fn send(step: Option<&StepRef>, form: &Form, world: World<'_>) -> Result<Send, Fault> {
    let duty = form.text("duty");
    let command = Command::Notify(RecordNotification {
        step: step.cloned(),
        duty: (!duty.is_empty()).then_some(duty),
        to: form.text("to"),
        means: form.text("means"),
        reference: form.text("reference"),
        text: form.text("text"),
        why: form.text("why"),
    });
    Ok(Send::command(command, form.time("occurred", world.now)?))
}
