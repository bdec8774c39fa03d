//! `carecert clock`.

use super::{
    Done,
    context::{Context, occurred, text_or_stdin, time},
    duties,
    options::Clock,
};
use crate::{
    domain::{command::Command, event::ClockChecked, stated::reading},
    runtime::{clock, session::Order},
};

/// Acts on a duty's clock, or compares this machine's.
pub(super) fn run(context: &mut Context, command: Clock) -> Done {
    match command {
        Clock::Start { case, duty, aware, basis } => {
            let aware = time(&aware)?;
            let session = context.open(&case)?;
            context.record(session, Command::StartClock { duty, aware, basis }.into())
        }
        Clock::List { case } => list(context, &case),
        Clock::Meet { case, duty, reference, note, text, occurred: at } => {
            let occurred = occurred(at.as_deref())?;
            let text = text_or_stdin(text)?;
            let session = context.open(&case)?;
            let command = Command::MeetClock { duty, reference, note, text };
            context.record(session, Order { command, occurred, begun: None })
        }
        Clock::Waive { case, duty, why } => {
            let session = context.open(&case)?;
            context.record(session, Command::WaiveClock { duty, why }.into())
        }
        Clock::Check { case, reads, reference } => {
            let machine = clock::now().at;
            let read = reading(&reads, clock::now())?;
            let session = context.open(&case)?;
            context.record(session, Command::CheckClock(ClockChecked::of(reference, read, machine)).into())
        }
    }
}

fn list(context: &Context, case: &str) -> Done {
    let case = context.read(case, 0)?.case;
    let rows = duties::rows(&case, clock::now().at);
    match context.json {
        true => context.print_json(&rows)?,
        false if rows.is_empty() => context.print("no playbook of this case names a duty")?,
        false => context.print(&duties::lines(&rows, clock::now().at).join("\n"))?,
    }
    Ok(0)
}
