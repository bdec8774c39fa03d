//! Another playbook is used in the case.

use crate::{
    console::{
        form::Form,
        item::{Item, Pick},
        msg::PlaybookRow,
        sheet::{Kind, Sheet},
    },
    domain::case::Case,
};

/// The box, with the playbooks that the case does not use yet.
pub(crate) fn open(case: &Case, playbooks: &[PlaybookRow]) -> Sheet {
    let free = playbooks.iter().filter(|book| case.plan(&book.id).is_none());
    let options = free.map(|book| (book.id.clone(), book.title.clone(), book.summary.clone())).collect();
    let pick = Pick { options, at: None, tall: true };
    let form = Form::of(vec![Item::pick("playbook", "Playbook", "↑ ↓ choose", pick).required()]);
    let used: Vec<&str> = case.plans.iter().map(|plan| plan.playbook.title.as_str()).collect();
    Sheet::new(Kind::Attach, "Use another playbook", form).tell("In use", used.join(", "))
}
