//! `carecert why`.

use crate::{
    cli::{context::Context, failure::CommandResult, references::find_step, times::read_clock},
    domain::{case::steps::StepView, text::make_safe},
};
use clap::Args;
use serde::Serialize;

/// Say why a step is next, waits, is closed or stands as it does.
#[derive(Debug, Args)]
pub(crate) struct WhyCommand {
    #[arg(value_name = "CASE")]
    case: String,
    /// The step; the next one where it is left out.
    #[arg(value_name = "STEP")]
    step: Option<String>,
}

#[derive(Serialize)]
struct WhyAnswer {
    /// Why there is no step, where there is none.
    none: Option<&'static str>,
    steps: Vec<StepRow>,
}

#[derive(Serialize)]
struct StepRow {
    id: String,
    playbook: String,
    title: String,
    state: &'static str,
    reasons: Vec<String>,
}

impl WhyCommand {
    pub(crate) fn run(self, context: &mut Context) -> CommandResult {
        let case = context.read_case(&self.case, 0)?.case;
        let now = read_clock().at;
        let name = self.step.as_deref().map(|step| find_step(&case, step)).transpose()?;
        let points: Vec<StepView<'_>> = match &name {
            None => case.next(now).into_iter().collect(),
            // The plain name of a step that is done for several things means all of them.
            Some(name) => {
                let meant = |point: &StepView<'_>| {
                    point.plan.playbook.id == name.playbook
                        && point.step.id == name.id()
                        && (name.item().is_none() || name.item() == point.item)
                };
                case.steps().filter(meant).collect()
            }
        };
        let steps: Vec<StepRow> = points
            .iter()
            .map(|point| StepRow {
                id: point.name().step,
                playbook: point.plan.playbook.id.clone(),
                title: point.title(),
                state: point.status.word(),
                reasons: case.explain(point, now),
            })
            .collect();
        let none = match (steps.is_empty(), case.closed) {
            (false, _) => None,
            (true, true) => Some("the case is closed"),
            (true, false) => Some("no step is open"),
        };
        if context.json {
            context.print_json(&WhyAnswer { none, steps })?;
            return Ok(0);
        }
        let mut lines: Vec<String> = none.map(|none| format!("nothing is next: {none}")).into_iter().collect();
        for row in steps {
            lines.push(format!("{} ({}): {}", make_safe(&row.title), make_safe(&row.id), row.state));
            lines.extend(row.reasons.iter().map(|reason| format!("  {}", make_safe(reason))));
        }
        context.print(&lines.join("\n"))?;
        Ok(0)
    }
}
