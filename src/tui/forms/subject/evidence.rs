//! A file is taken in as evidence, copied and hashed, or by reference.

use crate::{
    domain::{
        case::{Case, steps::Standpoint},
        playbook::StepRef,
    },
    tui::{
        form::{
            Form,
            field::{Item, Pick},
        },
        model::{
            effect::TakeEvidence,
            overlays::open_form::{Kind, Send, Sheet},
        },
        text::width::cut,
    },
};

/// The box, from the screen of a step or from another; whatever step is open can be chosen.
pub(crate) fn open(case: &Case, here: Option<&Standpoint<'_>>) -> Sheet {
    let form = Form::of(vec![
        Item::path("path", "File", "Tab completes the path").required(),
        Item::line("name", "Name", "What to call it; empty for the file's name", ""),
        Item::line("about", "Shows", "What it shows, and how it was got", ""),
        Item::line("source", "From", "The system that it comes from, such as ward7-pc3", ""),
        Item::pick("for", "For", "↑ ↓ the step that it belongs to, Enter goes on", steps(case, here)),
        Item::toggle("reference", "By reference", "Space: hash, size and place only, no copy; for very large items"),
    ]);
    let sheet = Sheet::new(Kind::Evidence(here.map(Standpoint::name)), "Evidence", form);
    match here {
        Some(point) if !point.step.expects.is_empty() => sheet.tell("Expects", point.step.expects.join(", ")),
        _ => sheet,
    }
}

/// The step on the screen, none, then the open ones; those that ask for evidence come first.
fn steps(case: &Case, here: Option<&Standpoint<'_>>) -> Pick {
    let asks = |point: &Standpoint<'_>| !point.step.expects.is_empty();
    let option = |point: &Standpoint<'_>| {
        let means = if asks(point) { format!("asks for {}", point.step.expects.join(", ")) } else { String::new() };
        (point.name().to_string(), cut(&point.title(), 60), means)
    };
    let mut options: Vec<_> = here.map(option).into_iter().collect();
    options.push((String::new(), "no step".to_owned(), String::new()));
    let other = |point: &Standpoint<'_>| here.is_none_or(|here| here.name() != point.name());
    let mut open: Vec<_> = case.steps().filter(|point| !point.standing.settled() && other(point)).collect();
    open.sort_by_key(|point| !asks(point));
    options.extend(open.iter().map(option));
    // Only a step that asks for evidence is filled in: whatever else is current has nothing to do with it.
    let at = here.map_or(0, |here| usize::from(!asks(here)));
    Pick { options, at: Some(at), tall: true }
}

/// What it sends.
pub(crate) fn send(form: &Form) -> Send {
    let step = form.text("for");
    let step = step.split_once('/').map(|(playbook, step)| StepRef { playbook: playbook.into(), step: step.into() });
    Send::Evidence(TakeEvidence {
        path: form.text("path"),
        name: form.text("name"),
        about: form.text("about"),
        source: form.text("source"),
        step,
        by_reference: form.yes("reference"),
        begun: None,
    })
}
