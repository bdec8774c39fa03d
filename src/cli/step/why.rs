//! `carecert why`.

use crate::{
    cli::{
        Done,
        context::{self, Context},
        entry::act::find_step,
    },
    domain::{case::steps::Standpoint, text::safe},
};
use serde::Serialize;

#[derive(Serialize)]
struct Answer {
    /// Why there is no step, where there is none.
    none: Option<&'static str>,
    steps: Vec<Row>,
}

#[derive(Serialize)]
struct Row {
    id: String,
    playbook: String,
    title: String,
    state: &'static str,
    reasons: Vec<String>,
}

/// Says why a step, or the next one, stands as it does.
pub(crate) fn run(context: &mut Context, case: &str, step: Option<&str>) -> Done {
    let case = context.read(case, 0)?.case;
    let now = context::now().at;
    let name = step.map(|step| find_step(&case, step)).transpose()?;
    let points: Vec<Standpoint<'_>> = match &name {
        None => case.next(now).into_iter().collect(),
        // The plain name of a step that is done for several things means all of them.
        Some(name) => {
            let meant = |point: &Standpoint<'_>| {
                point.plan.playbook.id == name.playbook
                    && point.step.id == name.id()
                    && (name.item().is_none() || name.item() == point.item)
            };
            case.steps().filter(meant).collect()
        }
    };
    let steps: Vec<Row> = points
        .iter()
        .map(|point| Row {
            id: point.name().step,
            playbook: point.plan.playbook.id.clone(),
            title: point.title(),
            state: point.standing.word(),
            reasons: case.explain(point, now),
        })
        .collect();
    let none = match (steps.is_empty(), case.closed) {
        (false, _) => None,
        (true, true) => Some("the case is closed"),
        (true, false) => Some("no step is open"),
    };
    if context.json {
        context.print_json(&Answer { none, steps })?;
        return Ok(0);
    }
    let mut lines: Vec<String> = none.map(|none| format!("nothing is next: {none}")).into_iter().collect();
    for row in steps {
        lines.push(format!("{} ({}): {}", safe(&row.title), safe(&row.id), row.state));
        lines.extend(row.reasons.iter().map(|reason| format!("  {}", safe(reason))));
    }
    context.print(&lines.join("\n"))?;
    Ok(0)
}
