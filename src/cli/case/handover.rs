//! `carecert handover`.

use crate::{
    cli::{
        Done,
        context::{self, Context},
        failure::Failure,
        options::Handover,
    },
    domain::{
        decide::command::{Command, HandOver},
        handover::{Section, text},
        person::Person,
        text::check_name,
        time::Time,
    },
    exchange::handover_text,
};
use serde::Serialize;

#[derive(Serialize)]
struct Answer {
    case: String,
    tlp: String,
    /// When it was put together (UTC).
    at: Time,
    seal: String,
    sections: Vec<Section>,
}

/// Prints what the next responder needs; with `--to`, records that the case was handed over.
pub(crate) fn run(context: &mut Context, wanted: Handover) -> Done {
    let Handover { case, to, in_role, of } = wanted;
    let now = context::now();
    if let Some(to) = to {
        check_name(&to).map_err(|why| Failure::new(format!("the name of who takes over: {why}"), "give --to NAME"))?;
        let session = context.open(&case)?;
        let text = text(&session.case().handover(now));
        let to = Person { name: to, role: in_role, organisation: of };
        return context.record(session, Command::HandOver(HandOver { to, text }).into());
    }
    let case = context.read(&case, 0)?.case;
    if context.json {
        let (seal, sections) = (case.seal().to_string(), case.handover(now));
        let answer = Answer { case: case.id.to_string(), tlp: case.tlp.to_string(), at: now.at, seal, sections };
        context.print_json(&answer)?;
    } else {
        context.print(handover_text::render(&case, now).trim_end())?;
    }
    Ok(0)
}
