//! `carecert status`.

use super::{
    status_subjects::{self, FollowUp, Indicator, SubjectRow},
    status_text::describe_status,
};
use crate::{
    cli::{
        context::Context,
        duty_lines::{DutyRow, duty_rows},
        failure::CommandResult,
        times::read_clock,
    },
    domain::{
        case::{
            Case, Noted,
            steps::{StepStatus, StepView},
        },
        event::{ApprovalGiven, AssetNoted, ContactNoted, ImpactStated},
        person::Person,
        time::Time,
    },
};
use clap::Args;
use serde::Serialize;

/// Say where a case stands.
#[derive(Debug, Args)]
pub(crate) struct StatusCommand {
    #[arg(value_name = "CASE")]
    case: String,
}

#[derive(Serialize)]
struct StatusAnswer {
    case: String,
    title: String,
    severity: String,
    tlp: String,
    state: &'static str,
    exercise: bool,
    opened: Option<Time>,
    occurred: Option<Time>,
    updated: Option<Time>,
    next: Option<String>,
    steps: Vec<StepRow>,
    answers: Vec<AnswerRow>,
    approvals: Vec<ApprovalRow>,
    clocks: Vec<DutyRow>,
    follow_ups: Vec<SubjectRow<FollowUp>>,
    assets: Vec<SubjectRow<AssetNoted>>,
    indicators: Vec<SubjectRow<Indicator>>,
    contacts: Vec<SubjectRow<ContactNoted>>,
    impact: Option<SubjectRow<ImpactStated>>,
    people: Vec<Person>,
    playbooks: Vec<String>,
    evidence: usize,
    decisions: usize,
    losses: usize,
    damage: usize,
    seal: String,
    records: u64,
}

#[derive(Serialize)]
struct StepRow {
    /// Its name in the case: `isolate`, or `isolate@Ward 7` for one of several things.
    id: String,
    step: String,
    item: Option<String>,
    playbook: String,
    phase: String,
    title: String,
    kind: &'static str,
    state: &'static str,
    waits_for: Vec<String>,
    choice: Option<String>,
    owner: String,
    due: Option<Time>,
    entry: Option<String>,
    times: u32,
    through: Option<String>,
}

#[derive(Serialize)]
struct AnswerRow {
    question: String,
    playbook: String,
    step: String,
    ask: String,
    answer: Option<String>,
    entry: Option<String>,
    by: Option<String>,
}

#[derive(Serialize)]
struct ApprovalRow {
    step: String,
    playbook: String,
    question: String,
    agreed: bool,
    person: Person,
    means: String,
    words: String,
    entry: String,
}

impl StatusCommand {
    pub(crate) fn run(self, context: &mut Context) -> CommandResult {
        let case = context.read_case(&self.case, 0)?.case;
        if context.json {
            context.print_json(&status_of_case(&case))?
        } else {
            context.print(&describe_status(&case))?
        }
        Ok(0)
    }
}

fn status_of_case(case: &Case) -> StatusAnswer {
    let now = read_clock().at;
    let mut clocks = duty_rows(case, now);
    clocks.retain(|row| row.state != "not started");
    StatusAnswer {
        case: case.id.to_string(),
        title: case.title.clone(),
        severity: case.severity.to_string(),
        tlp: case.tlp.to_string(),
        state: if case.closed { "closed" } else { "open" },
        exercise: case.exercise,
        opened: case.opened,
        occurred: case.occurred,
        updated: case.updated,
        next: case.next(now).map(|point| point.name().step),
        steps: case.steps().map(|point| row_of_step(case, &point)).collect(),
        answers: answer_rows(case),
        approvals: approval_rows(case),
        clocks,
        follow_ups: status_subjects::follow_up_rows(case),
        assets: status_subjects::asset_rows(case),
        indicators: status_subjects::indicator_rows(case),
        contacts: status_subjects::contact_rows(case),
        impact: status_subjects::impact_row(case),
        people: case.people.clone(),
        playbooks: case.plans.iter().map(|plan| plan.playbook.id.clone()).collect(),
        evidence: case.evidence.len(),
        decisions: case.decisions.len(),
        losses: case.losses.len(),
        damage: case.damage.len(),
        seal: case.seal().to_string(),
        records: case.records,
    }
}

fn row_of_step(case: &Case, point: &StepView<'_>) -> StepRow {
    StepRow {
        id: point.name().step,
        step: point.step.id.clone(),
        item: point.item.map(str::to_owned),
        playbook: point.plan.playbook.id.clone(),
        phase: point.phase.id.clone(),
        title: point.title(),
        kind: point.step.kind.word(),
        state: point.status.word(),
        waits_for: match &point.status {
            StepStatus::Waiting(steps) => steps.clone(),
            StepStatus::Ready
            | StepStatus::Started
            | StepStatus::Done
            | StepStatus::Repeats
            | StepStatus::Skipped
            | StepStatus::Blocked(_)
            | StepStatus::Closed => Vec::new(),
        },
        choice: point.progress.and_then(|progress| progress.choice.clone()),
        owner: point.step.owner.clone(),
        due: point.due,
        entry: point.progress.map(|progress| case.cite(&progress.entry)),
        times: point.progress.map_or(0, |progress| progress.times),
        through: point.progress.and_then(|progress| progress.through.as_ref()).map(ToString::to_string),
    }
}

fn answer_rows(case: &Case) -> Vec<AnswerRow> {
    let mut rows = Vec::new();
    for plan in &case.plans {
        for (step, question) in plan.playbook.questions() {
            let answered = plan.answers.get(&question.id);
            rows.push(AnswerRow {
                question: question.id.clone(),
                playbook: plan.playbook.id.clone(),
                step: step.id.clone(),
                ask: plan.fill(&question.ask, None),
                answer: answered.map(|answered| answered.value.words(&question.form)),
                entry: answered.map(|answered| case.cite(&answered.entry)),
                by: answered.map(|answered| answered.by.label()),
            });
        }
    }
    rows
}

fn approval_rows(case: &Case) -> Vec<ApprovalRow> {
    let row = |noted: &Noted<ApprovalGiven>| ApprovalRow {
        step: noted.what.step.step.clone(),
        playbook: noted.what.step.playbook.clone(),
        question: noted.what.question.clone(),
        agreed: noted.what.agreed,
        person: noted.what.person.clone(),
        means: noted.what.means.clone(),
        words: noted.what.words.clone(),
        entry: case.cite(&noted.entry),
    };
    case.approvals.iter().map(row).collect()
}
