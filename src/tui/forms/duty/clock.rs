//! A duty's clock is started, met or waived.

use crate::{
    domain::{
        case::Case,
        decide::command::{Command, MeetDuty, StartClock, WaiveDuty},
        duty::Duty,
        time::Now,
    },
    tui::{
        form::{Fault, Form, field::Item},
        model::overlays::open_form::{Kind, Send, Sheet, World},
    },
};

/// The box that starts a clock. The moment when the case was opened is filled in.
pub(crate) fn open_start(case: &Case, duty: &Duty, now: Option<Now>) -> Sheet {
    let opened = case.began().zip(now).map(|(at, now)| now.zone.local(at).format("%Y-%m-%dT%H:%M%:z").to_string());
    let hint = "When the organisation became aware: 03:14, yesterday 23:10, -20m";
    let form = Form::of(vec![
        Item::time("aware", "Aware since", hint, &opened.unwrap_or_default()).required(),
        Item::line("basis", "Rests on", "What that rests on: a call, an alert, an entry", ""),
    ]);
    Sheet::new(Kind::ClockStart(duty.id.clone()), format!("Start the clock: {}", duty.title), form)
        .tell("Starts", &duty.starts)
        .tell("Allows", limit(duty))
        .tell(
            "Source",
            format!("{}; read {}; guidance, not legal advice", duty.source.trim_end_matches('.'), duty.checked_on),
        )
}

/// The time that a duty allows, in words.
pub(crate) fn limit(duty: &Duty) -> String {
    match duty.limit {
        Some(minutes) if minutes % 60 == 0 => format!("{} hours from awareness", minutes / 60),
        Some(minutes) => format!("{minutes} minutes from awareness"),
        None => "without undue delay".into(),
    }
}

/// The box for a duty that is met.
pub(crate) fn open_meet(duty: &Duty) -> Sheet {
    let form = Form::of(vec![
        Item::line("reference", "Reference", "The receiver's reference number, if they gave one", ""),
        Item::line("note", "How", "Who told them, and how", ""),
        Item::long("text", "As sent", "The text as it was sent; it is kept as it stands here"),
        Item::when(),
    ]);
    Sheet::new(Kind::ClockMeet(duty.id.clone()), format!("Met: {}", duty.title), form).tell("Told", &duty.to)
}

/// The box for a duty that does not apply.
pub(crate) fn open_waive(duty: &Duty) -> Sheet {
    let form = Form::of(vec![Item::long("why", "Reason", "Why it does not apply, and who decided that").required()]);
    Sheet::new(Kind::ClockWaive(duty.id.clone()), format!("Does not apply: {}", duty.title), form)
        .tell("Starts", &duty.starts)
}

/// What the first box sends.
pub(crate) fn start(duty: &str, form: &Form, world: World<'_>) -> Result<Send, Fault> {
    let aware = form.time("aware", world.now)?;
    let missing = Fault { id: "aware".into(), text: "“Aware since” is empty: write a time".into() };
    let (duty, aware, basis) = (duty.to_owned(), aware.ok_or(missing)?, form.text("basis"));
    Ok(Send::command(Command::StartClock(StartClock { duty, aware, basis }), None))
}

/// What the second box sends.
pub(crate) fn meet(duty: &str, form: &Form, world: World<'_>) -> Result<Send, Fault> {
    let (reference, note) = (form.text("reference"), form.text("note"));
    let command = Command::MeetClock(MeetDuty { duty: duty.to_owned(), reference, note, text: form.text("text") });
    Ok(Send::command(command, form.time("occurred", world.now)?))
}

/// What the third box sends.
pub(crate) fn waive(duty: &str, form: &Form) -> Send {
    Send::command(Command::WaiveClock(WaiveDuty { duty: duty.to_owned(), why: form.text("why") }), None)
}
