//! Another playbook is used in the case, or another version of one that is in use.

use crate::{
    domain::{case::Case, playbook::difference::difference},
    tui::{
        form::{Fault, Form, field::Item},
        model::{
            msg::PlaybookRow,
            overlays::{
                open_form::{Kind, Send, Sheet},
                page::PageKind,
            },
        },
    },
};

/// The playbooks that would bring something: other versions of those that the case uses, then those that it does not.
pub(crate) fn offered<'a>(case: &'a Case, playbooks: &'a [PlaybookRow]) -> impl Iterator<Item = &'a PlaybookRow> {
    let other = |book: &&PlaybookRow| case.plan(&book.id).is_some_and(|plan| plan.source != book.source);
    let unused = |book: &&PlaybookRow| case.plan(&book.id).is_none();
    playbooks.iter().filter(other).chain(playbooks.iter().filter(unused))
}

/// `version 2 in place of 1`, where another version is in use.
pub(crate) fn versions(case: &Case, book: &PlaybookRow) -> Option<String> {
    let was = &case.plan(&book.id)?.playbook.version;
    let is = &book.playbook.version;
    Some(if was == is { format!("version {is}, with another text") } else { format!("version {is} in place of {was}") })
}

/// How another version differs from the one in use, to be read before it is confirmed.
pub(crate) fn changes(case: &Case, book: &PlaybookRow) -> Option<PageKind> {
    let plan = case.plan(&book.id)?;
    let changes = difference(&plan.playbook, &book.playbook);
    let title = format!("{}: {}", book.title, versions(case, book)?);
    let count = if changes.len() == 1 { "One change".to_owned() } else { format!("{} changes", changes.len()) };
    let lead = format!("{count}. What is done stays done. Esc goes on to the box that records it.");
    let listed = changes.iter().map(|change| format!("– {change}")).collect::<Vec<_>>().join("\n");
    Some(PageKind::Texts(title, false, vec![lead, listed]))
}

/// The box for one of them.
pub(crate) fn open(case: &Case, book: &PlaybookRow) -> Sheet {
    let kind = Kind::Attach(book.id.clone());
    let used: Vec<&str> = case.plans.iter().map(|plan| plan.playbook.title.as_str()).collect();
    match versions(case, book) {
        Some(versions) => {
            let why = Item::long("why", "Reason", "Why another version takes the place of the one in use");
            let changes = case.plan(&book.id).map_or(0, |plan| difference(&plan.playbook, &book.playbook).len());
            Sheet::new(kind, format!("Another version: {}", book.title), Form::of(vec![why]))
                .tell("Version", versions)
                .tell("Changes", format!("{changes}, as just shown; what is done stays done"))
                .tell("From", &book.origin)
        }
        None => Sheet::new(kind, format!("Use: {}", book.title), Form::of(Vec::new()))
            .tell("For", &book.summary)
            .tell("Steps", book.steps.to_string())
            .tell("Version", format!("{}, {}", book.playbook.version, book.origin))
            .tell("In use", used.join(", ")),
    }
}

/// What it sends.
pub(crate) fn send(book: &str, form: &Form) -> Result<Send, Fault> {
    Ok(Send::Attach(book.to_owned(), form.text("why")))
}
