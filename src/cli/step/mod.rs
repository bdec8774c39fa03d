//! `carecert step`: what is meant depends on the step's kind.

pub(crate) mod why;

use crate::{
    cli::{
        Done,
        context::{Context, occurred},
        entry::act::{decider, find_step, usage},
        failure::Failure,
        options::{Act, On, Step},
    },
    domain::{
        case::{Case, refusal::Refusal},
        decide::command::{
            ActOnStep, Command, MakeDecision, RecordApproval, RecordNotification, ReportCommand, StepAct,
        },
        person::Person,
        playbook::{CommandLine, Kind, StepRef, System},
    },
    runtime::session::Order,
};

/// Acts on a step.
pub(super) fn run(context: &mut Context, step: Step) -> Done {
    let occurred = occurred(step.occurred.as_deref())?;
    let session = context.open(&step.case)?;
    let name = find_step(session.case(), &step.step)?;
    let command = command(context, session.case(), name, step)?;
    context.record(session, Order { command, occurred, begun: None })
}

fn command(context: &Context, case: &Case, name: StepRef, step: Step) -> Result<Command, Failure> {
    let kind = case.standpoint(&name).map(|point| point.step.kind.clone()).unwrap_or_default();
    misplaced(&step)?;
    if let Some(choice) = step.choose {
        let rationale = or(step.why, step.note);
        let decided_by = decider(context, step.decided_by);
        return Ok(Command::Decide(MakeDecision {
            step: Some(name),
            question: String::new(),
            choice,
            rationale,
            decided_by,
        }));
    }
    if step.agreed || step.refused {
        return Ok(approval(context, name, step));
    }
    if step.succeeded || step.failed {
        return report(name, kind, step);
    }
    let act = match (step.act, kind) {
        (Act::Done, Kind::Notify { .. } | Kind::Decision { .. } | Kind::Approve { .. } | Kind::Command { .. })
            if !step.answers.is_empty() =>
        {
            let hint = "write: carecert answer CASE QUESTION VALUE";
            return Err(usage("--answer goes with tasks, collect steps and steps that recur", hint));
        }
        (Act::Done, Kind::Notify { duty, to, .. }) => {
            return Ok(Command::Notify(RecordNotification {
                step: Some(name),
                duty,
                to: step.to.unwrap_or(to),
                means: step.means,
                reference: step.reference,
                text: step.note,
                why: step.why,
            }));
        }
        (Act::Done, Kind::Approve { .. }) => {
            let hint = "add --agreed or --refused, and --who NAME";
            return Err(by_kind(name, "approve", "naming who agreed or refused", hint));
        }
        (Act::Done, Kind::Command { lines }) => {
            let systems = if lines.len() > 1 { ", --system, and --note" } else { " and --note" };
            let hint = format!("add --succeeded or --failed{systems} with what came of it");
            return Err(by_kind(name, "command", "saying how the command went", &hint));
        }
        (Act::Done, _) => StepAct::Done { note: step.note, why: step.why, answers: step.answers },
        (Act::Start, _) => StepAct::Start { note: step.note },
        (Act::Skip, _) => StepAct::Skip { why: or(step.why, step.note) },
        (Act::Block, _) => StepAct::Block { why: or(step.why, step.note) },
        (Act::Reopen, _) => StepAct::Reopen { why: or(step.why, step.note) },
    };
    Ok(Command::Step(ActOnStep { step: name, act }))
}

/// What says how a step came out goes with `done`, and only one of it.
fn misplaced(step: &Step) -> Result<(), Failure> {
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
            Err(usage(&format!("{one} goes with `done`"), &hint))
        }
        [_] => Ok(()),
        [one, other, ..] => Err(usage(&format!("{one} and {other} do not go together"), "a step has one kind")),
    }
}

fn approval(context: &Context, name: StepRef, step: Step) -> Command {
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

fn report(name: StepRef, kind: Kind, step: Step) -> Result<Command, Failure> {
    let lines = match kind {
        Kind::Command { lines } => lines,
        // The refusal says of which kind the step is.
        _ => Vec::new(),
    };
    let system = match (step.system, lines.as_slice()) {
        (Some(on), _) => system(on),
        (None, [] | [_]) => lines.first().map_or(System::Any, |line| line.system),
        (None, many) => {
            let on: Vec<&str> = many.iter().map(word).collect();
            let hint = format!("add --system {}", on.join(" or --system "));
            return Err(usage("the step has a command for each of several systems", &hint));
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

fn system(on: On) -> System {
    match on {
        On::Windows => System::Windows,
        On::Linux => System::Linux,
        On::Macos => System::MacOs,
        On::Any => System::Any,
    }
}

fn word(line: &CommandLine) -> &'static str {
    match line.system {
        System::Any => "any",
        System::Windows => "windows",
        System::Linux => "linux",
        System::MacOs => "macos",
    }
}

fn by_kind(name: StepRef, kind: &'static str, by: &'static str, hint: &str) -> Failure {
    let mut failure = Failure::from(Refusal::ByKind { step: name.step, kind, by });
    failure.report.hint = Some(hint.to_owned());
    failure
}

fn or(why: String, note: String) -> String {
    if why.is_empty() { note } else { why }
}
