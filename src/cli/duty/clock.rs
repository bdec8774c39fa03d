//! `carecert clock`.

use crate::{
    cli::{
        context::{Context, read_text_or_stdin},
        duty_lines::{duty_lines, duty_rows},
        failure::CommandResult,
        stderr::print_remark,
        times::{format_local, parse_optional_time, parse_time, read_clock},
    },
    domain::{
        decide::{Command, MeetDuty, StartClock, WaiveDuty},
        event::ClockChecked,
        time_input::parse_clock_reading,
    },
    runtime::session::{Session, TimedCommand},
};
use clap::Subcommand;

/// List, start, meet or waive the duties' clocks, or check this machine's clock.
#[derive(Debug, Subcommand)]
pub(crate) enum ClockCommand {
    /// List the duties: which clocks run, are passed, were met in time or late, and what the grading suggests.
    List {
        #[arg(value_name = "CASE")]
        case: String,
    },
    /// State when the organisation became aware, so that a duty's clock runs.
    Start {
        #[arg(value_name = "CASE")]
        case: String,
        #[arg(value_name = "DUTY")]
        duty: String,
        /// When the organisation became aware.
        #[arg(long, value_name = "TIME", allow_hyphen_values = true)]
        aware: String,
        /// What that rests on.
        #[arg(long, value_name = "TEXT", default_value = "", hide_default_value = true)]
        basis: String,
    },
    /// The duty is met.
    Meet {
        #[arg(value_name = "CASE")]
        case: String,
        #[arg(value_name = "DUTY")]
        duty: String,
        /// The receiver's reference.
        #[arg(long, value_name = "REF", default_value = "", hide_default_value = true)]
        reference: String,
        /// How it was met.
        #[arg(long, value_name = "TEXT", default_value = "", hide_default_value = true)]
        note: String,
        /// The text as sent or said, to be kept, or - for standard input.
        #[arg(long, value_name = "TEXT", default_value = "", hide_default_value = true, allow_hyphen_values = true)]
        text: String,
        /// When it happened.
        #[arg(long, value_name = "TIME", allow_hyphen_values = true)]
        occurred: Option<String>,
    },
    /// The duty does not apply.
    Waive {
        #[arg(value_name = "CASE")]
        case: String,
        #[arg(value_name = "DUTY")]
        duty: String,
        #[arg(long, value_name = "TEXT")]
        why: String,
    },
    /// Record how far this machine's clock is from a reference that you read just now.
    Check {
        #[arg(value_name = "CASE")]
        case: String,
        /// What the reference said, with seconds: 03:41:07, 02:41:07Z, or with date and zone.
        #[arg(long, value_name = "TIME")]
        reads: String,
        /// What it is, such as "speaking clock 123".
        #[arg(long, value_name = "TEXT")]
        reference: String,
    },
}

impl ClockCommand {
    pub(crate) fn run(self, context: &mut Context) -> CommandResult {
        match self {
            Self::Start { case, duty, aware, basis } => {
                let aware = parse_time(&aware)?;
                let session = context.open_case(&case)?;
                start_clock(context, session, Command::StartClock(StartClock { duty, aware, basis }))
            }
            Self::List { case } => list_duties(context, &case),
            Self::Meet { case, duty, reference, note, text, occurred } => {
                let occurred = parse_optional_time(occurred.as_deref())?;
                let text = read_text_or_stdin(text)?;
                let session = context.open_case(&case)?;
                let command = Command::MeetClock(MeetDuty { duty, reference, note, text });
                context.record(session, TimedCommand { command, occurred, begun: None })
            }
            Self::Waive { case, duty, why } => {
                let session = context.open_case(&case)?;
                context.record(session, Command::WaiveClock(WaiveDuty { duty, why }).into())
            }
            Self::Check { case, reads, reference } => {
                let machine = read_clock();
                let read = parse_clock_reading(&reads, machine)?;
                let session = context.open_case(&case)?;
                context.record(session, Command::CheckClock(ClockChecked::of(reference, read, machine.at)).into())
            }
        }
    }
}

/// Starts a clock, and says so where that moves since when the organisation is aware.
fn start_clock(context: &Context, mut session: Session, command: Command) -> CommandResult {
    let before = session.case().aware();
    let records = session.execute(0, command.into(), read_clock())?;
    let told = context.print_recorded(session.case(), &records, None);
    let after = session.case().aware();
    context.close_case(session);
    told?;
    if let (Some(before), Some(after)) = (before, after)
        && before != after
    {
        let (was, is) = (format_local(before), format_local(after));
        print_remark(&format!("carecert: “since aware” now counts from {is}, the earliest stated, and not from {was}"));
    }
    Ok(0)
}

fn list_duties(context: &Context, case: &str) -> CommandResult {
    let case = context.read_case(case, 0)?.case;
    let now = read_clock().at;
    let rows = duty_rows(&case, now);
    match context.json {
        true => context.print_json(&rows)?,
        false if rows.is_empty() => context.print("no playbook of this case names a duty")?,
        false => context.print(&duty_lines(&rows, now).join("\n"))?,
    }
    Ok(0)
}
