//! The checks of one step: its texts, owner, due time and the names that it refers to.

use super::{
    asks, conditions, kinds,
    known::Known,
    placeholders,
    text_checks::{SeenNames, check_heading, check_id, check_prose, warn_hidden_characters},
};
use crate::{
    domain::playbook::{Kind, Start, Step},
    playbook::{
        did_you_mean::quote_word,
        finding::{Code, Sink},
    },
};

/// Minutes in sixty days; a step due later than that is a slip of the keys.
const DUE_LIMIT: u32 = 60 * 24 * 60;

/// Names that must be unique among all steps.
#[derive(Default)]
pub(super) struct UniqueNames<'a> {
    questions: SeenNames<'a>,
    shared: SeenNames<'a>,
}

/// Checks `step`, which stands at `path`.
pub(super) fn check_step<'a>(
    path: &str,
    step: &'a Step,
    known: &Known<'_>,
    names: &mut UniqueNames<'a>,
    sink: &mut Sink<'_>,
) {
    let at = |field: &str| format!("{path}.{field}");
    check_id(&at("id"), &step.id, sink);
    check_heading(&at("title"), "the step's title", &step.title, sink);
    check_prose(&at("what"), "what to do", &step.what, sink);
    warn_hidden_characters(&at("why"), &step.why, sink);
    warn_hidden_characters(&at("care"), &step.care, sink);
    for (index, expected) in step.expects.iter().enumerate() {
        check_heading(&at(&format!("expects[{index}]")), "the expected evidence", expected, sink);
    }
    check_owner(&at("owner"), step, known, sink);
    check_due(path, step, known, sink);
    for (index, need) in step.needs.iter().enumerate() {
        known.find_step(&at(&format!("needs[{index}]")), need, sink);
    }
    conditions::check_condition(&at("when"), &step.when, step.each.as_deref(), known, sink);
    asks::check_each(&at("each"), step, known, sink);
    asks::check_asks(path, step, &mut names.questions, sink);
    if let Some(shared) = &step.shared {
        check_id(&at("shared"), shared, sink);
        names.shared.see("shared step", shared, &at("shared"), sink);
        // Two playbooks may name different lists, and one of the two would not know for which thing it was done.
        if step.each.is_some() {
            sink.warn(&at("shared"), Code::IdleShared, || {
                let what = format!(
                    "{} is done once for each of several things, which no two playbooks share",
                    quote_word(&step.id)
                );
                (what, "take `shared` out".to_owned())
            });
        }
    }
    kinds::check_kind(path, step, known, sink);
    placeholders::check_placeholders(path, step, known, sink);
}

/// Checks that the step has an owner, who is one of the roles.
fn check_owner(path: &str, step: &Step, known: &Known<'_>, sink: &mut Sink<'_>) {
    if step.owner.trim().is_empty() {
        sink.error(path, Code::NoOwner, || {
            (
                format!("the step {} has no owner", quote_word(&step.id)),
                "add `owner: \"…\"` with one of the roles".to_owned(),
            )
        });
    } else {
        known.check_role(path, &step.owner, sink);
    }
}

/// Checks the minutes and what they are counted from.
fn check_due(path: &str, step: &Step, known: &Known<'_>, sink: &mut Sink<'_>) {
    let (at, after) = (format!("{path}.due"), format!("{path}.due_after"));
    if let Some(due) = step.due.filter(|due| *due == 0 || *due > DUE_LIMIT) {
        sink.error(&at, Code::BadDue, || {
            let from = match step.due_after {
                Start::Playbook => "from the start of the playbook, ",
                Start::Case | Start::Step(_) | Start::Aware(_) => "",
            };
            let hint = format!("give whole minutes {from}from 1 to 86400 (sixty days)");
            (format!("a step cannot be due after {due} minutes"), hint)
        });
    }
    // One that recurs is first due after its own span, counted from there.
    let due = step.due.is_some() || matches!(step.kind, Kind::Recur { .. });
    if !due && step.due_after != Start::Playbook {
        sink.warn(&after, Code::IdleStart, || {
            let what = format!("{} is never due, so this counts nothing", quote_word(&step.id));
            (what, "add `due: 60` with the minutes, or take `due_after` out".to_owned())
        });
    }
    match &step.due_after {
        Start::Playbook | Start::Case => {}
        Start::Step(first) => {
            if let Some(first) = known.find_step(&format!("{after}[0]"), first, sink) {
                conditions::check_same_list(&format!("{after}[0]"), first, step.each.as_deref(), sink);
            }
        }
        Start::Aware(duty) => {
            known.find_listed_duty(&format!("{after}[0]"), duty, sink);
        }
    }
}
