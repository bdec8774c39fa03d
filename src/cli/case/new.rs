//! `carecert new`.

use crate::{
    cli::{
        Done,
        context::{self, Context},
        failure::Failure,
        options::New,
        progress::told,
    },
    runtime::{
        create::{self, CreateFault},
        interrupt::Interrupt,
        jump,
    },
    tui::model::effect::NewCase,
};
use serde::Serialize;

/// Opens a case and prints its id.
pub(crate) fn run(context: &mut Context, new: New) -> Done {
    context.check_actor()?;
    // Its entries have the offset of this machine's zone.
    context::now();
    let wanted = NewCase {
        title: new.title,
        severity: new.severity,
        tlp: new.tlp,
        occurred: context::occurred(new.occurred.as_deref())?,
        playbooks: new.playbooks,
        responder: context.who.clone(),
    };
    let library = context.library();
    let interrupt = Interrupt::listen()?;
    let mut watch = told("opening the case", &interrupt);
    let made =
        create::create(&context.home, &library, &wanted, new.exercise, &mut watch).map_err(|fault| match fault {
            CreateFault::Fault(fault) => Failure::from(fault),
            CreateFault::Playbook(report) => report.into(),
        })?;
    made.warnings.iter().for_each(context::warn_although_recorded);
    let (folder, case) = (made.folder, made.case);
    jump::remember(&context.home, &case.id);
    let printed = if context.json {
        #[derive(Serialize)]
        struct Answer {
            case: String,
            folder: String,
            playbooks: Vec<String>,
            seal: String,
            records: u64,
        }
        context.print_json(&Answer {
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
