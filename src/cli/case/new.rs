//! `carecert new`.

use crate::{
    cli::{
        context::Context,
        failure::{CommandResult, Failure},
        progress::watch_progress,
        stderr::warn_although_recorded,
        times::{parse_optional_time, read_clock},
        values::{parse_severity, parse_tlp},
    },
    domain::marking::{Severity, Tlp},
    runtime::{
        create::{self, CreateFault},
        interrupt::Interrupt,
        jump,
    },
    tui::model::effect::NewCase,
};
use clap::Args;
use serde::Serialize;

/// Open a case and print its id.
#[derive(Debug, Args)]
pub(crate) struct NewCommand {
    /// What is wrong, in a line.
    #[arg(long, value_name = "TEXT")]
    title: String,
    /// A playbook to follow; may be given again.
    #[arg(long = "playbook", value_name = "ID")]
    playbooks: Vec<String>,
    /// How bad it is; take the higher when unsure.
    #[arg(long, default_value = "high", value_parser = parse_severity)]
    severity: Severity,
    /// Who may see it (TLP 2.0).
    #[arg(long, default_value = "TLP:AMBER", value_name = "MARK", value_parser = parse_tlp)]
    tlp: Tlp,
    /// When it happened, if that is known.
    #[arg(long, value_name = "TIME", allow_hyphen_values = true)]
    occurred: Option<String>,
    /// An exercise, not a real incident.
    #[arg(long)]
    exercise: bool,
}

/// The case that was opened, as JSON.
#[derive(Serialize)]
struct NewAnswer {
    case: String,
    folder: String,
    playbooks: Vec<String>,
    seal: String,
    records: u64,
}

impl NewCommand {
    pub(crate) fn run(self, context: &mut Context) -> CommandResult {
        context.check_actor()?;
        // The entries will have the offset of this machine's zone: where that cannot be read, it is said first.
        read_clock();
        let wanted = NewCase {
            title: self.title,
            severity: self.severity,
            tlp: self.tlp,
            occurred: parse_optional_time(self.occurred.as_deref())?,
            playbooks: self.playbooks,
            responder: context.who.clone(),
        };
        let library = context.read_usable_playbooks();
        let interrupt = Interrupt::listen()?;
        let mut watch = watch_progress("opening the case", &interrupt);
        let made =
            create::create_case(&context.home, &library, &wanted, self.exercise, &mut watch).map_err(|fault| {
                match fault {
                    CreateFault::Fault(fault) => Failure::from(fault),
                    CreateFault::Playbook(problem) => problem.into(),
                }
            })?;
        made.warnings.iter().for_each(warn_although_recorded);
        let (folder, case) = (made.folder, made.case);
        jump::remember_clock(&context.home, &case.id);
        let printed = if context.json {
            context.print_json(&NewAnswer {
                case: case.id.to_string(),
                folder: folder.display().to_string(),
                playbooks: case.plans.iter().map(|plan| plan.playbook.id.clone()).collect(),
                seal: case.seal().to_string(),
                records: case.records,
            })
        } else {
            context.print(case.id.as_str())
        };
        printed.map_err(|why| why.although_recorded(&[case.id.to_string()])).map(|()| 0)
    }
}
