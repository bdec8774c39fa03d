//! `carecert handover`.

use crate::{
    cli::{
        context::Context,
        failure::{CommandResult, Failure},
        times::read_clock,
    },
    domain::{
        decide::{Command, HandOver},
        handover::{Section, text},
        person::Person,
        text::check_name,
        time::Time,
    },
    exchange::handover_text,
};
use clap::Args;
use serde::Serialize;

/// Print what the next responder needs, ready to read aloud; with --to, record that the case is handed over.
#[derive(Debug, Args)]
pub(crate) struct HandoverCommand {
    #[arg(value_name = "CASE")]
    case: String,
    /// Record that the case is handed over to this person; without it the handover is only printed.
    #[arg(long, value_name = "NAME")]
    to: Option<String>,
    /// In which role they take over.
    #[arg(long, value_name = "ROLE", default_value = "", hide_default_value = true, requires = "to")]
    in_role: String,
    /// Of which organisation they are.
    #[arg(long, value_name = "NAME", default_value = "", hide_default_value = true, requires = "to")]
    of: String,
}

#[derive(Serialize)]
struct HandoverAnswer {
    case: String,
    tlp: String,
    /// When it was put together (UTC).
    at: Time,
    seal: String,
    sections: Vec<Section>,
}

impl HandoverCommand {
    pub(crate) fn run(self, context: &mut Context) -> CommandResult {
        let Self { case, to, in_role, of } = self;
        let now = read_clock();
        if let Some(to) = to {
            check_name(&to)
                .map_err(|why| Failure::new(format!("the name of who takes over: {why}"), "give --to NAME"))?;
            let session = context.open_case(&case)?;
            let text = text(&session.case().handover(now));
            let to = Person { name: to, role: in_role, organisation: of };
            return context.record(session, Command::HandOver(HandOver { to, text }).into());
        }
        let case = context.read_case(&case, 0)?.case;
        if context.json {
            let (seal, sections) = (case.seal().to_string(), case.handover(now));
            let answer =
                HandoverAnswer { case: case.id.to_string(), tlp: case.tlp.to_string(), at: now.at, seal, sections };
            context.print_json(&answer)?;
        } else {
            context.print(handover_text::render_handover(&case, now).trim_end())?;
        }
        Ok(0)
    }
}
