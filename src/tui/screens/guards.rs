//! Why an action cannot be used now, in words that say what would work.

use super::{clipboard, clocks, people, systems};
use crate::{
    domain::{
        case::{
            Clock, ClockState,
            steps::{Standing, Standpoint},
        },
        playbook::Kind,
    },
    tui::{
        keys::{
            action::{Context, Guard},
            place::Place,
            table::Id,
        },
        model::{Model, open_case::CaseScreen, overlays::Overlay},
        screens::{find::picker_rows, selected_entry},
    },
};

type Verdict = Result<(), String>;

/// Says why what has that guard cannot be done now.
pub(crate) fn refuse(guard: Guard, model: &Model) -> Result<(), String> {
    match guard {
        Guard::Always => Ok(()),
        Guard::Leftovers => left_over(model),
        Guard::CaseSelected => a_case(model),
        Guard::Writable => writable(model),
        Guard::CaseOpen => open_case(model),
        Guard::CaseClosed => closed_case(model),
        Guard::StepDoable => can_do(model),
        Guard::Questions => has_questions(model),
        Guard::StepUnsettled => unsettled(model),
        Guard::StepSettled => settled(model),
        Guard::StepStartable => startable(model),
        Guard::Steps => has_steps(model),
        Guard::NextStep => has_next(model),
        Guard::DueStep => has_due(model),
        Guard::EntrySelected => entry(model),
        Guard::DecisionSignable => signable(model),
        Guard::EntryUndoable => undoable(model),
        Guard::Drafts => drafts(model),
        Guard::DraftSelected => a_draft(model),
        Guard::LogNotEmpty => entry_or_filter(model),
        Guard::Copyable => copyable(model),
        Guard::NotChecking => not_checking(model),
        Guard::Running => running(model),
        Guard::JobStoppable => job(model),
        Guard::DutyWritable => clock(model),
        Guard::DutySelected => clock_named(model),
        Guard::ClockIdle => clock_idle(model),
        Guard::ClockRuns => clock_runs(model),
        Guard::SystemSelected => system_here(model),
        Guard::SystemChangeable => system_row(model),
        Guard::PersonSelected => person_here(model),
    }
}

fn no<T>(why: &str) -> Result<T, String> {
    Err(why.to_owned())
}

/// The key that does something in the place below any box.
fn key(model: &Model, id: Id) -> String {
    let place = model.case.as_ref().map_or(Context::Home, |screen| Context::At(screen.place));
    model.env.keymap.way(place, id)
}

/// Interrupted work left something.
fn left_over(model: &Model) -> Verdict {
    if model.home.leftovers.is_empty() { no("nothing is left of interrupted work") } else { Ok(()) }
}

/// A case has the cursor.
fn a_case(model: &Model) -> Verdict {
    match &model.home.cases {
        _ if model.home.opening.is_some() => no("a case is being opened"),
        Some(cases) if !cases.is_empty() => Ok(()),
        Some(_) => Err(format!("there is no case yet: {} opens a new one", key(model, Id::NewIncident))),
        None => no("the cases are still being read"),
    }
}

fn screen(model: &Model) -> Result<&CaseScreen, String> {
    model.case.as_deref().map_or_else(|| no("no case is open"), Ok)
}

/// Entries can be written.
fn writable(model: &Model) -> Verdict {
    match &screen(model)?.read_only {
        Some(why) => Err(format!("nothing can be recorded here: {why}")),
        None => Ok(()),
    }
}

/// The incident can be carried on.
fn open_case(model: &Model) -> Verdict {
    writable(model)?;
    if screen(model)?.case.closed {
        Err(format!("the case is closed: reopen it first, by {}", key(model, Id::ReopenCase)))
    } else {
        Ok(())
    }
}

/// The case is closed.
fn closed_case(model: &Model) -> Verdict {
    writable(model)?;
    if screen(model)?.case.closed { Ok(()) } else { no("the case is open") }
}

fn point(model: &Model) -> Result<Standpoint<'_>, String> {
    screen(model)?.point().map_or_else(
        || Err(format!("there is no step: this case has no playbook; {} notes what is done", key(model, Id::Note))),
        Ok,
    )
}

/// The step can be done, or done again.
fn can_do(model: &Model) -> Verdict {
    open_case(model)?;
    let point = point(model)?;
    match (&point.standing, &point.step.kind) {
        (Standing::Done, Kind::Decision { .. }) => {
            Err(format!("it is decided: {} opens it again", key(model, Id::Reopen)))
        }
        (Standing::Skipped, _) => Err(format!("the step is skipped: {} opens it again", key(model, Id::Reopen))),
        (
            Standing::Ready
            | Standing::Started
            | Standing::Waiting(_)
            | Standing::Done
            | Standing::Repeats
            | Standing::Blocked(_)
            | Standing::Closed,
            _,
        ) => Ok(()),
    }
}

/// The playbooks of the case ask questions.
fn has_questions(model: &Model) -> Verdict {
    open_case(model)?;
    let mut plans = screen(model)?.case.plans.iter();
    if plans.any(|plan| plan.playbook.questions().next().is_some()) {
        Ok(())
    } else {
        no("no playbook asks a question here")
    }
}

/// The step is not done or skipped.
fn unsettled(model: &Model) -> Verdict {
    open_case(model)?;
    match point(model)?.standing {
        Standing::Done => Err(format!("the step is done: {} opens it again", key(model, Id::Reopen))),
        Standing::Skipped => Err(format!("the step is skipped: {} opens it again", key(model, Id::Reopen))),
        Standing::Ready
        | Standing::Started
        | Standing::Waiting(_)
        | Standing::Repeats
        | Standing::Blocked(_)
        | Standing::Closed => Ok(()),
    }
}

/// The step is done, skipped or blocked.
fn settled(model: &Model) -> Verdict {
    open_case(model)?;
    match point(model)?.standing {
        Standing::Done | Standing::Repeats | Standing::Skipped | Standing::Blocked(_) => Ok(()),
        Standing::Ready | Standing::Started | Standing::Waiting(_) | Standing::Closed => no("the step is open"),
    }
}

/// Work on the step can begin.
fn startable(model: &Model) -> Verdict {
    unsettled(model)?;
    match point(model)?.standing {
        Standing::Started => no("someone is at work on the step already"),
        Standing::Repeats => Err(format!("it recurs: {} records it once it is done again", key(model, Id::Do))),
        Standing::Ready
        | Standing::Waiting(_)
        | Standing::Done
        | Standing::Skipped
        | Standing::Blocked(_)
        | Standing::Closed => Ok(()),
    }
}

/// The case has steps.
fn has_steps(model: &Model) -> Verdict {
    point(model).map(|_| ())
}

/// Something is to be done next.
fn has_next(model: &Model) -> Verdict {
    if screen(model)?.next(model.env.now).is_some() { Ok(()) } else { no("no step is ready to be done") }
}

/// A step has a time by which it is due.
fn has_due(model: &Model) -> Verdict {
    if screen(model)?.due(None).is_some() { Ok(()) } else { no("no open step has a time by which it is due") }
}

/// An entry has the cursor.
fn entry(model: &Model) -> Verdict {
    let screen = screen(model)?;
    match screen.place {
        _ if selected_entry(screen).is_some() => Ok(()),
        Place::Evidence => Err(format!("nothing is taken in yet: {} takes a file in", key(model, Id::Evidence))),
        Place::Decisions => {
            let (asked, own) = (key(model, Id::Decide), key(model, Id::DecideFree));
            Err(format!("nothing is decided yet: {asked} or {own} decides"))
        }
        Place::Now
        | Place::Playbook
        | Place::Log
        | Place::Systems
        | Place::Clocks
        | Place::People
        | Place::Handover
        | Place::Integrity => no("the log is empty"),
    }
}

/// A decision has the cursor that another person can confirm.
fn signable(model: &Model) -> Verdict {
    writable(model)?;
    entry(model)?;
    let screen = screen(model)?;
    match selected_entry(screen).filter(|entry| screen.case.decision(entry).is_some()) {
        Some(entry) if screen.case.undone(&entry) => no("the decision is undone: it does not count"),
        Some(_) => Ok(()),
        None => no("this is an answer of another person already: decisions are countersigned"),
    }
}

/// An entry can be undone: the one with the cursor, else the latest of this console.
fn undoable(model: &Model) -> Verdict {
    writable(model)?;
    let screen = screen(model)?;
    let Some(entry) = selected_entry(screen).or_else(|| screen.latest_own()) else {
        let log = key(model, Id::GoLog);
        return Err(format!("you have no entry here yet: {log} is the log, where any entry can be undone"));
    };
    screen.case.undoable(&entry).map_err(|why| {
        let hint = why.hint();
        if hint.is_empty() { why.to_string() } else { format!("{why}: {hint}") }
    })
}

/// Something was typed and is not recorded.
fn drafts(model: &Model) -> Verdict {
    if model.drafts.shelf.is_empty() { no("nothing was typed that is not recorded") } else { Ok(()) }
}

/// A draft has the cursor in the list of them.
fn a_draft(model: &Model) -> Verdict {
    let list = model.overlays.stack.last().and_then(Overlay::list);
    let chosen = list.and_then(|list| picker_rows::draft(list, model));
    if chosen.is_some() { Ok(()) } else { no("no draft is in this list") }
}

/// The log has an entry, or hides all of them.
fn entry_or_filter(model: &Model) -> Verdict {
    if screen(model)?.index.is_empty() { no("the log is empty") } else { Ok(()) }
}

/// Something that has a text has the cursor, or is read.
fn copyable(model: &Model) -> Verdict {
    if clipboard::text(model).is_some() { Ok(()) } else { no("nothing here has the cursor that could be copied") }
}

/// No check is running.
fn not_checking(model: &Model) -> Verdict {
    if model.jobs.check.is_some() { no("a check is running") } else { Ok(()) }
}

/// A job goes on in the background, or a check.
fn running(model: &Model) -> Verdict {
    if model.jobs.check.is_some() || model.jobs.background.iter().any(|sheet| sheet.job().is_some()) {
        Ok(())
    } else {
        Err(format!("nothing is running: {} leaves the program", key(model, Id::Quit)))
    }
}

/// What is waited for is a job that can be stopped.
fn job(model: &Model) -> Verdict {
    match model.sheet().and_then(|sheet| sheet.sent.as_ref()) {
        Some((_, send)) if send.is_job() => Ok(()),
        Some(_) => no("what is on its way to the disk cannot be called back"),
        None => no("nothing is running"),
    }
}

fn duty(model: &Model) -> Result<Option<&Clock>, String> {
    let screen = screen(model)?;
    match clocks::here(screen) {
        Some(duty) => Ok(screen.case.clock(&duty.id)),
        None => no("the playbooks of this case name no duty"),
    }
}

/// A duty has the cursor.
fn clock(model: &Model) -> Verdict {
    writable(model)?;
    duty(model).map(|_| ())
}

/// A duty has the cursor, to be read.
fn clock_named(model: &Model) -> Verdict {
    duty(model).map(|_| ())
}

/// Its clock does not run.
fn clock_idle(model: &Model) -> Verdict {
    open_case(model)?;
    if duty(model)?.is_some_and(|clock| clock.state == ClockState::Running) {
        let (met, waived) = (key(model, Id::ClockMeet), key(model, Id::ClockWaive));
        return Err(format!("the clock is running: {met} meets it, {waived} waives it"));
    }
    Ok(())
}

/// Its clock runs.
fn clock_runs(model: &Model) -> Verdict {
    writable(model)?;
    if duty(model)?.is_some_and(|clock| clock.state == ClockState::Running) {
        return Ok(());
    }
    Err(format!("the clock does not run: {} starts it", key(model, Id::ClockStart)))
}

/// A row of Systems has the cursor.
fn system_here(model: &Model) -> Verdict {
    match systems::list::here(screen(model)?) {
        Some(_) => Ok(()),
        None => {
            let (add, take) = (key(model, Id::AssetAdd), key(model, Id::Indicator));
            Err(format!("nothing is noted here yet: {add} notes a system or an account, {take} indicators"))
        }
    }
}

/// A row of Systems has the cursor, and something can be said of it.
fn system_row(model: &Model) -> Verdict {
    system_here(model)?;
    match systems::list::here(screen(model)?) {
        Some(systems::list::Row::Asset(_) | systems::list::Row::Named(_)) => open_case(model),
        Some(systems::list::Row::Indicator(_) | systems::list::Row::Found(_)) | None => writable(model),
    }
}

/// A row of People has the cursor.
fn person_here(model: &Model) -> Verdict {
    match people::list::here(screen(model)?) {
        Some(_) => Ok(()),
        None => {
            let (join, add) = (key(model, Id::Join), key(model, Id::ContactAdd));
            Err(format!("nobody has joined yet: {join} takes a role, {add} adds a contact"))
        }
    }
}
