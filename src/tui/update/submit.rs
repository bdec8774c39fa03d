//! What a form shows goes on its way to the disk, and what happens where it does not arrive.

use crate::{
    domain::{
        case::refusal::{Concern, Refusal},
        decide::{self as domain, Command},
        person::Person,
        problem::Problem,
    },
    tui::{
        form::{Form, texts::TimeField},
        forms::{AnyForm, step::questions},
        keys::{action::Context, table::ActionId},
        model::{
            Model,
            effect::Effect,
            overlays::open_form::{FormKind, OpenForm, Status, Submission},
            tickets::Progress,
        },
    },
};

/// Sends what the form on top shows. The domain is asked first, so that a refusal is seen at once.
pub(crate) fn record_form(model: &mut Model) -> Vec<Effect> {
    let fresh = model.tickets.next();
    let context = model.form_context();
    let Some(sheet) = model.form_on_top() else { return Vec::new() };
    let sent = match sheet.build(context) {
        Ok(send) => send,
        Err(fault) => {
            model.form_on_top_mut().into_iter().for_each(|sheet| sheet.form.blame(fault.clone()));
            return Vec::new();
        }
    };
    if let Submission::Who(person) = sent {
        return set_responder(model, person);
    }
    let key = model.env.keymap.key_text(Context::Form, ActionId::Record);
    let doubt = sheet.form.fields.typed().doubt(&key);
    if let Some(fault) = doubt.filter(|fault| sheet.form.fault.as_ref() != Some(fault)) {
        if let Some(sheet) = model.form_on_top_mut() {
            sheet.form.blame(fault);
            sheet.form.fields.typed_mut().show_doubt();
        }
        return Vec::new();
    }
    if let (Submission::Commit(commit), Some(case), Some(now)) = (&sent, context.case(), context.now) {
        let report = |what: String, hint: String| Problem::new(what, hint);
        let refused = match domain::decide(case, &commit.command, commit.occurred, now.at) {
            // Whoever takes part already acts from then on, which is no entry.
            Ok(events) if events.is_empty() && !matches!(commit.command, Command::Join(_)) => {
                Some((report("there is nothing to record".into(), "it is so already".into()), None))
            }
            Ok(_) => None,
            Err(refusal) => Some((report(refusal.to_string(), refusal.hint()), Some(refusal))),
        };
        if let Some((report, refusal)) = refused {
            if let Some(sheet) = model.form_on_top_mut() {
                show_refusal(sheet, report, refusal.as_ref().is_some_and(Refusal::wants_reason));
                refusal.iter().for_each(|refusal| point_at(&mut sheet.form, refusal));
            }
            return Vec::new();
        }
    }
    let Some(sheet) = model.form_on_top_mut() else { return Vec::new() };
    // The same once more keeps its ticket, so that a write whose outcome was unknown is not doubled.
    let ticket = match &sheet.sent {
        Some((ticket, before)) if *before == sent => *ticket,
        _ => fresh,
    };
    send_form(sheet, ticket, sent)
}

/// It is known who works here.
fn set_responder(model: &mut Model, person: Person) -> Vec<Effect> {
    model.overlays.stack.retain(|over| !over.form_on_top().is_some_and(|sheet| sheet.kind == FormKind::Who));
    model.say(format!("you are {}", person.label()));
    model.env.responder = person.clone();
    vec![Effect::KeepResponder(person)]
}

fn send_form(sheet: &mut OpenForm, ticket: u64, sent: Submission) -> Vec<Effect> {
    sheet.status = match &sent {
        sent if sent.is_job() => Status::Working(Progress { what: "starting".into(), done: 0, total: 0, rate: 0 }),
        _ => Status::Recording,
    };
    sheet.saved = None;
    let effect = Effect::of_submission(sent.clone(), ticket);
    sheet.sent = Some((ticket, sent));
    vec![effect]
}

/// Sends the same once more, under the same ticket.
pub(crate) fn retry_form(model: &mut Model) -> Vec<Effect> {
    let Some(sheet) = model.form_on_top_mut() else { return Vec::new() };
    match sheet.sent.take() {
        Some((ticket, sent)) => send_form(sheet, ticket, sent),
        None => Vec::new(),
    }
}

/// Shows a refusal in the form, and asks for the reason where one would do.
pub(crate) fn show_refusal(sheet: &mut OpenForm, report: Problem, reason: bool) {
    if reason {
        sheet.form.want_reason();
    }
    sheet.status = Status::Refused(report);
    // It was answered: sent again, it is another command.
    sheet.sent = None;
}

/// Puts the cursor where a refusal can be met.
fn point_at(form: &mut Form<AnyForm>, refusal: &Refusal) {
    match refusal.concerns() {
        Concern::Questions(questions) => {
            form.offer_reason();
            questions.first().into_iter().for_each(|question| form.go(&questions::field_id(question)));
        }
        Concern::Question(question) => form.go(&questions::field_id(question)),
        Concern::Person => form.go("who"),
        Concern::Moment => form.go(TimeField::OCCURRED),
        Concern::Reason | Concern::Command => {}
    }
}

/// Saves what was typed to a file outside the case.
pub(crate) fn save_elsewhere(model: &mut Model) -> Vec<Effect> {
    let ticket = model.tickets.next();
    let Some(sheet) = model.form_on_top_mut() else { return Vec::new() };
    sheet.saving = Some(ticket);
    vec![Effect::SaveText(ticket, sheet.to_text())]
}
