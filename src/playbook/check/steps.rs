//! The checks of one step: its texts, owner, due time and the names that it refers to.

use super::{Unique, asks, conditions, hidden, id, kinds, known::Known, long, name, placeholders};
use crate::{
    domain::playbook::{Kind, Start, Step},
    playbook::{
        did_you_mean::quoted,
        finding::{Code, Sink},
    },
};

/// Minutes in sixty days; a step due later than that is a slip of the keys.
const DUE_LIMIT: u32 = 60 * 24 * 60;

/// Names that must be unique among all steps.
#[derive(Default)]
pub(super) struct Names<'a> {
    questions: Unique<'a>,
    shared: Unique<'a>,
}

/// Checks `step`, which stands at `path`.
pub(super) fn check<'a>(path: &str, step: &'a Step, known: &Known<'_>, names: &mut Names<'a>, sink: &mut Sink<'_>) {
    let at = |field: &str| format!("{path}.{field}");
    id(&at("id"), &step.id, sink);
    name(&at("title"), "the step's title", &step.title, sink);
    long(&at("what"), "what to do", &step.what, sink);
    hidden(&at("why"), &step.why, sink);
    hidden(&at("care"), &step.care, sink);
    for (index, expected) in step.expects.iter().enumerate() {
        name(&at(&format!("expects[{index}]")), "the expected evidence", expected, sink);
    }
    owner(&at("owner"), step, known, sink);
    due(path, step, known, sink);
    for (index, need) in step.needs.iter().enumerate() {
        known.step(&at(&format!("needs[{index}]")), need, sink);
    }
    conditions::check(&at("when"), &step.when, step.each.as_deref(), known, sink);
    asks::each(&at("each"), step, known, sink);
    asks::asks(path, step, &mut names.questions, sink);
    if let Some(shared) = &step.shared {
        id(&at("shared"), shared, sink);
        names.shared.see("shared step", shared, &at("shared"), sink);
        if step.each.is_some() {
            sink.warn(&at("shared"), Code::IdleShared, || {
                let what = format!(
                    "{} is done once for each of several things, which no two playbooks share",
                    quoted(&step.id)
                );
                (what, "take `shared` out".to_owned())
            });
        }
    }
    kinds::check(path, step, known, sink);
    placeholders::check(path, step, known, sink);
}

fn owner(path: &str, step: &Step, known: &Known<'_>, sink: &mut Sink<'_>) {
    if step.owner.trim().is_empty() {
        sink.error(path, Code::NoOwner, || {
            (
                format!("the step {} has no owner", quoted(&step.id)),
                "add `owner: \"…\"` with one of the roles".to_owned(),
            )
        });
    } else {
        known.role(path, &step.owner, sink);
    }
}

fn due(path: &str, step: &Step, known: &Known<'_>, sink: &mut Sink<'_>) {
    let (at, after) = (format!("{path}.due"), format!("{path}.due_after"));
    if let Some(due) = step.due.filter(|due| *due == 0 || *due > DUE_LIMIT) {
        sink.error(&at, Code::BadDue, || {
            let from = match step.due_after {
                Start::Playbook => "from the start of the playbook, ",
                _ => "",
            };
            let hint = format!("give whole minutes {from}from 1 to 86400 (sixty days)");
            (format!("a step cannot be due after {due} minutes"), hint)
        });
    }
    // One that recurs is first due after its own span, counted from there.
    let due = step.due.is_some() || matches!(step.kind, Kind::Recur { .. });
    if !due && step.due_after != Start::Playbook {
        sink.warn(&after, Code::IdleStart, || {
            let what = format!("{} is never due, so this counts nothing", quoted(&step.id));
            (what, "add `due: 60` with the minutes, or take `due_after` out".to_owned())
        });
    }
    match &step.due_after {
        Start::Playbook | Start::Case => {}
        Start::Step(first) => {
            if let Some(first) = known.step(&format!("{after}[0]"), first, sink) {
                conditions::same_each(&format!("{after}[0]"), first, step.each.as_deref(), sink);
            }
        }
        Start::Aware(duty) => {
            known.listed_duty(&format!("{after}[0]"), duty, sink);
        }
    }
}
