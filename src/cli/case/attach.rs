//! `carecert attach`.

use crate::{
    cli::{context::Context, failure::Done, references::find_playbook, times::read_clock},
    domain::{
        decide::command::{Attach, Command},
        event::Event,
        text::safe,
    },
};
use clap::Args;
use serde::Serialize;

/// Use another playbook in a case, or go on with a newer version of one.
#[derive(Debug, Args)]
pub(crate) struct AttachCommand {
    #[arg(value_name = "CASE")]
    case: String,
    /// Its id, or a file.
    #[arg(value_name = "PLAYBOOK")]
    playbook: String,
    /// Why another version takes the place of the one in use.
    #[arg(long, value_name = "TEXT", default_value = "", hide_default_value = true)]
    why: String,
}

impl AttachCommand {
    /// Where another version takes the place of one in use, the differences are told.
    pub(crate) fn run(self, context: &mut Context) -> Done {
        let attach = Attach { why: self.why, ..find_playbook(&context.read_usable_playbooks(), &self.playbook)? };
        let version = attach.playbook.version.clone();
        let mut session = context.open_case(&self.case)?;
        let records = session.execute(0, Command::Attach(Box::new(attach)).into(), read_clock())?;
        let (mut from, mut changes) = (None, Vec::new());
        for record in &records {
            if let Event::PlaybookUpdated(updated) = &record.event {
                from = Some(updated.from.clone());
                changes.clone_from(&updated.changes);
            }
        }
        let cited: Vec<String> = records.iter().map(|record| session.case().cite(&record.id)).collect();
        let told = if context.json {
            #[derive(Serialize)]
            struct Answer {
                case: String,
                recorded: Vec<String>,
                version: String,
                from: Option<String>,
                changes: Vec<String>,
                seal: String,
            }
            let case = session.case();
            let recorded = cited.clone();
            let (id, seal) = (case.id.to_string(), case.seal().to_string());
            context
                .print_json(&Answer { case: id, recorded, version, from, changes, seal })
                .map_err(|why| why.although_recorded(&cited))
        } else {
            context.print_recorded(session.case(), &records, None).and_then(|()| match from {
                None => Ok(()),
                Some(from) => {
                    let mut lines = vec![format!("version {} in place of {}:", safe(&version), safe(&from))];
                    lines.extend(changes.iter().map(|change| format!("  {}", safe(change))));
                    context.print(&lines.join("\n")).map_err(|why| why.although_recorded(&cited))
                }
            })
        };
        context.close_case(session);
        told.map(|()| 0)
    }
}
