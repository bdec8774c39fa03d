//! Why a step is next, waits, is closed or stands as it does: what the console says when it is asked.

use super::{
    Case,
    steps::{StepStatus, StepView},
};
use crate::domain::{
    playbook::{StepKind, When, condition_text},
    step::attached_playbook::AttachedPlaybook,
    time::Time,
};

impl Case {
    /// Why the step stands as it does at `now` (UTC), in sentences; the texts are as recorded, so whoever shows them
    /// makes them safe.
    pub fn explain(&self, point: &StepView<'_>, now: Time) -> Vec<String> {
        let mut reasons = Vec::new();
        let next = self.next(now);
        let is_next = next.as_ref().is_some_and(|next| next.name() == point.name());
        match &point.status {
            StepStatus::Started => {
                reasons.push(format!("{} is at work on it{}.", name_actor(point), self.at_entry(point)))
            }
            StepStatus::Ready if is_next => reasons.push(self.why_next(point)),
            StepStatus::Repeats if is_next => reasons.push("It recurs, and it is due again.".into()),
            StepStatus::Ready => reasons.push(match next {
                Some(next) => format!("It can be done now. “{}” comes first.", next.title()),
                None => "It can be done now.".into(),
            }),
            StepStatus::Waiting(unmet) => reasons.extend(unmet.iter().map(|id| self.why_waiting(point.plan, id))),
            StepStatus::Repeats => {
                reasons.push(format!("It recurs: last done by {}{}.", name_actor(point), self.at_entry(point)))
            }
            StepStatus::Done | StepStatus::Skipped => {
                let word = point.status.word();
                let through = point.progress.and_then(|progress| progress.through.as_ref());
                let through = through.map_or_else(String::new, |other| format!(", in {other}, which is the same step"));
                reasons.push(format!("It was {word} by {}{}{through}.", name_actor(point), self.at_entry(point)));
            }
            StepStatus::Blocked(why) => reasons.push(format!("{} says that it cannot go on: {why}", name_actor(point))),
            StepStatus::Closed => {}
        }
        reasons.extend(self.needs_met(point));
        reasons.extend(list_conditions(point));
        reasons
    }

    fn why_next(&self, point: &StepView<'_>) -> String {
        let others = self.plans.len() > 1;
        match (&point.step.kind, others) {
            (StepKind::Recur { .. }, _) => "It recurs, and it is due.".into(),
            (_, false) => format!("It is the first open step, in {}: all before it is settled.", point.phase.title),
            (_, true) => format!(
                "It is the first open step of {}, and no other playbook's first open step is due earlier.",
                point.plan.playbook.title
            ),
        }
    }

    fn why_waiting(&self, plan: &AttachedPlaybook, id: &str) -> String {
        if let Some(phase) = id.strip_prefix("phase ").and_then(|phase| plan.phase(phase)) {
            let open: Vec<String> = plan
                .step_statuses()
                .filter(|(of, _, _, standing)| of.id == phase.id && !standing.quiet())
                .map(|(_, step, item, _)| format!("“{}”", plan.fill(&step.title, item)))
                .collect();
            let few = open.iter().take(3).cloned().collect::<Vec<_>>().join(", ");
            let more = if open.len() > 3 { format!(" and {} more", open.len() - 3) } else { String::new() };
            return format!("It waits for the phase {}: {few}{more}.", phase.title);
        }
        match plan.step(id) {
            Some((_, step)) => {
                let standing = plan.status_of(step, None);
                format!("It waits for “{}”, which is {}.", plan.fill(&step.title, None), standing.word())
            }
            None => format!("It waits for {id}."),
        }
    }

    /// What it needs and has.
    fn needs_met(&self, point: &StepView<'_>) -> Vec<String> {
        let met = point.step.needs.iter().filter(|_| !matches!(point.status, StepStatus::Closed));
        met.filter_map(|id| {
            let (_, step) = point.plan.step(id)?;
            let progress = point.plan.progress_of(id, None)?;
            let standing = point.plan.status_of(step, None);
            let word = match standing {
                StepStatus::Repeats => "done",
                StepStatus::Done | StepStatus::Skipped | StepStatus::Closed => standing.word(),
                StepStatus::Ready | StepStatus::Started | StepStatus::Waiting(_) | StepStatus::Blocked(_) => {
                    return None;
                }
            };
            let title = point.plan.fill(&step.title, None);
            Some(format!("“{title}”, which it needs, is {word} ({}).", self.cite(&progress.entry)))
        })
        .collect()
    }

    fn at_entry(&self, point: &StepView<'_>) -> String {
        point.progress.map_or_else(String::new, |progress| format!(" ({})", self.cite(&progress.entry)))
    }
}

fn name_actor(point: &StepView<'_>) -> String {
    point.progress.map_or_else(|| "someone".to_owned(), |progress| progress.by.label())
}

/// What its conditions say, and whether they hold.
fn list_conditions(point: &StepView<'_>) -> Vec<String> {
    let mut said = Vec::new();
    for (what, when) in [("phase", &point.phase.when), ("step", &point.step.when)] {
        if *when == When::Always {
            continue;
        }
        let words = point.fill(&condition_text::word_condition(&point.plan.playbook, when));
        said.push(match point.plan.holds_for(when, point.step, point.item) {
            Some(true) => format!("The {what} applies, because {words}."),
            Some(false) => format!("The {what} is closed. It would apply if {words}."),
            None => format!("Whether the {what} applies is not known yet. It will if {words}."),
        });
    }
    if let (StepStatus::Closed, Some(list)) = (&point.status, &point.step.each)
        && point.plan.things(list).is_none_or(<[String]>::is_empty)
    {
        said.push(format!("There is nothing to do it for: the answer to {list} names nothing."));
    }
    if let (StepStatus::Closed, StepKind::Recur { until: Some(until), .. }) = (&point.status, &point.step.kind)
        && said.is_empty()
    {
        said.push(format!("It went on until {until}, which is settled."));
    }
    said
}
