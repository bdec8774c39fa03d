//! `carecert step`: what is meant depends on the step's kind.

use crate::{
    cli::{
        context::Context,
        failure::{CommandResult, Failure},
        references::{decider_or_actor, find_step},
        times::parse_optional_time,
        values::{parse_one_of, parse_pair},
    },
    domain::{
        case::{Case, refusal::Refusal},
        decide::{ActOnStep, Command, MakeDecision, RecordApproval, RecordNotification, ReportCommand, StepAct},
        person::Person,
        playbook::{StepKind, StepRef, System},
    },
    runtime::session::TimedCommand,
};
use clap::{Args, ValueEnum};

/// What is done with a step.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Act {
    Start,
    Done,
    Skip,
    Block,
    Reopen,
}

/// Every sort of system, in the order in which `--help` lists them.
const SYSTEMS: &[System] = &[System::Windows, System::Linux, System::MacOs, System::Any];

/// Act on a step of a playbook.
#[derive(Debug, Args)]
pub(crate) struct StepCommand {
    #[arg(value_name = "CASE")]
    case: String,
    /// The step's id, the unique beginning of one, or PLAYBOOK/STEP; STEP@THING for one of several things, such as
    /// "isolate@Ward 7".
    #[arg(value_name = "STEP")]
    step: String,
    #[arg(value_enum, value_name = "ACT")]
    act: Act,
    /// Anything to add; what came of it, where the step is a command; what they said, where it is an approval.
    #[arg(long, value_name = "TEXT", default_value = "", hide_default_value = true)]
    note: String,
    /// The reason: for skip, block, reopen, a decision, or doing it early, again or without an answer.
    #[arg(long, value_name = "TEXT", default_value = "", hide_default_value = true)]
    why: String,
    /// An answer to a question of the step; may be given again. A list has commas: --answer "wards=Ward 7, Ward 9".
    #[arg(long = "answer", value_name = "QUESTION=VALUE", value_parser = parse_pair)]
    answers: Vec<(String, String)>,
    /// The option, where the step is a decision.
    #[arg(long, value_name = "OPTION")]
    choose: Option<String>,
    /// Who decided, where that was not you.
    #[arg(long, value_name = "NAME")]
    decided_by: Option<String>,
    /// The person who was asked agrees, where the step needs another's word.
    #[arg(long, requires = "person", conflicts_with = "refused")]
    agreed: bool,
    /// The person who was asked does not agree.
    #[arg(long, requires = "person")]
    refused: bool,
    /// Who was asked to agree: not you.
    #[arg(id = "person", long = "who", value_name = "NAME")]
    person: Option<String>,
    /// In which role they were asked.
    #[arg(long, value_name = "ROLE", default_value = "", hide_default_value = true, requires = "person")]
    in_role: String,
    /// The command did what it should; say in --note what came of it.
    #[arg(long, conflicts_with = "failed")]
    succeeded: bool,
    /// The command did not do what it should.
    #[arg(long)]
    failed: bool,
    /// On which sort of system it was run; may be left out where the step has one command only.
    #[arg(long, value_name = "SYSTEM", value_parser = parse_one_of(SYSTEMS, system_word))]
    system: Option<System>,
    /// Whom you told, where the step is to tell someone.
    #[arg(long, value_name = "WHOM")]
    to: Option<String>,
    /// By what means.
    #[arg(long, value_name = "HOW", default_value = "", hide_default_value = true)]
    means: String,
    /// Their reference number.
    #[arg(long, value_name = "REF", default_value = "", hide_default_value = true)]
    reference: String,
    /// When it happened.
    #[arg(long, value_name = "TIME", allow_hyphen_values = true)]
    occurred: Option<String>,
}

impl StepCommand {
    pub(crate) fn run(self, context: &mut Context) -> CommandResult {
        let occurred = parse_optional_time(self.occurred.as_deref())?;
        let session = context.open_case(&self.case)?;
        let name = find_step(session.case(), &self.step)?;
        let command = decide_command(context, session.case(), name, self)?;
        context.record(session, TimedCommand { command, occurred, begun: None })
    }
}

/// What is asked for, by the step's kind and the options that were given.
fn decide_command(context: &Context, case: &Case, name: StepRef, step: StepCommand) -> Result<Command, Failure> {
    let kind = case.step_view(&name).map(|point| point.step.kind.clone()).unwrap_or_default();
    refuse_misplaced(&step)?;
    if let Some(choice) = step.choose {
        let rationale = why_or_note(step.why, step.note);
        let decided_by = decider_or_actor(context, step.decided_by);
        return Ok(Command::Decide(MakeDecision {
            step: Some(name),
            question: String::new(),
            choice,
            rationale,
            decided_by,
        }));
    }
    if step.agreed || step.refused {
        return Ok(approve_command(context, name, step));
    }
    if step.succeeded || step.failed {
        return report_command(name, kind, step);
    }
    let act = match step.act {
        Act::Start => StepAct::Start { note: step.note, why: step.why },
        Act::Done => return done_command(name, kind, step),
        Act::Skip => StepAct::Skip { why: why_or_note(step.why, step.note) },
        Act::Block => StepAct::Block { why: why_or_note(step.why, step.note) },
        Act::Reopen => StepAct::Reopen { why: why_or_note(step.why, step.note) },
    };
    Ok(Command::Step(ActOnStep { step: name, act }))
}

/// What `done` means without an outcome, or why it needs one.
fn done_command(name: StepRef, kind: StepKind, step: StepCommand) -> Result<Command, Failure> {
    match kind {
        StepKind::Notify { .. } | StepKind::Decision { .. } | StepKind::Approve { .. } | StepKind::Command { .. }
            if !step.answers.is_empty() =>
        {
            let hint = "write: carecert answer CASE QUESTION VALUE";
            Err(Failure::wrong_usage("--answer goes with tasks, collect steps and steps that recur", hint))
        }
        // The refusal of a decision without a choice names the options, which only the case knows.
        StepKind::Task | StepKind::Collect | StepKind::Recur { .. } | StepKind::Decision { .. } => {
            let act = StepAct::Done { note: step.note, why: step.why, answers: step.answers };
            Ok(Command::Step(ActOnStep { step: name, act }))
        }
        StepKind::Notify { duty, to, .. } => Ok(Command::Notify(RecordNotification {
            step: Some(name),
            duty,
            to: step.to.unwrap_or(to),
            means: step.means,
            reference: step.reference,
            text: step.note,
            why: step.why,
        })),
        StepKind::Approve { .. } => {
            let hint = "add --agreed or --refused, and --who NAME";
            Err(refuse_by_kind(name, "approve", "naming who agreed or refused", hint))
        }
        StepKind::Command { lines } => {
            let systems = if lines.len() > 1 { ", --system, and --note" } else { " and --note" };
            let hint = format!("add --succeeded or --failed{systems} with what came of it");
            Err(refuse_by_kind(name, "command", "saying how the command went", &hint))
        }
    }
}

/// What says how a step came out goes with `done`, and only one of it.
fn refuse_misplaced(step: &StepCommand) -> Result<(), Failure> {
    let outcomes = [
        ("--choose", step.choose.is_some()),
        ("--agreed", step.agreed),
        ("--refused", step.refused),
        ("--succeeded", step.succeeded),
        ("--failed", step.failed),
        ("--answer", !step.answers.is_empty()),
    ];
    let given: Vec<&str> = outcomes.into_iter().filter(|(_, given)| *given).map(|(name, _)| name).collect();
    match given.as_slice() {
        [] => Ok(()),
        [one] if step.act != Act::Done => {
            let hint = format!("write: carecert step CASE STEP done {one} …");
            Err(Failure::wrong_usage(format!("{one} goes with `done`"), hint))
        }
        [_] => Ok(()),
        [one, other, ..] => {
            Err(Failure::wrong_usage(format!("{one} and {other} do not go together"), "a step has one kind"))
        }
    }
}

fn approve_command(context: &Context, name: StepRef, step: StepCommand) -> Command {
    let person = Person { role: step.in_role, ..Person::named(step.person.unwrap_or_default()) };
    Command::Approve(RecordApproval {
        step: name,
        agreed: step.agreed,
        person,
        means: step.means,
        words: step.note,
        why: step.why,
        asker: context.who.clone(),
    })
}

fn report_command(name: StepRef, kind: StepKind, step: StepCommand) -> Result<Command, Failure> {
    let lines = match kind {
        StepKind::Command { lines } => lines,
        // The refusal says of which kind the step is.
        StepKind::Task
        | StepKind::Collect
        | StepKind::Decision { .. }
        | StepKind::Notify { .. }
        | StepKind::Approve { .. }
        | StepKind::Recur { .. } => Vec::new(),
    };
    let system = match (step.system, lines.as_slice()) {
        (Some(system), _) => system,
        (None, [] | [_]) => lines.first().map_or(System::Any, |line| line.system),
        (None, many) => {
            let on: Vec<&str> = many.iter().map(|line| system_word(line.system)).collect();
            let hint = format!("add --system {}", on.join(" or --system "));
            return Err(Failure::wrong_usage("the step has a command for each of several systems", hint));
        }
    };
    Ok(Command::Report(ReportCommand {
        step: name,
        system,
        succeeded: step.succeeded,
        outcome: step.note,
        why: step.why,
    }))
}

/// How `--system` names it.
fn system_word(system: System) -> &'static str {
    match system {
        System::Any => "any",
        System::Windows => "windows",
        System::Linux => "linux",
        System::MacOs => "macos",
    }
}

fn refuse_by_kind(name: StepRef, kind: &'static str, by: &'static str, hint: &str) -> Failure {
    Refusal::ByKind { step: name.step, kind, by, hint: hint.to_owned() }.into()
}

fn why_or_note(why: String, note: String) -> String {
    if why.is_empty() { note } else { why }
}
