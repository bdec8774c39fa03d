//! `carecert attach`.

use crate::{
    cli::{
        Done,
        context::{Context, now},
        playbook,
    },
    domain::{
        decide::command::{Attach, Command},
        event::Event,
        text::safe,
    },
};
use serde::Serialize;

/// Uses a playbook from now on, or another version of one in use; then the differences are told.
pub(crate) fn run(context: &mut Context, case: &str, wanted: &str, why: String) -> Done {
    let attach = Attach { why, ..playbook::find(&context.library(), wanted)? };
    let version = attach.playbook.version.clone();
    let mut session = context.open(case)?;
    let records = session.execute(0, Command::Attach(Box::new(attach)).into(), now())?;
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
        context.recorded(session.case(), &records, None).and_then(|()| match from {
            None => Ok(()),
            Some(from) => {
                let mut lines = vec![format!("version {} in place of {}:", safe(&version), safe(&from))];
                lines.extend(changes.iter().map(|change| format!("  {}", safe(change))));
                context.print(&lines.join("\n")).map_err(|why| why.although_recorded(&cited))
            }
        })
    };
    context.close(session);
    told.map(|()| 0)
}
