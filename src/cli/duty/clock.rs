//! `carecert clock`.

use crate::{
    cli::{
        Done,
        context::{Context, local, now, occurred, tell, text_or_stdin, time},
        duty_lines,
        options::Clock,
    },
    domain::{
        decide::command::{Command, MeetDuty, StartClock, WaiveDuty},
        event::ClockChecked,
        time_input::reading,
    },
    runtime::session::{Order, Session},
};

/// Acts on a duty's clock, or compares this machine's.
pub(crate) fn run(context: &mut Context, command: Clock) -> Done {
    match command {
        Clock::Start { case, duty, aware, basis } => {
            let aware = time(&aware)?;
            let session = context.open(&case)?;
            start(context, session, Command::StartClock(StartClock { duty, aware, basis }))
        }
        Clock::List { case } => list(context, &case),
        Clock::Meet { case, duty, reference, note, text, occurred: at } => {
            let occurred = occurred(at.as_deref())?;
            let text = text_or_stdin(text)?;
            let session = context.open(&case)?;
            let command = Command::MeetClock(MeetDuty { duty, reference, note, text });
            context.record(session, Order { command, occurred, begun: None })
        }
        Clock::Waive { case, duty, why } => {
            let session = context.open(&case)?;
            context.record(session, Command::WaiveClock(WaiveDuty { duty, why }).into())
        }
        Clock::Check { case, reads, reference } => {
            let machine = now();
            let read = reading(&reads, machine)?;
            let session = context.open(&case)?;
            context.record(session, Command::CheckClock(ClockChecked::of(reference, read, machine.at)).into())
        }
    }
}

/// Starts a clock, and says so where that moves since when the organisation is aware.
fn start(context: &Context, mut session: Session, command: Command) -> Done {
    let before = session.case().aware();
    let records = session.execute(0, command.into(), now())?;
    let told = context.recorded(session.case(), &records, None);
    let after = session.case().aware();
    context.close(session);
    told?;
    if let (Some(before), Some(after)) = (before, after)
        && before != after
    {
        let (was, is) = (local(before), local(after));
        tell(&format!("carecert: “since aware” now counts from {is}, the earliest stated, and not from {was}"));
    }
    Ok(0)
}

fn list(context: &Context, case: &str) -> Done {
    let case = context.read(case, 0)?.case;
    let rows = duty_lines::rows(&case, now().at);
    match context.json {
        true => context.print_json(&rows)?,
        false if rows.is_empty() => context.print("no playbook of this case names a duty")?,
        false => context.print(&duty_lines::lines(&rows, now().at).join("\n"))?,
    }
    Ok(0)
}
