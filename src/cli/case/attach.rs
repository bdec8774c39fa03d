//! `carecert attach`.

use crate::{
    cli::{
        context::Context,
        failure::{CommandResult, Failure},
        references::find_playbook,
        times::read_clock,
    },
    domain::{
        case::Case,
        decide::{Attach, Command},
        event::Event,
        record::Record,
        text::make_safe,
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

/// What was recorded, as JSON.
#[derive(Serialize)]
struct AttachAnswer<'a> {
    case: &'a str,
    recorded: &'a [String],
    version: &'a str,
    /// The version that was in use until now; none where the playbook is new to the case.
    from: Option<&'a str>,
    changes: &'a [String],
    seal: String,
}

impl AttachCommand {
    /// Where another version takes the place of one in use, the differences are told.
    pub(crate) fn run(self, context: &mut Context) -> CommandResult {
        let attach = Attach { why: self.why, ..find_playbook(&context.read_usable_playbooks(), &self.playbook)? };
        let version = attach.playbook.version.clone();
        let mut session = context.open_case(&self.case)?;
        let records = session.execute(0, Command::Attach(Box::new(attach)).into(), read_clock())?;
        let told = print_attached(context, session.case(), &records, &version);
        context.close_case(session);
        told.map(|()| 0)
    }
}

fn print_attached(context: &Context, case: &Case, records: &[Record], version: &str) -> Result<(), Failure> {
    let (mut from, mut changes): (Option<&str>, &[String]) = (None, &[]);
    for record in records {
        if let Event::PlaybookUpdated(updated) = &record.event {
            from = Some(&updated.from);
            changes = &updated.changes;
        }
    }
    let cited: Vec<String> = records.iter().map(|record| case.cite(&record.id)).collect();
    if context.json {
        let (id, seal) = (case.id.as_str(), case.seal().to_string());
        let answer = AttachAnswer { case: id, recorded: &cited, version, from, changes, seal };
        return context.print_json(&answer).map_err(|why| why.although_recorded(&cited));
    }
    context.print_recorded(case, records, None)?;
    let Some(from) = from else { return Ok(()) };
    let mut lines = vec![format!("version {} in place of {}:", make_safe(version), make_safe(from))];
    lines.extend(changes.iter().map(|change| format!("  {}", make_safe(change))));
    context.print(&lines.join("\n")).map_err(|why| why.although_recorded(&cited))
}
