//! Another playbook is used in the case, or another version of one that is in use.

use crate::{
    console::{
        form::Form,
        item::{Item, Pick},
        msg::PlaybookRow,
        sheet::{Kind, Sheet},
    },
    domain::{case::Case, difference::difference},
};

/// The playbooks that would bring something: those that the case does not use, and other versions of those that it does.
pub(crate) fn offered<'a>(case: &'a Case, playbooks: &'a [PlaybookRow]) -> impl Iterator<Item = &'a PlaybookRow> {
    playbooks.iter().filter(|book| case.plan(&book.id).is_none_or(|plan| plan.source != book.source))
}

/// The box, with the playbooks that can be used.
pub(crate) fn open(case: &Case, playbooks: &[PlaybookRow]) -> Sheet {
    let option = |book: &PlaybookRow| match case.plan(&book.id) {
        None => (book.id.clone(), book.title.clone(), book.summary.clone()),
        Some(plan) => {
            let (was, is) = (&plan.playbook.version, &book.playbook.version);
            let changes = difference(&plan.playbook, &book.playbook);
            let means = format!("{} changes; what is done stays done: {}", changes.len(), changes.join("; "));
            (book.id.clone(), format!("{}: version {is} in place of {was}", book.title), means)
        }
    };
    let options: Vec<_> = offered(case, playbooks).map(option).collect();
    let newer = offered(case, playbooks).any(|book| case.plan(&book.id).is_some());
    let mut items =
        vec![Item::pick("playbook", "Playbook", "↑ ↓ choose", Pick { options, at: None, tall: true }).required()];
    if newer {
        items.push(Item::long("why", "Reason", "Why another version takes the place of the one in use"));
    }
    let used: Vec<&str> = case.plans.iter().map(|plan| plan.playbook.title.as_str()).collect();
    Sheet::new(Kind::Attach, "Use another playbook", Form::of(items)).tell("In use", used.join(", "))
}
